"""What the rulebook's files of deeds, words and messages must look like; the fields are those of
`rules.rulebook`.
"""

from collections.abc import Iterator
from typing import Annotated, Any, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from game.rules.seats import Seat
from game.rules.state import COLUMNS

from .amounts import (
    Changes,
    Costs,
    OccasionWeights,
    column_limits,
)
from .kinds import (
    Amount,
    Column,
    GroupName,
    HostName,
    Id,
    Name,
    Odds,
    PairName,
    RungNumber,
    SeatName,
    Sentence,
    Share,
    Signed,
    Table,
    VisibilityName,
    WordOccasionName,
    placeholders,
    refuse,
    refuse_all,
)
from .numbers_schema import within
from .problems import Mistake


class RequirementRow(Table):
    """`Requirement`."""

    column: Column
    at_least: float | None = None
    at_most: float | None = None
    because: Sentence

    @field_validator("at_least", "at_most")
    @classmethod
    def _in_range(cls, value: float | None, info: ValidationInfo) -> float | None:
        if value is None or "column" not in info.data:
            return value
        return within(value, column_limits(COLUMNS, info.data["column"]))

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        low, high = self.at_least, self.at_most
        if low is None and high is None:
            raise refuse("the condition has no bound", "add at_least or at_most")
        if low is not None and high is not None and low > high:
            raise refuse('"at_least" is above "at_most"', "exchange the two")
        return self


class FireRow(Table):
    """`Fire`."""

    campaign: bool = False
    rounds_low: Annotated[float, Field(ge=0, le=1_000)] = 0.0
    rounds_high: Annotated[float, Field(ge=0, le=1_000)] = 0.0
    accuracy: Share = 0.0
    lethality: Share = 0.0
    toll: Annotated[float, Field(ge=0, le=1_000)] = 0.0
    wounding: Annotated[float, Field(ge=0, le=1_000)] = 0.0
    rung: Annotated[float, Field(ge=0, le=10)] = 0.0
    arsenal: Share = 1.0

    @field_validator("rounds_high")
    @classmethod
    def _in_order(cls, value: float, info: ValidationInfo) -> float:
        if value < info.data.get("rounds_low", value):
            raise refuse('"rounds_high" is below "rounds_low"', "exchange the two")
        return value


class StrikeRow(Table):
    """`Strike`."""

    fighters: Amount = 0.0
    rockets: Share = 0.0
    leaders: Share = 0.0
    collateral: Amount = 0.0
    civilians: Amount = 0.0


class DeedRow(Table):
    """`Deed`."""

    id: Id
    seat: SeatName
    name: Name
    sentence: Sentence
    group: GroupName
    rung: RungNumber
    visibility: VisibilityName
    report: Sentence
    against: dict[SeatName, RungNumber] = {}
    harm: dict[SeatName, Annotated[float, Field(ge=-10, le=10)]] = {}
    costs: Costs = {}
    effects: Changes = {}
    weekly: Changes = {}
    timely: Changes = {}
    occasion: OccasionWeights = {}
    resolve: dict[SeatName, Signed] = {}
    requires: Annotated[list[RequirementRow], Field(max_length=12)] = []
    at: HostName | None = None
    fire: FireRow | None = None
    strike: StrikeRow | None = None
    investigates: Share = 0.0
    detains: Amount = 0.0
    effort: Share | None = None
    curbs: Share = 0.0
    heavy: bool = False
    reveals: Share = 0.0
    mediates: bool = False

    @field_validator("report")
    @classmethod
    def _report(cls, value: str) -> str:
        return placeholders(value, ["site"])

    @field_validator("requires")
    @classmethod
    def _seen(cls, value: list[RequirementRow], info: ValidationInfo) -> list[RequirementRow]:
        if "seat" in info.data:
            refuse_all(_unseen(value, info.data["seat"]))
        return value

    @field_validator("against", "harm", "resolve")
    @classmethod
    def _others(cls, value: dict[Seat, Any], info: ValidationInfo) -> dict[Seat, Any]:
        return _not_itself(value, info.data.get("seat"))


class DeedsFile(Table):
    """deeds.toml."""

    deed: Annotated[list[DeedRow], Field(min_length=1, max_length=200)]


