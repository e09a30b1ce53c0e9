"""Who plays which seat: from the names of a command line to players."""

from collections.abc import Mapping, Sequence

from game.content.load import doctrine_ids
from game.content.scenario import Scenario
from game.content.wording import unknown
from game.players.base import Player
from game.players.library import HISTORY, UNIFORM, player
from game.rules.seats import SEATS, Seat
from game.views.names import CAPITALS

from .errors import UserError

SEAT_LABELS: dict[Seat, str] = {seat: f"{CAPITALS[seat]} ({seat.name})" for seat in SEATS}
"""What sentences call a seat: its place, and the name to type."""
SEAT_HEADINGS: dict[Seat, str] = {
    seat: label[0].upper() + label[1:] for seat, label in SEAT_LABELS.items()
}
"""The same at the beginning of a line."""
SEAT_TITLES: dict[Seat, str] = {
    Seat.US: "United States",
    Seat.IRAN: "Iran",
    Seat.MILITIA: "Militias",
    Seat.IRAQ: "Iraqi government",
}
"""What lists call a seat."""


def seats_called(names: Sequence[str]) -> tuple[Seat, ...]:
    """The seats of these names, each once, in the order of the game.

    Raises:
        UserError: there is no such seat.
    """
    for name in names:
        if name.upper() not in Seat.__members__:
            what, remedy = unknown("seat", name, Seat.__members__)
            raise UserError(f"--seat: {what}; {remedy}")
    return tuple(seat for seat in SEATS if seat.name in {name.upper() for name in names})


def casting(
    scenario: Scenario, given: Mapping[Seat, str | None], *, history: bool = False
) -> dict[Seat, str]:
    """The name of every seat's computer player.

    Args:
        scenario: names the players of the seats that nothing is said of.
        given: players named for seats.
        history: the other seats give the historical orders.
    """
    return {
        seat: given.get(seat) or (HISTORY if history else scenario.roles[seat].doctrine)
        for seat in SEATS
    }


def players(scenario: Scenario, names: Mapping[Seat, str]) -> dict[Seat, Player]:
    """The players of these names.

    Raises:
        UserError: there is no such player for a seat.
        ContentError: a doctrine's file has mistakes.
    """
    return {seat: _player(name, seat, scenario) for seat, name in names.items()}


def _player(name: str, seat: Seat, scenario: Scenario) -> Player:
    if name.endswith(".toml"):
        return player(name, seat, scenario)
    known = [UNIFORM, HISTORY, *(n for n, of in doctrine_ids().items() if of is seat)]
    if name not in known:
        what, remedy = unknown("player", name, known)
        raise UserError(f"--{seat.name.lower()}: {what}; {remedy}")
    return player(name, seat, scenario)


def shown(names: Mapping[Seat, str]) -> str:
    """All players in one line."""
    return ", ".join(f"{seat.name} {name}" for seat, name in names.items())
