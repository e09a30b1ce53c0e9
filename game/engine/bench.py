"""Where a tape is played: rows of numbers for so many games side by side, and numpy's calls bound
to them beforehand, so that playing is to make one call after the other.

A row of a block fits the processor's nearest memory, and is used again as soon as nobody needs what
stood in it. Where something happens in some games only, what is needed of them is gathered into
shorter rows, and what comes of it is put back. Whatever is worked out beside, for games that are
over or places that nobody asks about, harms nobody: it is never looked at.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.rules.state import Codes, array_names

from .code import BITS, CODE, FLAG, FLOAT, KEY, WIDTH, Value, number_of
from .layout import Arena, Memory, rows
from .tape import INDEX, MASK, Only, Step, Steps, Tape, row
from .terms import Terms

Array = NDArray[Any]
Call = Callable[[], object]

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
_KINDS = {kind.name: kind for kind in (FLOAT, CODE, KEY, FLAG, BITS)}
_SHORT = (64, 256, 1024, 2048, 4096)
"""Lengths of the rows for some of the games."""
_CHANGING = frozenset(array_names()) - {"key"}
_ONE = np.array(1, np.int8)


class _Told(np.ndarray[Any, Any]):
    """Tells which of numpy's functions it is given to."""

    def __array_ufunc__(self, ufunc: np.ufunc, *_: Any, **__: Any) -> Any:
        return ufunc


_CLIP: Any = np.clip(np.zeros(1, np.float32).view(_Told), 0, 1)
"""What `np.clip` comes down to; it takes a third of the time."""


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


class Bench:
    """Rows for so many games, and what is played there."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.store = Store(size)
        self.games = self.store.rows
        self.places: dict[int, Array] = {}
        """The same, row by row, by where they stand."""
        self.pointers: dict[str, Array] = {}
        """The numbers, keys and tables that are played by."""
        self._scratch: dict[tuple[int, int, np.dtype[Any]], list[Array]] = {}
        self.turn = 0
        self._terms: Terms | None = None
        self.programs: dict[str, Program] = {}
        """The ones used last at the end."""
        self._small: dict[tuple[int, ...], Array] = {}
        for name, at in rows().items():
            for k, each in enumerate(self.games[name]):
                self.places[at.first + k * at.kind.size * WIDTH] = each

    def set_turn(self, terms: Terms, turn: int) -> None:
        """Sets the numbers, keys and tables by which the coming turn is played; all terms that are
        brought to a bench have one structure.
        """
        self.turn = turn
        self._give(numbers=terms.numbers[turn], keys=terms.keys[turn])
        if terms is not self._terms:
            self._terms = terms
            self._give(float_tables=terms.tables.floats, code_tables=terms.tables.codes)
            for program in self.programs.values():
                program.forget()

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


class Program:
    """A tape bound to a bench."""

    def __init__(self, bench: Bench, tape: Tape, own: Arena | None) -> None:
        self.bench, self._own = bench, own
        self.pointers = dict(bench.pointers)
        if own is not None:
            self.pointers |= {"own_floats": own.floats.copy(), "own_codes": own.codes.copy()}
        self._remembered: dict[int, list[Array]] = {}
        """What is the same for all games, by turn."""
        everywhere = self._bind_uniform(tape)
        here = _Rows(self, None, None, everywhere, bench.size)
        here.known |= {row(place): array for place, array in bench.places.items()}
        self._calls = _whole(here, tape)

    def _bind_uniform(self, tape: Tape) -> dict[str, Array]:
        everywhere = {
            name: np.array(_number(kind, text), DTYPES[kind])
            for name, (kind, text) in tape.literals.items()
        }
        made = [step for step in tape.uniform if step.operation != "number"]
        count = Counter(DTYPES[step.kind] for step in made)
        free = {dtype: np.zeros(number, dtype) for dtype, number in count.items()}
        self._uniform, self._uniform_calls = list(free.values()), list[Call]()
        for step in tape.uniform:
            if step.operation == "number":
                assert step.table is not None
                pointer, index = step.table
                everywhere[step.result] = self.pointers[pointer][index : index + 1].reshape(())
                continue
            dtype = DTYPES[step.kind]
            out, free[dtype] = free[dtype][:1].reshape(()), free[dtype][1:]
            values = [everywhere[name] for name in step.values]
            self._uniform_calls += _calls(step, values, out, self)
            everywhere[step.result] = out
        return everywhere

    def give(self, own: Arena) -> None:
        """Sets the player's own numbers."""
        if own is not self._own:
            self._own = own
            self.pointers["own_floats"][:] = own.floats
            self.pointers["own_codes"][:] = own.codes
            self.forget()

    def forget(self) -> None:
        """Says that numbers have changed."""
        self._remembered.clear()

    def play(self) -> None:
        """Does it with the games that stand on the bench."""
        known = self._remembered.get(self.bench.turn)
        if known is None:
            for call in self._uniform_calls:
                call()
            self._remembered[self.bench.turn] = [array.copy() for array in self._uniform]
        else:
            for array, before in zip(self._uniform, known, strict=True):
                array[:] = before
        for call in self._calls:
            call()


