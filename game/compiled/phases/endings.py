"""Phase 9: how near the brink the turn went, and whether the game is over."""

import numpy as np

from game.rules.endings import Ending
from game.rules.luck import Draw
from game.rules.seats import Rung

from ..block import ONE, ZERO, Block, F, Now, Truth, draw
from ..jit import compiled
from ..layout import (
    BRINK,
    DEBT,
    DEED,
    FIRE_RUNG,
    HIGHEST_RUNG,
    IRAQ_AUTHORITY,
    IRAQ_MOMENTUM,
    IRAQ_ORDER_DAYS,
    MIL_TRUCE,
    QUIET_DAYS,
    RUNG,
    RUNG_OF_STATE,
    US_TROOPS,
    WORD,
)
from ..tables import Look

_CALENDAR, _WAR, _EXPULSION, _WITHDRAWAL, _COLLAPSE, _RESTRAINT = (
    np.int8(ending)
    for ending in (
        Ending.CALENDAR,
        Ending.GENERAL_WAR,
        Ending.EXPULSION,
        Ending.WITHDRAWAL,
        Ending.COLLAPSE,
        Ending.RESTRAINT,
    )
)
_STATES, _LEADERS = F(Rung.STATES_STRIKE), F(Rung.LEADERS_STRUCK)
_MASSACRE, _GENERAL_WAR = F(Rung.MASS_CASUALTIES), F(Rung.GENERAL_WAR)
_WAR_DRAW = int(Draw.WAR)


@compiled
def endings(block: Block, games: int, look: Look, now: Now) -> None:
    """Sets the turn's rung, moves the brink, and ends games that are over."""
    for g in range(games):
        rung = _climb(block, look, g)
        slips = _brink(block, now, rung, g)
        if slips:
            rung = _GENERAL_WAR
        block.floats[RUNG, g] = rung
        block.floats[RUNG_OF_STATE, g] = rung
        block.floats[HIGHEST_RUNG, g] = max(block.floats[HIGHEST_RUNG, g], rung)
        ending = _end(block, now, g)
        block.ending[g] = _WAR if slips else ending


@compiled
def _climb(block: Block, look: Look, g: int) -> np.float32:
    rung = ZERO
    for k in range(4):
        rung = max(rung, block.floats[FIRE_RUNG + k, g])
        rung = max(rung, look.rung[k, block.codes[DEED + k, g]])
        if block.codes[WORD + k, g] > 0:
            rung = max(rung, ONE)
    return rung


@compiled
def _brink(block: Block, now: Now, rung: np.float32, g: int) -> Truth:
    """Moves the brink; whether an exchange between states slips into war."""
    p, step = now.p.endings, 0.0
    if rung >= _LEADERS:
        step += p.brink_by_leaders
    if rung >= _STATES:
        step += p.brink_by_exchange - p.brink_by_leaders
    if rung >= _MASSACRE:
        step += p.brink_by_massacre - p.brink_by_exchange
    brink = block.floats[BRINK, g] * F(now.decays.brink)
    # A double in between, as numpy makes it of a truth value.
    brink = F(np.float64(brink) + step * np.float64(ONE - brink))
    block.floats[BRINK, g] = brink
    return rung >= _STATES and draw(block, now, _WAR_DRAW, g) < F(p.war_odds) * brink


@compiled
def _end(block: Block, now: Now, g: int) -> np.int8:
    """The first ending that applies, war aside; gravest first."""
    floats, p = block.floats, now.p.endings
    due = floats[IRAQ_ORDER_DAYS, g] > 0 and floats[IRAQ_ORDER_DAYS, g] <= 1
    expelled = due and floats[IRAQ_MOMENTUM, g] >= F(p.expulsion_momentum)
    if due and not expelled:
        floats[IRAQ_ORDER_DAYS, g] = ZERO
    if floats[IRAQ_AUTHORITY, g] <= F(p.collapse_authority):
        return _COLLAPSE
    if expelled:
        return _EXPULSION
    if floats[US_TROOPS, g] <= F(p.withdrawal_troops):
        return _WITHDRAWAL
    if floats[QUIET_DAYS, g] >= F(p.settled_days) and floats[MIL_TRUCE, g] > 0:
        debts = 0
        for pair in range(16):
            debts += floats[DEBT + pair, g] > 0
        if debts == 0:
            return _RESTRAINT
    return _CALENDAR if now.last else np.int8(0)
