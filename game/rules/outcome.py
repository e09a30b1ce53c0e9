"""What happened in a turn, as typed columns. Prose is made of it elsewhere.

The referee records the truth here. What one seat may learn of it is for `observe` to say.
"""

from dataclasses import dataclass, fields
from enum import IntEnum
from typing import Any

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


@dataclass(slots=True)
class Outcome:
    """One adjudicated turn of B games. Arrays are (B,) unless a shape is given; people and rounds
    are whole numbers. Of games that had already ended, nothing is recorded.
    """

    turn: int
    """The turn that was adjudicated, counted from 1."""
    orders: Orders

    deed_site: NDArray[np.intp]
    """(4, B) where each seat's deed took place; -1 for deeds of no place."""

    # Attacks on Americans and partners, (4 sources, B)
    fire_attacks: Floats
    fire_rounds: Floats
    fire_hits: Floats
    fire_site: NDArray[np.intp]
    fire_us_killed: Floats
    fire_us_wounded: Floats
    """Truly wounded; what is reported at once is `us_wounded_reported`."""
    fire_coalition_killed: Floats
    fire_iraqi_killed: Floats
    fire_rung: Floats

    # The American strike of the turn
    strike_militia_killed: Floats
    strike_rockets: Floats
    strike_leaders: Floats
    strike_iraqi_killed: Floats
    strike_civilians_killed: Floats

    # Chance, agents and politics
    warned: Bools
    """(4 sources, B) the Americans had warning."""
    leaked: Bools
    """Washington's notice to Baghdad reached the militia."""
    tip_off_known: Bools
    """The militia learnt that Baghdad warned the Americans."""
    shirked: Bools
    """The militia did not do what Tehran asked for."""
    caught: Bools
    """… and Tehran found out."""
    protest: Bools
    discredited: Bools
    """The American justification did not hold."""
    revised: Floats
    """Wounded added to the reports of earlier turns."""
    detained: Floats
    show_of_force: Bools
    released: Floats
    vote_failed: Bools
    """Parliament had no quorum for what the government put to it."""

    # Evidence
    signal: NDArray[np.intp]
    """(4, B) the cause that each seat's own evidence pointed to; -1 where there was no attack, or
    the seat knows better.
    """
    finding: NDArray[np.intp]
    """The cause that Baghdad's investigation named; -1 for none."""

    # Minds, (4, 4, B)
    blow: Floats
    """[i, j]: the highest rung at which i, as the world sees it, struck j."""
    harm: Floats
    """[i, j]: harm to i that i blames on j."""
    crossed: Bools
    """[i, j]: j crossed the line that i had drawn."""
    answered: Bools
    """[i, j]: i answered a crossing by j."""
    lapsed: Bools
    """[i, j]: i let a crossing by j pass."""

    # Sums
    attacks: Floats
    us_killed: Floats
    us_wounded_reported: Floats
    rung: Floats
    ending: NDArray[np.int8]

    def take(self, games: NDArray[np.intp] | slice) -> "Outcome":
        """The chosen games' outcome."""
        arrays: dict[str, Any] = {
            f.name: chosen(getattr(self, f.name), games)
            for f in fields(self)
            if f.name not in ("turn", "orders")
        }
        return Outcome(turn=self.turn, orders=self.orders.take(games), **arrays)


def nothing(turn: int, orders: Orders) -> Outcome:
    """An Outcome in which nothing has happened yet, for the phases to write into."""
    games = orders.games

    def floats(*shape: int) -> Floats:
        return np.zeros((*shape, games), np.float32)

    def no(*shape: int) -> Bools:
        return np.zeros((*shape, games), np.bool_)

    def none(*shape: int) -> NDArray[np.intp]:
        return np.full((*shape, games), -1, np.intp)

    return Outcome(
        turn=turn,
        orders=orders,
        deed_site=none(4),
        fire_attacks=floats(4),
        fire_rounds=floats(4),
        fire_hits=floats(4),
        fire_site=none(4),
        fire_us_killed=floats(4),
        fire_us_wounded=floats(4),
        fire_coalition_killed=floats(4),
        fire_iraqi_killed=floats(4),
        fire_rung=floats(4),
        strike_militia_killed=floats(),
        strike_rockets=floats(),
        strike_leaders=floats(),
        strike_iraqi_killed=floats(),
        strike_civilians_killed=floats(),
        warned=no(4),
        leaked=no(),
        tip_off_known=no(),
        shirked=no(),
        caught=no(),
        protest=no(),
        discredited=no(),
        revised=floats(),
        detained=floats(),
        show_of_force=no(),
        released=floats(),
        vote_failed=no(),
        signal=none(4),
        finding=none(),
        blow=floats(4, 4),
        harm=floats(4, 4),
        crossed=no(4, 4),
        answered=no(4, 4),
        lapsed=no(4, 4),
        attacks=floats(),
        us_killed=floats(),
        us_wounded_reported=floats(),
        rung=floats(),
        ending=np.zeros(games, np.int8),
    )
