"""The journal's database: its tables, its version, and how older files are brought up to date."""

import sqlite3
from functools import cache
from pathlib import Path

APPLICATION_ID = 0x52446D31
"""What marks a file as a match ("RDm1"), in SQLite's header; `file` and other tools show it."""
_LOCKS = """
CREATE TABLE lock (                 -- the PIN of whoever leads, or a seat's passcode
  n INTEGER PRIMARY KEY, at TEXT NOT NULL, turn INTEGER NOT NULL,
  seat TEXT,                        -- NULL: the PIN
  digest TEXT NOT NULL,             -- salt and scrypt digest, hexadecimal; empty: none any more
  seal TEXT NOT NULL
) STRICT;
"""
MIGRATIONS: tuple[str, ...] = (_LOCKS,)
"""SQL that brings a file from version 1 to 2, from 2 to 3, and so on. `schema.sql` stays as it was
in version 1: a new file is made by it and by every migration, as an old file is.
"""
PAGE = 16_384
"""Bytes of a page: so large that the orders of a long match stay in the page at the beginning of
the file that their table begins with, where a file that was cut short still has them.
"""

_FIRST = Path(__file__).with_name("schema.sql")


def version() -> int:
    """The version of the schema that this program writes, as `PRAGMA user_version` shows it."""
    return 1 + len(MIGRATIONS)


def create(connection: sqlite3.Connection, at: int | None = None) -> None:
    """Makes the tables of an empty database, as of the version `at`."""
    connection.executescript(_FIRST.read_text(encoding="utf-8"))
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute("PRAGMA user_version = 1")
    migrate(connection, at)


def migrate(connection: sqlite3.Connection, to: int | None = None) -> None:
    """Brings a database up to date, all of it or nothing."""
    (now,) = connection.execute("PRAGMA user_version").fetchone()
    target = version() if to is None else to
    if now >= target:
        return
    steps = "\n".join(MIGRATIONS[now - 1 : target - 1])
    try:
        connection.executescript(f"BEGIN;\n{steps}\nPRAGMA user_version = {target};\nCOMMIT;")
    except sqlite3.Error:
        connection.rollback()
        raise


@cache
def _known(at: int, _migrations: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    connection = sqlite3.connect(":memory:")
    try:
        create(connection, at)
        return things(connection)
    finally:
        connection.close()


def known(at: int) -> tuple[tuple[str, ...], ...]:
    """What a database of the version `at` is made of, as `things` gives it."""
    return _known(at, MIGRATIONS)


def things(connection: sqlite3.Connection) -> tuple[tuple[str, ...], ...]:
    """Every table, index, view and trigger of a database, with its SQL."""
    found = connection.execute("SELECT type, name, tbl_name, ifnull(sql, '') FROM sqlite_schema")
    return tuple(sorted(found))


def tame(connection: sqlite3.Connection) -> None:
    """Makes a connection safe for files of strangers: nothing in a file can run or grow."""
    for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0"):
        connection.execute(f"PRAGMA {pragma}")
    for limit, most in (
        (sqlite3.SQLITE_LIMIT_LENGTH, 4_000_000),
        (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
        (sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 1),
        (sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100),
    ):
        connection.setlimit(limit, most)
