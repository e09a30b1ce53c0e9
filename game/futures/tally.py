"""What is counted over an ensemble, in whole numbers, so that it adds up the same in any order."""

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from game.engine.games import Played
from game.rules.endings import Ending
from game.rules.seats import SEATS, Seat
from game.rules.setting import Setting
from game.rules.state import Floats

Counts = NDArray[np.int64]
KEPT = ("new_attacks", "ending")
"""What must be kept of every turn, to be counted."""
MARK_STEPS = 100
"""Marks are counted in hundredths of a point."""


@dataclass(slots=True)
class Spread:
    """How often each whole number came up; quantiles of it are exact."""

    counts: Counts = field(default_factory=lambda: np.zeros(1, np.int64))
    unit: float = 1.0
    """The value of one step."""

    def add(self, values: Floats) -> None:
        """Counts values, (n,), of 0 or more, rounded to whole steps."""
        steps = np.rint(values / np.float32(self.unit)).astype(np.intp)
        self.merge(Spread(np.bincount(steps, minlength=1), self.unit))

    def merge(self, other: "Spread") -> None:
        """Adds another's counts."""
        size = max(self.counts.size, other.counts.size)
        total = np.zeros(size, np.int64)
        total[: self.counts.size] += self.counts
        total[: other.counts.size] += other.counts
        self.counts = total

    @property
    def mean(self) -> float:
        """The mean; NaN of nothing."""
        n = int(self.counts.sum())
        weighted = sum(i * int(c) for i, c in enumerate(self.counts) if c)
        return weighted * self.unit / n if n else float("nan")

    @property
    def error(self) -> float | None:
        """The standard error of the mean; None of fewer than two."""
        n = int(self.counts.sum())
        if n < 2:
            return None
        steps = [(i, int(c)) for i, c in enumerate(self.counts) if c]
        total, squares = sum(i * c for i, c in steps), sum(i * i * c for i, c in steps)
        return math.sqrt((squares * n - total * total) / (n * n * (n - 1))) * self.unit

    @property
    def median(self) -> float:
        """The value in the middle; of an even number, the middle of the two there."""
        n = int(self.counts.sum())
        return (self._ranked(n // 2 + 1) + self._ranked((n + 1) // 2)) * self.unit / 2

    def quantile(self, share: float) -> float:
        """The smallest value that at least `share` of what was counted does not exceed: the nearest
        rank, so always a value that came up.
        """
        n = int(self.counts.sum())
        return self._ranked(max(1, int(np.ceil(share * n)))) * self.unit

    def _ranked(self, rank: int) -> int:
        """The steps of the value with that place from the least, counted from 1."""
        return int(np.searchsorted(np.cumsum(self.counts), rank))


@dataclass(slots=True)
class Tally:
    """An ensemble's results so far."""

    turns: int
    games: int = 0
    game_turns: int = 0
    """Turns played in games that were still on."""
    endings: Counts = field(default_factory=lambda: np.zeros(len(Ending), np.int64))
    attacks_by_turn: Counts = field(default_factory=lambda: np.zeros(0, np.int64))
    playing_by_turn: Counts = field(default_factory=lambda: np.zeros(0, np.int64))
    attacks: Spread = field(default_factory=Spread)
    us_dead: Spread = field(default_factory=Spread)
    us_wounded: Spread = field(default_factory=Spread)
    highest_rung: Spread = field(default_factory=Spread)
    marks: dict[Seat, Spread] = field(
        default_factory=lambda: {seat: Spread(unit=1 / MARK_STEPS) for seat in SEATS}
    )

    def __post_init__(self) -> None:
        if not self.attacks_by_turn.size:
            self.attacks_by_turn = np.zeros(self.turns, np.int64)
            self.playing_by_turn = np.zeros(self.turns, np.int64)

    def add(self, setting: Setting, played: Played) -> None:
        """Counts a batch that was played from its opening, with `KEPT`. Deaths, wounds and attacks
        are those of the game itself, what had happened before it opened left out.
        """
        attacks, ending = (played.kept[name] for name in KEPT)
        games, opening = ending.shape[1], setting.opening
        playing = np.concatenate([[games], (ending == 0).sum(axis=1)[:-1]])
        self.games += games
        self.game_turns += int(playing.sum())
        self.playing_by_turn += playing
        self.attacks_by_turn += attacks.sum(axis=1, dtype=np.float64).astype(np.int64)
        self.endings += np.bincount(ending[-1], minlength=len(Ending))
        self.attacks.add(played.array("attacks") - opening.attacks)
        self.us_dead.add(played.array("us_dead") - opening.us_dead)
        self.us_wounded.add(played.array("us_wounded") - opening.us_wounded)
        self.highest_rung.add(played.array("highest_rung"))
        for seat, points in zip(SEATS, played.scores, strict=True):
            self.marks[seat].add(points)

    def merge(self, other: "Tally") -> None:
        """Adds another batch's results."""
        self.games += other.games
        self.game_turns += other.game_turns
        self.endings += other.endings
        self.attacks_by_turn += other.attacks_by_turn
        self.playing_by_turn += other.playing_by_turn
        for name in ("attacks", "us_dead", "us_wounded", "highest_rung"):
            getattr(self, name).merge(getattr(other, name))
        for seat in SEATS:
            self.marks[seat].merge(other.marks[seat])
