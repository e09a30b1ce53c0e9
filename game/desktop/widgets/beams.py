"""Fear and anger, drawn the same everywhere: fear solid and white to the left, anger hatched and
amber to the right; and a figure of 100 as it was and is, on the band of what it may be.
"""

import pygame

from game.views.effects import Estimate, Range

from ..look.ui import Ui
from .charts import Chart

LEAST = 10.0
"""Points at the end of a beam at the least: what is next to nothing looks like it."""


class Track(Chart):
    """A figure of 100: a ring where it stood, an arrow to where it stands, the band around it."""

    def __init__(
        self, label: str, mean: float, before: float, band: Range, told: str, *, key: str = ""
    ) -> None:
        """
        Args:
            label: what it is.
            mean: where it stands.
            before: where it stood.
            band: where it lies in 90 of 100 worlds.
            told: how it moved, in a word.
            key: see `Widget`.
        """
        low, high = band
        tip = f"{label}: {mean:.0f} of 100 ({low:.0f} to {high:.0f}), {told}."
        super().__init__(22, tip=tip, key=key)
        self._label, self._mean, self._before, self._band = label, mean, before, band
        self._told = told

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`."""
        theme, rect = ui.theme, self.rect
        names = max(round(rect.width * 0.36), min(ui.px(150), rect.width // 2))
        figures = ui.px(92)
        box = pygame.Rect(rect.x, rect.y, names, rect.height)
        ui.draw_text(
            surface, self._label, "condensed", theme["text"], box, middle=True, where=self.path
        )
        left, right = rect.x + names + ui.px(6), rect.right - figures - ui.px(10)

        def x(value: float) -> int:
            return left + round((right - left) * max(0.0, min(100.0, value)) / 100)

        y = rect.centery
        pygame.draw.line(surface, theme["line"], (left, y), (right, y), ui.px(2))
        for tick in (0, 50, 100):
            pygame.draw.line(
                surface, theme["quiet"], (x(tick), y - ui.px(5)), (x(tick), y + ui.px(5))
            )
        band = pygame.Rect(x(self._band.low), 0, 1, ui.px(10))
        band.width = max(ui.px(4), x(self._band.high) - band.x)
        band.centery = y
        pygame.draw.rect(surface, theme.between("panel", "quiet", 0.5), band)
        start, end = x(self._before), x(self._mean)
        pygame.draw.line(surface, theme["text"], (start, y), (end, y), ui.px(2))
        pygame.draw.aacircle(surface, theme["ground"], (start, y), ui.px(4))
        pygame.draw.aacircle(surface, theme["text"], (start, y), ui.px(4), max(1, ui.px(1.5)))
        if abs(end - start) > ui.px(6):
            way, head = (1 if end > start else -1), ui.px(5)
            points = [(end, y), (end - way * 2 * head, y - head), (end - way * 2 * head, y + head)]
            pygame.draw.polygon(surface, theme["text"], points)
        else:
            pygame.draw.aacircle(surface, theme["text"], (end, y), ui.px(3))
        figure = pygame.Rect(right + ui.px(10), rect.y, ui.px(28), rect.height)
        ui.draw_text(
            surface, f"{self._mean:.0f}", "strong", theme["text"], figure, middle=True,
            where=self.path,
        )  # fmt: skip
        moved = pygame.Rect(figure.right, rect.y, rect.right - figure.right, rect.height)
        ui.draw_text(
            surface, self._told, "condensed", theme["quiet"], moved, middle=True, where=self.path
        )


class Beam(Chart):
    """What a blow did: fear to the left, anger to the right, each with its whiskers."""

    def __init__(
        self, fear: Estimate, anger: Estimate, names: tuple[str, str], *, reach: float, tip: str
    ) -> None:
        """
        Args:
            fear: points of 100.
            anger: likewise.
            names: what the two are called.
            reach: points at the end of either side.
            tip: the same in words.
        """
        super().__init__(42, tip=tip, key="beam")
        self._fear, self._anger, self._names, self._reach = fear, anger, names, max(LEAST, reach)

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`."""
        theme, rect = ui.theme, self.rect
        top = pygame.Rect(rect.x, rect.y, rect.width, ui.px(18))
        fear, anger = (
            f"{name} {one.mean:+.0f}".replace("-", "−")
            for name, one in zip(self._names, (self._fear, self._anger), strict=True)
        )
        ui.draw_text(surface, fear, "label", theme["text"], top, where=self.path)
        ui.draw_text(surface, anger, "label", theme["accent"], top, align="right", where=self.path)
        middle, half = rect.centerx, rect.width / 2 - ui.px(6)
        y = top.bottom + ui.px(10)

        def x(value: float, side: int) -> int:
            return middle + side * round(half * max(0.0, min(1.0, value / self._reach)))

        for one, side in ((self._fear, -1), (self._anger, 1)):
            end = x(one.mean, side)
            bar = pygame.Rect(min(middle, end), y - ui.px(8), abs(end - middle), ui.px(16))
            if side < 0:
                pygame.draw.rect(surface, theme["text"], bar)
            else:
                hatched(surface, bar, theme["accent"], theme["panel"], ui.px(5))
            ink = theme["quiet"]
            low, high = x(one.low, side), x(one.high, side)
            pygame.draw.line(surface, ink, (low, y), (high, y), ui.px(1.5))
            for place in (low, high):
                pygame.draw.line(surface, ink, (place, y - ui.px(4)), (place, y + ui.px(4)), 1)
        pygame.draw.line(surface, theme["quiet"], (middle, y - ui.px(10)), (middle, y + ui.px(10)))


def hatched(
    surface: pygame.Surface,
    box: pygame.Rect,
    ink: tuple[int, int, int],
    ground: tuple[int, int, int],
    step: int,
) -> None:
    """Fills a box with slanting lines: anger's sign."""
    if box.width <= 0:
        return
    before = surface.get_clip()
    surface.set_clip(box.clip(before))
    pygame.draw.rect(surface, ground, box)
    for left in range(box.x - box.height, box.right, step):
        pygame.draw.line(
            surface, ink, (left, box.bottom), (left + box.height, box.y), max(1, step // 2)
        )
    pygame.draw.rect(surface, ink, box, 1)
    surface.set_clip(before)
