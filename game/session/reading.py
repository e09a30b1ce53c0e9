"""Reads a match's file without trusting or touching it.

The bytes are copied into memory, and the copy is looked at: its tables must be the journal's and
nothing else, its pages sound, its rows sealed, numbered without a gap, and of the right kinds. So
the file may be anybody's, in a folder that cannot be written to, or being played at this moment.
"""

import os
import sqlite3
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import RLock
from typing import TypeVar

from pydantic import ValidationError

from game.content.document import MAX_BYTES
from game.content.visible import visible
from game.rules.seats import SEATS

from . import schema
from .errors import DamagedError, FileError, NotAMatchError, OtherVersionError
from .events import EVENTS, MOST_EVENTS, ContradictionError, Seated, effective
from .record import BESIDE, LOG, MOST_BYTES, Game, Record, Row, seal
from .temporary import no_room, temporary_folder
from .texts import MOST_TEXTS, TEXT_NAME

Made = TypeVar("Made")

MAGIC = b"SQLite format 3\0"
_HEADER = 100
_TRIES = 20
ONE_AT_A_TIME = RLock()
"""Held by whoever takes a file up, reads it, writes to it or lets it go: a thread that looked at a
file while another takes it up would undo the system's lock on it.
"""
_TAKEN_UP: dict[tuple[int, int], sqlite3.Connection] = {}
"""Files that this process plays, by device and number. Opening such a file a second time and
closing it would drop the system's lock on it.
"""


def taken_up(path: Path, connection: sqlite3.Connection) -> tuple[int, int]:
    """Remembers that this process plays a file; returns the key for `let_go`."""
    key = identity(path.stat())
    _TAKEN_UP[key] = connection
    return key


def let_go(key: tuple[int, int]) -> None:
    """Forgets a file that this process played."""
    _TAKEN_UP.pop(key, None)


def is_taken_up(path: Path) -> bool:
    """Whether this very process plays the file."""
    return os.path.exists(path) and identity(path.stat()) in _TAKEN_UP


def read(path: Path) -> Record:
    """What a match's file holds.

    Raises:
        NotAMatchError: it is missing, or no match.
        DamagedError: it is one, and is not as it was written.
        OtherVersionError: a newer version of the game wrote it.
    """
    raw = raw_bytes(path)
    try:
        return _read(path, raw)
    except (DamagedError, NotAMatchError):
        with ONE_AT_A_TIME:
            alone = b"" if is_taken_up(path) else _copied(path)[0]
        if alone and alone != raw and _is_sound(path, alone):
            what = f"{visible(path.name)}{LOG} beside it is the log of another match"
            raise NotAMatchError(path, what, "move that away and open this one again") from None
        raise


def _is_sound(path: Path, raw: bytes) -> bool:
    with suppress(FileError):
        _read(path, raw)
        return True
    return False


def _read(path: Path, raw: bytes) -> Record:
    check_header(path, raw)
    with in_memory(raw) as connection:
        try:
            _check_schema(path, connection)
            _check_pages(path, connection)
            schema.migrate(connection)
            return _record(path, connection)
        except (sqlite3.Error, UnicodeDecodeError) as error:  # SQLite quotes what it cannot read
            raise damaged(path, str(error).splitlines()[0]) from None


def raw_bytes(path: Path) -> bytes:
    """The bytes of the database, with what is still in its write-ahead log worked in."""
    with ONE_AT_A_TIME:
        key = _status(path)
        if (playing := _TAKEN_UP.get(identity(key))) is not None:
            return playing.serialize()
        main, log = _copied(path)
    return _with_log(main, log) if log else main


