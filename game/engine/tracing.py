"""The rules' own text, carried out once on names instead of numbers: what it does to them is
written down as a function, by whichever writer is given: `assembly` or `tape`.

A `Traced` array stands where numpy's would: numpy hands every operation on it to `__array_ufunc__`
(NEP 13) or `__array_function__` (NEP 18). So the rules know nothing of this room.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, cast

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

from .code import (
    BITS,
    CODE,
    FLAG,
    FLOAT,
    KEY,
    OPERATIONS,
    Code,
    Kind,
    Value,
    literal,
)

Objects = np.ndarray[Any, Any]
"""Arrays of `Value`."""


class Traced(NDArrayOperatorsMixin):
    """An array of numbers that are known once the code runs. Its last axis, the games, is not
    written down; the shape of `values` is that of the axes before it.
    """

    def __init__(self, code: Code, values: Objects) -> None:
        self.code = code
        self.values = values

    @classmethod
    def one(cls, code: Code, value: Value) -> "Traced":
        """(B,)."""
        return cls(code, _boxed(value))

    @property
    def shape(self) -> tuple[int, ...]:
        """As numpy's, with no number of games."""
        return (*self.values.shape, -1)

    @property
    def ndim(self) -> int:
        """As numpy's."""
        return self.values.ndim + 1

    @property
    def dtype(self) -> np.dtype[Any]:
        """As numpy's."""
        kind = self.values.flat[0].kind
        return next(dtype for dtype, each in _KINDS.items() if each is kind)

    @property
    def value(self) -> Value:
        """Of (B,), the number."""
        return cast(Value, self.values[()])

    def __array_ufunc__(
        self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any
    ) -> "Traced":
        # `x *= y` is told as out=x: what x names is then the product, and nothing else changes.
        if method != "__call__" or kwargs.keys() - {"out"} or ufunc.__name__ not in OPERATIONS:
            raise TypeError(f"{ufunc.__name__}.{method} cannot be compiled")
        name = ufunc.__name__
        return _each(self.code, lambda code, *values: code.operation(name, *values), *inputs)

    def __array_function__(self, func: Any, types: Any, args: Any, kwargs: Any) -> "Traced":
        if func not in _FUNCTIONS:
            raise TypeError(f"{func.__name__} cannot be compiled")
        return _FUNCTIONS[func](self.code, *args, **kwargs)

    def __bool__(self) -> bool:
        raise TypeError("whether it holds is known only once the code runs: use np.where or `only`")

    def __getitem__(self, row: Any) -> "Traced":
        found = self.values[_leading(row, self.values.ndim)]
        return (
            Traced.one(self.code, found) if isinstance(found, Value) else Traced(self.code, found)
        )

    def __setitem__(self, row: Any, new: Any) -> None:
        where = _leading(row, self.values.ndim)
        self.values[where] = _values(self.code, new)

    def __iter__(self) -> Iterator["Traced"]:
        return (self[row] for row in range(len(self.values)))

    def __len__(self) -> int:
        return len(self.values)

    def astype(self, dtype: Any) -> "Traced":
        """As numpy's."""
        kind = _KINDS[np.dtype(dtype)]
        return _each(self.code, lambda code, value: code.converted(value, kind), self)

    def view(self, dtype: Any) -> "Traced":
        """The bits of float32 numbers."""
        if np.dtype(dtype) != np.uint32:
            raise TypeError("only the bits of float32 can be seen")
        return _each(self.code, lambda code, value: code.convert(value, BITS), self)

    def copy(self) -> "Traced":
        """As numpy's."""
        return Traced(self.code, self.values.copy())

    def reshape(self, *shape: int) -> "Traced":
        """Row by row, (rows, B)."""
        return Traced(self.code, self.values.reshape(-1))

    def max(self, axis: int) -> "Traced":
        """Over the first axis."""
        return self._folded(np.maximum, axis)

    def sum(self, axis: int) -> "Traced":
        """Over the first axis, one after the other."""
        return self._folded(np.add, axis)

    def _folded(self, operation: Callable[[Any, Any], Any], axis: int) -> "Traced":
        if axis != 0:
            raise TypeError("only over the first axis")
        result = self[0]
        for row in list(self)[1:]:
            result = operation(result, row)
        return result


