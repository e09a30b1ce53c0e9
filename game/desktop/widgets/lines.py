"""Lines over the turns of a game."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import pygame

from ..look.theme import Colour
from ..look.ui import Ui
from .charts import Chart


@dataclass(frozen=True, slots=True)
class Series:
    """One line of a `Lines` chart."""

    name: str
    values: Sequence[float | None]
    """One for each place along the foot; None where there is none."""
    colour: str = "accent"
    dashed: bool = False


class Lines(Chart):
    """Lines over the turns of a game, each with its name at its end and a shape of its own."""

    def __init__(
        self,
        series: Sequence[Series],
        *,
        low: float,
        high: float,
        feet: Sequence[str] = (),
        height: float = 160,
        steps: bool = False,
        tip: str = "",
        key: str = "",
        sides: tuple[str, str] = ("", ""),
        marker: int = -1,
    ) -> None:
        """
        Args:
            series: what is drawn.
            low: the value at the foot.
            high: the value at the head.
            feet: what stands under each place.
            height: in units.
            steps: whether a value holds until the next, as a rung does.
            tip: the same in words.
            key: see `Widget`.
            sides: what stands at the foot and at the head of the left side.
            marker: the place that is marked by an upright line.
        """
        super().__init__(height, tip=tip, key=key)
        self._series, self._low, self._top, self._feet = series, low, high, list(feet)
        self._steps, self._sides, self._marker = steps, sides, marker

    def _area(self, ui: Ui) -> pygame.Rect:
        foot = ui.block("0", "small", 1000).line_height + ui.px(4)
        left = max((ui.text_width(side, "small") for side in self._sides), default=0) + ui.px(6)
        head = foot
        return pygame.Rect(
            self.rect.x + left,
            self.rect.y + head,
            self.rect.width - left - ui.px(4),
            self.rect.height - head - (foot if self._feet else 0),
        )

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`."""
        area, theme = self._area(ui), ui.theme
        places = max((len(series.values) for series in self._series), default=0)
        for share in (0.0, 0.5, 1.0):
            y = area.bottom - round(area.height * share)
            pygame.draw.line(surface, theme["line"], (area.x, y), (area.right, y))
        line = ui.block("0", "small", 1000).line_height
        for text, y in zip(self._sides, (area.bottom, area.y), strict=True):
            box = pygame.Rect(self.rect.x, y - line // 2, area.x - self.rect.x - ui.px(6), line)
            self.label(ui, surface, text, box, "right")
        if places and 0 <= self._marker < places:
            x = self._x(area, self._marker, places)
            pygame.draw.line(surface, theme["accent"], (x, area.y), (x, area.bottom))
        for series in self._series:
            self._paint_series(ui, surface, area, series, places)
        self._paint_feet(ui, surface, area, places)
        self._paint_names(ui, surface, area)

    def _x(self, area: pygame.Rect, place: int, places: int) -> int:
        return area.x + round(area.width * (place + 0.5) / places)

    def _paint_series(
        self, ui: Ui, surface: pygame.Surface, area: pygame.Rect, series: Series, places: int
    ) -> None:
        colour = ui.theme[series.colour]
        points: list[tuple[int, int]] = []
        for place, value in enumerate(series.values):
            if value is None:
                continue
            share = (value - self._low) / ((self._top - self._low) or 1)
            y = area.bottom - round(area.height * max(0.0, min(1.0, share)))
            points.append((self._x(area, place, places), y))
        path = _stepped(points) if self._steps else points
        if len(path) > 1:
            if series.dashed:
                _dashes(surface, colour, path, ui.px(5), ui.px(2))
            else:
                pygame.draw.lines(surface, colour, False, path, ui.px(2))
        for point in points:
            if series.dashed:
                pygame.draw.aacircle(surface, ui.theme["panel"], point, ui.px(4))
                pygame.draw.aacircle(surface, colour, point, ui.px(4), ui.px(1))
            else:
                pygame.draw.aacircle(surface, colour, point, ui.px(3))

    def _paint_feet(self, ui: Ui, surface: pygame.Surface, area: pygame.Rect, places: int) -> None:
        """What stands under the places: as many as there is room for."""
        if not self._feet or not places:
            return
        widest = max(ui.text_width(foot, "small") for foot in self._feet) + ui.px(8)
        every = max(1, -(-widest * places // max(1, area.width)))
        line = ui.block("0", "small", 1000).line_height
        for place, foot in enumerate(self._feet):
            if place % every == 0:
                box = pygame.Rect(0, area.bottom + ui.px(4), widest, line)
                box.centerx = self._x(area, place, places)
                self.label(ui, surface, foot, box, "centre")

    def _paint_names(self, ui: Ui, surface: pygame.Surface, area: pygame.Rect) -> None:
        x = area.x
        line = ui.block("0", "small", 1000).line_height
        for series in self._series:
            if not series.name:
                continue
            width = ui.text_width(series.name, "small")
            y = self.rect.y + line // 2
            colour, end = ui.theme[series.colour], (x + ui.px(18), y)
            if series.dashed:
                _dashes(surface, colour, [(x, y), end], ui.px(5), ui.px(2))
            else:
                pygame.draw.line(surface, colour, (x, y), end, ui.px(2))
            box = pygame.Rect(x + ui.px(24), self.rect.y, width + 1, line)
            self.label(ui, surface, series.name, box, colour="text")
            x = box.right + ui.px(20)
        if x - ui.px(20) > self.rect.right + 1:
            ui.misfit(self.path, "the names of the lines")


def _stepped(points: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The points with a corner between each two."""
    path: list[tuple[int, int]] = []
    for point in points:
        if path:
            middle = (path[-1][0] + point[0]) // 2
            path += [(middle, path[-1][1]), (middle, point[1])]
        path.append(point)
    return path


def _dashes(
    surface: pygame.Surface,
    colour: Colour,
    path: Sequence[tuple[int, int]],
    dash: int,
    width: int,
) -> None:
    for start, end in pairwise(path):
        a, b = pygame.Vector2(start), pygame.Vector2(end)
        length = (b - a).length()
        way = (b - a).normalize() if length else a
        for at in range(0, int(length), 2 * dash):
            first, last = a + way * at, a + way * min(length, at + dash)
            pygame.draw.line(surface, colour, first, last, width)
