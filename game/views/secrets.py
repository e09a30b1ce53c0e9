"""What a game kept secret: the agenda of each seat, which that seat knows, and the theory."""

from collections.abc import Sequence
from typing import TypeVar

import numpy as np

from game.content.scenario import Scenario
from game.rules.observe import Observation
from game.rules.rulebook import Agenda, MarkPart, Theory
from game.rules.seats import SEATS, Seat
from game.rules.state import Floats, State

from .called import lens_name

Option = TypeVar("Option")


def own_agenda(scenario: Scenario, seen: Observation) -> Agenda:
    """What a seat wants most, as it knows."""
    return scenario.setting.rulebook.agendas[seen.seat][int(seen.agenda[0])]


def own_objectives(scenario: Scenario, seen: Observation) -> tuple[MarkPart, ...]:
    """What a seat's mark is made of, with the points that it counts for."""
    return scenario.setting.rulebook.objectives(seen.seat, int(seen.agenda[0]))


def has_secret(scenario: Scenario, seat: Seat) -> bool:
    """Whether the seat may want one thing or another, so that the others have to guess."""
    return len(scenario.setting.rulebook.agendas[seat]) > 1


def possible_theories(scenario: Scenario) -> tuple[Theory, ...]:
    """The theories that may hold, as everybody knows."""
    setting = scenario.setting
    theories, odds = setting.rulebook.theories, setting.theory_odds
    return theories[:1] if odds is None else _likely(theories, odds)


def possible_agendas(scenario: Scenario, seat: Seat) -> tuple[Agenda, ...]:
    """What a seat may want most, as everybody knows."""
    setting = scenario.setting
    return _likely(setting.rulebook.agendas[seat], setting.agenda_odds[seat])


def _likely(options: Sequence[Option], running: Floats) -> tuple[Option, ...]:
    """The options that have any odds; `running`, (options,), are the odds' running sums."""
    shares = np.diff(running, prepend=0)
    return tuple(option for option, share in zip(options, shares, strict=True) if share > 0)


def revealed_agenda(scenario: Scenario, state: State, seat: Seat) -> Agenda:
    """What a seat wanted most: for the debrief."""
    return scenario.setting.rulebook.agendas[seat][int(state.agenda[seat, 0])]


def revealed_agendas(scenario: Scenario, state: State) -> dict[Seat, Agenda]:
    """What each seat wanted most, of those that might have wanted something else."""
    return {
        seat: revealed_agenda(scenario, state, seat) for seat in SEATS if has_secret(scenario, seat)
    }


def revealed_world(scenario: Scenario, state: State, lens: str) -> str:
    """What the world of a game was called: the theory that was drawn or chosen; where there was
    none, that of the lens which it was played by. For the debrief.
    """
    if scenario.setting.theory_odds is None:
        return lens_name(lens)
    return revealed_theory(scenario, state).name


def revealed_theory(scenario: Scenario, state: State) -> Theory:
    """Which theory held: for the debrief."""
    return scenario.setting.rulebook.theories[int(state.theory[0])]
