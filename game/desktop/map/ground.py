"""Land, waters and borders, drawn once into a picture that is wider than the view."""

import time
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pygame

from ..look.assets import Degrees, atlas
from ..look.theme import Colour, Theme
from .camera import Camera
from .clip import lines_in, ring_in, thinned
from .projection import Points, project

MARGIN = 1.5
"""The picture's size in views."""
AHEAD = 0.3
"""How far toward the picture's edge somebody has moved when the next one is begun."""
SLICE = 0.004
"""Seconds of each frame for the next picture."""
KEPT = 3
"""Pictures that are kept."""
LEAST = 1.5
"""Pixels below which an island is not drawn."""
CLOSE_UP = 55.0
"""From this zoom on, in pixels a degree, rivers are drawn thicker."""
_IRAQ, _IRAN = "368", "364"


@dataclass(frozen=True, slots=True)
class Shapes:
    """Lines or rings of one kind on the plane, with their boxes."""

    points: tuple[Points, ...]
    boxes: Points
    """(lines, 4): left, top, right, bottom."""


@cache
def _shapes(kind: str) -> Shapes:
    data = atlas()
    lines: Sequence[Degrees]
    if kind in (_IRAQ, _IRAN):
        lines = [ring for country in data.countries if country.id == kind for ring in country.rings]
    elif kind == "land":
        lines = [
            ring
            for country in data.countries
            if country.id not in (_IRAQ, _IRAN)
            for ring in country.rings
        ]
    elif kind == "graticule":
        lines = _graticule()
    else:
        lines = getattr(data, kind)
    points = tuple(project(line) for line in lines)
    boxes = [(*line.min(axis=0), *line.max(axis=0)) for line in points]
    return Shapes(points, np.array(boxes, np.float64))


def _graticule() -> list[Degrees]:
    """Every fifth meridian and parallel."""
    south_north, west_east = np.linspace(18, 46, 57), np.linspace(27, 71, 89)
    meridians = [np.column_stack((np.full(57, x), south_north)) for x in range(30, 75, 5)]
    parallels = [np.column_stack((west_east, np.full(89, y))) for y in range(20, 50, 5)]
    return [*meridians, *parallels]


@dataclass(slots=True)
class Picture:
    """The ground around one view, drawn at once or bit by bit."""

    surface: pygame.Surface
    camera: Camera
    """What it was made for."""
    left: Iterator[None]
    """Draws the next bit each time that it is asked."""
    done: bool = False

    def go_on(self, seconds: float) -> None:
        """Draws for about so long, or to the end."""
        until = time.perf_counter() + seconds
        while not self.done and time.perf_counter() < until:
            self.done = next(self.left, _END) is _END

    def finish(self) -> None:
        """Draws to the end."""
        self.go_on(1e9)


_END = object()


@dataclass(slots=True)
class Ground:
    """The picture under everything that happens, kept until it no longer fits the view. While
    somebody moves toward its edge the next one is drawn, a little with each frame.
    """

    _now: Picture | None = None
    _next: Picture | None = None
    _key: tuple[object, ...] = ()

    def blit(
        self, surface: pygame.Surface, view: pygame.Rect, camera: Camera, theme: Theme
    ) -> None:
        """Draws the ground into the view, anew only where it must be.

        Args:
            surface: the window's.
            view: the map's place in it.
            camera: where somebody looks.
            theme: its colours.
        """
        key = (theme.id, view.size, round(camera.zoom, 3))
        if key != self._key:
            self._key, self._now, self._next = key, None, None
        away = _away(self._now, view, camera)
        if away > 1:
            self._now, self._next = self._next, None
            if self._now is None or _away(self._now, view, camera) > 1:
                self._now = _begun(view.size, camera, theme)
            self._now.finish()
        elif away > AHEAD:
            if self._next is None or _away(self._next, view, camera) > AHEAD:
                self._next = _begun(view.size, camera, theme)
            self._next.go_on(SLICE)
        picture = self._now
        if picture is None:
            return
        cut = pygame.Rect(0, 0, *view.size)
        cut.center = (
            picture.surface.get_width() // 2 + round((camera.x - picture.camera.x) * camera.zoom),
            picture.surface.get_height() // 2 + round((camera.y - picture.camera.y) * camera.zoom),
        )
        surface.blit(picture.surface, view.topleft, cut)


