"""Phase 4, second half: rockets, missiles, strikes and arrests."""

import numpy as np

from game.rules.luck import Draw
from game.rules.outcome import Source
from game.rules.seats import Seat
from game.rules.tables import SITE_STEPS

from ..block import HALF, ONE, ZERO, Block, F, Now, draw
from ..jit import compiled
from ..layout import (
    DEED,
    DEED_SITE,
    DETAINED,
    DONE,
    FIRE_SITE,
    IRAQ_AUTHORITY,
    IRAQ_DETAINED,
    IRAQ_FORCES,
    IRAQ_LEAN,
    LEAKED,
    MIL_FIGHTERS,
    SITE,
    TIP_OFF_KNOWN,
    US_EXPOSURE,
    WARNED,
    WHISPER,
    WHISPER_TO,
)
from ..tables import NOTICE, SPLINTER_ROW, THIRD_PARTY_ROW, TIP_OFF, Look
from .chance import splinter_fires, third_party_fires
from .fire import count_the_dead, salvo
from .strikes import strike

_US, _IRAN, _MILITIA, _IRAQ = (int(seat) for seat in Seat)
_BY_MILITIA, _BY_SPLINTER, _BY_THIRD_PARTY, _BY_IRAN = (int(source) for source in Source)
_NOTICE_PASSED, _NOTICE_LEAKED = int(Draw.NOTICE_PASSED), int(Draw.NOTICE_LEAKED)
_TIP_OFF, _TIP_OFF_LEAKED = int(Draw.TIP_OFF), int(Draw.TIP_OFF_LEAKED)
_DEED_SITE, _ARRESTS = int(Draw.DEED_SITE), int(Draw.ARRESTS)
_SPLINTER_SITE, _THIRD_PARTY_SITE = int(Draw.SPLINTER_SITE), int(Draw.THIRD_PARTY_SITE)
_STEPS = F(SITE_STEPS)


@compiled
def force(block: Block, games: int, look: Look, now: Now) -> None:
    """All fire and strikes of the turn, at the same time."""
    for g in range(games):
        _warnings(block, look, now, g)
        _places(block, look, now, g)
        _fire(block, look, now, g)
        deed = block.codes[DONE + _US, g]
        if look.strikes[deed] > 0:
            strike(block, look, now, deed, g)
        _arrests(block, look, now, g)


@compiled
def whispered(block: Block, sender: int, whisper: int, receiver: int, g: int) -> bool:
    """`Turn.whispered` of one game."""
    said = block.codes[WHISPER + sender, g] == whisper
    return said and block.codes[WHISPER_TO + sender, g] == receiver


@compiled
def _warnings(block: Block, look: Look, now: Now, g: int) -> None:
    floats, flags, p = block.floats, block.flags, now.p.force
    notice = look.named[NOTICE]
    if whispered(block, _IRAN, notice, _US, g):
        flags[WARNED + _BY_IRAN, g] = True
    elif whispered(block, _IRAN, notice, _IRAQ, g):
        flags[WARNED + _BY_IRAN, g] = draw(block, now, _NOTICE_PASSED, g) < F(p.pass_on_odds)
    if whispered(block, _IRAQ, look.named[TIP_OFF], _US, g):
        in_time = draw(block, now, _TIP_OFF, g) < F(p.tip_off_odds) * floats[IRAQ_FORCES, g]
        flags[WARNED + _BY_MILITIA, g] = in_time
        flags[WARNED + _BY_SPLINTER, g] = in_time
        leaks = draw(block, now, _TIP_OFF_LEAKED, g) < F(p.tip_off_leak) * floats[IRAQ_LEAN, g]
        fires = look.fire_row[_MILITIA, block.codes[DONE + _MILITIA, g]] > 0
        flags[TIP_OFF_KNOWN, g] = leaks and fires
    strikes = look.strikes[block.codes[DONE + _US, g]] > 0
    if strikes and whispered(block, _US, notice, _IRAQ, g):
        odds = F(p.leak_odds) + F(p.leak_by_lean) * floats[IRAQ_LEAN, g]
        flags[LEAKED, g] = draw(block, now, _NOTICE_LEAKED, g) < odds


@compiled
def _places(block: Block, look: Look, now: Now, g: int) -> None:
    codes = block.codes
    for seat in range(4):
        row = look.deed_row[seat, codes[DEED + seat, g]]
        if row < 0:
            continue
        ordered = codes[SITE + seat, g]
        if ordered >= 0:
            codes[DEED_SITE + seat, g] = ordered
            continue
        if row == 0:
            row = _bases_held(block, look, g)
        codes[DEED_SITE + seat, g] = _site(look, row, draw(block, now, _DEED_SITE + seat, g))


@compiled
def _bases_held(block: Block, look: Look, g: int) -> int:
    exposure = max(block.floats[US_EXPOSURE, g], ZERO)
    return look.site_level[int(np.ceil(exposure * F(100)))]


@compiled
def _site(look: Look, row: int, luck: np.float32) -> int:
    return look.site_draw[row * SITE_STEPS + int(luck * _STEPS)]


@compiled
def _fire(block: Block, look: Look, now: Now, g: int) -> None:
    """Every salvo of the turn, in the order of the sources; rockets are taken from one stock."""
    codes = block.codes
    row = look.fire_row[_MILITIA, codes[DONE + _MILITIA, g]]
    # Cells decide before the militia's own salvo empties the stock.
    splinter = splinter_fires(block, now, g)
    if row > 0:
        codes[FIRE_SITE + _BY_MILITIA, g] = codes[DEED_SITE + _MILITIA, g]
        salvo(block, look, now, _BY_MILITIA, row, g)
    if splinter:
        luck = draw(block, now, _SPLINTER_SITE, g)
        codes[FIRE_SITE + _BY_SPLINTER, g] = _site(look, _bases_held(block, look, g), luck)
        salvo(block, look, now, _BY_SPLINTER, look.named[SPLINTER_ROW], g)
    if third_party_fires(block, now, g):
        luck = draw(block, now, _THIRD_PARTY_SITE, g)
        codes[FIRE_SITE + _BY_THIRD_PARTY, g] = _site(look, _bases_held(block, look, g), luck)
        salvo(block, look, now, _BY_THIRD_PARTY, look.named[THIRD_PARTY_ROW], g)
    row = look.fire_row[_IRAN, codes[DONE + _IRAN, g]]
    if row > 0:
        codes[FIRE_SITE + _BY_IRAN, g] = codes[DEED_SITE + _IRAN, g]
        salvo(block, look, now, _BY_IRAN, row, g)
    count_the_dead(block, now, g)


@compiled
def _arrests(block: Block, look: Look, now: Now, g: int) -> None:
    floats = block.floats
    wanted = look.detains[block.codes[DONE + _IRAQ, g]]
    if not wanted > 0:
        return
    reach = floats[IRAQ_AUTHORITY, g] + floats[IRAQ_FORCES, g]
    reach *= ONE - F(now.p.force.arrests_by_lean) * floats[IRAQ_LEAN, g]
    luck = draw(block, now, _ARRESTS, g) + HALF
    caught = np.floor(wanted * reach * luck)
    detained = min(caught, np.floor(floats[MIL_FIGHTERS, g]))
    floats[DETAINED, g] = detained
    floats[IRAQ_DETAINED, g] += detained
    floats[MIL_FIGHTERS, g] -= detained
