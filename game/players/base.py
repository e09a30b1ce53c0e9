"""What a player is given and what it gives back."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Protocol

import numpy as np

from game.rules.legal import deed_mask, whisper_mask, word_mask
from game.rules.luck import PLAYER_STREAM, PlayerDraw, seat_keys, slot_constants, uniform
from game.rules.observe import Observation, observe
from game.rules.orders import PARTS, Order, OrderColumns, Orders, holding
from game.rules.outcome import Outcome
from game.rules.seats import Seat
from game.rules.setting import Setting
from game.rules.state import Bools, Codes, Floats, Keys, State


@dataclass(frozen=True, slots=True)
class Options:
    """What a seat may order, as masks over B games."""

    deed: Bools
    """(deeds of the seat, B)."""
    word: Bools
    """(words, B)."""
    whisper: Bools
    """(whispers, 4 receivers, B)."""


def options(setting: Setting, state: State, seat: Seat) -> Options:
    """The legal options of a seat."""
    return Options(
        deed=deed_mask(setting, state, seat),
        word=word_mask(setting, state, seat),
        whisper=whisper_mask(setting, state, seat),
    )


def only(legal: Options, deed: Codes) -> Options:
    """The options with one deed, (B,), left in each game."""
    mask = np.zeros_like(legal.deed)
    mask[deed, np.arange(deed.size)] = True
    return Options(mask, legal.word, legal.whisper)


@dataclass(frozen=True, slots=True)
class Dice:
    """A player's own luck: draws that no other player and no phase uses."""

    keys: Keys
    """(B,) from which nothing else that is drawn in the games can be worked out."""
    turn: int
    slots: Keys
    """(64,) the turn's `luck.slot_constants` of players."""

    @classmethod
    def of(cls, state: State, seat: Seat) -> "Dice":
        """The luck of one seat in B games."""
        slots = slot_constants(PLAYER_STREAM, state.turn)
        return cls(seat_keys(state.key, seat), state.turn, slots)

    def draw(self, what: PlayerDraw) -> Floats:
        """(B,) uniforms in [0, 1)."""
        return uniform(self.keys + self.slots[what])


@dataclass(slots=True)
class Choice(OrderColumns):
    """One seat's orders for B games; (B,) each."""

    def order(self, game: int = 0) -> Order:
        """The order of one game."""
        return Order(*(int(getattr(self, part)[game]) for part in PARTS))


def holding_choice(games: int) -> Choice:
    """Hold, silence, no message."""
    return Choice.holding(games)


class _Glance(Observation):
    """What a seat sees, worked out when it is first looked at: whoever follows a script hardly
    looks.
    """

    __slots__ = ("_outcome", "_setting", "_state")

    def __init__(self, setting: Setting, state: State, outcome: Outcome | None, seat: Seat) -> None:
        self.seat, self.turn = seat, state.turn
        self._setting, self._state, self._outcome = setting, state, outcome

    def __getattr__(self, name: str) -> Any:
        """Comes here for what was not looked at yet."""
        if name.startswith("_"):
            raise AttributeError(name)
        seen = observe(self._setting, self._state, self._outcome, self.seat)
        for field in fields(Observation):
            setattr(self, field.name, getattr(seen, field.name))
        return getattr(seen, name)


class Player(Protocol):
    """Anybody who gives orders for a seat: a doctrine, a script, a planner."""

    @property
    def name(self) -> str:
        """What the game calls it."""

    def decide(
        self, setting: Setting, observation: Observation, legal: Options, dice: Dice
    ) -> Choice:
        """Orders for the coming turn.

        Args:
            setting: the scenario's rules, which everybody knows.
            observation: what the seat sees; nothing else of the state may be used.
            legal: what it may order.
            dice: its own luck.
        """


def choice_of(orders: Orders, seat: Seat) -> Choice:
    """One seat's part of orders."""
    return Choice(*(getattr(orders, name)[seat] for name in PARTS))


def assemble(choices: dict[Seat, Choice], games: int) -> Orders:
    """Orders from one Choice a seat; seats without one hold."""
    orders = holding(games)
    for seat, choice in choices.items():
        orders.put(seat, choice)
    return orders


def decide(
    player: Player,
    setting: Setting,
    state: State,
    outcome: Outcome | None,
    seat: Seat,
    deed: Codes | None = None,
) -> Choice:
    """A computer player's orders for B games, from what its seat sees and nothing else.

    Args:
        player: who decides.
        setting: the scenario's rules.
        state: B games.
        outcome: of the turn before; None before the first.
        seat: for whom it decides.
        deed: (B,) the deed that it is given; it speaks and whispers as it does with that one.
    """
    legal = options(setting, state, seat)
    return player.decide(
        setting,
        _Glance(setting, state, outcome, seat),
        legal if deed is None else only(legal, deed),
        Dice.of(state, seat),
    )


def decide_all(
    players: Mapping[Seat, Player], setting: Setting, state: State, outcome: Outcome | None
) -> Orders:
    """All players' orders for B games; seats without a player hold."""
    choices = {seat: decide(who, setting, state, outcome, seat) for seat, who in players.items()}
    return assemble(choices, state.games)
