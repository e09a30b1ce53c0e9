"""Games that follow a record: history's orders, and of the luck only what agrees with it.

What a seat would have done next depends on what had happened to it. History's orders alone do not
settle that: in one game a barrage kills, in the next it does not. So after every turn the games
that went as the record says are kept and multiplied, with new luck from there on, and the others
are dropped: a bootstrap particle filter (Gordon, Salmond and Smith 1993).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from game.engine.play import play_on
from game.players.base import Player
from game.rules.luck import game_keys
from game.rules.outcome import Outcome
from game.rules.seats import Seat
from game.rules.setting import Setting
from game.rules.state import Bools, State

Agreement = Callable[[int, Outcome], Bools]
"""(B,) which games went as the record says, of the turn counted from 1 and what happened in it."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The games that fit the record so far, before a turn."""

    state: State
    outcome: Outcome | None
    """What happened in the turn before; None before the first."""
    agreed: float
    """The share of games in which the turn before went as the record says; 1 before the first.
    Where it is 0, the record could not be followed and all games go on."""


def follow(
    setting: Setting,
    players: Mapping[Seat, Player],
    agrees: Agreement,
    *,
    games: int,
    seed: int,
) -> Iterator[Moment]:
    """The moment before every turn of the calendar, as long as a game is on.

    Args:
        setting: the scenario's rules.
        players: who gives the orders of the record.
        agrees: what the record says of each turn.
        games: B, kept the same all along.
        seed: the luck.
    """
    state, outcome, agreed = setting.open_games(game_keys(seed, range(games))), None, 1.0
    while True:
        yield Moment(state, outcome, agreed)
        played = play_on(setting, players, state, outcome, until=state.turn + 1)
        state, outcome = played.state, played.outcome
        fit = np.flatnonzero(agrees(state.turn, outcome) & (state.ending == 0))
        agreed = fit.size / games
        going_on = fit if fit.size else np.flatnonzero(state.ending == 0)
        if not going_on.size:  # so it is after the last turn at the latest
            return
        # Every game that is kept is repeated as evenly as whole numbers allow.
        chosen = going_on[np.arange(games) * going_on.size // games]
        state, outcome = state.take(chosen), outcome.take(chosen)
        state.key = game_keys(seed, range(state.turn * games, (state.turn + 1) * games))