def check_header(path: Path, raw: bytes) -> None:
    """Refuses what is no match, or of a version that is not known.

    Raises:
        NotAMatchError: it is no match.
        DamagedError: it was one.
        OtherVersionError: a newer version of the game wrote it.
    """
    if not raw:
        raise NotAMatchError(path, "the file is empty", "nothing was saved in it; delete it")
    ours = raw[68:72] == schema.APPLICATION_ID.to_bytes(4, "big")
    if not raw.startswith(MAGIC) or len(raw) < _HEADER:
        if ours or MAGIC.startswith(raw[:16]):
            raise damaged(path, "its first bytes are not those of a database")
        what = "this is no match of the game, or it is damaged beyond reading"
        raise NotAMatchError(path, what, "name another file")
    if not ours:
        raise NotAMatchError(path, "this database is no match of the game", "name another file")
    written_by = int.from_bytes(raw[60:64], "big")
    if written_by > schema.version():
        raise OtherVersionError(
            path,
            f"a newer version of the game wrote it (format {written_by}; this version reads up to "
            f"{schema.version()})",
            "play it with that version",
        )
    if written_by < 1:
        raise damaged(path, "it does not say in which format it is")


@contextmanager
def in_memory(raw: bytes) -> Iterator[sqlite3.Connection]:
    """A tame connection to a copy of a database."""
    # A database in memory has no log: bytes 18 and 19 say which kind of log there is.
    copy = raw[:18] + b"\1\1" + raw[20:]
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        schema.tame(connection)
        connection.text_factory = lambda text: text.decode("utf-8", "replace")
        connection.deserialize(copy)
        yield connection


def damaged(path: Path, what: str) -> DamagedError:
    """The sentence for a file that is not as it was written."""
    return DamagedError(path, f"the file is damaged ({what})", "it was left as it is")


def sealed_rows(
    connection: sqlite3.Connection, table: str, way: str = "ASC"
) -> Iterator[tuple[int, Row, bool]]:
    """The rows of a table: number, what is in it, and whether its seal is right."""
    rows = connection.execute(f"SELECT rowid, * FROM {table} NOT INDEXED ORDER BY rowid {way}")
    for number, *row, mark in rows:
        try:
            right = mark == seal(table, row)
        except (TypeError, ValueError):  # no value that a match would write
            right = False
        yield number, tuple(row), right


def game_of(row: Row) -> Game:
    """The game of a row.

    Raises:
        ValueError: the row holds something that no match would write.
    """
    return Game.model_validate(dict(zip(Game.model_fields, row[1:], strict=True)))


def _record(path: Path, connection: sqlite3.Connection) -> Record:
    games = _rows(path, connection, "game", 1)
    texts: dict[str, str] = dict(_rows(path, connection, "text", MOST_TEXTS))
    if not all(map(TEXT_NAME.fullmatch, texts)) or sum(map(len, texts.values())) > MAX_BYTES:
        raise _strange(path, "a data file in it has a wrong name or is too long")
    if not games:
        raise damaged(path, "it does not say what is played")
    (game,) = _made(path, "game", games, game_of)
    events = [
        event
        for table, kind in EVENTS.items()
        for event in _made(path, table, _rows(path, connection, table, MOST_EVENTS), kind.of_row)
    ]
    events.sort(key=lambda event: event.n)
    if [event.n for event in events] != list(range(1, len(events) + 1)):
        raise damaged(path, "rows are missing")
    try:
        counting = effective(events)
    except ContradictionError as error:
        raise _strange(path, str(error)) from None
    if {event.seat for event in counting if isinstance(event, Seated)} != set(SEATS):
        raise _strange(path, "it does not say who plays each seat")
    return Record(game, texts, events)


def _made(path: Path, table: str, rows: list[Row], make: Callable[[Row], Made]) -> list[Made]:
    """What the rows of a table tell of.

    Raises:
        NotAMatchError: one of them holds something that no match would write.
    """
    made = []
    for number, row in enumerate(rows, 1):
        try:
            made.append(make(row))
        except ValidationError as error:
            where = f"row {number} of its table {table}"
            columns = [str(place["loc"][0]) for place in error.errors() if place["loc"]]
            what = f"{columns[0]} of {where}" if columns else where
            raise _strange(path, f"{what} is nothing that a match would write") from None
    return made


