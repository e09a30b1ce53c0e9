"""Names on the map, set so that all of each can be seen and none lies on another, on a marker, or
outside of the view; what has no room is left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import hypot
from typing import NamedTuple

import numpy as np
import pygame
from numpy.typing import NDArray

from ..look.fonts import font
from ..look.theme import Colour
from .camera import Camera
from .lands import SEA, is_within, places_in

_HALO = 1
_INSIDE = 2
"""Pixels that a name keeps from the edge of the view."""
_TRIED = 90
"""Places in its land that are tried for a name."""
_SIDES = (
    ("midleft", "midright", 1, 0),
    ("midright", "midleft", -1, 0),
    ("midbottom", "midtop", 0, -1),
    ("midtop", "midbottom", 0, 1),
    ("bottomleft", "topright", 0.4, -0.4),
    ("topleft", "bottomright", 0.4, 0.4),
    ("bottomright", "topleft", -0.4, -0.4),
    ("topright", "bottomleft", -0.4, 0.4),
)
"""Where a name may stand beside its sign: which of its sides is there, which of the sign's, and the
way from that one.
"""
_SAME_SPOT = 0.5
"""Signs whose middles are nearer than this share of the smaller one are one to the eye."""
_BESIDE = 24
"""Pixels from another's sign within which a name is taken for its, whatever leads elsewhere."""
_CLEARLY = 1.25
"""A name is nearer to its own sign than to any other by this factor, and a pixel."""

Mask = NDArray[np.bool_]


class Sign(NamedTuple):
    """What is drawn for a place, or where something happened: no name may lie there."""

    box: pygame.Rect
    """In pixels of the window."""
    of: str
    """The place's name; empty where it is no named place's."""


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
    of: str = ""
    """Whose sign it stands beside; empty for what is written over its point."""
    beside: int = 0
    """How many pixels it keeps from that sign."""
    spaced: bool = False
    """Letters apart, as countries are written."""
    land: str = ""
    """Where else it may be written over: a country's id, or `lands.SEA`; empty for nowhere."""
    most_away: float = 0
    """Units of the plane that it may be from its point there; 0 for any."""
    rings: int = 1
    """How many times as far from its sign it may stand, with a line that leads there."""
    led: bool = False
    """Whether such a line is enough to say whose name it is, also beside another's sign."""


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
    signs: Sequence[Sign],
) -> list[Name]:
    """Sets names. One that could only stand nearer to another's sign than to its own is left out.

    Args:
        wanted: those that matter most first.
        halo: drawn around the letters, so that lines behind them do not disturb.
        view: where the map stands in the window.
        camera: where somebody looks.
        signs: what must stay free, and whose it is; of several of one place the best first.
    """
    inner, used = view.inflate(-2 * _INSIDE, -2 * _INSIDE), [sign.box for sign in signs]
    told_apart = _Signs(signs)
    found: list[Name] = []
    lines: list[Line] = []
    for label in wanted:
        own = [s.box for s in signs if s.of == label.of and view.collidepoint(s.box.center)]
        if label.of and not own:
            continue
        drawn = _rendered(label, halo)
        spare: Name | None = None  # led to its sign, and yet beside another's
        for box, to in _places(label, own, drawn.get_size(), inner, camera, view):
            if not inner.contains(box) or box.inflate(4, 0).collidelist(used) >= 0:
                continue
            if any(box.clipline(*line) for line in lines):
                continue
            told = label.led and to is not None
            if label.of and not told and not told_apart.is_nearest(box, label.of):
                continue
            if to is not None:
                things = [name.box for name in found]
                things += [sign.box for sign in signs if sign.of != label.of]
                if any(thing.clipline(*_line(box, to)) for thing in things):
                    continue
            name = Name(label, drawn, box, to)
            if told and told_apart.gap_to_others(box, label.of) < _BESIDE:
                spare = spare or name
                continue
            break
        else:
            if spare is None:
                continue
            name = spare
        found.append(name)
        used.append(name.box.inflate(4, 0))
        if name.leads_to is not None:
            lines.append(_line(name.box, name.leads_to))
    return found


