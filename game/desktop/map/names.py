"""Which names are wanted at a zoom, in which order, in Latin or Arabic letters."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import dist

from ..look.assets import Named, atlas
from ..look.theme import Theme
from .labels import Label
from .lands import SEA
from .projection import place

NAMED_FROM = {1: 0.0, 2: 18.0, 3: 45.0, 4: 85.0}
"""The zoom, in units a degree, from which towns and places of a rank are named."""
PROVINCES_FROM = 55.0
RIVERS_FROM = 40.0
_NEAR = ("Iraq", "Iran")
_SEAS_REACH = 1.6
"""Units of the plane that the name of a sea may be from where it usually stands."""
_AT = 0.15
"""Units of the plane within which something happened at a town."""

_RINGS, _HIT_RINGS = 6, 9
"""How many times as far from its sign the name of a place that matters may stand, and that of one
where something happened."""

_GAP = 3
"""Units that a name keeps from its sign."""

Point = tuple[float, float]


@cache
def place_at(point: Point) -> str:
    """The name of the place or town that a point of the plane belongs to; empty for none."""
    data = atlas()
    near = min((*data.sites, *data.cities), key=lambda named: dist(point_of(named), point))
    return near.name if dist(point_of(near), point) <= _AT else ""


@cache
def point_of(named: Named) -> tuple[float, float]:
    """Where something lies on the plane of the map."""
    return place(named.at)


@dataclass(frozen=True, slots=True)
class Naming:
    """How names are written at one moment."""

    theme: Theme
    zoom: float
    """Units of a degree."""
    scale: float
    """Pixels of a unit: letters grow with it."""
    arabic: bool

    def wanted(self, hit: Collection[str], aimed: Collection[str] = ()) -> Iterator[Label]:
        """The names for this zoom, those that matter most first: what is aimed at, the few chief
        places, Iraq and Iran, where something happened (`hit`), then places and towns by rank,
        then the rest.
        """
        data = atlas()
        places = sorted((*data.sites, *data.cities), key=lambda named: named.rank)
        leading = [named for named in places if named.name in aimed]
        leading += [named for named in places if _leads(named) and named not in leading]
        first = [*leading, *(named for named in places if named.name in hit)]
        for named in leading:
            label = self._place(named, (*hit, *aimed))
            yield replace(label, led=named.name in aimed)
        for named in data.country_names:
            if named.name in _NEAR:
                yield self._land(named, 15)
        for named in first:
            if named not in leading:
                yield self._place(named, hit)
        for named in places:
            if self.zoom >= NAMED_FROM[named.rank] and named not in first:
                yield self._place(named, hit)
        yield from self._less(places)

    def _less(self, places: Sequence[Named]) -> Iterator[Label]:
        """What matters less than places and towns."""
        data = atlas()
        for named in data.country_names:
            if named.name not in _NEAR:
                yield self._land(named, 12)
        for named in data.water_names:
            yield self._label(named, 13, "water", land=SEA, most_away=_SEAS_REACH)
        if self.zoom >= RIVERS_FROM:
            for named in data.river_names:
                yield self._label(named, 12, "water")
        if self.zoom >= PROVINCES_FROM:
            towns = {named.name for named in places}
            for named in data.province_names:
                if named.name not in towns:
                    yield self._label(named, 12, "label")

    def _place(self, named: Named, hit: Collection[str]) -> Label:
        """A town or a place of the crisis, beside its sign or the marker of what happened there."""
        is_site = bool(named.ids)
        label = self._label(
            named, 13 if is_site else 12, "text" if is_site else "city", strong=is_site
        )
        matters = named.rank == 1 or (is_site and named.rank == 2)
        rings = _HIT_RINGS if named.name in hit else _RINGS if matters else 1
        return replace(label, of=named.name, beside=self._size(_GAP, least=2), rings=rings)

    def _land(self, named: Named, units: float) -> Label:
        label = self._label(named, units, "label", strong=True, land=named.ids[0])
        return replace(label, spaced=True)

    def _label(
        self,
        named: Named,
        units: float,
        colour: str,
        *,
        strong: bool = False,
        land: str = "",
        most_away: float = 0,
    ) -> Label:
        return Label(
            named.arabic if self.arabic and named.arabic else named.name,
            point_of(named),
            "narrow-strong" if strong else "narrow",
            self._size(units),
            self.theme["text"] if colour == "text" else self.theme.map[colour],
            land=land,
            most_away=most_away,
        )

    def _size(self, units: float, *, least: int = 8) -> int:
        return max(least, round(units * self.scale))


def _leads(named: Named) -> bool:
    """Whether it is one of the few places that are named before any other."""
    return bool(named.ids) and named.rank == 1
