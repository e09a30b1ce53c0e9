"""Fear and anger over time, as the title shows them: each blow raises both, and they fade at
different speeds. An example, not a game.
"""

import numpy as np
import pygame

from ..look.ui import Ui
from ..texts import t
from .charts import Chart

BLOWS = ((0.012, 0.22, 0.16), (0.04, 0.46, 0.3), (0.066, 0.3, 0.3), (0.17, 0.1, 0.12),
         (0.28, 0.14, 0.16), (0.425, 0.42, 0.34), (0.436, 0.2, 0.2), (0.632, 0.1, 0.1))  # fmt: skip
"""When, and how much fear and anger each raises; shares of the width and the height."""
FADES = (0.13, 0.5)
"""How long fear and anger last, in shares of the width."""


class Tides(Chart):
    """The two lines, with the room between them filled for whichever is higher."""

    def __init__(self) -> None:
        super().__init__(128, tip=t("title.tides"), key="tides")

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`."""
        theme, rect = ui.theme, self.rect
        base = rect.bottom - ui.px(22)
        time = np.linspace(0, 1, max(2, rect.width))
        fear, anger = (
            sum(
                blow[1 + side] * np.where(time >= blow[0], np.exp(-(time - blow[0]) / fade), 0)
                for blow in BLOWS
            )
            for side, fade in enumerate(FADES)
        )
        high = (base - rect.y - ui.px(18)) / max(float(np.max(fear)), float(np.max(anger)))
        tops = [base - np.rint(line * high).astype(int) for line in (fear, anger)]
        step = max(4, ui.px(5))
        for place, (white, amber) in enumerate(zip(*tops, strict=True)):
            x, upper, lower = rect.x + place, int(min(white, amber)), int(max(white, amber))
            if white < amber:
                pygame.draw.line(
                    surface, theme.between("ground", "text", 0.3), (x, upper), (x, lower)
                )
            else:
                for y in range(upper, lower):
                    if (place + y) % step < step // 2:
                        surface.set_at((x, y), theme.between("ground", "accent", 0.65))
        pygame.draw.line(surface, theme["line"], (rect.x, base), (rect.right, base))
        for line, ink in zip(tops, ("text", "accent"), strict=True):
            points = [(rect.x + place, int(y)) for place, y in enumerate(line)]
            pygame.draw.aalines(surface, theme[ink], False, points)
        for blow in BLOWS:
            x = rect.x + round(blow[0] * rect.width)
            pygame.draw.line(surface, theme["text"], (x, base), (x, base + ui.px(6)))
        self._name(ui, surface, "fear", "text", 0.09, int(tops[0][int(0.07 * rect.width)]))
        self._name(ui, surface, "anger", "accent", 0.55, int(tops[1][int(0.55 * rect.width)]))

    def _name(
        self, ui: Ui, surface: pygame.Surface, what: str, ink: str, share: float, y: int
    ) -> None:
        box = pygame.Rect(self.rect.x + round(share * self.rect.width), 0, ui.px(90), ui.px(20))
        box.bottom = max(self.rect.y + box.height, y - ui.px(2))
        ui.draw_text(surface, t(f"title.{what}"), "label", ui.theme[ink], box, where=self.path)
