"""What a seat does this turn, as several phases ask."""

from typing import Any

import numpy as np

from ..dread import dread
from ..games import Games
from ..moment import Moment
from ..outcome import Source
from ..parameters import Force
from ..seats import Seat
from ..state import IRAN, MILITIA, READY, US, Bools, Floats, credibility
from ..tables import Tables


def gave_way(g: Games, t: Tables, actor: Seat, victim: Seat) -> Floats:
    """(B,) how far a seat's action gives way to another, in the weight of a broken line."""
    shown = dict(t.resolve[actor])
    given: Floats = np.maximum(-shown[victim].take(g.done[actor]), 0)
    return given


def uses_force(g: Games, t: Tables, seat: Seat) -> Bools:
    """(B,) true where the seat does a deed of the group force."""
    force: Bools = t.force[seat].take(g.done[seat]) > 0
    return force


def uses_force_openly(g: Games, t: Tables, seat: Seat) -> Bools:
    """(B,) true where the seat uses force and signs for it."""
    signed: Bools = t.signed[seat].take(g.done[seat]) > 0
    return signed & uses_force(g, t, seat)


def strikes(g: Games, t: Tables) -> Bools:
    """(B,) true where Washington strikes the militia."""
    striking: Bools = t.strikes[US].take(g.done[US]) > 0
    return striking


def whispers(g: Games, sender: Seat, whisper: int, receiver: Seat) -> Bools:
    """(B,) true where the sender whispers that to the receiver."""
    said: Bools = (g.whisper[sender] == whisper) & (g.whisper_to[sender] == receiver)
    return said


def has_notice(g: Games, t: Tables, sender: Seat, receiver: Seat) -> Bools:
    """(B,) true where the receiver knows the sender's signed blow of the turn beforehand: it was
    told, or the two have a deal to warn each other.
    """
    told: Bools = whispers(g, sender, t.notice, receiver) | warns(g, t, sender, receiver)
    return told


def warns(g: Games, t: Tables, sender: Seat, receiver: Seat) -> Bools:
    """(B,) true where a deal in force makes the two warn each other."""
    agreed: Bools = t.deal_warns.take(g.deal[sender, receiver].astype(np.intp))
    return agreed


def signed_rung(g: Games, t: Tables, actor: Seat, victim: Seat) -> Floats:
    """(B,) the rung at which the actor's signed deed touches the victim; 0 where it does not."""
    rungs = dict(t.against[actor]).get(victim)
    if rungs is None:
        return np.zeros_like(g.us_troops)
    rung: Floats = rungs.take(g.done[actor])
    return rung


def unsigned_rung(g: Games, t: Tables) -> Floats:
    """(B,) the highest rung of the fire that nobody signed; 0 where there was none."""
    signed = t.signed[IRAN].take(g.done[IRAN])
    by_iran = g.fire_rung[Source.IRAN] * (1 - signed)
    cells = np.maximum(g.fire_rung[Source.MILITIA], g.fire_rung[Source.SPLINTER])
    rung: Floats = np.maximum(cells, np.maximum(g.fire_rung[Source.THIRD_PARTY], by_iran))
    return rung


def unsigned_attacks(g: Games, t: Tables) -> Floats:
    """(B,) attacks on Americans and partners that nobody signed, once the fire is over."""
    signed = t.signed[IRAN].take(g.done[IRAN])
    attacks: Floats = g.new_attacks - g.fire_attacks[Source.IRAN] * signed
    return attacks


def believed(g: Games, seat: Seat, rival: Seat) -> Floats:
    """(B,) a seat's belief that its rival answers when its line is crossed."""
    return credibility(g.kept[seat, rival], g.broken[seat, rival])


def feared(g: Games, t: Tables, seat: Seat, rival: Seat, stake: Any) -> Floats:
    """(B,) how much a seat fears its rival, who has staked so much on its line."""
    ready = getattr(g, READY[rival]) if rival in READY else 0
    fear: Floats = dread(t.dread, believed(g, seat, rival), g.assurance[seat, rival], ready, stake)
    return fear


def strength(g: Games, t: Tables, now: Moment, seat: Seat) -> Floats:
    """(B,) how well a seat's deed is done: a heavy one in full only by forces made ready."""
    heavy = t.heavy[seat].take(g.done[seat]) > 0
    return np.where(heavy, heavy_share(now.p.force, getattr(g, READY[seat])), 1)


def heavy_share(p: Force, ready: Any) -> Any:
    """(B,) how much of a heavy deed is done by forces that are so far made ready."""
    return p.improvised + (p.made_ready - p.improvised) * ready


def by_theory(g: Any, numbers: Floats) -> Floats:
    """(B,) what the theory that holds in each game says, of a number in which theories differ."""
    return numbers.take(g.theory.astype(np.intp))


def guidance(g: Games, t: Tables) -> Floats:
    """(B,) what Tehran asks of the militias, this turn's message counted."""
    whisper = g.whisper[IRAN]
    guides = t.guides.take(whisper) & (g.whisper_to[IRAN] == MILITIA)
    return np.where(guides, t.guidance.take(whisper), g.mil_guidance)
