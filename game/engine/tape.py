"""The rules' own text as a tape: numpy's calls one after the other, on the same rows again and
again. What is the same for all games stands apart; what nobody asks for is left out, and what was
worked out once is not worked out again.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from .code import BITWISE, FLAG, FLOAT, KEY, Code, Kind, Value, literal

MASK = Kind("mask", "", 4)
"""A truth value as 32 bits, all up or all down: numbers are chosen by it without a branch."""
INDEX = Kind("index", "", 8)
"""A code as numpy looks up by it."""
_SYMMETRIC = ("equal", "not_equal", *BITWISE)


class Step(NamedTuple):
    """One operation."""

    operation: str
    kind: str
    result: str
    values: tuple[str, ...]
    """Names of results of earlier steps, of literals, or of rows that are read."""
    table: tuple[str, int] | None = None
    """What is looked up in: a pointer's name, and where the table begins there."""


class Only(NamedTuple):
    """Steps for the games whose flag is up."""

    flag: str
    body: "tuple[Step | Only, ...]"
    merged: tuple[tuple[str, str, str], ...]
    """Names: of a number before, of the one in its place where the flag is up, of both merged."""


Steps = tuple[Step | Only, ...]


class Tape(NamedTuple):
    """A function."""

    uniform: tuple[Step, ...]
    """Done once for all games."""
    steps: Steps
    writes: tuple[tuple[int, str], ...]
    """What stands at places when all is done."""
    literals: dict[str, tuple[str, str]]
    """Kind and text."""

    def to_bytes(self) -> bytes:
        """To be kept."""
        return json.dumps(self, separators=(",", ":")).encode()

    @classmethod
    def from_bytes(cls, text: bytes) -> "Tape":
        """From `to_bytes`."""
        uniform, steps, writes, literals = json.loads(text)
        return cls(
            tuple(_step(each) for each in uniform),
            _steps(steps),
            tuple((place, name) for place, name in writes),
            {name: (kind, said) for name, (kind, said) in literals.items()},
        )


def _step(each: list[Any]) -> Step:
    operation, kind, result, values, table = each
    return Step(operation, kind, result, tuple(values), table and (table[0], table[1]))


def _steps(listed: list[Any]) -> Steps:
    return tuple(
        _step(each)
        if len(each) == len(Step._fields)
        else Only(each[0], _steps(each[1]), tuple((old, new, both) for old, new, both in each[2]))
        for each in listed
    )


def needs(step: Step | Only) -> Sequence[str]:
    """What a step needs."""
    if isinstance(step, Step):
        return step.values
    return [step.flag, *from_outside(step), *(before for before, _, _ in step.merged)]


def from_outside(only: Only) -> list[str]:
    """What the steps inside need that was worked out before them."""
    made: set[str] = set()
    needed: dict[str, None] = {}
    for step in only.body:
        needed |= dict.fromkeys(name for name in needs(step) if name not in made)
        made.update([step.result] if isinstance(step, Step) else (new for _, _, new in step.merged))
    needed |= dict.fromkeys(value for _, value, _ in only.merged if value not in made)
    return list(needed)


def row(place: int) -> str:
    """The name of what stands at a place at first."""
    return f"row {place}"


class _Part:
    """The steps of the whole, or of one `only`."""

    def __init__(self, around: "_Part | None") -> None:
        self.around = around
        self.steps: list[Step | Only] = []
        self.worked_out: dict[object, Value] = {}
        self.known: dict[int, Value] = {}
        self.written: dict[int, Value] = {}

    def outward(self) -> "Iterator[_Part]":
        """This and the parts around it."""
        part: _Part | None = self
        while part is not None:
            yield part
            part = part.around


