"""`players.quantal`, compiled: a choice among options in a block of games."""

import numpy as np

from game.rules.state import Bools, Codes, Floats

from .block import HALF
from .jit import compiled

LOWEST, FORBIDDEN = np.float32(-np.inf), np.float32(-1e9)


@compiled
def choose(
    utility: Floats,
    options: tuple[int, int],
    legal: Bools,
    table: Floats,
    temper: np.float32,
    draw: Floats,
    chosen: Codes,
    games: int,
) -> None:
    """`quantal.choose`.

    Args:
        utility: (options, …) of a block of games; scores and then running sums take its place.
        options: the first and one more than the last of those to choose from.
        legal: (options, …) of the same options and games.
        table: the weight at each step below the best, on the grid of scores.
        temper: how sharply better options are preferred, in steps of the table.
        draw: (…,) uniforms in [0, 1); written over.
        chosen: (…,) written: which option each game's draw picks, counted from the first.
        games: how many games the block holds.
    """
    begin, end = options
    best, deepest = np.empty_like(draw), np.float32(table.size - 1)
    for g in range(games):
        best[g] = LOWEST
    for option in range(begin, end):
        for g in range(games):
            score = utility[option, g] * temper
            score = score if legal[option, g] else score + FORBIDDEN
            utility[option, g] = score
            best[g] = max(best[g], score)
    # A utility that is no number is passed over by max and min, as they stand, and finds no place
    # outside the table. One thing at a time, for look-ups cannot be done for several games at once.
    total, step = np.zeros_like(draw), np.empty(draw.size, np.int32)
    for option in range(begin, end):
        for g in range(games):
            step[g] = np.int32(min(deepest, best[g] - utility[option, g]))
        for g in range(games):
            utility[option, g] = table[np.uint32(step[g])]
        for g in range(games):
            total[g] += utility[option, g]
            utility[option, g] = total[g]
    for g in range(games):
        # The product could round up to the total itself, which lies beyond the last edge.
        draw[g] = min(draw[g] * total[g], total[g] - HALF)
        step[g] = 0
    for option in range(begin, end - 1):
        for g in range(games):
            step[g] += np.int32(utility[option, g] <= draw[g])
    for g in range(games):
        chosen[g] = step[g]
