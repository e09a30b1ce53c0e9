"""What can happen to a match, one class for each table of its journal.

A match is the list of its events: whoever applies them in order has the match. They are checked
when they are made and when they are read, so that a stranger's file cannot hold anything else.
"""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, Self, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from game.content.doctrine import PEOPLE
from game.content.visible import visible
from game.rules.seats import SEATS, Seat

MOST_WORDS = 4_000
"""Longest note, news or reason, in characters."""
MOST_NAME = 100
"""Longest name of a person, team or player."""
MOST_EVENTS = 10_000
FIRST_YEAR, LAST_YEAR = 1971, 2999
"""Of a clock that is set at all: some systems cannot tell the time of earlier or later ones."""
_MOST_JSON = 200_000


class Kind(StrEnum):
    """Who plays a seat."""

    PERSON = "person"
    TEAM = "team"
    COMPUTER = "computer"


def clean(text: str) -> str:
    """The text with what cannot be shown replaced, and without blanks around it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return visible(text, "\n\t").strip()


def _clean(text: str) -> str:
    if text != clean(text):
        raise ValueError("it holds characters that cannot be shown")
    return text


def _seat(value: object) -> object:
    return Seat[value] if isinstance(value, str) and value in Seat.__members__ else value


def _moment(value: str) -> str:
    moment = datetime.fromisoformat(value)  # a ValueError where there is no such day or hour
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError("a year out of reach")
    return value


def _table(value: object) -> object:
    if not isinstance(value, str):
        return value
    if len(value) > _MOST_JSON:
        raise ValueError("it is too long")
    try:
        return json.loads(value, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise ValueError("it is no JSON") from None


def _refuse(name: str) -> None:
    raise ValueError(name)


SeatName = Annotated[Seat, BeforeValidator(_seat)]
_ID = re.compile("[a-z0-9][a-z0-9_-]{0,39}")
Id = Annotated[str, Field(pattern=f"^{_ID.pattern}$")]
Name = Annotated[str, Field(max_length=MOST_NAME), AfterValidator(_clean)]
Words = Annotated[str, Field(max_length=MOST_WORDS), AfterValidator(_clean)]
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
Odds = Annotated[float, Field(ge=0, le=1)]
Number = Annotated[float, Field(ge=-1e9, le=1e9)]
Numbers = Annotated[dict[Id, Number], BeforeValidator(_table), Field(max_length=100)]
Digests = Annotated[dict[Id, Hash], BeforeValidator(_table), Field(max_length=100)]
Arrays = Annotated[dict[Id, Any], BeforeValidator(_table), Field(max_length=500)]
Stamp = Annotated[
    str,
    Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,15}Z$"),
    AfterValidator(_moment),
]
"""A moment, UTC, that every system can show in the time of its own place."""


class Event(BaseModel):
    """Something that happened, with its place in the order of all, its time and the turn."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")
    table: ClassVar[str]

    n: Annotated[int, Field(ge=1, le=MOST_EVENTS)]
    at: Stamp
    """UTC; for people to read. Nothing depends on it."""
    turn: Annotated[int, Field(ge=1, le=1_000)]
    """The turn that was being played, from 1."""

    @classmethod
    @cache
    def columns(cls) -> tuple[str, ...]:
        """The columns of its table, without the seal."""
        return tuple(cls.model_fields)

    def row(self) -> tuple[Any, ...]:
        """What its table holds."""
        return tuple(_stored(getattr(self, name)) for name in type(self).columns())

    @classmethod
    def of_row(cls, row: tuple[Any, ...]) -> Self:
        """The event of a row.

        Raises:
            ValueError: the row holds something that no match would write.
        """
        return cls.model_validate(dict(zip(cls.columns(), row, strict=True)))


def _stored(value: Any) -> Any:
    if isinstance(value, Seat):
        return value.name
    if isinstance(value, dict):
        return json.dumps(value, allow_nan=False, separators=(",", ":"))
    return str(value) if isinstance(value, StrEnum) else value


class Opened(Event):
    """A program took the match up."""

    table = "sitting"
    program: Name
    referee: Hash
    python: Name
    numpy: Name
    sqlite: Name


class Seated(Event):
    """Somebody plays a seat from now on."""

    table = "seat"
    seat: SeatName
    kind: Annotated[Kind, BeforeValidator(lambda v: Kind(v) if isinstance(v, str) else v)]
    name: Name

    @model_validator(mode="after")
    def _no_path(self) -> Self:
        """A computer's player is known by an id: no match makes the game open a file."""
        if self.kind is Kind.COMPUTER and not _ID.fullmatch(self.name.removeprefix(PEOPLE)):
            raise ValueError("a computer player's name is no id")
        return self


class OrderNames(BaseModel):
    """An order by name, as `content.order_codec` makes and takes it; the columns of journals, of
    drafts and of exported sheets.
    """

    deed: Id = Field(description="the deed, by its id: see the sheet codes")
    site: Id | None = Field(description="the place that it names; empty: left to the referee")
    word: Id = Field(description="the public word")
    word_to: SeatName | None = Field(description="the seat that the word names")
    word_rung: int | None = Field(ge=0, le=10, description="the rung that a threat names")
    whisper: Id = Field(description="the private message")
    whisper_to: SeatName | None = Field(description="the seat that it went to")


