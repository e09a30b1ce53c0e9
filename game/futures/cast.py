"""Everybody who can be named for a seat: the players of the library, and the planner."""

from collections.abc import Iterable, Mapping

from game.content.scenario import Scenario
from game.players.base import Player
from game.players.library import default_players, player, usual
from game.rules.seats import SEATS, Seat

from .plan import STRENGTHS, Planner

PLANNER = "planner"
DEFAULT_STRENGTH = "seasoned"
PLANNERS: dict[str, str] = {PLANNER: DEFAULT_STRENGTH} | {
    f"{PLANNER}-{strength}": strength for strength in STRENGTHS
}
"""The names of the planner, and how hard it thinks under each."""


def cast(
    scenario: Scenario,
    named: Mapping[Seat, str],
    seats: Iterable[Seat] = SEATS,
    *,
    people: bool = False,
) -> dict[Seat, Player]:
    """The players of `seats`: those named, else the doctrines of the scenario's roles, by the book
    or as people choose.

    Planners imagine that the scenario's own doctrines play all seats, whoever really does: nobody
    tells them.

    Raises:
        ContentError: there is no such doctrine, or its file has mistakes, or it is another seat's.
    """
    players: dict[Seat, Player] = {}
    for seat in seats:
        name = named.get(seat, usual(scenario, seat, people=people))
        if name in PLANNERS:
            players[seat] = Planner(default_players(scenario), seat, PLANNERS[name])
        else:
            players[seat] = player(name, seat, scenario)
    return players
