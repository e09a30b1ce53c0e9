"""Quantal response: better options are chosen more often (McKelvey and Palfrey 1995; Signorino 1999).

P(option) is proportional to exp(temper x utility). Utilities are compared on a grid and the weights
are whole numbers from a table, so that a choice never depends on how a batch was cut, on the
machine, or on the numpy that runs it.
"""

import math

import numpy as np

from game.rules.state import Bools, Codes, Floats

_STEPS_PER_UNIT = 64
_DEEPEST = 1024
_SCALE = 2**18
_WEIGHTS = np.array(
    [round(_SCALE * math.exp(-k / _STEPS_PER_UNIT)) for k in range(_DEEPEST)] + [0], np.int64
)
_FORBIDDEN = np.float32(-1e9)


def weights(utility: Floats, legal: Bools, temper: float) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """(options, B) whole-number weights, 0 where an option is not legal.

    Args:
        utility: (options, B).
        legal: (options, B), true for at least one option of every game.
        temper: how sharply better options are preferred.
    """
    score = utility * np.float32(temper * _STEPS_PER_UNIT)
    score += (~legal) * _FORBIDDEN
    behind = score.max(axis=0) - score
    np.minimum(behind, _DEEPEST, out=behind)
    return _WEIGHTS.take(behind.astype(np.intp))


def choose(utility: Floats, legal: Bools, temper: float, draw: Floats) -> Codes:
    """(B,) the option that each game's draw picks; arguments as for `weights`."""
    edges = weights(utility, legal, temper)
    for option in range(1, edges.shape[0]):
        edges[option] += edges[option - 1]
    mark = (draw.astype(np.float64) * edges[-1]).astype(np.int64)
    chosen = np.zeros(draw.shape[0], np.intp)
    for option in range(edges.shape[0] - 1):
        chosen += edges[option] <= mark
    return chosen


def probabilities(utility: Floats, legal: Bools, temper: float) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """(options, B) the probability of each option."""
    w = weights(utility, legal, temper).astype(np.float64)
    return w / w.sum(axis=0)