def gap(box: pygame.Rect, other: pygame.Rect) -> float:
    """Pixels between two boxes, 0 where they touch."""
    dx = max(other.left - box.right, box.left - other.right, 0)
    dy = max(other.top - box.bottom, box.top - other.bottom, 0)
    return hypot(dx, dy)


class _Signs:
    """Signs in arrays, to find the nearest: there are many, at every move of the map."""

    def __init__(self, signs: Sequence[Sign]) -> None:
        self._of = np.array([sign.of for sign in signs], object)
        corners = [(s.box.left, s.box.top, s.box.right, s.box.bottom) for s in signs]
        self._corners = np.array(corners, np.float64).reshape(-1, 4)
        middles = np.array([s.box.center for s in signs], np.float64).reshape(-1, 2)
        widths = self._corners[:, 2] - self._corners[:, 0]
        apart = np.hypot(*(middles[:, None] - middles[None]).transpose(2, 0, 1))
        self._same = apart <= _SAME_SPOT * np.minimum(widths[:, None], widths[None])
        self._masks: dict[str, tuple[Mask, Mask]] = {}

    def _own_and_others(self, of: str) -> tuple[Mask, Mask]:
        """Which signs are a place's own, and which are others' that are seen apart from them."""
        if of not in self._masks:
            own = self._of == of
            self._masks[of] = own, ~own & ~self._same[own].any(axis=0)
        return self._masks[of]

    def is_nearest(self, box: pygame.Rect, of: str) -> bool:
        """Whether a box is clearly nearer to a sign of its own place than to any other."""
        own, _ = self._own_and_others(of)
        nearest = float(self._gaps(box)[own].min(initial=np.inf))
        return _CLEARLY * nearest + 1 <= self.gap_to_others(box, of)

    def gap_to_others(self, box: pygame.Rect, of: str) -> float:
        """Pixels from a box to the nearest sign of another place."""
        _, others = self._own_and_others(of)
        return float(self._gaps(box)[others].min(initial=np.inf))

    def _gaps(self, box: pygame.Rect) -> NDArray[np.float64]:
        left, top, right, bottom = self._corners.T
        dx = np.maximum(np.maximum(left - box.right, box.left - right), 0)
        dy = np.maximum(np.maximum(top - box.bottom, box.top - bottom), 0)
        found: NDArray[np.float64] = np.hypot(dx, dy)
        return found


Place = tuple[pygame.Rect, tuple[int, int] | None]
"""Where a name may stand, and what a line leads to from there."""


def _places(
    label: Label,
    own: Sequence[pygame.Rect],
    size: tuple[int, int],
    inner: pygame.Rect,
    camera: Camera,
    view: pygame.Rect,
) -> Iterator[Place]:
    """Where a name may stand, the best place first."""
    if label.of:
        for ring in range(1, label.rings + 1):
            for sign in own:
                yield from _around(sign, size, ring * label.beside, leads=ring > 1)
        return
    middle = camera.pixel(view, label.point)
    if not label.land and not view.collidepoint(middle):
        return
    box = pygame.Rect((0, 0), size)
    box.center = middle
    if not label.land or label.land == SEA or _is_within(label.land, box, camera, view):
        yield box, None
    if label.land:
        for there in _in_its_land(label, size, inner, camera, view):
            if label.land == SEA or _is_within(label.land, there, camera, view):
                yield there, None


def _around(sign: pygame.Rect, size: tuple[int, int], away: int, *, leads: bool) -> Iterator[Place]:
    """Places so many pixels from a sign."""
    for side, corner, dx, dy in _SIDES:
        x, y = getattr(sign, corner)
        box = pygame.Rect((0, 0), size)
        setattr(box, side, (x + round(dx * away), y + round(dy * away)))
        yield box, sign.center if leads else None


def _is_within(land: str, box: pygame.Rect, camera: Camera, view: pygame.Rect) -> bool:
    """Whether a box of the window lies in a country as a whole."""
    inside = [
        camera.point(view.size, (x - view.x, y - view.y)) for x, y in (box.topleft, box.bottomright)
    ]
    return is_within(land, inside[0], inside[1])


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
