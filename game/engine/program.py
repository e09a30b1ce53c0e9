"""A tape that is ready to be played on a bench."""

from collections import Counter
from typing import Any

import numpy as np

from . import calls
from .bench import Bench
from .binding import bound
from .calls import Call
from .code import BITS, CODE, FLAG, FLOAT, KEY, Value, number_of
from .layout import Arena, Array
from .store import DTYPES
from .tape import Tape

_KINDS = {kind.name: kind for kind in (FLOAT, CODE, KEY, FLAG, BITS)}


class Program:
    """A tape bound to a bench."""

    def __init__(self, bench: Bench, tape: Tape, own: Arena | None) -> None:
        self._bench, self._terms, self._own = bench, bench.terms, own
        self._pointers = dict(bench.pointers)
        if own is not None:
            self._pointers |= {"own_floats": own.floats.copy(), "own_codes": own.codes.copy()}
        self._remembered: dict[int, list[Array]] = {}
        """What is the same for all games, by turn."""
        everywhere = self._bind_uniform(tape)
        self._calls = bound(tape, bench, everywhere, self._pointers)

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
                everywhere[step.result] = self._pointers[pointer][index : index + 1].reshape(())
                continue
            dtype = DTYPES[step.kind]
            out, free[dtype] = free[dtype][:1].reshape(()), free[dtype][1:]
            values = [everywhere[name] for name in step.values]
            self._uniform_calls += calls.operation(step, values, out, self._pointers)
            everywhere[step.result] = out
        return everywhere

    def give(self, own: Arena) -> None:
        """Sets the player's own numbers."""
        if own is not self._own:
            self._own = own
            self._pointers["own_floats"][:] = own.floats
            self._pointers["own_codes"][:] = own.codes
            self._remembered.clear()

    def play(self) -> None:
        """Does it with the games that stand on the bench."""
        bench = self._bench
        if bench.terms is not self._terms:
            self._terms = bench.terms
            self._remembered.clear()
        known = self._remembered.get(bench.turn)
        if known is None:
            for call in self._uniform_calls:
                call()
            self._remembered[bench.turn] = [array.copy() for array in self._uniform]
        else:
            for array, before in zip(self._uniform, known, strict=True):
                array[:] = before
        for call in self._calls:
            call()


def _number(kind: str, text: str) -> Any:
    number = number_of(Value(_KINDS[kind], text))
    return int(number) % (1 << 64) if kind == KEY.name else number