def _rows(path: Path, connection: sqlite3.Connection, table: str, most: int) -> list[Row]:
    (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    if count > most:
        raise _strange(path, f"its table {table} has {count:,} rows")
    rows = []
    for _, row, right in sealed_rows(connection, table):
        if not right:
            raise damaged(path, f"a row of its table {table} was changed")
        rows.append(row)
    return rows


def _check_schema(path: Path, connection: sqlite3.Connection) -> None:
    (written_by,) = connection.execute("PRAGMA user_version").fetchone()
    if schema.things(connection) != schema.known(written_by):
        raise damaged(path, "its tables are not those of a match")


def _check_pages(path: Path, connection: sqlite3.Connection) -> None:
    """SQLite's own check of every page, row and constraint."""
    found = [row[0] for row in connection.execute("PRAGMA integrity_check(3)")]
    if found != ["ok"]:
        raise damaged(path, found[0].splitlines()[0])
    if connection.execute("PRAGMA foreign_key_check").fetchone():
        raise damaged(path, "a row names another that is not there")


def _strange(path: Path, what: str) -> NotAMatchError:
    return NotAMatchError(path, what, "it may not be trusted and was not opened")


def identity(status: os.stat_result) -> tuple[int, int]:
    """What tells a file from all others of this machine, wherever it is moved."""
    return status.st_dev, status.st_ino


def _status(path: Path) -> os.stat_result:
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise NotAMatchError(path, "there is no such file", "check its name and folder") from None
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from None
    if stat.S_ISDIR(status.st_mode):
        raise NotAMatchError(path, "this is a folder", "name the file of a match")
    if not stat.S_ISREG(status.st_mode):
        raise NotAMatchError(path, "this is not an ordinary file", "name a file of a match")
    if status.st_size > MOST_BYTES:
        raise NotAMatchError(
            path,
            f"the file has {status.st_size / 1e6:,.0f} MB, and no match is larger than "
            f"{MOST_BYTES / 1e6:,.0f}",
            "check that this is the right file",
        )
    return status


def _unreadable(path: Path, error: Exception) -> FileError:
    reason = getattr(error, "strerror", None) or "its name cannot be used"
    closed = isinstance(error, PermissionError)
    remedy = "check its permissions" if closed else "name another file"
    return NotAMatchError(path, f"the file cannot be read ({reason})", remedy)


def _copied(path: Path) -> tuple[bytes, bytes]:
    """The database and its log, both of the same moment."""
    log = path.with_name(path.name + LOG)
    for _ in range(_TRIES):
        try:
            _check_beside(path)
            before = _moment(path), _moment(log)
            main = _bounded(path)
            written = _bounded(log) if before[1] else b""
            if before == (_moment(path), _moment(log)):
                return main, written
        except FileNotFoundError:
            _status(path)
        except OSError as error:
            raise _unreadable(path, error) from None
        time.sleep(0.01)  # another program is writing
    raise NotAMatchError(path, "another program writes to it without a pause", "try again later")


def _check_beside(path: Path) -> None:
    """Refuses what would have SQLite wait for ever: a pipe or a device under the name of a log."""
    for ending in BESIDE:
        beside = path.with_name(path.name + ending)
        with suppress(FileNotFoundError):
            if not stat.S_ISREG(beside.stat().st_mode):
                what = f"{visible(beside.name)} beside it is not an ordinary file"
                raise NotAMatchError(path, what, "move that away")


def _moment(path: Path) -> tuple[int, int, int] | None:
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def _bounded(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _with_log(main: bytes, log: bytes) -> bytes:
    """The database after SQLite has worked its log in, done to a copy in a folder of its own."""
    with temporary_folder() as folder:
        copy = folder / "copy"
        try:
            copy.write_bytes(main)
            copy.with_name(f"copy{LOG}").write_bytes(log)
        except OSError as error:
            raise no_room(folder, error) from None
        try:
            with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
                schema.tame(connection)
                return connection.serialize()
        except sqlite3.Error:
            return main  # the database itself is damaged: what is wrong is told when it is read