def _leading(row: Any, axes: int) -> Any:
    """An index into the axes before the games."""
    if isinstance(row, tuple) and len(row) > axes:
        raise IndexError("the games cannot be picked apart")
    return row if not isinstance(row, tuple) or len(row) != 1 else row[0]


def _values(code: Code, given: Any) -> Any:
    """The numbers of any operand, as an object array or one value."""
    if isinstance(given, Bound):
        given = given.read()
    if isinstance(given, Traced):
        return given.values if given.values.ndim else given.value
    array = np.asarray(given)
    kind = _kind_of(array)
    if array.ndim == 0:
        return literal(kind, array.item())
    if array.shape[-1] != 1:
        raise TypeError("an array of other games cannot be compiled")
    constants = np.empty(array.shape[:-1], object)
    for place in np.ndindex(constants.shape):
        constants[place] = literal(kind, array[(*place, 0)])
    return constants


def _boxed(values: Any) -> Objects:
    """One value as an object array without axes."""
    if not isinstance(values, Value):
        array: Objects = values
        return array
    box = np.empty((), object)
    box[()] = values
    return box


def _kind_of(array: np.ndarray[Any, Any]) -> Kind:
    if array.dtype == np.bool_:
        return FLAG
    if array.dtype == np.uint64:
        return KEY
    return FLOAT if array.dtype.kind == "f" else CODE


def _each(code: Code, work: Callable[..., Value], *inputs: Any) -> Traced:
    """Does something to the numbers of arrays, place by place."""
    given = [_boxed(_values(code, one)) for one in inputs]
    shape = np.broadcast_shapes(*(values.shape for values in given))
    spread = [np.broadcast_to(values, shape) for values in given]
    result = np.empty(shape, object)
    for place in np.ndindex(shape):
        result[place] = work(code, *(values[place] for values in spread))
    return Traced(code, result)


def _where(code: Code, flag: Any, one: Any, other: Any) -> Traced:
    def work(code: Code, flag: Value, one: Value, other: Value) -> Value:
        return code.select(flag, *code.alike(one, other))

    return _each(code, work, flag, one, other)


def _stack(code: Code, rows: Sequence[Any]) -> Traced:
    values = [_values(code, row) for row in rows]
    first = values[0]
    shape = () if isinstance(first, Value) else first.shape
    result = np.empty((len(values), *shape), object)
    for place, value in enumerate(values):
        result[place] = value
    return Traced(code, result)


def _full_like(code: Code, like: Traced, value: Any, dtype: Any = None) -> Traced:
    def work(code: Code, old: Value, new: Value) -> Value:
        return code.converted(new, old.kind if dtype is None else _KINDS[np.dtype(dtype)])

    return _each(code, work, like, value)


_FUNCTIONS: dict[Any, Callable[..., Traced]] = {
    np.where: _where,
    np.stack: _stack,
    np.full_like: _full_like,
    np.zeros_like: lambda code, like, dtype=None: _full_like(code, like, 0, dtype),
    np.ones_like: lambda code, like, dtype=None: _full_like(code, like, 1, dtype),
}
_KINDS: dict[np.dtype[Any], Kind] = {
    np.dtype(np.float32): FLOAT,
    np.dtype(np.int32): CODE,
    np.dtype(np.intp): CODE,
    np.dtype(np.int8): CODE,
    np.dtype(np.int16): CODE,
    np.dtype(np.bool_): FLAG,
    np.dtype(np.uint64): KEY,
}


# ---------------------------------------------------------------------- tables and numbers


