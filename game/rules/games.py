"""The games under adjudication: what every phase reads and writes.

A phase is written as if it dealt with one game: `g.us_support -= p.support_per_dead * g.us_killed`.
Every name stands for an array whose last axis is the games, so that the same sentence is carried
out for one game or for thousands. Nothing in a phase may depend on how many games there are.
"""

from collections.abc import Iterator
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from .luck import uniform
from .moment import Moment
from .orders import PARTS, Orders
from .outcome import EMPTY, Outcome
from .state import COLUMNS, DRAWN, Bools, Codes, Floats, State, array_names, changing_names

NEW: dict[str, str] = {"attacks": "new_attacks", "rung": "new_rung", "ending": "new_ending"}
"""What of the outcome has another name here, since a column of the state is called the same."""
_FEW = 16
"""Games of which every draw is made at once in less time than those that are asked for one by one.
"""
UNTOUCHED = ("key", "ending", "ended_turn", "channel", *DRAWN)
"""Arrays of the state that no phase writes into."""


class Games:
    """B games in the middle of a turn, under one name for each array: the columns of the state, the
    fields of the outcome, the parts of the orders, and

    columns: (columns, B) all columns of the state, in order;
    done: (4, B) the deeds that are done: those ordered, but for a vote that fails;
    claim_before: (B,) the justification that stood when the turn began.

    To assign to a name changes the array; nothing else ever holds on to it.
    """

    luck: Floats | None = None
    """(64, B) all draws of the turn, where the games are few: they are drawn in one go."""

    def __init__(self, arrays: dict[str, Any]) -> None:
        vars(self).update(arrays)

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...

    def __setattr__(self, name: str, value: Any) -> None:
        array = vars(self)[name]
        if value is not array:
            array[...] = value

    @classmethod
    def begin(cls, state: State, orders: Orders, now: Moment) -> "Games":
        """The games as the turn finds them, nothing having happened yet; all arrays its own, but
        for those that no phase writes into.
        """
        games = state.games
        memory = np.concatenate([getattr(state, name) for name in COLUMNS])
        columns = memory.reshape(len(COLUMNS), games)
        arrays: dict[str, Any] = dict(zip(COLUMNS, columns, strict=True))
        for name in array_names():
            if name not in COLUMNS:
                array = getattr(state, name)
                arrays[name] = array if name in UNTOUCHED else array.copy()
        for name, empty in EMPTY.items():
            arrays[NEW.get(name, name)] = empty.of(games)
        arrays |= {name: getattr(orders, name) for name in PARTS}
        arrays["columns"] = columns
        arrays["done"] = orders.deed.copy()
        arrays["claim_before"] = state.us_claim
        arrays["luck"] = uniform(state.key + now.slots[:, None]) if games <= _FEW else None
        return cls(arrays)

    def state(self, turn: int) -> State:
        """The state as it stands now, after so many turns."""
        return State(turn=turn, **{name: getattr(self, name) for name in array_names()})

    def outcome(self, turn: int, orders: Orders) -> Outcome:
        """What has happened so far, in the turn counted from 1."""
        happened = {name: getattr(self, NEW.get(name, name)) for name in EMPTY}
        return Outcome(turn=turn, orders=orders, **happened)

    def written(self) -> Iterator[NDArray[Any]]:
        """Every array of the state that turns change, then of what has happened so far."""
        yield from (getattr(self, name) for name in changing_names())
        yield from (getattr(self, NEW.get(name, name)) for name in EMPTY)

    def only(self, mask: Bools, *values: Any) -> Iterator[tuple[Any, ...]]:
        """Goes on with the games in which `mask` holds, as in `for some, row in g.only(mask, row)`:
        once, or not at all where there are none.

        Args:
            mask: (B,).
            values: worked out before, and wanted for these games alone; what is not (B,) stays as
                it is.
        """
        chosen = mask.nonzero()[0]
        if chosen.size == mask.size:
            yield self, *values
        elif chosen.size:
            some = _Some(self, chosen)
            yield some, *(value.take(chosen) if np.ndim(value) else value for value in values)
            some.write_back()


