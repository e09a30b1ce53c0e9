"""What one operation of a tape is to numpy: calls bound to their rows beforehand."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np

from .code import BITS
from .layout import Array
from .tape import Step

Call = Callable[[], object]
_ONE = np.array(1, np.int32)


class _Told(np.ndarray[Any, Any]):
    """Tells which of numpy's functions it is given to."""

    def __array_ufunc__(self, ufunc: np.ufunc, *_: Any, **__: Any) -> Any:
        return ufunc


_CLIP: Any = np.clip(np.zeros(1, np.float32).view(_Told), 0, 1)
"""What `np.clip` comes down to; it takes a third of the time."""


def bits(array: Array) -> Array:
    """The same row as bits; truth values are bits themselves."""
    return array if array.dtype == np.bool_ else array.view(np.int32)


def operation(
    step: Step, values: list[Array], out: Array, pointers: Mapping[str, Array]
) -> list[Call]:
    """An operation, but a choice in rows."""
    name = step.operation
    calls: list[Call]
    if step.table is not None:
        pointer, first = step.table
        calls = [partial(pointers[pointer][first:].take, values[0], None, out, "clip")]
    elif name == "convert":
        value = values[0].view(np.uint32) if step.kind == BITS.name else values[0]
        calls = [partial(np.copyto, out, value, casting="unsafe")]
    elif name == "mask":
        calls = mask(values[0], out)
    elif name == "opposite mask":
        calls = [partial(np.copyto, out, values[0]), partial(np.subtract, out, _ONE, out)]
    elif name == "masked":
        calls = [partial(np.bitwise_and, values[0], bits(values[1]), bits(out))]
    elif name == "choose":
        flag, one, other = values
        between = np.empty_like(out)
        calls = [
            partial(np.copyto, between, other),
            partial(np.copyto, between, one, where=flag),
            partial(np.copyto, out, between),
        ]
    elif name == "clip":
        calls = [partial(_CLIP, *values, out)]
    else:
        calls = [partial(getattr(np, name), *values, out=out)]
    return calls


def mask(flag: Array, out: Array) -> list[Call]:
    """Truth values as 32 bits, all up or all down."""
    return [partial(np.copyto, out, flag), partial(np.negative, out, out)]


def choice(mask: Array, one: Array, other: Array, between: Array, out: Array) -> list[Call]:
    """One or the other, bit by bit: a mask needs no branch that nobody can foresee."""
    between = bits(between)
    return [
        partial(np.bitwise_xor, bits(one), bits(other), between),
        partial(np.bitwise_and, between, bits(mask), between),
        partial(np.bitwise_xor, between, bits(other), bits(out)),
    ]
