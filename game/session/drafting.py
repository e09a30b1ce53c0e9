"""One seat's orders in the making: what every screen that asks for orders fills in."""

from dataclasses import dataclass, field

import numpy as np

from game.players.base import Choice
from game.rules.rulebook import ANY_SITE, NO_SEAT
from game.rules.seats import Seat

_PARTS = ("deed", "word", "word_to", "word_rung", "whisper", "whisper_to", "site")


@dataclass(slots=True)
class Draft:
    """What has been picked so far; indices as in `Orders`."""

    deed: int = 0
    site: int = ANY_SITE
    word: int = 0
    word_to: int = NO_SEAT
    word_rung: int = 0
    whisper: int = 0
    whisper_to: int = NO_SEAT
    forecast: dict[Seat, float] = field(default_factory=dict)
    """Odds, 0 to 1, of each rival's using force this turn; empty where none were given."""

    def choice(self) -> Choice:
        """One game's Choice (B = 1)."""
        return Choice(**{part: np.array([getattr(self, part)], np.intp) for part in _PARTS})
