"""Phase 8: supply, rebuilding, decay, and the drift back to normal."""

import numpy as np

from ..games import Games, draw, drift, hold_to_ranges, last_bits, total
from ..luck import Draw
from ..moment import Moment
from ..seats import SEATS
from ..state import IRAN, MILITIA, READY, US
from ..tables import Tables
from .doing import by_theory, feared, guidance, strikes, unsigned_attacks, uses_force


def upkeep(g: Games, t: Tables, now: Moment) -> None:
    """Lets the days of the turn pass, then holds every column to its range."""
    arsenals(g, now)
    ranks(g, now)
    favour(g, t, now)
    g.mil_guidance = guidance(g, t)
    network(g, now)
    guards(g, now)
    sanctions(g, t, now)
    cabinet(g)
    clocks(g, t, now)
    remember_orders(g)
    hold_to_ranges(g)


def arsenals(g: Games, now: Moment) -> None:
    """Rockets come from Tehran as its favour and network allow, and from workshops."""
    p = now.p.upkeep
    supplied = p.supply * now.weeks * g.mil_favour * g.iran_network
    g.mil_rockets += supplied + p.workshop * now.weeks
    made = p.missile_supply * now.weeks * (1 - p.missiles_by_pressure * g.iran_pressure)
    g.iran_missiles += made


def ranks(g: Games, now: Moment) -> None:
    """Men join whom the street admires; leaders grow back."""
    p = now.p.upkeep
    g.mil_fighters += p.recruits * now.weeks * g.mil_standing
    g.mil_leaders += p.leaders_rebuilt * now.weeks * (1 - g.mil_leaders)


def favour(g: Games, t: Tables, now: Moment) -> None:
    """Tehran rewards what looks like obedience: it knows of no other. Who was told to strike looks
    obedient when somebody struck; who was told to hold back, unless it is caught.
    """
    p, struck = now.p.agency, unsigned_attacks(g, t) > 0
    seems = (g.mil_guidance < 0) | ((g.mil_guidance > 0) & struck)
    g.mil_favour += p.favour_for_obeying * (seems & ~g.caught)
    g.mil_favour -= p.favour_lost_when_caught * g.caught


def network(g: Games, now: Moment) -> None:
    """Without a commander of stature the network falls back to what its officers can hold."""
    p, d = now.p.upkeep, now.decays
    rest = p.network_floor + (p.network_ceiling - p.network_floor) * g.iran_commander
    g.iran_network = drift(g.iran_network, rest, d.network)
    g.iran_grip = drift(g.iran_grip, p.grip_by_network * g.iran_network, d.grip)
    g.mil_favour = drift(g.mil_favour, p.favour_rest, d.favour)


def guards(g: Games, now: Moment) -> None:
    """Guard slackens, hiding places are found, words wear off."""
    p, d = now.p.upkeep, now.decays
    g.mil_concealment = drift(g.mil_concealment, p.concealment_rest, d.concealment)
    g.us_protection = drift(g.us_protection, p.protection_rest, d.protection)
    g.iraq_guard = drift(g.iraq_guard, p.guard_rest, d.guard)
    for column in READY.values():
        setattr(g, column, getattr(g, column) * d.ready)
    g.mil_facade *= d.facade
    g.stake *= d.stake
    g.private_stake *= d.stake


def sanctions(g: Games, t: Tables, now: Moment) -> None:
    """Washington's offices tighten and loosen by its mood: anger at Tehran drives them, fear of it
    restrains them, as far as the world's theory has it.
    """
    p = now.p.upkeep
    anger = g.anger[US, IRAN] - p.pressure_usual_anger
    fear = feared(g, t, US, IRAN, g.stake[IRAN, US]) - p.pressure_usual_fear
    mood = by_theory(g, t.theory.anger_drives) * anger
    mood = mood - by_theory(g, t.theory.fear_restrains) * fear
    luck = last_bits(draw(g, now, Draw.QUARRELS))  # whatever the factions drew
    rest = p.pressure_rest + p.pressure_by_mood * mood + p.pressure_quarrels * (2 * luck - 1)
    g.iran_pressure = drift(g.iran_pressure, rest, now.decays.pressure)


def cabinet(g: Games) -> None:
    """Once the parties have agreed, a government with powers takes over from the caretaker."""
    formed = (g.iraq_cabinet >= 1) & (g.iraq_caretaker > 0)
    g.cabinet_formed = formed
    g.iraq_caretaker *= ~formed
    g.iraq_cabinet *= ~formed


def remember_orders(g: Games) -> None:
    """What was done and said in this turn is old in the next."""
    for seat in SEATS:
        g.last_deed[seat] = g.done[seat]
        g.last_word[seat] = g.word[seat]


def clocks(g: Games, t: Tables, now: Moment) -> None:
    """Days of quiet, of a truce, and until an order to leave falls due."""
    g.quiet_days = (g.quiet_days + now.days) * (g.new_attacks <= 0)
    # A truce outlives a few rockets of spoilers, but not a death, nor a blow of either side's.
    deadly = (g.us_killed + total(g.fire_coalition_killed)) > 0
    blows = uses_force(g, t, MILITIA) | strikes(g, t)
    in_truce = (g.mil_truce > 0) & ~deadly & ~blows
    g.mil_truce = (g.mil_truce + now.days) * in_truce
    due = g.iraq_order_days > 0
    g.iraq_order_days -= due * np.minimum(g.iraq_order_days - 1, now.days)
