"""Where everything stands in memory while machine code plays: the games, sixteen side by side, and
the numbers and tables that they are played by.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import fields
from functools import cache
from math import prod
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.rules.games import NEW
from game.rules.orders import PARTS, Orders, holding
from game.rules.outcome import EMPTY, Outcome
from game.rules.state import COLUMNS, State, array_names, blank
from game.rules.tables import Tables

from .code import CODE, FLOAT, KEY, WIDTH, Code, Kind
from .tracing import Bound, Room, Table, Traced

Array = NDArray[Any]
LINE = 64
"""Bytes that the processor fetches at once."""
HEARD = "heard_"
"""Before the parts of the orders of the turn before, as they are while new ones are given."""


class Rows(NamedTuple):
    """An array of the games in memory."""

    kind: Kind
    flag: bool
    """Whether it holds truth values."""
    shape: tuple[int, ...]
    """Without the games."""
    bits: int
    """Of a number as it stands in memory: the narrower it is, the less is fetched."""
    first: int = 0
    """Where it stands in a group of games, in bytes."""

    @property
    def height(self) -> int:
        """How many rows it has."""
        return prod(self.shape)

    @property
    def step(self) -> int:
        """Bytes of a row in a group."""
        return self.bits * WIDTH // 8

    @property
    def size(self) -> int:
        """Bytes of all rows in a group."""
        return self.height * self.step

    @property
    def stored(self) -> str:
        """What LLVM's assembly calls a number as it stands in memory."""
        return self.kind.scalar if self.kind is FLOAT else f"i{self.bits}"


def _unplaced(array: Array) -> Rows:
    """An array like this one, but for where it stands."""
    dtype, flag = array.dtype, array.dtype == np.bool_
    kind = {np.dtype(np.float32): FLOAT, np.dtype(np.uint64): KEY}.get(dtype, CODE)
    # What is a place or a number of a list needs no more than 16 bits.
    bits = min(8 * dtype.itemsize, 16) if kind is CODE else 8 * kind.size
    return Rows(kind, flag, array.shape[:-1], bits)


@cache
def rows() -> dict[str, Rows]:
    """Every array of a group, by name: the state, the outcome, the orders, what is heard of the
    last ones, and what is worked out at the end.
    """
    one, orders = blank(1), holding(1)
    arrays: dict[str, Array] = {name: getattr(one, name) for name in array_names()}
    arrays |= {NEW.get(name, name): empty.of(1) for name, empty in EMPTY.items()}
    arrays |= {name: getattr(orders, name) for name in PARTS}
    arrays |= {HEARD + name: getattr(orders, name) for name in PARTS}
    arrays |= {
        "done": orders.deed,
        "claim_before": one.us_claim,
        "forced": orders.deed,
        "scores": np.zeros((4, 1), np.float32),
        "digest": one.key,
    }
    named = {name: _unplaced(array) for name, array in arrays.items()}
    first = 0
    for name, at in sorted(named.items(), key=lambda item: -item[1].bits):
        named[name] = at._replace(first=first)
        first += at.size
    return named


@cache
def stored() -> dict[int, str]:
    """How the row at each place stands in memory."""
    return {at.first + k * at.step: at.stored for at in rows().values() for k in range(at.height)}


