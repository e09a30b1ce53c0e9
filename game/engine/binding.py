"""Binds a tape to a bench: numpy's calls one after the other, so that playing is to make them.

Where something happens in some games only, what is needed of them is gathered into shorter rows,
and what comes of it is put back. Whatever is worked out beside, for games that are over or places
that nobody asks about, harms nobody: it is never looked at.
"""

from collections.abc import Mapping
from functools import partial

import numpy as np

from . import calls
from .bench import Bench
from .calls import Call
from .code import KEY
from .layout import Array
from .shelf import Shelf
from .store import DTYPES
from .tape import Only, Steps, Tape, from_outside, row

Arrays = Mapping[str, Array]
_SHORT = (64, 256, 1024, 2048, 4096)
"""Lengths of the rows for some of the games."""


def bound(tape: Tape, bench: Bench, everywhere: Arrays, pointers: Arrays) -> list[Call]:
    """The calls of a whole tape.

    Args:
        tape: what is done.
        bench: where.
        everywhere: what is the same for all games.
        pointers: the numbers and tables that it is given.
    """
    places = bench.places
    homes: dict[str, int] = {}
    for place, name in tape.writes:
        homes.setdefault(name, place)
    standing = {row(place): array for place, array in places.items()}
    here = Shelf(bench, 0, bench.size, {**everywhere, **standing}, homes=homes)
    here.expect(tape.steps, homes)
    _bind(here, tape.steps, pointers)
    left = [
        (places[place], here.get(name))
        for place, name in tape.writes
        if here.get(name) is not places[place]
    ]
    overwritten = {id(target) for target, _ in left}
    for k, (target, source) in enumerate(left):
        if id(source) in overwritten:
            left[k] = target, _copied(here, source)
    here.calls += [partial(np.copyto, target, source) for target, source in left]
    return here.calls


def _copied(here: Shelf, source: Array) -> Array:
    kept = here.fresh(source.dtype)
    here.calls.append(partial(np.copyto, kept, source))
    return kept


def _bind(here: Shelf, steps: Steps, pointers: Arrays) -> None:
    for number, step in enumerate(steps):
        if isinstance(step, Only):
            _bind_only(here, number, step, pointers)
            continue
        dtype, values = DTYPES[step.kind], [here.get(name) for name in step.values]
        if step.operation == "choose" and step.kind != KEY.name:
            here.forget([step.values[1]], number)
            between = here.fresh(dtype)
            here.forget(step.values, number)
            here.leave(between)
            out = here.result(step.result, dtype, number)
            mask, one, other = values
            here.calls += calls.choice(mask, one, other, between, out)
        else:
            here.forget(step.values, number)
            out = here.result(step.result, dtype, number)
            here.calls += calls.operation(step, values, out, pointers)


def _bind_only(here: Shelf, number: int, step: Only, pointers: Arrays) -> None:
    needed, before = from_outside(step), [old for old, _, _ in step.merged]
    outside = {name: here.get(name) for name in needed}
    merged: list[Array] = []
    for old, _, new in step.merged:
        at = here.get(old)
        out = here.in_place(old, new, number) if before.count(old) == 1 else None
        if out is None:
            out = here.result(new, at.dtype, number - 1)
            here.calls.append(partial(np.copyto, out, at))
        merged.append(out)
    here.calls.append(_Some(here, step, here.get(step.flag), merged, outside, pointers).play)
    here.forget([step.flag, *needed, *before], number)


class _Some:
    """What is done for the games whose flag is up; bound when it happens first."""

    def __init__(
        self,
        around: Shelf,
        step: Only,
        flag: Array,
        merged: list[Array],
        outside: Arrays,
        pointers: Arrays,
    ) -> None:
        self._bench, self._depth, self._size = around.bench, around.depth + 1, around.size
        self._step, self._flag, self._merged = step, flag, merged
        self._outside, self._pointers = outside, pointers
        self._in_short: dict[int, tuple[Array, list[Call], list[Array]]] = {}
        self._in_full: tuple[list[Call], list[Call], list[Call]] | None = None

    def play(self) -> None:
        """Does it, if there are any."""
        flag = self._flag
        count = np.count_nonzero(flag)
        if not count:
            return
        size = next((size for size in _SHORT if size >= count), flag.size)
        if 4 * size > 3 * flag.size:
            self._play_in_full(all_of_them=count == flag.size)
            return
        if size not in self._in_short:
            index = np.zeros(size, np.intp)
            here, values = self._bound(index, size)
            self._in_short[size] = index, here.calls, values
        index, done, values = self._in_short[size]
        chosen = flag.nonzero()[0]
        index[:count] = chosen
        index[count:] = chosen[0]  # worked out more than once, to the same end
        for call in done:
            call()
        for out, value in zip(self._merged, values, strict=True):
            out[index] = value

    def _play_in_full(self, *, all_of_them: bool) -> None:
        """Side by side with the other games, whose results are not looked at."""
        if self._in_full is None:
            self._in_full = self._bound_in_full()
        done, for_all, for_some = self._in_full
        for call in done:
            call()
        for call in for_all if all_of_them else for_some:
            call()

    def _bound_in_full(self) -> tuple[list[Call], list[Call], list[Call]]:
        """… then what is done with the results where all games are meant, and where some are."""
        here, values = self._bound(None, self._size)
        overwritten = {id(out) for out in self._merged}
        values = [
            _copied(here, value) if id(value) in overwritten and value is not out else value
            for value, out in zip(values, self._merged, strict=True)
        ]
        mask = here.fresh(np.dtype(np.int32))
        for_all, for_some = list[Call](), calls.mask(self._flag, mask)
        for out, value in zip(self._merged, values, strict=True):
            for_all.append(partial(np.copyto, out, value))
            if out.dtype.itemsize == KEY.size:
                for_some.append(partial(np.copyto, out, value, where=self._flag))
            else:
                between = here.fresh(out.dtype)
                chosen = self._flag if out.dtype == np.bool_ else mask
                for_some += calls.choice(chosen, value, out, between, out)
                here.leave(between)
        return here.calls, for_all, for_some

    def _bound(self, index: Array | None, size: int) -> tuple[Shelf, list[Array]]:
        here = Shelf(self._bench, self._depth, size, self._outside, index)
        results = [value for _, value, _ in self._step.merged]
        here.expect(self._step.body, results)
        _bind(here, self._step.body, self._pointers)
        return here, [here.get(name) for name in results]
