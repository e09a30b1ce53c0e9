"""Picking games out of arrays and writing them back, in the forms that numpy is quick at.

An array of several rows, (seats, B) or (4, 4, B), is one row after another in memory: the flat
position of game g in row r is r * B + g. Looking up flat positions is many times faster than
looking up by several indices.
"""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from .state import Bools, Codes

T = TypeVar("T", bound=np.generic)


def where(mask: Bools) -> Codes:
    """The games in which a (B,) mask holds."""
    return mask.nonzero()[0]


def cells(mask: Bools) -> Codes:
    """The flat positions at which a (…, B) mask holds, in order."""
    games = mask.shape[-1]
    # Row by row, for rows in which nothing holds cost next to nothing.
    rows = enumerate(mask.reshape(-1, games))
    return np.concatenate([row.nonzero()[0] + k * games for k, row in rows])


def flat(array: NDArray[T]) -> NDArray[T]:
    """The same memory seen as one row."""
    return array.reshape(-1)


def throughout(rows: int, games: int, chosen: Codes) -> Codes:
    """The flat positions of the chosen games in every row of so many rows of games."""
    return (np.arange(0, rows * games, games)[:, None] + chosen).reshape(-1)


def put(array: NDArray[T], games: Codes, values: NDArray[T]) -> None:
    """Writes (…, n) values into the chosen games of a (…, B) array."""
    # Row by row: several times faster than array[..., games] = values.
    for row, new in zip(
        array.reshape(-1, array.shape[-1]), values.reshape(-1, games.size), strict=True
    ):
        row[games] = new
