"""Where somebody looks on the map, and how closely."""

from dataclasses import dataclass

import pygame

from .projection import place

WEST_NORTH, EAST_SOUTH = (-14.3, -10.5), (14.3, 12.5)
"""The corners of what can be looked at, on the plane of the map."""
HOME = (place((37.6, 37.6)), place((59.2, 25.4)))
"""Opposite corners of what is shown at first: Iraq, western Iran, the Gulf."""
CLOSEST = 420.0
"""Pixels of a unit at the most; a unit is about a degree."""
STEP = 1.25
"""What one turn of the wheel does."""


@dataclass(slots=True)
class Camera:
    """A view of the plane."""

    x: float = 0.0
    y: float = 0.0
    """The middle of the view, on the plane."""
    zoom: float = 0.0
    """Pixels of a unit; 0 until the first look, which shows the whole theatre."""
    fitted: tuple[int, int] | None = None
    """The size for which it shows the whole theatre; None once somebody has moved it."""

    def look(self, size: tuple[int, int]) -> None:
        """Keeps to what can be looked at; who has not moved it sees the whole at every size."""
        if self.zoom == 0 or (self.fitted is not None and self.fitted != size):
            self.fit(size)
        self.clamp(size)

    def fit(self, size: tuple[int, int]) -> None:
        """Looks at the whole theatre."""
        (left, top), (right, bottom) = HOME
        self.x, self.y = (left + right) / 2, (top + bottom) / 2
        self.zoom = min(size[0] / (right - left), size[1] / (bottom - top))
        self.fitted = size
        self.clamp(size)

    def farthest(self, size: tuple[int, int]) -> float:
        """The least zoom: what can be looked at fills the view."""
        return max(
            size[0] / (EAST_SOUTH[0] - WEST_NORTH[0]), size[1] / (EAST_SOUTH[1] - WEST_NORTH[1])
        )

    def clamp(self, size: tuple[int, int]) -> None:
        """Goes back to what can be looked at."""
        self.zoom = max(self.farthest(size), min(CLOSEST, self.zoom))
        half_x, half_y = size[0] / 2 / self.zoom, size[1] / 2 / self.zoom
        self.x = max(WEST_NORTH[0] + half_x, min(EAST_SOUTH[0] - half_x, self.x))
        self.y = max(WEST_NORTH[1] + half_y, min(EAST_SOUTH[1] - half_y, self.y))

    def pan(self, size: tuple[int, int], dx: float, dy: float) -> None:
        """Moves what is seen by so many pixels."""
        self.fitted = None
        self.x -= dx / self.zoom
        self.y -= dy / self.zoom
        self.clamp(size)

    def zoom_by(self, size: tuple[int, int], factor: float, at: tuple[float, float]) -> None:
        """Comes closer or goes back; the point under `at`, in pixels of the view, stays there."""
        self.fitted = None
        px, py = self.point(size, at)
        self.zoom *= factor
        self.clamp(size)
        self.x = px - (at[0] - size[0] / 2) / self.zoom
        self.y = py - (at[1] - size[1] / 2) / self.zoom
        self.clamp(size)

    def point(self, size: tuple[int, int], at: tuple[float, float]) -> tuple[float, float]:
        """The point of the plane under a pixel of the view."""
        return (
            self.x + (at[0] - size[0] / 2) / self.zoom,
            self.y + (at[1] - size[1] / 2) / self.zoom,
        )

    def pixel(self, view: pygame.Rect, point: tuple[float, float]) -> tuple[int, int]:
        """Where a point of the plane is seen, in pixels of the window."""
        return (
            round(view.centerx + (point[0] - self.x) * self.zoom),
            round(view.centery + (point[1] - self.y) * self.zoom),
        )
