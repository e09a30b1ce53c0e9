"""Phase 6: home support, coalition, Baghdad's authority, parliament's momentum, the street."""

import numpy as np

from game.rules.luck import Draw
from game.rules.outcome import Source
from game.rules.seats import Seat

from ..block import HALF, ONE, Block, F, Now, draw, drifted
from ..jit import compiled
from ..layout import (
    DETAINED,
    DONE,
    FIRE_COALITION_KILLED,
    FIRE_IRAQI_KILLED,
    IRAN_COHESION,
    IRAN_PRESSURE,
    IRAQ_AUTHORITY,
    IRAQ_CARETAKER,
    IRAQ_DETAINED,
    IRAQ_LEAN,
    IRAQ_MOMENTUM,
    IRAQ_UNREST,
    MIL_FIGHTERS,
    MIL_STANDING,
    RELEASED,
    REVISED,
    SHOW_OF_FORCE,
    STRIKE_CIVILIANS_KILLED,
    STRIKE_IRAQI_KILLED,
    STRIKE_LEADERS,
    STRIKE_MILITIA_KILLED,
    US_CASE,
    US_COALITION,
    US_FORCE_DAYS,
    US_KILLED,
    US_SUPPORT,
    US_WOUNDED_REPORTED,
    WORD,
)
from ..tables import CREDIT, Look
from .evidence import unsigned_attacks
from .fire import summed

_US, _IRAN, _MILITIA, _IRAQ = (int(seat) for seat in Seat)
_BY_IRAN = int(Source.IRAN)
_SHOW_OF_FORCE = int(Draw.SHOW_OF_FORCE)


@compiled
def politics(block: Block, games: int, look: Look, now: Now) -> None:
    """Lets the turn's deeds work on the four publics."""
    for g in range(games):
        deed = block.codes[DONE + _US, g]
        _washington(block, look, now, deed, g)
        _baghdad(block, look, now, deed, g)
        if block.floats[IRAQ_DETAINED, g] > 0:
            _custody(block, now, g)
        _street(block, look, now, g)
        _tehran(block, now, g)


@compiled
def _washington(block: Block, look: Look, now: Now, deed: int, g: int) -> None:
    floats, p, kept = block.floats, now.p.politics, now.decays
    support, coalition = floats[US_SUPPORT, g], floats[US_COALITION, g]
    support -= F(p.support_per_dead) * floats[US_KILLED, g]
    wounded = floats[US_WOUNDED_REPORTED, g] + floats[REVISED, g]
    support -= F(p.support_per_wounded) * wounded
    coalition -= F(p.coalition_per_dead) * summed(block, FIRE_COALITION_KILLED, g)
    floats[US_FORCE_DAYS, g] += F(now.days)
    if look.signed[_US, deed] > 0 and look.force[_US, deed] > 0:
        floats[US_FORCE_DAYS, g] = F(0)
        swing = floats[US_CASE, g] - HALF
        support += swing * (F(p.support_rally) if swing > 0 else F(p.support_blunder))
        coalition -= F(p.coalition_by_force) * (HALF - swing)
    floats[US_CASE, g] = drifted(floats[US_CASE, g], F(p.case_rest), F(kept.case))
    floats[US_SUPPORT, g] = drifted(support, F(p.support_rest), F(kept.support))
    floats[US_COALITION, g] = drifted(coalition, F(p.coalition_rest), F(kept.coalition))


@compiled
def _baghdad(block: Block, look: Look, now: Now, deed: int, g: int) -> None:
    floats, p, kept = block.floats, now.p.politics, now.decays
    momentum, authority = floats[IRAQ_MOMENTUM, g], floats[IRAQ_AUTHORITY, g]
    if look.strikes[deed] > 0:
        dead = floats[STRIKE_IRAQI_KILLED, g] + floats[STRIKE_CIVILIANS_KILLED, g]
        push = F(p.breach_momentum) + F(p.dead_momentum) * dead
        momentum += push * (HALF + floats[IRAQ_LEAN, g]) * (ONE - momentum)
        authority -= F(p.breach_authority)
    floats[IRAQ_MOMENTUM, g] = drifted(momentum, F(p.momentum_rest), F(kept.momentum))
    unrest = floats[IRAQ_UNREST, g]
    rest = F(p.authority_rest) - F(p.authority_by_unrest) * unrest
    rest -= F(p.authority_by_caretaker) * floats[IRAQ_CARETAKER, g]
    floats[IRAQ_AUTHORITY, g] = drifted(authority, rest, F(kept.authority))
    floats[IRAQ_UNREST, g] = drifted(unrest, F(p.unrest_rest), F(kept.unrest))


@compiled
def _custody(block: Block, now: Now, g: int) -> None:
    floats, p = block.floats, now.p.politics
    weakness = F(p.custody_ceiling) - floats[IRAQ_AUTHORITY, g]
    odds = F(p.show_of_force_odds) * (HALF + floats[MIL_STANDING, g]) * weakness
    shown = floats[DETAINED, g] > 0 and draw(block, now, _SHOW_OF_FORCE, g) < odds
    # Doubles from here on, as numpy makes them of a truth value.
    show = 1.0 if shown else 0.0
    authority = np.float64(floats[IRAQ_AUTHORITY, g]) - p.show_of_force_authority * show
    detained = np.float64(floats[IRAQ_DETAINED, g])
    share = (1 - now.decays.release + p.release_by_show * show) * np.float64(weakness)
    released = min(np.ceil(detained * share), detained)
    block.flags[SHOW_OF_FORCE, g] = shown
    floats[IRAQ_AUTHORITY, g] = F(authority)
    floats[RELEASED, g] = F(released)
    floats[IRAQ_DETAINED, g] = F(detained - released)
    floats[MIL_FIGHTERS, g] = F(np.float64(floats[MIL_FIGHTERS, g]) + released)


@compiled
def _street(block: Block, look: Look, now: Now, g: int) -> None:
    floats, p = block.floats, now.p.politics
    standing = floats[MIL_STANDING, g]
    if unsigned_attacks(block, look, g) > 0:
        dead = floats[US_KILLED, g] + summed(block, FIRE_COALITION_KILLED, g)
        credit = look.word[CREDIT, block.codes[WORD + _MILITIA, g]]
        standing += F(p.standing_per_claim) * credit * min(ONE + dead, F(3))
    martyrs = (
        floats[STRIKE_MILITIA_KILLED, g] * F(p.martyr_per_militiaman) + floats[STRIKE_LEADERS, g]
    )
    standing += F(p.standing_by_martyrs) * martyrs
    signed = look.signed[_IRAN, block.codes[DONE + _IRAN, g]]
    by_missiles = floats[FIRE_IRAQI_KILLED + _BY_IRAN, g] * signed
    standing -= F(p.standing_by_iraqi_dead) * (summed(block, FIRE_IRAQI_KILLED, g) - by_missiles)
    floats[MIL_STANDING, g] = drifted(standing, F(p.standing_rest), F(now.decays.standing))


@compiled
def _tehran(block: Block, now: Now, g: int) -> None:
    floats, p = block.floats, now.p.politics
    bites = F(p.pressure_bites * now.weeks) * floats[IRAN_PRESSURE, g]
    cohesion = floats[IRAN_COHESION, g] - bites
    floats[IRAN_COHESION, g] = drifted(cohesion, F(p.cohesion_rest), F(now.decays.cohesion))
