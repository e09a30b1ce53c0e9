"""The words that figures are judged by, all of them, each with its rule.

A measured figure has an interval, because only so many games were played; what is asked of it is a
region. The word comes from where the interval lies, never from the figure alone, so that more games
make the interval shorter and can only sharpen the word:

- "inside": the whole interval lies in the region;
- "outside": no part of it does;
- "too close to call": the region's edge runs through it, or no case was seen.

A number of the record is held against many simulated ones by how rare it is among them: by the
share of games that show as many or more, and that show as many or fewer. Its region is that both
are at least 1 in 20. A lower bound is asked for the first alone: above it, nothing is missed.

Gains in score have words of their own: see `compared`.
"""

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from game.views.effects import Range

from .intervals import wilson

TAIL = 0.05
"""A number that fewer than this share of the simulated ones reach, from either side, is outside."""
TRIFLE = 0.02
"""A difference in log score within this of 0 is none: 2 % of the probability of a move."""
FEWEST_TURNS = 10
"""Turns below which no two log scores are told apart: a handful agree by accident."""
WEAK = 0.5
"""A test is weak where history allows more than this of all shares: hardly any could fail it."""


class Verdict(StrEnum):
    """Where a figure lies."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    OPEN = "too close to call"


class Gain(StrEnum):
    """How two log scores compare."""

    BETTER = "better"
    WORSE = "worse"
    AS_GOOD = "as good"
    UNCLEAR = "not clear"
    FEW = "too few turns to tell"


def judged(interval: Range, region: Range) -> Verdict:
    """Where a figure lies, by its interval, beside the region that is asked for."""
    if region.low <= interval.low and interval.high <= region.high:
        return Verdict.INSIDE
    if interval.high < region.low or region.high < interval.low:
        return Verdict.OUTSIDE
    return Verdict.OPEN


def ordinary(
    recorded: float,
    simulated: NDArray[np.float64],
    *,
    is_floor: bool = False,
    tolerance: float = 0,
) -> Verdict:
    """Whether a number of the record is an ordinary one among simulated numbers.

    Args:
        recorded: the number.
        simulated: (n,) independent ones.
        is_floor: it is only a lower bound.
        tolerance: how far off it may be, either way.
    """
    if not simulated.size:
        return Verdict.OPEN
    rarest = int((simulated >= recorded - tolerance).sum())
    if not is_floor:
        rarest = min(rarest, int((simulated <= recorded + tolerance).sum()))
    return judged(wilson(rarest, simulated.size), Range(TAIL, 1.0))


def compared(low: float, high: float, turns: int = 0) -> Gain:
    """What is to be said of a difference in log score, by its interval: "as good" where all of it
    is a trifle; else "better" or "worse" where it leaves zero out; else "not clear".

    Args:
        low: the interval's end.
        high: its other end.
        turns: from how many it was drawn; 0 where it rests on no turns.
    """
    if 0 < turns < FEWEST_TURNS:
        return Gain.FEW
    if low >= -TRIFLE and high <= TRIFLE:
        return Gain.AS_GOOD
    if low > 0:
        return Gain.BETTER
    return Gain.WORSE if high < 0 else Gain.UNCLEAR


def is_weak(allowed: Range | None) -> bool:
    """Whether history could hardly contradict any figure.

    Args:
        allowed: the shares that its cases allow; None where it has none.
    """
    return allowed is None or allowed.high - allowed.low > WEAK
