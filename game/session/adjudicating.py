"""One turn through the referee, with what the journal writes down of it."""

from typing import Any, NamedTuple

from game.rules.endings import Ending
from game.rules.orders import Orders
from game.rules.outcome import Outcome
from game.rules.resolve import resolve
from game.rules.setting import Setting
from game.rules.state import State

from . import codec


class Result(NamedTuple):
    """What a turn brought."""

    state: State
    outcome: Outcome
    fields: dict[str, Any]
    """What `events.Adjudicated` says of it."""


def adjudicate(setting: Setting, before: State, orders: Orders) -> Result:
    """Adjudicates one game's turn.

    Raises:
        IllegalOrderError: an order is not legal.
    """
    phases: dict[str, str] = {}
    state, outcome = resolve(
        setting,
        before,
        orders,
        lambda name, games: phases.update({name: codec.phase_digest(games)}),
    )
    fields = {
        "ending": Ending(int(state.ending[0])).name.lower(),
        "hash": codec.digest(state),
        "state": codec.state_table(state),
        "outcome": codec.outcome_table(outcome),
        "phases": phases,
    }
    return Result(state, outcome, fields)
