"""The map as inline SVG: land, rivers and what happened, from the same data as the window's."""

import json
from collections.abc import Sequence
from functools import cache
from math import cos, radians
from pathlib import Path
from textwrap import wrap
from typing import Any, NamedTuple

import numpy as np
from markupsafe import Markup, escape

from game.content.scenario import Scenario
from game.rules.rulebook import Site
from game.views.news import NewsItem

ASSETS = Path(__file__).parents[2] / "assets"
WEST, EAST, SOUTH, NORTH = 38.0, 60.5, 23.0, 38.5
"""Degrees that the map shows."""
SCALE = 44.0
"""Units for one degree of latitude."""
_ACROSS = SCALE * cos(radians(31.0))
WIDTH, HEIGHT = round((EAST - WEST) * _ACROSS), round((NORTH - SOUTH) * SCALE)
_MARGIN = 2.0
_CITIES = ("Baghdad", "Tehran", "Basra")


_NAME, _LINE, _LETTER = 40, 44, 21
"""Letters of places: how high they are, from line to line, and how wide one is at the most."""
_NEAR = (0.0, 0.7, -0.7)
_ROWS = (*_NEAR, 1.2, -1.2, 2.0, -2.0, 3.0, -3.0, 4.0, -4.0)
"""Lines above or below its place at which a name may stand, the best first."""
_MOST_LETTERS = 18
"""Letters of a name in one line."""
_RING = 24
"""The radius of the ring around a place at which something happened."""
_COUNTRIES = (("IRAQ", 40.8, 31.7), ("IRAN", 54.0, 33.0))


class _Site(NamedTuple):
    name: str
    x: float
    y: float


class _Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def shared(self, other: "_Box") -> float:
        """How much of it lies over another."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(0.0, across) * max(0.0, down)

    @property
    def outside(self) -> float:
        """How much of it lies outside of the map."""
        all_of_it = (self.right - self.left) * (self.bottom - self.top)
        return all_of_it - self.shared(_Box(4, 4, WIDTH - 4, HEIGHT - 4))


class _Label(NamedTuple):
    """A name beside its place."""

    x: float
    y: float
    """Of its first line's beginning, or its end where it stands to the left."""
    is_left: bool
    box: _Box


def place(longitude: float, latitude: float) -> tuple[float, float]:
    """A place in the map's units."""
    return (longitude - WEST) * _ACROSS, (NORTH - latitude) * SCALE


def _path(numbers: list[int], *, closed: bool) -> str:
    """Steps of thousandths of a degree as a path; "" where none of it is on the map."""
    line = np.cumsum(np.array(numbers, np.float64).reshape(-1, 2), axis=0) / 1000
    west, south = line.min(axis=0)
    east, north = line.max(axis=0)
    if east < WEST - _MARGIN or west > EAST + _MARGIN or north < SOUTH or south > NORTH:
        return ""
    x = np.clip((line[:, 0] - WEST) * _ACROSS, -90, WIDTH + 90).round()
    y = np.clip((NORTH - line[:, 1]) * SCALE, -90, HEIGHT + 90).round()
    moved = np.concatenate([[True], (np.diff(x) != 0) | (np.diff(y) != 0)])
    x, y = x[moved], y[moved]
    if len(x) < (3 if closed else 2):
        return ""
    steps = " ".join(f"{a:.0f} {b:.0f}" for a, b in zip(np.diff(x), np.diff(y), strict=True))
    return f"M{x[0]:.0f} {y[0]:.0f}l{steps}" + ("z" if closed else "")


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads((ASSETS / "map" / "map.json").read_text(encoding="utf-8"))
    return data


@cache
def ground() -> Markup:
    """Land, lakes, rivers and the names that never change."""
    kinds = {"iraq": "iraq", "iran": "iran"}
    paths: dict[str, list[str]] = {"land": [], "iraq": [], "iran": []}
    for country in _data()["countries"]:
        kind = kinds.get(
            str(country["id"]).casefold(), kinds.get(country.get("name", "").casefold())
        )
        paths[kind or "land"] += [_path(ring, closed=True) for ring in country["rings"]]
    lakes = "".join(_path(line, closed=True) for line in _data()["lakes"])
    rivers = "".join(
        _path(line, closed=False) for row in _data()["rivers"] for line in row["lines"]
    )
    drawn = [f'<path class="{kind}" d="{"".join(parts)}"/>' for kind, parts in paths.items()]
    drawn += [f'<path class="lak" d="{lakes}"/><path class="riv" d="{rivers}"/>']
    for name, longitude, latitude in _COUNTRIES:
        x, y = place(longitude, latitude)
        drawn.append(f'<text class="country" x="{x:.0f}" y="{y:.0f}">{name}</text>')
    return Markup("".join(drawn))


