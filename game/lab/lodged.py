"""A forecast as it lies in a file before its time has come: the game's own, or a class's.

Both have the same parts. The game writes JSON, with whole distributions and a seal; people write
TOML, with three numbers for a count and rough odds for a move.
"""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import numpy as np
from pydantic import ConfigDict, Field, ValidationError, model_validator

from game.content.document import bounded, read_document
from game.content.kinds import Day, Name, SeatName, Table, looked_up, refuse
from game.content.problems import ContentError, Problem
from game.content.reading import checked
from game.rules.rulebook import Rulebook

from .count_scores import Odds
from .measures import MEASURES
from .periods import Period

MOST = 1_000_000
LARGEST = 20_000_000
"""Bytes of a forecast's file."""
OUTER = 0.05
"""The share of the probability below `low`, and above `high`."""
SEAL = "seal"
SHOWS = "shows a change by accident or by a careless hand, and no other: anybody can make one anew"
"""What a seal shows; it has no key."""
Share = Annotated[float, Field(ge=0, le=1)]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
Whole = Annotated[int, Field(ge=0, le=MOST)]


class CountRow(Table):
    """How many of something there will be in a period."""

    model_config = ConfigDict(populate_by_name=True)

    measure: str
    turn: Annotated[int, Field(ge=1, le=1000)] | None = None
    start: Annotated[Day, Field(alias="from")]
    end: Annotated[Day, Field(alias="to")]
    mean: float | None = None
    low: Whole
    """1 in 20 lies below it."""
    middle: Whole
    """As likely more as fewer."""
    high: Whole
    """1 in 20 lies above it."""
    odds: list[Share] | None = None
    """Of 0, of 1, and so on, where more is known than the three numbers."""

    @model_validator(mode="after")
    def _in_order(self) -> "CountRow":
        looked_up("measure", self.measure, MEASURES)
        if self.end < self.start:
            raise refuse("the period ends before it begins", "write from and to in order")
        if not self.low <= self.middle <= self.high:
            raise refuse("low, middle and high are not in order", "write the smallest as low")
        if self.odds is not None and abs(sum(self.odds) - 1) > 1e-6:
            raise refuse(f"the odds add up to {sum(self.odds):g}", "make them add up to 1")
        return self

    @property
    def period(self) -> Period:
        """Its days."""
        return Period(self.start, self.end)

    def distribution(self) -> Odds:
        """The probability of each count."""
        if self.odds is not None:
            return np.array(self.odds)
        return by_three(self.low, self.middle, self.high)


class MoveRow(Table):
    """What a seat will do in a turn."""

    turn: Annotated[int, Field(ge=1, le=1000)]
    date: Day | None = None
    seat: SeatName
    odds: Annotated[dict[str, Share], Field(min_length=1, max_length=100)]
    """By deed; what is left of 1 is shared by the seat's other deeds alike."""

    @model_validator(mode="after")
    def _at_most_sure(self) -> "MoveRow":
        if sum(self.odds.values()) > 1 + 1e-6:
            total = sum(self.odds.values())
            raise refuse(f"the odds add up to {total:g}", "make them add up to 1, or to less")
        return self

    def distribution(self, book: Rulebook) -> Odds:
        """(deeds,) the probability of each of the seat's deeds.

        Raises:
            KeyError: the rulebook has no such deed.
        """
        deeds = [deed.id for deed in book.deeds[self.seat]]
        if wrong := [name for name in self.odds if name not in deeds]:
            raise KeyError(wrong[0])
        left = max(1 - sum(self.odds.values()), 0) / max(len(deeds) - len(self.odds), 1)
        given = np.array([self.odds.get(deed, left) for deed in deeds])
        whole: Odds = given / given.sum() if given.sum() else np.full(len(deeds), 1 / len(deeds))
        return whole


class Basis(Table):
    """What the model was: see `forecast.rests_on`."""

    model: Digest
    record: Digest
    figures: Digest
    scenario: Digest
    parameters: dict[Name, float]


