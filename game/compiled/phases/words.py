"""Phase 1: words are posted, whispers delivered."""

import numpy as np

from game.rules.luck import Draw
from game.rules.seats import Seat
from game.rules.state import NO_LINE

from ..block import ONE, Block, F, Now, draw, held
from ..jit import compiled
from ..layout import (
    ANGER,
    DONE,
    HARM,
    LINE,
    MIL_FACADE,
    PRIVATE_STAKE,
    STAKE,
    US_CASE,
    US_CLAIM,
    US_EVIDENCE,
    US_FORCE_DAYS,
    WHISPER,
    WHISPER_TO,
    WORD,
    WORD_RUNG,
    WORD_TO,
)
from ..tables import (
    CASE,
    DRAWS_LINE,
    FACADE,
    OFFENDS,
    SOOTHES,
    WORD_STAKE,
    Look,
)

_US, _MILITIA = int(Seat.US), int(Seat.MILITIA)
_PROOF = int(Draw.PROOF)
_NO_LINE = F(NO_LINE)


@compiled
def words(block: Block, games: int, look: Look, now: Now) -> None:
    """Posts the words and delivers the whispers."""
    _effects(block, games, look)
    _toward_others(block, games, look, now)
    _in_private(block, games, look)
    _justification(block, games, look, now)


@compiled
def _effects(block: Block, games: int, look: Look) -> None:
    effects, floats = look.word_effects, block.floats
    for seat in range(4):
        for g in range(games):
            word = block.codes[WORD + seat, g]
            for k in range(effects.start[seat, word], effects.start[seat, word + 1]):
                floats[effects.row[k], g] += effects.amount[k]
    for g in range(games):
        floats[MIL_FACADE, g] += look.word[FACADE, block.codes[WORD + _MILITIA, g]]


@compiled
def _toward_others(block: Block, games: int, look: Look, now: Now) -> None:
    floats, codes = block.floats, block.codes
    keeps = F(1 - now.p.words.reassure_lowers_stake)
    for seat in range(4):
        for g in range(games):
            to, word = codes[WORD_TO + seat, g], codes[WORD + seat, g]
            if to < 0:
                continue
            ours, theirs = 4 * seat + to, 4 * to + seat
            if look.word[DRAWS_LINE, word] > 0:
                floats[LINE + ours, g] = F(codes[WORD_RUNG + seat, g])
                floats[STAKE + ours, g] = max(look.word[WORD_STAKE, word], floats[STAKE + ours, g])
            if look.word[SOOTHES, word] > 0:
                floats[STAKE + ours, g] *= keeps
                floats[PRIVATE_STAKE + ours, g] *= keeps
                floats[ANGER + theirs, g] *= ONE - look.word[SOOTHES, word]
            floats[HARM + theirs, g] = look.word[OFFENDS, word]


@compiled
def _in_private(block: Block, games: int, look: Look) -> None:
    floats, codes = block.floats, block.codes
    for seat in range(4):
        for g in range(games):
            to, whisper = codes[WHISPER_TO + seat, g], codes[WHISPER + seat, g]
            if to < 0:
                continue
            ours, theirs = 4 * seat + to, 4 * to + seat
            if floats[LINE + ours, g] < _NO_LINE:
                bound = floats[PRIVATE_STAKE + ours, g]
                floats[PRIVATE_STAKE + ours, g] += look.whisper_stake[whisper] * (ONE - bound)
            floats[ANGER + theirs, g] *= ONE - look.whisper_soothes[whisper]


@compiled
def _justification(block: Block, games: int, look: Look, now: Now) -> None:
    floats, p = block.floats, now.p.words
    for g in range(games):
        word, deed = block.codes[WORD + _US, g], block.codes[DONE + _US, g]
        if not (look.word[CASE, word] > 0 and floats[US_CLAIM, g] != F(word)):
            continue
        open_force = look.signed[_US, deed] > 0 and look.force[_US, deed] > 0
        if not (open_force or floats[US_FORCE_DAYS, g] <= F(p.recent_days)):
            continue
        case = floats[US_CASE, g]
        case += look.word[CASE, word] * (ONE - case)
        if floats[US_CLAIM, g] > 0:
            case = F(np.float64(case) - p.shift_cost)
        floats[US_CASE, g] = held(case, F(0), ONE)
        proof = draw(block, now, _PROOF, g)
        floats[US_EVIDENCE, g] = proof * proof * F(p.proof_scale)
        floats[US_CLAIM, g] = F(word)
