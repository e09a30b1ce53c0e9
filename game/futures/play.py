"""Plays a batch of games turn by turn."""

from collections.abc import Iterator

from game.players.base import Player, assemble, decide
from game.rules.outcome import Outcome
from game.rules.resolve import resolve
from game.rules.seats import Seat
from game.rules.setting import Setting
from game.rules.state import Keys, State


def play(
    setting: Setting, players: dict[Seat, Player], keys: Keys
) -> Iterator[tuple[State, Outcome]]:
    """Every turn of B games, one for each key: the state after it and what happened in it.

    The last pair holds the final states; games that end early stay as they are until then.
    """
    state, outcome = setting.open_games(keys), None
    while state.turn < setting.turns and not (state.ending > 0).all():
        choices = {s: decide(p, setting, state, outcome, s) for s, p in players.items()}
        state, outcome = resolve(setting, state, assemble(choices, state.games))
        yield state, outcome
