"""A turn adjudicated once more, with what is known of it in the place of what luck would bring."""

from collections.abc import Callable, Mapping

from game.players.base import Choice, assemble
from game.rules.games import Games
from game.rules.outcome import Outcome
from game.rules.resolve import resolve
from game.rules.seats import Seat
from game.rules.setting import Setting
from game.rules.state import State


def once_more(
    setting: Setting,
    state: State,
    given: Mapping[Seat, Choice],
    after_phase: Callable[[str, Games], None],
) -> tuple[State, Outcome]:
    """The state after a turn, and what happened in it.

    Args:
        setting: the scenario's rules and calendar.
        state: B games; left as they were.
        given: orders that were given, (B,) or (1,), and so are not checked.
        after_phase: told each phase's name once it is done; what it writes into the games stands
            for the phases that follow.
    """
    orders = assemble(dict(given), state.games)
    return resolve(setting, state, orders, after_phase, checked=True)
