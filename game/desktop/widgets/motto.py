"""One sentence of a scene, some of its words in a face and colour of their own."""

from collections.abc import Mapping

import pygame

from ..look.fonts import STYLES
from ..look.ui import Ui
from .base import Widget


class Motto(Widget):
    """A sentence in large letters; marked words stand out."""

    def __init__(
        self, text: str, marked: Mapping[str, tuple[str, str]], style: str, *, widest: float
    ) -> None:
        """
        Args:
            text: the sentence.
            marked: words, without what stands right behind them, with a face and a colour each.
            style: of the other words.
            widest: units that a line is not wider than.
        """
        super().__init__(key="motto")
        self.text, self._marked, self._style, self._widest = text, marked, style, widest

    def _words(self, ui: Ui) -> list[tuple[str, str, str, int]]:
        """Each word, or what stands right behind a marked one: face, colour, width in pixels."""
        face, size = STYLES[self._style].face, ui.px(STYLES[self._style].size)
        found = []
        for word in self.text.split(" "):
            bare = word.strip(".,;:")
            if bare in self._marked:
                own, colour = self._marked[bare]
                found.append((bare, own, colour, ui.fonts.width(own, size, bare)))
                rest = word[len(bare) :]
                if rest:
                    found.append(("\b" + rest, face, "text", ui.fonts.width(face, size, rest)))
            else:
                found.append((word, face, "text", ui.fonts.width(face, size, word)))
        return found

    def _lines(self, ui: Ui, width: int) -> list[list[tuple[str, str, str, int]]]:
        face, size = STYLES[self._style].face, ui.px(STYLES[self._style].size)
        space, most = ui.fonts.width(face, size, " "), min(width, ui.px(self._widest))
        lines: list[list[tuple[str, str, str, int]]] = [[]]
        used = 0
        for word in self._words(ui):
            glued = word[0].startswith("\b")
            wide = word[3] + (0 if glued or not lines[-1] else space)
            if lines[-1] and not glued and used + wide > most:
                lines.append([])
                used, wide = 0, word[3]
            lines[-1].append(word)
            used += wide
        return lines

    def _leading(self, ui: Ui) -> int:
        style = STYLES[self._style]
        return round(ui.px(style.size) * style.leading)

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        return len(self._lines(ui, width)) * self._leading(ui)

    def natural(self, ui: Ui) -> int:
        """See `Widget`."""
        return ui.px(self._widest)

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`."""
        face, size = STYLES[self._style].face, ui.px(STYLES[self._style].size)
        space = ui.fonts.width(face, size, " ")
        for number, line in enumerate(self._lines(ui, self.rect.width)):
            x, y = self.rect.x, self.rect.y + number * self._leading(ui)
            for place, (word, own, colour, wide) in enumerate(line):
                glued = word.startswith("\b")
                x += space if place and not glued else 0
                drawn = ui.fonts.drawn(own, size, word.removeprefix("\b"), ui.theme[colour])
                surface.blit(drawn, (x, y))
                x += wide