def _number(kind: str, text: str) -> Any:
    number = number_of(Value(_KINDS[kind], text))
    return int(number) % (1 << 64) if kind == KEY.name else number


# ---------------------------------------------------------------------- rows


class _Rows:
    """What stands in which row while a part of a tape is bound."""

    def __init__(
        self,
        program: Program,
        around: "_Rows | None",
        index: Array | None,
        known: Mapping[str, Array],
        size: int,
        outside: "Mapping[str, tuple[_Rows, Array]] | None" = None,
    ) -> None:
        self.program, self.around, self.index, self.size = program, around, index, size
        self.depth: int = 0 if around is None else around.depth + 1
        self._outside = outside or {}
        self.known = dict(known)
        self.calls: list[Call] = []
        self._last: dict[str, int] = {}
        self._owned: dict[str, Array] = {}
        self._free: dict[np.dtype[Any], list[Array]] = {}
        self._used: dict[np.dtype[Any], int] = {}

    def expect(self, steps: Steps, at_last: Sequence[str]) -> None:
        """Tells what will be needed how long."""
        for number, step in enumerate(steps):
            self._last |= dict.fromkeys(_needs(step), number)
        self._last |= dict.fromkeys(at_last, len(steps))

    def is_done_with(self, name: str, number: int) -> bool:
        """Whether no step beyond this one needs it."""
        return self._last.get(name, -1) <= number

    def take_over(self, old: str, new: str) -> Array | None:
        """The row of something that nobody needs any more, for what comes in its place."""
        if old not in self._owned:
            return None
        self._owned[new] = self.known[new] = self._owned.pop(old)
        return self.known[new]

    def fresh(self, dtype: np.dtype[Any]) -> Array:
        """A row that is free."""
        if free := self._free.get(dtype):
            return free.pop()
        number = self._used.get(dtype, 0)
        self._used[dtype] = number + 1
        return self.program.bench.scratch(self.depth, self.size, dtype, number)

    def leave(self, array: Array) -> None:
        """Gives a row back."""
        self._free.setdefault(array.dtype, []).append(array)

    def own(self, name: str, dtype: np.dtype[Any]) -> Array:
        """A free row for something."""
        self._owned[name] = self.known[name] = self.fresh(dtype)
        return self.known[name]

    def forget(self, names: Sequence[str], number: int) -> None:
        """Gives back the rows of what no step beyond this one needs."""
        for name in dict.fromkeys(names):
            if name in self._owned and self.is_done_with(name, number):
                self.leave(self._owned.pop(name))

    def get(self, name: str) -> Array:
        """The row in which something stands; what stands outside is gathered first."""
        if name not in self.known:
            source, array = self.find(name)
            if source is self or not array.ndim:
                return array
            self.calls.append(
                partial(array.take, self._index_into(source), None, self.own(name, array.dtype),
                        "clip")
            )  # fmt: skip
        return self.known[name]

    def find(self, name: str) -> "tuple[_Rows, Array]":
        """Whose row something stands in now, and which that is."""
        if name in self.known:
            return self, self.known[name]
        source, array = self._outside[name]
        return (self, array) if self.index is None and source is self.around else (source, array)

    def _index_into(self, source: "_Rows") -> Array:
        """Which of the games there these are."""
        key = f"index {id(source)}"
        if key in self.known:
            return self.known[key]
        index, part = self.index, self.around
        assert part is not None
        while part is not source:
            assert part is not None
            if part.index is not None:
                if index is None:
                    index = part.index
                else:
                    further = np.empty(self.size, np.intp)
                    self.calls.append(partial(part.index.take, index, None, further, "clip"))
                    index = further
            part = part.around
        assert index is not None
        self.known[key] = index
        return index


def _needs(step: Step | Only) -> Sequence[str]:
    if isinstance(step, Step):
        return step.values
    return [step.flag, *_from_outside(step), *(before for before, _, _ in step.merged)]


def _results(step: Step | Only) -> list[str]:
    return [step.result] if isinstance(step, Step) else [both for _, _, both in step.merged]


