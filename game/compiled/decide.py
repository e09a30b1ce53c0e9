"""`players.base.decide`, compiled: the same orders."""

from collections.abc import Mapping
from dataclasses import fields

import numpy as np

from game.players.base import Choice, Player, holding_choice, only
from game.players.doctrine import DoctrinePlayer
from game.rules.orders import Orders
from game.rules.outcome import Outcome
from game.rules.seats import SEATS, Seat
from game.rules.setting import Setting
from game.rules.state import Codes, State

from . import players as twins
from .following import PARTS
from .observe import observe
from .options import options


def decide(
    player: Player,
    setting: Setting,
    state: State,
    outcome: Outcome | None,
    seat: Seat,
    deed: Codes | None = None,
) -> Choice:
    """A computer player's orders for B games, from what its seat sees and nothing else; arguments
    as for `players.base.decide`.
    """
    seen, legal = observe(setting, state, outcome, seat), options(setting, state, seat)
    if deed is not None:
        legal = only(legal, deed)
    return twins.decide(player, setting, seen, legal, twins.dice(state, seat))


def decide_all(
    players: Mapping[Seat, Player], setting: Setting, state: State, outcome: Outcome | None
) -> Orders:
    """`players.base.assemble` of everybody's `decide`, without a copy; who has no player holds."""
    orders = np.empty((PARTS, len(SEATS), state.games), np.intp)
    for seat in SEATS:
        player = players.get(seat)
        if type(player) is DoctrinePlayer:
            seen, legal = observe(setting, state, outcome, seat), options(setting, state, seat)
            luck = twins.dice(state, seat)
            twins.decide_into(orders, int(seat), player, setting, seen, legal, luck)
        else:
            choice = (
                holding_choice(state.games)
                if player is None
                else decide(player, setting, state, outcome, seat)
            )
            for field, part in zip(fields(Choice), orders, strict=True):
                part[seat] = getattr(choice, field.name)
    return Orders(*orders)
