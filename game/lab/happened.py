"""What a record tells of what came: a timeline, a scenario's historical orders, or a match."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np

from game.content.document import bounded
from game.content.kinds import FIRST_YEAR, LAST_YEAR
from game.content.problems import ContentError, Problem
from game.content.scenario import Scenario
from game.content.wording import unknown
from game.engine.plain import Arrays
from game.rules.seats import SEATS, Seat
from game.session.view import MatchView

from .measures import MEASURES
from .periods import DAY, Period, months, turns
from .record import Incident, incident, opening_days, timeline
from .trajectories import KEPT, watched

NEEDED = ("date", "actor", "action")
LARGEST = 20_000_000
"""Bytes of a timeline."""


def _nothing(_measure: str, _period: Period) -> int | None:
    return None


@dataclass(frozen=True, slots=True)
class Happened:
    """One record, as far as it goes."""

    covered: Period
    """The days that it tells of; what it does not name in them did not happen."""
    count: Callable[[str, Period], int | None] = _nothing
    """How many of a measure came in a period; None where it cannot say."""
    grid: tuple[Period, ...] = ()
    """Stretches that it can count in, for guesses that go by how many there were."""
    moves: Mapping[tuple[int, Seat], str] = field(default_factory=dict)
    """The deed of a seat in a turn, by the deed's id."""
    opening: tuple[date, ...] = ()
    """The days on which its turns open; none where it has no turns."""


# --- a timeline


def of_timeline(path: Path, until: date | None = None) -> Happened:
    """A table of incidents, a day each, with the columns of the game's own timeline.

    Args:
        path: a CSV file.
        until: the last day that it tells of; that of its last row if None.

    Raises:
        ContentError: it cannot be read, or has mistakes.
    """
    rows = _incidents(path)
    days = [row.date for row in rows]
    if until is not None and until < max(days):
        raise _refusal(path, 0, f"its rows go on after {until}", "name a later day with --until")
    covered = Period(min(days), until or max(days))

    def count(measure: str, period: Period) -> int | None:
        if not covered.holds(period):
            return None
        return MEASURES[measure].of_record(
            row for row in rows if period.start <= row.date <= period.end
        )

    return Happened(covered, count, months(covered))


def _incidents(path: Path) -> tuple[Incident, ...]:
    actors = {row.actor for row in timeline()}
    found = []
    raw = bounded(path, LARGEST, "a timeline", "a timeline is a table of a few pages")
    try:
        table = csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
        if lacking := [name for name in NEEDED if name not in (table.fieldnames or ())]:
            what = f"the first line does not name {', '.join(lacking)}"
            raise _refusal(path, 1, what, f"a timeline has the columns {', '.join(NEEDED)}")
        for row in table:
            texts = {key: value or "" for key, value in row.items() if key is not None}
            found.append(_incident(path, table.line_num, texts, actors))
    except (UnicodeDecodeError, csv.Error):
        raise _refusal(path, 0, "this is no CSV in UTF-8", "save the table as CSV UTF-8") from None
    if not found:
        raise _refusal(path, 1, "it has no row", "write a row for each incident")
    return tuple(found)


def _incident(path: Path, line: int, row: Mapping[str, str], actors: set[str]) -> Incident:
    if row["actor"] not in actors:
        raise _refusal(path, line, *unknown("actor", row["actor"], sorted(actors)))
    remedy = "write a day as 2020-03-11, and numbers as digits; leave unknown ones empty"
    try:
        found = incident(row)
    except ValueError as error:
        raise _refusal(path, line, f"a cell cannot be read: {error}", remedy) from None
    if not FIRST_YEAR <= found.date.year <= LAST_YEAR:
        raise _refusal(path, line, f"the year {found.date.year} is out of reach", remedy)
    return found


def _refusal(path: Path, line: int, what: str, remedy: str) -> ContentError:
    return ContentError([Problem(path, line, what, remedy)])


# --- historical orders


def of_history(scenario: Scenario) -> Happened:
    """What the seats did by a scenario's `[[history]]`; where it is silent, it says nothing."""
    book = scenario.setting.rulebook
    opening = opening_days(scenario)
    moves = {
        (move.turn, move.seat): book.deeds[move.seat][move.order.deed].id
        for move in scenario.history
    }
    return Happened(Period(opening[0], opening[-1] - DAY), moves=moves, opening=opening)


# --- a match


def of_match(match: MatchView) -> Happened:
    """What came in a match, as far as it was played."""
    scenario, played = match.scenario, match.played
    opening = opening_days(scenario)[: len(played) + 1]
    by_turn = turns(opening)
    kept = {
        name: np.stack(
            [
                Arrays(scenario.setting, after, turn.outcome).array(name)
                for turn, after in zip(played, match.match_state.after, strict=True)
            ]
        )
        for name in KEPT
    }
    shown = watched(scenario, kept)
    counts = {name: measure.of_games(shown)[:, 0] for name, measure in MEASURES.items()}

    def count(measure: str, period: Period) -> int | None:
        inside = [turn for turn, days in enumerate(by_turn) if period.holds(days)]
        if sum(by_turn[turn].days for turn in inside) != period.days:
            return None  # the period cuts a turn, whose events have no day of their own
        return int(counts[measure][inside].sum())

    book = scenario.setting.rulebook
    moves = {
        (turn, seat): book.deeds[seat][int(row.orders.deed[seat, 0])].id
        for turn, row in enumerate(played, 1)
        for seat in SEATS
    }
    return Happened(Period(opening[0], opening[-1] - DAY), count, by_turn, moves, opening)


def same_turns(happened: Happened, opening: Sequence[date]) -> bool:
    """Whether a record's turns are those of a calendar, as far as it goes."""
    return tuple(opening[: len(happened.opening)]) == happened.opening
