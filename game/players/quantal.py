"""Quantal response: better options are chosen more often.

See McKelvey and Palfrey 1995; Signorino 1999.
P(option) is proportional to exp(temper x utility). Utilities are compared on a grid and the weights
are whole numbers from a table, so that a choice never depends on how a batch was cut, on the
machine, or on the numpy that runs it.
"""

import math

import numpy as np

from game.rules.state import Bools, Codes, Floats

STEPS_PER_UNIT = 64
"""Steps of the grid to a unit of temper x utility."""
_DEEPEST = 1024
_SCALE = 2**18
WEIGHTS = np.array(
    [round(_SCALE * math.exp(-k / STEPS_PER_UNIT)) for k in range(_DEEPEST)] + [0], np.float32
)
"""The weight at each step below the best option; 0 beyond the deepest. Whole numbers up to 2**18:
sums over dozens of options are still exact in float32.
"""
_FORBIDDEN = np.float32(-1e9)


def weights(
    utility: Floats, legal: Bools, temper: float | np.float32, table: Floats = WEIGHTS
) -> Floats:
    """(options, B) whole-number weights, 0 where an option is not legal.

    Args:
        utility: (options, B).
        legal: (options, B), true for at least one option of every game.
        temper: how sharply better options are preferred.
        table: `WEIGHTS`.
    """
    score = np.where(legal, utility * (temper * np.float32(STEPS_PER_UNIT)), _FORBIDDEN)
    below = np.minimum(score.max(axis=0) - score, _DEEPEST)
    share: Floats = table.take(below.astype(np.intp))
    return share


def choose(
    utility: Floats, legal: Bools, temper: float | np.float32, draw: Floats, table: Floats = WEIGHTS
) -> Codes:
    """(B,) the option that each game's draw picks; arguments as for `weights`."""
    edges: list[Floats] = []
    for weight in weights(utility, legal, temper, table):
        edges.append(edges[-1] + weight if edges else weight)
    # The product could round up to the total itself, which lies beyond the last edge.
    mark = np.minimum(draw * edges[-1], edges[-1] - 0.5)
    passed = np.zeros_like(mark, np.int8)
    for edge in edges[:-1]:
        passed = passed + (edge <= mark)
    chosen: Codes = passed.astype(np.intp)
    return chosen


def probabilities(utility: Floats, legal: Bools, temper: float) -> Floats:
    """(options, B) the probability of each option."""
    share = weights(utility, legal, temper)
    share /= share.sum(axis=0)
    return share
