"""What happened in a turn, as typed columns. Prose is made of it elsewhere.

The referee records the truth here. What one seat may learn of it is for `observe` to say.
"""

from dataclasses import dataclass, field, fields
from enum import IntEnum
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .orders import Orders
from .state import Bools, Floats, chosen


class Source(IntEnum):
    """Who can fire at American sites, in the order of every `fire_*` array."""

    MILITIA = 0
    SPLINTER = 1
    THIRD_PARTY = 2
    IRAN = 3


class Empty(NamedTuple):
    """What a field of the outcome is before anything has happened."""

    shape: tuple[int, ...]
    """Without the games, which come last."""
    dtype: type
    value: int

    def of(self, games: int) -> NDArray[Any]:
        """The field for so many games."""
        shape = (*self.shape, games)  # zeros are had in a fifth of the time
        return np.full(shape, self.value, self.dtype) if self.value else np.zeros(shape, self.dtype)


def _floats(*shape: int) -> Any:
    return field(metadata={"empty": Empty(shape, np.float32, 0)})


def _flags(*shape: int) -> Any:
    return field(metadata={"empty": Empty(shape, np.bool_, 0)})


def _ending() -> Any:
    return field(metadata={"empty": Empty((), np.int8, 0)})


def _codes(*shape: int) -> Any:
    return field(metadata={"empty": Empty(shape, np.intp, -1)})


@dataclass(slots=True)
class Outcome:
    """One adjudicated turn of B games. Arrays are (B,) unless a shape is given; people and rounds
    are whole numbers. Of games that had already ended, nothing is recorded.
    """

    turn: int
    """The turn that was adjudicated, counted from 1."""
    orders: Orders

    deed_site: NDArray[np.intp] = _codes(4)
    """(4, B) where each seat's deed took place; -1 for deeds of no place."""

    # Attacks on Americans and partners, (4 sources, B)
    fire_attacks: Floats = _floats(4)
    fire_rounds: Floats = _floats(4)
    fire_hits: Floats = _floats(4)
    fire_site: NDArray[np.intp] = _codes(4)
    fire_us_killed: Floats = _floats(4)
    fire_us_wounded: Floats = _floats(4)
    """Truly wounded; what is reported at once is `us_wounded_reported`."""
    fire_coalition_killed: Floats = _floats(4)
    fire_iraqi_killed: Floats = _floats(4)
    fire_rung: Floats = _floats(4)

    # The American strike of the turn
    strike_militia_killed: Floats = _floats()
    strike_rockets: Floats = _floats()
    strike_leaders: Floats = _floats()
    strike_iraqi_killed: Floats = _floats()
    strike_civilians_killed: Floats = _floats()

    # Chance, agents and politics
    warned: Bools = _flags(4)
    """(4 sources, B) the Americans had warning."""
    leaked: Bools = _flags()
    """Washington's notice of its strike reached the militia."""
    tip_off_known: Bools = _flags()
    """The militia learnt that Baghdad warned the Americans."""
    asked: Floats = _floats()
    """What Tehran had asked of the militia when it gave its orders: -1, 0 or 1."""
    shirked: Bools = _flags()
    """The militia did not do what Tehran asked for."""
    caught: Bools = _flags()
    """… and Tehran found out."""
    protest: Bools = _flags()
    discredited: Bools = _flags()
    """The American justification did not hold."""
    revised: Floats = _floats()
    """Wounded added to the reports of earlier turns."""
    detained: Floats = _floats()
    show_of_force: Bools = _flags()
    released: Floats = _floats()
    vote_failed: Bools = _flags()
    """Parliament had no quorum for what the government put to it."""
    cabinet_formed: Bools = _flags()
    """A government with full powers took over from the caretaker."""

    # Evidence
    signal: NDArray[np.intp] = _codes(4)
    """(4, B) the cause that each seat's own evidence pointed to; -1 where there was no attack, or
    the seat knows better.
    """
    finding: NDArray[np.intp] = _codes()
    """The cause that Baghdad's investigation named; -1 for none."""
    revealed: NDArray[np.intp] = _codes(4)
    """(4, B) the cause of the last attack that a seat read in others' systems; -1 for none."""
    aired: Bools = _flags()
    """It came out that Washington's accusation was false."""
    right_answer: Bools = _flags()
    """Washington's answer hit the militias for what they had done, and that came out."""
    wrong_answer: Bools = _flags()
    """It hit them for what others had done, and that came out."""

    # Deals, (4, 4, B)
    deal_code: NDArray[np.intp] = _codes(4, 4)
    """The deal, as the number of a message, that was in force between i and j or came into force
    at the end of the turn; -1 for none. The same both ways, as all of these but `breach`.
    """
    deal_signed: Bools = _flags(4, 4)
    """It was signed."""
    deal_kept: Bools = _flags(4, 4)
    """It ran to its end."""
    deal_leaked: Bools = _flags(4, 4)
    """Everybody learnt of it."""
    breach: Bools = _flags(4, 4)
    """[i, j]: i broke it, as j sees it, which ended it."""

    # Minds, (4, 4, B)
    blow: Floats = _floats(4, 4)
    """[i, j]: the highest rung at which i, as the world sees it, struck j."""
    harm: Floats = _floats(4, 4)
    """[i, j]: harm to i that i blames on j."""
    crossed: Bools = _flags(4, 4)
    """[i, j]: j crossed the line that i had drawn."""
    answered: Bools = _flags(4, 4)
    """[i, j]: i answered a crossing by j."""
    promptness: Floats = _floats(4, 4)
    """[i, j]: the share of the days that were left when i answered j."""
    lapsed: Bools = _flags(4, 4)
    """[i, j]: i let a crossing by j pass."""

    # Sums
    attacks: Floats = _floats()
    us_killed: Floats = _floats()
    us_wounded_reported: Floats = _floats()
    rung: Floats = _floats()
    ending: NDArray[np.int8] = _ending()

    def take(self, games: NDArray[np.intp] | slice) -> "Outcome":
        """The chosen games' outcome."""
        arrays: dict[str, Any] = {
            f.name: chosen(getattr(self, f.name), games)
            for f in fields(self)
            if f.name not in ("turn", "orders")
        }
        return Outcome(turn=self.turn, orders=self.orders.take(games), **arrays)


EMPTY: dict[str, Empty] = {
    f.name: f.metadata["empty"] for f in fields(Outcome) if "empty" in f.metadata
}
"""Every field but the turn and the orders."""


def nothing(turn: int, orders: Orders) -> Outcome:
    """An Outcome in which nothing has happened."""
    return Outcome(
        turn=turn,
        orders=orders,
        **{name: empty.of(orders.games) for name, empty in EMPTY.items()},
    )
