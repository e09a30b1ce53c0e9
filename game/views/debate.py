"""What the hawk and the dove of a staff say of an order: each argues from its theory, and tells
what would follow if it were right.
"""

from typing import NamedTuple

from game.rules.observe import Observation
from game.rules.orders import Order
from game.rules.rulebook import Rulebook
from game.rules.seats import Seat

from .consequences import Consequences, Voice
from .names import CAPITALS, counted
from .peaks import t
from .phrasebook import signed

ARMOUR = ("us_protection", "us_troops", "iraq_guard", "iran_missiles", "mil_rockets")
"""Figures that raise what a seat can do or bear without striking."""


class Argument(NamedTuple):
    """One of the two."""

    side: str
    """hawk or dove."""
    name: str
    theory: str
    """What it holds for true, in two words."""
    text: str
    expects: str
    """What would follow, in a sentence."""


def arguments(
    book: Rulebook,
    seen: Observation,
    order: Order,
    found: Consequences,
    heard: tuple[Voice, Voice],
) -> tuple[Argument, Argument]:
    """What the two say of an order.

    Args:
        book: the rules.
        seen: what the seat sees.
        order: what it would order.
        found: what it is likely to bring.
        heard: what the hawk and the dove expect of it.
    """
    hawk, dove = (
        _argument(side, _kind(book, seen, order, found), seen, found.about, voice)
        for side, voice in zip(("hawk", "dove"), heard, strict=True)
    )
    return hawk, dove


def _argument(side: str, kind: str, seen: Observation, about: Seat, voice: Voice) -> Argument:
    seat = seen.seat
    owed = [rival for rival in seat.rivals if seen.debt[seat, rival, 0] > 0]
    to = about if about in owed else (owed or [about])[0]
    days = min((int(seen.debt_days[seat, rival, 0]) for rival in owed), default=0)
    left = counted(days, "day")
    told = t(f"debate.{side}.{kind}", who=CAPITALS[to], days=f"{left[:1].upper()}{left[1:]} left")
    return Argument(
        side,
        t(f"debate.{side}_name"),
        t(f"debate.{side}_theory"),
        f"{told[:1].upper()}{told[1:]}",
        t("debate.if_right", told=expected(voice)),
    )


def expected(voice: Voice) -> str:
    """What a voice expects of attacks, in a few words."""
    change = voice.attacks
    if not change.luck.has_one_sign or abs(change.mean) < 0.05:
        return "no difference"
    return signed(change.mean, 1)


def _kind(book: Rulebook, seen: Observation, order: Order, found: Consequences) -> str:
    """What an order is, for who argues about it."""
    seat, deed = seen.seat, book.deeds[seen.seat][order.deed]
    owes = any(seen.debt[seat, rival, 0] > 0 for rival in seat.rivals)
    if deed.group == "force":
        return "force_owed" if found.pays >= 0.5 else "force"
    if any(deed.effects.get(column, 0) > 0 for column in ARMOUR):
        return "posture"
    word = book.words[order.word]
    if word.to_rung:
        return "threat"
    if word.soothes or order.whisper or any(share < 0 for share in deed.harm.values()):
        return "soft"
    return "hold_owed" if owes else "hold"
