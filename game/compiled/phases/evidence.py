"""Phase 5: who did it."""

import numpy as np

from game.rules.luck import Draw
from game.rules.outcome import Source
from game.rules.seats import Cause, Seat
from game.rules.state import COLUMNS, ESTIMATED

from ..block import ONE, ZERO, Block, F, Now, draw, held
from ..jit import compiled
from ..layout import (
    ATTACKS,
    DONE,
    ESTIMATES,
    FINDING,
    FIRE_ATTACKS,
    FIRE_COALITION_KILLED,
    FIRE_HITS,
    FIRE_IRAQI_KILLED,
    FIRE_ROUNDS,
    FIRE_US_KILLED,
    IRAQ_LEAN,
    MIL_FACADE,
    MIL_GUIDANCE,
    QUIET_DAYS,
    SIGNAL,
    STATE,
    SUSPICION,
    US_CASE,
    WORD,
)
from ..luck import mix
from ..tables import Look

_US, _IRAN, _MILITIA, _IRAQ = (int(seat) for seat in Seat)
_TEHRAN, _BY_MILITIA_CAUSE, _SPLINTER, _THIRD_PARTY = (int(cause) for cause in Cause)
_FIRED_MILITIA, _FIRED_SPLINTER, _FIRED_THIRD_PARTY, _FIRED_IRAN = (int(s) for s in Source)
_SIGNAL, _MISREAD, _INVESTIGATION = int(Draw.SIGNAL), int(Draw.MISREAD), int(Draw.INVESTIGATION)
_TRUTH = np.array([STATE[column] for column in ESTIMATED], np.intp)
_MOST = np.array([COLUMNS[column].high for column in ESTIMATED], np.float32)
_KINDS = len(ESTIMATED)
_LOW_16_BITS = np.uint64(0xFFFF)
_TO_UNIT = F(2.0**-16)
_LEAST = F(1e-6)


@compiled
def evidence(block: Block, games: int, look: Look, now: Now) -> None:
    """Reads the evidence of the turn's worst unsigned attack, hears the words, updates beliefs."""
    for g in range(games):
        source = _find_culprit(block, look, g)
        if source >= 0:
            _read_evidence(block, now, source, g)
        if unsigned_attacks(block, look, g) > 0 or block.floats[QUIET_DAYS, g] <= 0:
            for speaker in range(4):
                _hear_words(block, look, speaker, g)
        _investigate(block, look, now, g)
    for seat in range(4):
        _watch(block, games, now, seat, 0, 4)
        _watch(block, games, now, seat, 4, _KINDS)


@compiled
def unsigned_attacks(block: Block, look: Look, g: int) -> np.float32:
    """`Turn.unsigned_attacks` of one game."""
    floats = block.floats
    signed = look.signed[_IRAN, block.codes[DONE + _IRAN, g]]
    return floats[ATTACKS, g] - floats[FIRE_ATTACKS + _FIRED_IRAN, g] * signed


@compiled
def _find_culprit(block: Block, look: Look, g: int) -> int:
    """Sets the hidden cause of the worst unsigned attack; returns its source, -1 for none."""
    floats, worst, source = block.floats, ZERO, -1
    for by in range(4):
        if floats[FIRE_ROUNDS + by, g] <= 0:
            continue
        gravity = floats[FIRE_US_KILLED + by, g] + floats[FIRE_COALITION_KILLED + by, g]
        gravity = (gravity + floats[FIRE_IRAQI_KILLED + by, g]) * F(100)
        gravity += floats[FIRE_HITS + by, g]
        gravity += ONE
        if by == _FIRED_IRAN:
            gravity *= ONE - look.signed[_IRAN, block.codes[DONE + _IRAN, g]]
        if gravity > worst:
            worst, source = gravity, by
    if source == _FIRED_MILITIA:
        asked = floats[MIL_GUIDANCE, g] > 0
        block.culprit[g] = _TEHRAN if asked else _BY_MILITIA_CAUSE
    elif source == _FIRED_SPLINTER:
        block.culprit[g] = _SPLINTER
    elif source == _FIRED_THIRD_PARTY:
        block.culprit[g] = _THIRD_PARTY
    elif source == _FIRED_IRAN:
        block.culprit[g] = _TEHRAN
    return source


@compiled
def _acuity(block: Block, now: Now, seat: int, cause: int, g: int) -> np.float32:
    """Odds that a seat's evidence points to the true cause."""
    p = now.p.evidence
    if seat == _IRAN:
        return F(p.sees_iran)
    if seat == _MILITIA:
        return F(p.sees_militia)
    sees = F(p.sees_us) if seat == _US else F(p.sees_iraq)
    if cause == _THIRD_PARTY:
        return sees
    return sees * (ONE - F(p.facade_blurs) * block.floats[MIL_FACADE, g])


@compiled
def _prior(block: Block, now: Now, seat: int, cause: int, g: int) -> np.float32:
    """What a seat expects before it looks."""
    p = now.p.evidence
    if cause == _TEHRAN:
        lean = p.lean_us_to_tehran if seat == _US else 1.0
        return F(p.prior_tehran * lean)
    if cause == _BY_MILITIA_CAUSE:
        return F(p.prior_militia)
    prior = F(p.prior_splinter) if cause == _SPLINTER else F(p.prior_third_party)
    if seat == _IRAQ:
        prior *= ONE + F(p.lean_iraq_to_others) * block.floats[IRAQ_LEAN, g]
    return prior


