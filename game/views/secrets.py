"""What a game kept secret: the agenda of each seat, which that seat knows, and the theory."""

from game.content.scenario import Scenario
from game.rules.observe import Observation
from game.rules.rulebook import Agenda, MarkPart, Theory
from game.rules.seats import SEATS, Seat
from game.rules.state import State


def own_agenda(scenario: Scenario, seen: Observation, game: int = 0) -> Agenda:
    """What a seat wants most, as it knows."""
    return scenario.setting.rulebook.agendas[seen.seat][int(seen.agenda[game])]


def own_objectives(scenario: Scenario, seen: Observation, game: int = 0) -> tuple[MarkPart, ...]:
    """What a seat's mark is made of, with the points that it counts for."""
    return scenario.setting.rulebook.objectives(seen.seat, int(seen.agenda[game]))


def has_secret(scenario: Scenario, seat: Seat) -> bool:
    """Whether the seat may want one thing or another, so that the others have to guess."""
    return len(scenario.setting.rulebook.agendas[seat]) > 1


def revealed_agenda(scenario: Scenario, state: State, seat: Seat, game: int = 0) -> Agenda:
    """What a seat wanted most: for the debrief."""
    return scenario.setting.rulebook.agendas[seat][int(state.agenda[seat, game])]


def revealed_agendas(scenario: Scenario, state: State, game: int = 0) -> dict[Seat, Agenda]:
    """What each seat wanted most, of those that might have wanted something else."""
    return {
        seat: revealed_agenda(scenario, state, seat, game)
        for seat in SEATS
        if has_secret(scenario, seat)
    }


def revealed_theory(scenario: Scenario, state: State, game: int = 0) -> Theory:
    """Which theory held: for the debrief."""
    return scenario.setting.rulebook.theories[int(state.theory[game])]
