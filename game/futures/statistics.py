"""Means and intervals of paired differences, added up in whole numbers.

Sums of whole numbers do not depend on the order in which chunks are added, so a result is the same
whatever the chunks and workers. The interval is Student's; of fewer than `FEWEST_GAMES` there is
none, for a few games agree by accident.
"""

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from game.views.effects import FEWEST_GAMES, Estimate

from .widths import Crossed, Steps, student, with_others


def estimate(mean: float, error: float, games: int, without: float = math.nan) -> Estimate:
    """A mean with its 95 % interval, as far as so many games have one.

    Args:
        mean: over the games.
        error: its standard error; NaN of one game.
        games: how many.
        without: the mean without what is asked about, where there is such a line.
    """
    reach = student(games - 1, 0.95) * error if games >= FEWEST_GAMES else math.nan
    return Estimate(mean, error, mean - reach, mean + reach, without)


@dataclass(slots=True)
class Paired:
    """The difference between two lines of the same games, one value a game in each."""

    step: float = 1.0
    """The value of one step; values are counted in whole steps."""
    games: int = 0
    sum_a: int = 0
    sum_b: int = 0
    squares_a: int = 0
    squares_b: int = 0
    squares_of_difference: int = 0
    more: int = 0
    """Games in which a is greater than b."""
    less: int = 0
    others: Crossed = field(default_factory=Crossed)
    """The difference by other numbers than the game's own, in a few of the games."""

    def add(self, a: NDArray[np.float32], b: NDArray[np.float32]) -> None:
        """Counts both lines' values, (n,) each."""
        x, y = self._steps(a), self._steps(b)
        difference = x - y
        self.games += x.shape[0]
        self.sum_a += int(x.sum())
        self.sum_b += int(y.sum())
        self.squares_a += int((x * x).sum())
        self.squares_b += int((y * y).sum())
        self.squares_of_difference += int((difference * difference).sum())
        self.more += int((difference > 0).sum())
        self.less += int((difference < 0).sum())

    def add_other(self, row: int, a: NDArray[np.float32], b: NDArray[np.float32]) -> None:
        """Counts both lines' values, (n,) each, by one row of numbers; see `Crossed`."""
        self.others.add(row, self._steps(a) - self._steps(b))

    def _steps(self, values: NDArray[np.float32]) -> Steps:
        steps: Steps = np.rint(values / np.float32(self.step)).astype(np.int64)
        return steps

    def merge(self, other: "Paired") -> None:
        """Adds another chunk's counts."""
        self.others.merge(other.others)
        for name in (
            "games",
            "sum_a",
            "sum_b",
            "squares_a",
            "squares_b",
            "squares_of_difference",
            "more",
            "less",
        ):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def same(self) -> int:
        """Games in which a is b."""
        return self.games - self.more - self.less

    @property
    def mean_a(self) -> float:
        """The mean of the first line; NaN of no games."""
        return self.sum_a * self.step / self.games if self.games else math.nan

    @property
    def mean_b(self) -> float:
        """The mean of the second line."""
        return self.sum_b * self.step / self.games if self.games else math.nan

    @property
    def difference(self) -> Estimate:
        """A minus b, by the pairs."""
        n, total = self.games, self.sum_a - self.sum_b
        if n < 2:
            return Estimate(math.nan, math.nan, math.nan, math.nan)
        variance = _variance(total, self.squares_of_difference, n)
        mean, error = total * self.step / n, math.sqrt(variance / n) * self.step
        return with_others(estimate(mean, error, n, self.mean_b), self.others, self.step)

    @property
    def unpaired_ratio(self) -> float:
        """How many times the games that pairing needs would be needed with independent luck, for
        an interval of the same width; infinite where the pairs do not vary at all.
        """
        apart = _variance(self.sum_a, self.squares_a, self.games) + _variance(
            self.sum_b, self.squares_b, self.games
        )
        paired = _variance(self.sum_a - self.sum_b, self.squares_of_difference, self.games)
        return apart / paired if paired else math.inf


def _variance(total: int, squares: int, n: int) -> float:
    """The sample variance, from exact whole-number sums."""
    return (squares * n - total * total) / (n * (n - 1)) if n > 1 else math.nan
