"""The players that can be named on a command line: `uniform`, `history`, and every doctrine."""

from game.content.doctrine import load_doctrine
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
    book = scenario.setting.rulebook
    return DoctrinePlayer(load_doctrine(name, seat, book), book)


def default_players(scenario: Scenario) -> dict[Seat, Player]:
    """The doctrine that the scenario names for each seat."""
    return {seat: player(scenario.roles[seat].doctrine, seat, scenario) for seat in SEATS}
