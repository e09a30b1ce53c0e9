"""Names on the map, set so that none lies on another or on a mark; what has no room is left out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pygame

from ..fonts import font
from ..theme import Colour
from .camera import Camera

_HALO = 1


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
    spaced: bool = False
    """Letters apart, as countries are written."""


@dataclass(slots=True)
class Labels:
    """The names wanted, those that matter most first."""

    wanted: Sequence[Label]
    halo: Colour
    """Drawn around the letters, so that lines behind them do not disturb."""
    taken: Sequence[tuple[tuple[float, float], int, int]] = ()
    """What must stay free: a point of the plane, and the width and height around it in pixels."""
    view: tuple[int, int] = (0, 0)
    """The view's size in pixels: places that its edge does not cut come first."""
    placed: list[pygame.Rect] = field(default_factory=list)
    """Where names were set, in the picture's pixels; for tests."""

    def drawing(self, picture: pygame.Surface, camera: Camera) -> Iterator[None]:
        """Sets and draws the names, one at a time, into a picture whose middle is the camera's."""
        frame = picture.get_rect()
        taken = []
        for point, width, height in self.taken:
            box = pygame.Rect(0, 0, width, height)
            box.center = camera.pixel(frame, point)
            taken.append(box)
        self.placed = []
        inner = pygame.Rect(0, 0, *self.view)
        inner.center = frame.center
        for label in self.wanted:
            middle = camera.pixel(frame, label.point)
            if not frame.inflate(200, 80).collidepoint(middle):
                continue
            drawn = _rendered(label, self.halo)
            places = _places(label, middle, drawn.get_size())
            for box in sorted(places, key=lambda b: inner.colliderect(b) and not inner.contains(b)):
                room = box.inflate(4, 0)
                if room.collidelist(taken) < 0 and room.collidelist(self.placed) < 0:
                    picture.blit(drawn, box)
                    self.placed.append(box)
                    break
            yield


def _places(label: Label, middle: tuple[int, int], size: tuple[int, int]) -> list[pygame.Rect]:
    """Where a name may stand, the best place first."""
    boxes = []
    away = label.beside
    sides = ("midleft", "midright", "midbottom", "midtop") if away else ("center",)
    offsets = {
        "midleft": (away, 0),
        "midright": (-away, 0),
        "midbottom": (0, -away),
        "midtop": (0, away),
        "center": (0, 0),
    }
    for side in sides:
        box = pygame.Rect((0, 0), size)
        dx, dy = offsets[side]
        setattr(box, side, (middle[0] + dx, middle[1] + dy))
        boxes.append(box)
    return boxes


_cache: dict[tuple[Label, Colour], pygame.Surface] = {}


def _rendered(label: Label, halo: Colour) -> pygame.Surface:
    """The letters with their halo; kept, for the same names are drawn at every move."""
    plain = Label(
        label.text, (0, 0), label.face, label.size, label.colour, label.beside, label.spaced
    )
    found = _cache.get((plain, halo))
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
    _cache[plain, halo] = made
    return made
