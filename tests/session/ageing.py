"""What makes a match of today's rules one of earlier rules, for tests."""

from pathlib import Path

from game.session import adapting
from game.session.view import MatchView
from tests.session.common import rewritten

PARAMETERS = "rulebook/parameters.toml"


def without(path: Path, name: str) -> None:
    """Takes a parameter out of a match's own rulebook."""
    body = MatchView.read(path).record.texts[PARAMETERS]
    table = next(t for t in adapting._TABLE.finditer(body) if t[1] == name)
    rewritten(path, PARAMETERS, table[0], "")
