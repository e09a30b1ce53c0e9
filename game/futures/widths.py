"""How far an effect hangs on numbers that nobody knows, apart from how far luck moved its mean.

The same games, with the same luck, are compared by the game's own numbers and by each of a set of
others: a table of numbers by games. A row's mean differs from another's because the numbers do, and
because the luck of few games weighs otherwise by other numbers. The second is told by how the rows
differ within single games, and taken out (the analysis of variance of a crossed table with random
rows; Searle, Casella and McCulloch 1992, chapter 4). Sums are whole numbers, so a result is the
same however the rows were cut.
"""

import math
import operator
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from game.views.effects import Estimate, Range

Steps = NDArray[np.int64]
OWN = 0
"""The row of the game's own numbers; the others follow."""
_FEWEST = 3
"""With fewer rows, or fewer than two games, nothing is said."""


@dataclass(slots=True)
class Crossed:
    """One effect, by row of numbers and by game."""

    rows: dict[int, int] = field(default_factory=dict)
    """By row, the sum over its games."""
    by_game: tuple[int, ...] = ()
    """(games,) sums over the rows."""
    squares: int = 0
    """Of every single effect, added up."""

    def add(self, row: int, effects: Steps) -> None:
        """Counts one row: (games,) effects, in whole steps."""
        self._join(effects.tolist())
        self.rows[row] = int(effects.sum())
        self.squares += int((effects * effects).sum())

    def merge(self, other: "Crossed") -> None:
        """Adds other rows of the same games."""
        if other.rows:
            self._join(other.by_game)
            self.rows |= other.rows
            self.squares += other.squares

    def _join(self, effects: Sequence[int]) -> None:
        known = self.by_game if self.rows else (0,) * len(effects)
        self.by_game = tuple(map(operator.add, known, effects))

    def left_open(self, own: Estimate, step: float = 1.0) -> Range | None:
        """The range in which nine of ten effects by other numbers lie, as one more set of them is
        foretold from those that there are; None of too few rows or games.

        Its width is the numbers' own; luck adds only what it leaves open of where the range lies.

        Args:
            own: the effect by the game's own numbers, from as many games as there are.
            step: the value of one step.
        """
        games, others = len(self.by_game), [row for row in sorted(self.rows) if row != OWN]
        if OWN not in self.rows or len(others) < _FEWEST or games < 2:
            return None
        by_luck, share = self._variances()
        off = np.array([self.rows[row] - self.rows[OWN] for row in others]) * (step / games)
        off *= math.sqrt(share)
        middle, again = own.mean + float(off.mean()), 1 + 1 / len(others)
        where = own.error**2 + share * by_luck * step**2 * again
        reach = student(len(others) - 1, 0.9) * math.sqrt(float(off.var(ddof=1)) * again + where)
        return Range(middle - reach, middle + reach)

    def _variances(self) -> tuple[float, float]:
        """The variance, in steps, that luck gives to one row's mean beside the others', and the
        share of the variance of the rows' means that is none of luck's; 0 where they are alike.
        """
        rows, games = len(self.rows), len(self.by_game)
        # Sums of squares, multiplied by rows x games: whole numbers all the way.
        whole = sum(self.rows.values()) ** 2
        by_row = rows * sum(value**2 for value in self.rows.values()) - whole
        by_game = games * sum(value**2 for value in self.by_game) - whole
        rest = rows * games * self.squares - whole - by_row - by_game
        luck = rest / (games - 1) / (rows - 1)
        numbers = by_row / (rows - 1)
        share = max(0.0, 1 - luck / numbers) if numbers else 0.0
        return luck / (rows * games * games), share


@cache
def student(free: int, level: float) -> float:
    """The two-sided point of Student's law, to 1 % from three degrees of freedom on (the expansion
    of Fisher and Cornish; Abramowitz and Stegun 1964, 26.7.5).

    Args:
        free: degrees of freedom.
        level: what lies between the point and its negative, 0 to 1.
    """
    z = NormalDist().inv_cdf((1 + level) / 2)
    return (
        z
        + (z**3 + z) / (4 * free)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * free**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * free**3)
    )
