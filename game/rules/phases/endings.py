"""Phase 9: how near the brink the turn went, and whether the game is over."""

import numpy as np

from ..endings import Ending
from ..games import Games, draw
from ..luck import Draw
from ..moment import Moment
from ..seats import SEATS, Rung
from ..state import COLUMNS
from ..tables import Tables
from .campaign import own_course, pace


def endings(g: Games, t: Tables, now: Moment) -> None:
    """Sets the turn's rung, moves the brink, and ends games that are over."""
    climb(g, t)
    approach_the_brink(g, now)
    end(g, now)
    look_ahead(g, t, now)


def climb(g: Games, t: Tables) -> None:
    """The highest rung of what was done and said."""
    rung = np.maximum(
        np.maximum(g.fire_rung[0], g.fire_rung[1]), np.maximum(g.fire_rung[2], g.fire_rung[3])
    )
    for seat in SEATS:
        spoke = (g.word[seat] > 0) * np.float32(Rung.WORDS)
        rung = np.maximum(rung, np.maximum(t.rung[seat].take(g.deed[seat]), spoke))
    g.new_rung = rung
    g.rung = rung
    g.highest_rung = np.maximum(g.highest_rung, rung)


def approach_the_brink(g: Games, now: Moment) -> None:
    """The threat that leaves something to chance (Schelling 1960): each exchange between states
    brings war nearer, and at every exchange luck decides whether it slips.
    """
    p, rung = now.p.endings, g.new_rung
    step = np.where(
        rung >= Rung.MASS_CASUALTIES,
        p.brink_by_massacre,
        np.where(
            rung >= Rung.STATES_STRIKE,
            p.brink_by_exchange,
            p.brink_by_leaders * (rung >= Rung.LEADERS_STRUCK),
        ),
    )
    faded = g.brink * now.decays.brink
    g.brink = faded + step * (1 - faded)
    for (some,) in g.only(rung >= Rung.STATES_STRIKE):
        for (lost,) in some.only(draw(some, now, Draw.WAR) < p.war_odds * some.brink):
            lost.new_ending = Ending.GENERAL_WAR
            lost.new_rung = Rung.GENERAL_WAR
            lost.rung = Rung.GENERAL_WAR
            lost.highest_rung = Rung.GENERAL_WAR


def look_ahead(g: Games, t: Tables, now: Moment) -> None:
    """The last page is not the end of the campaign: the weeks to come go on as things stand."""
    p, over = now.p.campaign, g.new_ending > 0
    effort = (g.mil_effort + own_course(g, t, now)) * 0.5
    to_come = over * (pace(g, now, effort) * p.outlook_weeks)
    g.outlook = np.minimum(g.attacks + to_come, COLUMNS["outlook"].high)


def end(g: Games, now: Moment) -> None:
    """The first ending that applies, gravest first."""
    p = now.p.endings
    due = (g.iraq_order_days > 0) & (g.iraq_order_days <= 1)  # 1 is its last day
    expelled = due & (g.iraq_momentum >= p.expulsion_momentum)
    g.iraq_order_days *= ~(due & ~expelled)
    debts = g.debt.max(axis=0).max(axis=0)
    spared = g.us_force_days >= p.settled_days
    settled = (g.mil_truce >= p.settled_days) & spared & (debts <= 0)
    for ending, reached in (
        (Ending.COLLAPSE, g.iraq_authority <= p.collapse_authority),
        (Ending.EXPULSION, expelled),
        (Ending.WITHDRAWAL, g.us_troops <= p.withdrawal_troops),
        (Ending.RESTRAINT, settled),
        (Ending.CALENDAR, now.last > 0),
    ):
        g.new_ending = np.where((g.new_ending == 0) & reached, int(ending), g.new_ending)
