"""How everything in this room is compiled, and where the machine code is kept."""

import shutil
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

import numba
from numba.core import event
from platformdirs import user_cache_path

Function = TypeVar("Function", bound=Callable[..., object])

_ROOMS = ("compiled", "players", "rules")
"""Whose code and constants end up in the machine code."""
NOTICE = "The rules are being compiled for this machine: about a minute, only this once."
_KEPT = 3
"""Versions of it that are kept, for who works with several copies of the game."""


def _folder() -> Path:
    """A folder for the machine code of just these sources. Numba itself looks only at the file
    that a function stands in: what that calls or copies from other files could change unseen.
    """
    game, digest = Path(__file__).parents[1], sha256()
    for room in _ROOMS:
        for source in sorted((game / room).rglob("*.py")):
            digest.update(source.read_bytes())
    return user_cache_path("restoring-deterrence") / "compiled" / digest.hexdigest()[:16]


def _keep(folder: Path) -> None:
    """Has numba use the folder, and clears away the oldest others."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.touch()
        versions = sorted(folder.parent.iterdir(), key=lambda path: path.stat().st_mtime)
    except OSError:
        return  # numba finds a place of its own, or compiles anew in every run
    numba.config.CACHE_DIR = str(folder)  # type: ignore[attr-defined]
    for old in versions[:-_KEPT]:
        shutil.rmtree(old, ignore_errors=True)


class _Notice(event.Listener):
    """Says once that there is a wait, when something has to be compiled."""

    told = False

    def on_start(self, event: object) -> None:
        if not self.told:
            self.told = True
            print(NOTICE, file=sys.stderr, flush=True)

    def on_end(self, event: object) -> None:
        """Nothing is told."""


_keep(_folder())
event.register("numba:compile", _Notice())  # type: ignore[no-untyped-call]


def compiled(function: Function) -> Function:
    """Machine code for a function of numbers, arrays and records, kept on disk between runs.

    Arithmetic is that of numpy: no fused or reordered operations, and divisions by zero give inf.
    A float32 stays one only beside another float32: write F(2), not 2.
    """
    jitted: Any = numba.njit(cache=True, nogil=True, error_model="numpy")(function)
    compiled_function: Function = jitted
    return compiled_function
