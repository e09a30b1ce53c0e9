"""Phase 3: what nobody ordered.

Whether splinter cells and third parties fire is worked out here as well; the force phase asks for
it when the deeds of posture are done. Hazards are for each week. Attacks come by the day: as many
are expected of a turn as of its two halves. What happens at most once a turn has a hazard x turned
into a chance by x / (1 + x).
"""

import numpy as np

from ..games import Games, draw
from ..luck import Draw
from ..moment import Moment
from ..state import MILITIA, US, Bools, Floats
from ..tables import Tables
from .doing import believed


def chance(g: Games, t: Tables, now: Moment) -> None:
    """Anniversaries, protests, discredited justifications, and reports that catch up."""
    anniversary(g, now)
    protest(g, now)
    discredit(g, t, now)
    late_reports(g, now)


def splinter_attacks(g: Games, now: Moment) -> Floats:
    """(B,) attacks of cells that fire on their own: more of them when grip, leaders or fear are
    weak, and when others can be blamed.
    """
    p = now.p.chance
    hazard = (
        (1 - p.splinter_restrained_by_grip * g.iran_grip)
        * (1 - p.splinter_restrained_by_leaders * g.mil_leaders)
        * (1 - p.splinter_restrained_by_chain * g.iraq_chain)
        * (1 - p.splinter_restrained_by_fear * believed(g, MILITIA, US))
        * (1 + p.splinter_stirred_by_anger * g.anger[MILITIA, US])
        * (1 + p.splinter_after_leaderless * (1 - g.mil_leaders))
        * (1 - p.splinter_restrained_by_truce * (g.mil_truce > 0))
        * (p.splinter_hazard * now.weeks)
    )
    return np.floor(hazard * stirred(g, now) + draw(g, now, Draw.SPLINTER)) * (g.mil_rockets >= 1)


def third_party_attacks(g: Games, now: Moment) -> Floats:
    """(B,) ISIS and others use the room that a distracted state leaves them, and the days in which
    it pays that others are blamed.
    """
    p = now.p.chance
    room = 1 + p.third_party_room * (1 - g.iraq_forces)
    hazard = room * (p.third_party_hazard * now.weeks) * stirred(g, now)
    return np.floor(hazard + draw(g, now, Draw.THIRD_PARTY))


def stirred(g: Games, now: Moment) -> Floats:
    """(B,) how many more there are soon after American force, when everybody looks elsewhere."""
    p = now.p.chance
    return 1 + p.stirred_by_force * (g.us_force_days <= p.stirred_days)


def happens(luck: Floats, hazard: Floats) -> Bools:
    """(B,) true where the luck of the turn brings about what has such a hazard."""
    return luck * (1 + hazard) < hazard


def anniversary(g: Games, now: Moment) -> None:
    """On the day of a famous death the militias remember it."""
    charge = now.p.chance.anniversary_anger * now.anniversary
    g.anger[MILITIA, US] += charge * (1 - g.anger[MILITIA, US])


def protest(g: Games, now: Moment) -> None:
    """The street rises against a government that does not rule."""
    p = now.p.chance
    hazard = p.protest_hazard * now.weeks * (p.protest_ceiling - g.iraq_authority)
    g.protest = happens(draw(g, now, Draw.PROTEST), hazard)
    g.iraq_unrest += g.protest * p.protest_size


def discredit(g: Games, t: Tables, now: Moment) -> None:
    """A justification that leans on proof it does not have is found out sooner or later. What is
    said for the first time is looked into from the next turn on.
    """
    p = now.p.chance
    for (some,) in g.only((g.claim_before > 0) & (g.claim_before == g.us_claim)):
        doubt = t.word.doubt.take(some.us_claim.astype(np.intp))
        hazard = doubt * (1 - some.us_evidence) * now.weeks
        found_out = happens(draw(some, now, Draw.DISCREDIT), hazard)
        some.discredited = found_out
        some.us_case *= 1 - p.discredit_case * found_out
        some.us_support -= p.discredit_support * found_out
        some.us_coalition -= p.discredit_coalition * found_out
        some.us_claim *= ~found_out


def late_reports(g: Games, now: Moment) -> None:
    """Wounded whom the first figures left out come into the reports over the following days."""
    g.revised = np.ceil(g.us_wounded_unreported * (1 - now.decays.report))
    g.us_wounded_unreported -= g.revised
    g.us_wounded += g.revised
