"""Plays a batch of games turn by turn."""

from collections.abc import Iterator, Mapping

from game.players.base import Player
from game.rules.outcome import Outcome
from game.rules.seats import Seat
from game.rules.setting import Setting
from game.rules.state import Keys, State

from .engine import decide_all, resolve


def play(
    setting: Setting, players: Mapping[Seat, Player], keys: Keys
) -> Iterator[tuple[State, Outcome]]:
    """Every turn of B games, one for each key: the state after it and what happened in it.

    The last pair holds the final states; games that end early stay as they are until then.
    """
    yield from play_on(setting, players, setting.open_games(keys), None, setting.turns)


def play_on(
    setting: Setting,
    players: Mapping[Seat, Player],
    state: State,
    outcome: Outcome | None,
    until: int,
) -> Iterator[tuple[State, Outcome]]:
    """The further turns of B games, as for `play`.

    Args:
        setting: the scenario's rules.
        players: who plays; seats without a player hold.
        state: the games as they stand.
        outcome: of the turn before; None where nobody remembers one.
        until: turns that are played in all; no further than the calendar goes.
    """
    while state.turn < min(until, setting.turns) and not (state.ending > 0).all():
        state, outcome = resolve(setting, state, decide_all(players, setting, state, outcome))
        yield state, outcome
