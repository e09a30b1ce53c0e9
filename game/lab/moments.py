"""What the calibration asks of a simulated autumn, and how well one game answers."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
from numpy.typing import NDArray

from game.content.scenario import Scenario

from .record import DATA, LAST_KNOWN_DAY, opening_days, shares_of_turns
from .trajectories import Trajectories

Values = NDArray[np.float64]
PROVOKED_WITHIN = 10
"""Days after an American death in which force counts as an answer to it."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One figure of the record and how wrong it may be."""

    id: str
    measure: str
    start: date
    end: date
    value: float
    below: float
    """Its error where a game shows less."""
    above: float
    """Its error where a game shows more; infinite for a mere lower bound."""
    reason: str
    source: str


@cache
def moments() -> tuple[Moment, ...]:
    """Every moment, in the file's order.

    Raises:
        ValueError: one reaches beyond the last known day.
    """
    with (DATA / "moments.toml").open("rb") as file:
        rows = tomllib.load(file)["moment"]
    found = tuple(
        Moment(
            id=row["id"],
            measure=row["measure"],
            start=row["from"],
            end=row["to"],
            value=float(row["value"]),
            below=float(row["below"]),
            above=float(row["above"]),
            reason=row["reason"],
            source=row["source"],
        )
        for row in rows
    )
    if late := [m.id for m in found if m.end > LAST_KNOWN_DAY]:
        raise ValueError(f"moments.toml: beyond {LAST_KNOWN_DAY}: {', '.join(late)}")
    return found


def simulated(scenario: Scenario, trajectories: Trajectories) -> Values:
    """(moments, B) what every game shows for every moment.

    Args:
        scenario: the calendar.
        trajectories: its games, or the first turns of them.
    """
    return np.stack([_value(scenario, trajectories, moment) for moment in moments()])


def _value(scenario: Scenario, trajectories: Trajectories, moment: Moment) -> Values:
    shares = np.array(shares_of_turns(scenario, moment.start, moment.end))[
        : trajectories.on.shape[0]
    ]
    series = MEASURES[moment.measure](scenario, trajectories)
    # A turn that the window cuts counts by the share of its days: attacks have no day of their own.
    total: Values = (series * shares[:, None]).sum(axis=0)
    return total


def agreement(scenario: Scenario, trajectories: Trajectories) -> Values:
    """(B,) how well each game agrees with all moments at once, 0 to 1."""
    recorded = np.array([moment.value for moment in moments()])
    agreed: Values = np.exp(-misfit(simulated(scenario, trajectories) - recorded[:, None]) / 2)
    return agreed


def misfit(off: Values) -> Values:
    """(...) how badly games fit a record, as a sum of squared errors.

    Args:
        off: (moments, ...) by how much each shows more than the record.
    """
    below, above = (
        np.array([getattr(moment, side) for moment in moments()]).reshape(-1, *[1] * (off.ndim - 1))
        for side in ("below", "above")
    )
    summed: Values = ((off / np.where(off < 0, below, above)) ** 2).sum(axis=0)
    return summed


def force(trajectories: Trajectories) -> NDArray[np.int32]:
    """(turns, B) 1 where Washington struck the militias or killed a commander."""
    used: NDArray[np.int32] = np.maximum(trajectories.strike, trajectories.kill)
    return used


def unprovoked(scenario: Scenario, trajectories: Trajectories) -> NDArray[np.int32]:
    """(turns, B) 1 where it did so with no American killed in the days before the turn."""
    days = opening_days(scenario)
    used, without = force(trajectories), np.zeros_like(trajectories.on)
    for turn in range(used.shape[0]):
        near = [
            earlier
            for earlier in range(turn)
            if (days[turn] - days[earlier + 1]).days <= PROVOKED_WITHIN
        ]
        provoked = (trajectories.us_killed[near] > 0).any(axis=0)
        without[turn] = used[turn] * ~provoked
    return without


MEASURES: dict[str, Callable[[Scenario, Trajectories], NDArray[np.int32]]] = {
    "attacks": lambda _, trajectories: trajectories.attacks,
    "deadly_to_americans": lambda _, trajectories: trajectories.deadly_to_americans,
    "force": lambda _, trajectories: force(trajectories),
    "unprovoked": unprovoked,
}
"""What a moment can be of, by name: (turns, B) of whole numbers."""
