"""Phase 7: credibility, debts and anger."""

import numpy as np

from game.rules.outcome import Source
from game.rules.seats import Cause, Seat

from ..block import ONE, ZERO, Block, F, Now, held
from ..jit import compiled
from ..layout import (
    ANGER,
    ANSWERED,
    BLOW,
    BROKEN,
    CROSSED,
    DEBT,
    DEBT_DAYS,
    DETAINED,
    DONE,
    FIRE_COALITION_KILLED,
    FIRE_IRAQI_KILLED,
    FIRE_ROUNDS,
    FIRE_RUNG,
    FIRE_SITE,
    FIRE_US_KILLED,
    FIRE_US_WOUNDED,
    HARM,
    KEPT,
    LAPSED,
    LINE,
    PRIVATE_STAKE,
    STAKE,
    STRIKE_CIVILIANS_KILLED,
    STRIKE_IRAQI_KILLED,
    STRIKE_LEADERS,
    STRIKE_MILITIA_KILLED,
    SUSPICION,
    TIP_OFF_KNOWN,
    US_SUPPORT,
    US_WOUNDED_REPORTED,
)
from ..tables import NOTICE, Look
from .fire import summed
from .force import whispered

_US, _IRAN, _MILITIA, _IRAQ = (int(seat) for seat in Seat)
_TEHRAN, _MILITIAS, _SPLINTER = int(Cause.TEHRAN), int(Cause.MILITIA), int(Cause.SPLINTER)
_BY_IRAN = int(Source.IRAN)


@compiled
def minds(block: Block, games: int, look: Look, now: Now) -> None:
    """Settles harm, blows, debts, records and anger, in that order."""
    _signed_deeds(block, games, look, now)
    for g in range(games):
        _unsigned_fire(block, look, now, g)
        _casualties_of_strikes(block, now, g)
    _fade_records(block, games, now)
    for pair in range(16):
        _settle_debts(block, games, look, now, pair)
    _feel(block, games, now)


@compiled
def _signed_deeds(block: Block, games: int, look: Look, now: Now) -> None:
    floats, blows, harms = block.floats, look.against, look.harm
    for k in range(blows.actor.size):
        deed, rungs = block.codes[DONE + blows.actor[k]], blows.amount[k]
        blow = floats[BLOW + 4 * blows.actor[k] + blows.victim[k]]
        for g in range(games):
            blow[g] = rungs[np.uintp(deed[g])]
    for k in range(harms.actor.size):
        actor, victim = harms.actor[k], harms.victim[k]
        deed, amounts = block.codes[DONE + actor], harms.amount[k]
        harm = floats[HARM + 4 * victim + actor]
        if victim == _IRAQ and (actor in (_US, _IRAN)):
            for g in range(games):
                harm[g] += _softened(block, look, now, actor, amounts[np.uintp(deed[g])], g)
        else:
            for g in range(games):
                harm[g] += amounts[np.uintp(deed[g])]


@compiled
def _softened(
    block: Block, look: Look, now: Now, actor: int, harm: np.float32, g: int
) -> np.float32:
    """Harm to Baghdad, less where it was told beforehand."""
    if whispered(block, actor, look.named[NOTICE], _IRAQ, g):
        return F(np.float64(harm) * (1 - now.p.politics.notice_softens))
    return harm


@compiled
def _blamed(block: Block, now: Now, seat: int, harm: np.float32, g: int) -> None:
    """Lays harm by unsigned fire at Tehran's and at the militia's door, as the seat suspects."""
    floats, p = block.floats, now.p.minds
    by_tehran = floats[SUSPICION + 4 * seat + _TEHRAN, g]
    by_militia = floats[SUSPICION + 4 * seat + _MILITIAS, g]
    by_splinter = floats[SUSPICION + 4 * seat + _SPLINTER, g]
    tehran = by_tehran + F(p.sponsor_blame) * by_militia
    militia = by_tehran * F(p.agent_blame) + by_militia + F(p.splinter_blame) * by_splinter
    floats[HARM + 4 * seat + _IRAN, g] += harm * tehran
    floats[HARM + 4 * seat + _MILITIA, g] += harm * militia


@compiled
def _unsigned_fire(block: Block, look: Look, now: Now, g: int) -> None:
    floats, p = block.floats, now.p.minds
    if summed(block, FIRE_ROUNDS, g) <= 0:
        return
    signed = look.signed[_IRAN, block.codes[DONE + _IRAN, g]]
    harm, rung = ZERO, ZERO
    by_iran, openly = ZERO, ZERO
    for source in range(4):
        hurt, height = _harm_of_fire(block, look, now, source, g), floats[FIRE_RUNG + source, g]
        if source == _BY_IRAN:
            by_iran, openly = hurt * signed, height * signed
            hurt -= by_iran
            height -= openly
        harm += hurt
        rung = max(rung, height)
    by_missiles = floats[FIRE_IRAQI_KILLED + _BY_IRAN, g] * signed
    per_iraqi = F(p.harm_per_iraqi)
    floats[HARM + 4 * _IRAQ + _IRAN, g] += by_missiles * per_iraqi
    iraqis = (summed(block, FIRE_IRAQI_KILLED, g) - by_missiles) * per_iraqi
    _blamed(block, now, _US, harm, g)
    _blamed(block, now, _IRAQ, iraqis, g)
    floats[HARM + 4 * _US + _IRAN, g] += by_iran
    by_militia, tehrans = BLOW + 4 * _MILITIA + _US, BLOW + 4 * _IRAN + _US
    floats[by_militia, g] = max(floats[by_militia, g], rung)
    if rung >= F(p.sponsor_rung):
        openly = max(openly, rung)
    floats[tehrans, g] = max(floats[tehrans, g], openly)


