"""Where on the map each country and the sea lie, coarsely: for names that keep within what is seen
of them.
"""

from functools import cache

import numpy as np
import pygame
from numpy.typing import NDArray

from ..look.assets import atlas
from .camera import EAST_SOUTH, WEST_NORTH
from .projection import project

CELL = 0.1
"""Units of the plane that a cell is wide."""
SEA = "sea"
_EVERY = 3
"""Each so many cells is a place for a name's middle."""
_TALL = 2
"""Cells above and below the middle that a name is high, at most."""

Places = NDArray[np.float64]
"""(places, 3): x and y on the plane, and how far the land reaches to the nearer side."""


@cache
def places_in(land: str) -> Places:
    """Where a name may stand so that it lies within a country, by its id, or within the sea."""
    cells, numbers = _cells()
    mine = cells == numbers[land]
    reach = np.minimum(_run(mine), _run(mine[:, ::-1])[:, ::-1])
    tall = [np.roll(reach, shift, axis=0) for shift in range(-_TALL, _TALL + 1)]
    reach = np.minimum.reduce(tall)
    reach[:_TALL], reach[-_TALL:] = 0, 0
    rows, columns = np.nonzero(reach[::_EVERY, ::_EVERY])
    rows, columns = rows * _EVERY, columns * _EVERY
    x = WEST_NORTH[0] + (columns + 0.5) * CELL
    y = WEST_NORTH[1] + (rows + 0.5) * CELL
    return np.column_stack((x, y, reach[rows, columns] * CELL))


def is_within(land: str, corner: tuple[float, float], opposite: tuple[float, float]) -> bool:
    """Whether a box of the plane lies in a country, by its id, as a whole."""
    cells, numbers = _cells()
    left, top = np.floor((np.array(corner) - WEST_NORTH) / CELL).astype(int)
    right, bottom = np.floor((np.array(opposite) - WEST_NORTH) / CELL).astype(int)
    rows, columns = cells.shape
    if left < 0 or top < 0 or right >= columns or bottom >= rows:
        return False
    return bool((cells[top : bottom + 1, left : right + 1] == numbers[land]).all())


def _run(mine: NDArray[np.bool_]) -> NDArray[np.int64]:
    """How many cells of its own each cell has from itself to the left."""
    run = np.zeros(mine.shape, np.int64)
    before = np.zeros(mine.shape[0], np.int64)
    for column in range(mine.shape[1]):
        before = np.where(mine[:, column], before + 1, 0)
        run[:, column] = before
    return run


@cache
def _cells() -> tuple[NDArray[np.int64], dict[str, int]]:
    """Whose each cell of the plane is, (rows, columns), and the number of each country."""
    size = np.ceil((np.array(EAST_SOUTH) - WEST_NORTH) / CELL).astype(int)
    picture = pygame.Surface((int(size[0]), int(size[1])), 0, 32)
    numbers = {SEA: 0}
    for country in atlas().countries:
        number = numbers.setdefault(country.id, len(numbers))
        for ring in country.rings:
            corners = (project(ring) - WEST_NORTH) / CELL
            if len(corners) > 2:
                pygame.draw.polygon(picture, (0, 0, number), corners.tolist())
    return pygame.surfarray.array2d(picture).T.astype(np.int64) & 0xFF, numbers
