"""Who plays: doctrines read once in each process, and history's own orders."""

from collections.abc import Mapping
from functools import cache

from game.content.doctrine import Doctrine, load_doctrine
from game.content.scenario import Scenario
from game.players.base import Player
from game.players.doctrine import DoctrinePlayer
from game.players.scripted import Scripted
from game.rules.seats import SEATS, Seat


def doctrines(
    scenario: Scenario, named: Mapping[Seat, str] | None = None
) -> dict[Seat, DoctrinePlayer]:
    """The doctrines of a scenario's roles, or those named, under the scenario's rules, as people
    choose.

    Raises:
        ContentError: there is no such doctrine, or it is another seat's.
    """
    book = scenario.setting.rulebook
    return {
        seat: DoctrinePlayer(
            _read((named or {}).get(seat, scenario.roles[seat].doctrine), seat),
            book,
            as_people=True,
        )
        for seat in SEATS
    }


def history(scenario: Scenario) -> dict[Seat, Player]:
    """History's orders for all seats."""
    return {seat: Scripted(scenario.historical_orders) for seat in SEATS}


@cache
def _read(name: str, seat: Seat) -> Doctrine:
    return load_doctrine(name, seat)