class _Some(Games):
    """Some of the games; arrays are looked up when they are asked for first, and what is written is
    written back at the end.
    """

    def __init__(self, whole: Games, chosen: Codes) -> None:
        luck = None if whole.luck is None else whole.luck.take(chosen, axis=1)
        vars(self).update(_whole=whole, _chosen=chosen, _written=set(), _rows={}, luck=luck)

    def __getattr__(self, name: str) -> Any:
        array = getattr(self._whole, name)
        known: Any
        if isinstance(array, _Rows) or array.ndim > 1:
            known = self._rows[name] = _Rows(array, self._chosen)
        else:
            known = array.take(self._chosen)
        vars(self)[name] = known
        return known

    def __setattr__(self, name: str, value: Any) -> None:
        vars(self)[name] = value
        self._written.add(name)

    def write_back(self) -> None:
        """Writes into the whole what was written here."""
        for name in self._written:
            column = getattr(self._whole, name)
            column[self._chosen] = vars(self)[name]
            setattr(self._whole, name, column)
        for rows in self._rows.values():
            rows.write_back()


class _Rows:
    """Some games of an array of several rows, (4, B) or (4, 4, B), row by row."""

    def __init__(self, whole: Any, chosen: Codes) -> None:
        self._whole, self._chosen = whole, chosen
        self._known: dict[Any, Any] = {}
        self._written: set[Any] = set()

    def __getitem__(self, row: Any) -> Any:
        if row not in self._known:
            self._known[row] = self._whole[row].take(self._chosen)
        return self._known[row]

    def __setitem__(self, row: Any, value: Any) -> None:
        self._known[row] = value
        self._written.add(row)

    def write_back(self) -> None:
        """Writes into the whole what was written here."""
        for row in self._written:
            values = self._whole[row]
            values[self._chosen] = self._known[row]
            if isinstance(self._whole, _Rows):
                self._whole[row] = values


def draw(g: Games, now: Moment, slot: int) -> Floats:
    """Each game's own luck of this turn: a uniform in [0, 1), by its `luck.Draw`."""
    luck = getattr(g, "luck", None)  # what the text is traced on has none
    return uniform(g.key + now.slots[slot]) if luck is None else luck[slot]


def last_bits(luck: Floats) -> Floats:
    """What a draw holds beyond its first twelve bits: a uniform in [0, 1), too, as good as new."""
    return luck * 4096 - np.floor(luck * 4096)


def total(rows: Any) -> Any:
    """The sum over the first of four rows, in their order."""
    return rows[0] + rows[1] + rows[2] + rows[3]


def clip01(values: Any) -> Any:
    """Values held to the range from 0 to 1."""
    return np.minimum(np.maximum(values, 0), 1)


def drift(values: Any, rest: Any, kept: Any) -> Any:
    """Values moved toward `rest`; `kept` is the share of the distance that is left."""
    return (values - rest) * kept + rest


def add(g: Games, effects: tuple[tuple[str, Floats], ...], code: Codes) -> None:
    """Adds to columns what each game's code stands for."""
    for column, amounts in effects:
        setattr(g, column, getattr(g, column) + amounts.take(code))


def hold_to_ranges(g: Games) -> None:
    """Holds every column to its range; arrays over pairs stay within theirs by construction."""
    columns = np.maximum(g.columns, _LOWEST, out=g.columns)
    g.columns = np.minimum(columns, _HIGHEST, out=columns)


_LOWEST = np.array([[spec.low] for spec in COLUMNS.values()], np.float32)
_HIGHEST = np.array([[spec.high] for spec in COLUMNS.values()], np.float32)


assert not {*array_names()} & {NEW.get(f.name, f.name) for f in fields(Outcome)} - {"turn"}