class Forecast(Table):
    """All that was foretold."""

    forecast: Name
    """What it is called."""
    by: Name | None = None
    made_on: Day
    scenario: str | None = None
    """Whose turns the moves are of: an id or a file."""
    games: int | None = None
    seed: int | None = None
    rests_on: Basis | None = None
    count: Annotated[list[CountRow], Field(max_length=10_000)] = Field([])
    move: Annotated[list[MoveRow], Field(max_length=10_000)] = Field([])
    seal: str | None = None

    @model_validator(mode="after")
    def _says_something(self) -> "Forecast":
        if not self.count and not self.move:
            raise refuse("it foretells nothing", "add a [[count]] or a [[move]]")
        if self.move and self.scenario is None:
            raise refuse("its moves are of no scenario", 'add scenario = "the_article", or another')
        return self


def by_three(low: int, middle: int, high: int) -> Odds:
    """The distribution that three numbers stand for: 5 in 100 below the first, as many above the
    last, half of it on either side of the middle, even in between; above the last, each count is
    rarer than the one before by the same factor.
    """
    places, reached = [-0.5, middle, high + 0.5], [0.0, 0.5, 1 - OUTER]
    if low:
        places.insert(1, low - 0.5)
        reached.insert(1, OUTER)
    body = np.diff(np.interp(np.arange(high + 2) - 0.5, places, reached))
    further = max(1.0, (high - middle) / 2)
    stays = further / (1 + further)
    tail = OUTER * (1 - stays) * stays ** np.arange(int(12 * further) + 12)
    whole = np.concatenate([body, tail])
    odds: Odds = whole / whole.sum()
    return odds


def sealed(data: Mapping[str, Any]) -> dict[str, Any]:
    """The data with a hash over all of it, by which a later change shows."""
    return dict(data) | {SEAL: _seal(data)}


def _seal(data: Mapping[str, Any]) -> str:
    rest = {key: value for key, value in data.items() if key != SEAL}
    return hashlib.sha256(json.dumps(rest, sort_keys=True).encode()).hexdigest()[:32]


def lodge(path: Path, data: Mapping[str, Any]) -> str:
    """Writes a forecast where no file is yet, and tells its seal.

    Raises:
        FileExistsError: there is one.
        OSError: it cannot be written.
    """
    whole = sealed(data)
    text = json.dumps(whole, ensure_ascii=False, allow_nan=False, indent=1) + "\n"
    file = path.open("x", encoding="utf-8", newline="\n")
    try:
        with file:  # closed before it is removed: Windows removes no file that is open
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return str(whole[SEAL])


def read_forecast(path: Path) -> Forecast:
    """A forecast's file: the game's JSON, or TOML that a person wrote.

    Raises:
        ContentError: it is none, has mistakes, or was changed after it was lodged.
    """
    if path.suffix.lower() != ".json":
        return checked(read_document(path), Forecast)
    return _from_json(path)


def _from_json(path: Path) -> Forecast:
    raw = bounded(path, LARGEST, "a forecast", "a forecast is a table of a few pages")
    try:
        data = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        raise _refused(path, "this is no JSON", "name a file that forecast wrote") from None
    if not isinstance(data, dict) or SEAL not in data:
        raise _refused(
            path, "this is no lodged forecast", "name a file that forecast wrote, or write a TOML"
        )
    if _seal(data) != data[SEAL]:
        raise _refused(
            path,
            "it was changed after it was lodged: its seal does not fit its figures",
            "score the copy that was lodged",
        )
    try:
        return Forecast.model_validate_json(json.dumps(data))
    except ValidationError as error:
        place = ".".join(map(str, error.errors()[0]["loc"]))
        raise _refused(
            path,
            f"this version of the game cannot read {place} of it",
            "score it with the one that lodged it",
        ) from None


def _refused(path: Path, what: str, remedy: str) -> ContentError:
    return ContentError([Problem(path, 0, what, remedy)])


def default_name(scenario: str, day: date) -> str:
    """What a forecast's file is called where nobody says otherwise."""
    return f"forecast_{Path(scenario).stem}_{day.isoformat()}.json"


def rows_of(forecast: Forecast, *, by_turn: bool) -> Iterator[CountRow]:
    """Its counts of turns, or of all other periods."""
    return (row for row in forecast.count if (row.turn is not None) == by_turn)
