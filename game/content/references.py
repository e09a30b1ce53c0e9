"""What a scenario may refer to, and the kinds of values that refer to it."""

from dataclasses import dataclass
from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo

from game.rules.rulebook import Rulebook

from .kinds import Id, Ids, one_or_many, refuse, refuse_all
from .problems import Mistake
from .raw import RawTable, tables, texts
from .record import Record
from .wording import unknown


@dataclass(frozen=True, slots=True)
class Known:
    """What a scenario may refer to: the context in which its models are validated."""

    rulebook: Rulebook
    sources: tuple[str, ...]
    """Ids of its own sources and of the record's."""
    events: tuple[str, ...]
    """Ids of the record's events."""
    turns: int
    """Length of its own calendar; 0 where it has none that can be read."""
    stem: str
    """The name of its file, without the ending."""

    @classmethod
    def of(cls, data: RawTable, rulebook: Rulebook, record: Record, stem: str) -> Self:
        """What a document has to refer to, whatever else may be wrong with it."""
        sources = (*texts(data, "source", "id"), *record.sources)
        return cls(rulebook, sources, tuple(record.events), len(tables(data, "turn")), stem)


def known(info: ValidationInfo) -> Known:
    """The context of a validation.

    Raises:
        TypeError: the model is being validated without a context.
    """
    if not isinstance(info.context, Known):
        raise TypeError("a scenario is validated in the context of what it may refer to")
    return info.context


def _turn(value: int, info: ValidationInfo) -> int:
    turns = known(info).turns
    if turns and not 1 <= value <= turns:
        raise refuse(f"there is no turn {value:.6g}", f"write a number from 1 to {turns}")
    return value


def _sources(value: list[str], info: ValidationInfo) -> list[str]:
    if not value:
        raise refuse("the list of sources is empty", "name a source, or leave the key out")
    ids = known(info).sources
    refuse_all(
        Mistake((index,), *unknown("source", source, ids))
        for index, source in enumerate(value)
        if source not in ids
    )
    return value


def _events(value: list[str], info: ValidationInfo) -> list[str]:
    ids = known(info).events
    refuse_all(
        Mistake((index,), *unknown("event of the record", event, ids))
        for index, event in enumerate(value)
        if event not in ids
    )
    return value


def _theories(value: object, info: ValidationInfo) -> object:
    """Checks `{ theory = odds }`, all mistakes at once."""
    ids = [theory.id for theory in known(info).rulebook.theories]
    if isinstance(value, dict):
        refuse_all(
            Mistake((name,), *unknown("theory", name, ids)) for name in value if name not in ids
        )
    return value


TurnNumber = Annotated[int, AfterValidator(_turn)]
"""A turn of the scenario's own calendar, from 1."""
SourceIds = Annotated[Ids, AfterValidator(_sources)]
"""Ids of the scenario's own sources, or of the record's."""
EventIds = Annotated[
    list[Id], BeforeValidator(one_or_many), Field(max_length=500), AfterValidator(_events)
]
"""Ids of events of the record; a single one needs no brackets."""
TheoryOdds = Annotated[
    dict[str, Annotated[float, Field(gt=0, le=1_000)]], BeforeValidator(_theories)
]
"""How likely each theory of the rulebook is, in any unit; those left out are not."""
