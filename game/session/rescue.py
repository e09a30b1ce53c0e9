"""Saves what can be saved of a damaged match, to a new file. The damaged one is only read.

A row counts if its seal is right. A turn counts if everything that leads to it is there: the four
orders, the state and its hash, and either no row missing before it or the same hash from the
referee of today. What follows the first turn that does not count is left behind.
"""

import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from game.content.document import MAX_BYTES
from game.content.problems import ContentError
from game.content.scenario import Scenario
from game.rules.legal import IllegalOrderError
from game.rules.resolve import resolve
from game.rules.seats import SEATS
from game.views.names import counted

from . import schema
from .adjudicating import adjudicate
from .codec import digest
from .errors import DamagedError, FileError, MatchError
from .event_log import stamp
from .events import (
    EVENTS,
    Adjudicated,
    ContradictionError,
    Event,
    Opened,
    Seated,
    TakenBack,
    Undone,
    effective,
)
from .forking import renumbered
from .match_state import MatchState
from .ordering import assembled
from .places import free
from .reading import game_of, in_memory, raw_bytes, read, sealed_rows
from .record import Game, Record, Row, write_new
from .schema import PAGE
from .texts import TEXT_NAME, compiled, gathered


@dataclass(frozen=True, slots=True)
class Rescued:
    """What became of a damaged match."""

    path: Path
    """The new file."""
    turns: int
    """Turns that it holds."""
    sentence: str
    """What was saved, and where."""


def rescue(path: Path, folder: Path | None = None) -> Rescued:
    """Saves what can be saved of a damaged match. Asked again, it names the file that it has made.

    Args:
        path: the damaged file.
        folder: where the new file goes; beside the damaged one if None.

    Raises:
        DamagedError: nothing can be saved.
        FileError: the file cannot be read, or the new one not be written.
    """
    record, again, lacking = _salvaged(path)
    turns = sum(isinstance(event, Adjudicated) for event in record.events)
    target = (folder or path.parent) / f"{path.stem}_saved{path.suffix}"
    if not _holds(target, record):
        target = free(target)
        write_new(target, record)
    told = [
        f"{path}: the file is damaged, and was left as it is. What could be saved, "
        f"{counted(turns, 'turn')} of {record.game.turns}, is in the new file {target}."
    ]
    if again:
        told.append(
            f"{counted(again, 'turn').capitalize()} had to be played again from the orders."
        )
    if lacking:
        told.append("Rules that were lost in it were taken from this version of the game.")
    if again and lacking:
        told.append("Those turns may have come out otherwise when they were first played.")
    return Rescued(target, turns, " ".join(told))


def _salvaged(path: Path) -> tuple[Record, int, bool]:
    """What can be saved, how many of its turns were played again, and whether rules were lost."""
    found = [_found(raw) for raw in _readable(raw_bytes(path))]
    game, files, events = max(found, key=lambda f: (f[0] is not None, len(f[2])))
    if game is None:
        raise DamagedError(path, "the file is damaged", "nothing in it could be saved")
    lacking = _complete(game, files)
    try:
        scenario = compiled(files)
    except ContentError:
        what = "the file is damaged, and the rules in it cannot be played by this version"
        raise DamagedError(path, what, "nothing in it could be saved") from None
    kept, again = _sound(scenario, game, events)
    if not kept:
        raise DamagedError(path, "the file is damaged", "no turn in it could be saved")
    return Record(game, files, renumbered(kept)), again, lacking


def _holds(path: Path, record: Record) -> bool:
    """Whether a file is the match that was saved before, played on or not."""
    with suppress(FileError):
        there = read(path)
        return there.game == record.game and len(there.events) >= len(record.events)
    return False


