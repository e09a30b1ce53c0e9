"""What somebody believed of the theories, turn by turn: a column for each moment, split between
them. Fear is solid and white, anger hatched and amber, as everywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from ..look.ui import Ui
from .beams import hatched
from .charts import Chart

_MIDDLE = 0.5
"""Where two theories are as likely as each other."""


@dataclass(frozen=True, slots=True)
class Side:
    """One theory."""

    name: str
    sign: str
    """`fear`, `anger`, or empty for neither."""


class Odds(Chart):
    """The odds of each theory, from the foot of a column up; the last column's in figures."""

    KEY, FOOT = 20, 18
    WIDEST = 40
    """Units of a column."""

    def __init__(
        self,
        sides: Sequence[Side],
        course: Sequence[Sequence[int]],
        *,
        turns: int,
        start: str,
        tip: str,
        height: float = 108,
        key: str = "odds",
    ) -> None:
        """
        Args:
            sides: the theories, from the foot up.
            course: of 100, by moment and theory; each moment adds up to 100.
            turns: of the whole game: its columns keep their place from the first on.
            start: what stands below the first column.
            tip: the same in words.
            height: in units.
            key: see `Widget`.
        """
        super().__init__(height, tip=tip, key=key)
        self._sides, self._course, self._start = sides, course, start
        self._places = max(turns + 1, len(course))

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`."""
        self._paint_key(ui, surface)
        theme, rect = ui.theme, self.rect
        area = pygame.Rect(
            rect.x, rect.y + ui.px(self.KEY + 4), rect.width, rect.height - ui.px(self.KEY + 8)
        )
        area.height -= ui.px(self.FOOT)
        area.width = min(area.width, ui.px(self.WIDEST) * self._places)
        step = area.width / self._places
        gap = ui.px(2)
        for place in range(self._places):
            x = area.x + round(place * step)
            box = pygame.Rect(x, area.y, round((place + 1) * step) - round(place * step), 0)
            box.width, box.height = max(2, box.width - gap), area.height
            if place < len(self._course):
                self._paint_column(ui, surface, box, self._course[place])
            else:
                pygame.draw.rect(surface, theme["line"], box, 1)
            self._paint_foot(ui, surface, box, place)
        y = area.bottom - round(area.height * _MIDDLE)
        for x in range(area.x, area.right, ui.px(8)):
            pygame.draw.line(surface, theme["quiet"], (x, y), (x + ui.px(4), y), max(1, ui.px(1)))

    def _paint_column(
        self, ui: Ui, surface: pygame.Surface, box: pygame.Rect, shares: Sequence[int]
    ) -> None:
        done = 0
        for side, share in zip(self._sides, shares, strict=True):
            top = box.bottom - round(box.height * (done + share) / 100)
            bottom = box.bottom - round(box.height * done / 100)
            part = pygame.Rect(box.x, top, box.width, bottom - top)
            self._paint_part(ui, surface, part, side)
            done += share

    def _paint_part(self, ui: Ui, surface: pygame.Surface, part: pygame.Rect, side: Side) -> None:
        if part.height <= 0:
            return
        if side.sign == "anger":
            hatched(surface, part, ui.theme["accent"], ui.theme["panel"], ui.px(5))
        else:
            colour = "text" if side.sign == "fear" else "quiet"
            pygame.draw.rect(surface, ui.theme[colour], part)

    def _paint_foot(self, ui: Ui, surface: pygame.Surface, box: pygame.Rect, place: int) -> None:
        """The first column's name and the turns' numbers, as many as there is room for."""
        told = self._start if place == 0 else str(place)
        wide = ui.text_width(told, "condensed") + 1
        first = ui.text_width(self._start, "condensed")
        if place and (box.x < self.rect.x + first + ui.px(6) or wide > box.width + ui.px(2)):
            return
        foot = pygame.Rect(box.x, box.bottom + ui.px(2), wide, ui.px(self.FOOT))
        if place:
            foot.centerx = box.centerx
        last = place == len(self._course) - 1
        ui.draw_text(
            surface, told, "condensed", ui.theme["text" if last else "quiet"], foot,
            where=self.path,
        )  # fmt: skip

    def _paint_key(self, ui: Ui, surface: pygame.Surface) -> None:
        """Which theory is which, with its odds now."""
        x, y, high = self.rect.x, self.rect.y, ui.px(self.KEY)
        for side, share in zip(self._sides, self._course[-1], strict=True):
            sign = pygame.Rect(x, y + ui.px(3), ui.px(14), ui.px(12))
            self._paint_part(ui, surface, sign, side)
            told = f"{side.name} {share}"
            width = ui.text_width(told, "label") + 1
            box = pygame.Rect(sign.right + ui.px(6), y, width, high)
            ui.draw_text(surface, told, "label", ui.theme["text"], box, where=self.path)
            x = box.right + ui.px(18)
        if x - ui.px(18) > self.rect.right + 1:
            ui.misfit(self.path, "the names of the theories")
