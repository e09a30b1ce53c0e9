"""Several tables of one class side by side: the same crisis, and what each made of it. Only tables
whose game is over are told of.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from game.report.taking import taken
from game.rules.seats import SEATS, Seat
from game.session.match import Status
from game.views.names import listed
from game.views.played import PlayedGame
from game.views.secrets import revealed_theory, revealed_world
from game.views.situation import total_mark
from game.views.summary import parting, the_dead
from game.views.uses import uses_of_force

from .experiment import Experiment
from .room import Room, templates
from .table import Table
from .texts import t

ROWS = 12
"""Turns of seats that fit on one sheet."""


class TableTold(NamedTuple):
    """One table, looked back upon."""

    number: int
    condition: str
    """What an experiment dealt to it; empty without one."""
    theory: str
    ending: str
    rungs: tuple[int, ...]
    """The highest of each turn."""
    attacks: int
    dead: tuple[tuple[str, int], ...]
    """By who they were; only those of whom there are any."""
    force: Mapping[Seat, int]
    """How often each seat used it."""
    marks: Mapping[Seat, float]
    orders: tuple[Mapping[Seat, str], ...]
    """The deed of each seat, by turn."""
    headline: str
    """What force did there; empty until its debrief has been worked out."""


class Compared(NamedTuple):
    """All that the document tells."""

    title: str
    tables: tuple[TableTold, ...]
    awaited: int
    """Tables whose game is not over."""
    turns: int
    """The most that a table played."""
    parted: tuple[str, ...]
    """Where tables that began alike parted."""
    sheets: tuple[tuple[tuple[Seat, range], ...], ...]
    """Of each sheet of orders: whose, and which turns."""


def compared(room: Room) -> Compared:
    """The tables of a class as they stand."""
    lesson = room.lesson
    over = [one for one in lesson.tables if one.match.status is Status.ENDED and one.match.played]
    games = dict[int, PlayedGame]()
    told = list[TableTold]()
    for table in over:
        with taken(table.match) as game:
            games[table.number] = game
            found = room.debriefings[table.number].found
            told.append(_told(table, game, lesson.experiment, found.headline if found else ""))
    turns = max((len(one.rungs) for one in told), default=0)
    return Compared(
        title=lesson.tables[0].match.scenario.title,
        tables=tuple(told),
        awaited=len(lesson.tables) - len(over),
        turns=turns,
        parted=tuple(_parted(games)),
        sheets=tuple(_sheets(turns)),
    )


def _told(
    table: Table, game: PlayedGame, experiment: Experiment | None, headline: str
) -> TableTold:
    book, uses = game.scenario.setting.rulebook, uses_of_force(game)
    return TableTold(
        number=table.number,
        condition=experiment.dealt.get(table.number, "") if experiment else "",
        theory=revealed_world(game.scenario, game.final, game.lens),
        ending=book.endings[game.ending - 1].name if game.ending else t("compare.ended"),
        rungs=tuple(int(turn.outcome.rung[0]) for turn in game.turns),
        attacks=game.happened("attacks"),
        dead=tuple((who, count) for who, count in the_dead(game) if count),
        force={seat: sum(use.seat is seat for use in uses) for seat in SEATS},
        marks={seat: total_mark(game.scenario, game.final, seat) for seat in SEATS},
        orders=tuple(
            {seat: book.deeds[seat][turn.orders.order(seat).deed].name for seat in SEATS}
            for turn in game.turns
        ),
        headline=headline,
    )


def _parted(games: Mapping[int, PlayedGame]) -> Iterator[str]:
    """Of tables with the same luck and theory: the first turn in which they ordered differently."""
    alike = dict[tuple[int, str, str], list[int]]()
    for number, game in games.items():
        world = revealed_theory(game.scenario, game.final).id
        alike.setdefault((game.seed, game.lens, world), []).append(number)
    for numbers in alike.values():
        first, *others = numbers
        for other in others:
            turn = parting(games[first], games[other])
            names = listed([str(first), str(other)])
            key = "compare.never" if turn is None else "compare.parted"
            yield t(key, tables=names, turn=turn or 0)


def _sheets(turns: int) -> Iterator[tuple[tuple[Seat, range], ...]]:
    if not turns:
        return
    together = max(1, ROWS // turns)
    for first in range(0, len(SEATS), together):
        seats = SEATS[first : first + together]
        for start in range(0, turns, ROWS):
            yield tuple((seat, range(start, min(start + ROWS, turns))) for seat in seats)


def document(room: Room) -> str:
    """The comparison as one HTML file."""
    scenario = room.lesson.tables[0].match.scenario
    return templates.get_template("print/compare.html").render(
        told=compared(room), scenario=scenario, title=t("compare.title")
    )


def comparison_path(match: Path) -> Path:
    """Where a class's comparison is written: beside its first match."""
    return match.with_name(f"{match.stem}_tables.html")
