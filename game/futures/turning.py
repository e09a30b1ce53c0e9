"""The decisive turn: how far each turn of a played game moved what every seat could still expect.

From the state before and after a turn the game is played to its end many times by whoever played
it, as far as they can be asked again (`cast.heirs`), each time with other luck, the same on both
sides of the turn. The turn's weight is how far it moved the expected marks, the four seats' changes
added up without their signs. The decisive turn is the one with the greatest weight. All that
happened in a turn counts: orders and luck.
"""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from game.engine.play import play_on
from game.players.base import Player
from game.rules.luck import imagined_keys
from game.rules.outcome import Outcome
from game.rules.seats import SEATS, Seat
from game.rules.setting import Setting
from game.rules.state import Floats, State

from .statistics import Paired
from .whatif import MARK_STEP

Moment = tuple[State, Outcome | None]
FUTURES = 300
_TO_THE_END = 30_000
"""Turns beyond every calendar: luck apart from the game's own."""


def _pairs() -> dict[Seat, Paired]:
    return {seat: Paired(MARK_STEP) for seat in SEATS}


@dataclass(slots=True)
class Swing:
    """What one turn did to the expected marks: after it minus before it."""

    turn: int
    """From 1."""
    pairs: dict[Seat, Paired] = field(default_factory=_pairs)

    @property
    def weight(self) -> float:
        """The changes of all four seats' expected marks, added up without their signs."""
        return sum(abs(paired.difference.mean) for paired in self.pairs.values())

    @property
    def error(self) -> float:
        """How far luck may have moved the weight: the seats' standard errors, added up."""
        return sum(paired.difference.error for paired in self.pairs.values())


def swings(
    setting: Setting,
    players: Mapping[Seat, Player],
    moments: Sequence[Moment],
    futures: int = FUTURES,
) -> Generator[Swing, None, None]:
    """One swing for each turn, in order.

    Args:
        setting: the scenario's rules.
        players: who plays the futures.
        moments: one game (B = 1) before its first turn and after every one, each with what
            happened in the turn that led there; None before the first.
        futures: played from each moment.
    """
    keys = imagined_keys(moments[0][0].key, _TO_THE_END, futures)[:, 0]
    before = _expected(setting, players, moments[0], keys)
    for turn, moment in enumerate(moments[1:], 1):
        after = _expected(setting, players, moment, keys)
        swing = Swing(turn)
        for seat, paired in swing.pairs.items():
            paired.add(after[seat], before[seat])
        yield swing
        before = after


def _expected(
    setting: Setting, players: Mapping[Seat, Player], moment: Moment, keys: np.ndarray
) -> Floats:
    """(4, futures) the marks at the end of each future."""
    game = np.zeros(keys.size, np.intp)
    state, outcome = moment[0].take(game), moment[1] and moment[1].take(game)
    state.key = keys.copy()
    return play_on(setting, players, state, outcome, until=setting.turns).scores


def decisive(found: Sequence[Swing]) -> Swing:
    """The swing with the greatest weight, the earliest of equals."""
    return max(found, key=lambda swing: (swing.weight, -swing.turn))
