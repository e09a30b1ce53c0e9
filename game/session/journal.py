"""A match's file, held for writing: what `append` returned from is on the disk.

The write-ahead log is worked into the file after every transaction, so that the one file is the
whole match at any time and can be copied even while it is played.
"""

import os
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import quote

from . import schema
from .errors import FileError, HeldError, MatchError, WriteError
from .events import Event
from .reading import ONE_AT_A_TIME, identity, is_taken_up, let_go, raw_bytes, read, taken_up
from .record import Record, insert, insert_texts, unwritable

_TRIES = 5


class Journal:
    """The only writer of one match's file."""

    def __init__(self, path: Path, connection: sqlite3.Connection, following: int) -> None:
        """`following` is the number of the event that comes next."""
        self.path = path
        self._connection = connection
        self._next = following
        self._key = taken_up(path, connection)

    @classmethod
    def hold(cls, path: Path) -> tuple["Journal", Record]:
        """Takes the file up, once it has proved sound, and reads it. Nothing is written to it;
        `bring_up_to_date` comes before the first event.

        Raises:
            FileError: it is no match, damaged, of another version, held by another program, or
                cannot be written to.
        """
        path = Path(os.path.realpath(path))
        with ONE_AT_A_TIME:
            for _ in range(_TRIES):
                if is_taken_up(path):
                    raise _held(path)
                before = raw_bytes(path)
                record = read(path)
                connection = _locked(path)
                try:
                    if _same(connection, before):
                        return cls(path, connection, len(record.events) + 1), record
                except sqlite3.Error as error:
                    connection.close()
                    raise unwritable(path, error) from None
                connection.close()  # somebody wrote to it between reading and locking
        raise _held(path)

    def bring_up_to_date(self) -> None:
        """Gives a file of an older version the tables of today.

        Raises:
            WriteError: the disk does not take them; the file is as it was.
        """
        with ONE_AT_A_TIME:
            try:
                schema.migrate(self._connection)
            except sqlite3.Error as error:
                raise unwritable(self.path, error) from None

    def append(self, events: Sequence[Event], texts: Mapping[str, str] | None = None) -> None:
        """Writes events down, all or none; they are on the disk when it returns.

        Raises:
            WriteError: the disk does not take them; the file is as it was.
            MatchError: the journal was closed, or somebody interrupted the last writing, so that
                the file knows more than whoever writes to it.
        """
        with ONE_AT_A_TIME:
            self._append(events, texts or {})

    def _append(self, events: Sequence[Event], texts: Mapping[str, str]) -> None:
        if any(event.n != self._next + k for k, event in enumerate(events)):
            raise MatchError("the last writing was interrupted; close the match and open it again")
        _check_in_place(self.path, self._key)
        connection, before = self._connection, self._next
        # Counted first: an interrupt after the commit must not lead to the same number twice.
        self._next += len(events)
        committing = False
        try:
            connection.execute("BEGIN IMMEDIATE")
            insert_texts(connection, texts)
            for event in events:
                insert(connection, event.table, event.row())
            committing = True
            connection.execute("COMMIT")
        except sqlite3.ProgrammingError:
            raise MatchError("the match was closed") from None
        except BaseException as error:
            if connection.in_transaction:
                with suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
                    self._next = before
            elif not committing or isinstance(error, sqlite3.Error):
                self._next = before
            if isinstance(error, sqlite3.Error):
                raise unwritable(self.path, error) from None
            raise
        _work_in(connection)

    def check_in_place(self) -> None:
        """Makes sure that the file is where it was.

        Raises:
            WriteError: another file, or none, lies there.
        """
        _check_in_place(self.path, self._key)

    def close(self) -> None:
        """Leaves one file and no log beside it."""
        with ONE_AT_A_TIME:
            self._connection.close()
            let_go(self._key)


def check_free(path: Path) -> None:
    """Makes sure that nobody plays a match, and leaves its file as it is.

    Raises:
        HeldError: this program plays it, or another one.
        NotAMatchError: there is no such file.
    """
    with ONE_AT_A_TIME:
        if is_taken_up(path):
            raise _held(path)
        try:
            read(path)
        except FileError:
            if not os.path.exists(path):
                raise
            return  # nobody can play it
        try:
            uri = f"{_uri(Path(os.path.realpath(path)))}?mode=rw"
            with closing(sqlite3.connect(uri, uri=True, timeout=0, isolation_level=None)) as file:
                file.execute("PRAGMA locking_mode = EXCLUSIVE")
                file.execute("BEGIN EXCLUSIVE")
                file.execute("ROLLBACK")
        except sqlite3.Error as error:
            if _is_held(error):
                raise _held(path) from None


def _check_in_place(path: Path, key: tuple[int, int]) -> None:
    """Makes sure that what is written is found again: a file that was deleted takes it all the
    same, and keeps none of it.

    Raises:
        WriteError: another file, or none, lies where the match lay.
    """
    try:
        # Windows moves no file that is open, and some of its disks number files anew.
        found = identity(path.stat()) == key or os.name == "nt"
    except OSError:
        found = False
    if not found:
        what = "the match's file was deleted or moved while it was played"
        raise WriteError(path, what, "put it back there under this name, and order again")


def _is_held(error: sqlite3.Error) -> bool:
    return getattr(error, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


def _locked(path: Path) -> sqlite3.Connection:
    """A connection that no other program can have at the same time.

    Raises:
        HeldError: another program has it.
        WriteError: the file or its folder cannot be written to.
    """
    uri = f"{_uri(path)}?mode=rw"
    connection = None
    try:
        connection = sqlite3.connect(
            uri, uri=True, timeout=0, isolation_level=None, check_same_thread=False
        )
        schema.tame(connection)
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA fullfsync = ON")  # for Macs; it does nothing elsewhere
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        if connection is not None:
            connection.close()
        if _is_held(error):
            raise _held(path) from None
        raise unwritable(path, error) from None
    return connection


def _uri(path: Path) -> str:
    """The path as SQLite takes it: `Path.as_uri` makes a host of a network folder's server, which
    SQLite refuses.
    """
    place = quote(os.fsencode(path.as_posix()), safe="/:")  # a name may be no text
    if path.drive:
        return f"file://{place}" if place.startswith("//") else f"file:///{place}"
    return f"file:{place}"


def _same(connection: sqlite3.Connection, before: bytes) -> bool:
    """Whether the database is still the one that was read, its kind of log aside."""
    return _lasting_bytes(connection.serialize()) == _lasting_bytes(before)


def _lasting_bytes(raw: bytes) -> bytes:
    """A database's bytes without those that SQLite changes when it changes the kind of log."""
    return raw[28:92] + raw[100:]


def _work_in(connection: sqlite3.Connection) -> None:
    """Moves the log into the file. Where that fails the log stays, and nothing is lost."""
    with suppress(sqlite3.Error):
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _held(path: Path) -> HeldError:
    return HeldError(path, "the match is open in another window", "close it there first")
