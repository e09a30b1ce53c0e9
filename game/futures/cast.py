"""Everybody who can be named for a seat: the players of the library, and the planner."""

from collections.abc import Iterable, Mapping

from game.content.scenario import Scenario
from game.players.base import Player
from game.players.doctrine import DoctrinePlayer
from game.players.library import default_players, player, usual
from game.players.uniform import Uniform
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


def heirs(scenario: Scenario, computers: Mapping[Seat, Player]) -> dict[Seat, Player]:
    """Who plays the futures of a game that was played: whoever played it, as far as that can be.

    Doctrines and chance play on as they did. A person, or history's orders, cannot be asked again:
    for them their seat's doctrine plays, as the record shows people to choose, which foretold
    what people did better than the doctrine by the book. For a planner, too dear to ask thousands
    of times, the doctrines play by which it plans.

    Args:
        scenario: what was played, seen through a lens or not.
        computers: the computer's players that played it; the other seats were people's.
    """
    usual, people = default_players(scenario), cast(scenario, {}, people=True)
    return {seat: _heir(scenario, computers.get(seat), usual[seat], people[seat]) for seat in SEATS}


def _heir(scenario: Scenario, who: Player | None, usual: Player, people: Player) -> Player:
    if isinstance(who, DoctrinePlayer):
        return who.under(scenario.setting.rulebook)
    if isinstance(who, Uniform):
        return who
    return usual if isinstance(who, Planner) else people
