"""Matches that are still on, for whoever would learn their secrets by a way round: from a fork, or
from a game that a computer plays with the same luck.
"""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from .errors import FileError
from .home import matches_folder
from .places import Summary, matches
from .record import Record


def live_origin(path: Path, record: Record) -> Path | None:
    """The match that a fork came from, at whatever remove, and that is not over.

    Args:
        path: the fork's file; the others are looked for beside it and in the user's own folder.
        record: what it holds.

    Returns:
        None where there is none, where it is no fork, and where the others lie elsewhere.
    """
    parent = record.game.parent
    if parent is None:
        return None
    known = {match.game.id: match for match in _around(path.parent)}
    seen = set[str]()
    while parent in known and parent not in seen:
        seen.add(parent)
        if not known[parent].over:
            return known[parent].path
        parent = known[parent].game.parent
    return None


def live_luck(scenario: str, seed: int, game: int) -> Path | None:
    """The user's own match of a scenario that has this very luck, and is not over."""
    for match in _around(matches_folder()):
        row = match.game
        if (row.scenario, row.seed, row.game) == (scenario, seed, game) and not match.over:
            return match.path
    return None


def _around(folder: Path) -> Iterator[Summary]:
    for place in dict.fromkeys([folder, matches_folder()]):
        with suppress(FileError):
            yield from matches(place)[0]
