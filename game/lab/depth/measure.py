"""One measured figure, beside the goal that it is held to."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.rules.seats import Seat

Values = NDArray[np.float64]


class Goal(NamedTuple):
    """From `low` to `high`; an end that is None is open."""

    low: float | None = None
    high: float | None = None

    def is_met(self, value: float) -> bool:
        """Whether a value reaches it."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)

    def __str__(self) -> str:
        if self.low is not None and self.high is not None:
            return f"{self.low:g} to {self.high:g}"
        if self.low is not None:
            return f">= {self.low:g}"
        return f"<= {self.high:g}" if self.high is not None else ""


NO_GOAL = Goal()
Z_95 = 1.959964
"""The two-sided 95 % point of the normal law: these are means of hundreds of games and more."""


class Estimated(NamedTuple):
    """A figure with its 95 % interval."""

    value: float
    low: float
    high: float

    @classmethod
    def of(cls, value: float, error: float) -> "Estimated":
        """From a standard error."""
        return cls(value, value - Z_95 * error, value + Z_95 * error)

    @classmethod
    def mean(cls, values: Values) -> "Estimated":
        """The mean of independent values."""
        if values.size < 2:
            return cls(float(values.mean()) if values.size else math.nan, math.nan, math.nan)
        return cls.of(float(values.mean()), float(values.std(ddof=1)) / math.sqrt(values.size))


@dataclass(frozen=True, slots=True)
class Measure:
    """A row of the table."""

    measure: str
    seat: Seat | None
    """Whose it is; None where it is of the whole game."""
    found: Estimated | None
    """None where the rules have nothing yet that could be measured."""
    goal: Goal = NO_GOAL
    """Empty where the figure is told for comparison only."""
    note: str = ""
    """What stands behind the figure."""
    shares: Mapping[str, float] = field(default_factory=dict)
    """How often each of several options is the best; empty where it is of something else."""

    @property
    def met(self) -> bool | None:
        """Whether the goal is reached; None where there is none, or no figure."""
        if self.found is None or not str(self.goal) or math.isnan(self.found.value):
            return None
        return self.goal.is_met(self.found.value)

    def as_data(self) -> dict[str, Any]:
        """For JSON."""
        value, low, high = self.found or (None, None, None)
        shares = {name: _rounded(share) for name, share in self.shares.items()}
        return {
            "measure": self.measure,
            "seat": None if self.seat is None else self.seat.name,
            "value": _rounded(value),
            "low": _rounded(low),
            "high": _rounded(high),
            "goal": str(self.goal),
            "met": self.met,
            "note": self.note,
        } | ({"shares": shares} if shares else {})


def _rounded(value: float | None) -> float | None:
    return None if value is None or math.isnan(value) else round(value, 4)


def by_group(values: Values, groups: Sequence[int] | NDArray[np.intp]) -> Estimated:
    """A mean of values that hang together within groups, such as the situations of one game."""
    if not values.size:
        return Estimated(math.nan, math.nan, math.nan)
    mean = float(values.mean())
    sums = np.bincount(groups, weights=values - mean)
    count = int(np.unique(groups).size)
    if count < 2:
        return Estimated(mean, math.nan, math.nan)
    error = math.sqrt(float((sums**2).sum()) * count / (count - 1)) / values.size
    return Estimated.of(mean, error)
