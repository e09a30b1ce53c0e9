"""What a seat calls those who may stand behind an attack; its own hand it knows, without odds."""

from game.rules.seats import Cause, Seat

from .names import CAUSE_NAMES

_CLAIMED: dict[Seat, dict[Cause, str]] = {
    Seat.IRAN: {Cause.TEHRAN: "you, or the militias on your order"},
    Seat.MILITIA: {
        Cause.TEHRAN: "your men on Tehran's order, or Tehran itself",
        Cause.MILITIA: "your men, of your own accord",
    },
}
_JUDGED: dict[Seat, dict[Cause, str]] = {
    Seat.IRAN: {Cause.TEHRAN: "the militias on your order"},
    Seat.MILITIA: {Cause.TEHRAN: "Tehran itself"},
}
"""Where it was not the seat's own hand."""
_OWN_HAND: dict[Seat, dict[Cause, str]] = {
    Seat.IRAN: {Cause.TEHRAN: "you yourself"},
    Seat.MILITIA: {
        Cause.TEHRAN: "your men, on Tehran's order",
        Cause.MILITIA: "your men, in your own campaign",
    },
}


def claimed(cause: Cause, reader: Seat | None) -> str:
    """A cause that others name, as a seat, or without one the public, reads of it."""
    own = {} if reader is None else _CLAIMED.get(reader, {})
    return own.get(cause, CAUSE_NAMES[cause])


def judged(cause: Cause, seat: Seat) -> str:
    """A cause that a seat's own evidence speaks for."""
    return _JUDGED.get(seat, {}).get(cause, CAUSE_NAMES[cause])


def own_hand(cause: Cause, seat: Seat, odds: float) -> str:
    """A cause that a seat knows, for it was its own doing; empty where it was not.

    Args:
        cause: who stands behind the attack.
        seat: who judges.
        odds: those that it gives, 0 to 1; what it knows has 1.
    """
    return _OWN_HAND.get(seat, {}).get(cause, "") if odds == 1 else ""