class Table:
    """A look-up table of the rulebook, or of a doctrine."""

    def __init__(
        self, code: Code, pointer: str, kind: Kind, first: int, array: np.ndarray[Any, Any]
    ) -> None:
        self._code, self._pointer, self._kind, self._first = code, pointer, kind, first
        self._array = array
        """Of the same shape: what it holds is not looked at."""

    def __len__(self) -> int:
        return len(self._array)

    def __iter__(self) -> Iterator["Table"]:
        return (self[row] for row in range(len(self)))

    def __getitem__(self, row: Any) -> Any:
        part = self._array[row]
        if np.ndim(part) == 0:
            return self._flagged(
                self._code.number(self._pointer, self._kind, self._first + self._place(row))
            )
        return Table(self._code, self._pointer, self._kind, self._first + self._place(row), part)

    def _place(self, row: Any) -> int:
        index = row if isinstance(row, tuple) else (row,)
        whole = (*(int(k) for k in index), *[0] * (self._array.ndim - len(index)))
        return int(np.ravel_multi_index(whole, self._array.shape))

    def take(self, code: Any) -> Any:
        """What the table says of each game's code."""
        if self._array.ndim != 1:
            raise TypeError("a look-up needs one row of a table")
        if isinstance(code, int | np.integer):
            return self[int(code)]
        return _each(self._code, self._look_up, code)

    def _look_up(self, code: Code, index: Value) -> Value:
        found = code.look_up(self._pointer, self._kind, self._first, len(self), index)
        return code.converted(found, FLAG) if self._array.dtype == np.bool_ else found

    def _flagged(self, value: Value) -> Traced:
        if self._array.dtype == np.bool_:
            value = self._code.converted(value, FLAG)
        return Traced.one(self._code, value)


class Bound(NDArrayOperatorsMixin):
    """An array of the games themselves, of several rows: it is read where it is used, and written
    where it is assigned to.
    """

    def __init__(self, code: Code, kind: Kind, flag: bool, places: np.ndarray[Any, Any]) -> None:
        self._code, self._kind, self._flag, self._places = code, kind, flag, places

    def _read(self, place: Any) -> Value:
        value = self._code.read(self._kind, int(place))
        return self._code.converted(value, FLAG) if self._flag else value

    def read(self) -> Traced:
        """As it stands now."""
        values = np.empty(self._places.shape, object)
        for place in np.ndindex(values.shape):
            values[place] = self._read(self._places[place])
        return Traced(self._code, values)

    def write(self, new: Any) -> None:
        """Assigns to all of it."""
        self[()] = new

    def __getattr__(self, name: str) -> Any:
        return getattr(self.read(), name)

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[Any]:
        return (self[row] for row in range(len(self)))

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any) -> Traced:
        return self.read().__array_ufunc__(ufunc, method, *inputs, **kwargs)

    def __array_function__(self, func: Any, types: Any, args: Any, kwargs: Any) -> Traced:
        return self.read().__array_function__(func, types, args, kwargs)

    def __getitem__(self, row: Any) -> Any:
        places = self._places[row]
        if np.ndim(places) == 0:
            return Traced.one(self._code, self._read(places))
        return Bound(self._code, self._kind, self._flag, places)

    def __setitem__(self, row: Any, new: Any) -> None:
        places = np.asarray(self._places[row])
        spread = np.broadcast_to(_boxed(_values(self._code, new)), places.shape)
        for place in np.ndindex(places.shape):
            value = self._code.converted(cast(Value, spread[place]), self._kind)
            self._code.write(int(places[place]), value)


class Room:
    """What stands in the place of `Games`, a `State` or an `Outcome`: the names of the arrays of a
    group of games.
    """

    def __init__(self, code: Code, arrays: Mapping[str, Any]) -> None:
        vars(self).update(_code=code, _arrays=arrays)

    def __getattr__(self, name: str) -> Any:
        if name not in self._arrays:
            raise AttributeError(name)
        array = self._arrays[name]
        return array[()] if isinstance(array, Bound) and not array._places.ndim else array

    def __setattr__(self, name: str, value: Any) -> None:
        if isinstance(self._arrays[name], Bound):
            self._arrays[name].write(value)
        else:
            self._arrays[name] = value

    def only(self, flag: Any, *values: Any) -> Iterator[tuple[Any, ...]]:
        """As `Games.only`."""
        with self._code.only(flag.value):
            yield self, *values
