"""Fear and anger over time, as the title shows them: each blow raises both, and they fade at
different speeds. An example, not a game.
"""

import numpy as np
import pygame
from numpy.typing import NDArray

from ..look.theme import Colour
from ..look.ui import Ui
from ..texts import t
from .charts import Chart

BLOWS = ((0.012, 0.22, 0.16), (0.04, 0.46, 0.3), (0.066, 0.3, 0.3), (0.17, 0.1, 0.12),
         (0.28, 0.14, 0.16), (0.425, 0.42, 0.34), (0.436, 0.2, 0.2), (0.632, 0.1, 0.1))  # fmt: skip
"""When, and how much fear and anger each raises; shares of the width and the height."""
FADES = (0.13, 0.5)
"""How long fear and anger last, in shares of the width."""
Line = NDArray[np.int_]
"""The height of a line at each pixel."""


class Tides(Chart):
    """The two lines, with the room between them filled for whichever is higher."""

    def __init__(self) -> None:
        super().__init__(128, tip=t("title.tides_tip"), key="tides")

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`: drawn once for each size and theme, for it never changes."""
        key = (self.rect.size, ui.theme.id, ui.scale)
        kept = ui.state.get("tides")
        if kept is None or kept[0] != key:
            kept = ui.state["tides"] = (key, self._drawn(ui))
        surface.blit(kept[1], self.rect)

    def _drawn(self, ui: Ui) -> pygame.Surface:
        picture = pygame.Surface(self.rect.size, pygame.SRCALPHA)
        theme, rect = ui.theme, picture.get_rect()
        base = rect.bottom - ui.px(22)
        time = np.linspace(0, 1, max(2, rect.width))
        fear, anger = (
            sum(
                blow[1 + side] * np.where(time >= blow[0], np.exp(-(time - blow[0]) / fade), 0)
                for blow in BLOWS
            )
            for side, fade in enumerate(FADES)
        )
        high = (base - ui.px(18)) / max(float(np.max(fear)), float(np.max(anger)))
        tops = [base - np.rint(line * high).astype(int) for line in (fear, anger)]
        self._fill(ui, picture, *tops)
        pygame.draw.line(picture, theme["line"], (0, base), (rect.right, base))
        picture.blit(_smooth(ui, tops[1], theme["accent"], rect.size, dash=ui.px(6)), (0, 0))
        picture.blit(_smooth(ui, tops[0], theme["text"], rect.size), (0, 0))
        for blow in BLOWS:
            x = round(blow[0] * rect.width)
            pygame.draw.line(picture, theme["text"], (x, base), (x, base + ui.px(6)))
        self._name(ui, picture, "fear", "text", 0.09, int(tops[0][int(0.07 * rect.width)]))
        self._name(ui, picture, "anger", "accent", 0.55, int(tops[1][int(0.55 * rect.width)]))
        return picture

    def _fill(self, ui: Ui, picture: pygame.Surface, fear: Line, anger: Line) -> None:
        """Solid where fear is the higher, hatched where anger is."""
        solid, hatch = (
            ui.theme.between("ground", ink, share)
            for ink, share in (("text", 0.3), ("accent", 0.65))
        )
        step = max(4, ui.px(5))
        for x, (white, amber) in enumerate(zip(fear, anger, strict=True)):
            upper, lower = int(min(white, amber)), int(max(white, amber))
            if white < amber:
                pygame.draw.line(picture, solid, (x, upper), (x, lower))
                continue
            for y in range(upper, lower):
                if (x + y) % step < step // 2:
                    picture.set_at((x, y), hatch)

    def _name(
        self, ui: Ui, surface: pygame.Surface, what: str, ink: str, share: float, y: int
    ) -> None:
        box = pygame.Rect(round(share * self.rect.width), 0, ui.px(90), ui.px(20))
        box.bottom = max(box.height, y - ui.px(2))
        ui.draw_text(surface, t(f"title.{what}"), "label", ui.theme[ink], box, where=self.path)


def _smooth(
    ui: Ui, line: Line, ink: Colour, size: tuple[int, int], *, dash: int = 0
) -> pygame.Surface:
    """A line with soft edges on nothing, dashed where a length is given."""
    fine = pygame.Surface((2 * size[0], 2 * size[1]), pygame.SRCALPHA)
    fine.fill((*ink[:3], 0))
    points = [(2 * x, 2 * int(y)) for x, y in enumerate(line)]
    step = dash or len(points)
    for first in range(0, len(points) - 1, 2 * step if dash else step):
        pygame.draw.lines(fine, ink, False, points[first : first + step + 1], 2 * ui.px(2))
    return pygame.transform.smoothscale(fine, size)
