"""Where tapes are played: rows of numbers for so many games side by side, and what they are played
by. A row of a block fits the processor's nearest memory.
"""

from typing import Any

import numpy as np

from .layout import Array, rows
from .store import Store
from .terms import Terms


class Bench:
    """Rows for so many games."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.store = Store(size)
        self.games = self.store.rows
        self.places = {
            at.first + k * at.step: row
            for name, at in rows().items()
            for k, row in enumerate(self.games[name])
        }
        """The same, row by row, by where they stand."""
        self.pointers: dict[str, Array] = {}
        """The numbers, keys and tables that are played by."""
        self.turn = 0
        self.terms: Terms | None = None
        self._scratch: dict[tuple[int, int, np.dtype[Any]], list[Array]] = {}
        self._small: dict[tuple[int, ...], Array] = {}

    def set_turn(self, terms: Terms, turn: int) -> None:
        """Sets the numbers, keys and tables by which the coming turn is played; all terms that are
        brought to a bench have one structure.
        """
        self.turn = turn
        self._give(numbers=terms.numbers[turn], keys=terms.keys[turn])
        if terms is not self.terms:
            self.terms = terms
            self._give(float_tables=terms.tables.floats, code_tables=terms.tables.codes)

    def _give(self, **given: Array) -> None:
        for pointer, array in given.items():
            if pointer in self.pointers:
                self.pointers[pointer][:] = array
            else:
                self.pointers[pointer] = array.copy()

    def scratch(self, depth: int, size: int, dtype: np.dtype[Any], number: int) -> Array:
        """A row for what is worked out on the way, so deep within `only`."""
        known = self._scratch.setdefault((depth, size, dtype), [])
        while len(known) <= number:
            known.append(np.empty(size, dtype))
        return known[number]

    def small(self, shape: tuple[int, ...]) -> Array:
        """A row of bytes, for what is used at once."""
        return self._small.setdefault(shape, np.empty(shape, np.int8))
