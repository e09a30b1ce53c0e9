"""Tables: figures under headings, rows that can be opened."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pygame

from ..look.ui import Ui
from .base import Widget
from .boxes import Column


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a table's column."""

    name: str
    share: float = 1.0
    """Its share of the table's width."""
    right: bool = False
    """Set to the right, as figures are."""
    tip: str = ""


class TableRow(Widget):
    """One row; its cells are wrapped."""

    def __init__(
        self,
        cells: Sequence[str],
        heads: Sequence[Head],
        *,
        header: bool = False,
        press: Callable[[], None] | None = None,
        chosen: bool = False,
        key: str = "",
        tip: str = "",
        style: str = "body",
        grow: float = 0,
    ) -> None:
        super().__init__(key=key, tip=tip, grow=grow)
        self.cells, self._heads, self._header, self._press = cells, heads, header, press
        self._style, self._chosen = "label" if header else style, chosen
        self.focusable = press is not None

    def _boxes(self, ui: Ui, width: int) -> list[tuple[int, int]]:
        """Where each cell begins, and how wide it is."""
        total = sum(head.share for head in self._heads)
        pad, x, boxes = ui.px(8), 0.0, []
        for head in self._heads:
            wide = width * head.share / total
            boxes.append((round(x) + pad, round(wide) - 2 * pad))
            x += wide
        return boxes

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        boxes = self._boxes(ui, width)
        heights = [
            ui.block(cell, self._style, wide).height
            for cell, (_, wide) in zip(self.cells, boxes, strict=True)
        ]
        return max(heights) + ui.px(8)

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`."""
        theme = ui.theme
        if self._header:
            surface.fill(theme["raised"], self.rect)
        elif self._chosen or (self._press is not None and self.is_hot(ui)):
            surface.fill(theme["chosen"], self.rect)
        bottom = self.rect.bottom - 1
        pygame.draw.line(
            surface, theme["line"], (self.rect.x, bottom), (self.rect.right - 1, bottom)
        )
        if self._chosen:
            surface.fill(
                theme["accent"], pygame.Rect(self.rect.x, self.rect.y, ui.px(4), self.rect.height)
            )
        ink = theme["quiet" if self._header else "text"]
        boxes = self._boxes(ui, self.rect.width)
        for cell, head, (x, wide) in zip(self.cells, self._heads, boxes, strict=True):
            box = pygame.Rect(
                self.rect.x + x, self.rect.y + ui.px(4), wide, self.rect.height - ui.px(8)
            )
            align = "right" if head.right else "left"
            ui.draw_text(surface, cell, self._style, ink, box, align=align, where=self.path)

    def press(self, ui: Ui) -> None:
        """See `Widget`."""
        if self._press is not None:
            self._press()


def table(
    heads: Sequence[Head],
    rows: Sequence[Sequence[str]],
    *,
    key: str = "table",
    press: Callable[[int], None] | None = None,
    chosen: int = -1,
    tips: Sequence[str] = (),
    style: str = "body",
) -> Column:
    """A table. `press` is called with a row's number; then rows are reached by keyboard, too."""

    def opened(number: int) -> Callable[[], None] | None:
        return None if press is None else (lambda: press(number))

    return Column(
        [
            TableRow([head.name for head in heads], heads, header=True, key="head"),
            *(
                TableRow(
                    row,
                    heads,
                    press=opened(number),
                    chosen=number == chosen,
                    key=f"{number}",
                    tip=tips[number] if tips else "",
                    style=style,
                )
                for number, row in enumerate(rows)
            ),
        ],
        gap=0,
        key=key,
    )
