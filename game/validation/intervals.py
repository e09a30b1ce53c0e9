"""How far a share may really lie from what a few cases show."""

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Range(NamedTuple):
    """From low to high, both included."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Whether a value lies in it."""
        return self.low <= value <= self.high


def exact(successes: int, cases: int, level: float = 0.95) -> Range:
    """The exact binomial interval of a share (Clopper and Pearson 1934); 0 to 1 of no cases."""
    tail = (1 - level) / 2
    if not cases:
        return Range(0.0, 1.0)
    low = 0.0 if not successes else _root(lambda p: 1 - _up_to(successes - 1, cases, p) - tail)
    high = 1.0 if successes == cases else _root(lambda p: tail - _up_to(successes, cases, p))
    return Range(low, high)


def wilson(successes: int, cases: int, z: float = 1.959964) -> Range:
    """The 95 % interval of a share of many cases (Wilson 1927); 0 to 1 of none."""
    if not cases:
        return Range(0.0, 1.0)
    share = successes / cases
    middle = (share + z * z / (2 * cases)) / (1 + z * z / cases)
    half = z / (1 + z * z / cases) * math.sqrt(share * (1 - share) / cases + (z / (2 * cases)) ** 2)
    return Range(max(0.0, middle - half), min(1.0, middle + half))


def middle(values: NDArray[np.float64], level: float = 0.9) -> Range:
    """The middle part of simulated values."""
    low, high = np.quantile(values, ((1 - level) / 2, (1 + level) / 2))
    return Range(float(low), float(high))


def _up_to(successes: int, cases: int, p: float) -> float:
    return sum(math.comb(cases, k) * p**k * (1 - p) ** (cases - k) for k in range(successes + 1))


def _root(rising: Callable[[float], float]) -> float:
    low, high = 0.0, 1.0
    for _ in range(60):
        half = (low + high) / 2
        if rising(half) < 0:
            low = half
        else:
            high = half
    return (low + high) / 2
