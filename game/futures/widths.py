"""How far an effect hangs on numbers that nobody knows, beside how far luck moved its mean.

The same games, with the same luck, are compared by the game's own numbers and by each of a set of
others. How the means of the others scatter foretells where the effect by one more set of numbers
lies: Student's prediction of one more value from few (Hahn and Meeker, Statistical Intervals, 1991,
section 4.2). The luck of few games scatters them, too. It is left in, for the range's middle is off
by as much: so nine of ten effects lie in it whether the numbers matter much, little or not at all.
To take out a share that is estimated as luck's was tried: where the estimate left nothing, as it
does in half of the cases where numbers matter little, the range held 63 to 86 of 100. What remains
is to play so many games that luck's part is small. Sums are whole numbers, so a result is the same
however the rows were cut.
"""

import math
from dataclasses import dataclass, field
from functools import cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from game.views.effects import Estimate, Range

Steps = NDArray[np.int64]
Values = NDArray[np.float64]
OWN = 0
"""The row of the game's own numbers; the others follow."""
_PARTS = 8
"""Stretches of games that are left out one by one, to tell what luck did."""
_FEWEST = 3
"""With fewer other rows, or fewer than two games, nothing is said."""


@dataclass(slots=True)
class Crossed:
    """One effect over the same games by each row of numbers."""

    games: int = 0
    rows: dict[int, int] = field(default_factory=dict)
    """By row, the sum over its games."""
    parts: dict[int, list[int]] = field(default_factory=dict)
    """By row, the same over each of `_PARTS` stretches of its games."""

    def add(self, row: int, effects: Steps) -> None:
        """Counts one row: (games,) effects, in whole steps."""
        self.games = effects.size
        self.rows[row] = int(effects.sum())
        self.parts[row] = [int(part.sum()) for part in np.array_split(effects, _PARTS)]

    def merge(self, other: "Crossed") -> None:
        """Adds other rows of the same games."""
        if other.rows:
            self.games = other.games
            self.rows |= other.rows
            self.parts |= other.parts

    def left_open(self, own: Estimate, step: float = 1.0) -> Range | None:
        """The range in which nine of ten effects by other numbers lie, as one more set of them is
        foretold from those that there are; None of too few rows or games.

        Args:
            own: the effect by the game's own numbers, from as many games as there are.
            step: the value of one step.
        """
        off = self._off(step)
        return None if off is None else _foretold(own, off)

    def error(self, own: Estimate, step: float = 1.0) -> float:
        """The standard error of the ends of `left_open`, the greater of the two: by which sets of
        numbers were drawn, by the luck of their games (the jackknife of both; Efron and Stein
        1981), and by that of the own numbers' games. 0 where nothing is said.
        """
        off = self._off(step)
        if off is None:
            return 0.0
        by_sets = [_foretold(own, np.delete(off, row)) for row in range(off.size)]
        by_games = [_foretold(own, part) for part in self._without_a_part(step)]
        return math.sqrt(_jackknife(by_sets) + _jackknife(by_games) + own.error**2)

    def _off(self, step: float) -> Values | None:
        """(rows,) how far each other row's mean is from the own numbers'; None of too few rows or
        games.
        """
        others = self._others
        if OWN not in self.rows or len(others) < _FEWEST or self.games < 2:
            return None
        return np.array([self.rows[row] - self.rows[OWN] for row in others]) * (step / self.games)

    def _without_a_part(self, step: float) -> list[Values]:
        """The same from all games but those of one stretch, for each of the stretches."""
        sizes = [part.size for part in np.array_split(np.arange(self.games), _PARTS)]
        totals, parts = (
            np.array([found[row] for row in (OWN, *self._others)])
            for found in (self.rows, self.parts)
        )
        left = (totals[:, None] - parts) * (step / (self.games - np.array(sizes)))
        return list((left[1:] - left[0]).T)

    @property
    def _others(self) -> list[int]:
        return [row for row in sorted(self.rows) if row != OWN]


def with_others(own: Estimate, crossed: Crossed, step: float = 1.0) -> Estimate:
    """An effect with what other numbers leave open of it; nothing more of too few games.

    Args:
        own: by the game's own numbers.
        crossed: a few of its games by each row of numbers.
        step: the value of one step.
    """
    if not own.is_told:
        return own
    left_open, error = crossed.left_open(own, step), crossed.error(own, step)
    return own._replace(left_open=left_open, left_open_error=error)


def _jackknife(ends: list[Range]) -> float:
    """The squared standard error of the ends, the greater of the two, from what they are without
    each part.
    """
    return float(np.var(ends, axis=0).max()) * (len(ends) - 1)


def _foretold(own: Estimate, off: Values) -> Range:
    """Where one more row's effect is foretold to lie, from how far these are off."""
    scatter = float(off.var(ddof=1)) * (1 + 1 / off.size)
    middle = own.mean + float(off.mean())
    reach = student(off.size - 1, 0.9) * math.sqrt(scatter + own.error**2)
    return Range(middle - reach, middle + reach)


@cache
def student(free: int, level: float) -> float:
    """The two-sided point of Student's law: exact for one and two degrees of freedom, to 1 % from
    three on (the expansion of Fisher and Cornish; Abramowitz and Stegun 1964, 26.7.5).

    Args:
        free: degrees of freedom.
        level: what lies between the point and its negative, 0 to 1.
    """
    if free == 1:
        return math.tan(math.pi * level / 2)
    if free == 2:
        return level * math.sqrt(2 / (1 - level**2))
    z = NormalDist().inv_cdf((1 + level) / 2)
    return (
        z
        + (z**3 + z) / (4 * free)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * free**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * free**3)
    )
