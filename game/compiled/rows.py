"""The memory in which a doctrine works on a block of games: a row for each thing that it knows.

What it sees is copied there first, so that each step afterwards runs along rows that are short and
close together.
"""

import numpy as np

from game.rules.state import Codes, Floats

from .block import ONE, ZERO
from .jit import compiled

NOTHING, ALWAYS = 0, 1
"""Rows of 0 and of 1."""
WITH_FORCE, WITH_FIRE, WITH_STRIKE = 2, 3, 4
"""What the own deed of the turn is; known once it is chosen."""
ANGER, FEAR, LINE, STAKE, DEBT, STRUCK = 5, 9, 13, 17, 21, 25
"""Four rows each, by the other seat: the seat's own anger and fear, stakes and debts toward it; the
line that it declared; how hard it struck the seat last turn."""
US_KILLED, ATTACKS, COLUMNS = 29, 30, 31
"""Of last turn; and then the columns that the doctrine counts, and features made of all these."""

Seen = tuple[Floats, Floats, Floats, Floats, Floats, Floats, Floats]
"""What a doctrine needs of an Observation, (n, B) each: anger, fear, line, stake, debt, struck, and
the rows from US_KILLED on. Entry [i, j] of pairs is row 4 * i + j.
"""


def sources(seat: int, columns: int) -> Codes:
    """(7, 4) of each array of `Seen`: the first row, the step to the next, how many, and where to.

    Args:
        seat: who sees it.
        columns: how many columns its doctrine counts.
    """
    towards, own = (seat, 4, 4), (4 * seat, 1, 4)
    return np.array(
        [
            (0, 1, 4, ANGER),
            (0, 1, 4, FEAR),
            (*towards, LINE),
            (*own, STAKE),
            (*own, DEBT),
            (*towards, STRUCK),
            (0, 1, COLUMNS - US_KILLED + columns, US_KILLED),
        ],
        np.intp,
    )


@compiled
def fill(rows: Floats, seen: Seen, sources: Codes, first: int, games: int) -> None:
    """Copies what is seen of `games` games from the first on."""
    for g in range(games):
        rows[NOTHING, g] = ZERO
        rows[ALWAYS, g] = ONE
    for k in range(len(seen)):
        source, step, count, to = sources[k, 0], sources[k, 1], sources[k, 2], sources[k, 3]
        for row in range(count):
            values = seen[k][source + row * step, first : first + games]
            for g in range(games):
                rows[to + row, g] = values[g]
