"""A seat's mark as a widget."""

import pygame

from game.rules.seats import Seat

from ..look.seat_icons import seat_icon
from ..look.ui import Ui
from .base import Widget


class SeatIcon(Widget):
    """A seat's mark."""

    def __init__(self, seat: Seat, *, tip: str = "") -> None:
        super().__init__(width=16, tip=tip)
        self._seat = seat

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        return ui.px(16)

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`."""
        seat_icon(surface, self._seat, self.rect.center, ui.px(13), ui.theme.seat(self._seat))
