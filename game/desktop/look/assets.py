"""What assets/ holds beside letters and colours: the map and the icons, each file checked.

The map's file is described by what makes it, assets/build.
"""

import hashlib
import json
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pygame
from numpy.typing import NDArray

from .faults import DesktopFault, MissingAsset, in_terminal
from .fonts import is_there
from .theme import ASSETS, Colour

Degrees = NDArray[np.float64]
"""(points, 2) longitudes and latitudes."""
MANIFEST = "manifest.json"
_SCALE = 1000.0
"""The map's integers are thousandths of a degree."""


class DamagedAsset(DesktopFault):
    """A file of assets/ is not what was made."""

    def __init__(self, path: Path) -> None:
        """`path` is where it lies."""
        super().__init__(
            f"{path} is damaged. Get the game's folder assets again, whole; until then play in "
            f"the terminal: {in_terminal()}"
        )


def read_asset(name: str, folder: Path = ASSETS) -> bytes:
    """A file of assets/ by its name there, such as "icons/map.svg".

    Raises:
        MissingAsset: it is not there.
        DamagedAsset: it is not as it was made.
    """
    path = folder / name
    known = _manifest(folder).get(name)
    try:
        content = path.read_bytes()
    except OSError:
        raise MissingAsset(path) from None
    if known is not None and hashlib.sha256(content).hexdigest() != known["sha256"]:
        raise DamagedAsset(path)
    return content


@cache
def _manifest(folder: Path) -> dict[str, dict[str, Any]]:
    path = folder / MANIFEST
    try:
        files: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["files"]
    except OSError:
        raise MissingAsset(path) from None
    except (ValueError, KeyError, TypeError):
        raise DamagedAsset(path) from None
    return files


@lru_cache(512)
def icon(name: str, size: int, colour: Colour) -> pygame.Surface:
    """A drawing of assets/icons, without its suffix, at a size in pixels and in one colour.

    Raises:
        MissingAsset: there is no such icon.
        DamagedAsset: its file is not a drawing.
    """
    file = f"icons/{name}.svg"
    content = read_asset(file)
    try:
        drawn = pygame.image.load_sized_svg(BytesIO(content), (size, size))
    except pygame.error:
        raise DamagedAsset(ASSETS / file) from None
    drawn.fill((*colour, 255), special_flags=pygame.BLEND_RGBA_MULT)
    return drawn


@dataclass(frozen=True, slots=True)
class Named:
    """Something that the map names."""

    name: str
    arabic: str
    """Its letters shaped and in the order in which they are drawn; empty where it has none,
    or the letters are not there.
    """
    at: tuple[float, float]
    """Longitude and latitude."""
    rank: int = 1
    """1 is named from farthest away."""
    kind: str = ""
    ids: tuple[str, ...] = ()
    """The rulebook's sites that lie there; of a country, its own."""


@dataclass(frozen=True, slots=True)
class Country:
    """The land of a country, and how the data call it."""

    id: str
    rings: tuple[Degrees, ...]


@dataclass(frozen=True, slots=True)
class Atlas:
    """Everything that the map is drawn from."""

    countries: tuple[Country, ...]
    borders: tuple[Degrees, ...]
    coasts: tuple[Degrees, ...]
    provinces: tuple[Degrees, ...]
    """The lines between the provinces of Iraq and of Iran."""
    rivers: tuple[Degrees, ...]
    lakes: tuple[Degrees, ...]
    country_names: tuple[Named, ...]
    province_names: tuple[Named, ...]
    water_names: tuple[Named, ...]
    river_names: tuple[Named, ...]
    cities: tuple[Named, ...]
    sites: tuple[Named, ...]

    def site(self, site_id: str) -> Named | None:
        """The place where a site of the rulebook lies; None where the map has none."""
        return next((site for site in self.sites if site_id in site.ids), None)


@cache
def atlas(folder: Path = ASSETS) -> Atlas:
    """The map of Iraq, Iran and their neighbours.

    Raises:
        MissingAsset: its file is not there.
        DamagedAsset: its file is not as it was made.
    """
    data = json.loads(read_asset("map/map.json", folder))
    return Atlas(
        countries=tuple(
            Country(row["id"], tuple(map(_line, row["rings"]))) for row in data["countries"]
        ),
        borders=tuple(map(_line, data["borders"])),
        coasts=tuple(map(_line, data["coasts"])),
        provinces=tuple(map(_line, data["provinces"])),
        rivers=tuple(_line(line) for row in data["rivers"] for line in row["lines"]),
        lakes=tuple(map(_line, data["lakes"])),
        country_names=tuple(
            _named(row | {"ids": [row["id"]]}) for row in data["countries"] if "name" in row
        ),
        province_names=tuple(map(_named, data["province_names"])),
        water_names=tuple(map(_named, data["waters"])),
        river_names=tuple(map(_named, data["rivers"])),
        cities=tuple(map(_named, data["cities"])),
        sites=tuple(map(_named, data["sites"])),
    )


def _line(numbers: list[int]) -> Degrees:
    """Points from the first one and the steps between them."""
    steps = np.array(numbers, np.float64).reshape(-1, 2)
    return np.cumsum(steps, axis=0) / _SCALE


def _named(row: dict[str, Any]) -> Named:
    longitude, latitude = row["at"]
    return Named(
        row["name"],
        row.get("ar", "") if is_there("arabic") else "",
        (longitude, latitude),
        row.get("rank", 1),
        "capital" if row.get("capital") else row.get("kind", ""),
        tuple(row.get("ids", ())),
    )
