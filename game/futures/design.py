"""Which cells a sweep has: every combination of settings, or a Latin hypercube of them.

A cell is worked out from its number alone, so that any process can tell what the millionth cell is
without being sent the others.
"""

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from game.rules.luck import draw, game_keys
from game.rules.state import Codes

Value = str | float
_NEVER_PLAYED = 30_000
"""Turns beyond every calendar: their slots of luck are free for drawing designs."""
_ORDER, _PLACE = 0, 1
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Axis:
    """One thing that is varied: the values that it takes, or a range to draw them from."""

    name: str
    """A seat, "lens", a parameter as "group.name", or a column of the opening."""
    values: tuple[Value, ...] = ()
    low: float = math.nan
    high: float = math.nan
    whole: bool = False
    """Whether only whole numbers will do."""

    @property
    def is_range(self) -> bool:
        """It has no values of its own: only a sample can be drawn from it."""
        return not self.values

    def at(self, share: float) -> Value:
        """The value at a share, from 0 to below 1, of the way through it."""
        if self.values:
            return self.values[int(share * len(self.values))]
        value = self.low + share * (self.high - self.low)
        if self.whole:
            return float(math.floor(self.low + share * (self.high - self.low + 1)))
        return min(max(float(f"{value:.{_DIGITS}g}"), self.low), self.high)


@dataclass(frozen=True, slots=True)
class Design:
    """The cells of a sweep, numbered from 0."""

    axes: tuple[Axis, ...]
    samples: int = 0
    """Cells of a Latin hypercube: each axis is cut into as many strips of the same width, and each
    strip is used once. 0 is the full grid."""
    seed: int = 0
    """Of the hypercube."""

    @property
    def size(self) -> int:
        """How many cells there are."""
        return self.samples or math.prod(len(axis.values) for axis in self.axes)

    def cell(self, number: int) -> dict[str, Value]:
        """The settings of a cell, by axis; in a grid the last axis changes fastest."""
        if self.samples:
            shares = _hypercube(self.seed, len(self.axes), self.samples)[:, number]
            return {
                axis.name: axis.at(float(share))
                for axis, share in zip(self.axes, shares, strict=True)
            }
        settings: dict[str, Value] = {}
        for axis in reversed(self.axes):
            number, place = divmod(number, len(axis.values))
            settings[axis.name] = axis.values[place]
        return {axis.name: settings[axis.name] for axis in self.axes}


@cache
def _hypercube(seed: int, axes: int, samples: int) -> NDArray[np.float64]:
    """(axes, samples) shares from 0 to below 1 (McKay, Beckman and Conover, Technometrics 1979)."""
    keys = game_keys(seed, range(samples))
    shares = np.empty((axes, samples), np.float64)
    for axis in range(axes):
        luck = draw(keys, _NEVER_PLAYED + axis, np.array([[_ORDER], [_PLACE]])).astype(np.float64)
        strips: Codes = np.empty(samples, np.intp)
        strips[np.argsort(luck[0], kind="stable")] = np.arange(samples)
        shares[axis] = (strips + luck[1]) / samples
    return shares
