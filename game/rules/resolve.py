"""One turn, from orders to outcome. Read `PHASES` from top to bottom: that is the game."""

from collections.abc import Callable

import numpy as np

from .games import Games
from .legal import IllegalOrderError, refusals
from .moment import Moment
from .orders import PARTS, Orders
from .outcome import EMPTY, Outcome
from .phases.agency import agency
from .phases.chance import chance
from .phases.deals import deals
from .phases.deeds import deeds
from .phases.endings import endings
from .phases.evidence import evidence
from .phases.force import force
from .phases.minds import minds
from .phases.politics import politics
from .phases.upkeep import upkeep
from .phases.vote import vote
from .phases.words import words
from .setting import Setting
from .state import Bools, State, array_names
from .tables import Tables

Phase = Callable[[Games, Tables, Moment], None]

PHASES: tuple[Phase, ...] = (
    words,  # 1. words are posted, whispers delivered
    agency,  # 2. principal and agent
    chance,  # 3. what nobody ordered
    vote,  # 4. parliament votes, where it is asked to;
    deeds,  # 4. posture, politics, economy: defence before offence
    force,  #    rockets, missiles, strikes, arrests
    evidence,  # 5. who did it, as each seat sees it
    politics,  # 6. the four publics
    deals,  # 7. what is agreed in private: breaches, gifts, offers, signatures;
    minds,  # 7. credibility, debts, anger
    upkeep,  # 8. supply, rebuilding, decay
    endings,  # 9. rungs, brink, endings
)


def resolve(
    setting: Setting,
    state: State,
    orders: Orders,
    after_phase: Callable[[str, Games], None] | None = None,
    *,
    checked: bool = False,
) -> tuple[State, Outcome]:
    """Adjudicates one turn of B games; the inputs are left as they were.

    Games that have ended stay exactly as they are, whatever is ordered in them.

    Args:
        setting: the scenario's rules and calendar.
        state: B games, all at the same turn.
        orders: B games' orders.
        after_phase: told each phase's name, and looks at the games, once the phase is done.
        checked: whether the orders are known to be legal, as those of our own players are.

    Returns:
        The state after the turn and what happened in it.

    Raises:
        IllegalOrderError: an order is not legal in a game that is still on; it names the first.
        ValueError: the calendar has no such turn, or the orders are not (4, B) whole numbers.
    """
    if state.turn >= setting.turns:
        raise ValueError(f"the calendar ends after turn {setting.turns}")
    check_form(orders, state.games)
    if not checked and (refused := refusals(setting, state, orders, first_only=True)):
        raise IllegalOrderError(refused[0])
    over = state.ending > 0
    orders = orders.held(over)
    now = setting.moments[state.turn]
    games = Games.begin(state, orders, now)
    adjudicate(games, setting.tables, now, after_phase)
    turn = state.turn + 1
    after, outcome = games.state(turn), games.outcome(turn, orders)
    after.ending = outcome.ending.copy()
    after.ended_turn = (after.ending > 0) * np.int16(turn)
    if over.any():
        _leave_alone(over, state, after, outcome)
    return after, outcome


def _leave_alone(over: Bools, before: State, after: State, outcome: Outcome) -> None:
    """Puts games that had ended back as they were, and empties their outcome."""
    ended = over.nonzero()[0]
    for name in array_names():
        was, is_now = getattr(before, name), getattr(after, name)
        if is_now is not was:
            is_now[..., ended] = was.take(ended, axis=-1)
    for name, empty in EMPTY.items():
        getattr(outcome, name)[..., ended] = empty.value


def adjudicate(
    g: Games, t: Tables, now: Moment, after_phase: Callable[[str, Games], None] | None = None
) -> None:
    """One turn, in place."""
    for phase in PHASES:
        phase(g, t, now)
        if after_phase is not None:
            after_phase(phase.__name__, g)


def check_form(orders: Orders, games: int) -> None:
    """Refuses orders that are not arrays of whole numbers, (4, B)."""
    for name in PARTS:
        array = getattr(orders, name)
        if array.shape != (4, games) or array.dtype != np.intp:
            raise ValueError(
                f"orders.{name} is {array.dtype} of shape {array.shape}: "
                f"it must be intp of shape (4, {games})"
            )
