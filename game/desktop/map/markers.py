"""What happened, as markers at its places: a shape for each kind, a colour for each hand.

fire: a burst; strike: a crosshair; deed: the ring of the seat that did it; politics: a hexagon.
Earlier turns fade to small outlines.
"""

from dataclasses import dataclass
from math import ceil, cos, pi, sin

import pygame

from game.rules.seats import Seat

from ..look.seat_icons import seat_icon
from ..look.theme import Colour, Theme

OLDEST = 4
"""Turns after which a trace is gone."""
SIZE = 22
"""Units of a marker of this turn."""


LEAST_READY = 0.05
"""Readiness below this is not shown."""
FORCES = {"base": Seat.US, "militia": Seat.MILITIA, "iran": Seat.IRAN}
"""Whose forces stand at a place of a kind."""


@dataclass(frozen=True, slots=True)
class Marker:
    """Something that happened at a place."""

    kind: str
    """fire, strike, deed or politics."""
    point: tuple[float, float]
    """On the plane of the map."""
    text: str
    """What happened, in a sentence or two."""
    by: Seat | None = None
    """Whose hand it was, as far as is known."""
    age: int = 0
    """Turns ago; 0 for the last one."""
    origin: tuple[float, float] | None = None
    """Where missiles came from, where that is known."""


def size_of(marker: Marker, scale: float) -> int:
    """A marker's width in pixels."""
    share = 1.0 if marker.age == 0 else max(0.35, 0.62 - 0.09 * marker.age)
    return max(6, round(SIZE * scale * share))


def clusters(
    markers: list[Marker], pixels: list[tuple[int, int]], scale: float
) -> list[tuple[int, int]]:
    """Where markers are drawn, in pixels; those that would lie on each other stand side by side,
    newest first.
    """
    placed: list[pygame.Rect] = []
    order = sorted(range(len(markers)), key=lambda k: markers[k].age)
    found = list(pixels)
    for k in order:
        size = size_of(markers[k], scale)
        box = pygame.Rect(0, 0, size, size)
        box.center = pixels[k]
        for dx, dy in _around(size + 2):
            there = box.move(dx, dy)
            if there.collidelist(placed) < 0:
                box = there
                break
        placed.append(box)
        found[k] = box.center
    return found


def _around(step: int) -> list[tuple[int, int]]:
    """Places around a point, the nearest first, to the right before the left."""
    grid = [(x, y) for x in range(-4, 5) for y in range(-2, 3)]
    grid.sort(key=lambda p: (p[0] * p[0] + 2 * p[1] * p[1], -p[0], p[1]))
    return [(x * step, y * step) for x, y in grid]


def draw_marker(
    surface: pygame.Surface, theme: Theme, marker: Marker, middle: tuple[int, int], scale: float
) -> None:
    """Draws a marker."""
    size = size_of(marker, scale)
    colour = theme.seat(marker.by) if marker.by is not None else theme["text"]
    if marker.age:
        colour = _faded(colour, theme.map["land"], 0.25 + 0.15 * marker.age)
    elif marker.kind != "politics":
        pygame.draw.aacircle(surface, theme["ground"], middle, size * 0.62)
    _SHAPES[marker.kind](surface, marker, middle, size, colour)


def _faded(colour: Colour, into: Colour, share: float) -> Colour:
    share = min(0.85, share)
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(colour, into, strict=True))
    return red, green, blue


def _burst(
    surface: pygame.Surface, marker: Marker, middle: tuple[int, int], size: int, colour: Colour
) -> None:
    x, y = middle
    outer, inner = size / 2, size / 4.6
    points = [
        (
            x + (inner if k % 2 else outer) * sin(k * pi / 8),
            y - (inner if k % 2 else outer) * cos(k * pi / 8),
        )
        for k in range(16)
    ]
    if marker.age:
        pygame.draw.aalines(surface, colour, True, points)
    else:
        pygame.draw.polygon(surface, colour, points)
        pygame.draw.aalines(surface, colour, True, points)


def _crosshair(
    surface: pygame.Surface, marker: Marker, middle: tuple[int, int], size: int, colour: Colour
) -> None:
    x, y = middle
    half, width = size // 2, 1 if marker.age else max(2, size // 9)
    pygame.draw.aacircle(surface, colour, middle, half * 0.72, width)
    for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        start = (x + dx * half * 0.3, y + dy * half * 0.3)
        pygame.draw.line(surface, colour, start, (x + dx * half, y + dy * half), width)


