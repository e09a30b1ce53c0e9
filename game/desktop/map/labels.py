"""Names on the map, set so that all of each can be seen and none lies on another, on a mark, or
outside of the view; what has no room is left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pygame

from ..fonts import font
from ..theme import Colour
from .camera import Camera
from .lands import places_in

_HALO = 1
_INSIDE = 2
"""Pixels that a name keeps from the edge of the view."""
_TRIED = 90
"""Places in its land that are tried for a name."""
_SIDES = (
    ("midleft", 1, 0),
    ("midright", -1, 0),
    ("midbottom", 0, -1),
    ("midtop", 0, 1),
    ("bottomleft", 0.7, -0.7),
    ("topleft", 0.7, 0.7),
    ("bottomright", -0.7, -0.7),
    ("topright", -0.7, 0.7),
)
"""Where a name may stand beside its point: which of its sides is there, and the way to it."""


@dataclass(frozen=True, slots=True)
class Label:
    """A name that is wanted."""

    text: str
    point: tuple[float, float]
    """On the plane of the map."""
    face: str
    """A face of `fonts`."""
    size: int
    """In pixels."""
    colour: Colour
    beside: int = 0
    """How many pixels it keeps from its point; 0 where it is written over it."""
    marked: bool = False
    """Whether it stands beside the mark of its point, wherever that is drawn."""
    spaced: bool = False
    """Letters apart, as countries are written."""
    land: str = ""
    """Where else it may be written over: a country's id, or `lands.SEA`; empty for nowhere."""
    most_away: float = 0
    """Units of the plane that it may be from its point there; 0 for any."""
    rings: int = 1
    """How many times as far from its point it may stand, with a line that leads there."""


class Name(NamedTuple):
    """A name with its place in the window."""

    label: Label
    drawn: pygame.Surface
    box: pygame.Rect
    leads_to: tuple[int, int] | None
    """What a line leads to, where the name stands too far from it to be understood without."""

    def draw(self, surface: pygame.Surface) -> None:
        """Draws it."""
        if self.leads_to is not None:
            pygame.draw.aaline(surface, self.label.colour, *_line(self.box, self.leads_to))
        surface.blit(self.drawn, self.box)


Line = tuple[tuple[int, int], tuple[int, int]]


def _line(box: pygame.Rect, to: tuple[int, int]) -> Line:
    """From the edge of a box to a point."""
    x, y = max(box.left, min(box.right, to[0])), max(box.top, min(box.bottom, to[1]))
    return (x, y), to


def names(
    wanted: Sequence[Label],
    halo: Colour,
    view: pygame.Rect,
    camera: Camera,
    taken: Sequence[pygame.Rect],
    marks: Mapping[tuple[float, float], tuple[int, int]],
) -> list[Name]:
    """Sets names.

    Args:
        wanted: those that matter most first.
        halo: drawn around the letters, so that lines behind them do not disturb.
        view: where the map stands in the window.
        camera: where somebody looks.
        taken: what must stay free.
        marks: the pixel where the mark of a point is drawn.
    """
    inner, used = view.inflate(-2 * _INSIDE, -2 * _INSIDE), list(taken)
    found: list[Name] = []
    lines: list[Line] = []
    for label in wanted:
        middle = marks[label.point] if label.marked else camera.pixel(view, label.point)
        if not label.land and not view.collidepoint(middle):
            continue
        drawn = _rendered(label, halo)
        places = _places(label, middle, drawn.get_size(), inner, camera, view)
        for place, box in enumerate(places):
            room = box.inflate(4, 0)
            if not inner.contains(box) or room.collidelist(used) >= 0:
                continue
            if any(box.clipline(*line) for line in lines):
                continue
            far = bool(label.beside) and place >= len(_SIDES)
            if far:
                line = _line(box, middle)
                if any(name.box.clipline(*line) for name in found):
                    continue
                lines.append(line)
            found.append(Name(label, drawn, box, middle if far else None))
            used.append(room)
            break
    return found


def _places(
    label: Label,
    middle: tuple[int, int],
    size: tuple[int, int],
    inner: pygame.Rect,
    camera: Camera,
    view: pygame.Rect,
) -> Iterator[pygame.Rect]:
    """Where a name may stand, the best place first."""
    if label.beside:
        for ring in range(1, label.rings + 1):
            away = ring * label.beside
            for side, dx, dy in _SIDES:
                box = pygame.Rect((0, 0), size)
                setattr(box, side, (middle[0] + round(dx * away), middle[1] + round(dy * away)))
                yield box
        return
    box = pygame.Rect((0, 0), size)
    box.center = middle
    yield box
    if label.land:
        yield from _in_its_land(label, size, inner, camera, view)


def _in_its_land(
    label: Label,
    size: tuple[int, int],
    inner: pygame.Rect,
    camera: Camera,
    view: pygame.Rect,
) -> Iterator[pygame.Rect]:
    """Where a name stands within what is seen of its land: the roomiest places first."""
    there = places_in(label.land)
    x = view.centerx + (there[:, 0] - camera.x) * camera.zoom
    y = view.centery + (there[:, 1] - camera.y) * camera.zoom
    to_side = np.minimum(x - inner.left, inner.right - x)
    to_side = np.minimum(to_side, there[:, 2] * camera.zoom)
    to_foot = np.minimum(y - inner.top, inner.bottom - y)
    fits = (to_side >= size[0] / 2) & (to_foot >= size[1] / 2)
    if label.most_away:
        away = np.hypot(there[:, 0] - label.point[0], there[:, 1] - label.point[1])
        fits &= away <= label.most_away
    room = np.minimum(to_side - size[0] / 2, to_foot - size[1] / 2)
    kept = np.flatnonzero(fits)
    for place in kept[np.argsort(-room[kept], kind="stable")][:_TRIED]:
        box = pygame.Rect((0, 0), size)
        box.center = (round(x[place]), round(y[place]))
        yield box


_cache: dict[tuple[object, ...], pygame.Surface] = {}


def _rendered(label: Label, halo: Colour) -> pygame.Surface:
    """The letters with their halo; kept, for the same names are drawn at every move."""
    key = (label.text, label.face, label.size, label.colour, label.spaced, halo)
    found = _cache.get(key)
    if found is not None:
        return found
    if len(_cache) > 1500:
        _cache.clear()
    text = (
        "\u2009".join(label.text.upper()) if label.spaced and label.text.isascii() else label.text
    )
    face = label.face if label.text.isascii() else "arabic"
    letters = font(face, label.size)
    ink = letters.render(text, True, label.colour)
    shade = letters.render(text, True, halo)
    made = pygame.Surface(
        (ink.get_width() + 2 * _HALO, ink.get_height() + 2 * _HALO), pygame.SRCALPHA
    )
    for dx in (0, _HALO, 2 * _HALO):
        for dy in (0, _HALO, 2 * _HALO):
            made.blit(shade, (dx, dy))
    made.blit(ink, (_HALO, _HALO))
    _cache[key] = made
    return made
