"""What a seat may order now, each with its words, and why not where it may not; and an order in
sentences. What is legal comes from the rules; every reason rests on what the seat itself sees.
"""

from collections.abc import Iterator
from typing import NamedTuple

from game.rules.legal import site_mask, why_not_deed, why_not_whisper, why_not_word
from game.rules.observe import Observation
from game.rules.orders import Order
from game.rules.rulebook import ANY_SITE, NO_SEAT, Rulebook
from game.rules.seats import Seat
from game.rules.setting import Setting
from game.rules.state import NO_LINE, State

from .contradictions import contradictions
from .deals import signed_by
from .handbook import amounts
from .handbook.orders import GROUPS
from .messages import when_heard
from .names import CAPITALS, SEAT_NAMES, rung_name, sentence
from .occasions import moment

AMMUNITION = {Seat.IRAN: "missile", Seat.MILITIA: "rocket"}
"""What a seat's fire is made of."""


class Offer(NamedTuple):
    """One thing that a seat may order, or may not now."""

    number: int
    """As in `Order`."""
    id: str
    name: str
    told: str
    """A sentence."""
    notes: str
    """What it costs, or when it is heard; may be empty."""
    rung: int
    closed: str
    """Why it cannot be ordered now; empty where it can."""
    to_seats: tuple[Seat, ...] = ()
    """Whom it may be said to now; empty for what names nobody."""
    to_rung: bool = False
    moment: tuple[str, ...] = ()
    """Of a deed: what the moment bears, how ready the seat is, how it will be read."""


def deeds(setting: Setting, state: State, seen: Observation) -> list[tuple[str, list[Offer]]]:
    """The seat's deeds in their groups.

    Args:
        setting: the rules.
        state: one game (B = 1).
        seen: what the seat that would order sees of it.
    """
    seat = seen.seat
    own = setting.rulebook.deeds[seat]
    offers = [
        Offer(
            index,
            deed.id,
            deed.name,
            deed.sentence,
            amounts.costs(deed.costs, deed.fire, AMMUNITION.get(seat, "")),
            deed.rung,
            "; ".join(why_not_deed(setting, state, seat, index)),
            moment=tuple(moment(setting, seen, index)),
        )
        for index, deed in enumerate(own)
    ]
    grouped = [(group, [o for o in offers if own[o.number].group == group]) for group in GROUPS]
    return [(group, members) for group, members in grouped if members]


def sites(setting: Setting, state: State, seat: Seat, deed: int) -> list[tuple[int, str]]:
    """The places that a deed may name now; empty where it names none."""
    book = setting.rulebook
    if book.deeds[seat][deed].at is None:
        return []
    allowed = site_mask(setting, state, seat, deed)[:, 0]
    return [(index, book.sites[index].name) for index, may in enumerate(allowed) if may]


def words(setting: Setting, state: State, seat: Seat) -> list[Offer]:
    """What the seat can say in public, silence first."""
    return [
        Offer(
            index,
            word.id,
            word.name,
            sentence(word.sentence.replace("rung {rung}", "a rung").format(to="a seat")),
            "",
            0,
            "; ".join(why_not_word(setting, state, seat, index)),
            seat.rivals if word.to_seat else (),
            word.to_rung,
        )
        for index, word in enumerate(setting.rulebook.words)
        if seat in word.seats
    ]


def whispers(setting: Setting, state: State, seat: Seat) -> list[Offer]:
    """What the seat can say in private to anybody, none first."""
    return list(_whispers(setting, state, seat))


def _whispers(setting: Setting, state: State, seat: Seat) -> Iterator[Offer]:
    for index, whisper in enumerate(setting.rulebook.whispers):
        linked = [to for to in seat.rivals if (seat, to) in whisper.links]
        if index and not linked:
            continue
        reasons = {to: why_not_whisper(setting, state, seat, index, to) for to in linked}
        open_to = tuple(to for to in linked if not reasons[to])
        closed = "; ".join(dict.fromkeys("; ".join(why) for why in reasons.values() if why))
        yield Offer(
            index,
            whisper.id,
            whisper.name,
            told_whisper(setting, state, seat, index, "a seat"),
            when_heard(whisper),
            0,
            closed if index and not open_to else "",
            open_to,
        )


def told_whisper(setting: Setting, state: State, seat: Seat, index: int, some_seat: str) -> str:
    """What a message says, and whether it signs a deal that is offered to the seat.

    Args:
        setting: the rules.
        state: one game (B = 1).
        seat: who would send it.
        index: the message's number.
        some_seat: what stands for its receiver where there may be several.
    """
    whisper = setting.rulebook.whispers[index]
    linked = [to for to in seat.rivals if (seat, to) in whisper.links]
    to = SEAT_NAMES[linked[0]] if len(linked) == 1 else some_seat
    told = sentence(whisper.sentence.format(to=to))
    signed = [
        sentence(f"offered to you by {CAPITALS[by]}: to send it is to sign it")
        for by in signed_by(state, seat, index, linked)
    ]
    return " ".join([told, *signed])


class OrderTold(NamedTuple):
    """An order in sentences."""

    deed: str
    word: str
    whisper: str


def told_order(book: Rulebook, seat: Seat, order: Order) -> OrderTold:
    """What an order says, also where a target is still missing."""
    chosen = book.deeds[seat][order.deed]
    place = ", where the staff sees fit" if chosen.at else ""
    if order.site != ANY_SITE:
        place = f", at {book.sites[order.site].name}"
    rung = f"{order.word_rung} ({rung_name(order.word_rung)})" if order.word_rung else "…"
    return OrderTold(
        sentence(f"{chosen.name}{place}: {chosen.sentence}"),
        sentence(book.words[order.word].sentence.format(to=_to(order.word_to), rung=rung)),
        sentence(book.whispers[order.whisper].sentence.format(to=_to(order.whisper_to))),
    )


def _to(seat: int) -> str:
    return SEAT_NAMES[Seat(seat)] if seat != NO_SEAT else "…"


def sense(setting: Setting, state: State, seat: Seat, order: Order) -> list[str]:
    """How an order contradicts itself, in sentences, for whoever is about to commit to it.

    Args:
        setting: the rules.
        state: one game (B = 1).
        seat: who orders.
        order: what, also where a target is still missing.
    """
    truce = seat is Seat.MILITIA and bool(state.mil_truce[0] > 0)
    return contradictions(setting.rulebook, seat, order, truce=truce)


class Crossing(NamedTuple):
    """A declared line that a deed would cross."""

    rival: Seat
    line: int


def crossings(book: Rulebook, observation: Observation, deed: int) -> list[Crossing]:
    """The lines of rivals toward a seat that a deed of its own would cross, were it laid at its
    door; fire crosses what comes of it, which nobody knows beforehand.
    """
    seat = observation.seat
    touches = book.deeds[seat][deed].against
    found = []
    for rival in seat.rivals:
        line = float(observation.line[rival, seat, 0])
        if line < NO_LINE and touches.get(rival, 0) >= line:
            found.append(Crossing(rival, int(line)))
    return found
