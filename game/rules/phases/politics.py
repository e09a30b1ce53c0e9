"""Phase 6: home support, coalition, Baghdad's authority, parliament's momentum, the street.

Couplings that need a mechanism stand here; what a deed does to a column by itself is data.
"""

import numpy as np

from ..games import Games, draw, drift, total
from ..luck import Draw
from ..moment import Moment
from ..occasions import fresh
from ..outcome import Source
from ..rulebook import WORD_OCCASIONS
from ..seats import SEATS
from ..state import IRAN, MILITIA, US
from ..tables import Tables
from .answers import wrong_one
from .doing import strikes, unsigned_attacks, uses_force_openly

NEWS, BLOW, DEED, FORCE = range(1, len(WORD_OCCASIONS) + 1)


def politics(g: Games, t: Tables, now: Moment) -> None:
    """Lets the turn's words and deeds work on the four publics."""
    audiences(g, t, now)
    washington(g, t, now)
    baghdad(g, t, now)
    custody(g, now)
    street(g, t, now)
    tehran(g, now)


def audiences(g: Games, t: Tables, now: Moment) -> None:
    """A word works where there is occasion for it, and less when it is said again at once."""
    fresh_news = (unsigned_attacks(g, t) > 0) | (g.quiet_days <= now.p.evidence.fresh_days)
    american = uses_force_openly(g, t, US)
    blow = american | (g.us_force_days <= now.p.words.recent_days)
    for seat in SEATS:
        word, own = g.word[seat], blow if seat is US else uses_force_openly(g, t, seat)
        occasion = t.word_occasion.take(word)
        bears = (
            (occasion == 0)
            | ((occasion == NEWS) & fresh_news)
            | ((occasion == BLOW) & blow)
            | ((occasion == DEED) & (fresh_news | blow))
            | ((occasion == FORCE) & own)
        )
        weight = bears * fresh(word == g.last_word[seat], now.renewed)
        for column, amounts in t.word_effects[seat]:
            setattr(g, column, getattr(g, column) + amounts.take(word) * weight)


def washington(g: Games, t: Tables, now: Moment) -> None:
    """Dead and wounded wear support down; force rallies it as far as the case for it carries."""
    p, d = now.p.politics, now.decays
    g.us_support -= p.support_per_dead * g.us_killed
    g.us_support -= p.support_per_wounded * (g.us_wounded_reported + g.revised)
    g.us_coalition -= p.coalition_per_dead * total(g.fire_coalition_killed)
    openly = uses_force_openly(g, t, US)
    g.us_force_days = (g.us_force_days + now.days) * ~openly
    swing = g.us_case - 0.5
    g.us_support += swing * np.where(swing > 0, p.support_rally, p.support_blunder) * openly
    g.us_coalition -= p.coalition_by_force * (0.5 - swing) * openly
    g.us_case = drift(g.us_case, p.case_rest, d.case)
    g.us_support = drift(g.us_support, p.support_rest, d.support)
    g.us_coalition = drift(g.us_coalition, p.coalition_rest, d.coalition)


def baghdad(g: Games, t: Tables, now: Moment) -> None:
    """Foreign force on Iraqi soil costs the government authority and feeds the vote to expel. That
    Baghdad was told beforehand changes neither: it is a secret between two governments.
    """
    p, d = now.p.politics, now.decays
    struck = strikes(g, t)
    push = p.breach_momentum + p.dead_momentum * (g.strike_iraqi_killed + g.strike_civilians_killed)
    just = (g.debt[US, MILITIA] > 0) & ~wrong_one(g)
    push = push * np.where(just, now.p.contingency.just_momentum, 1)
    g.iraq_momentum += push * (0.5 + g.iraq_lean) * (1 - g.iraq_momentum) * struck
    g.iraq_authority -= p.breach_authority * struck
    g.iraq_momentum = drift(g.iraq_momentum, p.momentum_rest, d.momentum)
    rest = p.authority_rest - p.authority_by_unrest * g.iraq_unrest
    rest = rest - p.authority_by_caretaker * g.iraq_caretaker
    g.iraq_authority = drift(g.iraq_authority, rest, d.authority)
    g.iraq_unrest = drift(g.iraq_unrest, p.unrest_rest, d.unrest)


def custody(g: Games, now: Moment) -> None:
    """Arrests bring armed men to the gates, and those arrested are out within days."""
    p = now.p.politics
    for (some,) in g.only(g.iraq_detained > 0):
        weakness = p.custody_ceiling - some.iraq_authority
        odds = p.show_of_force_odds * (0.5 + some.mil_standing) * weakness
        shown = (some.detained > 0) & (draw(some, now, Draw.SHOW_OF_FORCE) < odds)
        some.show_of_force = shown
        some.iraq_authority -= p.show_of_force_authority * shown
        share = (1 - now.decays.release + p.release_by_show * shown) * weakness
        detained = some.iraq_detained
        some.released = np.minimum(np.ceil(detained * share), detained)
        some.iraq_detained = detained - some.released
        some.mil_fighters += some.released


def street(g: Games, t: Tables, now: Moment) -> None:
    """Whoever takes the credit for an attack takes its prestige, whoever fired; the dead make
    martyrs; Iraqis killed by rockets that nobody signed for are held against the militias, whatever
    Baghdad's officers believe.
    """
    p = now.p.politics
    dead = g.us_killed + total(g.fire_coalition_killed)
    prestige = np.minimum((unsigned_attacks(g, t) > 0) * (1 + dead), 3)
    g.mil_standing += p.standing_per_claim * t.word.credit.take(g.word[MILITIA]) * prestige
    martyrs = g.strike_militia_killed * p.martyr_per_militiaman + g.strike_leaders
    g.mil_standing += p.standing_by_martyrs * martyrs
    signed = t.signed[IRAN].take(g.done[IRAN])
    iraqis = total(g.fire_iraqi_killed) - g.fire_iraqi_killed[Source.IRAN] * signed
    g.mil_standing -= p.standing_by_iraqi_dead * iraqis
    g.mil_standing = drift(g.mil_standing, p.standing_rest, now.decays.standing)


def tehran(g: Games, now: Moment) -> None:
    """Sanctions wear cohesion down; the rally after a blow from outside is a deed's own effect."""
    p = now.p.politics
    g.iran_cohesion -= p.pressure_bites * now.weeks * g.iran_pressure
    g.iran_cohesion = drift(g.iran_cohesion, p.cohesion_rest, now.decays.cohesion)
