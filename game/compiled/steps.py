"""`players.features` and `players.utility`, compiled: a doctrine's steps, each along its rows.

Rows are indexed in place: a view of one, or a call with it, would take longer than the row itself.
"""

from typing import Any

from game.rules.state import Codes, Floats

from .block import HALF, ONE, ZERO
from .jit import compiled

HIGHEST, SHARE, ABOVE_NONE, BELOW_NONE, LOST = range(5)
"""What a feature can be made of a row: the highest of four, with those after it; the share of a
number, 1 at most; 1 where it is above 0; 1 where it is below; what is missing to 1."""
TERM, GAIN, PASSION, DUTY = range(4)
"""What can be added to a utility: a weighed feature; what a deed does to a column; anger at and
fear of whom it touches; the duty to answer."""


@compiled
def form(rows: Floats, first: int, codes: Codes, numbers: Floats, games: int) -> None:
    """Works out the features, from row `first` on.

    Args:
        rows: what is known of a block of games.
        first: the row of the first feature.
        codes: (features, 2) what is made of which row.
        numbers: (features, 2) for a SHARE: of what, and 1 divided by that.
        games: how many games the block holds.
    """
    for k in range(codes.shape[0]):
        kind, one, to = codes[k, 0], codes[k, 1], first + k
        if kind == HIGHEST:
            for g in range(games):
                rows[to, g] = max(
                    rows[one, g], rows[one + 1, g], rows[one + 2, g], rows[one + 3, g]
                )
        elif kind == SHARE:
            most, factor = numbers[k, 0], numbers[k, 1]
            for g in range(games):
                rows[to, g] = min(rows[one, g], most) * factor
        elif kind == ABOVE_NONE:
            for g in range(games):
                rows[to, g] = ONE if rows[one, g] > ZERO else ZERO
        elif kind == BELOW_NONE:
            for g in range(games):
                rows[to, g] = ONE if rows[one, g] < ZERO else ZERO
        else:
            for g in range(games):
                rows[to, g] = ONE - rows[one, g]


@compiled
def weigh(utility: Floats, rows: Floats, program: Any, begin: int, end: int, games: int) -> None:
    """Works out the utilities of the options from `begin` to `end`, the last not counted.

    Args:
        utility: (options, …) of a block of games; written.
        rows: what is known of them.
        program: a `doctrines.Program`.
        begin: the first option.
        end: one more than the last.
        games: how many games the block holds.
    """
    first, codes, numbers = program.first, program.codes, program.numbers
    for option in range(begin, end):
        base = program.base[option]
        for g in range(games):
            utility[option, g] = base
        for k in range(first[option], first[option + 1]):
            kind, one, two, three = codes[k, 0], codes[k, 1], codes[k, 2], codes[k, 3]
            a, b, c, d = numbers[k, 0], numbers[k, 1], numbers[k, 2], numbers[k, 3]
            if kind == TERM:  # `Inclinations.add`: weight a
                for g in range(games):
                    utility[option, g] += rows[one, g] * a
            elif kind == GAIN:  # `_add_gain`: the column's end a, its sign b, the amount c, worth d
                for g in range(games):
                    room = (a - rows[one, g]) * b
                    utility[option, g] += min(room, c) * d
            elif kind == PASSION:  # `_add_passions`: the rung a, anger b, dread c, crossing d
                for g in range(games):
                    fear = rows[two, g] * c
                    worse = d if rows[three, g] <= a else ZERO
                    angry = utility[option, g] + rows[one, g] * b
                    utility[option, g] = angry - (fear + fear * worse)
            else:  # `_add_passions`: the debt answered a, the duty b
                for g in range(games):
                    due = (rows[one, g] > ZERO) & (rows[one, g] <= a)
                    utility[option, g] += (rows[two, g] + HALF) * b if due else ZERO
