"""An order by name and back: names are what people write and files keep, numbers are what the
referee takes.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from game.rules.orders import PARTS, Order
from game.rules.rulebook import Deed, Rulebook, Site, Whisper, Word
from game.rules.seats import Seat

Names = Mapping[str, Any]
"""The parts of `Order` by name: ids of the rulebook, a Seat, a rung; None where none is named."""


def order_names(book: Rulebook, seat: Seat, order: Order) -> dict[str, str | int | None]:
    """A legal order by name."""
    ids = _ids(book, seat)
    return {part: _name(part, getattr(order, part), ids.get(part)) for part in PARTS}


def order_of(book: Rulebook, seat: Seat, names: Names) -> Order:
    """The order that a seat's names stand for; keys other than the parts are passed over.

    Raises:
        KeyError: the rulebook has no such deed, site, word or whisper; the text is the name.
    """
    ids = _ids(book, seat)
    named = {part: names[part] for part in PARTS if names[part] is not None}
    return Order(**{part: _number(name, ids.get(part)) for part, name in named.items()})


def _ids(book: Rulebook, seat: Seat) -> dict[str, list[str]]:
    """The ids of the parts that are rows of the rulebook; the others are seats and rungs."""
    rows: dict[str, Sequence[Deed | Word | Whisper | Site]] = {
        "deed": book.deeds[seat],
        "word": book.words,
        "whisper": book.whispers,
        "site": book.sites,
    }
    return {part: [row.id for row in known] for part, known in rows.items()}


def _name(part: str, number: int, ids: list[str] | None) -> str | int | None:
    if number < 0:
        return None
    if ids is not None:
        return ids[number]
    return number or None if part == "word_rung" else Seat(number)


def _number(name: str | int, ids: list[str] | None) -> int:
    if ids is None:
        return int(name)
    if name not in ids:
        raise KeyError(name)
    return ids.index(str(name))
