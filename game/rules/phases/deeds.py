"""Phase 4, first half: posture, politics and economy, which come before any shot (defence before
offence). What a deed adds at once and for each week is data; nothing here knows one by name."""

from ..seats import SEATS
from ..turn import Turn


def deeds(turn: Turn) -> None:
    """Adds every deed's costs and effects to the columns."""
    for seat in SEATS:
        deed = turn.deed(seat)
        for column, amounts in turn.tables.once[seat]:
            values = getattr(turn.state, column)
            values += amounts.take(deed)
        for column, amounts in turn.tables.weekly[seat]:
            values = getattr(turn.state, column)
            values += (amounts * turn.weeks).take(deed)
