"""Phase 1: words are posted, whispers delivered."""

import numpy as np

from game.rules.luck import Draw
from game.rules.seats import Seat
from game.rules.state import NO_LINE

from ..block import ONE, ZERO, Block, F, Now, draw, held
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
from .deeds import add

_US, _MILITIA = int(Seat.US), int(Seat.MILITIA)
_PROOF = int(Draw.PROOF)
_NO_LINE = F(NO_LINE)
# Unsigned, for of a signed index numba asks every time whether it counts from the end.
_FOUR = np.uintp(4)
_LINE, _STAKE, _PRIVATE_STAKE = np.uintp(LINE), np.uintp(STAKE), np.uintp(PRIVATE_STAKE)
_ANGER, _HARM = np.uintp(ANGER), np.uintp(HARM)


@compiled
def words(block: Block, games: int, look: Look, now: Now) -> None:
    """Posts the words and delivers the whispers."""
    add(block, games, look.word_effects, WORD, ONE)
    for g in range(games):
        block.floats[MIL_FACADE, g] += look.word[FACADE, block.codes[WORD + _MILITIA, g]]
    _toward_others(block, games, look, now)
    _in_private(block, games, look)
    _justification(block, games, look, now)


@compiled
def _toward_others(block: Block, games: int, look: Look, now: Now) -> None:
    """Of a word that names nobody, the speaker's pair with itself is told, without effect."""
    floats, codes, table = block.floats, block.codes, look.word
    keeps = F(1 - now.p.words.reassure_lowers_stake)
    for seat in range(4):
        for g in range(games):
            named, word = codes[WORD_TO + seat, g], np.uintp(codes[WORD + seat, g])
            to = np.uintp(named if named >= 0 else seat)
            ours, theirs = _FOUR * np.uintp(seat) + to, _FOUR * to + np.uintp(seat)
            draws = named >= 0 and table[DRAWS_LINE, word] > 0
            soothes = table[SOOTHES, word] if named >= 0 else ZERO
            stake = floats[_STAKE + ours, g]
            stake = max(table[WORD_STAKE, word], stake) if draws else stake
            kept = keeps if soothes > 0 else ONE
            floats[_LINE + ours, g] = (
                F(codes[WORD_RUNG + seat, g]) if draws else floats[_LINE + ours, g]
            )
            floats[_STAKE + ours, g] = stake * kept
            floats[_PRIVATE_STAKE + ours, g] *= kept
            floats[_ANGER + theirs, g] *= ONE - soothes
            floats[_HARM + theirs, g] = table[OFFENDS, word] if named >= 0 else ZERO


@compiled
def _in_private(block: Block, games: int, look: Look) -> None:
    floats, codes = block.floats, block.codes
    for seat in range(4):
        for g in range(games):
            named, whisper = codes[WHISPER_TO + seat, g], np.uintp(codes[WHISPER + seat, g])
            to = np.uintp(named if named >= 0 else seat)
            ours, theirs = _FOUR * np.uintp(seat) + to, _FOUR * to + np.uintp(seat)
            bound = floats[_PRIVATE_STAKE + ours, g]
            binds = named >= 0 and floats[_LINE + ours, g] < _NO_LINE
            stake = look.whisper_stake[whisper] if binds else ZERO
            floats[_PRIVATE_STAKE + ours, g] = bound + stake * (ONE - bound)
            soothes = look.whisper_soothes[whisper] if named >= 0 else ZERO
            floats[_ANGER + theirs, g] *= ONE - soothes


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
