"""All chance: uniform draws as a stateless function of (game, turn, named draw).

A draw never depends on what was drawn before it or on the other games in the batch. So game k of
an ensemble can be played alone, an ensemble can be cut anyhow, and two choices can be compared
under the same luck. The mixer is SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
"""

from enum import IntEnum
from functools import cache

import numpy as np
from numpy.typing import NDArray

from .state import Codes, Floats, Keys

_GOLDEN = 0x9E3779B97F4A7C15
_MASK = 0xFFFFFFFFFFFFFFFF


class Draw(IntEnum):
    """The referee's draws of one turn, 64 at most. A group of four holds one slot for each fire
    source or seat. A slot keeps its number for good: renumbering changes every game's luck.
    """

    CAMPAIGN = 0
    CAMPAIGN_SITE = 1
    REVEALED = 2
    AIRED = 3
    FIRE_ROUNDS = 4
    FIRE_HITS = 8
    FIRE_LETHAL = 12
    FIRE_TOLL = 16
    FIRE_WOUNDED = 20
    DEED_SITE = 24
    SIGNAL = 28
    MISREAD = 32
    DEAL_LEAKED = 36
    SPLINTER = 40
    THIRD_PARTY = 41
    PROTEST = 42
    DISCREDIT = 43
    MONITOR = 44
    LOUD = 45
    NOTICE_PASSED = 46
    NOTICE_LEAKED = 47
    TIP_OFF = 48
    TIP_OFF_LEAKED = 49
    STRIKE_LUCK = 50
    COLLATERAL = 51
    CIVILIANS = 52
    ARRESTS = 53
    SPLINTER_SITE = 54
    THIRD_PARTY_SITE = 55
    PROOF = 56
    INVESTIGATION = 57
    SHOW_OF_FORCE = 58
    VOTE = 59
    REPORTING = 60
    WAR = 61
    PROLOGUE = 62
    QUARRELS = 63


class PlayerDraw(IntEnum):
    """The draws that a computer player uses in one turn."""

    DEED = 0
    WORD = 1
    WHISPER = 2
    TARGET = 3


class OpeningDraw(IntEnum):
    """What is drawn once in a game, before its first turn; a group of four holds one slot for each
    seat.
    """

    THEORY = 0
    AGENDA = 4


REFEREE_STREAM = 1
PLAYER_STREAM = 2
IMAGINED_STREAM = 3
ESTIMATE_STREAM = 4
SEAT_STREAM = 5
OPENING_STREAM = 6
_TO_UNIT = np.float32(2.0**-24)
_SHIFTS = (np.uint64(30), np.uint64(27), np.uint64(31))
_FACTORS = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))
_TOP_24_BITS = np.uint64(40)
_QUARTERS = np.array([[0], [16], [32], [48]], np.uint64)
_LOW_16_BITS = np.int32(0xFFFF)


def _mix(x: Keys) -> Keys:
    """SplitMix64's output function."""
    x = (x ^ (x >> _SHIFTS[0])) * _FACTORS[0]
    x = (x ^ (x >> _SHIFTS[1])) * _FACTORS[1]
    return x ^ (x >> _SHIFTS[2])


def game_keys(seed: int, games: NDArray[np.int64] | range) -> Keys:
    """The keys, (len(games),) uint64, of the numbered games of one seed.

    Args:
        seed: any integer; its low 64 bits count.
        games: numbers of the games, 0 or more.
    """
    numbers = np.asarray(games, dtype=np.uint64)
    seeded = _mix(np.array([seed & _MASK], dtype=np.uint64) + np.uint64(_GOLDEN))
    return _mix((numbers + np.uint64(1)) * np.uint64(_GOLDEN) + seeded)


def imagined_keys(keys: Keys, turn: int, count: int) -> Keys:
    """(count, len(keys)) keys of games that somebody only imagines at a turn.

    Their luck has nothing to do with the luck of the games themselves: nobody who plans with it
    learns what will be drawn.
    """
    numbers = np.arange(1, count + 1, dtype=np.uint64)[:, None] * np.uint64(_GOLDEN)
    thought = _mix(keys + slot_constants(IMAGINED_STREAM, turn)[0])
    return _mix(numbers + thought[None])


@cache
def slot_constants(stream: int, turn: int) -> Keys:
    """(64,) what is added to a game's key for each slot of one turn."""
    counter = ((stream << 48) + (turn << 16) + 1) * _GOLDEN
    slots = [(counter + slot * _GOLDEN) & _MASK for slot in range(64)]
    constants = _mix(np.array(slots, dtype=np.uint64))
    constants.flags.writeable = False
    return constants


def uniform(x: Keys) -> Floats:
    """Uniforms in [0, 1) on a grid of 2**-24, from sums of keys and slot constants."""
    draws = (_mix(x) >> _TOP_24_BITS).astype(np.int32)  # by way of int32: twice as fast
    return draws.astype(np.float32) * _TO_UNIT


def draw(keys: Keys, turn: int, slots: int | Codes) -> Floats:
    """The referee's uniforms in [0, 1), of one slot or of several.

    Args:
        keys: (n,) the games' keys.
        turn: turns played so far.
        slots: a `Draw`, or for a group of four `Draw.X + member`. An array (n,) names a slot for
            each game; an array (k, 1) gives uniforms (k, n): k slots for each game.
    """
    return uniform(keys + slot_constants(REFEREE_STREAM, turn).take(slots))


def opening_draw(keys: Keys, slot: int) -> Floats:
    """The uniforms in [0, 1), (len(keys),), of an `OpeningDraw`, or of `OpeningDraw.X + seat`."""
    return uniform(keys + slot_constants(OPENING_STREAM, 0)[slot])


def estimate_draws(keys: Keys, slots: Keys, seat: int) -> Floats:
    """The errors of one turn's intelligence of one seat: (12, len(keys)) uniforms in [0, 1) on a
    grid of 2**-16, all independent of each other and of the other seats'.

    Args:
        keys: (n,) the games' keys.
        slots: (64,) the turn's `slot_constants` of `ESTIMATE_STREAM`.
        seat: whose errors.
    """
    words = _mix(np.stack([keys + slots[slot] for slot in (2 * seat, 2 * seat + 1, 8 + seat)]))
    bits = np.stack([(word >> _QUARTERS).astype(np.int32) & _LOW_16_BITS for word in words])
    draws: Floats = bits.reshape(12, -1).astype(np.float32)
    return draws * np.float32(2.0**-16)


def seat_keys(keys: Keys, seat: int) -> Keys:
    """(len(keys),) the keys of one seat's own luck, from those of the games.

    There is no way back: whoever holds them can work out neither what the referee draws nor what
    another seat does.
    """
    slots = slot_constants(SEAT_STREAM, 0)
    return _mix(keys + slots[2 * seat]) ^ _mix(keys + slots[2 * seat + 1])


def player_draw(keys: Keys, turn: int, what: PlayerDraw) -> Floats:
    """A computer player's uniforms in [0, 1), (len(keys),), from its seat's keys."""
    return uniform(keys + slot_constants(PLAYER_STREAM, turn)[what])