@cache
def group_size() -> int:
    """Bytes of a group of games; a whole number of cache lines."""
    bytes_in_all = sum(at.size for at in rows().values())
    return -(-bytes_in_all // LINE) * LINE


def bound(code: Code, name: str) -> Bound:
    """An array of the games, for the rules to read and write."""
    at = rows()[name]
    places = at.first + at.step * np.arange(at.height).reshape(at.shape)
    return Bound(code, at.kind, at.flag, places)


def games(code: Code) -> Any:
    """What stands for `Games`."""
    arrays: dict[str, Any] = {name: bound(code, name) for name in rows()}
    places = np.array([rows()[name].first for name in COLUMNS])
    return Room(code, arrays | {"columns": Bound(code, FLOAT, False, places)})


def state(code: Code) -> Any:
    """What stands for the `State` before a turn; its turn is 0, as every turn's here."""
    return Room(code, {name: bound(code, name) for name in array_names()} | {"turn": 0, "games": 0})


def outcome(code: Code) -> Any:
    """What stands for the `Outcome` of the turn before."""
    orders = Room(code, {name: bound(code, HEARD + name) for name in PARTS})
    happened: dict[str, Any] = {name: bound(code, NEW.get(name, name)) for name in EMPTY}
    return Room(code, happened | {"orders": orders})


class Memory(ABC):
    """Memory for so many games."""

    def __init__(self, games: int) -> None:
        self.games = games

    @abstractmethod
    def put(self, name: str, array: Array) -> None:
        """Writes an array, (…, games) or (…, 1) for all of them alike."""

    @abstractmethod
    def get(self, name: str) -> Array:
        """(…, games) an array."""

    def put_state(self, state: State) -> None:
        """Writes a state."""
        for name in array_names():
            self.put(name, getattr(state, name))

    def put_outcome(self, outcome: Outcome) -> None:
        """Writes what happened in the turn before."""
        for name in EMPTY:
            self.put(NEW.get(name, name), getattr(outcome, name))
        self.put_orders(outcome.orders)

    def put_orders(self, orders: Orders) -> None:
        """Writes orders."""
        for name in PARTS:
            self.put(name, getattr(orders, name))

    def state(self, turn: int) -> State:
        """The state as it stands, after so many turns."""
        return State(turn=turn, **{name: self.of_state(name) for name in array_names()})

    def outcome(self, turn: int) -> Outcome:
        """What happened in the last turn."""
        return Outcome(
            turn=turn, orders=self.orders(), **{name: self.of_outcome(name) for name in EMPTY}
        )

    def of_state(self, name: str) -> Array:
        """An array of the state, with its type."""
        return self.get(name).astype(_types()[name])

    def of_outcome(self, name: str) -> Array:
        """An array of the outcome, with its type."""
        return self.get(NEW.get(name, name)).astype(EMPTY[name].dtype)

    def orders(self) -> Orders:
        """The orders of the last turn."""
        parts: dict[str, Any] = {name: self.get(name).astype(np.intp) for name in PARTS}
        return Orders(**parts)


@cache
def _types() -> dict[str, np.dtype[Any]]:
    one = blank(1)
    return {name: getattr(one, name).dtype for name in array_names()}


class StateNow(State):
    """A state of games that are played on after it: only what somebody asks for is read."""

    __slots__ = ("_memory",)

    def __init__(self, memory: Memory, turn: int) -> None:
        self._memory, self.turn = memory, turn

    def __getattr__(self, name: str) -> Any:
        """Comes here for what was not read yet."""
        if name not in _types():
            raise AttributeError(name)
        setattr(self, name, self._memory.of_state(name))
        return getattr(self, name)


class OutcomeNow(Outcome):
    """An outcome of games that are played on after it, likewise."""

    __slots__ = ("_memory",)

    def __init__(self, memory: Memory, turn: int) -> None:
        self._memory, self.turn = memory, turn

    def __getattr__(self, name: str) -> Any:
        """Comes here for what was not read yet."""
        if name != "orders" and name not in EMPTY:
            raise AttributeError(name)
        read = self._memory.orders() if name == "orders" else self._memory.of_outcome(name)
        setattr(self, name, read)
        return read


def _dtype(at: Rows) -> np.dtype[Any]:
    """Of numbers as they stand in memory."""
    letter = "b" if at.flag else {FLOAT: "f", CODE: "i", KEY: "u"}[at.kind]
    return np.dtype(f"{letter}{at.bits // 8}")


def unpacked(at: Rows, memory: Array, games: int) -> Array:
    """(times, …, games) an array, from its bytes in each group, (times, groups, bytes)."""
    times, groups, _ = memory.shape
    rows_first = memory.reshape(times, groups, at.height, at.step).transpose(0, 2, 1, 3)
    flat = np.ascontiguousarray(rows_first).reshape(times, at.height, groups * at.step)
    return flat.view(_dtype(at))[..., :games].reshape(times, *at.shape, games)


class Group(Memory):
    """Memory for some groups of games."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.groups = -(-count // WIDTH)
        # No row of a group lies across two of the processor's lines.
        size = self.groups * group_size()
        memory = np.empty(size + LINE, np.uint8)
        first = -memory.ctypes.data % LINE
        self.memory = memory[first : first + size].reshape(self.groups, group_size())

    def put(self, name: str, array: Array) -> None:
        """Writes an array, (…, games) or (…, 1) for all of them alike; the last group is filled up
        with copies of the last game.
        """
        at = rows()[name]
        lines = self.packed(name, array).reshape(-1, at.height, at.step)
        view = self.memory[:, at.first : at.first + at.size]
        view.reshape(self.groups, at.height, at.step)[:] = lines

    def packed(self, name: str, array: Array) -> Array:
        """(groups or 1, bytes) an array as it stands in each group, or in all of them alike."""
        at = rows()[name]
        flat = array.reshape(at.height, -1)
        count = WIDTH if flat.shape[1] == 1 else self.groups * WIDTH
        spread = np.empty((at.height, count), _dtype(at))
        spread[:, : flat.shape[1]] = flat
        spread[:, flat.shape[1] :] = flat[:, -1:]
        lines = spread.view(np.uint8).reshape(at.height, -1, at.step).transpose(1, 0, 2)
        return np.ascontiguousarray(lines).reshape(-1, at.size)

    def get(self, name: str) -> Array:
        """(…, games) an array, with the type that it has in the rules."""
        at = rows()[name]
        return unpacked(at, self.memory[None, :, at.first : at.first + at.size], self.games)[0]


# ---------------------------------------------------------------------- numbers and tables


def mapped(thing: Any, replaced: Callable[[Any], Any]) -> Any:
    """A record of records with every array and float32 in it replaced by something else."""
    if isinstance(thing, np.ndarray | np.float32):
        return replaced(thing)
    if isinstance(thing, tuple):
        parts = [mapped(part, replaced) for part in thing]
        return type(thing)(*parts) if hasattr(thing, "_fields") else tuple(parts)
    if isinstance(thing, Tables):
        tables = {f.name: getattr(thing, f.name) for f in fields(thing)}
        return SimpleNamespace(
            **{
                name: table if name in STRUCTURE else mapped(table, replaced)
                for name, table in tables.items()
            }
        )
    return thing


STRUCTURE = ("speaks", "links", "deals")
"""Tables that say what there is to choose from: the code is written for them."""


BEYOND = 2 * WIDTH
"""So many numbers may be read beyond the last."""


class Arena:
    """Numbers and tables, one after the other in two rows: floats, and codes and truth values."""

    def __init__(self, thing: Any) -> None:
        floats: list[Array] = []
        codes: list[Array] = []

        def kept(array: Any) -> Any:
            array = np.asarray(array)
            (floats if array.dtype == np.float32 else codes).append(array.reshape(-1))
            return array

        mapped(thing, kept)
        self.floats = np.concatenate([*floats, np.zeros(BEYOND)]).astype(np.float32)
        self.codes = np.concatenate([*codes, np.zeros(BEYOND)]).astype(np.int32)


def traced(code: Code, thing: Any, floats: str, codes: str) -> Any:
    """A record of tables as the rules are given it when they are written down; it stands in memory
    as `Arena` lays it out.
    """
    first = {FLOAT: 0, CODE: 0}

    def replaced(array: Any) -> Any:
        array = np.asarray(array)
        kind = FLOAT if array.dtype == np.float32 else CODE
        start = first[kind]
        first[kind] += array.size
        pointer = floats if kind is FLOAT else codes
        if array.ndim == 0:
            return Traced.one(code, code.number(pointer, kind, start))
        return Table(code, pointer, kind, start, array)

    return mapped(thing, replaced)


def key_table(code: Code, first: int, array: Array) -> Table:
    """The turn's constants of luck."""
    return Table(code, "keys", KEY, first, array)
