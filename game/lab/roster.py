"""Who plays: doctrines as people choose, and history's own orders."""

from collections.abc import Mapping

from game.content.doctrine import PEOPLE
from game.content.scenario import Scenario
from game.players.base import Player
from game.players.doctrine import DoctrinePlayer
from game.players.library import follower
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
    own = {seat: scenario.roles[seat].doctrine for seat in SEATS} | dict(named or {})
    return {seat: follower(PEOPLE + own[seat], seat, scenario) for seat in SEATS}


def history(scenario: Scenario) -> dict[Seat, Player]:
    """History's orders for all seats."""
    return {seat: Scripted(scenario.historical_orders) for seat in SEATS}
