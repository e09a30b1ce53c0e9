"""Where tapes and machine code are kept between runs."""

import os
import shutil
import tempfile
import time
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path

from platformdirs import user_cache_path

_ROOMS = ("engine", "players", "rules")
"""Whose text ends up in the machine code."""
_KEPT = 3
"""Versions of it that are kept, for who works with several copies of the game, …"""
_DAY = 86_400
"""… beside those that somebody used in the last day: seconds."""


@cache
def folder() -> Path | None:
    """The folder for this version of the text, marked as in use; None where none can be made."""
    game, digest = Path(__file__).parents[1], sha256()
    for room in _ROOMS:
        for source in sorted((game / room).rglob("*.py")):
            digest.update(source.read_bytes())
    here = user_cache_path("restoring-deterrence") / "compiled" / digest.hexdigest()[:16]
    try:
        here.mkdir(parents=True, exist_ok=True)
        here.touch()
        clear(here.parent)
    except OSError:
        return None
    return here


def kept(name: str) -> bytes | None:
    """A function's code from an earlier run."""
    here = folder()
    try:
        return None if here is None else (here / name).read_bytes()
    except OSError:
        return None


def keep(name: str, code: bytes) -> None:
    """Keeps a function's code, if that is possible; another process may be doing the same."""
    here = folder()
    if here is None:
        return
    with suppress(OSError):
        with tempfile.NamedTemporaryFile(dir=here, delete=False) as file:
            file.write(code)
        try:
            os.replace(file.name, here / name)
        except OSError:  # Windows replaces no file that another process reads
            os.unlink(file.name)


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
