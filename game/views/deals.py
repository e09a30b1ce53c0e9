"""Deals in sentences: what stands between a seat and the others, and what a message would sign.
What a seat sees is of one game (B = 1).
"""

from typing import NamedTuple

from game.rules.observe import Observation
from game.rules.rulebook import Rulebook, Whisper
from game.rules.seats import Seat
from game.rules.state import State

from .names import CAPITALS, counted, number, sentence

_TERMS = "or sign: "
"""What stands in a deal's sentence before its terms."""


def title(whisper: Whisper) -> str:
    """What a deal is called inside a sentence."""
    return f"“{whisper.name.removeprefix('Deal: ')}”"


def standing(book: Rulebook, seen: Observation) -> dict[Seat, list[str]]:
    """For each rival with whom there is something, the deal in force with it, the deal that it
    offers and the one offered to it.
    """
    found = {
        rival: [sentence(text) for text in _between(book, seen, rival)]
        for rival in seen.seat.rivals
    }
    return {rival: lines for rival, lines in found.items() if lines}


class Proposal(NamedTuple):
    """A deal that a rival offers, and the message that signs it."""

    rival: Seat
    whisper: int
    name: str
    terms: str
    left: str
    """How long the offer stands."""


def on_the_table(book: Rulebook, seen: Observation) -> list[Proposal]:
    """The deals that are offered to a seat."""
    found = []
    for rival in seen.seat.rivals:
        if offer := int(seen.offered[rival, 0]):
            deal, days = book.whispers[offer], counted(seen.offered_days[rival, 0], "day")
            told = deal.sentence.format(to=CAPITALS[rival])
            terms = sentence(told.partition(_TERMS)[2] or told)
            found.append(Proposal(rival, offer, title(deal), terms, f"{days} to sign"))
    return found


def in_force(book: Rulebook, seen: Observation) -> list[str]:
    """The deals of a seat that hold, and the militias' truce, in sentences."""
    lines = [
        sentence(_holds(book, seen, rival)) for rival in seen.seat.rivals if seen.deal[rival, 0]
    ]
    truce = seen.columns.get("mil_truce")
    if truce is not None and (day := int(truce[0])) > 0:
        own = "your" if seen.seat is Seat.MILITIA else "the militias'"
        lines.append(sentence(f"{own} truce holds, day {day}; a death or a blow ends it"))
        lines.append(restraint(book, seen, day))
    return lines


def restraint(book: Rulebook, seen: Observation, day: int) -> str:
    """When a truce may end the game, in a sentence: the count of days that the rules keep.

    Args:
        book: the rules.
        seen: what the seat sees of one game.
        day: of the truce.
    """
    whole = round(book.parameters.endings.settled_days)
    left = max(whole - day, whole - int(seen.columns["us_force_days"][0]), 0)
    owed = int((seen.debt[..., 0] > 0).sum())
    debts = f" ({number(owed)} {'is' if owed == 1 else 'are'} now)" if owed else ""
    if not left:
        return sentence(f"the game ends in mutual restraint as soon as no debt is open{debts}")
    return sentence(
        f"the game ends in mutual restraint in {counted(left, 'day')} at the earliest, if nobody "
        f"is killed by fire, no blow falls and no debt is open then{debts}"
    )


def offered_by(book: Rulebook, seen: Observation) -> list[str]:
    """The deals that a seat offers, in sentences."""
    rivals = seen.seat.rivals
    return [sentence(_own(book, seen, to)) for to in rivals if seen.offer[to, 0]]


def gone(book: Rulebook, before: Observation, now: Observation) -> dict[Seat, list[str]]:
    """For each rival, the offers that stood between the two a turn ago and no longer do, and why;
    those that were signed are told of as deals.

    Args:
        book: the rules.
        before: what the seat saw a turn ago.
        now: what it sees now.
    """
    found: dict[Seat, list[str]] = {}
    for rival in now.seat.rivals:
        held, holds = int(before.deal[rival, 0]), int(now.deal[rival, 0])
        agreed, who = holds if holds != held else 0, CAPITALS[rival]
        pairs = ((before.offer, now.offer, True), (before.offered, now.offered, False))
        for was, still, own in pairs:
            offer, after = int(was[rival, 0]), int(still[rival, 0])
            if offer and offer not in (after, agreed):
                told = _gone(book, offer, agreed, after, who, own=own)
                found.setdefault(rival, []).append(sentence(told))
    return found


