"""Phase 4, first half: posture, politics and economy, which come before any shot (defence before
offence). What a deed adds at once and for each week is data; nothing here knows one by name.
"""

from ..seats import SEATS
from ..turn import Turn, add


def deeds(turn: Turn) -> None:
    """Adds every deed's costs and effects to the columns."""
    for seat in SEATS:
        add(turn.state, turn.tables.once[seat], turn.deed(seat))
        weekly = ((name, amounts * turn.weeks) for name, amounts in turn.tables.weekly[seat])
        add(turn.state, weekly, turn.deed(seat))
    turn.hold_to_ranges()