@compiled
def _read_evidence(block: Block, now: Now, source: int, g: int) -> None:
    culprit, asked = int(block.culprit[g]), block.floats[MIL_GUIDANCE, g] > 0
    for seat in range(4):
        signal = culprit
        luck = draw(block, now, _SIGNAL + seat, g)
        if luck >= _acuity(block, now, seat, culprit, g):
            signal += 1 + int(draw(block, now, _MISREAD + seat, g) * F(3))
            signal &= 3
        belief = block.floats[SUSPICION + 4 * seat : SUSPICION + 4 * seat + 4]
        for cause in range(4):
            acuity = _acuity(block, now, seat, cause, g)
            seen = acuity if cause == signal else (ONE - acuity) / F(3)
            belief[cause, g] = seen * _prior(block, now, seat, cause, g)
        if seat == _IRAN and not asked:
            belief[_TEHRAN, g] = ZERO
        if seat == _MILITIA:
            belief[_BY_MILITIA_CAUSE, g] = ZERO
        if (seat == _IRAN and source == _FIRED_IRAN) or (
            seat == _MILITIA and source == _FIRED_MILITIA
        ):
            ordered = seat == _IRAN or asked
            for cause in range(4):
                belief[cause, g] = ZERO
            belief[_TEHRAN if ordered else _BY_MILITIA_CAUSE, g] = ONE
        _normalise(block, seat, g)
        told = belief[signal, g]
        # Evidence for what a seat knows to be untrue, or needs no evidence of, tells it nothing.
        block.codes[SIGNAL + seat, g] = -1 if told in (0, 1) else signal


@compiled
def _normalise(block: Block, seat: int, g: int) -> None:
    belief = block.floats[SUSPICION + 4 * seat : SUSPICION + 4 * seat + 4]
    total = belief[0, g] + belief[1, g] + belief[2, g] + belief[3, g]
    for cause in range(4):
        belief[cause, g] /= total


@compiled
def _hear_words(block: Block, look: Look, speaker: int, g: int) -> None:
    word = block.codes[WORD + speaker, g]
    if not look.tells[speaker, word]:
        return
    for seat in range(4):
        if seat != speaker:
            for cause in range(4):
                block.floats[SUSPICION + 4 * seat + cause, g] *= look.odds[speaker, cause, word]
            _normalise(block, seat, g)


@compiled
def _investigate(block: Block, look: Look, now: Now, g: int) -> None:
    floats, p = block.floats, now.p.evidence
    odds, culprit = look.investigates[block.codes[DONE + _IRAQ, g]], int(block.culprit[g])
    fresh = floats[ATTACKS, g] > 0 or floats[QUIET_DAYS, g] <= F(p.fresh_days)
    if not (odds > 0 and culprit >= 0 and fresh):
        return
    luck = draw(block, now, _INVESTIGATION, g)
    named = culprit
    if not luck < odds:
        # Beyond the odds of being right, the same draw, stretched, picks which wrong cause.
        wrong = int((luck - odds) / max(ONE - odds, _LEAST) * F(3)) % 3
        named = (culprit + 1 + wrong) % 4
    block.codes[FINDING, g] = named
    for seat in range(4):
        believes = p.finding_weight * (1.0 if seat == _IRAQ else p.finding_weight_abroad)
        floats[SUSPICION + 4 * seat + named, g] *= F(1.0 + believes)
        _normalise(block, seat, g)
    shift = -p.finding_case if named >= _SPLINTER else p.finding_case
    floats[US_CASE, g] = held(F(np.float64(floats[US_CASE, g]) + shift), ZERO, ONE)


@compiled
def _width(now: Now, seat: int) -> float:
    """How wide of the truth a seat's estimates are."""
    p = now.p.evidence
    if seat == _US:
        return p.estimate_width_us
    if seat == _IRAN:
        return p.estimate_width_iran
    return p.estimate_width_militia if seat == _MILITIA else p.estimate_width_iraq


@compiled
def _watch(block: Block, games: int, now: Now, seat: int, first: int, end: int) -> None:
    """A seat's estimates of up to four hidden columns follow the truth, late and blurred.

    One slot of luck holds sixteen bits for each of them; see `luck.estimate_draws`.
    """
    floats, width = block.floats, _width(now, seat)
    kept, weight = F(now.decays.estimate), 1 - now.decays.estimate
    most_off, surest = F(2 * width * weight), F((1 - width) * weight)
    slot = now.estimate_slots[2 * seat + first // 4]
    bits = block.bits
    for g in range(games):
        bits[g] = mix(block.key[g] + slot)
    for kind in range(first, end):
        truth, most, below = floats[_TRUTH[kind]], _MOST[kind], np.uint64(16 * (kind - first))
        estimates = floats[ESTIMATES + _KINDS * seat + kind]
        for g in range(games):
            error = F(np.int32((bits[g] >> below) & _LOW_16_BITS)) * _TO_UNIT
            error = (error * most_off + surest) * truth[g]
            estimates[g] = min(estimates[g] * kept + error, most)
