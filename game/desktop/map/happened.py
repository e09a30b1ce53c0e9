"""From news to markers on the map."""

from collections.abc import Iterable
from functools import cache

from game.content.scenario import Scenario
from game.rules.outcome import Outcome, Source
from game.rules.rulebook import Site
from game.rules.seats import SEATS, Rung, Seat
from game.views.happenings import happenings, spoken, whispered
from game.views.names import SEAT_NAMES, sentence
from game.views.news import NewsItem
from game.views.played import Turn

from ..look.assets import atlas
from .markers import OLDEST, Marker
from .projection import place

Point = tuple[float, float]
_BAGHDAD, _TEHRAN = place((44.39, 33.34)), place((51.39, 35.69))
_CAPITALS = {Seat.IRAN: _TEHRAN, Seat.IRAQ: _BAGHDAD}


@cache
def site_point(site_id: str, latitude: float, longitude: float) -> Point:
    """Where a site lies on the plane of the map: as the map has it, else as the rules say."""
    named = atlas().site(site_id)
    return place(named.at if named else (longitude, latitude))


def _point(site: Site) -> Point:
    return site_point(site.id, site.latitude, site.longitude)


def markers_of(scenario: Scenario, items: Iterable[NewsItem], age: int = 0) -> list[Marker]:
    """The markers of one turn's news; what has no place on the map has none."""
    return [marker for item in items if (marker := marker_of(scenario, item, age)) is not None]


def marker_of(scenario: Scenario, item: NewsItem, age: int = 0) -> Marker | None:
    """The marker of one piece of news; None where it has no place on the map."""
    sites = scenario.setting.rulebook.sites
    kind = item.kind if item.kind in ("fire", "strike", "deed", "politics") else ""
    if not kind:
        return None
    if item.site >= 0:
        point = _point(sites[item.site])
        missiles = kind == "fire" and item.by is Seat.IRAN
        origin = _nearest_in_iran(sites, point) if missiles else None
        return Marker(kind, point, item.text, item.by, age, origin)
    if kind == "politics":
        return Marker(kind, _BAGHDAD, item.text, item.by, age)
    if item.rung < Rung.PRESSURE:
        return None
    capital = None if item.by is None else _CAPITALS.get(item.by)
    there = (_town_in(item.text) if kind == "strike" else None) or capital
    return None if there is None else Marker(kind, there, item.text, item.by, age)


def _town_in(text: str) -> Point | None:
    """Where a town lies that a text names: a strike that names no place of the rules may do so."""
    named = (*atlas().sites, *atlas().cities)
    return next((place(one.at) for one in named if one.name in text), None)


def _nearest_in_iran(sites: tuple[Site, ...], point: Point) -> Point | None:
    """The Iranian place of the rules that lies nearest: missiles are drawn from there."""
    points = [_point(site) for site in sites if site.host == "IRAN"]

    def far(other: Point) -> float:
        return (other[0] - point[0]) ** 2 + (other[1] - point[1]) ** 2

    return min(points, key=far, default=None)


def traces(
    scenario: Scenario, turns: tuple[tuple[NewsItem, ...], ...], first_age: int = 0
) -> list[Marker]:
    """The markers of the last of these turns, and the fading ones of the turns before it."""
    found: list[Marker] = []
    for age, items in enumerate(reversed(turns[-OLDEST:]), first_age):
        found += markers_of(scenario, items, age)
    return found


def whole_truth(scenario: Scenario, turn: Turn) -> list[NewsItem]:
    """A turn as it really was, hidden things included, for a game that is over."""
    sites, outcome = scenario.setting.rulebook.sites, turn.outcome
    there = {int(site) for site in (*outcome.fire_site[:, 0], *outcome.deed_site[:, 0])}
    found = []
    for one in happenings(scenario, turn):
        # The sentence has the place by the rulebook's name, so the name leads back to the place.
        site = next((s for s in sorted(there) if s >= 0 and sites[s].name in one.text), -1)
        kind, by = _what(scenario, outcome, site, one.text)
        if not kind and one.rung:
            kind = "strike" if one.rung >= Rung.MILITIA_STRUCK else "deed"
        found.append(NewsItem(one.text, kind, site, by, one.rung))
    found += [NewsItem(text, "word") for text in spoken(scenario, turn)]
    found += [NewsItem(text, "whisper") for text in whispered(scenario, turn)]
    return found


def _what(scenario: Scenario, outcome: Outcome, site: int, text: str) -> tuple[str, Seat | None]:
    """Kind and hand of what happened at a site. Several may have fired at it: the sentence begins
    with the one that it is about.
    """
    if site < 0:
        return "", None
    if any(outcome.fire_site[s, 0] == site and outcome.fire_attacks[s, 0] for s in Source):
        fired = (seat for seat in SEATS if text.startswith(sentence(SEAT_NAMES[seat])[:-1]))
        return "fire", next(fired, None)
    for seat in SEATS:
        if outcome.deed_site[seat, 0] == site:
            deed = scenario.setting.rulebook.deeds[seat][outcome.orders.deed[seat, 0]]
            return ("strike" if deed.group == "force" else "deed"), seat
    return "deed", None
