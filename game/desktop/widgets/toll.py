"""The dead, as marks: one for each of them, by whose they were. Nothing else is drawn of them."""

from collections.abc import Callable, Sequence

import pygame

from game.rules.seats import Seat

from ..look.seat_icons import seat_icon
from ..look.ui import Ui
from .base import Widget

SIZE, STEP = 15, 22
MOST = 120
"""Marks that are drawn; of more the number alone is told."""


class Toll(Widget):
    """A row of marks, going on below where it is full."""

    def __init__(
        self,
        dead: Sequence[tuple[Seat, int]],
        shown: Callable[[], int] | None = None,
        *,
        tip: str = "",
        size: float = SIZE,
    ) -> None:
        """
        Args:
            dead: how many, by whose mark.
            shown: how many are drawn already; None draws all.
            tip: the same in words.
            size: of a mark, in units.
        """
        super().__init__(key="toll", tip=tip)
        self._marks = [seat for seat, number in dead for _ in range(number)][:MOST]
        self._shown, self._size = shown, size

    @property
    def count(self) -> int:
        """How many marks there are."""
        return len(self._marks)

    def _step(self, ui: Ui) -> int:
        return ui.px(self._size * STEP / SIZE)

    def natural(self, ui: Ui) -> int:
        """See `Widget`."""
        return self._step(ui) * max(1, len(self._marks))

    def _a_row(self, ui: Ui, width: int) -> int:
        return max(1, width // self._step(ui))

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        rows = -(-len(self._marks) // self._a_row(ui, width))
        return rows * self._step(ui)

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`."""
        step, in_row = self._step(ui), self._a_row(ui, self.rect.width)
        shown = len(self._marks) if self._shown is None else self._shown()
        for place, seat in enumerate(self._marks[:shown]):
            middle = (
                self.rect.x + (place % in_row) * step + step // 2,
                self.rect.y + (place // in_row) * step + step // 2,
            )
            seat_icon(surface, seat, middle, ui.px(self._size), ui.theme.seat(seat))