class _Given(Event):
    """Who gave orders, and how."""

    seat: SeatName
    given_by: Literal["people", "computer", "clock"]


class Ordered(OrderNames, _Given):
    """A seat committed its orders for the turn, by the ids of the rulebook."""

    table = "orders"
    forecast_us: Odds | None = None
    forecast_iran: Odds | None = None
    forecast_militia: Odds | None = None
    forecast_iraq: Odds | None = None

    @property
    def forecast(self) -> dict[Seat, float]:
        """The odds that it gave to each rival's using force this turn, where it gave any."""
        given = {seat: getattr(self, f"forecast_{seat.name.lower()}") for seat in SEATS}
        return {seat: odds for seat, odds in given.items() if odds is not None}


class TakenBack(Event):
    """Orders that do not count; `orders` is their n."""

    table = "take_back"
    orders: Annotated[int, Field(ge=1, le=MOST_EVENTS)]
    reason: Words


class Noted(Event):
    """A seat, or without one the facilitator, wrote something down."""

    table = "note"
    seat: SeatName | None
    words: Words


class Injected(Event):
    """The facilitator put news in: prepared ones by `inject`, the scenario's id, or own ones."""

    table = "inject"
    inject: Id | None
    title: Name
    words: Annotated[str, Field(max_length=8_000), AfterValidator(_clean)]
    effects: Numbers
    """What was added to columns; they are held to their ranges."""


class Overridden(Event):
    """The facilitator set a figure of the state."""

    table = "override"
    figure: Id
    pair: Annotated[str, Field(pattern="^[A-Z]{2,7}>[A-Z]{2,7}$")] | None
    was: Number
    value: Number
    reason: Words


class Controlled(Event):
    """The course of the match, or its clock, was changed."""

    table = "control"
    what: Literal["pause", "go_on", "end", "limit", "loosen", "allow_estimate", "forbid_estimate"]
    seconds: Annotated[float, Field(ge=-1e7, le=1e7)] | None
    reason: Words


class Locked(Event):
    """Whoever leads chose a PIN, or a seat its passcode."""

    table = "lock"
    seat: SeatName | None
    digest: Annotated[str, Field(pattern=r"^([0-9a-f]{96})?$")]
    """See `locks.locked`; empty where there is none any more."""


class Adjudicated(Event):
    """A turn was adjudicated: the state after it, what happened, and a digest after each phase."""

    table = "turn"
    ending: Id
    hash: Hash
    state: Arrays
    outcome: Arrays
    phases: Digests


class Undone(Event):
    """The last turn was taken back; `undone` is the n of its adjudication."""

    table = "undo"
    undone: Annotated[int, Field(ge=1, le=MOST_EVENTS)]
    reason: Words


Kinds = (
    Opened | Seated | Ordered | TakenBack | Noted | Injected | Overridden | Controlled
    | Locked | Adjudicated | Undone
)  # fmt: skip
EVENTS: Mapping[str, type[Event]] = {kind.table: kind for kind in get_args(Kinds)}
"""Every class of events by its table."""


class ContradictionError(ValueError):
    """An event takes back something that is not there; `n` is its number."""

    def __init__(self, n: int) -> None:
        super().__init__(f"row {n} takes back what is not there")
        self.n = n


def effective(events: Iterable[Event]) -> list[Event]:
    """The events that count: without undone turns, their orders, and what was ordered, put in or
    set after them; without orders that were taken back.

    Raises:
        ContradictionError: an event takes back something that is not there.
    """
    kept: list[Event] = []
    turns: list[Adjudicated] = []
    begins = [0]
    """Where in `kept` each turn begins, the one being played included."""
    for event in events:
        if isinstance(event, Undone):
            if not turns or turns[-1].n != event.undone:
                raise ContradictionError(event.n)
            undone, _ = turns.pop(), begins.pop()
            kept[begins[-1] :] = [e for e in kept[begins[-1] :] if not _falls_with(e, undone)]
        elif isinstance(event, TakenBack):
            place = _place(kept, begins[-1], event.orders)
            if place is None:
                raise ContradictionError(event.n)
            del kept[place]
        else:
            kept.append(event)
            if isinstance(event, Adjudicated):
                turns.append(event)
                begins.append(len(kept))
    return kept


def _place(kept: list[Event], start: int, n: int) -> int | None:
    for place in range(len(kept) - 1, start - 1, -1):
        if kept[place].n == n and isinstance(kept[place], Ordered):
            return place
    return None


def _falls_with(event: Event, turn: Adjudicated) -> bool:
    """Whether an event goes when the turn that it belongs to, or the one before it, is undone."""
    if isinstance(event, Injected | Overridden):
        return event.n > turn.n
    if isinstance(event, Controlled):
        return event.what == "end"
    return isinstance(event, Ordered) or event is turn
