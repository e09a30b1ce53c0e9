"""Texts: paragraphs with links, lists of points, labels with values."""

from collections.abc import Iterable

import pygame

from ..look.ui import Ui
from .base import Widget
from .boxes import Column, Row


class Text(Widget):
    """A paragraph, wrapped. `[words](page)` in it leads to a page of the handbook."""

    def __init__(
        self,
        text: str,
        style: str = "body",
        colour: str = "text",
        *,
        align: str = "left",
        grow: float = 0,
        width: float | None = None,
        tip: str = "",
        key: str = "",
        widest: float = 0,
    ) -> None:
        """
        Args:
            text: line breaks in it are kept.
            style: one of `fonts.STYLES`.
            colour: a colour of the theme.
            align: "left", "centre" or "right".
            grow: see `Widget`.
            width: see `Widget`.
            tip: see `Widget`.
            key: see `Widget`.
            widest: units that a line is not wider than; 0 for no limit.
        """
        super().__init__(key=key, grow=grow, width=width, tip=tip)
        self.text, self._style, self._colour, self._align = text, style, colour, align
        self._widest = widest

    def _wrap(self, ui: Ui, width: int) -> int:
        return min(width, ui.px(self._widest)) if self._widest else width

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        return ui.block(self.text, self._style, self._wrap(ui, width)).height

    def natural(self, ui: Ui) -> int:
        """See `Widget`."""
        wide = ui.text_width(self.text, self._style)
        return min(wide, ui.px(self._widest)) if self._widest else wide

    def arrange(self, ui: Ui, rect: pygame.Rect) -> None:
        """See `Widget`; every link gets a place of its own, for pointer and keyboard."""
        width = self._wrap(ui, rect.width)
        block = ui.block(self.text, self._style, width)
        if block.broken:
            ui.misfit(self.path, f'"{block.broken}" is wider than {rect.width}')
        self.children = []
        y = rect.y
        for line in block.lines:
            spare = width - line.width
            x = rect.x + {"left": 0, "centre": spare // 2, "right": spare}[self._align]
            for run in line.runs:
                if run.link:
                    link = Link(run.link)
                    link.adopt(f"{self.path}/link{len(self.children)}")
                    self.children.append(link)
                    link.rect = pygame.Rect(x + run.x, y, run.width, block.line_height)
            y += block.line_height

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`."""
        box = self.rect.copy()
        box.width = self._wrap(ui, box.width)
        colour = ui.theme[self._colour]
        ui.draw_text(
            surface, self.text, self._style, colour, box, align=self._align, where=self.path
        )


class Link(Widget):
    """Words that lead to a page of the handbook; drawn by the text that they stand in."""

    focusable = True

    def __init__(self, page: str) -> None:
        super().__init__()
        self._page = page

    def press(self, ui: Ui) -> None:
        """See `Widget`."""
        ui.open_page(self._page)


def points(
    items: Iterable[str], style: str = "body", colour: str = "text", widest: float = 0
) -> Column:
    """A list of points, no line wider than so many units; 0 for no limit."""
    return Column(
        [
            Row(
                [
                    Text("–", style, "accent", width=12),
                    Text(item, style, colour, grow=1, widest=widest),
                ],
                gap=6,
                align="top",
            )
            for item in items
        ],
        gap=6,
    )


def facts(rows: Iterable[tuple[str, str]], label_width: float = 220, widest: float = 0) -> Column:
    """Labels with their values beside them, no line wider than so many units; 0 for no limit."""
    return Column(
        [
            Row(
                [
                    Text(label, "body", "quiet", width=label_width),
                    Text(value, grow=1, widest=widest),
                ],
                gap=16,
                align="top",
            )
            for label, value in rows
        ],
        gap=6,
    )
