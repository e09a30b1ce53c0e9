"""What is left of a turn's time, in a match that has a limit."""

import pygame

from game.session.clock import Clock

from ..look.ui import Ui
from ..texts import t
from ..widgets.base import Widget

SHORT = 60
"""Seconds below which the time is short."""
LOOK = 0.5
"""Seconds between two looks at it."""


class ClockFace(Widget):
    """Minutes and seconds; it looks at the clock whenever it is drawn."""

    STYLE = "strong"

    def __init__(self, clock: Clock) -> None:
        super().__init__(key="clock", tip=t("room.clock_tip"))
        self._clock = clock

    def _time_left(self) -> tuple[str, bool]:
        left = self._clock.look() or 0.0
        if left <= 0:
            return t("room.clock_up"), True
        minutes, seconds = divmod(int(left), 60)
        return t("room.clock_left", minutes=minutes, seconds=f"{seconds:02d}"), left < SHORT

    def natural(self, ui: Ui) -> int:
        """See `Widget`: room for whatever it may come to say."""
        hours = max(2, len(str(int((self._clock.look() or 0) // 60))))
        longest = t("room.clock_left", minutes="8" * hours, seconds="88")
        return 1 + max(ui.text_width(text, self.STYLE) for text in (longest, t("room.clock_up")))

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        return ui.block("0", self.STYLE, 1000).line_height

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`."""
        told, short = self._time_left()
        colour = ui.theme["warn" if short else "text"]
        ui.draw_text(surface, told, self.STYLE, colour, self.rect, align="right", where=self.path)
