"""What every phase works on: a block of games, the rules' tables, and the turn's numbers."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from game.rules.luck import ESTIMATE_STREAM, REFEREE_STREAM, slot_constants
from game.rules.parameters import GROUPS, Parameters
from game.rules.setting import Decays, Setting
from game.rules.state import Codes, Floats, Keys

from .jit import compiled
from .layout import CODE_ROWS, FLAG_ROWS, FLOAT_ROWS
from .luck import uniform

F = np.float32
ZERO, ONE, HALF = F(0), F(1), F(0.5)
Truth = bool | np.bool_
WIDTH = 256
"""Games in a block: what is worked on at once stays in the processor's cache."""
STRIDE = WIDTH + 16
"""Numbers from row to row: not a power of two, or rows would crowd each other out of the cache."""


class Block(Protocol):
    """The memory of a block of games; `layout` says what stands in which row."""

    floats: Floats
    flags: NDArray[np.uint8]
    codes: Codes
    key: Keys
    bits: Keys
    """Luck under way, for nobody but who draws it."""
    culprit: NDArray[np.int8]
    ending: NDArray[np.int8]


class Now(Protocol):
    """The numbers of one turn."""

    slots: Keys
    """(64,) the referee's slots of luck; see `rules.luck`."""
    estimate_slots: Keys
    turn: int
    """Counted from 1."""
    days: float
    weeks: float
    charge: float
    """How charged a day the turn opens on."""
    last: int
    """The calendar ends after it."""
    decays: Decays
    p: Parameters


BLOCK = np.dtype(
    [
        ("floats", np.float32, (FLOAT_ROWS, STRIDE)),
        ("codes", np.intp, (CODE_ROWS, STRIDE)),
        ("key", np.uint64, WIDTH),
        ("bits", np.uint64, WIDTH),
        ("flags", np.uint8, (FLAG_ROWS, STRIDE)),
        ("culprit", np.int8, WIDTH),
        ("ending", np.int8, WIDTH),
    ],
    align=True,
)
NOW = np.dtype(
    [
        ("slots", np.uint64, 64),
        ("estimate_slots", np.uint64, 8),
        ("turn", np.int64),
        ("days", np.float64),
        ("weeks", np.float64),
        ("charge", np.float64),
        ("decays", [(name, np.float64) for name in Decays._fields]),
        ("p", [(g, [(name, np.float64) for name in kind._fields]) for g, kind in GROUPS.items()]),
        ("last", np.uint8),
    ],
    align=True,
)
"""Records of memory: compiled functions hand them on by their address, tuples piece by piece."""


def now_of(setting: Setting, turn: int) -> NDArray[np.void]:
    """(1,) the numbers of a turn, counted from 0."""
    record = np.zeros(1, NOW)
    now = record[0]
    now["slots"] = slot_constants(REFEREE_STREAM, turn)
    now["estimate_slots"] = slot_constants(ESTIMATE_STREAM, turn)[:8]
    now["turn"] = turn + 1
    now["days"] = setting.days[turn]
    now["weeks"] = setting.days[turn] / 7
    now["charge"] = setting.anniversaries[turn]
    now["decays"] = tuple(setting.decays[turn])
    now["p"] = tuple(tuple(group) for group in setting.rulebook.parameters)
    now["last"] = turn + 1 >= setting.turns
    return record


@compiled
def draw(block: Block, now: Now, slot: int, g: int) -> np.float32:
    """The referee's uniform in [0, 1) of one slot in one game of the block."""
    return uniform(block.key[g] + now.slots[slot])


@compiled
def held(value: np.float32, low: np.float32, high: np.float32) -> np.float32:
    """A value held to a range, as numpy's clip holds it."""
    risen = value if value > low else low
    return risen if risen < high else high


@compiled
def drifted(value: np.float32, rest: np.float32, kept: np.float32) -> np.float32:
    """`rules.turn.drift` of one value."""
    return (value - rest) * kept + rest


@compiled
def credible(kept: np.float32, broken: np.float32) -> np.float32:
    """`rules.state.credibility` of one pair."""
    return kept / (kept + broken + _TINY)


_TINY = F(1e-6)
