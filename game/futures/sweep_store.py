"""The finished cells of a sweep on disk, until all are done: what a resumed sweep goes on from.

One SQLite file beside the results. It survives a killed process and a full disk: whatever was
committed stays, and the rest is played again.
"""

import json
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from game.views.names import counted

from .errors import FuturesError
from .sweep import Row

SUFFIX = ".sweep"
EVERY = 0.5
"""Seconds between two commits: as much work may have to be done again after a power cut."""


MOST = 1e300
"""What no figure of a cell comes near, and a float still holds."""


class StoreError(FuturesError):
    """The finished cells cannot be kept, or are not those of this sweep."""


class CellStore:
    """The finished cells of one sweep, in their order."""

    def __init__(
        self,
        path: Path,
        settings: Mapping[str, Any],
        *,
        resume: bool,
        columns: Mapping[str, type] | None = None,
    ) -> None:
        """Opens the store, or makes it.

        Args:
            path: its file.
            settings: everything that the cells depend on, by what a sentence calls it.
            resume: go on with the cells that are there, if any; without it there may be none.
            columns: what the row of every cell has, and of what kind; the keys of the first cell,
                of any kind, if None.

        Raises:
            StoreError: there are cells that were not to be resumed, or it is another sweep's,
                damaged, in use, or cannot be read or written.
        """
        self._path = path
        self.done = 0
        """Finished cells."""
        self._connection = _connected(path)
        try:
            self._connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._connection.execute("PRAGMA synchronous = FULL")
            self._begin()
            self._make_tables()
            (self.done,) = self._connection.execute("SELECT count(*) FROM cell").fetchone()
            self._check(settings, resume=resume)
            self._check_rows(columns)
            self._commit()
        except sqlite3.Error as error:
            raise self._refusal(error) from None
        except StoreError:
            self._connection.close()
            raise
        self._begin()

    def _make_tables(self) -> None:
        """Makes the tables in a new file; in one that has other tables nothing is touched."""
        there = {name for (name,) in self._connection.execute("SELECT name FROM sqlite_master")}
        if not there:
            self._connection.execute("CREATE TABLE settings (value TEXT NOT NULL)")
            self._connection.execute(
                "CREATE TABLE cell (number INTEGER PRIMARY KEY, row TEXT NOT NULL)"
            )
        elif there != {"settings", "cell"}:
            raise self._foreign()

    def _check(self, settings: Mapping[str, Any], *, resume: bool) -> None:
        """Holds the settings against those that are there, or writes them."""
        kept = self._connection.execute("SELECT value FROM settings").fetchone()
        if kept is None:
            self._connection.execute("INSERT INTO settings VALUES (?)", [json.dumps(settings)])
            return
        before = self._told(kept[0])
        if not resume and not self.done:
            self._connection.execute("UPDATE settings SET value = ?", [json.dumps(settings)])
            return
        if not resume:
            raise StoreError(
                f"{self._path}: holds {_cells(self.done)} of a sweep that was not finished; add "
                "--resume to go on with it, or delete that file to begin anew"
            )
        for name, value in json.loads(json.dumps(settings)).items():
            if before.get(name) != value:
                raise StoreError(
                    f"{self._path}: its {_cells(self.done)} were played with other settings "
                    f"({name}: {_shown(before.get(name))} then, {_shown(value)} now); ask for the "
                    "same ones to resume, or name another file to begin anew"
                )

    def _check_rows(self, columns: Mapping[str, type] | None) -> None:
        """Makes sure of every cell: a file that was copied while it was written may lack parts, and
        one from a stranger may hold anything.
        """
        wanted: Mapping[str, type] | None = columns
        cells = self._connection.execute("SELECT number, row FROM cell ORDER BY number")
        for place, (number, text) in enumerate(cells):
            row = self._told(text)
            wanted = dict.fromkeys(row, object) if wanted is None else wanted
            if number != place or row.get("cell") != place or row.keys() != wanted.keys():
                raise self._damaged()
            if not all(_fits(row[name], kind) for name, kind in wanted.items()):
                raise self._damaged()

    def _told(self, text: object) -> dict[str, Any]:
        """What a row of the file says."""
        try:
            told = json.loads(str(text))
        except (ValueError, RecursionError):
            raise self._damaged() from None
        if not isinstance(told, dict):
            raise self._damaged()
        return told

    def add(self, row: Row) -> None:
        """Keeps the next cell.

        Raises:
            StoreError: it cannot be written; the cells before it are kept.
        """
        try:
            self._connection.execute(
                "INSERT INTO cell VALUES (?, ?)", [row["cell"], json.dumps(row)]
            )
            self.done += 1
            if time.monotonic() - self._began > EVERY:
                self.save()
        except sqlite3.Error as error:
            raise self._refusal(error) from None

    def rows(self) -> Iterator[Row]:
        """All finished cells, in their order.

        Raises:
            StoreError: they cannot be read any more.
        """
        try:
            for (text,) in self._connection.execute("SELECT row FROM cell ORDER BY number"):
                yield self._told(text)
        except sqlite3.Error as error:
            raise self._refusal(error) from None

    def save(self) -> None:
        """Makes sure of all cells so far.

        Raises:
            StoreError: they cannot be written; those of the time before are kept.
        """
        try:
            self._commit()
            self._begin()
        except sqlite3.Error as error:
            raise self._refusal(error) from None

    def close(self) -> None:
        """Lets go of the file with its cells; a file without any is removed."""
        with suppress(sqlite3.Error):
            self._commit()
        with suppress(sqlite3.Error):
            self._connection.close()
        if not self.done:
            self._path.unlink(missing_ok=True)

    def remove(self) -> None:
        """Removes the file: its cells are somewhere else."""
        self.done = 0
        self.close()

    def _begin(self) -> None:
        self._connection.execute("BEGIN EXCLUSIVE")
        self._began = time.monotonic()

    def _commit(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("COMMIT")

    def _refusal(self, error: sqlite3.Error) -> StoreError:
        with suppress(sqlite3.Error):
            self._connection.close()
        code = getattr(error, "sqlite_errorcode", None)
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return StoreError(f"{self._path}: another sweep is writing it; wait for that one")
        if code == sqlite3.SQLITE_NOTADB:
            return self._foreign()
        if code == sqlite3.SQLITE_CORRUPT:
            return self._damaged()
        return StoreError(
            f"{self._path}: cannot be written ({error}); the cells that were finished are kept in "
            "it; make room and go on with --resume"
        )

    def _damaged(self) -> StoreError:
        return StoreError(
            f"{self._path}: it is damaged, as a copy is that was made while a sweep wrote it; "
            "delete it to begin anew"
        )

    def _foreign(self) -> StoreError:
        return StoreError(
            f"{self._path}: holds no cells of a sweep; move it away, or name another file"
        )


def _connected(path: Path) -> sqlite3.Connection:
    """The file, opened or made.

    Raises:
        StoreError: neither can be done.
    """
    try:
        return sqlite3.connect(path, timeout=1, isolation_level=None)
    except sqlite3.Error as error:
        raise StoreError(
            f"{path}: cannot be opened ({error}); name a file in a folder of yours"
        ) from None


def _fits(value: object, kind: type) -> bool:
    """Whether a value is nothing, or of a kind that can be counted with and written."""
    if value is None or kind is object:
        return True
    if kind is str:
        return isinstance(value, str)
    return isinstance(value, (float, int) if kind is float else int) and abs(value) < MOST


def _cells(count: int) -> str:
    return counted(count, "finished cell")


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return text if len(text) <= 60 else f"{text[:60]}…"
