"""All chance: uniform draws as a stateless function of (game, turn, named draw).

A draw never depends on what was drawn before it or on the other games in the batch. So game k of
an ensemble can be played alone, an ensemble can be cut anyhow, and two choices can be compared
under the same luck. The mixer is SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
"""

from enum import IntEnum
from functools import cache

import numpy as np
from numpy.typing import NDArray

from .state import Floats, Keys

_GOLDEN = 0x9E3779B97F4A7C15
_MASK = 0xFFFFFFFFFFFFFFFF


class Draw(IntEnum):
    """The referee's draws of one turn. New ones go at the end of their group of four or before
    `COUNT`; a fire source uses its group's slot plus its own number."""

    FIRE_ATTACKS = 0
    FIRE_ROUNDS = 4
    FIRE_HITS = 8
    FIRE_LETHAL = 12
    FIRE_TOLL = 16
    FIRE_WOUNDED = 20
    DEED_SITE = 24
    SIGNAL = 28
    MISREAD = 32
    ESTIMATE = 36
    SPLINTER = 40
    THIRD_PARTY = 41
    PROTEST = 42
    DISCREDIT = 43
    MONITOR = 44
    OBEY_NETWORK = 45
    NOTICE_PASSED = 46
    NOTICE_LEAKED = 47
    STRIKE_LUCK = 48
    SPLINTER_SITE = 49
    COLLATERAL = 50
    CIVILIANS = 51
    PROOF = 52
    INVESTIGATION = 53
    SHOW_OF_FORCE = 54
    TIP_OFF = 55
    WAR = 56
    REPORTING = 57
    THIRD_PARTY_SITE = 58
    VOTE = 59
    COUNT = 60


class PlayerDraw(IntEnum):
    """The draws that computer players use: one group of four slots each, one slot a seat."""

    DEED = 0
    WORD = 4
    WHISPER = 8
    TARGET = 12
    COUNT = 16


_REFEREE_STREAM = 1
_PLAYER_STREAM = 2


def _mix(x: Keys) -> Keys:
    """SplitMix64's output function, in place."""
    x ^= x >> np.uint64(30)
    x *= np.uint64(0xBF58476D1CE4E5B9)
    x ^= x >> np.uint64(27)
    x *= np.uint64(0x94D049BB133111EB)
    x ^= x >> np.uint64(31)
    return x


def game_keys(seed: int, games: NDArray[np.int64] | range) -> Keys:
    """The keys, (len(games),) uint64, of the numbered games of one seed.

    Args:
        seed: any integer; its low 64 bits count.
        games: numbers of the games, 0 or more.
    """
    numbers = np.asarray(games, dtype=np.uint64)
    seeded = _mix(np.array([seed & _MASK], dtype=np.uint64) + np.uint64(_GOLDEN))
    return _mix((numbers + np.uint64(1)) * np.uint64(_GOLDEN) + seeded)


@cache
def _slot_constants(stream: int, turn: int, count: int) -> Keys:
    slots = [(((stream << 48) + (turn << 16) + slot + 1) * _GOLDEN) & _MASK for slot in range(count)]
    constants = _mix(np.array(slots, dtype=np.uint64))[:, None]
    constants.flags.writeable = False
    return constants


def _uniforms(keys: Keys, stream: int, turn: int, count: int) -> Floats:
    """(count, B) uniforms in [0, 1) on a grid of 2**-24; each hash serves two draws."""
    pairs = (count + 1) // 2
    hashes = _mix(keys + _slot_constants(stream, turn, pairs))
    high = (hashes >> np.uint64(40)).astype(np.int32)
    low = ((hashes >> np.uint64(8)) & np.uint64(0xFFFFFF)).astype(np.int32)
    draws = np.empty((2 * pairs, keys.shape[0]), np.float32)
    np.multiply(high, np.float32(2.0**-24), out=draws[:pairs], casting="unsafe")
    np.multiply(low, np.float32(2.0**-24), out=draws[pairs:], casting="unsafe")
    return draws[:count]


def referee_draws(keys: Keys, turn: int) -> Floats:
    """The referee's uniforms of one turn, (Draw.COUNT, B) in [0, 1), indexed by `Draw`."""
    return _uniforms(keys, _REFEREE_STREAM, turn, Draw.COUNT)


def player_draws(keys: Keys, turn: int) -> Floats:
    """The players' uniforms of one turn, (PlayerDraw.COUNT, B) in [0, 1)."""
    return _uniforms(keys, _PLAYER_STREAM, turn, PlayerDraw.COUNT)
