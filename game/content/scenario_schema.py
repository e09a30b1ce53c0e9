"""What a scenario file must look like; its historical moves are in `history_schema`."""

from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from .amounts import Changes
from .history_schema import HistoryRow
from .kinds import (
    Day,
    Id,
    Name,
    Prose,
    RungNumber,
    SeatName,
    Sentence,
    Sentences,
    Table,
    looked_up,
    refuse,
)
from .numbers_schema import apart
from .references import EventIds, SourceIds, TheoryOdds, TurnNumber, known
from .source_schema import SourceRow
from .world_schema import AgendaOdds, EndingMarks, Inclination, OpeningTable, Points

MAX_TURNS = 40


class TurnRow(Table):
    """One turn of the calendar."""

    date: Day
    title: Name
    note: Prose | None = None
    events: EventIds = []
    """Of the record, which everybody knows of on that morning: told before the note."""
    source: SourceIds = []
    """Where the note, and what the day recalls, is known from."""
    anniversary: Annotated[float, Field(gt=0, le=1)] | None = None
    anniversary_of: Sentence | None = Field(None, validate_default=True)

    @field_validator("anniversary_of")
    @classmethod
    def _both_or_neither(cls, value: str | None, info: ValidationInfo) -> str | None:
        charged = info.data.get("anniversary", value)
        if charged is not None and value is None:
            raise refuse('"anniversary_of" is missing', "say what the day recalls")
        if charged is None and value is not None:
            raise refuse(
                '"anniversary_of" stands without "anniversary"',
                "add anniversary = 0.5, or another share up to 1, for how charged it is",
            )
        return value


class RoleAgendaRow(Table):
    """One agenda that a role may have: one of its seat's own, differing where the row says
    something, or another one, of which all but the odds must be said.
    """

    id: Id
    name: Name = ""
    text: Prose = ""
    odds: AgendaOdds = 1.0
    points: Points = {}
    inclination: Inclination = {}
    endings: EndingMarks = {}
    source: SourceIds = []


class RoleTable(Table):
    """What the player of one seat reads, and what it may want most."""

    title: Name
    who: Prose
    goals: Sentences
    red_lines: Sentences
    knows: Sentences
    source: SourceIds = []
    """Where what it is and knows is known from."""
    doctrine: str
    agenda: Annotated[list[RoleAgendaRow], Field(max_length=6)] = []
    """Those of the rulebook, where there are none."""


class RoleTables(Table):
    """All four."""

    US: RoleTable
    IRAN: RoleTable
    MILITIA: RoleTable
    IRAQ: RoleTable


class InjectRow(Table):
    """News for a teacher to put in."""

    id: Id
    title: Name
    text: Prose
    turn: TurnNumber | None = None
    when: Sentence | None = None
    """Under which condition to send it, for whoever leads."""
    effects: Changes = {}
    source: SourceIds = []


class EventRow(Table):
    """One happening on the historical line that the record does not have."""

    date: Day
    rung: RungNumber
    text: Sentence
    source: SourceIds = []
    contested: bool = False


class ScaleRow(Table):
    """Worst and best of one mark in a game of this length."""

    seat: SeatName
    mark: Id
    worst: Annotated[float, Field(ge=-100_000, le=100_000)]
    best: Annotated[float, Field(ge=-100_000, le=100_000)]

    @field_validator("mark")
    @classmethod
    def _of_the_seat(cls, value: str, info: ValidationInfo) -> str:
        seat = info.data.get("seat")
        ids = [part.id for part in known(info).rulebook.marks if part.seat is seat]
        return looked_up("mark", value, ids) if ids else value

    @field_validator("best")
    @classmethod
    def _apart(cls, value: float, info: ValidationInfo) -> float:
        return apart(value, info)


class ScenarioFile(Table):
    """A scenario; validated with `references.Known` as context."""

    id: Id
    title: Name
    minutes: Annotated[int, Field(ge=1, le=1_000)]
    blurb: Prose
    aims: Sentences
    prologue: Prose
    prologue_source: SourceIds = []
    questions: Sentences
    questions_source: SourceIds = []
    """The works that the questions name."""
    end: Day
    turn: Annotated[list[TurnRow], Field(min_length=1, max_length=MAX_TURNS)]
    opening: OpeningTable = OpeningTable()
    scale: Annotated[list[ScaleRow], Field(max_length=60)] = []
    theories: TheoryOdds = {}
    role: RoleTables
    inject: Annotated[list[InjectRow], Field(max_length=100)] = []
    history: Annotated[list[HistoryRow], Field(max_length=4 * MAX_TURNS)] = []
    events: EventIds = []
    """Those of the record that stand on the historical line."""
    event: Annotated[list[EventRow], Field(max_length=500)] = []
    source: Annotated[list[SourceRow], Field(max_length=500)] = []

    @field_validator("id")
    @classmethod
    def _as_its_file(cls, value: str, info: ValidationInfo) -> str:
        if value != (stem := known(info).stem):
            raise refuse(
                f'the id is "{value}", but the file is called "{stem}.toml"',
                "give both the same name",
            )
        return value
