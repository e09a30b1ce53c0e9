"""Matches that are still on, for whoever would learn their secrets by a way round: from a fork or a
copy, or from a game that a computer plays with the same luck.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from .errors import FileError
from .home import matches_folder
from .places import Summary, matches
from .record import Record


def live_origin(path: Path, record: Record) -> Path | None:
    """The match that a fork came from, at whatever remove, or that a file is a copy of, and that is
    not over. Where a match between is gone, the one that has the same luck.

    Args:
        path: the file; the others are looked for beside it and in the user's own folder.
        record: what it holds.

    Returns:
        None where there is none, where it is neither, and where the others lie elsewhere.
    """
    known, game, own = list(_around(path.parent)), record.game, os.path.realpath(path)
    others = [match for match in known if os.path.realpath(match.path) != own]
    parents = {match.game.id: match.game.parent for match in others} | {game.id: game.parent}
    live = {match.game.id: match.path for match in others if not match.over}
    line, seen = game.id, set[str]()
    while line not in live:
        seen.add(line)
        above = parents[line]
        if above is None or above in seen:
            return None
        if above not in parents:
            return _with_luck(others, (game.scenario, game.seed, game.game))
        line = above
    return live[line]


def is_found(origin: Path, folder: Path) -> bool:
    """Whether `live_origin` finds a match from a fork of it in a folder."""
    return os.path.realpath(origin.parent) in map(os.path.realpath, (folder, matches_folder()))


def live_luck(scenario: str, seed: int, game: int) -> Path | None:
    """The user's own match of a scenario that has this very luck, and is not over."""
    return _with_luck(_around(matches_folder()), (scenario, seed, game))


def _with_luck(known: Iterable[Summary], luck: tuple[str, int, int]) -> Path | None:
    for match in known:
        if (match.game.scenario, match.game.seed, match.game.game) == luck and not match.over:
            return match.path
    return None


def _around(folder: Path) -> Iterator[Summary]:
    for place in dict.fromkeys([folder, matches_folder()]):
        with suppress(FileError):
            yield from matches(place)[0]
