"""Plays games by the rules' own code."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.players.base import Choice, Player, assemble, decide
from game.rules.digest import game_digests
from game.rules.endings import marks
from game.rules.games import NEW
from game.rules.orders import PARTS, holding
from game.rules.outcome import EMPTY, Outcome, nothing
from game.rules.resolve import resolve
from game.rules.seats import Seat
from game.rules.setting import Setting
from game.rules.state import Codes, Floats, Keys, State, array_names

from .games import Given, Played

HAPPENED = {NEW.get(name, name): name for name in EMPTY}
"""The fields of the outcome by the names that they have among the games."""


class Arrays(Played):
    """Games as arrays."""

    def __init__(self, setting: Setting, state: State, outcome: Outcome | None) -> None:
        self._setting = setting
        self._state, self._outcome = state, outcome
        self._forced: Mapping[Seat, Codes] = {}
        self.kept = {}

    def force(self, forced: Mapping[Seat, Codes]) -> None:
        """Leaves seats with one deed in the coming turn."""
        self._forced = forced

    def play(
        self, players: Mapping[Seat, Player], until: int, given: Given, keep: Sequence[str]
    ) -> None:
        """Plays on until so many turns were played in all."""
        films: dict[str, list[NDArray[Any]]] = {name: [] for name in keep}
        while self._state.turn < until:
            self._turn(players, given.get(self._state.turn, {}))
            for name, film in films.items():
                film.append(self.array(name))
        self.kept = {name: np.stack([self.array(name), *film])[1:] for name, film in films.items()}

    def _turn(self, players: Mapping[Seat, Player], given: Mapping[Seat, Choice | Player]) -> None:
        setting, state = self._setting, self._state
        if (state.ending > 0).all():
            self._state = state.take(slice(None))
            self._state.turn = state.turn + 1
            self._outcome = nothing(state.turn + 1, holding(state.games))
            return
        hands: dict[Seat, Choice | Player] = {**players, **given}
        choices = {
            seat: hand
            if isinstance(hand, Choice)
            else decide(hand, setting, state, self._outcome, seat, self._forced.get(seat))
            for seat, hand in sorted(hands.items())
        }
        orders = assemble(choices, state.games)
        self._forced = {}
        is_given = any(isinstance(hand, Choice) for hand in given.values())
        self._state, self._outcome = resolve(setting, state, orders, checked=not is_given)

    @property
    def state(self) -> State:
        """As it stands."""
        return self._state

    @property
    def outcome(self) -> Outcome:
        """What happened in the last turn."""
        if self._outcome is None:
            return nothing(self._state.turn, holding(self._state.games))
        return self._outcome

    @property
    def scores(self) -> Floats:
        """(4, B)."""
        return marks(self._setting, self._state)

    @property
    def digests(self) -> Keys:
        """(B,)."""
        return game_digests(self._state)

    def array(self, name: str) -> NDArray[Any]:
        """As it stands."""
        array: NDArray[Any]
        if name in array_names():
            array = getattr(self._state, name)
        elif name in HAPPENED:
            array = getattr(self.outcome, HAPPENED[name])
        elif name in PARTS:
            array = getattr(self.outcome.orders, name)
        else:
            raise KeyError(name)
        return array


def turn_by_turn(
    setting: Setting, players: Mapping[Seat, Player], keys: Keys
) -> Iterator[tuple[State, Outcome]]:
    """Every turn of B games, one for each key: the state after it and what happened in it, until
    all of them are over.
    """
    arrays = Arrays(setting, setting.open_games(keys), None)
    while arrays.state.turn < setting.turns and not (arrays.state.ending > 0).all():
        arrays.play(players, arrays.state.turn + 1, {}, ())
        yield arrays.state, arrays.outcome
