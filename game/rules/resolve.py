"""One turn, from orders to outcome. Read `PHASES` from top to bottom: that is the game."""

from collections.abc import Callable
from dataclasses import fields
from functools import cache

import numpy as np

from .legal import IllegalOrderError, refusals
from .orders import Orders, holding
from .outcome import Outcome
from .phases.agency import agency
from .phases.chance import chance
from .phases.deeds import deeds
from .phases.endings import endings
from .phases.evidence import evidence
from .phases.force import force
from .phases.minds import minds
from .phases.politics import politics
from .phases.upkeep import upkeep
from .phases.vote import vote
from .phases.words import words
from .picking import flat, throughout, where
from .setting import Setting
from .state import Codes, State, array_names
from .turn import Turn

PHASES: tuple[Callable[[Turn], None], ...] = (
    words,  # 1. words are posted, whispers delivered
    agency,  # 2. principal and agent
    chance,  # 3. what nobody ordered
    vote,  # 4. parliament votes, where it is asked to;
    deeds,  # 4. posture, politics, economy: defence before offence
    force,  #    rockets, missiles, strikes, arrests
    evidence,  # 5. who did it, as each seat sees it
    politics,  # 6. the four publics
    minds,  # 7. credibility, debts, anger
    upkeep,  # 8. supply, rebuilding, decay
    endings,  # 9. rungs, brink, endings
)


def resolve(
    setting: Setting,
    state: State,
    orders: Orders,
    after_phase: Callable[[str, Turn], None] | None = None,
) -> tuple[State, Outcome]:
    """Adjudicates one turn of B games; the inputs are left as they were.

    Games that have ended stay exactly as they are, whatever is ordered in them.

    Args:
        setting: the scenario's rules and calendar.
        state: B games, all at the same turn.
        orders: B games' orders.
        after_phase: told each phase's name, and looks at the turn, once the phase is done.

    Returns:
        The state after the turn and what happened in it.

    Raises:
        IllegalOrderError: an order is not legal in a game that is still on; it names the first.
        ValueError: the calendar has no such turn, or the orders are not (4, B) whole numbers.
    """
    if state.turn >= setting.turns:
        raise ValueError(f"the calendar ends after turn {setting.turns}")
    check_form(orders, state.games)
    if refused := refusals(setting, state, orders, first_only=True):
        raise IllegalOrderError(refused[0])
    over = where(state.ending > 0)
    turn = Turn.begin(setting, state, _held(orders, over) if over.size else orders)
    for phase in PHASES:
        phase(turn)
        if after_phase is not None:
            after_phase(phase.__name__, turn)
    after = turn.state
    after.turn += 1
    after.ending = turn.outcome.ending.copy()
    after.ended_turn = (after.ending > 0) * np.int16(after.turn)
    if over.size:
        _leave_alone(over, state, after, turn.outcome)
    return after, turn.outcome


def check_form(orders: Orders, games: int) -> None:
    """Refuses orders that are not arrays of whole numbers, (4, B)."""
    for f in fields(Orders):
        array = getattr(orders, f.name)
        if f.name != "forecast" and (array.shape != (4, games) or array.dtype != np.intp):
            raise ValueError(
                f"orders.{f.name} is {array.dtype} of shape {array.shape}: "
                f"it must be intp of shape (4, {games})"
            )


def _held(orders: Orders, over: Codes) -> Orders:
    """The orders with those of games that are over replaced by holding."""
    result, hold = orders.take(slice(None)), holding(over.size)
    for f in fields(Orders):
        if f.name != "forecast":
            getattr(result, f.name)[:, over] = getattr(hold, f.name)
    return result


def _leave_alone(over: Codes, before: State, after: State, outcome: Outcome) -> None:
    """Puts games that had ended back as they were, and empties their outcome."""
    at = cache(lambda rows: throughout(rows, before.games, over))
    for name in array_names():
        old, new = getattr(before, name), getattr(after, name)
        if new is not old:
            cells = at(new.size // before.games)
            flat(new)[cells] = flat(old).take(cells)
    for f in fields(Outcome):
        array = getattr(outcome, f.name)
        if isinstance(array, np.ndarray):
            flat(array)[at(array.size // before.games)] = -1 if array.dtype == np.intp else 0
