"""Games side by side for tapes: row after row, of all that are held or of those on a bench."""

from typing import Any

import numpy as np

from game.rules.state import Codes, array_names

from .code import BITS, CODE, FLAG, FLOAT, KEY
from .layout import Array, Memory, rows
from .tape import INDEX, MASK

DTYPES = {
    kind.name: np.dtype(dtype)
    for kind, dtype in (
        (FLOAT, np.float32),
        (CODE, np.int32),
        (KEY, np.uint64),
        (FLAG, np.bool_),
        (BITS, np.uint32),
        (MASK, np.int32),
        (INDEX, np.intp),
    )
}
_CHANGING = frozenset(array_names()) - {"key"}


class Store(Memory):
    """Games side by side, row after row."""

    def __init__(self, games: int) -> None:
        super().__init__(games)
        self.rows: dict[str, Array] = {}
        """By name, (rows, games)."""
        self._parts = (
            self._part(np.int32, of_state=True),
            self._part(np.int32),
            self._part(np.uint64),
        )

    def _part(self, dtype: type[np.generic], *, of_state: bool = False) -> Array:
        """Rows of one width: of what the state changes in, or all others."""
        named = {
            name: at
            for name, at in rows().items()
            if (at.kind is KEY) == (dtype is np.uint64) and (name in _CHANGING) == of_state
        }
        part = np.zeros((sum(at.height for at in named.values()), self.games), dtype)
        first = 0
        for name, at in named.items():
            self.rows[name] = part[first : first + at.height].view(DTYPES[at.kind.name])
            first += at.height
        return part

    def put(self, name: str, array: Array) -> None:
        """Writes an array, (…, games) or (…, 1) for all of them alike."""
        self.rows[name][:] = array.reshape(len(self.rows[name]), -1)

    def get(self, name: str) -> Array:
        """(…, games) an array."""
        return self.rows[name].reshape(*rows()[name].shape, self.games)

    def copy(self, to: Codes, source: "Store", some: Codes) -> None:
        """Writes some games of another store to places here."""
        where, which = _slice(to), _slice(some)
        for target, part in zip(self._parts, source._parts, strict=True):
            chosen = part[:, which] if isinstance(which, slice) else part.take(which, axis=1)
            if isinstance(where, slice):
                target[:, where] = chosen
            else:
                _scatter(target, where, chosen)

    def states(self, games: Codes) -> Array:
        """How the states of some games stand, for `put_states`."""
        return self._parts[0].take(games, axis=1)

    def put_states(self, games: Codes, states: Array) -> None:
        """Writes the states of some games."""
        _scatter(self._parts[0], games, states)

    def fill_up(self, count: int) -> None:
        """Makes all games beyond so many copies of the last of these."""
        for part in self._parts:
            part[:, count:] = part[:, count - 1 : count]


def _scatter(target: Array, places: Codes, source: Array) -> None:
    for there, here in zip(target, source, strict=True):
        there[places] = here


def _slice(places: Codes) -> Any:
    """The same places, as a slice where they follow each other: that is copied faster."""
    first, last = int(places[0]), int(places[-1])
    return slice(first, last + 1) if last - first + 1 == places.size else places
