"""The map on which one thing is shown: a peak's place, with rings that go out from it, or dimmed
with a single mark.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import pi

import pygame

from ..look.theme import Colour
from ..look.ui import Ui
from ..widgets.base import Widget
from .camera import Camera
from .ground import Ground
from .markers import Marker, draw_marker

CLOSE = 92.0
"""Pixels of a unit around a place that is shown, at an ordinary window's size."""
RINGS = (44, 66, 96, 128, 166, 204, 250, 304, 360, 420, 486, 556)
"""Units: fear's rings and anger's in turn, fear's first."""
SPREAD = 1.8
"""Seconds in which the rings go out."""
FADE = 64
"""Steps of the fade."""


@dataclass(slots=True)
class StageState:
    """What a stage keeps between two builds."""

    camera: Camera = field(default_factory=Camera)
    ground: Ground = field(default_factory=Ground)


class Stage(Widget):
    """The ground around a place, with what happens there."""

    def __init__(
        self,
        state: StageState,
        point: tuple[float, float] | None,
        elapsed: Callable[[], float],
        *,
        rings: bool,
        dim: int = 0,
        fades: bool = False,
        label: Sequence[str] = (),
        aside: float = 0.5,
        height: float = 0,
        grow: float = 1,
    ) -> None:
        """
        Args:
            state: what it keeps.
            point: the place on the plane; None shows the whole theatre.
            elapsed: seconds since it began to be shown.
            rings: whether fear and anger go out from the place; else it is marked quietly.
            dim: how far the ground is darkened, 0 to 255.
            fades: whether it comes out of the ground at its left.
            label: lines beside the place, its name first.
            aside: where the place lies in the width, 0 at the left to 1.
            height: units that it asks for.
            grow: see `Widget`.
        """
        super().__init__(key="stage", grow=grow)
        self._state, self._point, self._elapsed = state, point, elapsed
        self._rings, self._dim, self._fades, self._label = rings, dim, fades, label
        self._aside, self._height = aside, height

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        return ui.px(self._height)

    def _look(self, ui: Ui) -> None:
        camera, size = self._state.camera, self.rect.size
        if self._point is None:
            camera.look(size)
            return
        camera.fitted = None
        camera.zoom = CLOSE * ui.scale
        camera.x = self._point[0] + (0.5 - self._aside) * size[0] / camera.zoom
        camera.y = self._point[1]
        camera.clamp(size)

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`."""
        self._look(ui)
        state, view, before = self._state, self.rect, surface.get_clip()
        surface.set_clip(view.clip(before))
        state.ground.blit(surface, view, state.camera, ui.theme)
        if self._dim:
            veil = pygame.Surface(view.size)
            veil.fill(ui.theme["ground"])
            veil.set_alpha(self._dim)
            surface.blit(veil, view)
        if self._fades:
            surface.blit(_fade(view.size, ui.theme["ground"]), view)
        if self._point is not None:
            self._mark(ui, surface, state.camera.pixel(view, self._point))
        surface.set_clip(before)

    def _mark(self, ui: Ui, surface: pygame.Surface, middle: tuple[int, int]) -> None:
        theme = ui.theme
        if self._rings:
            shown = min(1.0, self._elapsed() / SPREAD)
            for place, radius in enumerate(RINGS[: max(2, round(shown * len(RINGS)))]):
                faint = 1 - place / (len(RINGS) + 2)
                if place % 2:
                    ink = theme.between("ground", "accent", faint)
                    _dashed(surface, ink, middle, ui.px(radius), ui.px(7))
                else:
                    ink = theme.between("ground", "text", faint)
                    pygame.draw.aacircle(surface, ink, middle, ui.px(radius), max(1, ui.px(1.5)))
            draw_marker(surface, theme, Marker("fire", (0, 0), ""), middle, ui.scale * 1.7)
        else:
            pygame.draw.aacircle(surface, theme["text"], middle, ui.px(17), max(1, ui.px(1.5)))
            pygame.draw.aacircle(surface, theme["text"], middle, ui.px(5))
        self._name(ui, surface, middle)

    def _name(self, ui: Ui, surface: pygame.Surface, middle: tuple[int, int]) -> None:
        if not self._label:
            return
        styles = ("strong", "mono", "mono")
        wide = max(
            ui.text_width(line, style) for line, style in zip(self._label, styles, strict=False)
        )
        heights = [
            ui.block(line, style, 9_999).height
            for line, style in zip(self._label, styles, strict=False)
        ]
        box = pygame.Rect(0, 0, wide + ui.px(20), sum(heights) + ui.px(12))
        box.topleft = (middle[0] + ui.px(30), middle[1] - ui.px(90))
        box.clamp_ip(self.rect.inflate(-ui.px(16), -ui.px(16)))
        pygame.draw.line(surface, ui.theme["text"], middle, (box.x, box.bottom), 1)
        pygame.draw.rect(surface, ui.theme["ground"], box)
        inner = box.inflate(-ui.px(20), -ui.px(12))
        for line, style, high in zip(self._label, styles, heights, strict=False):
            row = pygame.Rect(inner.x, inner.y, inner.width, high)
            ui.draw_text(surface, line, style, ui.theme["text"], row, where=self.path)
            inner.y += high


@lru_cache(maxsize=2)
def _fade(size: tuple[int, int], ground: Colour) -> pygame.Surface:
    """What lets a map come out of the ground at its left."""
    line = pygame.Surface((FADE + 1, 1), pygame.SRCALPHA)
    for x in range(FADE + 1):
        line.set_at((x, 0), (*ground, 255 * (FADE - x) // FADE))
    whole = pygame.Surface(size, pygame.SRCALPHA)
    whole.blit(pygame.transform.smoothscale(line, (size[0] // 3, size[1])), (0, 0))
    return whole


def _dashed(
    surface: pygame.Surface,
    ink: tuple[int, int, int],
    middle: tuple[int, int],
    radius: int,
    dash: int,
) -> None:
    """A circle of dashes."""
    box = pygame.Rect(0, 0, 2 * radius, 2 * radius)
    box.center = middle
    count = max(8, round(pi * radius / dash))
    step = 2 * pi / count
    for place in range(count):
        start = place * step
        pygame.draw.arc(surface, ink, box, start, start + step * 0.55, 2)
