"""What every widget needs to know: theme, letters, scale, where focus and pointer are."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

import pygame

from .fonts import STYLES, Block, Fonts, TextLine
from .theme import Colour, Theme

BASE = (1280, 720)
"""The window for which sizes in units are sizes in pixels."""


LEAST = (720, 400)
"""Units that every window has: where the text is set larger than that leaves room for, it is drawn
smaller.
"""


class Misfit(NamedTuple):
    """Something that does not fit its place; tests fail on any."""

    where: str
    """The path of the widget."""
    what: str


@dataclass(slots=True)
class Ui:
    """The frame of one window; one for its whole life."""

    theme: Theme
    fonts: Fonts = field(default_factory=Fonts)
    size: tuple[int, int] = BASE
    text_scale: float = 1.0
    reduced_motion: bool = False
    focus: str = ""
    """The path of the widget that has the keyboard; empty for none."""
    show_focus: bool = False
    """Whether it was the keyboard that moved it there: then a ring is drawn."""
    hover: str = ""
    """The path of the widget under the pointer."""
    pressed: str = ""
    """The path of the widget that the mouse button went down on."""
    state: dict[str, Any] = field(default_factory=dict)
    """What widgets keep between rebuilds, by path: how far they are scrolled, what is typed."""
    misfits: set[Misfit] = field(default_factory=set)
    rebuild: Callable[[], None] = lambda: None
    """Asks for the screen to be built again before the next frame."""
    composition: str = ""
    """Letters that an input method is still making, where the keyboard is; empty for none."""
    redraw: Callable[[], None] = lambda: None
    """Asks for the next frame."""
    refuse: Callable[[str], None] = lambda why: None
    """Tells why something cannot be done now."""
    open_page: Callable[[str], None] = lambda page: None
    """Opens a page of the handbook by its name."""

    @property
    def scale(self) -> float:
        """Pixels of one unit: grows slowly with the window, and with the text's scale as far as
        the window has room for it.
        """
        return max(1.0, min(_wanted(self.size, self.text_scale), _most(self.size)))

    @property
    def is_cramped(self) -> bool:
        """Whether the text is smaller than it was set, because the window is too small for it."""
        return _wanted(self.size, self.text_scale) > max(1.0, _most(self.size))

    @property
    def units(self) -> tuple[float, float]:
        """The window's size in units: what a screen decides its arrangement by."""
        return self.size[0] / self.scale, self.size[1] / self.scale

    def px(self, units: float) -> int:
        """Units in pixels; at least one for what is not zero."""
        return _pixels(units, self.size, self.text_scale)

    def block(self, text: str, style: str, width: int) -> Block:
        """A text wrapped to a width in pixels."""
        chosen = STYLES[style]
        return self.fonts.block(text, chosen, self.px(chosen.size), width)

    def text_width(self, text: str, style: str) -> int:
        """The width of the longest line of a text that is not wrapped, in pixels."""
        return self.block(text, style, 1_000_000).width

    def misfit(self, where: str, what: str) -> None:
        """Records that something does not fit."""
        self.misfits.add(Misfit(where, what))

    def draw_text(
        self,
        surface: pygame.Surface,
        text: str,
        style: str,
        colour: Colour,
        box: pygame.Rect,
        *,
        align: str = "left",
        middle: bool = False,
        where: str = "",
    ) -> Block:
        """Draws a text wrapped into a box, and records where it does not fit.

        Args:
            surface: what is drawn on.
            text: it may hold links, `[words](page)`, which are drawn in the accent.
            style: one of `fonts.STYLES`.
            colour: of what is no link.
            box: in pixels.
            align: "left", "centre" or "right".
            middle: whether it stands in the middle of the box's height.
            where: who asks, for the record of misfits.
        """
        block = self.block(text, style, box.width)
        if block.height > box.height or block.broken or block.width > box.width:
            self.misfit(where, f'"{text[:60]}" in {box.width} x {box.height}')
        y = box.y + ((box.height - block.height) // 2 if middle else 0)
        for line in block.lines:
            self._draw_line(surface, line, block, colour, box, align, y)
            y += block.line_height
        return block

    def _draw_line(
        self,
        surface: pygame.Surface,
        line: TextLine,
        block: Block,
        colour: Colour,
        box: pygame.Rect,
        align: str,
        y: int,
    ) -> None:
        clip = surface.get_clip()
        if y > clip.bottom or y + block.line_height < clip.top:
            return
        spare = box.width - line.width
        x = box.x + {"left": 0, "centre": spare // 2, "right": spare}[align]
        for run in line.runs:
            if not run.text.strip():
                continue
            shade = self.theme["accent"] if run.link else colour
            drawn = self.fonts.drawn(run.face, block.size, run.text, shade)
            top = y + (block.line_height - drawn.get_height()) // 2
            surface.blit(drawn, (x + run.x, top))
            if run.link:
                under = top + drawn.get_height() - max(1, block.size // 8)
                pygame.draw.line(
                    surface, shade, (x + run.x, under), (x + run.x + run.width - 1, under)
                )


def _wanted(size: tuple[int, int], text_scale: float) -> float:
    room = min(size[0] / BASE[0], size[1] / BASE[1])
    return float(text_scale * max(1.0, room**0.6))


def _most(size: tuple[int, int]) -> float:
    return min(size[0] / LEAST[0], size[1] / LEAST[1])


@lru_cache(maxsize=4096)  # asked thousands of times a frame
def _pixels(units: float, size: tuple[int, int], text_scale: float) -> int:
    if units == 0:
        return 0
    scale = max(1.0, min(_wanted(size, text_scale), _most(size)))
    return max(1, round(units * scale))
