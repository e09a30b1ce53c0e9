"""Phase 7, before the minds: what two seats agree on in private.

A deal is offered by a message and signed by the same message the other way, in the same turn or
while the offer stands. It is in force from the next turn on, for its days: each party gives, week
by week, and forbears. Nothing holds them to it but what it is worth to them (Fearon, IO 52(2),
1998: whoever bargains must enforce as well).

Each party judges the other by what it sees: by signed deeds, and where nobody signed for an attack
by its own suspicion. So a hidden hand may stay hidden, and whoever wants no peace can spoil one by
an attack that looks like the partner's (Stedman, International Security 22(2), 1997; Kydd and
Walter, IO 56(2), 2002).
"""

from typing import Any

import numpy as np

from ..games import Games, draw
from ..luck import Draw
from ..moment import Moment
from ..seats import Seat
from ..state import IRAN, IRAQ, MILITIA, US, Bools, Codes
from ..tables import Tables
from .chance import happens
from .doing import signed_rung, unsigned_rung
from .evidence import blame


def deals(g: Games, t: Tables, now: Moment) -> None:
    """Carries on the deals in force, then hears offers and signatures."""
    for first, second in t.deal_pairs:
        for (some,) in g.only(g.deal[first, second] > 0):
            judge(some, t, now, first, second)
            for holding, code in some.only(
                ~(some.breach[first, second] | some.breach[second, first]),
                some.deal_code[first, second],
            ):
                give(holding, t, now, first, second, code)
            run_down(some, now, first, second)
        ours, theirs = proposal(g, t, first, second), proposal(g, t, second, first)
        offers = (g.offer[first, second] > 0) | (g.offer[second, first] > 0)
        for some, said, answered in g.only(offers | (ours > 0) | (theirs > 0), ours, theirs):
            negotiate(some, t, now, first, second, said, answered)


def judge(g: Games, t: Tables, now: Moment, first: Seat, second: Seat) -> None:
    """Who broke the deal, as the partner sees it; the partner is angry and trusts less."""
    p, code = now.p.deals, g.deal[first, second].astype(np.intp)
    for party, partner in ((first, second), (second, first)):
        g.deal_code[party, partner] = code
        broken = breaks(g, t, now, party, partner, code)
        g.breach[party, partner] = broken
        g.harm[partner, party] += p.breach_harm * broken
        g.broken[partner, party] += p.breach_weight * broken


def breaks(g: Games, t: Tables, now: Moment, party: Seat, partner: Seat, code: Codes) -> Bools:
    """(B,) true where the partner sees that the party did what it was to forbear from, or lays at
    its door unsigned fire at Americans that it was to forbear from.
    """
    broken: Any = code < 0
    for spared, rungs in t.forbears[party]:
        least = rungs.take(code)
        broken = broken | (signed_rung(g, t, party, spared) >= least)
        if spared is US and party in (IRAN, MILITIA):
            tehran, militia = blame(g, now, partner)
            laid = tehran if party is IRAN else militia
            sure = laid >= now.p.deals.breach_belief
            broken = broken | ((unsigned_rung(g, t) >= least) & sure)
    seen: Bools = broken
    return seen


def give(g: Games, t: Tables, now: Moment, first: Seat, second: Seat, code: Codes) -> None:
    """What each gives while the deal holds; and it leaks where a capital lets it out."""
    weeks = np.minimum(g.deal_days[first, second], now.days) / 7
    for column, amounts in t.deal_weekly:
        setattr(g, column, getattr(g, column) + amounts.take(code) * weeks)
    hazard = now.p.deals.leak_hazard * now.weeks
    out = happens(draw(g, now, Draw.DEAL_LEAKED + first), hazard)
    out = out | happens(draw(g, now, Draw.DEAL_LEAKED + second), hazard)
    for some, told in g.only(out & (g.deal_known[first, second] <= 0), code):
        for column, amounts in t.deal_exposed:
            setattr(some, column, getattr(some, column) + amounts.take(told))
        for pair in ((first, second), (second, first)):
            some.deal_known[pair] = 1
            some.deal_leaked[pair] = True


def run_down(g: Games, now: Moment, first: Seat, second: Seat) -> None:
    """The days pass; a deal that was kept to its end is remembered, one that was broken is over."""
    broken = g.breach[first, second] | g.breach[second, first]
    left = g.deal_days[first, second] - now.days
    over = broken | (left <= 0)
    kept = over & ~broken
    for pair in ((first, second), (second, first)):
        g.deal_kept[pair] = kept
        g.kept[pair] += now.p.deals.kept_weight * kept
        g.deal[pair] *= ~over
        g.deal_days[pair] = np.where(over, 0, left)
        g.deal_known[pair] *= ~over


def proposal(g: Games, t: Tables, sender: Seat, receiver: Seat) -> Codes:
    """(B,) the deal that one party's message to the other offers or signs; 0 for none."""
    said = g.whisper[sender]
    code: Codes = said * ((t.deal_days.take(said) > 0) & (g.whisper_to[sender] == receiver))
    return code


def negotiate(
    g: Games, t: Tables, now: Moment, first: Seat, second: Seat, ours: Codes, theirs: Codes
) -> None:
    """What both say, or one says to whoever offers it, is signed; what else is said is an offer.
    Offers run out, but not while Baghdad mediates.
    """
    accepts = (ours > 0) & ((ours == theirs) | (ours.astype(np.float32) == g.offer[second, first]))
    accepted = (theirs > 0) & (theirs.astype(np.float32) == g.offer[first, second])
    signed, code = accepts | accepted, np.where(accepts, ours, theirs)
    days = now.days * ~t.mediates.take(g.done[IRAQ])
    for pair, said in (((first, second), ours), ((second, first), theirs)):
        left, fresh = g.offer_days[pair] - days, said > 0
        stands = (fresh | (left > 0)) & ~signed
        g.offer[pair] = np.where(fresh, said.astype(np.float32), g.offer[pair]) * stands
        lasts = np.where(fresh, now.p.deals.offer_days, left)
        g.offer_days[pair] = np.where(stands, lasts, 0)
        g.deal[pair] = np.where(signed, code.astype(np.float32), g.deal[pair])
        g.deal_days[pair] = np.where(signed, t.deal_days.take(code), g.deal_days[pair])
        g.deal_code[pair] = np.where(signed, code, g.deal_code[pair])
        g.deal_signed[pair] = signed
