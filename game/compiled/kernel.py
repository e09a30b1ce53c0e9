"""A turn of a whole batch: block by block, the phases in the order of `rules.resolve.PHASES`."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.rules.state import Codes, Floats, Keys

from .block import WIDTH, Block, F, Now
from .jit import compiled
from .layout import (
    ANGER,
    BROKEN,
    CHANNEL,
    DEBT,
    DEBT_DAYS,
    DEED,
    DONE,
    ESTIMATES,
    FLAG_ROWS,
    KEPT,
    LINE,
    OUTCOME_CODE_ROWS,
    OUTCOME_ROWS,
    PRIVATE_STAKE,
    SITE,
    STAKE,
    STATE_ROWS,
    STOOD,
    SUSPICION,
    US_CLAIM,
    WHISPER,
    WHISPER_TO,
    WORD,
    WORD_RUNG,
    WORD_TO,
)
from .legality import all_legal
from .phases.agency import agency
from .phases.chance import chance
from .phases.deeds import deeds, vote
from .phases.endings import endings
from .phases.evidence import evidence
from .phases.force import force
from .phases.minds import minds
from .phases.politics import politics
from .phases.upkeep import upkeep
from .phases.words import words
from .tables import Look

Rows = NDArray[Any]
"""(rows, B) of any kind."""
Places = NDArray[np.uintp]
"""Numbers of games in the batch."""
Records = Any
"""(1,) of records of `block` and `tables`."""


class Batch(NamedTuple):
    """B games: as they are before a turn, or where they are written after it."""

    columns: Floats
    """(columns, B)."""
    kept: Floats
    """(16, B), as the other arrays over pairs."""
    broken: Floats
    anger: Floats
    line: Floats
    stake: Floats
    private_stake: Floats
    debt: Floats
    debt_days: Floats
    suspicion: Floats
    """(16, B)."""
    estimates: Floats
    """(4 times the estimated columns, B)."""
    culprit: NDArray[np.int8]
    ending: NDArray[np.int8]
    ended_turn: NDArray[np.int16]


class Asked(NamedTuple):
    """What else goes into a turn. The orders of games that are over are set to hold."""

    key: Keys
    channel: Floats
    """(16, B)."""
    deed: Codes
    """(4, B), as the other orders."""
    word: Codes
    word_to: Codes
    word_rung: Codes
    whisper: Codes
    whisper_to: Codes
    site: Codes


class Happened(NamedTuple):
    """Where the outcome is written; all of it is filled in."""

    floats: Floats
    """(OUTCOME_ROWS, B)."""
    flags: NDArray[np.uint8]
    """(FLAG_ROWS, B): 0 or 1."""
    codes: Codes
    """(OUTCOME_CODE_ROWS, B)."""
    ending: NDArray[np.int8]


@compiled
def play_turn(
    before: Batch,
    asked: Asked,
    after: Batch,
    happened: Happened,
    block_of: Records,
    look_of: Records,
    now_of: Records,
) -> bool:
    """Adjudicates one turn; false where an order is not legal: then nothing written is of use."""
    block, look, now = block_of[0], look_of[0], now_of[0]
    # Unsigned, for of a signed index numba asks every time whether it counts from the end.
    at, over = np.empty(WIDTH, np.uintp), np.empty(WIDTH, np.uintp)
    for first in range(0, asked.key.size, WIDTH):
        games, ended = _split(before, first, at, over)
        _hold(asked, over, ended)
        if games > 0:
            _take_in(before, block, at, games)
            _take_orders(asked, block, at, games)
            if not all_legal(block, games, look):
                return False
            _adjudicate(block, games, look, now)
            _hand_out(after, happened, block, at, games, now.turn)
        if ended > 0:
            _leave_alone(before, after, happened, over, ended)
    return True


@compiled
def _split(before: Batch, first: int, at: Places, over: Places) -> tuple[int, int]:
    """Up to WIDTH games from `first` on: those to adjudicate, and those that are over.

    Where few are over, they are adjudicated with the rest, for whole rows are copied faster, and
    put back as they were afterwards.
    """
    games, ended = 0, 0
    end = min(first + WIDTH, before.ending.size)
    for game in range(first, end):
        if before.ending[game] == 0:
            at[games] = game
            games += 1
        else:
            over[ended] = game
            ended += 1
    if 0 < ended <= games // 3:
        games = end - first
        for k in range(games):
            at[k] = first + k
    return games, ended


@compiled
def _hold(asked: Asked, over: Places, games: int) -> None:
    """`rules.resolve.held`, in place."""
    _fill(asked.deed, 0, over, games)
    _fill(asked.word, 0, over, games)
    _fill(asked.word_to, -1, over, games)
    _fill(asked.word_rung, 0, over, games)
    _fill(asked.whisper, 0, over, games)
    _fill(asked.whisper_to, -1, over, games)
    _fill(asked.site, -1, over, games)


@compiled
def _adjudicate(block: Block, games: int, look: Look, now: Now) -> None:
    words(block, games, look, now)
    agency(block, games, look, now)
    chance(block, games, look, now)
    vote(block, games, look, now)
    deeds(block, games, look, now)
    force(block, games, look, now)
    evidence(block, games, look, now)
    politics(block, games, look, now)
    minds(block, games, look, now)
    upkeep(block, games, look, now)
    endings(block, games, look, now)


@compiled
def _gather(rows: Rows, into: Rows, first: int, at: Places, games: int) -> None:
    """Copies the chosen games of (rows, B) into the block's rows from `first` on."""
    start, end = int(at[0]), int(at[games - 1]) + 1
    if end - start == games:
        for row in range(rows.shape[0]):
            source, target = rows[row, start:end], into[first + row, :games]
            for g in range(games):
                target[g] = source[g]
    else:
        for row in range(rows.shape[0]):
            for g in range(games):
                into[first + row, g] = rows[row, at[g]]