def _braces(word: ValidationInfo) -> list[str]:
    """The braces that a word's sentence may have."""
    braces = {"to": "to_seat", "rung": "to_rung"}
    return [brace for brace, key in braces.items() if word.data.get(key, True)]


class WordRow(Table):
    """`Word`."""

    id: Id
    name: Name
    to_seat: bool = False
    to_rung: bool = False
    sentence: Sentence
    report: Sentence
    seats: Annotated[list[SeatName], Field(min_length=1, max_length=4)]
    stake: Share = 0.0
    odds: dict[SeatName, Odds] = {}
    credit: Signed = 0.0
    facade: Signed = 0.0
    accuses: bool = False
    case: Signed = 0.0
    doubt: Share = 0.0
    soothes: Share = 0.0
    offends: Annotated[float, Field(ge=0, le=10)] = 0.0
    effects: dict[SeatName, Changes] = {}
    occasion: WordOccasionName | None = None
    requires: dict[SeatName, Annotated[list[RequirementRow], Field(max_length=12)]] = {}

    @field_validator("sentence")
    @classmethod
    def _sentence(cls, value: str, info: ValidationInfo) -> str:
        return placeholders(value, _braces(info))

    @field_validator("report")
    @classmethod
    def _report(cls, value: str, info: ValidationInfo) -> str:
        return placeholders(value, ["speaker", *_braces(info)])

    @field_validator("requires")
    @classmethod
    def _seen(cls, value: dict[Seat, list[RequirementRow]]) -> dict[Seat, list[RequirementRow]]:
        refuse_all(
            Mistake((seat.name, *loc), what, remedy)
            for seat, rows in value.items()
            for loc, what, remedy in _unseen(rows, seat)
        )
        return value


class WordsFile(Table):
    """words.toml."""

    word: Annotated[list[WordRow], Field(min_length=1, max_length=40)]


class DealRow(Table):
    """`Deal`."""

    days: Annotated[int, Field(ge=1, le=365)]
    forbears: dict[SeatName, dict[SeatName, Annotated[int, Field(ge=1, le=10)]]] = {}
    weekly: Changes = {}
    exposed: Changes = {}
    warns: bool = False

    @field_validator("forbears")
    @classmethod
    def _others(cls, value: dict[Seat, dict[Seat, int]]) -> dict[Seat, dict[Seat, int]]:
        for party, spared in value.items():
            _not_itself(spared, party)
        return value


class WhisperRow(Table):
    """`Whisper`."""

    id: Id
    name: Name
    sentence: Sentence
    report: Sentence
    links: Annotated[list[PairName], Field(max_length=12)]
    guidance: Signed | None = None
    soothes: Share = 0.0
    stake: Share = 0.0
    deal: DealRow | None = None

    @field_validator("deal")
    @classmethod
    def _mutual(cls, value: DealRow | None, info: ValidationInfo) -> DealRow | None:
        links = info.data.get("links", [])
        if value is not None and any((to, by) not in links for by, to in links):
            raise refuse(
                "one side could offer this deal and the other could not sign it",
                'link the two both ways, as in "US>IRAN" and "IRAN>US"',
            )
        return value

    @field_validator("sentence")
    @classmethod
    def _sentence(cls, value: str) -> str:
        return placeholders(value, ["to"])

    @field_validator("report")
    @classmethod
    def _report(cls, value: str) -> str:
        return placeholders(value, ["speaker", "to"])


class WhispersFile(Table):
    """whispers.toml."""

    whisper: Annotated[list[WhisperRow], Field(min_length=1, max_length=40)]


class FiresFile(Table):
    """fires.toml."""

    splinter: FireRow
    third_party: FireRow


def _unseen(rows: list[RequirementRow], seat: Seat) -> Iterator[Mistake]:
    """Conditions on what the seat does not see; a refusal would tell it."""
    for index, row in enumerate(rows):
        if seat not in COLUMNS[row.column].seen_by:
            yield Mistake(
                (index, "column"),
                f"{seat.name} does not see {row.column}",
                "make it depend on something that the seat sees",
            )


def _not_itself(value: dict[Seat, Any], seat: Seat | None) -> dict[Seat, Any]:
    if seat in value:
        raise refuse("a seat is named against itself", "name other seats only")
    return value
