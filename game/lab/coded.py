"""The record's moves as sources tell them, and in which weeks a seat is told of at all.

Several rows may be of one week: words beside deeds, and what a seat is said to have held back from.
"""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TypeVar

from game.content.load import load_rulebook
from game.content.problems import ContentError, Problem
from game.rules.rulebook import Rulebook
from game.rules.seats import Seat

from .record import DATA

MOVES, COVERAGE = DATA / "moves.csv", DATA / "coverage.csv"
CONFIDENCE = ("high", "med", "low")
YES = ("", "yes")
Read = TypeVar("Read")


class Kind(StrEnum):
    """What a row is."""

    ACTION = "action"
    STATEMENT = "statement"
    """A word for all to hear."""
    MESSAGE = "message"
    """A word to one hearer that became known."""
    HELD = "held"
    """A source says, or the seat says of itself, that it held back."""


class Coverage(StrEnum):
    """What sources say of a seat in a week."""

    TOLD = "told"
    SILENT = "silent"
    """A source that looks at the seat names nothing that it did."""
    UNKNOWN = "unknown"
    """No source that was read tells of it: it may have acted or not."""


@dataclass(frozen=True, slots=True)
class CodedMove:
    """One row of `moves.csv`. A number is None where it is not known."""

    day: date
    is_day_known: bool
    """Else the day may be off by some: the source gives a week, a month or the report's own day."""
    seat: Seat
    kind: Kind
    what: str
    deed: str
    """The deed of the game that it stands for, by id; empty where the game has none."""
    word: str
    """The word of the game that it stands for."""
    target: str
    place: str
    rounds: int | None
    us_killed: int | None
    iraqi_killed: int | None
    wounded: int | None
    claimed_by: str
    answers: date | None
    """The day of what it answers, where that is plain; None is no "unprovoked"."""
    adds: bool
    """It adds to a row of the timeline; the two are one event."""
    is_by_others: bool
    """Its author stands beside the seat and is no part of it."""
    confidence: str
    source: str
    note: str

    @property
    def is_firm(self) -> bool:
        """Firm enough to stand for a choice of the seat on its day."""
        return self.is_day_known and self.confidence != "low" and not self.is_by_others


Weeks = dict[tuple[date, Seat], Coverage]
"""By the week's Monday and the seat."""


@cache
def coded_moves() -> tuple[CodedMove, ...]:
    """Every coded move, in order of the days."""
    return read_moves(MOVES, load_rulebook())


@cache
def coverage() -> Weeks:
    """What sources say of every week of the record and every seat."""
    return read_coverage(COVERAGE)


def read_moves(path: Path, book: Rulebook) -> tuple[CodedMove, ...]:
    """Reads a file of coded moves.

    Args:
        path: a file like `moves.csv`; README.md beside it says what its columns mean.
        book: the rules whose deeds and words it names.

    Raises:
        ContentError: it cannot be read or has mistakes; all of them at once.
    """
    moves: list[CodedMove] = []
    problems: list[Problem] = []
    for line, row in _rows(path, _MOVE_COLUMNS):
        cells = _Cells(path, line, row)
        move = cells.move(book)
        problems += cells.problems
        if move in moves:
            problems.append(Problem(path, line, "this row stands twice", "leave one out"))
        if moves and move.day < moves[-1].day:
            found = f"{move.day} comes after {moves[-1].day}"
            problems.append(Problem(path, line, found, "keep the rows in order of their days"))
        moves.append(move)
    if problems:
        raise ContentError(problems)
    return tuple(moves)


def read_coverage(path: Path) -> Weeks:
    """Reads a file of what sources say of each week and seat.

    Raises:
        ContentError: it cannot be read or has mistakes; all of them at once.
    """
    weeks: Weeks = {}
    problems = []
    for line, row in _rows(path, ("week", "seat", "coverage", "source", "note")):
        cells = _Cells(path, line, row)
        key = cells.day("week"), cells.seat()
        said = Coverage(cells.one_of("coverage", tuple(Coverage)))
        if key[0].weekday():
            cells.mistake("week", "is no Monday", "write the day on which the week begins")
        if key in weeks:
            cells.mistake("week", f"stands twice for {key[1].name}", "leave one out")
        if said is not Coverage.UNKNOWN:
            cells.address()
        problems += cells.problems
        weeks[key] = said
    if problems:
        raise ContentError(problems)
    return weeks