class Writer(Code):
    """Writes a tape."""

    def __init__(self) -> None:
        self._here = self._whole = _Part(None)
        self._uniform = _Part(None)
        self._literals: dict[tuple[str, str], str] = {}
        self._at_least: dict[str, tuple[Value, ...]] = {}
        """What is the larger of two, by its name."""
        self._counter = 0

    def _new(self, kind: Kind, uniform: bool) -> Value:
        self._counter += 1
        return Value(kind, f"{'u' if uniform else 'v'}{self._counter}", uniform)

    def _name(self, value: Value) -> str:
        if not value.literal:
            return value.text
        said = value.kind.name, value.text
        return self._literals.setdefault(said, f"c{len(self._literals)}")

    def _say(
        self, operation: str, kind: Kind, *values: Value, table: tuple[str, int] | None = None
    ) -> Value:
        names = tuple(self._name(value) for value in values)
        uniform = all(value.uniform for value in values)
        key = operation, kind, frozenset(names) if operation in _SYMMETRIC else names, table
        part = self._uniform if uniform else self._here
        for known in part.outward():
            if key in known.worked_out:
                return known.worked_out[key]
        part.worked_out[key] = value = self._new(kind, uniform)
        part.steps.append(Step(operation, kind.name, value.text, names, table))
        return value

    # ------------------------------------------------------------------ operations

    def carry_out(self, name: str, result: Kind, *values: Value) -> Value:
        """What numpy's function of that name does with numbers of one kind."""
        if name == "minimum" and (least := self._at_least.get(values[0].text)):
            return self._say("clip", result, *least, values[1])
        value = self._say("logical_not" if name == "invert" else name, result, *values)
        if name == "maximum" and result is FLOAT:
            self._at_least[value.text] = values
        return value

    def convert(self, value: Value, to: Kind) -> Value:
        """The number as one of another kind."""
        return self._say("convert", to, value)

    def select(self, flag: Value, one: Value, other: Value) -> Value:
        """One number where the flag is up, the other elsewhere."""
        if flag.literal:
            return one if flag.text == "true" else other
        if self._name(one) == self._name(other):
            return one
        if one.kind is FLAG or one.kind is KEY:
            return self._say("choose", one.kind, flag, one, other)
        return self._masked(flag, one, other)

    def _masked(self, flag: Value, one: Value, other: Value) -> Value:
        """… of numbers that have 32 bits."""
        kind, nothing = one.kind, literal(one.kind, 0)
        if other == nothing and one == literal(kind, 1):
            return self._say("convert", kind, flag)
        if other == nothing:
            return self._say("masked", kind, self._say("mask", MASK, flag), one)
        if one == nothing:
            return self._say("masked", kind, self._say("opposite mask", MASK, flag), other)
        return self._say("choose", kind, self._say("mask", MASK, flag), one, other)

    # ------------------------------------------------------------------ memory

    def number(self, pointer: str, kind: Kind, index: int) -> Value:
        """The number at a place that is known now: the same for all games."""
        return self._say("number", kind, table=(pointer, index))

    def look_up(self, pointer: str, kind: Kind, first: int, length: int, index: Value) -> Value:
        """The number in a table of that length for each game's code."""
        if index.literal:
            return self.number(pointer, kind, first + int(index.text))
        return self._say("take", kind, self._say("convert", INDEX, index), table=(pointer, first))

    def read(self, kind: Kind, place: int) -> Value:
        """What stands at a place among the games."""
        for part in self._here.outward():
            if place in part.known:
                return part.known[place]
        self._whole.known[place] = value = Value(kind, row(place))
        return value

    def write(self, place: int, value: Value) -> None:
        """Puts a number at a place among the games."""
        self._here.known[place] = self._here.written[place] = value

    @contextmanager
    def only(self, flag: Value) -> Iterator[None]:
        """What is said inside is done for the games whose flag is up, and skipped where none is."""
        outer = self._here
        if flag.uniform:
            spread = self._new(FLAG, uniform=False)
            outer.steps.append(Step("convert", FLAG.name, spread.text, (self._name(flag),)))
            flag = spread
        self._here = inner = _Part(outer)
        yield
        self._here = outer
        merged = []
        for place, value in inner.written.items():
            before = self.read(value.kind, place)
            if self._name(before) != self._name(value):
                both = self._new(value.kind, uniform=False)
                merged.append((self._name(before), self._name(value), both.text))
                self.write(place, both)
        outer.steps.append(Only(flag.text, tuple(inner.steps), tuple(merged)))

    # ------------------------------------------------------------------ the whole

    def tape(self) -> Tape:
        """All that was said."""
        names = {place: self._name(value) for place, value in self._whole.written.items()}
        writes = tuple((place, name) for place, name in names.items() if name != row(place))
        needed = {name for _, name in writes}
        steps = _needed(self._whole.steps, needed)
        uniform = [each for each in _needed(self._uniform.steps, needed) if isinstance(each, Step)]
        literals = {name: said for said, name in self._literals.items() if name in needed}
        return Tape(tuple(uniform), steps, writes, literals)


def _needed(steps: Sequence[Step | Only], needed: set[str]) -> Steps:
    """The steps whose results are needed; adds the names that these need."""
    kept: list[Step | Only] = []
    for step in reversed(steps):
        if isinstance(step, Step):
            if step.result in needed:
                needed.update(step.values)
                kept.append(step)
        elif merged := tuple(names for names in step.merged if names[2] in needed):
            needed.update(name for before, value, _ in merged for name in (before, value))
            needed.add(step.flag)
            kept.append(Only(step.flag, _needed(step.body, needed), merged))
    return tuple(reversed(kept))
