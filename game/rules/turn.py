"""The turn under adjudication: what every phase reads and writes."""

from dataclasses import dataclass

import numpy as np

from .luck import Draw, referee_draws
from .orders import Orders
from .outcome import Outcome, nothing
from .parameters import Parameters
from .seats import Seat
from .setting import Decays, Setting
from .state import Bools, Codes, Floats, State
from .tables import Tables


@dataclass(slots=True)
class Turn:
    """One turn of B games. `state` is a private copy that the phases change in place."""

    setting: Setting
    tables: Tables
    p: Parameters
    decays: Decays
    days: int
    weeks: float
    """The turn's length in weeks."""
    state: State
    orders: Orders
    outcome: Outcome
    luck: Floats
    """(Draw.COUNT, B) uniforms."""

    @classmethod
    def begin(cls, setting: Setting, state: State, orders: Orders) -> "Turn":
        """A working copy of `state` with this turn's calendar and luck."""
        index = state.turn
        return cls(
            setting=setting,
            tables=setting.tables,
            p=setting.rulebook.parameters,
            decays=setting.decays[index],
            days=setting.days[index],
            weeks=setting.days[index] / 7,
            state=state.copy(),
            orders=orders,
            outcome=nothing(index + 1, orders),
            luck=referee_draws(state.key, index),
        )

    def draw(self, slot: Draw) -> Floats:
        """(B,) uniforms of one slot."""
        return self.luck[slot]

    def draws(self, slot: Draw) -> Floats:
        """(4, B) uniforms of a group of four slots."""
        return self.luck[slot : slot + 4]

    def deed(self, seat: Seat) -> Codes:
        """(B,) the seat's deeds."""
        return self.orders.deed[seat]

    def did(self, seat: Seat, deed_id: str) -> Bools:
        """(B,) true where the seat ordered that deed."""
        return np.equal(self.orders.deed[seat], self.setting.rulebook.deed(seat, deed_id))


def tamed(values: Floats) -> Floats:
    """Values cut to the range from 0 to 1, in place."""
    np.maximum(values, 0.0, out=values)
    np.minimum(values, 1.0, out=values)
    return values


def drift(values: Floats, rest: float, kept: float) -> None:
    """Moves values toward `rest` in place; `kept` is the share of the distance that is left."""
    values -= rest
    values *= kept
    values += rest
