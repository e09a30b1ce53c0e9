"""Colours by name, from assets/theme; a theme is one text file."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from game.rules.seats import Seat

from .faults import MissingAsset

ASSETS = Path(__file__).parents[3] / "assets"
THEMES = ASSETS / "theme"
DEFAULT = "night"
Colour = tuple[int, int, int]

TEXT_ON: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ground", ("text", "quiet", "accent", "good", "bad", "warn")),
    ("panel", ("text", "quiet", "accent", "good", "bad", "warn")),
    ("raised", ("text", "quiet", "accent", "good", "bad", "warn")),
    ("chosen", ("text", "quiet", "accent")),
    ("accent", ("on_accent",)),
    ("ground", tuple(seat.name for seat in Seat)),
    ("panel", tuple(seat.name for seat in Seat)),
    ("raised", tuple(seat.name for seat in Seat)),
)
"""The grounds on which texts stand, with the colours of these texts."""


@dataclass(frozen=True, slots=True)
class Theme:
    """One set of colours."""

    id: str
    name: str
    colours: Mapping[str, Colour]
    map: Mapping[str, Colour]
    """The colours of the map, by what is drawn in them."""

    def __getitem__(self, name: str) -> Colour:
        return self.colours[name]

    def seat(self, seat: Seat) -> Colour:
        """The colour of a seat; its shape stands beside it wherever it is used."""
        return self.colours[seat.name]

    def between(self, first: str, second: str, share: float) -> Colour:
        """A colour between two: the first at share 0, the second at 1."""
        pairs = zip(self.colours[first], self.colours[second], strict=True)
        red, green, blue = (round(a + (b - a) * share) for a, b in pairs)
        return red, green, blue


@cache
def theme_ids() -> tuple[str, ...]:
    """The ids of all themes, the night first."""
    return (DEFAULT, *sorted(p.stem for p in THEMES.glob("*.toml") if p.stem != DEFAULT))


@cache
def load_theme(name: str) -> Theme:
    """A theme by its id.

    Raises:
        MissingAsset: its file is not there.
    """
    path = THEMES / f"{name}.toml"
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise MissingAsset(path) from None
    return Theme(
        name,
        data["name"],
        {key: read_colour(value) for key, value in data["colours"].items()},
        {key: read_colour(value) for key, value in data["map"].items()},
    )


def read_colour(text: str) -> Colour:
    """The colour of "#rrggbb"."""
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)
