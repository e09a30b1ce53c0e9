"""The players that can be named on a command line: `uniform`, `history`, and every doctrine.

A doctrine's bare name plays by the book: by what its school holds a deed to be worth, nearly always
for the best. With `people:` before it, it plays as the record shows people to choose: less sharply,
and with habits (`habits`). Matches are played by the book; studies of many games have people.
"""

from game.content.doctrine import PEOPLE, load_doctrine
from game.content.scenario import Scenario
from game.rules.seats import SEATS, Seat

from .base import Player
from .doctrine import DoctrinePlayer
from .scripted import Scripted
from .uniform import Uniform

UNIFORM = "uniform"
HISTORY = "history"


def player(name: str, seat: Seat, scenario: Scenario) -> Player:
    """The player of that name for a seat.

    Raises:
        ContentError: there is no such doctrine, or its file has mistakes, or it is another seat's.
    """
    if name == UNIFORM:
        return Uniform()
    if name == HISTORY:
        return Scripted(scenario.historical_orders)
    return follower(name, seat, scenario)


def follower(name: str, seat: Seat, scenario: Scenario) -> DoctrinePlayer:
    """Who follows the doctrine of that name, in the manner that it says.

    Raises:
        ContentError: see `player`.
    """
    book, bare = scenario.setting.rulebook, name.removeprefix(PEOPLE)
    return DoctrinePlayer(load_doctrine(bare, seat, book), book, as_people=bare != name)


def usual(scenario: Scenario, seat: Seat, *, people: bool = False) -> str:
    """The name of the doctrine that the scenario gives a seat: by the book, or as people choose."""
    return (PEOPLE if people else "") + scenario.roles[seat].doctrine


def default_players(scenario: Scenario) -> dict[Seat, Player]:
    """The doctrine that the scenario names for each seat, by the book."""
    return {seat: player(usual(scenario, seat), seat, scenario) for seat in SEATS}
