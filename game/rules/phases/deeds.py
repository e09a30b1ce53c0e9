"""Phase 4, first half: posture, politics and economy, which come before any shot (defence before
offence). What a deed adds at once and for each week is data; nothing here knows one by name.
"""

from ..games import Games, add, hold_to_ranges
from ..moment import Moment
from ..seats import SEATS
from ..tables import Tables


def deeds(g: Games, t: Tables, now: Moment) -> None:
    """Adds every deed's costs and effects to the columns."""
    for seat in SEATS:
        add(g, t.once[seat], g.done[seat])
        for column, amounts in t.weekly[seat]:
            rise = amounts.take(g.done[seat]) * now.weeks
            setattr(g, column, getattr(g, column) + rise)
    hold_to_ranges(g)
