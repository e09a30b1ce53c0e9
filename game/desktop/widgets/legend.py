"""What signs mean: each with its words, as many beside each other as there is room for."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import pygame

from ..look.ui import Ui
from ..texts import t
from .base import Widget

Draw = Callable[[Ui, pygame.Surface, tuple[int, int]], None]


class Entry(NamedTuple):
    """One sign and what it means."""

    word: str
    draw: Draw
    """Draws the sign around a point."""


class Legend(Widget):
    """A few signs."""

    SIGN = 22

    def __init__(self, entries: Sequence[Entry], key: str) -> None:
        super().__init__(key=key)
        self._entries = entries
        self.stacked = False
        """Whether each stands in a line of its own."""

    def _widths(self, ui: Ui) -> list[int]:
        return [
            ui.text_width(entry.word, "small") + ui.px(self.SIGN + 10) + 1
            for entry in self._entries
        ]

    def natural(self, ui: Ui) -> int:
        """See `Widget`."""
        return sum(self._widths(ui))

    def least(self, ui: Ui) -> int:
        """The width that its widest entry takes, in pixels."""
        return max(self._widths(ui))

    def _line(self, ui: Ui) -> int:
        return ui.block("0", "small", 1000).line_height

    def _places(self, ui: Ui, width: int) -> list[tuple[int, int]]:
        """Where each entry stands: from the left, and in which line."""
        found, x, line = [], 0, 0
        for wide in self._widths(ui):
            if x and (self.stacked or x + wide > width):
                x, line = 0, line + 1
            found.append((x, line))
            x += wide
        return found

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        return (self._places(ui, width)[-1][1] + 1) * self._line(ui)

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`."""
        high, sign = self._line(ui), ui.px(self.SIGN)
        places = self._places(ui, self.rect.width)
        for entry, wide, (x, line) in zip(self._entries, self._widths(ui), places, strict=True):
            left, top = self.rect.x + x, self.rect.y + line * high
            entry.draw(ui, surface, (left + sign // 2, top + high // 2))
            box = pygame.Rect(left + sign, top, wide - sign, high)
            ui.draw_text(
                surface, entry.word, "small", ui.theme["quiet"], box, middle=True, where=self.path
            )


def _sign(*, filled: bool) -> Draw:
    def draw(ui: Ui, surface: pygame.Surface, middle: tuple[int, int]) -> None:
        box = pygame.Rect(0, 0, ui.px(12), ui.px(12))
        box.center = middle
        if filled:
            pygame.draw.rect(surface, ui.theme.between("panel", "text", 0.55), box)
        else:
            pygame.draw.rect(surface, ui.theme["quiet"], box, 1)

    return draw


def _line(ui: Ui, surface: pygame.Surface, middle: tuple[int, int]) -> None:
    box = pygame.Rect(0, 0, ui.px(2), ui.px(14))
    box.center = middle
    surface.fill(ui.theme["accent"], box)


_SIGNS = {"mean": _line, "inside": _sign(filled=True), "outside": _sign(filled=False)}
"""What a `Distribution` is drawn with."""


def of_distributions() -> Legend:
    """What the signs of a `Distribution` mean."""
    return Legend(
        [Entry(t(f"explore.sign_{name}"), draw) for name, draw in _SIGNS.items()], "signs"
    )
