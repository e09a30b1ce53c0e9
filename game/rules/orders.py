"""Orders: what the four seats intend. What comes of it is an `Outcome`."""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from .rulebook import ANY_SITE, NO_SEAT
from .state import Bools, Codes, Floats, chosen


@dataclass(slots=True)
class Orders:
    """One turn's orders for B games; every array has shape (4 seats, B)."""

    deed: Codes
    """Index into the seat's own deeds; 0 is hold."""
    word: Codes
    """Index into the words; 0 is silence."""
    word_to: Codes
    """The seat spoken of or to; -1 where the word names none."""
    word_rung: Codes
    """The rung that a threat names; 0 where it names none."""
    whisper: Codes
    """Index into the whispers; 0 is none."""
    whisper_to: Codes
    """The seat whispered to; -1 for none."""
    site: Codes
    """The site that the deed names; -1 leaves it to the referee."""
    forecast: Floats | None = None
    """(4, 4, B) odds that seat i gives to seat j's using force this turn; NaN for none. Scored in
    the debrief, never adjudicated."""

    @property
    def games(self) -> int:
        """B, the number of games in the batch."""
        return int(self.deed.shape[1])

    def held(self, over: Bools) -> "Orders":
        """The orders with those of the games given by a (B,) mask replaced by holding."""
        if not over.any():
            return self
        hold = holding(self.games)
        parts: dict[str, Any] = {
            name: np.where(over, getattr(hold, name), getattr(self, name)) for name in ORDER_PARTS
        }
        return Orders(**parts, forecast=self.forecast)

    def take(self, games: Codes | slice) -> "Orders":
        """The chosen games' orders."""
        arrays: dict[str, Any] = {
            f.name: chosen(array, games)
            for f in fields(self)
            if (array := getattr(self, f.name)) is not None
        }
        return Orders(**arrays)


ORDER_PARTS: tuple[str, ...] = tuple(f.name for f in fields(Orders) if f.name != "forecast")
"""The parts that are adjudicated, in order."""


def holding(games: int) -> Orders:
    """Orders in which everybody holds and says nothing."""

    def zeros() -> Codes:
        return np.zeros((4, games), np.intp)

    return Orders(
        deed=zeros(),
        word=zeros(),
        word_to=np.full((4, games), NO_SEAT, np.intp),
        word_rung=zeros(),
        whisper=zeros(),
        whisper_to=np.full((4, games), NO_SEAT, np.intp),
        site=np.full((4, games), ANY_SITE, np.intp),
    )
