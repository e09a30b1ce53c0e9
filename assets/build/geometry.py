"""Lines and rings in degrees: thinned, clipped to a box, chained, and written as small integers."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from math import cos, hypot, radians

Point = tuple[float, float]
Line = list[Point]

SCALE = 1000
"""Integers a degree: 0.001 degrees is about a hundred metres."""
_WIDTH = cos(radians(32))
"""A degree of longitude beside one of latitude, in the middle of the map."""


def thinned(line: Line, tolerance: float) -> Line:
    """The line without the points that lie within `tolerance` degrees of it (Douglas & Peucker,
    Cartographica 10(2), 1973); its ends stay.
    """
    keep = {0, len(line) - 1}
    parts = [(0, len(line) - 1)]
    while parts:
        first, last = parts.pop()
        far, worst = 0.0, -1
        for place in range(first + 1, last):
            away = _distance(line[place], line[first], line[last])
            if away > far:
                far, worst = away, place
        if far > tolerance:
            keep.add(worst)
            parts += [(first, worst), (worst, last)]
    return [line[place] for place in sorted(keep)]


def _distance(point: Point, a: Point, b: Point) -> float:
    px, py = (point[0] - a[0]) * _WIDTH, point[1] - a[1]
    bx, by = (b[0] - a[0]) * _WIDTH, b[1] - a[1]
    length = bx * bx + by * by
    along = 0.0 if length == 0 else max(0.0, min(1.0, (px * bx + py * by) / length))
    return hypot(px - along * bx, py - along * by)


class Box:
    """A rectangle of longitudes and latitudes."""

    def __init__(self, west: float, south: float, east: float, north: float) -> None:
        self.west, self.south, self.east, self.north = west, south, east, north

    def holds(self, point: Point) -> bool:
        """Whether the point lies in it."""
        return self.west <= point[0] <= self.east and self.south <= point[1] <= self.north

    def ring(self, ring: Line) -> Line:
        """The part of a ring inside (Sutherland & Hodgman, CACM 17(1), 1974)."""
        for axis, limit, sign in (
            (0, self.west, 1),
            (0, self.east, -1),
            (1, self.south, 1),
            (1, self.north, -1),
        ):
            ring = _half(ring, axis, limit, sign)
        return ring

    def lines(self, line: Line) -> list[Line]:
        """The runs of a line inside, each with the points just outside of its ends."""
        runs: list[Line] = []
        run: Line = []
        for a, b in pairwise(line):
            if self.holds(a) or self.holds(b):
                run = run or [a]
                run.append(b)
            elif run:
                runs.append(run)
                run = []
        return [*runs, run] if run else runs


def _half(ring: Line, axis: int, limit: float, sign: int) -> Line:
    def inside(point: Point) -> bool:
        return sign * (point[axis] - limit) >= 0

    kept: Line = []
    for a, b in zip(ring[-1:] + ring[:-1], ring, strict=True):
        if inside(a) != inside(b):
            share = (limit - a[axis]) / (b[axis] - a[axis])
            kept.append((a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])))
        if inside(b):
            kept.append(b)
    return kept


def area(ring: Sequence[Point]) -> float:
    """Square degrees, never negative."""
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def within(point: Point, ring: Sequence[Point]) -> bool:
    """Whether a point lies in a ring: a ray to the east crosses it an odd number of times."""
    inside = False
    for a, b in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (a[1] > point[1]) != (b[1] > point[1]):
            cut = a[0] + (point[1] - a[1]) * (b[0] - a[0]) / (b[1] - a[1])
            inside ^= point[0] < cut
    return inside


def deepest(ring: Sequence[Point], steps: int = 24) -> Point:
    """A point well inside a ring, for its name: of a grid of points, the farthest from its edge."""
    west, east = min(p[0] for p in ring), max(p[0] for p in ring)
    south, north = min(p[1] for p in ring), max(p[1] for p in ring)
    grid = [
        (west + (east - west) * i / steps, south + (north - south) * j / steps)
        for i in range(1, steps)
        for j in range(1, steps)
    ]
    edges = list(zip(ring, [*ring[1:], ring[0]], strict=True))[:: max(1, len(ring) // 120)]

    def room(point: Point) -> float:
        return min(_distance(point, a, b) for a, b in edges)

    return max((p for p in grid if within(p, ring)), key=room)


def shared(
    rings: Iterable[tuple[str, Line]], counts: Callable[[frozenset[str]], bool]
) -> list[Line]:
    """The lines between areas, from the segments that the rings of several areas have in common.

    Args:
        rings: the name of an area with one of its rings.
        counts: whether a segment of these areas is wanted.
    """
    owners: dict[tuple[Point, Point], set[str]] = defaultdict(set)
    for name, ring in rings:
        for a, b in pairwise(ring):
            owners[min(a, b), max(a, b)].add(name)
    return _chained(
        [s for s, names in owners.items() if len(names) > 1 and counts(frozenset(names))]
    )


def _chained(segments: list[tuple[Point, Point]]) -> list[Line]:
    """Segments joined to lines that end where not exactly two of them meet."""
    at: dict[Point, list[Point]] = defaultdict(list)
    for a, b in segments:
        at[a].append(b)
        at[b].append(a)
    left = {frozenset(s) for s in segments}
    lines: list[Line] = []
    starts = sorted(at, key=lambda p: (len(at[p]) == 2, p))
    for start in starts:
        for nxt in sorted(at[start]):
            if frozenset((start, nxt)) not in left:
                continue
            line, here, there = [start], start, nxt
            while True:
                left.discard(frozenset((here, there)))
                line.append(there)
                onward = [p for p in at[there] if frozenset((there, p)) in left]
                if len(at[there]) != 2 or not onward:
                    break
                here, there = there, onward[0]
            lines.append(line)
    return lines


def packed(line: Iterable[Point]) -> list[int]:
    """x, y, then steps of x and y, in thousandths of a degree; steps of nothing are left out."""
    numbers: list[int] = []
    x = y = 0
    for point in line:
        new_x, new_y = round(point[0] * SCALE), round(point[1] * SCALE)
        if not numbers or (new_x, new_y) != (x, y):
            numbers += [new_x - x, new_y - y]
        x, y = new_x, new_y
    return numbers
