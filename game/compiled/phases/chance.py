"""Phase 3: what nobody ordered."""

import numpy as np

from game.rules.luck import Draw
from game.rules.seats import Seat

from ..block import ONE, Block, F, Now, Truth, credible, draw
from ..jit import compiled
from ..layout import (
    ANGER,
    BROKEN,
    DISCREDITED,
    IRAN_GRIP,
    IRAQ_AUTHORITY,
    IRAQ_CHAIN,
    IRAQ_FORCES,
    IRAQ_UNREST,
    KEPT,
    MIL_LEADERS,
    MIL_ROCKETS,
    MIL_TRUCE,
    PROTEST,
    REVISED,
    STOOD,
    US_CASE,
    US_CLAIM,
    US_COALITION,
    US_EVIDENCE,
    US_SUPPORT,
    US_WOUNDED,
    US_WOUNDED_UNREPORTED,
)
from ..tables import DOUBT, Look

AT_WASHINGTON = 4 * int(Seat.MILITIA) + int(Seat.US)
"""The militia's pair with Washington."""
_PROTEST, _DISCREDIT = int(Draw.PROTEST), int(Draw.DISCREDIT)
_SPLINTER, _THIRD_PARTY = int(Draw.SPLINTER), int(Draw.THIRD_PARTY)


@compiled
def chance(block: Block, games: int, look: Look, now: Now) -> None:
    """Anniversaries, protests, discredited justifications, and reports that catch up."""
    _anniversary_and_protest(block, games, now)
    _discredit(block, games, look, now)
    _reports(block, games, now)


@compiled
def splinter_fires(block: Block, now: Now, g: int) -> Truth:
    """Whether cells fire on their own."""
    floats, p = block.floats, now.p.chance
    if floats[MIL_ROCKETS, g] < 1:
        return False
    leaders = floats[MIL_LEADERS, g]
    open_ = (
        (ONE - F(p.splinter_restrained_by_grip) * floats[IRAN_GRIP, g])
        * (ONE - F(p.splinter_restrained_by_leaders) * leaders)
        * (ONE - F(p.splinter_restrained_by_chain) * floats[IRAQ_CHAIN, g])
        * (ONE - F(p.splinter_restrained_by_fear) * american_credibility(block, g))
        * (ONE + F(p.splinter_stirred_by_anger) * floats[ANGER + AT_WASHINGTON, g])
        * (ONE + F(p.splinter_after_leaderless) * (ONE - leaders))
    )
    # The last factor is a double, as numpy makes it of a truth value.
    in_truce = 1.0 if floats[MIL_TRUCE, g] > 0 else 0.0
    hazard = np.float64(open_) * (1.0 - p.splinter_restrained_by_truce * in_truce)
    hazard *= p.splinter_hazard * now.weeks
    return np.float64(draw(block, now, _SPLINTER, g)) * (1.0 + hazard) < hazard


@compiled
def american_credibility(block: Block, g: int) -> np.float32:
    """The militia's belief that Washington answers when its line is crossed."""
    floats = block.floats
    return credible(floats[KEPT + AT_WASHINGTON, g], floats[BROKEN + AT_WASHINGTON, g])


@compiled
def third_party_fires(block: Block, now: Now, g: int) -> Truth:
    """Whether ISIS and others use the room that a distracted state leaves them."""
    p = now.p.chance
    hazard = ONE + F(p.third_party_room) * (ONE - block.floats[IRAQ_FORCES, g])
    hazard *= F(p.third_party_hazard * now.weeks)
    return _happens(draw(block, now, _THIRD_PARTY, g), hazard)


@compiled
def _happens(luck: np.float32, hazard: np.float32) -> Truth:
    return luck * (ONE + hazard) < hazard


@compiled
def _anniversary_and_protest(block: Block, games: int, now: Now) -> None:
    floats, p = block.floats, now.p.chance
    for g in range(games):
        if now.charge != 0:
            anger = floats[ANGER + AT_WASHINGTON, g]
            floats[ANGER + AT_WASHINGTON, g] += F(p.anniversary_anger * now.charge) * (ONE - anger)
        hazard = F(p.protest_hazard * now.weeks) * (
            F(p.protest_ceiling) - floats[IRAQ_AUTHORITY, g]
        )
        if _happens(draw(block, now, _PROTEST, g), hazard):
            block.flags[PROTEST, g] = True
            floats[IRAQ_UNREST, g] = F(np.float64(floats[IRAQ_UNREST, g]) + p.protest_size)


@compiled
def _discredit(block: Block, games: int, look: Look, now: Now) -> None:
    floats, p = block.floats, now.p.chance
    for g in range(games):
        claim = floats[US_CLAIM, g]
        if not (floats[STOOD, g] > 0 and floats[STOOD, g] == claim):
            continue
        hazard = look.word[DOUBT, int(claim)] * (ONE - floats[US_EVIDENCE, g])
        if _happens(draw(block, now, _DISCREDIT, g), hazard * F(now.weeks)):
            block.flags[DISCREDITED, g] = True
            floats[US_CASE, g] *= F(1 - p.discredit_case)
            floats[US_SUPPORT, g] -= F(p.discredit_support)
            floats[US_COALITION, g] -= F(p.discredit_coalition)
            floats[US_CLAIM, g] = F(0)


@compiled
def _reports(block: Block, games: int, now: Now) -> None:
    floats = block.floats
    for g in range(games):
        revealed = np.ceil(floats[US_WOUNDED_UNREPORTED, g] * F(1 - now.decays.report))
        floats[US_WOUNDED_UNREPORTED, g] -= revealed
        floats[US_WOUNDED, g] += revealed
        floats[REVISED, g] = revealed
