"""Guesses at counts that know no theory: how many there were before, and no more."""

import math
from collections.abc import Sequence

import numpy as np

from .count_scores import Odds

CONSTANT, GAMMA = "constant_rate", "gamma_poisson"
COUNT_BASELINES: dict[str, str] = {
    CONSTANT: "a constant rate",
    GAMMA: "a rate that differs from month to month (gamma-Poisson)",
}
SHAPES = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0)
"""How alike the months' rates may be: the shapes of their gamma law, each as likely at first."""
NEVER = 0.5
"""How many there are taken to have been where there were none."""
TAIL = 1e-9


def count_baselines(
    before: Sequence[int], days_before: Sequence[int], days: int
) -> dict[str, Odds]:
    """The distribution that each simple guess gives to the count of a period.

    Args:
        before: the counts of the months before, or of as many other periods.
        days_before: how many days each of them had.
        days: how many days the period has.
    """
    rate = max(sum(before), NEVER) / sum(days_before)
    likelihood = np.array(
        [
            sum(
                math.log(_negative_binomial(shape, rate * length, count + 1)[count])
                for count, length in zip(before, days_before, strict=True)
            )
            for shape in SHAPES
        ]
    )
    weight = np.exp(likelihood - likelihood.max())
    size = _reach(rate * days)
    mixed = [
        share * _negative_binomial(shape, rate * days, size)
        for shape, share in zip(SHAPES, weight / weight.sum(), strict=True)
    ]
    return {CONSTANT: _poisson(rate * days, size), GAMMA: _whole(np.sum(mixed, axis=0))}


def _reach(mean: float) -> int:
    """Counts from here on have next to no probability, even by the widest law."""
    return int(math.log(TAIL) / math.log(mean / (1 + mean))) + 20


def _poisson(mean: float, size: int) -> Odds:
    return _whole(
        np.array([math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(size)])
    )


def _negative_binomial(shape: float, mean: float, size: int) -> Odds:
    """(size,) of a Poisson law whose rate is drawn by a gamma law of this shape and mean."""
    stays, goes = math.log(shape / (shape + mean)), math.log(mean / (shape + mean))
    return np.array(
        [
            math.exp(
                math.lgamma(k + shape) - math.lgamma(shape) - math.lgamma(k + 1)
                + shape * stays + k * goes
            )
            for k in range(size)
        ]
    )  # fmt: skip


def _whole(odds: Odds) -> Odds:
    scaled: Odds = odds / odds.sum()
    return scaled