_MOVE_COLUMNS = (
    *("date", "day", "seat", "kind", "what", "deed", "word", "target", "place", "rounds"),
    *("us_killed", "iraqi_killed", "wounded", "claimed_by", "answers", "adds", "by_others"),
    *("confidence", "source", "note"),
)


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Every row with its line, once the head is found right."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file, strict=True)
            head = tuple(next(reader, ()))
            if head != columns:
                raise ContentError([Problem(path, 1, "the columns are others", _named(columns))])
            for cells in reader:
                if len(cells) != len(columns):
                    what = f"{len(cells)} cells where the head has {len(columns)}"
                    do = "put a text that holds a comma in double quotes"
                    raise ContentError([Problem(path, reader.line_num, what, do)])
                yield reader.line_num, dict(zip(columns, cells, strict=True))
    except OSError as error:
        what = f"it cannot be read ({error.strerror})"
        raise ContentError([Problem(path, 0, what, "look whether it is there")]) from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise ContentError(
            [Problem(path, 0, f"it is no table of text ({error})", "save it as CSV in UTF-8")]
        ) from None


def _named(columns: tuple[str, ...]) -> str:
    return f"write {', '.join(columns)}"


class _Cells:
    """One row's cells, read one by one; what is wrong with them is gathered."""

    def __init__(self, path: Path, line: int, row: dict[str, str]) -> None:
        self.problems: list[Problem] = []
        self._path, self._line, self._row = path, line, row

    def mistake(self, column: str, what: str, remedy: str) -> None:
        told = f"{column}: {self._row[column]!r} {what}"
        self.problems.append(Problem(self._path, self._line, told, remedy))

    def move(self, book: Rulebook) -> CodedMove:
        seat = self.seat()
        deeds = [deed.id for deed in book.deeds[seat] if deed.id != "hold"]
        words = [word.id for word in book.words if seat in word.seats and word.id != "silence"]
        self.address()
        day = self.day("date")
        return CodedMove(
            day=day,
            is_day_known=not self.one_of("day", ("", "about")),
            seat=seat,
            kind=Kind(self.one_of("kind", tuple(Kind))),
            what=self.text("what"),
            deed=self.one_of("deed", ("", *deeds)),
            word=self.one_of("word", ("", *words)),
            target=self._row["target"],
            place=self._row["place"],
            rounds=self.number("rounds"),
            us_killed=self.number("us_killed"),
            iraqi_killed=self.number("iraqi_killed"),
            wounded=self.number("wounded"),
            claimed_by=self._row["claimed_by"],
            answers=self._answered(day),
            adds=bool(self.one_of("adds", YES)),
            is_by_others=bool(self.one_of("by_others", YES)),
            confidence=self.one_of("confidence", CONFIDENCE),
            source=self._row["source"],
            note=self._row["note"],
        )

    def _answered(self, day: date) -> date | None:
        if not self._row["answers"]:
            return None
        answered = self.day("answers")
        if answered > day:
            self.mistake("answers", "is later than the answer", "write the day of what it answers")
        return answered

    def day(self, column: str) -> date:
        found = self._read(column, date.fromisoformat, "a day such as 2020-01-03")
        return found or date.min

    def number(self, column: str) -> int | None:
        if not self._row[column]:
            return None
        return self._read(column, _count, "a whole number, or nothing where none is known")

    def seat(self) -> Seat:
        return Seat[self.one_of("seat", tuple(seat.name for seat in Seat))]

    def text(self, column: str) -> str:
        if not self._row[column].strip():
            self.mistake(column, "says nothing", "write a word for it")
        return self._row[column]

    def address(self) -> None:
        if "://" not in self._row["source"]:
            self.mistake("source", "is no address", "write that of the page it was read on")

    def one_of(self, column: str, known: tuple[str, ...]) -> str:
        if self._row[column] in known:
            return self._row[column]
        named = ", ".join(name or "nothing" for name in known)
        self.mistake(column, "is not known here", f"write one of: {named}")
        return known[0]

    def _read(self, column: str, read: Callable[[str], Read], wanted: str) -> Read | None:
        try:
            return read(self._row[column])
        except ValueError:
            self.mistake(column, "cannot be read", f"write {wanted}")
            return None


def _count(text: str) -> int:
    if not text.isdecimal():
        raise ValueError(text)
    return int(text)
