"""How far a share may really lie from what a few cases show."""

import math
from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from game.futures.widths import student
from game.views.effects import Range

FEWEST = 3
"""Of fewer values, or stretches of values, no interval is told."""


def exact(successes: int, cases: int, level: float = 0.95) -> Range:
    """The exact binomial interval of a share (Clopper and Pearson 1934); 0 to 1 of no cases."""
    tail = (1 - level) / 2
    if not cases:
        return Range(0.0, 1.0)
    low = 0.0 if not successes else _root(lambda p: 1 - _up_to(successes - 1, cases, p) - tail)
    high = 1.0 if successes == cases else _root(lambda p: tail - _up_to(successes, cases, p))
    return Range(low, high)


def wilson(successes: float, cases: float, z: float = 1.959964) -> Range:
    """The 95 % interval of a share of many cases (Wilson 1927); 0 to 1 of none."""
    if not cases:
        return Range(0.0, 1.0)
    share = successes / cases
    middle = (share + z * z / (2 * cases)) / (1 + z * z / cases)
    half = z / (1 + z * z / cases) * math.sqrt(share * (1 - share) / cases + (z / (2 * cases)) ** 2)
    return Range(max(0.0, middle - half), min(1.0, middle + half))


def clustered(happened: NDArray[np.int64], cases: NDArray[np.int64]) -> Range:
    """The 95 % interval of a share whose cases come in clusters, such as games, that hang together:
    Wilson's, for as many independent cases as the clusters' own spread says that they are worth
    (Kish 1965).

    Args:
        happened: (clusters,) how often it was so.
        cases: (clusters,) of how many.
    """
    every, filled = int(cases.sum()), int((cases > 0).sum())
    if not every:
        return Range(0.0, 1.0)
    share = float(happened.sum()) / every
    spread = float(((happened - share * cases) ** 2).sum()) / every**2
    if filled > 1:
        spread *= filled / (filled - 1)
    # Where all cases went the same way they show no spread: a cluster then counts as one case.
    worth = min(share * (1 - share) / spread, every) if spread else filled
    return wilson(share * worth, worth)


def mean_of(values: Sequence[float]) -> Range:
    """The 95 % interval of a mean, from few values; without ends of fewer than three."""
    return mean_of_groups(np.array(values, np.float64), np.ones(len(values), np.int64))


def mean_of_groups(
    sums: NDArray[np.float64], cases: NDArray[np.int64], *, together: int = 1
) -> Range:
    """The 95 % interval of a mean whose values come in groups, as moves come in turns and matches.

    Student's law, by how stretches of neighbouring groups scatter, wherever they begin: a stretch
    may run on from the last group to the first (Meketon and Schmeiser 1984; Politis and Romano
    1992). So neighbours may hang together, and no choice of where to cut moves the interval. It
    has as many degrees of freedom as whole stretches find room, less one; of fewer than three of
    these it has no ends. How often it holds the truth, and how often others did that were tried:
    `tests/lab/test_coverage.py`.

    Args:
        sums: (groups,) of the values.
        cases: (groups,) how many values; a group may have none.
        together: how many neighbours make a stretch.
    """
    filled, every = int((cases > 0).sum()), int(cases.sum())
    stretches = filled // together
    if stretches < FEWEST:
        return Range(-math.inf, math.inf)
    mean = float(sums.sum()) / every
    off = sums - mean * cases
    stretch = np.sum([np.roll(off, -k) for k in range(together)], axis=0)
    scatter = float((stretch**2).sum()) / together * filled / (filled - together)
    half = student(stretches - 1, 0.95) * math.sqrt(scatter) / every
    return Range(mean - half, mean + half)


def middle(values: NDArray[np.float64], level: float = 0.9) -> Range:
    """The middle part of simulated values."""
    low, high = np.quantile(values, ((1 - level) / 2, (1 + level) / 2))
    return Range(float(low), float(high))


def _up_to(successes: int, cases: int, p: float) -> float:
    """The binomial's sum, by logarithms: of thousands of cases the coefficients fit no float."""
    yes, no = math.log(p), math.log1p(-p)
    ways = enumerate(_ways(successes, cases))
    return math.fsum(math.exp(way + k * yes + (cases - k) * no) for k, way in ways)


@lru_cache(maxsize=256)
def _ways(successes: int, cases: int) -> tuple[float, ...]:
    """The logarithms of the binomial coefficients up to so many successes."""
    whole = math.lgamma(cases + 1)
    return tuple(
        whole - math.lgamma(k + 1) - math.lgamma(cases - k + 1) for k in range(successes + 1)
    )


def _root(rising: Callable[[float], float]) -> float:
    low, high = 0.0, 1.0
    for _ in range(60):
        half = (low + high) / 2
        if rising(half) < 0:
            low = half
        else:
            high = half
    return (low + high) / 2
