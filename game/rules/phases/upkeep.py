"""Phase 8: supply, rebuilding, decay, and the drift back to normal."""

import numpy as np

from ..picking import where
from ..seats import Seat
from ..turn import Turn, drift


def upkeep(turn: Turn) -> None:
    """Lets the days of the turn pass, then holds every column to its range."""
    _arsenals(turn)
    _ranks(turn)
    _favour(turn)
    _guidance(turn)
    _network(turn)
    _guards(turn)
    _clocks(turn)
    turn.hold_to_ranges()


def _arsenals(turn: Turn) -> None:
    """Rockets come from Tehran as its favour and network allow, and from workshops."""
    state, p = turn.state, turn.p.upkeep
    supplied = p.supply * turn.weeks * state.mil_favour * state.iran_network
    state.mil_rockets += supplied + p.workshop * turn.weeks
    state.iran_missiles += (
        p.missile_supply * turn.weeks * (1 - p.missiles_by_pressure * state.iran_pressure)
    )


def _ranks(turn: Turn) -> None:
    state, p = turn.state, turn.p.upkeep
    state.mil_fighters += p.recruits * turn.weeks * state.mil_standing
    state.mil_leaders += p.leaders_rebuilt * turn.weeks * (1 - state.mil_leaders)


def _favour(turn: Turn) -> None:
    """Tehran rewards what looks like obedience: it knows of no other. Who was told to strike looks
    obedient when somebody struck; who was told to hold back, unless it is caught.
    """
    state, p, out = turn.state, turn.p.agency, turn.outcome
    seems = (state.mil_guidance < 0) | ((state.mil_guidance > 0) & (turn.unsigned_attacks() > 0))
    state.mil_favour += p.favour_for_obeying * (seems & ~out.caught)
    state.mil_favour -= p.favour_lost_when_caught * out.caught


def _guidance(turn: Turn) -> None:
    """What Tehran whispered to the militia this turn stands from now on."""
    orders, tables = turn.orders, turn.tables
    whisper = orders.whisper[Seat.IRAN]
    games = where(
        tables.guides.take(whisper) & np.equal(orders.whisper_to[Seat.IRAN], Seat.MILITIA)
    )
    turn.state.mil_guidance[games] = tables.guidance.take(whisper.take(games))


def _network(turn: Turn) -> None:
    """Without a commander of stature the network falls back to what its officers can hold."""
    state, p, d = turn.state, turn.p.upkeep, turn.decays
    rest = p.network_floor + (p.network_ceiling - p.network_floor) * state.iran_commander
    drift(state.iran_network, rest, d.network)
    drift(state.iran_grip, p.grip_by_network * state.iran_network, d.grip)
    drift(state.mil_favour, p.favour_rest, d.favour)


def _guards(turn: Turn) -> None:
    state, p, d = turn.state, turn.p.upkeep, turn.decays
    drift(state.mil_concealment, p.concealment_rest, d.concealment)
    drift(state.us_protection, p.protection_rest, d.protection)
    drift(state.iraq_guard, p.guard_rest, d.guard)
    drift(state.iran_pressure, p.pressure_rest, d.pressure)
    state.mil_facade *= d.facade
    state.stake *= d.stake
    state.private_stake *= d.stake


def _clocks(turn: Turn) -> None:
    state, out = turn.state, turn.outcome
    attacked = out.attacks > 0
    state.quiet_days += turn.days
    state.quiet_days -= attacked * state.quiet_days
    # Nobody outside can tell whose rockets they were: an unsigned attack ends a truce, a spoiler's
    # too.
    in_truce = (state.mil_truce > 0) & (turn.unsigned_attacks() <= 0)
    state.mil_truce += turn.days
    state.mil_truce *= in_truce
    due = state.iraq_order_days > 0
    state.iraq_order_days -= due * np.minimum(state.iraq_order_days - 1, turn.days)
