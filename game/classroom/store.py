"""The class's own file beside its matches: who sits where, drafts, talk. The matches know nothing
of it; whoever removes it loses no order.

What was put is in the file when `put` returns, and outlives the program; after a power cut the last
seconds may be missing.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from .faults import ClassroomFault
from .texts import t

SUFFIX = ".class"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS thing (
  kind TEXT NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID
"""


class Store:
    """Things by kind and key, each a JSON value."""

    def __init__(self, path: Path) -> None:
        """Opens or makes the file, which only its owner may read.

        Raises:
            ClassroomFault: it cannot be used.
        """
        self.path = path
        try:
            path.touch(mode=0o600, exist_ok=True)
            self._connection = sqlite3.connect(
                path, isolation_level=None, timeout=0, check_same_thread=False
            )
            self._connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._connection.execute("PRAGMA secure_delete = ON")
            self._connection.execute(_SCHEMA)
        except (OSError, sqlite3.Error) as error:
            raise ClassroomFault(t("serving.no_store", path=path, why=error)) from None

    def put(self, kind: str, key: str, body: Any) -> None:
        """Keeps a thing, in place of an older one of that kind and key.

        Raises:
            ClassroomFault: the disk does not take it.
        """
        self._do("INSERT OR REPLACE INTO thing VALUES (?, ?, ?)", kind, key, json.dumps(body))

    def drop(self, kind: str, key: str | None = None) -> None:
        """Forgets a thing, or all of a kind; nothing of it is left in the file."""
        if key is None:
            self._do("DELETE FROM thing WHERE kind = ?", kind)
        else:
            self._do("DELETE FROM thing WHERE kind = ? AND key = ?", kind, key)

    def work_in(self) -> None:
        """Leaves nothing of what was forgotten in the file's log either."""
        with suppress(sqlite3.Error):
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def all(self, kind: str) -> Iterator[tuple[str, Any]]:
        """Every thing of a kind, by key.

        Raises:
            ClassroomFault: the file is damaged.
        """
        try:
            rows = self._connection.execute(
                "SELECT key, body FROM thing WHERE kind = ? ORDER BY key", (kind,)
            ).fetchall()
            return iter([(key, json.loads(body)) for key, body in rows])
        except (sqlite3.Error, ValueError) as error:
            raise ClassroomFault(t("serving.no_store", path=self.path, why=error)) from None

    def close(self) -> None:
        """Leaves one file and no log beside it."""
        self._connection.close()

    def _do(self, sql: str, *values: str) -> None:
        try:
            self._connection.execute(sql, values)
        except sqlite3.Error as error:
            raise ClassroomFault(t("serving.no_store", path=self.path, why=error)) from None
