"""Whether orders may stand: `rules.legal.refusals`, as far as yes or no."""

from game.rules.legal import HIGHEST_LINE, LOWEST_LINE
from game.rules.seats import SEATS, Cause

from .block import Block, Truth
from .jit import compiled
from .layout import (
    CHANNEL,
    DEED,
    SITE,
    US_CLAIM,
    US_EXPOSURE,
    WHISPER,
    WHISPER_TO,
    WORD,
    WORD_RUNG,
    WORD_TO,
)
from .tables import Look, Needs

_SEATS, _CAUSES = len(SEATS), len(Cause)


@compiled
def all_legal(block: Block, games: int, look: Look) -> bool:
    """Whether every order of every game of the block is legal, and every number of the state that
    something is looked up by stands for something.
    """
    words = look.word_to_seat.size
    for g in range(games):
        if block.floats[US_CLAIM, g] >= words or block.culprit[g] >= _CAUSES:
            return False
    for seat in range(4):
        wrong = 0
        for g in range(games):
            if not _exists(block, look, seat, g):
                return False
            # No and, no or: what is asked of random orders is dearer to guess than to work out.
            wrong += not (
                _legal_deed(block, look, seat, g)
                & _legal_word(block, look, seat, g)
                & _legal_whisper(block, look, seat, g)
            )
        if wrong > 0:
            return False
    return True


@compiled
def _exists(block: Block, look: Look, seat: int, g: int) -> Truth:
    """Whether every index of an order stands for something."""
    codes = block.codes
    return (
        0 <= codes[DEED + seat, g] < look.deeds[seat]
        and -1 <= codes[SITE + seat, g] < look.site_host.size
        and 0 <= codes[WORD + seat, g] < look.word_to_seat.size
        and -1 <= codes[WORD_TO + seat, g] < _SEATS
        and 0 <= codes[WHISPER + seat, g] < look.guides.size
        and -1 <= codes[WHISPER_TO + seat, g] < _SEATS
    )


@compiled
def _met(block: Block, needs: Needs, seat: int, code: int, g: int) -> Truth:
    met = True
    for k in range(needs.row.shape[2]):
        value = block.floats[needs.row[seat, code, k], g]
        met &= (needs.low[seat, code, k] <= value) & (value <= needs.high[seat, code, k])
    return met


@compiled
def _legal_deed(block: Block, look: Look, seat: int, g: int) -> Truth:
    deed, site = block.codes[DEED + seat, g], block.codes[SITE + seat, g]
    if site == -1:
        return _met(block, look.deed_needs, seat, deed, g)
    held = look.site_held[site] < block.floats[US_EXPOSURE, g]
    right_host = look.site_host[site] == look.deed_at[seat, deed]
    return held & right_host & _met(block, look.deed_needs, seat, deed, g)


@compiled
def _legal_word(block: Block, look: Look, seat: int, g: int) -> Truth:
    codes = block.codes
    word, to, rung = codes[WORD + seat, g], codes[WORD_TO + seat, g], codes[WORD_RUNG + seat, g]
    says = (look.speaks[seat, word] > 0) & _met(block, look.word_needs, seat, word, g)
    to_somebody, at_a_rung = look.word_to_seat[word] > 0, look.word_to_rung[word] > 0
    named = (to_somebody == (to >= 0)) & (to != seat)
    a_line = (rung >= LOWEST_LINE) & (rung <= HIGHEST_LINE)
    return says & named & (a_line if at_a_rung else rung == 0)


@compiled
def _legal_whisper(block: Block, look: Look, seat: int, g: int) -> Truth:
    whisper, to = block.codes[WHISPER + seat, g], block.codes[WHISPER_TO + seat, g]
    channel = block.floats[CHANNEL + 4 * seat + max(to, 0), g]
    linked = (look.links[seat, to + 1, whisper] > 0) & (to != seat)
    return linked & ((to < 0) | (channel > 0))
