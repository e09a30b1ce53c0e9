"""What makes a match of today's rules one of earlier rules, for tests."""

import sqlite3
from contextlib import closing
from pathlib import Path

from game.session import adapting
from game.session.record import seal
from game.session.view import MatchView

PARAMETERS = "rulebook/parameters.toml"


def rewritten(path: Path, name: str, old: str, new: str) -> None:
    """Changes a text that a match is played by, and seals it as a match would."""
    with closing(sqlite3.connect(path)) as connection:
        (body,) = connection.execute("SELECT body FROM text WHERE name = ?", (name,)).fetchone()
        assert old in body
        body = body.replace(old, new)
        connection.execute(
            "UPDATE text SET body = ?, seal = ? WHERE name = ?",
            (body, seal("text", (name, body)), name),
        )
        connection.commit()


def without(path: Path, name: str) -> None:
    """Takes a parameter out of a match's own rulebook."""
    body = MatchView.read(path).record.texts[PARAMETERS]
    table = next(t for t in adapting._TABLE.finditer(body) if t[1] == name)
    rewritten(path, PARAMETERS, table[0], "")