@cache
def _cities() -> tuple[_Site, ...]:
    rows = [*_data()["cities"], *_data()["sites"]]
    places = {row["name"]: place(*row["at"]) for row in reversed(rows) if row["name"] in _CITIES}
    return tuple(_Site(name, *at) for name, at in places.items())


def marked(scenario: Scenario, told: tuple[NewsItem, ...]) -> Markup:
    """A ring and a name for each place at which something happened; cities where there is room. No
    name lies over another, nor over a ring, as long as there is room beside it.
    """
    sites = scenario.setting.rulebook.sites
    where = list(dict.fromkeys(item.site for item in told if item.site >= 0))
    rings = [_ringed(sites[site]) for site in where]
    taken = [_around(ring, _RING) for ring in rings] + [_country(*one) for one in _COUNTRIES]
    drawn = []
    for ring in rings:
        label = _beside(ring, _RING + 8, taken)
        taken.append(label.box)
        drawn += [
            f'<circle class="event" cx="{ring.x:.0f}" cy="{ring.y:.0f}" r="{_RING}"/>',
            *_leader(ring, label),
            _text("where", ring.name, label),
        ]
    for city in _cities():
        drawn.append(f'<circle class="dot" cx="{city.x:.0f}" cy="{city.y:.0f}" r="5"/>')
        label = _beside(city, 11, taken, _NEAR)
        if not any(label.box.shared(other) for other in taken):
            taken.append(label.box)
            drawn.append(_text("city", city.name, label))
    return Markup("".join(drawn))


def _ringed(site: Site) -> _Site:
    """A place, drawn in from the map's edge."""
    x, y = place(site.longitude, site.latitude)
    return _Site(site.name, min(max(x, 30.0), WIDTH - 30.0), min(max(y, 30.0), HEIGHT - 30.0))


def _around(one: _Site, by: float) -> _Box:
    return _Box(one.x - by, one.y - by, one.x + by, one.y + by)


def _country(name: str, longitude: float, latitude: float) -> _Box:
    x, y = place(longitude, latitude)
    return _Box(x, y - 30, x + 30 * len(name), y + 4)


def _beside(one: _Site, gap: float, taken: Sequence[_Box], rows: Sequence[float] = _ROWS) -> _Label:
    """Where a place's name stands: beside it where nothing is, else as little over something as can
    be, the nearer the better.
    """
    lines = wrap(one.name, _MOST_LETTERS)
    wide, high = _LETTER * max(map(len, lines)), _LINE * (len(lines) - 1)
    places = list[_Label]()
    for row in rows:
        for is_left in (False, True):
            x, y = one.x + (-gap if is_left else gap), one.y + 13 - high / 2 + row * _LINE
            left = x - wide if is_left else x
            box = _Box(left, y - _NAME + 8, left + wide, y + high + 8)
            places.append(_Label(x, y, is_left, box))
    return min(places, key=lambda at: 3 * at.box.outside + sum(map(at.box.shared, taken)))


def _leader(ring: _Site, label: _Label) -> list[str]:
    """A line from a ring to a name that stands further off."""
    middle = (label.box.top + label.box.bottom) / 2
    if label.box.top <= ring.y <= label.box.bottom:
        return []
    start = ring.y + (_RING if middle > ring.y else -_RING)
    return [f'<path class="leader" d="M{ring.x:.0f} {start:.0f}L{label.x:.0f} {middle:.0f}"/>']


def _text(kind: str, name: str, label: _Label) -> str:
    lines = "".join(
        f'<tspan x="{label.x:.0f}" y="{label.y + _LINE * k:.0f}">{escape(line)}</tspan>'
        for k, line in enumerate(wrap(name, _MOST_LETTERS))
    )
    return (
        f'<text class="{kind}" text-anchor="{"end" if label.is_left else "start"}">{lines}</text>'
    )
