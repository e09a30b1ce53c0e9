"""What the rules' own text is written down in, and what its writers have in common: numbers that
are known once the code runs, and what can be done to them.
"""

import struct
from abc import ABC, abstractmethod
from contextlib import AbstractContextManager
from typing import NamedTuple

import numpy as np

WIDTH = 16
"""Games in a group of machine code; the widest vectors that processors have hold so many
float32."""


class Kind(NamedTuple):
    """A kind of number, and what it is called in LLVM's assembly."""

    name: str
    scalar: str
    size: int
    """Bytes in memory."""

    @property
    def vector(self) -> str:
        """A group of them."""
        return f"<{WIDTH} x {self.scalar}>"


FLOAT = Kind("float", "float", 4)
CODE = Kind("code", "i32", 4)
KEY = Kind("key", "i64", 8)
FLAG = Kind("flag", "i1", 1)
BITS = Kind("bits", "i32", 4)
"""The bits of a float, as a whole number without a sign."""


class Value(NamedTuple):
    """A number that is known once the code runs, one for each game or one for all of them."""

    kind: Kind
    text: str
    uniform: bool = False
    """Whether it is the same for all games."""
    literal: bool = False
    """Whether it is written in the code itself."""


def literal(kind: Kind, value: float) -> Value:
    """A number written in the code."""
    if kind is FLOAT:
        single = float(np.float32(value))
        text = f"0x{struct.unpack('<Q', struct.pack('<d', single))[0]:016X}"
    elif kind is FLAG:
        text = "true" if value else "false"
    else:
        number = int(value)
        text = str(number - (1 << 64) if kind is KEY and number >= 1 << 63 else number)
    return Value(kind, text, uniform=True, literal=True)


def number_of(value: Value) -> float:
    """What a literal says."""
    if value.kind is FLOAT:
        return float(np.uint64(int(value.text, 16)).view(np.float64))
    if value.kind is FLAG:
        return value.text == "true"
    return int(value.text)


class Code(ABC):
    """A function in the making.

    It is given a group of games, numbers and keys of the turn, the tables of floats and of codes,
    and those of a player. What stands where among the games is told by places, see `layout`.
    """

    POINTERS = (
        "games",
        "numbers",
        "keys",
        "float_tables",
        "code_tables",
        "own_floats",
        "own_codes",
    )

    def operation(self, name: str, *values: Value) -> Value:
        """What numpy's function of that name does; it rounds as numpy does."""
        if len(values) > 1:
            if name == "multiply" and _is_choice(*values):
                return self._product_with_flag(*values)
            values = self.alike(*values)
            if name in ARITHMETIC and values[0].kind is FLAG:
                values = tuple(self.converted(value, CODE) for value in values)
        kind = values[0].kind
        if name == "divide" and kind is not FLOAT:
            raise TypeError("whole numbers are not divided: say `astype`")
        return self.carry_out(name, FLAG if name in COMPARISONS else kind, *values)

    @abstractmethod
    def carry_out(self, name: str, result: Kind, *values: Value) -> Value:
        """… of numbers of one kind."""

    @abstractmethod
    def convert(self, value: Value, to: Kind) -> Value:
        """The number as one of another kind; to and from truth values see `converted`."""

    @abstractmethod
    def select(self, flag: Value, one: Value, other: Value) -> Value:
        """One number where the flag is up, the other elsewhere."""

    @abstractmethod
    def number(self, pointer: str, kind: Kind, index: int) -> Value:
        """The number at a place that is known now: the same for all games."""

    @abstractmethod
    def look_up(self, pointer: str, kind: Kind, first: int, length: int, index: Value) -> Value:
        """The number in a table of that length for each game's code."""

    @abstractmethod
    def read(self, kind: Kind, place: int) -> Value:
        """What stands at a place among the games."""

    @abstractmethod
    def write(self, place: int, value: Value) -> None:
        """Puts a number at a place among the games."""

    @abstractmethod
    def only(self, flag: Value) -> AbstractContextManager[None]:
        """What is said inside is done for the games whose flag is up, and skipped where none is."""

    def converted(self, value: Value, kind: Kind) -> Value:
        """The number as one of another kind, as `astype` makes it."""
        old = value.kind
        if old is kind:
            return value
        if value.literal:
            return literal(kind, number_of(value))
        if old is FLAG and kind in (FLOAT, CODE):
            return self.select(value, literal(kind, 1), literal(kind, 0))
        if kind is FLAG:
            return self.operation("not_equal", value, literal(old, 0))
        return self.convert(value, kind)

    def alike(self, *values: Value) -> tuple[Value, ...]:
        """The numbers made of one kind, as numpy would: truth values become numbers, and numbers
        written in the code become what they meet.
        """
        kinds = {value.kind for value in values}
        if len(kinds) == 1:
            return values
        firm = {value.kind for value in values if not value.literal} - {FLAG}
        if len(firm) > 1:
            raise TypeError(f"{', '.join(sorted(k.name for k in firm))} meet: say `astype`")
        if firm:
            kind = firm.pop()
            if kind is CODE and any(v.kind is FLOAT and v.literal for v in values):
                raise TypeError("a code meets a fraction: say `astype`")
        else:
            kind = FLOAT if FLOAT in kinds else CODE
        return tuple(self.converted(value, kind) for value in values)

    def _product_with_flag(self, one: Value, other: Value) -> Value:
        flag, number = (one, other) if one.kind is FLAG else (other, one)
        return self.select(flag, number, literal(number.kind, 0))


def _is_choice(one: Value, other: Value) -> bool:
    """Whether one is a truth value and the other a number: their product is a choice between that
    number and nothing.
    """
    kinds = one.kind, other.kind
    return FLAG in kinds and kinds[0] is not kinds[1] and not (one.literal or other.literal)


ARITHMETIC = ("add", "subtract", "multiply", "divide")
COMPARISONS = ("equal", "not_equal", "less", "less_equal", "greater", "greater_equal")
BITWISE = ("bitwise_and", "bitwise_or", "bitwise_xor")
ALONE = ("invert", "negative", "absolute", "floor", "ceil")
OPERATIONS = (*ARITHMETIC, *COMPARISONS, *BITWISE, *ALONE, "maximum", "minimum", "right_shift")
"""What may be done to numbers, by the names of numpy's functions."""
