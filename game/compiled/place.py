"""Where the machine code of just these sources is kept; this module does without the compiler."""

import os
import shutil
import time
from functools import cache
from hashlib import sha256
from pathlib import Path

from platformdirs import user_cache_path

_ROOMS = ("compiled", "players", "rules")
"""Whose code and constants end up in the machine code."""
_KEPT = 3
"""Versions of it that are kept, for who works with several copies of the game, …"""
_DAY = 86_400
"""… beside those that somebody used in the last day: seconds."""
_LAST_COMPILED = "*play_turn*.nbi"
"""What numba calls its notes on the largest function."""


@cache
def folder() -> Path:
    """A folder for this version of the code. Numba itself looks only at the file that a function
    stands in: what that calls or copies from other files could change unseen.
    """
    game, digest = Path(__file__).parents[1], sha256()
    for room in _ROOMS:
        for source in sorted((game / room).rglob("*.py")):
            digest.update(source.read_bytes())
    return user_cache_path("restoring-deterrence") / "compiled" / digest.hexdigest()[:16]


def is_compiled() -> bool:
    """Whether the machine code is there, so that loading it takes a second and not minutes."""
    return any(folder().rglob(_LAST_COMPILED))


def opened() -> Path:
    """The folder, made and marked as in use; old versions are cleared away.

    Raises:
        ImportError: nothing can be kept there, and to compile anew in every run takes too long.
    """
    here = folder()
    try:
        here.mkdir(parents=True, exist_ok=True)
        here.touch()
    except OSError as error:
        raise ImportError(f"no compiled code can be kept: {error}") from error
    if not os.access(here, os.W_OK | os.X_OK):
        raise ImportError(f"no compiled code can be kept: {here} is locked")
    clear(here.parent)
    return here


def clear(versions: Path) -> None:
    """Clears away old versions; other processes may be doing the same."""
    used: dict[Path, float] = {}
    for version in versions.iterdir():
        try:
            used[version] = version.stat().st_mtime
        except OSError:
            continue  # it is gone
    for old in sorted(used, key=used.__getitem__)[:-_KEPT]:
        if used[old] < time.time() - _DAY:
            shutil.rmtree(old, ignore_errors=True)