@compiled
def _harm_of_fire(block: Block, look: Look, now: Now, source: int, g: int) -> np.float32:
    """What one source's fire does to Washington."""
    floats, p = block.floats, now.p.minds
    if floats[FIRE_ROUNDS + source, g] <= 0:
        return ZERO
    total = max(summed(block, FIRE_US_WOUNDED, g), ONE)
    reported = floats[FIRE_US_WOUNDED + source, g] * (floats[US_WOUNDED_REPORTED, g] / total)
    harm = look.site_honour[block.codes[FIRE_SITE + source, g]]
    harm += F(p.harm_attack)
    harm += F(p.harm_per_dead) * floats[FIRE_US_KILLED + source, g]
    harm += F(p.harm_per_partner) * floats[FIRE_COALITION_KILLED + source, g]
    harm += F(p.harm_per_wounded) * reported
    return harm


@compiled
def _casualties_of_strikes(block: Block, now: Now, g: int) -> None:
    floats, p = block.floats, now.p.minds
    militia = F(p.harm_per_militiaman) * floats[STRIKE_MILITIA_KILLED, g]
    militia += F(p.harm_leaders) * floats[STRIKE_LEADERS, g]
    iraqis = floats[STRIKE_IRAQI_KILLED, g] + floats[STRIKE_CIVILIANS_KILLED, g]
    floats[HARM + 4 * _MILITIA + _US, g] += militia
    floats[HARM + 4 * _IRAN + _US, g] += F(p.harm_patron_share) * militia
    floats[HARM + 4 * _IRAQ + _US, g] += F(p.harm_per_iraqi) * iraqis
    by_baghdad = HARM + 4 * _MILITIA + _IRAQ
    floats[by_baghdad, g] += F(p.harm_per_detained) * floats[DETAINED, g]
    if block.flags[TIP_OFF_KNOWN, g]:
        floats[by_baghdad, g] = F(np.float64(floats[by_baghdad, g]) + p.harm_of_tip_off)


@compiled
def _fade_records(block: Block, games: int, now: Now) -> None:
    kept, gained = F(now.decays.record), F(1 - now.decays.record)
    for pair in range(16):
        lines_kept, lines_broken = block.floats[KEPT + pair], block.floats[BROKEN + pair]
        for g in range(games):
            lines_kept[g] = lines_kept[g] * kept + gained
            lines_broken[g] = lines_broken[g] * kept + gained


@compiled
def _settle_debts(block: Block, games: int, look: Look, now: Now, pair: int) -> None:
    """Answers first, then the window, then new crossings; of one debtor and one offender."""
    floats, flags, p = block.floats, block.flags, now.p.minds
    mirrored = 4 * (pair % 4) + pair // 4
    for g in range(games):
        debt, received = floats[DEBT + pair, g], floats[BLOW + mirrored, g]
        crossed = received > 0 and received >= floats[LINE + pair, g]
        if not (debt > 0 or crossed):
            continue
        given = floats[BLOW + pair, g]
        days = floats[DEBT_DAYS + pair, g] - F(now.days)
        answered = debt > 0 and given > 0 and given >= debt - F(p.answer_slack)
        lapsed = debt > 0 and not answered and days <= 0
        flags[CROSSED + pair, g] = crossed
        flags[ANSWERED + pair, g] = answered
        flags[LAPSED + pair, g] = lapsed
        if answered:
            _remember(block, look, now, KEPT, pair, g)
        if lapsed:
            _remember(block, look, now, BROKEN, pair, g)
            if pair < 4:
                floats[US_SUPPORT, g] -= floats[STAKE + pair, g] * F(p.lapse_support)
        if answered or lapsed:
            debt = ZERO
        # A further crossing raises a debt that is open, but buys no more time to answer it.
        newly = crossed and debt == 0
        if crossed:
            debt = max(debt, received)
        floats[DEBT + pair, g] = debt
        left = max(days, ZERO) if debt > 0 else ZERO
        floats[DEBT_DAYS + pair, g] = F(p.answer_window) if newly else left


@compiled
def _remember(block: Block, look: Look, now: Now, record: int, pair: int, g: int) -> None:
    """Adds to what every witness remembers of the debtor."""
    floats = block.floats
    public = floats[STAKE + pair, g]
    private = floats[PRIVATE_STAKE + pair, g] * (ONE - public)
    debtor, offender = pair // 4, pair % 4
    for witness in range(4):
        bound = F(now.p.minds.record_unstaked) + public
        if witness == offender:
            bound += private
        weight = F(now.p.minds.record_weight) * bound
        share = F(np.float64(weight) * look.closeness[witness, pair])
        floats[record + 4 * witness + debtor, g] += share


@compiled
def _feel(block: Block, games: int, now: Now) -> None:
    gain, kept = F(now.p.minds.anger_gain), F(now.decays.anger)
    for pair in range(16):
        harm, anger = block.floats[HARM + pair], block.floats[ANGER + pair]
        if pair // 4 != pair % 4:
            for g in range(games):
                rise = min(harm[g] * gain, ONE)
                # It adds less to an anger that is great already; what soothes counts in full.
                anger[g] += rise * (ONE - anger[g]) if rise > 0 else rise
        for g in range(games):
            anger[g] = held(anger[g] * kept, ZERO, ONE)
