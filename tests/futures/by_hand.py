"""Futures played one turn after the other with the rules and players themselves.

Whatever plays many games at once has to find the same, so nothing of it is used here.
"""

from collections.abc import Mapping

import numpy as np

from game.players.base import Player, assemble, decide, decide_all
from game.rules.orders import Orders
from game.rules.outcome import Outcome
from game.rules.resolve import resolve
from game.rules.seats import Seat
from game.rules.setting import Setting
from game.rules.state import State

Players = Mapping[Seat, Player]
Moment = tuple[State, Outcome | None]


def go_on(
    setting: Setting, players: Players, start: Moment, turns: int
) -> list[tuple[State, Outcome]]:
    """Each of the next turns, as far as the calendar goes; seats without a player hold."""
    shots, (state, outcome) = [], start
    for _ in range(min(turns, setting.turns - start[0].turn)):
        state, outcome = resolve(setting, state, decide_all(players, setting, state, outcome))
        shots.append((state, outcome))
    return shots


def orders_with(
    setting: Setting,
    players: Players,
    moment: Moment,
    seat: Seat,
    deed: int,
) -> Orders:
    """Everybody's orders, one seat's with a given deed and what it says with that one."""
    state, outcome = moment
    given = np.full(state.games, deed, np.intp)
    return assemble(
        {
            by: decide(who, setting, state, outcome, by, given if by is seat else None)
            for by, who in players.items()
        },
        state.games,
    )


def copies(moment: Moment, keys: np.ndarray) -> Moment:
    """One game (B = 1) once for each key, each with that luck."""
    rows = np.zeros(keys.size, np.intp)
    state = moment[0].take(rows)
    state.key = keys.copy()
    return state, moment[1] and moment[1].take(rows)
