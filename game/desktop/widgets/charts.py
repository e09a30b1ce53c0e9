"""Small charts, drawn with bars and letters: distributions, progress, and a screen's own."""

from collections.abc import Callable, Sequence

import pygame

from ..look.ui import Ui
from .base import Widget

WIDEST_BAR = 96
"""Units: eleven rungs fill a page, two values do not."""


class Chart(Widget):
    """A drawing of so many units' height; its tip says the same in words."""

    def __init__(self, high: float, *, tip: str = "", key: str = "", grow: float = 0) -> None:
        super().__init__(tip=tip, key=key, grow=grow)
        self._high = high

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        return ui.px(self._high)

    def natural(self, ui: Ui) -> int:
        """See `Widget`."""
        return ui.px(200)

    def label(
        self,
        ui: Ui,
        surface: pygame.Surface,
        text: str,
        box: pygame.Rect,
        align: str = "left",
        colour: str = "quiet",
    ) -> None:
        """Small letters in the drawing."""
        ui.draw_text(surface, text, "small", ui.theme[colour], box, align=align, where=self.path)


class Distribution(Chart):
    """How often each of some values came up, as bars, with the mean and the middle nine tenths.

    The bars inside of the range of 90 in 100 are full, the others outlined.
    """

    def __init__(
        self,
        values: Sequence[float],
        counts: Sequence[int],
        *,
        low: float,
        high: float,
        mean: float,
        told: Callable[[float], str] = "{:g}".format,
        height: float = 96,
        tip: str = "",
        key: str = "",
        press: Callable[[int], None] | None = None,
        chosen: int = -1,
    ) -> None:
        """
        Args:
            values: what each bar stands for, in order.
            counts: how often each came up.
            low: the lower end of the range of 90 in 100.
            high: the upper end.
            mean: marked by a line.
            told: how a value is written.
            height: in units.
            tip: the same in words.
            key: see `Widget`.
            press: called with a bar's place when it is picked.
            chosen: the bar that is picked.
        """
        super().__init__(height, tip=tip, key=key)
        self._values, self._counts = list(values), list(counts)
        self._low, self._high_end, self._mean, self._told = low, high, mean, told
        self._press, self._chosen = press, chosen
        self.focusable = press is not None

    def _area(self, ui: Ui) -> pygame.Rect:
        foot = ui.block("0", "small", 1000).line_height + ui.px(2)
        return pygame.Rect(self.rect.x, self.rect.y, self.rect.width, self.rect.height - foot)

    def _bar_width(self, ui: Ui) -> float:
        return min(float(ui.px(WIDEST_BAR)), self.rect.width / max(1, len(self._values)))

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`."""
        theme, area = ui.theme, self._area(ui)
        most, wide = max(self._counts, default=0) or 1, self._bar_width(ui)
        pygame.draw.line(surface, theme["line"], area.bottomleft, area.bottomright)
        for place, (value, count) in enumerate(zip(self._values, self._counts, strict=True)):
            high = round((area.height - ui.px(6)) * count / most)
            x = area.x + round(place * wide)
            gap = ui.px(1) if wide > ui.px(4) else 0
            bar = pygame.Rect(x, area.bottom - high, max(1, round(wide) - gap), high)
            inside = self._low <= value <= self._high_end
            shade = theme["accent" if place == self._chosen else "text"] if inside else None
            if inside:
                faint = theme.between("panel", "text", 0.55)
                pygame.draw.rect(surface, shade if place == self._chosen and shade else faint, bar)
            else:
                pygame.draw.rect(
                    surface, theme["accent" if place == self._chosen else "quiet"], bar, 1
                )
        self._paint_mean(ui, surface, area, wide)
        self._paint_ends(ui, surface, area, wide)

    def _x(self, area: pygame.Rect, wide: float, value: float) -> int:
        first, last = self._values[0], self._values[-1]
        if last == first:
            return area.x + round(wide / 2)
        span = wide * (len(self._values) - 1)
        return area.x + round(wide / 2 + span * (value - first) / (last - first))

    def _paint_mean(self, ui: Ui, surface: pygame.Surface, area: pygame.Rect, wide: float) -> None:
        x = self._x(area, wide, self._mean)
        pygame.draw.line(surface, ui.theme["accent"], (x, area.y), (x, area.bottom), ui.px(2))

    def _paint_ends(self, ui: Ui, surface: pygame.Surface, area: pygame.Rect, wide: float) -> None:
        """The first and the last value under their bars."""
        high = self.rect.bottom - area.bottom
        used = min(self.rect.width, max(round(wide * len(self._values)), ui.px(80)))
        foot = pygame.Rect(area.x, area.bottom + ui.px(2), used, high)
        self.label(ui, surface, self._told(self._values[0]), foot)
        if len(self._values) > 1:
            self.label(ui, surface, self._told(self._values[-1]), foot, "right")

    def down(self, ui: Ui, pos: tuple[int, int]) -> None:
        """See `Widget`."""
        place = int((pos[0] - self.rect.x) // self._bar_width(ui))
        if self._press is not None and 0 <= place < len(self._values):
            self._press(place)

    def key_down(self, ui: Ui, event: pygame.event.Event) -> bool:
        """See `Widget`."""
        step = {pygame.K_LEFT: -1, pygame.K_RIGHT: 1}.get(event.key)
        if step is None or self._press is None:
            return False
        self._press(max(0, min(len(self._values) - 1, self._chosen + step)))
        return True


class Progress(Chart):
    """How much of some work is done."""

    def __init__(self, share: float, *, key: str = "progress", width: float | None = None) -> None:
        super().__init__(10, key=key)
        self.width = width
        self._share = max(0.0, min(1.0, share))

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`."""
        pygame.draw.rect(surface, ui.theme["raised"], self.rect, border_radius=ui.px(4))
        done = self.rect.copy()
        done.width = round(self.rect.width * self._share)
        if done.width:
            pygame.draw.rect(surface, ui.theme["accent"], done, border_radius=ui.px(4))
        pygame.draw.rect(surface, ui.theme["line"], self.rect, 1, border_radius=ui.px(4))


class Canvas(Chart):
    """A drawing of a screen's own: `draw(ui, surface, rect)` paints it."""

    def __init__(
        self,
        draw: Callable[[Ui, pygame.Surface, pygame.Rect], None],
        *,
        height: float,
        grow: float = 0,
        key: str = "",
        tip: str = "",
    ) -> None:
        super().__init__(height, tip=tip, key=key, grow=grow)
        self._draw_it = draw

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`."""
        self._draw_it(ui, surface, self.rect)
