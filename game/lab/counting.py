"""Cases counted over games: shares, differences and middles, each with its interval.

Cases of one game hang together, so intervals are of games, not of cases: see `intervals.clustered`.
"""

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.views.effects import Range

from .intervals import clustered, middle
from .samples import Sample, sample

Flags = NDArray[np.bool_]
PerGame = NDArray[Any]
NONE = np.zeros(0)
Z = 1.959964


@dataclass(frozen=True, slots=True)
class Counted:
    """For each game how often something was so, and of how many cases."""

    top: PerGame
    """(games,)"""
    under: PerGame
    less: "tuple[PerGame, PerGame] | None" = None
    """What is taken away from the ratio, for a difference."""
    is_share: bool = True
    """Whether each case either was so or not; else `top` is a sum of values."""
    values: NDArray[np.float64] = field(default_factory=lambda: NONE)
    """Of every case, where its middle is the figure."""
    blocks: Sample | None = None
    """The sums, where they were taken already."""

    @property
    def happened(self) -> float:
        """In all games."""
        return float(self.top.sum())

    @property
    def cases(self) -> int:
        """In all games; 0 where one side of a difference has none."""
        if self.less is not None and not self.less[1].sum():
            return 0
        return int(self.under.sum())

    @property
    def sample(self) -> Sample:
        """The figure's sums, block by block."""
        return self.blocks or sample(self.top, self.under, *(self.less or ()))

    def measured(self) -> tuple[float, Range]:
        """The figure and its 95 % interval; of values, their median and middle 90 %; 0 of none."""
        if not self.cases:
            return 0.0, Range(0.0, 1.0) if self.is_share else Range(0.0, 0.0)
        if self.values.size:
            return float(np.median(self.values)), middle(self.values)
        figure, pull = _ratio(self.top, self.under)
        if self.less is None and self.is_share:
            return figure, clustered(self.top.astype(np.int64), self.under.astype(np.int64))
        if self.less is not None:
            other, back = _ratio(*self.less)
            figure, pull = figure - other, pull - back
        half = Z * math.sqrt(float((pull**2).sum()) * pull.size / max(pull.size - 1, 1))
        return figure, Range(figure - half, figure + half)


def _ratio(top: PerGame, under: PerGame) -> tuple[float, NDArray[np.float64]]:
    """A ratio of sums, and how far each game pulls at it (Woodruff 1971)."""
    whole = float(under.sum())
    ratio = float(top.sum()) / whole
    pull: NDArray[np.float64] = (top - ratio * under) / whole
    return ratio, pull


def share(happened: Flags, cases: Flags) -> Counted:
    """Of the (turns, games) that are cases, those in which it happened."""
    return Counted((happened & cases).sum(axis=0), cases.sum(axis=0))


def of_games(happened: Flags) -> Counted:
    """Of all (games,), those in which it happened."""
    return Counted(happened.astype(np.int64), np.ones(happened.size, np.int64))


def difference(one: Counted, other: Counted) -> Counted:
    """One figure less another."""
    return Counted(one.top, one.under, (other.top, other.under), is_share=False)
