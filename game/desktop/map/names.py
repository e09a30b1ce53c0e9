"""Which names are wanted at a zoom, in which order, in Latin or Arabic letters."""

from collections.abc import Iterator
from functools import cache
from typing import Protocol

from ..assets import Named, atlas
from ..theme import Colour, Theme
from .labels import Label
from .projection import place

NAMED_FROM = {1: 0.0, 2: 18.0, 3: 45.0, 4: 85.0}
"""The zoom, in units a degree, from which towns and places of a rank are named."""
PROVINCES_FROM = 55.0
RIVERS_FROM = 40.0
_NEAR = ("Iraq", "Iran")


class _Maker(Protocol):
    def __call__(
        self, named: Named, units: float, colour: Colour, *, beside: int = 0, strong: bool = False
    ) -> Label: ...


@cache
def point_of(named: Named) -> tuple[float, float]:
    """Where something lies on the plane of the map."""
    return place(named.at)


def wanted(theme: Theme, zoom: float, scale: float, *, arabic: bool) -> list[Label]:
    """The names for a zoom, those that matter most first.

    Args:
        theme: its colours.
        zoom: units of a degree.
        scale: pixels of a unit: letters grow with it.
        arabic: in Arabic letters.
    """

    def size(units: float) -> int:
        return max(8, round(units * scale))

    def label(
        named: Named, units: float, colour: Colour, *, beside: int = 0, strong: bool = False
    ) -> Label:
        text = named.arabic if arabic and named.arabic else named.name
        face = "narrow-strong" if strong else "narrow"
        spaced = strong and not beside
        return Label(text, point_of(named), face, size(units), colour, beside, spaced)

    return list(_labels(theme, zoom, size(8), label))


def _labels(theme: Theme, zoom: float, beside: int, label: _Maker) -> Iterator[Label]:
    data, colours = atlas(), theme.map
    for named in data.country_names:
        if named.name in _NEAR:
            yield label(named, 15, colours["label"], strong=True)
    places = sorted((*data.sites, *data.cities), key=lambda named: named.rank)
    for named in places:
        if zoom >= NAMED_FROM[named.rank]:
            is_site = bool(named.ids)
            colour = theme["text"] if is_site else colours["city"]
            yield label(named, 13 if is_site else 12, colour, beside=beside, strong=is_site)
    for named in data.country_names:
        if named.name not in _NEAR:
            yield label(named, 12, colours["label"], strong=True)
    for named in data.water_names:
        yield label(named, 13, colours["water"])
    if zoom >= RIVERS_FROM:
        for named in data.river_names:
            yield label(named, 12, colours["water"])
    if zoom >= PROVINCES_FROM:
        for named in data.province_names:
            yield label(named, 12, colours["label"])
