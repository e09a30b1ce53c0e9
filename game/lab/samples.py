"""Figures kept as sums over blocks of games, so that two runs can be compared with their luck.

A figure is a ratio of sums, or one ratio less another. Kept block by block, its error can be told
by leaving out one block after the other (the jackknife; Efron and Stein 1981), however the cases of
one game hang together. Two runs with the same seed give their games the same luck: their blocks are
pairs, and what luck does to both falls out of the difference.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.futures.widths import student

Values = NDArray[np.float64]
Sample = list[list[float]]
"""For each block what is counted, of how much; for a difference, the same of the other ratio."""
BLOCK = 100
"""Games in a block."""
FEWEST = 3
"""With fewer blocks nothing is said."""


class Change(NamedTuple):
    """A figure in two runs, and the 95 % interval of the difference, now less before."""

    before: float
    now: float
    low: float
    high: float


def sample(*columns: NDArray[np.generic]) -> Sample:
    """Sums over whole blocks of games; what is left over is left out.

    Args:
        columns: (games,) each: what is counted, of how much, and perhaps of another ratio.
    """
    blocks = columns[0].size // BLOCK
    return [
        [round(float(s), 6) for s in c[: blocks * BLOCK].reshape(blocks, BLOCK).sum(axis=1)]
        for c in columns
    ]


def change(before: Sample, now: Sample, *, paired: bool) -> Change | None:
    """The difference between two runs; None where there are too few games or cases to say.

    Args:
        before: one run's sums.
        now: the other's.
        paired: the blocks have the same luck: then those that both have are compared.
    """
    old, new = np.array(before), np.array(now)
    if paired:
        shared = min(old.shape[1], new.shape[1])
        old, new = old[:, :shared], new[:, :shared]
    if min(old.shape[1], new.shape[1]) < FEWEST:
        return None
    values = [_ratio(rows.sum(axis=1, keepdims=True))[0] for rows in (old, new)]
    without = [_ratio(rows.sum(axis=1, keepdims=True) - rows) for rows in (old, new)]
    if not all(np.isfinite(part).all() for part in (*values, *without)):
        return None
    if paired:
        error, free = math.sqrt(_squared_error(without[1] - without[0])), old.shape[1] - 1
    else:
        error = math.sqrt(sum(_squared_error(part) for part in without))
        free = min(old.shape[1], new.shape[1]) - 1
    off, half = float(values[1] - values[0]), student(free, 0.95) * error
    return Change(float(values[0]), float(values[1]), off - half, off + half)


def _ratio(rows: Values) -> Values:
    """(n,) the figure from (2 or 4, n) sums; NaN where there is nothing to count."""
    with np.errstate(divide="ignore", invalid="ignore"):
        shown: Values = rows[0] / rows[1]
        if len(rows) > 2:
            shown = shown - rows[2] / rows[3]
    return shown


def _squared_error(without: Values) -> float:
    """The jackknife's, from the figure without each block."""
    blocks = without.size
    return float((blocks - 1) / blocks * ((without - without.mean()) ** 2).sum())