def _gone(book: Rulebook, offer: int, agreed: int, after: int, who: str, *, own: bool) -> str:
    deal = title(book.whispers[offer])
    head = f"your offer to {who}, {deal}," if own else f"{who}'s offer to you, {deal},"
    if agreed:
        return f"{head} fell away: you both signed {title(book.whispers[agreed])}"
    if after:
        return f"{head} is gone: {title(book.whispers[after])} has taken its place"
    return f"{head} has lapsed: {who if own else 'you'} did not sign it"


def _own(book: Rulebook, seen: Observation, rival: Seat) -> str:
    left = counted(seen.offer_days[rival, 0], "day")
    deal = title(book.whispers[int(seen.offer[rival, 0])])
    return f"offered by you to {CAPITALS[rival]}: the deal {deal}; it stands {left}"


def _holds(book: Rulebook, seen: Observation, rival: Seat) -> str:
    known = ", and everybody knows of it" if seen.deal_known[rival, 0] else ""
    left = counted(seen.deal_days[rival, 0], "day")
    deal = title(book.whispers[int(seen.deal[rival, 0])])
    return f"your deal with {CAPITALS[rival]}, {deal}, holds for {left} more{known}"


def _between(book: Rulebook, seen: Observation, rival: Seat) -> list[str]:
    lines, who = [], CAPITALS[rival]
    if seen.deal[rival, 0]:
        lines.append(_holds(book, seen, rival))
    if offer := int(seen.offered[rival, 0]):
        left = counted(seen.offered_days[rival, 0], "day")
        lines.append(
            f"offered to you by {who}: the deal {title(book.whispers[offer])}; the same message to "
            f"{who} signs it, this turn or while the offer stands, {left}"
        )
    if seen.offer[rival, 0]:
        lines.append(_own(book, seen, rival))
    return lines


def would_break(book: Rulebook, seen: Observation, deed: int) -> list[str]:
    """The deals in force that one of the seat's deeds would break, in sentences; unsigned fire
    breaks one only where the partner lays it at the seat's door.

    Args:
        book: the rules.
        seen: what the seat sees of one game.
        deed: its number.
    """
    told = list[str]()
    for rival in seen.seat.rivals:
        deal = book.whispers[int(seen.deal[rival, 0])]
        what = f"your deal with {CAPITALS[rival]}, {title(deal)}"
        surely = breaks(book, seen.seat, deed, deal)
        if surely is not None:
            told.append(sentence(f"{'' if surely else 'laid at your door, '}it would break {what}"))
    return told


def breaks(book: Rulebook, seat: Seat, deed: int, deal: Whisper) -> bool | None:
    """Whether one of a seat's deeds would surely break a deal, or only if it were laid at its door;
    None where it would not.

    Args:
        book: the rules.
        seat: whose deed.
        deed: its number.
        deal: the message that both have sent, or would.
    """
    chosen = book.deeds[seat][deed]
    forborne = deal.deal.forbears.get(seat, {}) if deal.deal else {}
    if any(chosen.against.get(spared, 0) >= rung for spared, rung in forborne.items()):
        return True
    return False if chosen.fire is not None and Seat.US in forborne else None


def signed_by(state: State, seat: Seat, whisper: int, receivers: list[Seat]) -> list[Seat]:
    """Those of the receivers who offer the seat that message's deal: to send it is to sign it.

    Args:
        state: the game.
        seat: who would send it.
        whisper: its number.
        receivers: to whom it can be sent.
    """
    return [to for to in receivers if whisper and state.offer[to, seat, 0] == whisper]
