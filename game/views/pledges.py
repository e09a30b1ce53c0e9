"""What becomes of a deal or a truce whose seat keeps quiet: how often fire that it never ordered
ends it all the same. Told before it is signed or declared, and as long as it holds.
"""

from collections.abc import Sequence
from typing import NamedTuple

from game.rules.orders import Order
from game.rules.rulebook import NO_SEAT, Rulebook
from game.rules.seats import Seat

from .deals import title
from .names import CAPITALS, counted

TRUCE = 0
"""In the place of a deal's message."""
RARE = 0.05
"""Below this share of futures it is told as rare."""


class Pledge(NamedTuple):
    """A deal or a truce, carried through imagined futures in which the seat holds."""

    whisper: int
    """Whose deal it is, as the number of a message; `TRUCE` for a truce."""
    rival: Seat | None
    """With whom; None for a truce."""
    turns: int
    """How far the staff looked."""
    own: float
    """The share of futures in which the partner sees it broken from the seat's side; of a truce,
    that a death ends it.
    """
    theirs: float
    """In which the partner breaks it; of a truce, that a blow of others ends it."""


def told(seat: Seat, pledge: Pledge) -> str:
    """How long it may last, in a sentence for its seat."""
    deadly = "somebody is killed by fire" + (
        ", of your own men's perhaps" if seat is Seat.MILITIA else ""
    )
    ends = [(pledge.own, deadly), (pledge.theirs, "a blow ends it")]
    if pledge.rival is not None:
        ends = [
            (pledge.own, _side(seat, seat)),
            (pledge.theirs, _side(pledge.rival, seat)),
        ]
    span = counted(pledge.turns, "turn")
    likely = [
        f"in {round(100 * share)} of 100 futures {how}" for share, how in ends if share >= RARE
    ]
    if not likely:
        return f"If you hold, as your staff sees it: it lasts {span} in nearly all futures."
    return f"If you hold, as your staff sees it: within {span} {', and '.join(likely)}."


def _side(by: Seat, seat: Seat) -> str:
    """How a deal is broken from one side, for the seat that reads it."""
    if by is Seat.MILITIA:
        return (
            "men of yours fire without an order, which breaks it"
            if by is seat
            else "militiamen fire, ordered or not, which breaks it"
        )
    if by is Seat.IRAN:
        door = "your door" if by is seat else "Tehran's door"
        return f"fire that nobody signed is laid at {door}, which breaks it"
    return f"{'you break' if by is seat else CAPITALS[by] + ' breaks'} it"


def of_deal(found: Sequence[Pledge], rival: Seat, whisper: int) -> Pledge | None:
    """What was found of one deal."""
    return next((p for p in found if (p.rival, p.whisper) == (rival, whisper)), None)


def of_truce(found: Sequence[Pledge]) -> Pledge | None:
    """What was found of the truce."""
    return next((p for p in found if p.rival is None), None)


def made_by(book: Rulebook, seat: Seat, order: Order, found: Sequence[Pledge]) -> list[str]:
    """Of what an order signs, offers or declares, how long it may last, in sentences."""
    deed, pledge = book.deeds[seat][order.deed], None
    if deed.effects.get("mil_truce", 0) > 0:
        pledge = of_truce(found)
    lines = [f"The truce. {told(seat, pledge)}"] if pledge is not None else []
    if order.whisper and order.whisper_to != NO_SEAT:
        deal = of_deal(found, Seat(order.whisper_to), order.whisper)
        if deal is not None:
            name = title(book.whispers[order.whisper])
            lines.append(f"The deal {name}. {told(seat, deal)}")
    return lines