def _from_outside(only: Only) -> list[str]:
    """What the steps need that was worked out before them."""
    made: set[str] = set()
    needed: dict[str, None] = {}
    for step in only.body:
        needed |= dict.fromkeys(name for name in _needs(step) if name not in made)
        made.update(_results(step))
    needed |= dict.fromkeys(value for _, value, _ in only.merged if value not in made)
    return list(needed)


# ---------------------------------------------------------------------- binding


def _whole(here: _Rows, tape: Tape) -> list[Call]:
    """The calls of a whole tape."""
    places = here.program.bench.places
    wanted: dict[str, int] = {}
    for place, name in tape.writes:
        wanted.setdefault(name, place)
    here.expect(tape.steps, [name for _, name in tape.writes])

    def home(name: str, number: int) -> Array | None:
        """The games' own row, once what stood there is not needed any more."""
        place = wanted.get(name)
        if place is None or not here.is_done_with(row(place), number):
            return None
        return places[place]

    _bind(here, tape.steps, home)
    left = [
        (places[place], here.known[name])
        for place, name in tape.writes
        if here.known[name] is not places[place]
    ]
    written = {id(target) for target, _ in left}
    for k, (target, source) in enumerate(left):
        if id(source) in written:  # it would be overwritten before it is read
            kept = here.fresh(source.dtype)
            here.calls.append(partial(np.copyto, kept, source))
            left[k] = target, kept
    here.calls += [partial(np.copyto, target, source) for target, source in left]
    return here.calls


def _nowhere(_name: str, _number: int) -> Array | None:
    return None


def _bind(here: _Rows, steps: Steps, home: Callable[[str, int], Array | None] = _nowhere) -> None:
    for number, step in enumerate(steps):
        if isinstance(step, Only):
            _bind_only(here, number, step, home)
        elif step.operation == "choose" and step.kind not in (KEY.name,):
            _bind_choice(here, number, step, home)
        else:
            values = [here.get(name) for name in step.values]
            here.forget(step.values, number)
            out = home(step.result, number)
            if out is None:
                out = here.own(step.result, DTYPES[step.kind])
            here.known[step.result] = out
            here.calls += _calls(step, values, out, here.program)


def _bind_choice(
    here: _Rows, number: int, step: Step, home: Callable[[str, int], Array | None]
) -> None:
    """One or the other, bit by bit: a mask needs no branch that nobody can foresee."""
    mask, one, other = (_bits(here.get(name)) for name in step.values)
    here.forget([step.values[1]], number)
    between = here.fresh(DTYPES[step.kind])
    here.forget(step.values, number)
    here.leave(between)
    out = home(step.result, number)
    if out is None:
        out = here.own(step.result, DTYPES[step.kind])
    here.known[step.result] = out
    between = _bits(between)
    here.calls += [
        partial(np.bitwise_xor, one, other, between),
        partial(np.bitwise_and, between, mask, between),
        partial(np.bitwise_xor, between, other, _bits(out)),
    ]


def _bits(array: Array) -> Array:
    return array if array.dtype == np.bool_ else array.view(np.int32)


def _calls(step: Step, values: Sequence[Array], out: Array, program: Program) -> list[Call]:
    """What one operation is to numpy."""
    name, bench = step.operation, program.bench
    calls: list[Call]
    if name == "take":
        assert step.table is not None
        pointer, first = step.table
        table = program.pointers[pointer][first:]
        calls = [partial(table.take, values[0], None, out, "clip")]
    elif name == "convert":
        value = values[0].view(np.uint32) if step.kind == BITS.name else values[0]
        calls = [partial(np.copyto, out, value, casting="unsafe")]
    elif name in ("mask", "opposite mask"):
        calls = _masking(values[0], out, bench, opposite=name != "mask")
    elif name == "masked":
        calls = [partial(np.bitwise_and, values[0], _bits(values[1]), _bits(out))]
    elif name == "choose":
        flag, one, other = values
        between = np.empty_like(out)
        calls = [
            partial(np.copyto, between, other),
            partial(np.copyto, between, one, where=flag),
            partial(np.copyto, out, between),
        ]
    elif name == "clip":
        calls = [partial(_CLIP, *values, out)]
    elif name in ("maximum", "minimum"):
        calls = [partial(getattr(np, name), *values, out=out)]
    else:
        calls = [partial(getattr(np, name), *values, out)]
    return calls


def _masking(flag: Array, out: Array, bench: Bench, *, opposite: bool = False) -> list[Call]:
    """Truth values as 32 bits, all up or all down."""
    flag, small = flag.view(np.int8), bench.small(out.shape)
    call = (
        partial(np.subtract, flag, _ONE, small) if opposite else partial(np.negative, flag, small)
    )
    return [call, partial(np.copyto, out, small)]


