"""Which result of a tape stands in which row. A row is used again as soon as nobody needs what
stood in it.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

import numpy as np

from .bench import Bench
from .layout import Array
from .tape import Steps, needs, row

Call = Callable[[], object]


class Shelf:
    """The rows of the whole of a tape, or of one `only`, and the calls that fill them."""

    def __init__(
        self,
        bench: Bench,
        depth: int,
        size: int,
        outside: Mapping[str, Array],
        index: Array | None = None,
        homes: Mapping[str, int] | None = None,
    ) -> None:
        """Empty rows.

        Args:
            bench: whose rows they are.
            depth: how deep within `only`.
            size: how long they are.
            outside: what stands in rows of others, or is the same for all games.
            index: which of the games there these are; None where they are all of them.
            homes: the place among the games at which a result shall stand in the end.
        """
        self.bench, self.depth, self.size, self.index = bench, depth, size, index
        self.calls: list[Call] = []
        self._outside, self._homes = outside, homes or {}
        self._known: dict[str, Array] = {}
        self._last: dict[str, int] = {}
        self._owned: dict[str, Array] = {}
        self._free: dict[np.dtype[Any], list[Array]] = {}
        self._used: dict[np.dtype[Any], int] = {}

    def expect(self, steps: Steps, at_last: Iterable[str]) -> None:
        """Tells what will be needed how long."""
        for number, step in enumerate(steps):
            self._last |= dict.fromkeys(needs(step), number)
        self._last |= dict.fromkeys(at_last, len(steps))

    def get(self, name: str) -> Array:
        """The row in which something stands; what stands outside is gathered first."""
        if name not in self._known:
            array = self._outside[name]
            if self.index is None or not array.ndim:
                return array
            out = self.own(name, array.dtype)
            self.calls.append(partial(array.take, self.index, None, out, "clip"))
        return self._known[name]

    def put(self, name: str, array: Array) -> Array:
        """Tells where something stands."""
        self._known[name] = array
        return array

    def fresh(self, dtype: np.dtype[Any]) -> Array:
        """A row that is free."""
        if free := self._free.get(dtype):
            return free.pop()
        number = self._used.get(dtype, 0)
        self._used[dtype] = number + 1
        return self.bench.scratch(self.depth, self.size, dtype, number)

    def leave(self, array: Array) -> None:
        """Gives a row back."""
        self._free.setdefault(array.dtype, []).append(array)

    def own(self, name: str, dtype: np.dtype[Any]) -> Array:
        """A free row for something."""
        self._owned[name] = self.fresh(dtype)
        return self.put(name, self._owned[name])

    def home(self, name: str, number: int) -> Array | None:
        """The games' own row in which a result shall stand, once no step beyond this one needs what
        stood there.
        """
        place = self._homes.get(name)
        if place is None or self._is_needed(row(place), number):
            return None
        return self.bench.places[place]

    def result(self, name: str, dtype: np.dtype[Any], number: int) -> Array:
        """The row for the result of a step."""
        home = self.home(name, number)
        return self.own(name, dtype) if home is None else self.put(name, home)

    def in_place(self, old: str, new: str, number: int) -> Array | None:
        """The row of something that no step beyond this one needs, for what comes in its place."""
        if self._is_needed(old, number):
            return None
        at, home = self.get(old), self.home(new, number)
        if home is None and old in self._owned:
            self._owned[new] = self._owned.pop(old)
        elif home is not at:
            return None
        return self.put(new, at)

    def forget(self, names: Iterable[str], number: int) -> None:
        """Gives back the rows of what no step beyond this one needs."""
        for name in dict.fromkeys(names):
            if name in self._owned and not self._is_needed(name, number):
                self.leave(self._owned.pop(name))

    def _is_needed(self, name: str, number: int) -> bool:
        return self._last.get(name, -1) > number
