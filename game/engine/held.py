"""Games that are held in memory of the engine's own while code plays them."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Protocol

import numpy as np

from game.players.base import Player
from game.rules.orders import holding
from game.rules.outcome import Outcome, nothing
from game.rules.seats import Seat
from game.rules.state import Codes, Keys, State

from . import programs
from .games import Given, Played
from .layout import Array, Memory, OutcomeNow, StateNow
from .terms import NOBODY


class Held(Played, Protocol):
    """Games to be opened or taken up, and played on."""

    _turn: int

    @property
    def _memory(self) -> Memory:
        """Where they are held."""

    def open(self, keys: Keys) -> None:
        """The opening state once for each key."""
        self._turn = 0
        self._memory.put("forced", NOBODY)
        self._memory.put_state(self._setting.opening)
        self._memory.put_outcome(nothing(0, holding(1)))
        for name, array in self._setting.drawn(keys).items():
            self._memory.put(name, array)

    def take_up(self, state: State, outcome: Outcome | None) -> None:
        """Games as they stand, and what happened in the turn before."""
        self._turn = state.turn
        self._memory.put("forced", NOBODY)
        self._memory.put_state(state)
        self._memory.put_outcome(nothing(state.turn, holding(1)) if outcome is None else outcome)

    def force(self, forced: Mapping[Seat, Codes]) -> None:
        """Leaves seats with one deed in the coming turn."""
        deeds = np.full((4, self._memory.games), programs.NO_DEED, np.intp)
        for seat, deed in forced.items():
            deeds[seat] = deed
        self._memory.put("forced", deeds)

    def play(
        self, players: Mapping[Seat, Player], until: int, given: Given, keep: Sequence[str]
    ) -> None:
        """Plays on until so many turns were played in all."""

    @property
    def turn(self) -> int:
        """How many turns were played."""
        return self._turn

    def forget(self) -> None:
        """Forgets what was told of the games: they are played further."""
        for told in ("state", "outcome", "_told"):
            vars(self).pop(told, None)

    def state_now(self) -> State:
        """The state before the coming turn, of games that are played on after it: to be read before
        that.
        """
        return StateNow(self._memory, self._turn)

    def outcome_now(self) -> Outcome:
        """What happened in the last turn, of games that are played on after it; likewise."""
        return OutcomeNow(self._memory, self._turn)

    def array(self, name: str) -> Array:
        """As it stands."""
        return self._memory.get(name)

    @cached_property
    def state(self) -> State:
        """As it stands."""
        return self._memory.state(self._turn)

    @cached_property
    def outcome(self) -> Outcome:
        """What happened in the last turn."""
        return self._memory.outcome(self._turn)
