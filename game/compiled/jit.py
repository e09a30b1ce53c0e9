"""How everything in this room is compiled."""

from collections.abc import Callable
from typing import Any, TypeVar

import numba

Function = TypeVar("Function", bound=Callable[..., object])


def compiled(function: Function) -> Function:
    """Machine code for a function of numbers, arrays and tuples, kept on disk between runs.

    Arithmetic is that of numpy: no fused or reordered operations, and divisions by zero give inf.
    A float32 stays one only beside another float32: write F(2), not 2.
    """
    jitted: Any = numba.njit(cache=True, nogil=True, error_model="numpy")(function)
    compiled_function: Function = jitted
    return compiled_function