@compiled
def _scatter(rows: Rows, out_of: Rows, first: int, at: Places, games: int) -> None:
    """Copies the block's rows from `first` on back to where the games belong."""
    start, end = int(at[0]), int(at[games - 1]) + 1
    if end - start == games:
        for row in range(rows.shape[0]):
            source, target = out_of[first + row, :games], rows[row, start:end]
            for g in range(games):
                target[g] = source[g]
    else:
        for row in range(rows.shape[0]):
            for g in range(games):
                rows[row, at[g]] = out_of[first + row, g]


@compiled
def _take_in(before: Batch, block: Block, at: Places, games: int) -> None:
    floats = block.floats
    _gather(before.columns, floats, 0, at, games)
    _gather(before.kept, floats, KEPT, at, games)
    _gather(before.broken, floats, BROKEN, at, games)
    _gather(before.anger, floats, ANGER, at, games)
    _gather(before.line, floats, LINE, at, games)
    _gather(before.stake, floats, STAKE, at, games)
    _gather(before.private_stake, floats, PRIVATE_STAKE, at, games)
    _gather(before.debt, floats, DEBT, at, games)
    _gather(before.debt_days, floats, DEBT_DAYS, at, games)
    _gather(before.suspicion, floats, SUSPICION, at, games)
    _gather(before.estimates, floats, ESTIMATES, at, games)
    for g in range(games):
        block.culprit[g] = before.culprit[at[g]]


@compiled
def _take_orders(asked: Asked, block: Block, at: Places, games: int) -> None:
    """The orders, and an outcome in which nothing has happened yet."""
    floats, codes = block.floats, block.codes
    _gather(asked.channel, floats, CHANNEL, at, games)
    _gather(asked.deed, codes, DEED, at, games)
    _gather(asked.word, codes, WORD, at, games)
    _gather(asked.word_to, codes, WORD_TO, at, games)
    _gather(asked.word_rung, codes, WORD_RUNG, at, games)
    _gather(asked.whisper, codes, WHISPER, at, games)
    _gather(asked.whisper_to, codes, WHISPER_TO, at, games)
    _gather(asked.site, codes, SITE, at, games)
    for g in range(games):
        block.key[g] = asked.key[at[g]]
        floats[STOOD, g] = floats[US_CLAIM, g]
    for seat in range(4):
        for g in range(games):
            codes[DONE + seat, g] = codes[DEED + seat, g]
    for row in range(OUTCOME_ROWS):
        for g in range(games):
            floats[STATE_ROWS + row, g] = F(0)
    for row in range(FLAG_ROWS):
        for g in range(games):
            block.flags[row, g] = 0
    for row in range(OUTCOME_CODE_ROWS):
        for g in range(games):
            codes[row, g] = -1


@compiled
def _hand_out(
    after: Batch, happened: Happened, block: Block, at: Places, games: int, turn: int
) -> None:
    floats = block.floats
    _scatter(after.columns, floats, 0, at, games)
    _scatter(after.kept, floats, KEPT, at, games)
    _scatter(after.broken, floats, BROKEN, at, games)
    _scatter(after.anger, floats, ANGER, at, games)
    _scatter(after.line, floats, LINE, at, games)
    _scatter(after.stake, floats, STAKE, at, games)
    _scatter(after.private_stake, floats, PRIVATE_STAKE, at, games)
    _scatter(after.debt, floats, DEBT, at, games)
    _scatter(after.debt_days, floats, DEBT_DAYS, at, games)
    _scatter(after.suspicion, floats, SUSPICION, at, games)
    _scatter(after.estimates, floats, ESTIMATES, at, games)
    _scatter(happened.floats, floats, STATE_ROWS, at, games)
    _scatter(happened.flags, block.flags, 0, at, games)
    _scatter(happened.codes, block.codes, 0, at, games)
    for g in range(games):
        after.culprit[at[g]] = block.culprit[g]
        after.ending[at[g]] = block.ending[g]
        after.ended_turn[at[g]] = turn if block.ending[g] > 0 else 0
        happened.ending[at[g]] = block.ending[g]


@compiled
def _copy(rows: Rows, into: Rows, over: Places, games: int) -> None:
    for row in range(rows.shape[0]):
        for k in range(games):
            into[row, over[k]] = rows[row, over[k]]


@compiled
def _fill(into: Rows, value: Any, over: Places, games: int) -> None:
    for row in range(into.shape[0]):
        for k in range(games):
            into[row, over[k]] = value


@compiled
def _leave_alone(before: Batch, after: Batch, happened: Happened, over: Places, games: int) -> None:
    """Games that are over stay as they are, and nothing happens in them."""
    _copy(before.columns, after.columns, over, games)
    _copy(before.kept, after.kept, over, games)
    _copy(before.broken, after.broken, over, games)
    _copy(before.anger, after.anger, over, games)
    _copy(before.line, after.line, over, games)
    _copy(before.stake, after.stake, over, games)
    _copy(before.private_stake, after.private_stake, over, games)
    _copy(before.debt, after.debt, over, games)
    _copy(before.debt_days, after.debt_days, over, games)
    _copy(before.suspicion, after.suspicion, over, games)
    _copy(before.estimates, after.estimates, over, games)
    _fill(happened.floats, F(0), over, games)
    _fill(happened.flags, np.uint8(0), over, games)
    _fill(happened.codes, -1, over, games)
    for k in range(games):
        after.culprit[over[k]] = before.culprit[over[k]]
        after.ending[over[k]] = before.ending[over[k]]
        after.ended_turn[over[k]] = before.ended_turn[over[k]]
        happened.ending[over[k]] = 0
