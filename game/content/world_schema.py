"""What the rulebook's files of places, objectives, agendas, endings and openings must look like;
the fields are those of `rules.rulebook`.
"""

from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from game.rules.endings import Ending
from game.rules.seats import Seat
from game.rules.state import COLUMNS

from .amounts import (
    Coefficients,
    Limits,
    PairValues,
    Values,
    column_limits,
)
from .kinds import (
    Column,
    HostName,
    Id,
    Ids,
    Name,
    Prose,
    SeatName,
    Sentence,
    Share,
    Signed,
    Suspicion,
    Table,
    refuse,
)
from .numbers_schema import apart, within

ENDINGS = tuple(ending.name.lower() for ending in Ending if ending is not Ending.NONE)
"""The ids of the endings, in the order in which they must stand."""


class SiteRow(Table):
    """`Site`, and where its place and numbers come from."""

    id: Id
    name: Name
    latitude: Annotated[float, Field(ge=-90, le=90)]
    longitude: Annotated[float, Field(ge=-180, le=180)]
    host: HostName
    people: Annotated[float, Field(ge=0, le=100)] = 1.0
    iraqis: Share = 0.0
    partners: Share = 0.0
    honour: Annotated[float, Field(ge=0, le=10)] = 0.0
    habit: Annotated[float, Field(ge=0, le=1_000)] = 1.0
    held_above: Share = 0.0
    source: Sentence = ""
    confidence: Sentence = ""

    @field_validator("partners")
    @classmethod
    def _not_more_than_all(cls, value: float, info: ValidationInfo) -> float:
        if value + info.data.get("iraqis", 0.0) > 1 + 1e-9:
            raise refuse(
                '"iraqis" and "partners" are more than all', "let them add up to 1 at most"
            )
        return value


class SitesFile(Table):
    """sites.toml."""

    site: Annotated[list[SiteRow], Field(min_length=1, max_length=200)]


class MarkRow(Table):
    """`MarkPart`."""

    seat: SeatName
    id: Id
    name: Name
    column: Column
    since_opening: bool = False
    worst: float
    best: float
    points: Annotated[float, Field(ge=0, le=100)]

    @field_validator("worst", "best")
    @classmethod
    def _in_range(cls, value: float, info: ValidationInfo) -> float:
        if "column" not in info.data:
            return value
        limits = column_limits(COLUMNS, info.data["column"])
        span = limits.high - limits.low
        return within(value, Limits(-span, span) if info.data.get("since_opening") else limits)

    @field_validator("best")
    @classmethod
    def _apart(cls, value: float, info: ValidationInfo) -> float:
        return apart(value, info)


class MarksFile(Table):
    """marks.toml."""

    mark: Annotated[list[MarkRow], Field(min_length=1, max_length=60)]


Points = dict[str, Annotated[float, Field(gt=0, le=1_000)]]


EndingMarks = dict[str, Annotated[float, Field(ge=-100, le=100)]]
Inclination = dict[str, Annotated[float, Field(ge=-20, le=20)]]


AgendaOdds = Annotated[float, Field(gt=0, le=1_000)]


class AgendaRow(Table):
    """`Agenda`."""

    seat: SeatName
    id: Id
    name: Name
    text: Prose
    odds: AgendaOdds = 1.0
    points: Points = {}
    inclination: Inclination = {}
    endings: EndingMarks = {}
    source: Ids = []


class AgendasFile(Table):
    """agendas.toml."""

    agenda: Annotated[list[AgendaRow], Field(min_length=1, max_length=40)]


class EndingRow(Table):
    """`EndingText`."""

    id: Id
    name: Name
    sentence: Sentence
    marks: dict[SeatName, Annotated[float, Field(ge=-100, le=100)]] = {}


class EndingsFile(Table):
    """endings.toml."""

    ending: Annotated[list[EndingRow], Field(min_length=1, max_length=len(ENDINGS))]


class ReachRow(Table):
    """`Reach`."""

    of: SeatName
    on: SeatName
    base: Signed
    columns: Coefficients = {}

    @field_validator("on")
    @classmethod
    def _another(cls, value: Seat, info: ValidationInfo) -> Seat:
        if value is info.data.get("of"):
            raise refuse('"of" and "on" are the same seat', "name two seats")
        return value


class ReachesFile(Table):
    """reaches.toml."""

    reach: Annotated[list[ReachRow], Field(min_length=1, max_length=12)]


class SuspicionTable(Table):
    """Each seat's suspicion; four probabilities in the order of `Cause`."""

    US: Suspicion | None = None
    IRAN: Suspicion | None = None
    MILITIA: Suspicion | None = None
    IRAQ: Suspicion | None = None


class OpeningTable(Table):
    """An opening state, or how it differs from another."""

    columns: Values = {}
    pairs: PairValues = {}
    suspicion: SuspicionTable = SuspicionTable()
    culprit: Suspicion | None = None
