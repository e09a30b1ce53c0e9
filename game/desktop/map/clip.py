"""Rings and lines cut to the picture that they are drawn into: what lies outside costs nothing."""

from collections.abc import Iterator

import numpy as np

from .projection import Points


def ring_in(points: Points, width: float, height: float) -> Points:
    """The part of a ring inside a picture (Sutherland & Hodgman, CACM 17(1), 1974)."""
    for axis, limit, sign in ((0, 0.0, 1), (0, width, -1), (1, 0.0, 1), (1, height, -1)):
        if len(points):
            points = _half(points, axis, limit, sign)
    return points


def _half(points: Points, axis: int, limit: float, sign: int) -> Points:
    inside = sign * (points[:, axis] - limit) >= 0
    if inside.all():
        return points
    before, was_inside = np.roll(points, 1, axis=0), np.roll(inside, 1)
    step = points[:, axis] - before[:, axis]
    share = (limit - before[:, axis]) / np.where(step == 0, 1.0, step)
    cuts = before + share[:, None] * (points - before)
    both = np.empty((2 * len(points), 2), np.float64)
    both[0::2], both[1::2] = cuts, points
    wanted = np.empty(2 * len(points), np.bool_)
    wanted[0::2], wanted[1::2] = inside != was_inside, inside
    return both[wanted]


def lines_in(points: Points, width: float, height: float) -> Iterator[Points]:
    """The runs of a line whose segments may touch a picture."""
    low, high = np.minimum(points[:-1], points[1:]), np.maximum(points[:-1], points[1:])
    touches = (high >= 0).all(axis=1) & (low <= (width, height)).all(axis=1)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], touches, [False])).astype(np.int8)))
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        yield points[start : end + 1]


def thinned(points: Points) -> list[list[float]]:
    """The points without those that fall on the same pixel as the one before."""
    whole = np.rint(points)
    moved = np.ones(len(whole), np.bool_)
    moved[1:] = (np.diff(whole, axis=0) != 0).any(axis=1)
    found: list[list[float]] = points[moved].tolist()
    return found
