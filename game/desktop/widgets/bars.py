"""Charts whose rows have names: bars, and estimates with their intervals."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pygame

from ..look.ui import Ui
from .charts import Chart


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a `Bars` chart."""

    name: str
    value: float
    told: str
    """The value in words, at its end."""
    colour: str = "text"


class Bars(Chart):
    """Values as bars from the left, each with its name before it and its value behind it."""

    ROW = 26

    def __init__(
        self, bars: Sequence[Bar], *, most: float, tip: str = "", key: str = "", names: float = 150
    ) -> None:
        """`most` is the value of a whole bar, `names` the width of the names in units."""
        super().__init__(self.ROW * max(1, len(bars)), tip=tip, key=key)
        self._bars, self._most, self._names = bars, most or 1, names

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        return sum(self._row(ui, width, bar) for bar in self._bars)

    def _name_width(self, ui: Ui, width: int) -> int:
        return min(ui.px(self._names), width * 2 // 5)

    def _row(self, ui: Ui, width: int, bar: Bar) -> int:
        name = ui.block(bar.name, "small", self._name_width(ui, width)).height
        return max(ui.px(self.ROW), name + ui.px(6))

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`."""
        told = max((ui.text_width(bar.told, "small") for bar in self._bars), default=0) + 1
        names = self._name_width(ui, self.rect.width)
        room = self.rect.width - names - told - ui.px(20)
        y = self.rect.y
        for bar in self._bars:
            high = self._row(ui, self.rect.width, bar)
            box = pygame.Rect(self.rect.x, y, names, high)
            ui.draw_text(
                surface, bar.name, "small", ui.theme["text"], box, middle=True, where=self.path
            )
            start = box.right + ui.px(10)
            long = round(max(0, room) * max(0.0, min(1.0, bar.value / self._most)))
            thick = ui.px(12)
            drawn = pygame.Rect(start, y + (high - thick) // 2, max(1, long), thick)
            pygame.draw.rect(surface, ui.theme[bar.colour], drawn)
            text = pygame.Rect(drawn.right + ui.px(8), y, told, high)
            ui.draw_text(
                surface, bar.told, "small", ui.theme["quiet"], text, middle=True, where=self.path
            )
            y += high


@dataclass(frozen=True, slots=True)
class Span:
    """An estimate with its interval."""

    name: str
    low: float
    middle: float
    high: float
    told: str
    """The same in words."""
    colour: str = "text"
    filled: bool = True
    """Whether its sign is told: its mark is full."""
    around: tuple[float, float] | None = None
    """A wider range around it, drawn thin."""


class Intervals(Chart):
    """Estimates with their intervals on one scale, beside a line at zero: those whose sign is told
    are told apart by a filled mark.
    """

    ROW = 28

    def __init__(
        self,
        spans: Sequence[Span],
        *,
        tip: str = "",
        key: str = "",
        names: float = 170,
        reach: float = 0.0,
        sides: tuple[str, str] | None = None,
    ) -> None:
        """
        Args:
            spans: one row each.
            tip: see `Widget`.
            key: see `Widget`.
            names: the width of the names, in units.
            reach: how far the scale goes at the least, both ways; so charts can be compared.
            sides: what it means to lie left of zero, and right, told in a row above; None leaves
                the row out.
        """
        super().__init__(self.ROW * max(1, len(spans)), tip=tip, key=key)
        self._spans, self._names, self._sides = spans, names, sides
        ends: list[float] = [
            end for span in spans for end in (span.low, span.high, *(span.around or ()))
        ]
        self._low, self._top = min([-reach, *ends]), max([reach, *ends])

    def _name_width(self, ui: Ui, width: int) -> int:
        return min(ui.px(self._names), width * 2 // 5)

    def _label_width(self, ui: Ui) -> int:
        return max((ui.text_width(span.told, "small") for span in self._spans), default=0) + 1

    def _row(self, ui: Ui, width: int, span: Span) -> int:
        name = ui.block(span.name, "small", self._name_width(ui, width)).height
        below = self._label_width(ui) > width * 2 // 5
        line = ui.block("0", "small", 1000).line_height if below else 0
        return max(ui.px(self.ROW), name + ui.px(6)) + line

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        return self._head(ui) + sum(self._row(ui, width, span) for span in self._spans)

    def _head(self, ui: Ui) -> int:
        return ui.block("0", "small", 1000).line_height if self._sides else 0

    def _paint_sides(self, ui: Ui, surface: pygame.Surface, row: pygame.Rect, zero: int) -> None:
        """Left and right of zero in words, with the zero between them."""
        ink, least = ui.theme["quiet"], ui.px(8)
        nought = ui.text_width("0", "small") + 1
        middle = pygame.Rect(zero - nought // 2, row.y, nought, row.height)
        ui.draw_text(surface, "0", "small", ink, middle, where=self.path)
        for words, left in zip(self._sides or (), (True, False), strict=False):
            long = ui.text_width(words, "small") + 1
            there = pygame.Rect(row.x if left else row.right - long, row.y, long, row.height)
            clear = there.right + least <= middle.x if left else there.x >= middle.right + least
            if clear:
                ui.draw_text(surface, words, "small", ink, there, where=self.path)

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`."""
        told, names = self._label_width(ui), self._name_width(ui, self.rect.width)
        below = told > self.rect.width * 2 // 5
        start = self.rect.x + names + ui.px(10)
        room = self.rect.right - start - (0 if below else told + ui.px(14)) - ui.px(6)
        line = ui.block("0", "small", 1000).line_height

        def x(value: float) -> int:
            return start + round(room * (value - self._low) / ((self._top - self._low) or 1))

        y = self.rect.y + self._head(ui)
        if self._sides:
            row = pygame.Rect(start, self.rect.y, room, self._head(ui))
            self._paint_sides(ui, surface, row, x(0))
        for span in self._spans:
            high = self._row(ui, self.rect.width, span)
            upper = high - (line if below else 0)
            name = pygame.Rect(self.rect.x, y, names, upper)
            ui.draw_text(
                surface, span.name, "small", ui.theme["text"], name, middle=True, where=self.path
            )
            pygame.draw.line(surface, ui.theme["quiet"], (x(0), y), (x(0), y + upper))
            self._paint_span(ui, surface, span, y + upper // 2, x)
            text = (
                pygame.Rect(start, y + upper, self.rect.right - start, line)
                if below
                else pygame.Rect(self.rect.right - told, y, told, upper)
            )
            ui.draw_text(
                surface,
                span.told,
                "small",
                ui.theme["quiet"],
                text,
                middle=True,
                align="left" if below else "right",
                where=self.path,
            )
            y += high

    def _paint_span(
        self, ui: Ui, surface: pygame.Surface, span: Span, y: int, x: Callable[[float], int]
    ) -> None:
        colour, size, cap = ui.theme[span.colour], ui.px(5), ui.px(8)
        if span.around is not None:
            first, last = map(x, span.around)
            pygame.draw.line(surface, colour, (first, y), (last, y))
            for place in (first, last):
                pygame.draw.line(surface, colour, (place, y - cap // 2), (place, y + cap // 2))
        pygame.draw.line(surface, colour, (x(span.low), y), (x(span.high), y), ui.px(3))
        for end in (span.low, span.high):
            pygame.draw.line(surface, colour, (x(end), y - cap), (x(end), y + cap), ui.px(2))
        middle = (x(span.middle), y)
        pygame.draw.aacircle(surface, colour, middle, size)
        if not span.filled:
            pygame.draw.aacircle(surface, ui.theme["panel"], middle, size - ui.px(2))


class Tornado(Intervals):
    """What each of several assumptions moves, the widest first."""

    def __init__(
        self, spans: Sequence[Span], *, tip: str = "", key: str = "", names: float = 190
    ) -> None:
        ordered = sorted(spans, key=lambda span: span.low - span.high)
        super().__init__(ordered, tip=tip, key=key, names=names)

    def _paint_span(
        self, ui: Ui, surface: pygame.Surface, span: Span, y: int, x: Callable[[float], int]
    ) -> None:
        thick = ui.px(12)
        left, right = x(span.low), x(span.high)
        bar = pygame.Rect(left, y - thick // 2, max(1, right - left), thick)
        pygame.draw.rect(surface, ui.theme[span.colour], bar)
        pygame.draw.line(surface, ui.theme["text"], (x(0), bar.top), (x(0), bar.bottom))