# ---------------------------------------------------------------------- some of the games


def _bind_only(
    here: _Rows, number: int, step: Only, home: Callable[[str, int], Array | None]
) -> None:
    flag = here.get(step.flag)
    needed = _from_outside(step)
    before = [old for old, _, _ in step.merged]
    merged: list[Array] = []
    for old, _, new in step.merged:
        at = here.get(old)
        out = None
        if before.count(old) == 1 and here.is_done_with(old, number):
            target = home(new, number)
            out = at if target is at else here.take_over(old, new) if target is None else None
        if out is None:
            out = home(new, number - 1)
            if out is None:
                out = here.own(new, at.dtype)
            here.calls.append(partial(np.copyto, out, at))
        here.known[new] = out
        merged.append(out)
    outside = {name: here.find(name) for name in needed}
    here.calls.append(_Some(here, step, flag, merged, outside).play)
    here.forget([step.flag, *needed, *before], number)


class _Some:
    """What is done for the games whose flag is up; bound when it happens first."""

    def __init__(
        self,
        around: _Rows,
        step: Only,
        flag: Array,
        merged: list[Array],
        outside: Mapping[str, tuple[_Rows, Array]],
    ) -> None:
        self._around, self._step, self._flag, self._merged = around, step, flag, merged
        self._outside = outside
        """Where what is needed stands meanwhile."""
        self._in_short: dict[int, tuple[Array, list[Call], list[tuple[Array, Array]]]] = {}
        self._in_full: tuple[list[Call], list[Call], list[Call]] | None = None

    def play(self) -> None:
        """Does it, if there are any."""
        flag = self._flag
        count = np.count_nonzero(flag)
        if not count:
            return
        size = next((size for size in _SHORT if size >= count), flag.size)
        if 4 * size > 3 * flag.size:
            if self._in_full is None:
                self._in_full = self._bound_in_full()
            calls, for_all, for_some = self._in_full
            for call in calls:
                call()
            for call in for_all if count == flag.size else for_some:
                call()
            return
        if size not in self._in_short:
            self._in_short[size] = self._bound_in_short(size)
        index, calls, results = self._in_short[size]
        chosen = flag.nonzero()[0]
        index[:count] = chosen
        index[count:] = chosen[0]  # worked out more than once, to the same end
        for call in calls:
            call()
        for out, value in results:
            out[index] = value

    def _bound_in_short(self, size: int) -> tuple[Array, list[Call], list[tuple[Array, Array]]]:
        """In rows of their own."""
        index = np.zeros(size, np.intp)
        inner, values = self._bound(index, size)
        return index, inner.calls, list(zip(self._merged, values, strict=True))

    def _bound_in_full(self) -> tuple[list[Call], list[Call], list[Call]]:
        """Side by side with the others, whose results are not looked at; then what is done with the
        results where all games are meant, and where some are.
        """
        inner, values = self._bound(None, self._around.size)
        calls = inner.calls
        for k, value in enumerate(values):
            if any(value is out for out in self._merged[:k] + self._merged[k + 1 :]):
                values[k] = inner.fresh(value.dtype)  # that row is about to be written to
                calls.append(partial(np.copyto, values[k], value))
        for_all: list[Call] = [
            partial(np.copyto, out, value) for out, value in zip(self._merged, values, strict=True)
        ]
        mask = inner.fresh(np.dtype(np.int32))
        for_some = _masking(self._flag, mask, self._around.program.bench)
        for out, value in zip(self._merged, values, strict=True):
            if out.dtype.itemsize == KEY.size:
                for_some.append(partial(np.copyto, out, value, where=self._flag))
                continue
            between, chosen = inner.fresh(out.dtype), self._flag if out.dtype == np.bool_ else mask
            bits = _bits(between)
            for_some += [
                partial(np.bitwise_xor, _bits(out), _bits(value), bits),
                partial(np.bitwise_and, bits, chosen, bits),
                partial(np.bitwise_xor, _bits(out), bits, _bits(out)),
            ]
            inner.leave(between)
        return calls, for_all, for_some

    def _bound(self, index: Array | None, size: int) -> tuple[_Rows, list[Array]]:
        around, step = self._around, self._step
        everywhere = {name: array for name, array in around.known.items() if not array.ndim}
        inner = _Rows(around.program, around, index, everywhere, size, self._outside)
        results = [value for _, value, _ in step.merged]
        inner.expect(step.body, results)
        _bind(inner, step.body)
        return inner, [inner.get(name) for name in results]
