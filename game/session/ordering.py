"""Orders by name, as the journal keeps them, and by number, as the referee takes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from game.players.base import Choice, assemble
from game.rules.orders import Orders
from game.rules.rulebook import ANY_SITE, NO_SEAT, Rulebook
from game.rules.seats import SEATS, Seat

from .events import Ordered

Forecast = Mapping[Seat, float]
"""Odds from 0 to 1, for each rival, that it uses force this turn."""


@dataclass(frozen=True, slots=True)
class Commitment:
    """Orders that a seat has committed to."""

    n: int
    """The number of their row in the journal."""
    choice: Choice
    forecast: dict[Seat, float]


def named(book: Rulebook, seat: Seat, choice: Choice, forecast: Forecast) -> dict[str, Any]:
    """A legal choice (B = 1) by the names that `Ordered` has."""
    site, to, rung = int(choice.site[0]), int(choice.word_to[0]), int(choice.word_rung[0])
    whispered_to = int(choice.whisper_to[0])
    return {
        "deed": book.deeds[seat][choice.deed[0]].id,
        "site": None if site == ANY_SITE else book.sites[site].id,
        "word": book.words[choice.word[0]].id,
        "word_to": None if to == NO_SEAT else Seat(to),
        "word_rung": rung or None,
        "whisper": book.whispers[choice.whisper[0]].id,
        "whisper_to": None if whispered_to == NO_SEAT else Seat(whispered_to),
        **{f"forecast_{about.name.lower()}": float(odds) for about, odds in forecast.items()},
    }


def choice_of(book: Rulebook, orders: Ordered) -> Choice:
    """The choice that a row of the journal names.

    Raises:
        KeyError: the rulebook has no such deed, place, word or whisper.
    """

    def code(number: int) -> Any:
        return np.array([number], np.intp)

    def index(names: list[str], name: str) -> int:
        if name not in names:
            raise KeyError(name)
        return names.index(name)

    deeds = [deed.id for deed in book.deeds[orders.seat]]
    sites = [site.id for site in book.sites]
    return Choice(
        deed=code(index(deeds, orders.deed)),
        word=code(index([word.id for word in book.words], orders.word)),
        word_to=code(NO_SEAT if orders.word_to is None else orders.word_to),
        word_rung=code(orders.word_rung or 0),
        whisper=code(index([whisper.id for whisper in book.whispers], orders.whisper)),
        whisper_to=code(NO_SEAT if orders.whisper_to is None else orders.whisper_to),
        site=code(ANY_SITE if orders.site is None else index(sites, orders.site)),
    )


def assembled(committed: Mapping[Seat, Commitment]) -> Orders:
    """The turn's orders (B = 1), with forecasts where anybody gave one."""
    orders = assemble({seat: given.choice for seat, given in committed.items()}, 1)
    if any(given.forecast for given in committed.values()):
        odds = np.full((len(SEATS), len(SEATS), 1), np.nan, np.float32)
        for seat, given in committed.items():
            for about, value in given.forecast.items():
                odds[seat, about] = value
        orders.forecast = odds
    return orders
