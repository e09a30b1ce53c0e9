"""Orders: what the four seats intend. What comes of it is an `Outcome`."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np

from .rulebook import ANY_SITE, NO_SEAT
from .seats import SEATS, Seat
from .state import Bools, Codes, Floats, chosen


@dataclass(frozen=True, slots=True)
class Order:
    """What one seat intends in one turn of one game; by itself: hold and say nothing."""

    deed: int = 0
    """Index into the seat's own deeds; 0 is hold."""
    word: int = 0
    """Index into the words; 0 is silence."""
    word_to: int = NO_SEAT
    """The seat spoken of or to; -1 where the word names none."""
    word_rung: int = 0
    """The rung that a threat names; 0 where it names none."""
    whisper: int = 0
    """Index into the whispers; 0 is none."""
    whisper_to: int = NO_SEAT
    """The seat whispered to; -1 for none."""
    site: int = ANY_SITE
    """The site that the deed names; -1 leaves it to the referee."""


HOLD = Order()
PARTS: tuple[str, ...] = tuple(part.name for part in fields(Order))
"""The names of an order's parts."""


@dataclass(slots=True)
class OrderColumns:
    """Many orders, an array of whole numbers for each part of `Order`; games are the last axis."""

    deed: Codes
    word: Codes
    word_to: Codes
    word_rung: Codes
    whisper: Codes
    whisper_to: Codes
    site: Codes

    @classmethod
    def holding(cls, *shape: int) -> Self:
        """Everybody holds and says nothing."""
        return cls(*(np.full(shape, getattr(HOLD, part), np.intp) for part in PARTS))

    @property
    def games(self) -> int:
        """B, the number of games in the batch."""
        return int(self.deed.shape[-1])

    def held(self, over: Bools) -> Self:
        """The orders with those of the games given by a (B,) mask replaced by holding."""
        if not over.any():
            return self
        held = self.take(slice(None))
        for part in PARTS:
            array = getattr(self, part)
            setattr(held, part, np.where(over, getattr(HOLD, part), array))
        return held

    def take(self, games: Codes | slice) -> Self:
        """The chosen games' orders."""
        arrays: dict[str, Any] = {
            f.name: chosen(array, games)
            for f in fields(self)
            if (array := getattr(self, f.name)) is not None
        }
        return type(self)(**arrays)


@dataclass(slots=True)
class Orders(OrderColumns):
    """One turn's orders for B games; every array has shape (4 seats, B)."""

    forecast: Floats | None = None
    """(4, 4, B) odds that seat i gives to seat j's using force this turn; NaN for none. Scored in
    the debrief, never adjudicated."""

    @classmethod
    def of(cls, orders: Mapping[Seat, Order]) -> Self:
        """One game's orders (B = 1); seats that are left out hold."""
        made = cls.holding(len(SEATS), 1)
        for seat, order in orders.items():
            made.put(seat, order)
        return made

    def order(self, seat: Seat, game: int = 0) -> Order:
        """One seat's order in one game."""
        return Order(*(int(getattr(self, part)[seat, game]) for part in PARTS))

    def put(self, seat: Seat, order: Order | OrderColumns, games: slice = slice(None)) -> None:
        """Sets a seat's orders in all games, or in some."""
        for part in PARTS:
            getattr(self, part)[seat, games] = getattr(order, part)


def holding(games: int) -> Orders:
    """Orders in which everybody holds and says nothing."""
    return Orders.holding(len(SEATS), games)
