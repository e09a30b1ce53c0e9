"""`rules.luck`, one draw at a time."""

import numpy as np

from .jit import compiled

U = np.uint64
_FIRST, _SECOND, _THIRD = U(30), U(27), U(31)
_FACTOR, _OTHER_FACTOR = U(0xBF58476D1CE4E5B9), U(0x94D049BB133111EB)
_TOP_24_BITS = U(40)
_TO_UNIT = np.float32(2.0**-24)


@compiled
def mix(x: np.uint64) -> np.uint64:
    """SplitMix64's output function."""
    x = (x ^ (x >> _FIRST)) * _FACTOR
    x = (x ^ (x >> _SECOND)) * _OTHER_FACTOR
    return x ^ (x >> _THIRD)


@compiled
def uniform(x: np.uint64) -> np.float32:
    """A uniform in [0, 1) on a grid of 2**-24, from a key and the constant of a slot, added."""
    return np.float32(np.int32(mix(x) >> _TOP_24_BITS)) * _TO_UNIT
