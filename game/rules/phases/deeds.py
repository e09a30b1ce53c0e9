"""Phase 4, first half: posture, politics and economy, which come before any shot (defence before
offence). What a deed adds at once and for each week is data; nothing here knows one by name.

A deed of politics works as far as the moment bears it: half of it at once, half in the next turn,
each by what the moment then bears; too early or too late it works against its doer. What was done
in the turn before works again only as far as the days since then have renewed it.
"""

from typing import Any

import numpy as np

from ..games import Games, add, hold_to_ranges
from ..moment import Moment
from ..occasions import feature, fresh, occasion, stances
from ..seats import SEATS, Seat
from ..state import Codes, Floats
from ..tables import Tables

Conditions = list[tuple[Any, Floats]]
"""What an occasion depends on: weights by deed, and (B,) the feature that they are of."""


def deeds(g: Games, t: Tables, now: Moment) -> None:
    """Adds every deed's costs and effects to the columns."""
    # What the moment bears is the same for all, whoever is counted first.
    last_deed = [g.last_deed[seat].astype(np.intp) for seat in SEATS]
    stance = stances(t, last_deed)
    given = [conditions(g, t, stance, seat) for seat in SEATS]
    bears = [bearing(t, given[seat], g.done[seat]) for seat in SEATS]
    bears_later = [bearing(t, given[seat], last_deed[seat]) for seat in SEATS]
    p = t.bearing
    for seat in SEATS:
        done, before = g.done[seat], last_deed[seat]
        add(g, t.once[seat], done)
        for column, amounts in t.weekly[seat]:
            setattr(g, column, getattr(g, column) + amounts.take(done) * now.weeks)
        freshness = fresh(done == before, now.renewed)
        at_once = bears[seat] * freshness * p.at_once
        later = bears_later[seat] * g.last_fresh[seat] * (1 - p.at_once)
        for column, amounts in t.timely[seat]:
            rise = amounts.take(done) * at_once + amounts.take(before) * later
            setattr(g, column, getattr(g, column) + rise)
        g.last_fresh[seat] = freshness
    hold_to_ranges(g)


def conditions(g: Games, t: Tables, stance: list[Floats], seat: Seat) -> Conditions:
    """What the occasions of a seat's deeds depend on, as things stand."""

    def column(name: str) -> Floats:
        return getattr(g, name)

    return [
        (amounts, feature(name, t.bearing, column, g.debt, stance, seat))
        for name, amounts in t.occasions[seat]
    ]


def bearing(t: Tables, given: Conditions, deed: Codes) -> Floats:
    """(B,) how much of a deed the moment bears."""
    return occasion(((amounts.take(deed), value) for amounts, value in given), t.bearing)
