"""The turn under adjudication: what every phase reads and writes."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from .luck import draw
from .orders import Orders
from .outcome import Outcome, Source, nothing
from .parameters import Parameters
from .seats import Seat
from .setting import Decays, Setting
from .state import COLUMNS, Bools, Codes, Floats, State
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
    before: State
    """The games as the turn found them; nothing writes into it."""
    state: State
    columns: Floats
    """(columns, B) the memory of the state's columns, for what is done to all of them."""
    orders: Orders
    deeds: Codes
    """(4, B) the deeds that are done: those ordered, but for a vote that fails."""
    outcome: Outcome
    salvos: Codes
    """Who fired at American sites: flat positions in the (4 sources, B) arrays of the outcome."""

    @classmethod
    def begin(cls, setting: Setting, state: State, orders: Orders) -> "Turn":
        """A working copy of `state` with this turn's calendar and luck."""
        index = state.turn
        copy, columns = state.working_copy()
        return cls(
            setting=setting,
            tables=setting.tables,
            p=setting.rulebook.parameters,
            decays=setting.decays[index],
            days=setting.days[index],
            weeks=setting.days[index] / 7,
            before=state,
            state=copy,
            columns=columns,
            orders=orders,
            deeds=orders.deed,
            outcome=nothing(index + 1, orders),
            salvos=np.empty(0, np.intp),
        )

    def hold_to_ranges(self) -> None:
        """Holds every column to its range; arrays over pairs stay within theirs by construction."""
        np.clip(self.columns, _LOWEST, _HIGHEST, out=self.columns)

    def draw(self, slots: int | Codes, games: Codes | None = None) -> Floats:
        """Uniforms for the games given, or for all; see `luck.draw`."""
        keys = self.state.key if games is None else self.state.key.take(games)
        return draw(keys, self.state.turn, slots)

    def deed(self, seat: Seat) -> Codes:
        """(B,) what the seat does."""
        deed: Codes = self.deeds[seat]
        return deed

    def uses_force(self, seat: Seat) -> Bools:
        """(B,) true where the seat does a deed of the group force."""
        force: Bools = self.tables.force[seat].take(self.deeds[seat]) > 0
        return force

    def uses_force_openly(self, seat: Seat) -> Bools:
        """(B,) true where the seat uses force and signs for it."""
        signed: Bools = self.tables.signed[seat].take(self.deeds[seat]) > 0
        return signed & self.uses_force(seat)

    def strikes(self) -> Bools:
        """(B,) true where Washington strikes the militia."""
        strikes: Bools = self.tables.strikes[Seat.US].take(self.deeds[Seat.US]) > 0
        return strikes

    def unsigned_attacks(self) -> Floats:
        """(B,) attacks on Americans and partners that nobody signed, once the fire is over."""
        out, signed = self.outcome, self.tables.signed[Seat.IRAN].take(self.deeds[Seat.IRAN])
        attacks: Floats = out.attacks - out.fire_attacks[Source.IRAN] * signed
        return attacks

    def did(self, seat: Seat, deed_id: str) -> Bools:
        """(B,) true where the seat does that deed."""
        did: Bools = np.equal(self.deeds[seat], self.setting.rulebook.deed(seat, deed_id))
        return did

    def whispered(self, sender: Seat, whisper_id: str, receiver: Seat) -> Bools:
        """(B,) true where the sender whispered that to the receiver."""
        said: Bools = np.equal(self.orders.whisper[sender], self.tables.whisper_index[whisper_id])
        said &= np.equal(self.orders.whisper_to[sender], receiver)
        return said


def add(state: State, effects: Iterable[tuple[str, Floats]], codes: Codes) -> None:
    """Adds to columns of the state what each game's code stands for."""
    for name, amounts in effects:
        column = getattr(state, name)
        column += amounts.take(codes)


def tamed(values: Floats) -> Floats:
    """Values cut to the range from 0 to 1, in place."""
    return np.clip(values, 0.0, 1.0, out=values)


def drift(values: Floats, rest: Floats | float, kept: float) -> None:
    """Moves values toward `rest` in place; `kept` is the share of the distance that is left."""
    values -= rest
    values *= kept
    values += rest


_LOWEST = np.array([[spec.low] for spec in COLUMNS.values()], np.float32)
_HIGHEST = np.array([[spec.high] for spec in COLUMNS.values()], np.float32)
