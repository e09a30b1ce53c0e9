"""Phase 8: supply, rebuilding, decay, and the drift back to normal."""

import numpy as np

from game.rules.seats import Seat

from ..block import ONE, ZERO, Block, F, Now, Truth, drifted
from ..jit import compiled
from ..layout import (
    ATTACKS,
    CAUGHT,
    IRAN_COMMANDER,
    IRAN_GRIP,
    IRAN_MISSILES,
    IRAN_NETWORK,
    IRAN_PRESSURE,
    IRAQ_GUARD,
    IRAQ_ORDER_DAYS,
    MIL_CONCEALMENT,
    MIL_FACADE,
    MIL_FAVOUR,
    MIL_FIGHTERS,
    MIL_GUIDANCE,
    MIL_LEADERS,
    MIL_ROCKETS,
    MIL_STANDING,
    MIL_TRUCE,
    PRIVATE_STAKE,
    QUIET_DAYS,
    STAKE,
    US_PROTECTION,
    WHISPER,
    WHISPER_TO,
)
from ..tables import Look
from .deeds import hold_to_ranges
from .evidence import unsigned_attacks

_IRAN, _MILITIA = int(Seat.IRAN), int(Seat.MILITIA)


@compiled
def upkeep(block: Block, games: int, look: Look, now: Now) -> None:
    """Lets the days of the turn pass, then holds every column to its range."""
    _arsenals_and_ranks(block, games, now)
    for g in range(games):
        unsigned = unsigned_attacks(block, look, g) > 0
        _favour(block, now, unsigned, g)
        _guidance(block, look, g)
        _clocks(block, now, unsigned, g)
    _network(block, games, now)
    _guards(block, games, now)
    hold_to_ranges(block, games, look)


@compiled
def _arsenals_and_ranks(block: Block, games: int, now: Now) -> None:
    floats, p, weeks = block.floats, now.p.upkeep, now.weeks
    supply, workshop = F(p.supply * weeks), F(p.workshop * weeks)
    missiles, recruits = F(p.missile_supply * weeks), F(p.recruits * weeks)
    rebuilt, slowed = F(p.leaders_rebuilt * weeks), F(p.missiles_by_pressure)
    for g in range(games):
        supplied = supply * floats[MIL_FAVOUR, g] * floats[IRAN_NETWORK, g]
        floats[MIL_ROCKETS, g] += supplied + workshop
        floats[IRAN_MISSILES, g] += missiles * (ONE - slowed * floats[IRAN_PRESSURE, g])
        floats[MIL_FIGHTERS, g] += recruits * floats[MIL_STANDING, g]
        floats[MIL_LEADERS, g] += rebuilt * (ONE - floats[MIL_LEADERS, g])


@compiled
def _favour(block: Block, now: Now, unsigned: Truth, g: int) -> None:
    p, guidance = now.p.agency, block.floats[MIL_GUIDANCE, g]
    favour, caught = block.floats[MIL_FAVOUR, g], block.flags[CAUGHT, g]
    if caught:
        favour = F(np.float64(favour) - p.favour_lost_when_caught)
    elif guidance < 0 or (guidance > 0 and unsigned):
        favour = F(np.float64(favour) + p.favour_for_obeying)
    block.floats[MIL_FAVOUR, g] = favour


@compiled
def _guidance(block: Block, look: Look, g: int) -> None:
    whisper = block.codes[WHISPER + _IRAN, g]
    if look.guides[whisper] and block.codes[WHISPER_TO + _IRAN, g] == _MILITIA:
        block.floats[MIL_GUIDANCE, g] = look.guidance[whisper]


@compiled
def _network(block: Block, games: int, now: Now) -> None:
    floats, p, kept = block.floats, now.p.upkeep, now.decays
    floor, rise = F(p.network_floor), F(p.network_ceiling - p.network_floor)
    for g in range(games):
        rest = floor + rise * floats[IRAN_COMMANDER, g]
        network = drifted(floats[IRAN_NETWORK, g], rest, F(kept.network))
        floats[IRAN_NETWORK, g] = network
        rest = F(p.grip_by_network) * network
        floats[IRAN_GRIP, g] = drifted(floats[IRAN_GRIP, g], rest, F(kept.grip))
        rest = F(p.favour_rest)
        floats[MIL_FAVOUR, g] = drifted(floats[MIL_FAVOUR, g], rest, F(kept.favour))


@compiled
def _guards(block: Block, games: int, now: Now) -> None:
    floats, p, kept = block.floats, now.p.upkeep, now.decays
    _drift(floats[MIL_CONCEALMENT], games, F(p.concealment_rest), F(kept.concealment))
    _drift(floats[US_PROTECTION], games, F(p.protection_rest), F(kept.protection))
    _drift(floats[IRAQ_GUARD], games, F(p.guard_rest), F(kept.guard))
    _drift(floats[IRAN_PRESSURE], games, F(p.pressure_rest), F(kept.pressure))
    _shrink(floats[MIL_FACADE], games, F(kept.facade))
    for pair in range(16):
        _shrink(floats[STAKE + pair], games, F(kept.stake))
        _shrink(floats[PRIVATE_STAKE + pair], games, F(kept.stake))


@compiled
def _drift(values: np.ndarray, games: int, rest: np.float32, kept: np.float32) -> None:
    for g in range(games):
        values[g] = drifted(values[g], rest, kept)


@compiled
def _shrink(values: np.ndarray, games: int, kept: np.float32) -> None:
    for g in range(games):
        values[g] *= kept


@compiled
def _clocks(block: Block, now: Now, unsigned: Truth, g: int) -> None:
    floats, days = block.floats, F(now.days)
    floats[QUIET_DAYS, g] = ZERO if floats[ATTACKS, g] > 0 else floats[QUIET_DAYS, g] + days
    truce = floats[MIL_TRUCE, g]
    floats[MIL_TRUCE, g] = truce + days if truce > 0 and not unsigned else ZERO
    order = floats[IRAQ_ORDER_DAYS, g]
    if order > 0:
        floats[IRAQ_ORDER_DAYS, g] = order - min(order - ONE, days)
