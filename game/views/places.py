"""What a seat knows of one place: whose it is, who is there, how it is guarded, what fell on it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from game.content.scenario import Scenario
from game.rules.account import Account
from game.rules.observe import Observation
from game.rules.rulebook import Site
from game.rules.seats import Seat
from game.rules.state import READY

from .names import counted
from .situation import LABELS, level

HOSTS = {
    "US": "an American base",
    "MILITIA": "held by the militias",
    "IRAN": "in Iran",
    "GULF": "shipping and oil",
}
_GUARDS = {
    "US": ("us_protection", "iraq_guard"),
    "MILITIA": ("mil_concealment",),
    "IRAN": (),
    "GULF": (),
}
_READY = {seat.name: column for seat, column in READY.items()}
_STOCKS = {"MILITIA": ("mil_rockets", "mil_fighters"), "IRAN": ("iran_missiles",)}
LARGE, SMALL = 0.9, 0.55
"""How densely people stand at a large base, and at a small post."""


class PlaceLine(NamedTuple):
    """One line about a place."""

    label: str
    text: str


class Readiness(NamedTuple):
    """How far a seat's forces are made ready for a heavy deed, as some seat sees it."""

    share: float
    """0 to 1."""
    text: str
    """With its figure: "missile forces made ready: about 40 of 100"."""
    estimate: bool
    """Whether the seat that looks has no more than an estimate."""


def readiness(now: Observation) -> dict[Seat, Readiness]:
    """The readiness of every seat that has forces for a heavy deed, as far as a seat sees it."""
    return {
        seat: Readiness(
            float(now.columns[column][0]),
            f"{LABELS[column].lower()}: {_figure(now, column)}",
            column not in now.exact,
        )
        for seat, column in READY.items()
        if column in now.columns
    }


def place_lines(
    scenario: Scenario, now: Observation, accounts: Sequence[Account], site: int
) -> list[PlaceLine]:
    """What a seat knows of a place, line by line.

    Args:
        scenario: what is played.
        now: what the seat sees.
        accounts: what it learnt of each turn.
        site: an index into the rulebook's sites.
    """
    return list(_lines(scenario, now, accounts, site))


def _lines(
    scenario: Scenario, now: Observation, accounts: Sequence[Account], site: int
) -> Iterator[PlaceLine]:
    found = scenario.setting.rulebook.sites[site]
    if found.host == "US":
        yield PlaceLine("People", _people(found, now))
    for column in _STOCKS.get(found.host, ()):
        if column in now.columns:
            yield PlaceLine("Stock", f"{LABELS[column].lower()}: {_figure(now, column)}, in all")
    for column in _GUARDS[found.host]:
        if column in now.columns:
            yield PlaceLine("Guard", f"{LABELS[column].lower()}: {_figure(now, column)}")
    ready = _READY.get(found.host)
    if ready in now.columns:
        yield PlaceLine("Ready", f"{LABELS[ready].lower()}: {_figure(now, ready)}")
    yield PlaceLine("Fire", _fire(scenario, accounts, site))


def _people(site: Site, now: Observation) -> str:
    if site.held_above and float(now.columns["us_exposure"][0]) <= site.held_above:
        return "handed over to Iraqi forces"
    size = (
        "a large base"
        if site.people >= LARGE
        else "a small post"
        if site.people < SMALL
        else "some hundreds"
    )
    shares = [
        f"{_share(share)} {who}"
        for share, who in ((site.iraqis, "Iraqi"), (site.partners, "partners"))
        if share >= 0.1
    ]
    return "; ".join((size, *shares))


def _share(share: float) -> str:
    return "a half" if share >= 0.45 else "a third" if share >= 0.28 else "some"


def _figure(now: Observation, column: str) -> str:
    estimate = column not in now.exact
    shown = level(column, float(now.columns[column][0]), estimate=estimate)
    return f"about {shown}" if estimate else shown


def _fire(scenario: Scenario, accounts: Sequence[Account], site: int) -> str:
    """When it was hit last, as far as the seat learnt, and how often in all."""
    hits = [one.turn for one in accounts if _was_hit(scenario, one, site)]
    if not hits:
        return "never struck in this game"
    opens = scenario.turns[hits[-1] - 1].date
    last = f"last in turn {hits[-1]}, {opens.day} {opens:%B}"
    return last if len(hits) == 1 else f"{counted(len(hits), 'turn')} of fire, {last}"


def _was_hit(scenario: Scenario, learnt: Account, site: int) -> bool:
    book = scenario.setting.rulebook
    fire = any(seen.site == site for seen in learnt.sightings)
    strikes = any(
        done.site == site
        and done.seat is not None
        and done.deed is not None
        and book.deeds[done.seat][done.deed].group == "force"
        for done in learnt.deeds
    )
    return fire or strikes