def _readable(raw: bytes) -> Iterator[bytes]:
    """The database in forms that SQLite may be able to read: with the first pages of a new match,
    which are the same in all, and as it is.
    """
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"PRAGMA page_size = {PAGE}")
        schema.create(connection)
        fresh = connection.serialize()
    first, size = _schema_pages(fresh), max(-(-len(raw) // PAGE), len(fresh) // PAGE)
    pages = []
    for number in range(size):
        page = _page(raw, number)
        ours = number in first or not page  # what was cut off is empty
        pages.append(_page(fresh, number) if ours else page.ljust(PAGE, b"\0"))
    mended = b"".join(pages)
    yield mended[:28] + struct.pack(">I", size) + b"\0" * 8 + mended[40:]
    if len(raw) >= PAGE and _is_a_journal(raw):
        yield raw


def _page(raw: bytes, number: int) -> bytes:
    return raw[number * PAGE : (number + 1) * PAGE]


def _schema_pages(fresh: bytes) -> set[int]:
    """The pages, counted from 0, of a new database that hold its description and no rows."""
    with in_memory(fresh) as connection:
        roots = {
            number - 1
            for (number,) in connection.execute(
                "SELECT rootpage FROM sqlite_schema WHERE rootpage > 0"
            )
        }
    return set(range(len(fresh) // PAGE)) - roots


def _is_a_journal(raw: bytes) -> bool:
    """Whether the database's description can be trusted."""
    with suppress(sqlite3.Error, UnicodeDecodeError), in_memory(raw) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        return 1 <= version <= schema.version() and schema.things(connection) == schema.known(
            version
        )
    return False


def _found(raw: bytes) -> tuple[Game | None, dict[str, str], list[Event]]:
    """Every row of a database whose seal is right."""
    game, texts, events = None, dict[str, str](), list[Event]()
    with in_memory(raw) as connection:
        with suppress(ValueError):
            game = next(map(game_of, _good(connection, "game")), None)
        for name, body in _good(connection, "text"):
            if TEXT_NAME.fullmatch(name) and len(body) <= MAX_BYTES:
                texts[name] = body
        for table, kind in EVENTS.items():
            for row in _good(connection, table):
                with suppress(ValueError):
                    events.append(kind.of_row(row))
    return game, texts, sorted(events, key=lambda event: event.n)


def _good(connection: sqlite3.Connection, table: str) -> list[Row]:
    """The rows of a table with the right seal, from its beginning and from its end to where it
    cannot be read.
    """
    rows: dict[int, Row] = {}
    for way in ("ASC", "DESC"):
        with suppress(sqlite3.Error, ValueError, OverflowError):
            for number, row, right in sealed_rows(connection, table, way):
                if right:
                    rows[number] = row
    return [rows[number] for number in sorted(rows)]


def _complete(game: Game, texts: dict[str, str]) -> bool:
    """Adds this version's data files where a match's own are lost; says whether any were."""
    try:
        own = gathered(game.scenario, game.lens)
    except ContentError:
        return False
    lacking = {name: text for name, text in own.items() if name not in texts}
    texts.update(lacking)
    return bool(lacking)


def _sound(scenario: Scenario, game: Game, events: list[Event]) -> tuple[list[Event], int]:
    """The events up to the first turn that cannot be vouched for, and what is whole after it; and
    how many turns had to be played again from their orders.
    """
    match_state = MatchState(scenario, game.seed, game.game)
    numbers = {event.n for event in events}
    kept, pending, last, again = list[Event](), list[Event](), 0, 0
    for event in [*_counting(events, numbers), None]:
        lost = event is None or (
            event.turn > match_state.state.turn + 1 and not isinstance(event, Adjudicated)
        )
        if lost and (made := _played_again(match_state)):
            kept, pending, again = [*kept, *pending, made], [], again + 1
        if event is None:
            with suppress(ValueError, KeyError):
                MatchState(scenario, game.seed, game.game).apply_all(kept + pending)
                kept += pending
            break
        try:
            match_state.apply(event)
        except (ValueError, KeyError, MatchError):
            break
        pending.append(event)
        if isinstance(event, Adjudicated):
            whole = all(n in numbers for n in range(last + 1, event.n))
            if not whole and not _same_again(match_state, event):
                break
            kept, pending, last = kept + pending, [], event.n
    seated = {event.seat for event in kept if isinstance(event, Seated)}
    return (kept if seated == set(scenario.roles) else []), again


def _played_again(match_state: MatchState) -> Adjudicated | None:
    """A turn whose row is lost, adjudicated from its orders. That it was adjudicated shows in a
    computer's orders: they are written down together with it.
    """
    setting, before = match_state.scenario.setting, match_state.state
    by_computer = any(row.given_by == "computer" for row in match_state.pending.values())
    if len(match_state.committed) < len(SEATS) or not by_computer or before.ending[0]:
        return None
    try:
        result = adjudicate(setting, before, assembled(match_state.committed))
    except (IllegalOrderError, ValueError):
        return None
    made = Adjudicated(n=1, at=stamp(), turn=before.turn + 1, **result.fields)
    match_state.apply(made, (result.state, result.outcome))
    return made


def _counting(events: list[Event], numbers: set[int]) -> list[Event]:
    """The events that count, as far as they do not contradict each other."""
    whole = [
        event
        for event in events
        if not (isinstance(event, TakenBack) and event.orders not in numbers)
        and not (isinstance(event, Undone) and event.undone not in numbers)
        and not isinstance(event, Opened)
    ]
    while True:
        try:
            return effective(whole)
        except ContradictionError as error:
            whole = [event for event in whole if event.n < error.n]


def _same_again(match_state: MatchState, event: Adjudicated) -> bool:
    """Whether the referee of today comes to the recorded hash."""
    played = match_state.played[-1]
    try:
        after, _ = resolve(match_state.scenario.setting, played.before, played.orders)
    except IllegalOrderError:
        return False
    return digest(after) == event.hash
