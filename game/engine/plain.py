"""Plays games by the rules' own code."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.players.base import Choice, Player, assemble, decide
from game.rules.games import NEW
from game.rules.orders import PARTS, Orders, holding
from game.rules.outcome import EMPTY, Outcome, nothing
from game.rules.resolve import resolve
from game.rules.seats import Seat
from game.rules.setting import Setting
from game.rules.state import Codes, Keys, State, array_names

from .games import Given, Played

HAPPENED = {NEW.get(name, name): name for name in EMPTY}
"""The fields of the outcome by the names that they have among the games."""
_MANY = 8
"""Games that are over are set aside when they are one in so many."""


class Arrays(Played):
    """Games as arrays. Those that are over are set aside once they are many."""

    def __init__(self, setting: Setting, state: State, outcome: Outcome | None) -> None:
        self._setting = setting
        self._state, self._outcome = state, outcome
        """Of the games that are played on."""
        self._playing: Codes | None = None
        """Their places among all; None while none is set aside."""
        self._all = state
        """All games, as they stood when some were set aside or as they were asked for last."""
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
        setting = self._setting
        if (self._state.ending > 0).all():
            self._state = self._state.take(slice(None))
            self._state.turn += 1
            self._outcome = nothing(self._state.turn, holding(self._state.games))
            return
        self._set_aside()
        state = self._state
        hands: dict[Seat, Choice | Player] = {**players, **given}
        choices = {
            seat: self._of_playing(hand)
            if isinstance(hand, Choice)
            else decide(hand, setting, state, self._outcome, seat, self._forced.get(seat))
            for seat, hand in sorted(hands.items())
        }
        orders = assemble(choices, state.games)
        self._forced = {}
        is_given = any(isinstance(hand, Choice) for hand in given.values())
        self._state, self._outcome = resolve(setting, state, orders, checked=not is_given)

    def _set_aside(self) -> None:
        """Leaves out the games that are over, where that is worth the copying."""
        over = self._state.ending > 0
        if np.count_nonzero(over) * _MANY < over.size:
            return
        still_on = (~over).nonzero()[0]
        self._all = self.state
        self._playing = still_on if self._playing is None else self._playing.take(still_on)
        self._state = self._state.take(still_on)
        self._outcome = None if self._outcome is None else self._outcome.take(still_on)
        self._forced = {seat: deed.take(still_on) for seat, deed in self._forced.items()}

    def _of_playing(self, choice: Choice) -> Choice:
        """Orders that were given for all games, for those that are played on."""
        if self._playing is None:
            return choice
        parts = (getattr(choice, name) for name in PARTS)
        return Choice(*(part.take(self._playing) if part.size > 1 else part for part in parts))

    @property
    def state(self) -> State:
        """As it stands."""
        turn = self._state.turn
        if self._playing is None:
            return self._state
        if self._all.turn < turn:
            arrays: dict[str, Any] = {name: self.array(name) for name in array_names()}
            self._all = State(turn=turn, **arrays)
        return self._all

    @property
    def outcome(self) -> Outcome:
        """What happened in the last turn."""
        if self._outcome is None:
            return nothing(self._state.turn, holding(self._all.games))
        if self._playing is None:
            return self._outcome
        orders: dict[str, Any] = {name: self.array(name) for name in PARTS}
        happened: dict[str, Any] = {name: self.array(among) for among, name in HAPPENED.items()}
        return Outcome(turn=self._outcome.turn, orders=Orders(**orders), **happened)

    def array(self, name: str) -> NDArray[Any]:
        """As it stands."""
        part = self._part(name)
        if self._playing is None:
            return part
        whole = self._aside(name)
        whole[..., self._playing] = part
        return whole

    def _part(self, name: str) -> NDArray[Any]:
        """An array of the games that are played on."""
        last = self._outcome
        if last is None:
            last = nothing(self._state.turn, holding(self._state.games))
        array: NDArray[Any]
        if name in array_names():
            array = getattr(self._state, name)
        elif name in PARTS:
            array = getattr(last.orders, name)
        else:
            array = getattr(last, HAPPENED[name])
        return array

    def _aside(self, name: str) -> NDArray[Any]:
        """An array of its own, of all games, with what is true of those that are set aside."""
        games = self._all.games
        array: NDArray[Any]
        if name in array_names():
            array = getattr(self._all, name).copy()
        elif name in PARTS:
            array = getattr(holding(games), name)
        else:
            array = EMPTY[HAPPENED[name]].of(games)
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
