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
    """What else goes into a turn."""

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
    batch = asked.key.size
    at = np.empty(WIDTH, np.intp)
    first = 0
    while first < batch:
        games = 0
        while first < batch and games < WIDTH:
            if before.ending[first] == 0:
                at[games] = first
                games += 1
            else:
                _leave_alone(before, after, happened, first)
            first += 1
        if games == 0:
            continue
        _take_in(before, block, at, games)
        _take_orders(asked, block, at, games)
        if not all_legal(block, games, look):
            return False
        _adjudicate(block, games, look, now)
        _hand_out(after, happened, block, at, games, now.turn)
    return True


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
def _gather(rows: Rows, into: Rows, first: int, at: Codes, games: int) -> None:
    """Copies the chosen games of (rows, B) into the block's rows from `first` on."""
    for row in range(rows.shape[0]):
        source, target = rows[row], into[first + row]
        if at[games - 1] - at[0] == games - 1:
            for g in range(games):
                target[g] = source[at[0] + g]
        else:
            for g in range(games):
                target[g] = source[at[g]]


@compiled
def _scatter(rows: Rows, out_of: Rows, first: int, at: Codes, games: int) -> None:
    """Copies the block's rows from `first` on back to where the games belong."""
    for row in range(rows.shape[0]):
        source, target = out_of[first + row], rows[row]
        if at[games - 1] - at[0] == games - 1:
            for g in range(games):
                target[at[0] + g] = source[g]
        else:
            for g in range(games):
                target[at[g]] = source[g]


@compiled
def _take_in(before: Batch, block: Block, at: Codes, games: int) -> None:
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
def _take_orders(asked: Asked, block: Block, at: Codes, games: int) -> None:
    """The orders, and an outcome in which nothing has happened yet."""
    floats, codes = block.floats, block.codes
    _gather(asked.channel, floats, CHANNEL, at, games)
    _gather(asked.deed, codes, DEED, at, games)
    _gather(asked.deed, codes, DONE, at, games)
    _gather(asked.word, codes, WORD, at, games)
    _gather(asked.word_to, codes, WORD_TO, at, games)
    _gather(asked.word_rung, codes, WORD_RUNG, at, games)
    _gather(asked.whisper, codes, WHISPER, at, games)
    _gather(asked.whisper_to, codes, WHISPER_TO, at, games)
    _gather(asked.site, codes, SITE, at, games)
    for g in range(games):
        block.key[g] = asked.key[at[g]]
        floats[STOOD, g] = floats[US_CLAIM, g]
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
    after: Batch, happened: Happened, block: Block, at: Codes, games: int, turn: int
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
def _copy_game(rows: Rows, into: Rows, game: int) -> None:
    for row in range(rows.shape[0]):
        into[row, game] = rows[row, game]


@compiled
def _leave_alone(before: Batch, after: Batch, happened: Happened, game: int) -> None:
    """A game that is over stays as it is, and nothing happens in it."""
    _copy_game(before.columns, after.columns, game)
    _copy_game(before.kept, after.kept, game)
    _copy_game(before.broken, after.broken, game)
    _copy_game(before.anger, after.anger, game)
    _copy_game(before.line, after.line, game)
    _copy_game(before.stake, after.stake, game)
    _copy_game(before.private_stake, after.private_stake, game)
    _copy_game(before.debt, after.debt, game)
    _copy_game(before.debt_days, after.debt_days, game)
    _copy_game(before.suspicion, after.suspicion, game)
    _copy_game(before.estimates, after.estimates, game)
    after.culprit[game] = before.culprit[game]
    after.ending[game] = before.ending[game]
    after.ended_turn[game] = before.ended_turn[game]
    happened.floats[:, game] = F(0)
    happened.flags[:, game] = 0
    happened.codes[:, game] = -1
    happened.ending[game] = 0
