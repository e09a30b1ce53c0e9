"""Phase 4: the militias' campaign of attacks, by the day.

How hard it is driven is a state that lasts. It moves by half-life toward its own course, which
anger drives and fear restrains, as far as the world's theory has it; orders, guidance, the chain of
command and a truce bend that course. Attacks follow from it day by day, so that a turn cut in two
has as many. How many fall into one turn is luck besides, so their number tells the drive behind
them only in the long run; and it is all that anybody has to tell it by.
"""

from typing import Any

import numpy as np

from ..games import Games, clip01, draw, drift, last_bits
from ..luck import Draw
from ..moment import Moment
from ..parameters import Campaign
from ..state import IRAQ, MILITIA, US, Floats
from ..tables import Tables
from .doing import believed, by_theory, feared, guidance

DEADLY_LINE = 5
"""A line that an attack which kills would cross, or any lower."""


def campaign(g: Games, t: Tables, now: Moment) -> Floats:
    """(B,) whole attacks of the turn; moves the effort."""
    curb(g, t, now)
    p, deed = now.p.campaign, g.done[MILITIA]
    course = clip01(own_course(g, t, now) + quarrels(g, now))
    asked = course + p.by_order * (t.effort.take(deed) - course) * t.asks_effort.take(deed)
    mean = asked + (g.mil_effort - asked) * now.decays.effort_mean
    g.mil_effort = drift(g.mil_effort, asked, now.decays.effort)
    expected = pace(g, now, mean) * (1 - caution(g, t, now)) * now.weeks
    luck = draw(g, now, Draw.CAMPAIGN)
    burst = 1 + now.bursts * (2 * last_bits(luck) - 1)
    attacks: Floats = np.floor(burst * expected + luck)
    return attacks


def caution(g: Games, t: Tables, now: Moment) -> Floats:
    """(B,) share of the launchers that stay covered at once, while a line stands that is believed
    and that Washington has staked its name on, as far as fear restrains. The belief counts squared:
    lines that were let pass are hardly heeded (Schelling 1966).
    """
    held = now.p.campaign.caution * by_theory(g, t.theory.fear_restrains)
    belief = believed(g, MILITIA, US)
    return clip01(held * belief * belief * staked(g))


def own_course(g: Games, t: Tables, now: Moment) -> Floats:
    """(B,) how hard the campaign would be driven in the long run, if nobody ordered anything.

    Fear is counted by what Washington staked on a line that the campaign might cross.
    """
    p = now.p.campaign
    anger = g.anger[MILITIA, US] - p.usual_anger
    fear = feared(g, t, MILITIA, US, staked(g)) - p.usual_fear
    course = p.rest + by_theory(g, t.theory.anger_drives) * anger
    course = course - by_theory(g, t.theory.fear_restrains) * fear
    course = course + p.by_guidance * guidance(g, t)
    course = clip01(course) * (1 - p.restrained_by_chain * g.iraq_chain)
    return course * np.where(g.mil_truce > 0, p.left_by_truce, 1)


def quarrels(g: Games, now: Moment) -> Floats:
    """(B,) what a turn's quarrels among the factions add to their course, or take from it: so that
    anger and fear alone do not settle it.
    """
    return now.p.campaign.quarrels * (2 * draw(g, now, Draw.QUARRELS) - 1)


def staked(g: Games) -> Floats:
    """(B,) what Washington has staked in public on a line that the campaign might cross."""
    return g.stake[US, MILITIA] * (g.line[US, MILITIA] <= DEADLY_LINE)


def pace(g: Games, now: Moment, effort: Floats) -> Floats:
    """(B,) attacks a week at an effort: fewer with few rockets, and where Baghdad stands guard."""
    rate: Floats = attacks_a_week(now.p.campaign, effort, g.mil_rockets, g.iraq_guard)
    return rate


def attacks_a_week(p: Campaign, effort: Any, rockets: Any, guard: Any) -> Any:
    """(B,) attacks a week of a campaign: its effort, its rockets, and Baghdad's guard."""
    armed = rockets / (rockets + p.by_arsenal)
    return p.attacks_per_week * effort * armed * (1 - p.restrained_by_guard * guard)


def curb(g: Games, t: Tables, now: Moment) -> None:
    """Baghdad's levers on the campaign reach as far as it is obeyed, as it wants them to, and as it
    has days for it.
    """
    reach = clip01(g.iraq_authority + 0.5 * g.iraq_forces - 0.5 * g.iraq_lean)
    g.mil_effort *= 1 - t.curbs.take(g.done[IRAQ]) * reach * (1 - now.decays.curb)
