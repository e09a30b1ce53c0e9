"""The map as inline SVG: land, rivers and what happened, from the same data as the window's."""

import json
from functools import cache
from math import cos, radians
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from markupsafe import Markup, escape

from game.content.scenario import Scenario
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


class _Site(NamedTuple):
    name: str
    x: float
    y: float


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
    for name, longitude, latitude in (("IRAQ", 42.3, 31.6), ("IRAN", 54.0, 33.0)):
        x, y = place(longitude, latitude)
        drawn.append(f'<text class="country" x="{x:.0f}" y="{y:.0f}">{name}</text>')
    return Markup("".join(drawn))


@cache
def _cities() -> tuple[_Site, ...]:
    rows = [*_data()["cities"], *_data()["sites"]]
    places = {row["name"]: place(*row["at"]) for row in reversed(rows) if row["name"] in _CITIES}
    return tuple(_Site(name, *at) for name, at in places.items())


def marked(scenario: Scenario, told: tuple[NewsItem, ...]) -> Markup:
    """A ring and a name for each place at which something happened; cities where there is room."""
    sites = scenario.setting.rulebook.sites
    drawn, rows = [], list[float]()
    where = list(dict.fromkeys(item.site for item in told if item.site >= 0))
    near = [place(sites[site].longitude, sites[site].latitude) for site in where]
    for city in _cities():
        drawn.append(f'<circle class="dot" cx="{city.x:.0f}" cy="{city.y:.0f}" r="5"/>')
        if all(abs(city.x - x) > 150 or abs(city.y - y) > 55 for x, y in near):
            drawn.append(
                f'<text class="city" x="{city.x + 11:.0f}" y="{city.y + 26:.0f}">'
                f"{escape(city.name)}</text>"
            )
    for site in where:
        x, y = place(sites[site].longitude, sites[site].latitude)
        x, y = min(max(x, 30.0), WIDTH - 30.0), min(max(y, 30.0), HEIGHT - 30.0)
        line = y + 4
        while any(abs(line - other) < 42 for other in rows):
            line += 8
        rows.append(line)
        left = x > WIDTH * 0.6
        at, anchor = (x - 43, "end") if left else (x + 43, "start")
        drawn.append(
            f'<circle class="event" cx="{x:.0f}" cy="{y:.0f}" r="24"/>'
            f'<text class="where" x="{at:.0f}" y="{line:.0f}" text-anchor="{anchor}">'
            f"{escape(sites[site].name)}</text>"
        )
    return Markup("".join(drawn))
