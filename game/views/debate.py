"""What the hawk and the dove of a staff say of an order: each argues from its theory, and tells
what would follow if it were right.
"""

from typing import NamedTuple

from game.rules.observe import Observation
from game.rules.occasions import stance
from game.rules.orders import Order
from game.rules.rulebook import Rulebook
from game.rules.seats import Rung, Seat

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
    attacks: str
    """The same of attacks alone, in a word or a figure."""


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
    kind, deed = _kind(book, seen, order, found), book.deeds[seen.seat][order.deed].id
    hawk, dove = (
        _argument(side, _line(side, kind, deed, seen.turn), seen, found.about, voice)
        for side, voice in zip(("hawk", "dove"), heard, strict=True)
    )
    return hawk, dove


def _line(side: str, kind: str, deed: str, turn: int) -> str:
    """What one of the two says: of the action itself, save where a use of force pays what is owed;
    of holding and of what is said in other words from turn to turn.
    """
    own = f"debate.{side}_of.{deed}"
    if kind != "force_owed" and own in t.all:
        return own
    several = list(t.below(f"debate.{side}.{kind}"))
    line = f".{several[turn % len(several)]}" if several else ""
    return f"debate.{side}.{kind}{line}"


def _argument(side: str, line: str, seen: Observation, about: Seat, voice: Voice) -> Argument:
    seat = seen.seat
    owed = [rival for rival in seat.rivals if seen.debt[seat, rival, 0] > 0]
    to = about if about in owed else (owed or [about])[0]
    days = min((int(seen.debt_days[seat, rival, 0]) for rival in owed), default=0)
    left = counted(days, "day")
    told = t(line, who=CAPITALS[to], days=f"{left[:1].upper()}{left[1:]} left")
    return Argument(
        side,
        t(f"debate.{side}_name"),
        t(f"debate.{side}_theory"),
        f"{told[:1].upper()}{told[1:]}",
        t("debate.if_right", told=expected(voice)),
        expected(voice),
    )


def expected(voice: Voice) -> str:
    """What a voice expects of attacks, in a few words."""
    change = voice.attacks
    if not change.luck.has_one_sign or abs(change.mean) < 0.05:
        return "no difference"
    return signed(change.mean, 1)


def _kind(book: Rulebook, seen: Observation, order: Order, found: Consequences) -> str:
    """What an order is, for who argues about it."""
    deed, word = book.deeds[seen.seat][order.deed], book.words[order.word]
    owes = any(seen.debt[seen.seat, rival, 0] > 0 for rival in seen.seat.rivals)
    if deed.group == "force":
        light = "force" if deed.rung >= Rung.DEADLY_ATTACK else "needle"
        return "force_owed" if found.pays >= 0.5 else light
    is_soft = word.soothes or order.whisper or any(share < 0 for share in deed.harm.values())
    kinds = {
        "posture": any(deed.effects.get(column, 0) > 0 for column in ARMOUR),
        "threat": bool(word.to_rung),
        "pressure": stance(deed) > 0 or any(share > 0 for share in deed.harm.values()),
        "soft": bool(is_soft),
        "hold_owed": owes,
        "hold": not order.deed,
    }
    return next((kind for kind, is_so in kinds.items() if is_so), "work")
