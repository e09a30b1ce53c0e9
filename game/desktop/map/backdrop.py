"""The faint map behind the title."""

import numpy as np
import pygame

from ..look.assets import Degrees, atlas
from ..look.theme import Colour
from ..look.ui import Ui
from ..widgets.base import Widget
from .camera import Camera
from .projection import project

STRENGTHS = {"provinces": 0.22, "rivers": 0.32, "coasts": 0.5, "borders": 0.6}
"""How far each kind of line stands out from the ground, toward the colour of hairlines."""
TOO_STRONG = "contrast"
"""The theme in which nothing stands behind words."""


class Backdrop(Widget):
    """Borders, coasts and rivers of the region, drawn once for each size and theme."""

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        return 0

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`."""
        if ui.theme.id == TOO_STRONG:
            return
        key = ("backdrop", self.rect.size, ui.theme.id)
        kept = ui.state.get("backdrop")
        if kept is None or kept[0] != key:
            kept = ui.state["backdrop"] = (key, self._drawn(ui))
        surface.blit(kept[1], self.rect)

    def _drawn(self, ui: Ui) -> pygame.Surface:
        picture = pygame.Surface(self.rect.size)
        picture.fill(ui.theme["ground"])
        camera, size = Camera(), self.rect.size
        camera.look(size)
        for kind, strength in STRENGTHS.items():
            colour = ui.theme.between("ground", "line", strength)
            for line in getattr(atlas(), kind):
                _draw(picture, line, camera, colour)
        return picture


def _draw(picture: pygame.Surface, line: Degrees, camera: Camera, colour: Colour) -> None:
    middle = np.array(picture.get_size()) / 2
    points = (project(line) - (camera.x, camera.y)) * camera.zoom + middle
    if len(points) > 1:
        pygame.draw.aalines(picture, colour, False, points.tolist())
