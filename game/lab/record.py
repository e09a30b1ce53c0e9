"""The record: what happened, and how often others counted that it did."""

import csv
import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TypeVar

from game.content.dealt import undrawn
from game.content.lens import through
from game.content.load import load_scenario
from game.content.scenario import Scenario
from game.content.wording import quoted

DATA = Path(__file__).parent / "data"
SCENARIO = "autumn_to_summer"
"""The scenario that covers the record."""
LAST_KNOWN_DAY = date(2020, 1, 31)
"""Nothing after this day may be used for fitting; what is used ends with the last turn that has
ended by then: see `last_fitted_day`.
"""
Read = TypeVar("Read")
_WHOLE = re.compile(r"[0-9]{1,6}")
ROCKETS = frozenset({"rocket", "mortar"})


class Used(StrEnum):
    """What the events of a period are to the fit."""

    FITTED = "in_sample"
    """All of them could be used for it."""
    PARTLY = "partly_in_sample"
    """Some of them could: no test of anything."""
    TESTED = "out_of_sample"
    """None of them was."""


@dataclass(frozen=True, slots=True)
class Incident:
    """One row of the timeline. A number is None where it is not known."""

    date: date
    actor: str
    action: str
    target: str
    place: str
    rounds: tuple[int, int] | None
    """Fewest and most rockets, bombs or missiles of the salvo, by the sources; None if unknown."""
    us_killed: int | None
    coalition_killed: int | None
    iraqi_killed: int | None
    civilians_killed: int | None
    wounded: int | None
    confidence: str
    source: str

    @property
    def is_attack(self) -> bool:
        """Rockets or mortar bombs at Americans or partners, as the counts count them."""
        return self.actor == "MILITIA" and self.action in ROCKETS

    @property
    def is_missile(self) -> bool:
        """An overt strike by Iran."""
        return self.actor == "IRAN" and self.action == "ballistic_missile"


@dataclass(frozen=True, slots=True)
class Count:
    """A published count of attacks from one day to another, both included."""

    start: date
    end: date
    count: int
    unit: str
    scope: str
    compiler: str
    notes: str
    source: str

    is_floor: bool
    """Only a lower bound: there were at least so many."""
    tolerance: int
    """How far off an "about" may be, either way; 0 for an exact count."""

    @property
    def used(self) -> Used:
        """What its period is to the fit."""
        last = last_fitted_day(covering())
        if self.end <= last:
            return Used.FITTED
        return Used.TESTED if self.start > last else Used.PARTLY

    @property
    def named(self) -> int:
        """The attacks by rockets and mortars of its period that the timeline knows by name."""
        return named_attacks(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the record says of one turn."""

    attacks: int
    """Attacks by rockets and mortars that are known."""
    missiles: int
    us_killed: int
    """Americans killed by either."""


@cache
def covering() -> Scenario:
    """The scenario that covers the record, by the rulebook's own parameters; read once in each
    process.
    """
    return undrawn(load_scenario(SCENARIO))


@cache
def timeline() -> tuple[Incident, ...]:
    """Everything in the timeline, from May 2018 on, in order."""
    return tuple(map(incident, _rows("timeline.csv")))


def incident(row: Mapping[str, str]) -> Incident:
    """One row of a timeline; of its columns only the first three need be there.

    Raises:
        ValueError: its day or one of its numbers cannot be read; the text names the column.
    """

    def number(column: str) -> int | None:
        return _cell(row, column, _number)

    return Incident(
        date=_cell(row, "date", date.fromisoformat),
        actor=row["actor"],
        action=row["action"],
        target=row.get("target", ""),
        place=row.get("place", ""),
        rounds=_rounds(row),
        us_killed=number("us_killed"),
        coalition_killed=number("coalition_killed"),
        iraqi_killed=number("iraqi_forces_killed"),
        civilians_killed=number("civilians_killed"),
        wounded=number("wounded"),
        confidence=row.get("confidence", ""),
        source=row.get("source", ""),
    )


@cache
def counts() -> tuple[Count, ...]:
    """Every published count, in the file's order."""
    return tuple(
        Count(
            start=date.fromisoformat(row["period_start"]),
            end=date.fromisoformat(row["period_end"]),
            count=int(row["count"]),
            unit=row["unit"],
            scope=row["scope"],
            compiler=row["compiler"],
            notes=row["notes"],
            source=row["source"],
            is_floor=row["bound"] == "least",
            tolerance=int(row["tolerance"] or 0),
        )
        for row in _rows("counts.csv")
    )


def timeline_of(scenario: Scenario) -> tuple[Incident, ...]:
    """What of it falls into a scenario's days."""
    first, *_, after = opening_days(scenario)
    return tuple(row for row in timeline() if first <= row.date < after)


def named_attacks(start: date, end: date) -> int:
    """The attacks by rockets and mortars that the timeline knows, both days included."""
    return sum(row.is_attack and start <= row.date <= end for row in timeline())


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _rounds(row: Mapping[str, str]) -> tuple[int, int] | None:
    low, high = (_cell(row, name, _number) for name in ("rounds_low", "rounds_high"))
    return None if low is None or high is None else (low, high)


def _cell(row: Mapping[str, str], column: str, read: Callable[[str], Read]) -> Read:
    text = row.get(column, "")
    try:
        return read(text)
    except ValueError:
        raise ValueError(f"{column} is {quoted(text)}") from None


def _number(text: str) -> int | None:
    if text and not _WHOLE.fullmatch(text):
        raise ValueError(text)
    return int(text) if text else None


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def opening_days(scenario: Scenario) -> tuple[date, ...]:
    """The day on which each turn opens, and after the last the day on which it ends."""
    return (*(turn.date for turn in scenario.turns), scenario.end)


def recorded(scenario: Scenario) -> tuple[Recorded, ...]:
    """What the record says of every turn of a scenario, by its dates."""
    days = opening_days(scenario)
    return tuple(
        _of_days([i for i in timeline() if first <= i.date < after])
        for first, after in itertools.pairwise(days)
    )


def _of_days(incidents: Sequence[Incident]) -> Recorded:
    fire = [i for i in incidents if i.is_attack or i.is_missile]
    return Recorded(
        attacks=sum(i.is_attack for i in fire),
        missiles=sum(i.is_missile for i in fire),
        us_killed=sum(i.us_killed or 0 for i in fire),
    )


def in_sample_turns(scenario: Scenario) -> int:
    """How many turns, from the first, have ended by the last known day."""
    after = LAST_KNOWN_DAY + timedelta(days=1)
    return sum(day <= after for day in opening_days(scenario)[1:])


def last_fitted_day(scenario: Scenario) -> date:
    """The last day of those turns: nothing after it was used for fitting the moves."""
    return opening_days(scenario)[in_sample_turns(scenario)] - timedelta(days=1)


def shares_of_turns(scenario: Scenario, start: date, end: date) -> tuple[float, ...]:
    """How much of each turn lies between two days, both included; 1 is all of it."""
    days = opening_days(scenario)
    after = end + timedelta(days=1)
    return tuple(
        max(0, (min(stop, after) - max(first, start)).days) / (stop - first).days
        for first, stop in itertools.pairwise(days)
    )


def under(scenario: Scenario, parameters: Mapping[str, float]) -> Scenario:
    """The scenario by rules with these parameters."""
    setting = scenario.setting
    return replace(scenario, setting=setting.under(through(setting.rulebook, parameters)))
