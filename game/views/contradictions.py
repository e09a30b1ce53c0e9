"""Orders of one turn that contradict each other: told to the seat before it commits, and to the
world afterwards, as far as all of it was in the open.
"""

import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from game.rules.account import Account
from game.rules.orders import Order
from game.rules.rulebook import NO_SEAT, Deed, Rulebook
from game.rules.seats import Seat

from .names import CAPITALS, SEAT_NAMES, sentence

FILE = Path(__file__).parent / "told" / "contradictions.toml"


class _Ordered(NamedTuple):
    """What one seat does and says in a turn; empty ids for what is left open or unknown."""

    deed: Deed
    word: str
    whisper: str
    word_to: Seat | None
    whisper_to: Seat | None
    truce: bool


class Contradiction(NamedTuple):
    """One pair of orders that do not go together."""

    told: str
    world: str = ""
    words: tuple[str, ...] = ()
    whispers: tuple[str, ...] = ()
    deeds: tuple[str, ...] = ()
    does: str = ""
    same: bool = False
    """Only where the word and the message are meant for the same seat."""
    truce: bool = False

    def to(self, of: _Ordered) -> Seat | None:
        """Whom what is said names: the word, or, where only a message is said, the message."""
        return of.whisper_to if self.whispers and not self.words else of.word_to

    def holds(self, of: _Ordered) -> bool:
        """Whether orders contradict each other in this way."""
        return (
            (not self.words or of.word in self.words)
            and (not self.whispers or of.whisper in self.whispers)
            and (not self.deeds or of.deed.id in self.deeds)
            and (not self.does or _DOES[self.does](of.deed, self.to(of)))
            and (not self.same or of.word_to is of.whisper_to)
            and (not self.truce or of.truce)
        )


def _presses(deed: Deed, to: Seat | None) -> bool:
    if to is None:
        return False
    fires = deed.fire is not None and to is Seat.US
    return fires or deed.against.get(to, 0) > 0 or deed.resolve.get(to, 0) > 0


def _yields(deed: Deed, to: Seat | None) -> bool:
    return to is not None and deed.resolve.get(to, 0) < 0


def _soothes(deed: Deed, to: Seat | None) -> bool:
    return to is not None and deed.harm.get(to, 0) < 0


_DOES: dict[str, Callable[[Deed, Seat | None], bool]] = {
    "force": lambda deed, _: deed.group == "force",
    "force_signed": lambda deed, _: deed.group == "force" and deed.signed,
    "no_force": lambda deed, _: deed.group != "force",
    "presses": _presses,
    "yields": _yields,
    "soothes": _soothes,
}


@cache
def all_contradictions() -> tuple[Contradiction, ...]:
    """The list of them.

    Raises:
        KeyError: one of them has no text.
    """
    rows: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["contradiction"]
    return tuple(
        Contradiction(
            told=row["told"],
            world=row.get("world", ""),
            words=tuple(row.get("words", ())),
            whispers=tuple(row.get("whispers", ())),
            deeds=tuple(row.get("deeds", ())),
            does=row.get("does", ""),
            same=row.get("same", False),
            truce=row.get("truce", False),
        )
        for row in rows
    )


def contradictions(book: Rulebook, seat: Seat, order: Order, *, truce: bool) -> list[str]:
    """How an order contradicts itself, in sentences.

    Args:
        book: the rules.
        seat: who orders.
        order: what, also where a target is still missing.
        truce: whether a truce of the seat's own holds.
    """
    word, whisper = book.words[order.word], book.whispers[order.whisper]
    word_to, whisper_to = (
        None if to == NO_SEAT else Seat(to) for to in (order.word_to, order.whisper_to)
    )
    deed = book.deeds[seat][order.deed]
    ordered = _Ordered(deed, word.id, whisper.id, word_to, whisper_to, truce)
    return [
        one.told.format(to="them" if (to := one.to(ordered)) is None else SEAT_NAMES[to])
        for one in all_contradictions()
        if one.holds(ordered)
    ]


def contradicted(book: Rulebook, account: Account) -> Iterator[tuple[Seat, str]]:
    """Who said one thing in the open and did another, with a sentence of it.

    Args:
        book: the rules.
        account: what a seat, or the public, learnt of a turn.
    """
    done = {seen.seat: seen.deed for seen in account.deeds if seen.deed is not None}
    for spoken in account.words:
        deed = None if spoken.seat is None else done.get(spoken.seat)
        if spoken.seat is None or deed is None or not book.deeds[spoken.seat][deed].signed:
            continue
        word = book.words[spoken.word].id
        ordered = _Ordered(book.deeds[spoken.seat][deed], word, "", spoken.to, None, truce=False)
        who = _called(spoken.seat, account.seat, CAPITALS)
        to = "them" if spoken.to is None else _called(spoken.to, account.seat, SEAT_NAMES)
        for one in all_contradictions():
            if one.world and one.holds(ordered):
                yield spoken.seat, sentence(one.world.format(who=who, to=to))


def _called(seat: Seat, reader: Seat | None, names: dict[Seat, str]) -> str:
    return "you" if seat is reader else names[seat]
