"""The free parameters: how far each may go before the record is seen, and why."""

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.content.lens import parameter_names
from game.rules.seats import SEATS, Seat

from .record import DATA, covering, monday, timeline

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Prior:
    """One parameter, equally likely anywhere between its bounds, on its scale."""

    name: str
    """As "group.name"."""
    low: float
    high: float
    is_log: bool
    reason: str

    def value(self, share: Values) -> Values:
        """The parameter at a share of the way from low to high, each 0 to 1."""
        if self.is_log:
            start, span = math.log(self.low), math.log(self.high / self.low)
            grown: Values = np.exp(start + share * span)
            return grown
        return self.low + share * (self.high - self.low)

    def share(self, value: float) -> float:
        """How far a value is on the way from low to high."""
        if self.is_log:
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)

    @property
    def middle_90(self) -> tuple[float, float]:
        """The ends of the middle 90 of 100 of what was thought possible."""
        low, high = self.value(np.array([0.05, 0.95]))
        return float(low), float(high)


@dataclass(frozen=True, slots=True)
class Normal:
    """What is thought of one constant of the choice model before the record is seen."""

    mean: float
    sd: float
    reason: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """How often each seat was seen to act in the weeks before the record."""

    weeks: int
    counts_as: float
    """Weeks of the record that all of them weigh as much as: unseen is not the same as still."""
    acted: Mapping[str, int]
    """By the seat's name, in how many weeks a deed of it is known."""

    def held(self, seat: Seat) -> float:
        """The share of weeks in which no deed of it is known."""
        return 1 - self.acted[seat.name] / self.weeks


@cache
def choice_priors() -> dict[str, Normal]:
    """On how people choose, by parameter: of a sharpness, on its logarithm."""
    return {name: _normal(row) for name, row in _file()["choice"].items()}


def _normal(row: dict[str, Any]) -> Normal:
    mean = math.log(row["median"]) if "median" in row else row["mean"]
    return Normal(mean, row["sd"], row["reason"])


@cache
def earlier() -> Earlier:
    """The weeks of the timeline before the record's first turn."""
    first = covering().turns[0].date
    rows = [row for row in timeline() if row.date < first]
    acted: dict[str, set[date]] = {seat.name: set() for seat in SEATS}
    for row in rows:
        actor = row.actor.removesuffix("_GOV")
        if actor in acted:
            acted[actor].add(monday(row.date))
    return Earlier(
        weeks=(first - monday(rows[0].date)).days // 7,
        counts_as=_file()["earlier"]["counts_as"],
        acted={name: len(mondays) for name, mondays in acted.items()},
    )


@cache
def priors() -> tuple[Prior, ...]:
    """The parameters that are fitted, in the file's order."""
    return tuple(_prior(row) for row in _file()["parameter"])


def middles() -> dict[str, float]:
    """The middle of what was thought possible of each of them, by name."""
    return {prior.name: float(prior.value(np.array(0.5))) for prior in priors()}


@cache
def further() -> tuple[Prior, ...]:
    """Parameters that are not fitted, but varied to see what rests on them."""
    return tuple(_prior(row) for row in _file()["further"])


@cache
def _file() -> dict[str, Any]:
    with (DATA / "priors.toml").open("rb") as file:
        return tomllib.load(file)


def _prior(row: dict[str, Any]) -> Prior:
    prior = Prior(
        row["name"], row["low"], row["high"], row.get("scale", "linear") == "log", row["reason"]
    )
    if prior.name not in parameter_names():
        raise ValueError(f"priors.toml: there is no parameter {prior.name}")
    if not prior.low < prior.high or (prior.is_log and prior.low <= 0):
        raise ValueError(f"priors.toml: {prior.name} cannot go from {prior.low} to {prior.high}")
    return prior


def named(which: Sequence[Prior], point: Values) -> dict[str, float]:
    """A point's values by the parameters' names."""
    return {prior.name: float(value) for prior, value in zip(which, point, strict=True)}
