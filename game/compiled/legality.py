"""Whether orders may stand: `rules.legal.refusals`, as far as yes or no."""

from game.rules.legal import HIGHEST_LINE, LOWEST_LINE

from .block import Block
from .jit import compiled
from .layout import (
    CHANNEL,
    DEED,
    SITE,
    US_EXPOSURE,
    WHISPER,
    WHISPER_TO,
    WORD,
    WORD_RUNG,
    WORD_TO,
)
from .tables import Look, Needs


@compiled
def all_legal(block: Block, games: int, look: Look) -> bool:
    """Whether every order of every game of the block is legal."""
    for seat in range(4):
        for g in range(games):
            if not (
                _legal_deed(block, look, seat, g)
                and _legal_word(block, look, seat, g)
                and _legal_whisper(block, look, seat, g)
            ):
                return False
    return True


@compiled
def _met(block: Block, needs: Needs, seat: int, code: int, g: int) -> bool:
    for k in range(needs.start[seat, code], needs.start[seat, code + 1]):
        value = block.floats[needs.row[k], g]
        if not (needs.low[k] <= value <= needs.high[k]):
            return False
    return True


@compiled
def _legal_deed(block: Block, look: Look, seat: int, g: int) -> bool:
    deed, site = block.codes[DEED + seat, g], block.codes[SITE + seat, g]
    if not (0 <= deed < look.deeds[seat] and _met(block, look.deed_needs, seat, deed, g)):
        return False
    if site == -1:
        return True
    known = 0 <= site < look.site_host.size
    return (
        known
        and look.site_held[site] < block.floats[US_EXPOSURE, g]
        and look.site_host[site] == look.deed_at[seat, deed]
    )


@compiled
def _legal_word(block: Block, look: Look, seat: int, g: int) -> bool:
    codes = block.codes
    word, to, rung = codes[WORD + seat, g], codes[WORD_TO + seat, g], codes[WORD_RUNG + seat, g]
    if not (0 <= word < look.speaks.shape[1] and look.speaks[seat, word]):
        return False
    if not _met(block, look.word_needs, seat, word, g):
        return False
    to_rival = 0 <= to < 4 and to != seat
    if not (to_rival if look.word_to_seat[word] else to == -1):
        return False
    a_line = LOWEST_LINE <= rung <= HIGHEST_LINE
    return a_line if look.word_to_rung[word] else rung == 0


@compiled
def _legal_whisper(block: Block, look: Look, seat: int, g: int) -> bool:
    whisper, to = block.codes[WHISPER + seat, g], block.codes[WHISPER_TO + seat, g]
    if whisper == 0:
        return to == -1
    if not (0 <= whisper < look.guides.size and 0 <= to < 4 and to != seat):
        return False
    channel = block.floats[CHANNEL + 4 * seat + to, g]
    return look.links[seat, to, whisper] and channel > 0
