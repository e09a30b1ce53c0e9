"""How everything in this room is compiled."""

import sys
from collections.abc import Callable
from multiprocessing import current_process, parent_process
from typing import Any, TypeVar

import numba
from numba.core import event

from . import place

Function = TypeVar("Function", bound=Callable[..., object])

NOTICE = "The rules are being compiled for this machine: a minute or two, only this once."


class _Notice(event.Listener):
    """Says once that there is a wait, when something has to be compiled."""

    told = False

    def on_start(self, event: object) -> None:
        if not self.told:
            self.told = True
            # Of a pool of processes, the first speaks for all.
            if parent_process() is None or current_process().name.endswith("-1"):
                print(NOTICE, file=sys.stderr, flush=True)

    def on_end(self, event: object) -> None:
        """Nothing is told."""


numba.config.CACHE_DIR = str(place.opened())  # type: ignore[attr-defined]
event.register("numba:compile", _Notice())  # type: ignore[no-untyped-call]


def compiled(function: Function) -> Function:
    """Machine code for a function of numbers, arrays and records, kept on disk between runs.

    Arithmetic is that of numpy: no fused or reordered operations, and divisions by zero give inf.
    A float32 stays one only beside another float32: write F(2), not 2. Indices are not checked.
    """
    jitted: Any = numba.njit(cache=True, nogil=True, error_model="numpy")(function)
    compiled_function: Function = jitted
    return compiled_function
