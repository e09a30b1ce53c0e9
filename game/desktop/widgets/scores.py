"""One score beside those of many others: a dot for each of them; and where other plans led."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import pygame

from ..look.ui import Ui
from .charts import Chart

STEP = 2
"""Points of 100 that one column of dots stands for."""


class Dots(Chart):
    """A dot for each score, heaped up; the one that is told of stands out."""

    def __init__(
        self, scores: Sequence[int], own: int, told: str, *, tip: str, height: float
    ) -> None:
        """
        Args:
            scores: of others, of 100.
            own: the one that is told of.
            told: what it is called.
            tip: the same in words.
            height: in units.
        """
        super().__init__(height, tip=tip, key="dots")
        self._own, self._told = own, told
        self._heaps = Counter(score // STEP for score in scores)
        low, high = min([*scores, own]) // STEP, max([*scores, own]) // STEP
        self._first, self._last = low - 1, high + 1

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`."""
        theme, rect = ui.theme, self.rect
        foot = ui.block("0", "condensed", 999).line_height
        base = rect.bottom - foot - ui.px(2)
        places = self._last - self._first + 1
        wide = rect.width / places
        highest = max(self._heaps.values(), default=1)
        room = base - rect.y - ui.px(22)
        step = min(room / highest, wide, float(ui.px(8)))
        radius = max(1.5, step * 0.38)
        pygame.draw.line(surface, theme["quiet"], (rect.x, base), (rect.right, base))
        for heap, count in self._heaps.items():
            x = rect.x + (heap - self._first + 0.5) * wide
            worse = heap < self._own // STEP
            ink = theme["text"] if worse else theme.between("ground", "quiet", 0.8)
            for place in range(count):
                pygame.draw.aacircle(surface, ink, (x, base - (place + 0.7) * step), radius)
        for score in range(0, 101, 10):
            if self._first < score // STEP < self._last:
                x = round(rect.x + (score // STEP - self._first + 0.5) * wide)
                box = pygame.Rect(x - ui.px(20), base + ui.px(2), ui.px(40), foot)
                ui.draw_text(
                    surface, str(score), "condensed", theme["quiet"], box, align="centre",
                    where=self.path,
                )  # fmt: skip
        self._paint_own(ui, surface, base, wide)

    def _paint_own(self, ui: Ui, surface: pygame.Surface, base: int, wide: float) -> None:
        accent = ui.theme["accent"]
        x = round(self.rect.x + (self._own // STEP - self._first + 0.5) * wide)
        top = self.rect.y + ui.px(4)
        pygame.draw.line(surface, accent, (x, top), (x, base), max(1, ui.px(1.5)))
        mark = pygame.Rect(0, 0, ui.px(10), ui.px(10))
        mark.center = (x, base - ui.px(5))
        pygame.draw.rect(surface, accent, mark)
        room = ui.text_width(self._told, "label") + 2
        box = pygame.Rect(x + ui.px(6), top, room, ui.block("0", "label", 999).height)
        if box.right > self.rect.right:
            box.right = x - ui.px(6)
        ui.draw_text(surface, self._told, "label", accent, box, where=self.path)


class PlanRow(NamedTuple):
    """Where one plan led."""

    name: str
    mean: float
    low: float
    high: float
    note: str


class Plans(Chart):
    """Each plan's mean on its band, with a line for one's own score."""

    ROW = 25

    def __init__(self, rows: Sequence[PlanRow], own: float, *, names: float, tip: str) -> None:
        """`names` is the width of the plans' names in units, `own` the score of the dashed line."""
        super().__init__(self.ROW * len(rows), tip=tip, key="plans")
        self._rows, self._own, self._names = rows, own, names
        self._least = min([own, *(row.low for row in rows)]) - 2
        self._most = max([own, *(row.high for row in rows)]) + 2

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`."""
        theme, rect = ui.theme, self.rect
        notes = max(ui.text_width(row.note, "condensed") for row in self._rows) + ui.px(6)
        names, figures = ui.px(self._names), ui.px(34)
        left, right = rect.x + names, rect.right - notes - figures - ui.px(12)

        def x(value: float) -> int:
            return left + round((right - left) * (value - self._least) / (self._most - self._least))

        high = ui.px(self.ROW)
        for place, row in enumerate(self._rows):
            line = pygame.Rect(rect.x, rect.y + place * high, rect.width, high)
            box = pygame.Rect(line.x, line.y, names - ui.px(8), high)
            ui.draw_text(
                surface, row.name, "small", theme["text"], box, middle=True, where=self.path
            )
            pygame.draw.line(surface, theme["line"], (left, line.centery), (right, line.centery))
            band = pygame.Rect(x(row.low), 0, max(2, x(row.high) - x(row.low)), ui.px(10))
            band.centery = line.centery
            pygame.draw.rect(surface, theme.between("panel", "quiet", 0.5), band)
            mean = pygame.Rect(0, 0, max(2, ui.px(2.5)), ui.px(14))
            mean.center = (x(row.mean), line.centery)
            pygame.draw.rect(surface, theme["text"], mean)
            figure = pygame.Rect(right + ui.px(12), line.y, figures, high)
            ui.draw_text(
                surface, f"{row.mean:.0f}", "strong", theme["text"], figure, middle=True,
                where=self.path,
            )  # fmt: skip
            note = pygame.Rect(figure.right, line.y, rect.right - figure.right, high)
            ui.draw_text(
                surface, row.note, "condensed", theme["quiet"], note, middle=True, where=self.path
            )
        own = x(self._own)
        for top in range(rect.y, rect.bottom, ui.px(6)):
            pygame.draw.line(surface, theme["accent"], (own, top), (own, top + ui.px(3)))


class Peaks(Chart):
    """The highest rung of each turn as bars, history's as dashes."""

    def __init__(
        self, rungs: Sequence[int], real: Sequence[int | None], feet: Sequence[str], *, tip: str
    ) -> None:
        super().__init__(92, tip=tip, key="how-high")
        self._rungs, self._real, self._feet = rungs, real, feet

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`."""
        theme, rect = ui.theme, self.rect
        foot = ui.block("0", "condensed", 999).line_height
        base = rect.bottom - foot
        wide = rect.width / max(1, len(self._rungs))
        unit = (base - rect.y - ui.px(4)) / 10
        pygame.draw.line(surface, theme["line"], (rect.x, base), (rect.right, base))
        highest = max(self._rungs, default=0)
        for place, (rung, feet) in enumerate(zip(self._rungs, self._feet, strict=True)):
            bar = pygame.Rect(rect.x + round(place * wide) + ui.px(4), 0, round(wide) - ui.px(8), 0)
            bar.height = max(1, round(unit * rung))
            bar.bottom = base
            top = rung == highest
            fill = theme["accent"] if top else theme.between("ground", "accent", 0.55)
            pygame.draw.rect(surface, fill, bar)
            ink = theme["on_accent"] if top else theme["text"]
            label = pygame.Rect(bar.x, base - foot, bar.width, foot)
            if rung:
                ui.draw_text(
                    surface, str(rung), "tiny", ink, label, align="centre", where=self.path
                )
            real = self._real[place] if place < len(self._real) else None
            if real is not None:
                y = base - round(unit * real)
                for left in range(bar.x, bar.right, ui.px(7)):
                    pygame.draw.line(
                        surface, theme["text"], (left, y), (min(left + ui.px(4), bar.right), y), 2
                    )
            if ui.text_width(feet, "condensed") < wide or place % 3 == 0:
                box = pygame.Rect(round(rect.x + place * wide) - ui.px(20), base,
                                  round(wide) + ui.px(40), foot)  # fmt: skip
                ui.draw_text(
                    surface, feet, "condensed", theme["quiet"], box, align="centre",
                    where=self.path,
                )  # fmt: skip