def _away(picture: Picture | None, view: pygame.Rect, camera: Camera) -> float:
    """How far the view has moved toward the edge of a picture: above 1 it lies outside."""
    if picture is None:
        return 2.0
    spare = (MARGIN - 1) / 2
    dx = abs(camera.x - picture.camera.x) * camera.zoom / (spare * view.width)
    dy = abs(camera.y - picture.camera.y) * camera.zoom / (spare * view.height)
    return max(dx, dy)


_kept: OrderedDict[tuple[object, ...], pygame.Surface] = OrderedDict()
"""Whole pictures, for the same ground is seen in many rooms and screens: the last few."""


def _begun(size: tuple[int, int], camera: Camera, theme: Theme) -> Picture:
    still = Camera(camera.x, camera.y, camera.zoom)
    key = (size, still.x, still.y, still.zoom, theme.id)
    known = _kept.get(key)
    if known is not None:
        _kept.move_to_end(key)
        return Picture(known, still, iter(()), done=True)
    picture = pygame.Surface((round(size[0] * MARGIN), round(size[1] * MARGIN)))

    def drawing() -> Iterator[None]:
        yield from _drawing(picture, still, theme)
        _kept[key] = picture
        while len(_kept) > KEPT:
            _kept.popitem(last=False)

    return Picture(picture, still, drawing())


def _drawing(picture: pygame.Surface, camera: Camera, theme: Theme) -> Iterator[None]:
    """Draws land, waters and lines, one after the other."""
    colours = theme.map
    size = picture.get_size()
    picture.fill(colours["sea"])
    for kind, name in (("land", "land"), (_IRAN, "iran"), (_IRAQ, "iraq"), ("lakes", "lake")):
        for points, whole in _near(kind, camera, picture):
            ring = thinned(points if whole else ring_in(points, *size))
            if len(ring) > 2:
                pygame.draw.polygon(picture, colours[name], ring)
            yield
    for kind, name in (
        ("graticule", "graticule"),
        ("provinces", "province"),
        ("rivers", "river"),
        ("coasts", "coast"),
        ("borders", "border"),
    ):
        thick = kind == "borders" or (kind == "rivers" and camera.zoom >= CLOSE_UP)
        for points, whole in _near(kind, camera, picture):
            for run in [points] if whole else lines_in(points, *size):
                _line(picture, colours[name], thinned(run), thick=thick)
            yield


def _line(picture: pygame.Surface, colour: Colour, line: list[list[float]], *, thick: bool) -> None:
    if len(line) > 1:
        pygame.draw.aalines(picture, colour, False, line)
        if thick:
            pygame.draw.aalines(picture, colour, False, [(x + 1, y) for x, y in line])


def _near(kind: str, camera: Camera, picture: pygame.Surface) -> Iterator[tuple[Points, bool]]:
    """The lines of a kind that the picture may show, in its pixels, and whether all of a line lies
    in it; what is smaller than a pixel or two is left out.
    """
    shapes = _shapes(kind)
    half = np.array(picture.get_size()) / 2
    middle, reach = np.array([camera.x, camera.y]), half / camera.zoom
    low, high = shapes.boxes[:, :2], shapes.boxes[:, 2:]
    there = ((low <= middle + reach) & (high >= middle - reach)).all(axis=1)
    there &= (high - low).max(axis=1) * camera.zoom > LEAST
    whole = np.all((low >= middle - reach) & (high <= middle + reach), axis=1)
    inside = set(np.flatnonzero(whole).tolist())
    for index in np.flatnonzero(there).tolist():
        yield (shapes.points[index] - middle) * camera.zoom + half, index in inside