def _ring(
    surface: pygame.Surface, marker: Marker, middle: tuple[int, int], size: int, colour: Colour
) -> None:
    pygame.draw.aacircle(surface, colour, middle, size / 2, 1 if marker.age else max(2, size // 11))
    if marker.by is not None:
        seat_icon(surface, marker.by, middle, round(size * 0.42), colour)
    else:
        pygame.draw.aacircle(surface, colour, middle, size * 0.12)


def _hexagon(
    surface: pygame.Surface, marker: Marker, middle: tuple[int, int], size: int, colour: Colour
) -> None:
    x, y = middle
    points = [(x + size / 2 * sin(k * pi / 3), y - size / 2 * cos(k * pi / 3)) for k in range(6)]
    if marker.age:
        pygame.draw.aalines(surface, colour, True, points)
        return
    pygame.draw.polygon(surface, colour, points)
    pygame.draw.aalines(surface, colour, True, points)


_SHAPES = {"fire": _burst, "strike": _crosshair, "deed": _ring, "politics": _hexagon}


def draw_site(
    surface: pygame.Surface, theme: Theme, kind: str, middle: tuple[int, int], size: int
) -> None:
    """A place: a square for an American base, a triangle for the militias', a circle for Iran's, a
    diamond in the Gulf, a dot for a town.
    """
    seat = Seat.IRAQ if kind == "gulf" else FORCES.get(kind)
    if seat is None:
        pygame.draw.aacircle(surface, theme.map["city"], middle, max(1.5, size / 4))
        return
    colour = theme["text"] if kind == "gulf" else theme.seat(seat)
    seat_icon(surface, seat, middle, size + 4, theme["ground"])
    seat_icon(surface, seat, middle, size, _faded(colour, theme.map["land"], 0.25))


def readiness_box(middle: tuple[int, int], size: int) -> pygame.Rect:
    """Where the bars of a place's readiness stand: below its sign, in pixels."""
    box = pygame.Rect(0, 0, 3 * max(3, size * 3 // 8) + 2, max(4, size // 2))
    box.midtop = (middle[0], middle[1] + size // 2 + 2)
    return box


def draw_readiness(
    surface: pygame.Surface,
    theme: Theme,
    seat: Seat,
    share: float,
    box: pygame.Rect,
    *,
    rough: bool,
) -> None:
    """One to three bars for forces that are made ready; hollow where that is an estimate."""
    wide = (box.width - 2) // 3
    pygame.draw.rect(surface, theme["ground"], box.inflate(2, 2))
    for place in range(ready_bars(share)):
        bar = pygame.Rect(box.x + place * (wide + 1), box.y, wide, box.height)
        pygame.draw.rect(surface, theme.seat(seat), bar, 1 if rough else 0)


def ready_bars(share: float) -> int:
    """Bars that a readiness of 0 to 1 is shown by: none for what is as good as nothing, else one
    for each third that has been begun.
    """
    return 0 if share < LEAST_READY else min(3, ceil(share * 3))


def draw_brackets(
    surface: pygame.Surface, colour: Colour, middle: tuple[int, int], half: int, scale: float
) -> None:
    """Four corners around a place: it may be struck."""
    x, y = middle
    arm, width = max(2, half // 2), max(1, round(1.5 * scale))
    for right, down in ((-1, -1), (1, -1), (-1, 1), (1, 1)):
        corner = (x + right * half, y + down * half)
        pygame.draw.line(surface, colour, corner, (corner[0] - right * arm, corner[1]), width)
        pygame.draw.line(surface, colour, corner, (corner[0], corner[1] - down * arm), width)


def draw_reticle(
    surface: pygame.Surface, colour: Colour, middle: tuple[int, int], half: int, scale: float
) -> None:
    """A ring with four strokes: the target."""
    x, y = middle
    width = max(2, round(2 * scale))
    pygame.draw.aacircle(surface, colour, middle, half, width)
    for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        start = (x + dx * half, y + dy * half)
        end = (x + dx * round(half * 1.6), y + dy * round(half * 1.6))
        pygame.draw.line(surface, colour, start, end, width)


def draw_arc(
    surface: pygame.Surface,
    colour: Colour,
    start: tuple[int, int],
    end: tuple[int, int],
    share: float,
    width: int,
) -> None:
    """The way of a missile: a bow from start to end, as far as it has come, with its head."""
    bow = 0.18
    dx, dy = end[0] - start[0], end[1] - start[1]
    peak = (start[0] + dx / 2 + dy * bow, start[1] + dy / 2 - abs(dx) * bow)
    points = []
    steps = 40
    for k in range(steps + 1):
        way = k / steps
        if way > share:
            break
        a, b, c = (1 - way) ** 2, 2 * way * (1 - way), way**2
        points.append(
            (a * start[0] + b * peak[0] + c * end[0], a * start[1] + b * peak[1] + c * end[1])
        )
    if len(points) > 1:
        for shift in range(width):
            pygame.draw.aalines(surface, colour, False, [(x, y + shift) for x, y in points])
    if points and share < 1:
        pygame.draw.aacircle(surface, colour, points[-1], width + 2)
