"""Degrees on the plane of the map, and back.

Lambert's conformal conic projection on a sphere, true at 26 and 38 degrees north (Snyder, Map
Projections: A Working Manual, USGS 1395, 1987, equations 15-1 to 15-11). One unit is about a degree
of latitude; x grows to the east, y to the south, as on a screen.
"""

from math import cos, degrees, log, pi, radians, tan

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
"""(points, 2)."""
MIDDLE = (49.0, 32.0)
"""Longitude and latitude of the plane's origin."""
_FIRST, _SECOND = radians(26.0), radians(38.0)


def _stretch(latitude: float) -> float:
    return tan(pi / 4 + latitude / 2)


_CONE = log(cos(_FIRST) / cos(_SECOND)) / log(_stretch(_SECOND) / _stretch(_FIRST))
_SIZE = degrees(cos(_FIRST) * _stretch(_FIRST) ** _CONE / _CONE)
_ORIGIN = _SIZE / _stretch(radians(MIDDLE[1])) ** _CONE


def project(where: Points) -> Points:
    """Longitudes and latitudes, (points, 2), as x and y of the plane."""
    spread = _SIZE / np.tan(np.pi / 4 + np.radians(where[:, 1]) / 2) ** _CONE
    turn = _CONE * np.radians(where[:, 0] - MIDDLE[0])
    return np.column_stack((spread * np.sin(turn), spread * np.cos(turn) - _ORIGIN))


def place(where: tuple[float, float]) -> tuple[float, float]:
    """One longitude and latitude as x and y of the plane."""
    x, y = project(np.array([where], np.float64))[0]
    return float(x), float(y)
