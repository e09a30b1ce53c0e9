"""Everything that a match's file holds, and the file that holds it: rows with seals."""

import errno
import hashlib
import json
import os
import sqlite3
import sys
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from game.content.paths import TOO_LONG, is_too_long

from . import schema
from .errors import WriteError
from .events import Event, Id, Name, Stamp

Row = tuple[Any, ...]
LOG = "-wal"
BESIDE = (LOG, "-shm", "-journal")
"""What SQLite may have left beside a match that was not closed."""

MOST_BYTES = 64_000_000
"""Larger files are not opened: a long match has one or two million."""
MOST_SEED_DIGITS = 1_000
_SPACE = "free some space, or name a folder of yours"
_NO_FOLDER = "there is no such folder and none can be made there; name another folder"
_NOT_YOURS = "you may not write there; name a folder of yours"
_READ_ONLY = "what lies there can only be read; make it writable, or play a copy in another folder"
_REMEDIES: dict[int | str, str] = {
    "READONLY": _READ_ONLY,
    "CANTOPEN": _READ_ONLY,
    "PERM": _READ_ONLY,
    "IOERR_LOCK": "make it writable, or play a copy in another folder",
    errno.ENOENT: _NO_FOLDER,
    errno.ENOTDIR: _NO_FOLDER,
    errno.EEXIST: _NO_FOLDER,
    errno.EACCES: _NOT_YOURS,
    errno.EPERM: _NOT_YOURS,
    errno.EROFS: "what lies there can only be read; name a folder on another disk",
    errno.ENAMETOOLONG: "the name of the folder is too long; name another folder",
}
"""What to do, by what the system says; for the rest the disk is full."""


class Game(BaseModel):
    """What is played: the one row of the table `game`."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    created: Stamp
    scenario: Id
    title: Name
    turns: Annotated[int, Field(ge=1, le=1_000)]
    lens: Id
    seed_text: Annotated[str, Field(pattern=r"^-?[0-9]+$", max_length=MOST_SEED_DIGITS)]
    game: Annotated[int, Field(ge=0, le=2**62)]
    parent: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")] | None = None
    """The id of the match that this one was forked from."""
    parent_file: Name | None = None
    parent_turn: Annotated[int, Field(ge=1, le=1_000)] | None = None
    """The first turn that is played anew."""

    @property
    def seed(self) -> int:
        """The game's luck."""
        return int(self.seed_text)

    def row(self) -> Row:
        """What the table holds."""
        return (1, *(getattr(self, name) for name in type(self).model_fields))


@dataclass(slots=True)
class Record:
    """A match as its file has it."""

    game: Game
    texts: dict[str, str]
    events: list[Event] = field(default_factory=list)


def seal(table: str, row: Iterable[Any]) -> str:
    """The digest that a row carries: it differs where anything in the row was changed."""
    told = json.dumps([table, *row], allow_nan=False, separators=(",", ":"))
    return hashlib.blake2b(told.encode(), digest_size=8).hexdigest()


def insert(connection: sqlite3.Connection, table: str, row: Row) -> None:
    """Adds a row and its seal."""
    marks = ", ".join("?" * (len(row) + 1))
    connection.execute(f"INSERT INTO {table} VALUES ({marks})", (*row, seal(table, row)))


def insert_texts(connection: sqlite3.Connection, texts: Mapping[str, str]) -> None:
    """Adds data files."""
    for name, body in texts.items():
        insert(connection, "text", (name, body))


def image(record: Record) -> bytes:
    """The database of a record, as the bytes of a file."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute(f"PRAGMA page_size = {schema.PAGE}")
        schema.create(connection)
        connection.execute("BEGIN")
        insert(connection, "game", record.game.row())
        insert_texts(connection, record.texts)
        for event in record.events:
            insert(connection, event.table, event.row())
        connection.execute("COMMIT")
        return connection.serialize()


def write_new(path: Path, record: Record) -> list[Path]:
    """Writes a record as a new file: all of it or nothing, and never over another file.

    Returns:
        Where the logs are now that a deleted match of the same name had left beside it: SQLite
        would have worked them into the new one.

    Raises:
        FileExistsError: there is a file of that name.
        WriteError: the folder or the disk does not take it.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise unwritable(path, error) from None
    try:
        if os.path.lexists(path):
            raise FileExistsError(path)
        file = part.open("xb")
        try:
            with file:  # closed before it is renamed: Windows renames no file that is open
                file.write(image(record))
                file.flush()
                _to_the_disk(file.fileno())
            if os.path.lexists(path):
                raise FileExistsError(path)
            aside = _set_aside(path)
            part.replace(path)
        except BaseException:
            with suppress(OSError):
                part.unlink()
            raise
        _settle(path.parent)
        return aside
    except FileExistsError:
        raise
    except (OSError, ValueError) as error:
        raise unwritable(path, error) from None


def _set_aside(path: Path) -> list[Path]:
    """Gives the logs of a match that is gone other names, and tells them."""
    aside = []
    for ending in BESIDE:
        old = path.with_name(path.name + ending)
        if os.path.lexists(old):
            names = (old.with_name(f"{old.name}.old-{number}") for number in count(1))
            new = next(name for name in names if not os.path.lexists(name))
            old.rename(new)
            aside.append(new)
    return aside


def _to_the_disk(file: int) -> None:
    """Waits until the disk itself has what was written; on a Mac, fsync alone does not."""
    if sys.platform == "darwin":
        import fcntl  # noqa: PLC0415 (not on every system)

        with suppress(OSError):  # a folder on the network knows fsync alone
            fcntl.fcntl(file, fcntl.F_FULLFSYNC)
            return
    os.fsync(file)


def unwritable(path: Path, error: Exception) -> WriteError:
    """The sentence for a disk that does not take a match."""
    reason = getattr(error, "strerror", None) or str(error) or "it cannot be used"
    code = getattr(error, "sqlite_errorname", None) or getattr(error, "errno", None) or 0
    if isinstance(code, str):
        code = code.removeprefix("SQLITE_")
        code = code if code in _REMEDIES else code.split("_")[0]
    if code == "IOERR_LOCK":  # a disk that fails is not what SQLite means by it
        reason = "it cannot be locked"
    if isinstance(error, sqlite3.Error) and not _may_write_in(path.parent):
        reason, code = "its folder cannot be written to", "READONLY"
    remedy = TOO_LONG if is_too_long(path) else _REMEDIES.get(code, _SPACE)
    return WriteError(path, f"the match cannot be written ({reason})", remedy)


def _may_write_in(folder: Path) -> bool:
    """SQLite tells a log that may not be made beside its database as a disk that fails."""
    return os.access(folder, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _settle(folder: Path) -> None:
    """Makes the folder remember its new file, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
