"""A scenario as the rest of the game knows it: its texts, its calendar and its opening."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from game.rules.orders import Order, Orders
from game.rules.seats import Seat
from game.rules.setting import Setting


@dataclass(frozen=True, slots=True)
class TurnText:
    """One turn of the calendar."""

    date: date
    """The day on which it opens."""
    title: str
    note: str
    """What everybody knows on that morning; may be empty."""
    sources: tuple[str, ...]
    """Ids of where that is known from."""
    anniversary_of: str
    """What the day recalls; empty on ordinary days."""


@dataclass(frozen=True, slots=True)
class Role:
    """What the player of one seat reads before the game."""

    title: str
    who: str
    goals: tuple[str, ...]
    red_lines: tuple[str, ...]
    knows: tuple[str, ...]
    sources: tuple[str, ...]
    """Ids of where all this is known from."""
    doctrine: str
    """The id of the doctrine that plays the seat when no person does."""


@dataclass(frozen=True, slots=True)
class Inject:
    """News that a teacher can put into the game."""

    id: str
    title: str
    text: str
    turn: int | None
    """The turn that it is meant for, from 1; None where it fits any."""
    when: str | None
    """Under which condition to send it, for whoever leads; None where it fits any game."""
    effects: dict[str, float]
    """What it adds to columns."""
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HistoricalMove:
    """What one seat did in one turn, and what came of it."""

    turn: int
    """From 1."""
    seat: Seat
    order: Order
    happened: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """One happening on the historical line."""

    date: date
    rung: int
    text: str
    """With every reading of it, where accounts differ."""
    sources: tuple[str, ...]
    contested: bool
    id: str = ""
    """In the record; empty for one of the scenario's own."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where something is known from."""

    id: str
    title: str
    url: str
    """Empty for what is not on the web."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """Everything about one scenario."""

    id: str
    title: str
    minutes: int
    """How long a class needs for it."""
    blurb: str
    aims: tuple[str, ...]
    prologue: str
    prologue_sources: tuple[str, ...]
    """Ids of where the prologue's facts are known from."""
    questions: tuple[str, ...]
    """For the debrief."""
    turns: tuple[TurnText, ...]
    end: date
    """The day on which the last turn ends."""
    roles: dict[Seat, Role]
    injects: tuple[Inject, ...]
    history: tuple[HistoricalMove, ...]
    events: tuple[Event, ...]
    """In the order of their days."""
    sources: tuple[Source, ...]
    """Those of the record that are referred to, and all of its own."""
    setting: Setting
    historical_orders: tuple[Orders, ...]
    """For each turn, one game's orders (B = 1): what the four seats really did; who is not told
    of in `history` holds and is silent."""

    def sources_of(self, ids: Iterable[str]) -> list[Source]:
        """The sources with these ids, in the order of the ids."""
        by_id = {source.id: source for source in self.sources}
        return [by_id[name] for name in ids]

    def source_numbers(self) -> dict[str, int]:
        """What a source is called by, by its id: its place among them, from 1."""
        return {source.id: number for number, source in enumerate(self.sources, 1)}
