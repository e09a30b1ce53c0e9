"""What the record's file must look like."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from .kinds import Day, Id, Ids, RungNumber, Sentence, Table, one_or_many
from .problems import Mistake
from .raw import RawTable, repeated, tables, texts
from .source_schema import SourceRow
from .wording import unknown


class RecordedEvent(Table):
    """One event, told once for every scenario."""

    id: Id
    date: Day
    rung: RungNumber
    text: Sentence
    """What no source disputes, or whose account it is."""
    readings: Annotated[list[Sentence], Field(min_length=1, max_length=10)] | None = None
    """Where accounts differ: a sentence for each, with whose it is."""
    source: Annotated[Ids, Field(min_length=1)]


class RecordFile(Table):
    """The record."""

    event: Annotated[list[RecordedEvent], Field(min_length=1, max_length=1_000)]
    source: Annotated[list[SourceRow], Field(min_length=1, max_length=1_000)]


def record_mistakes(data: RawTable) -> Iterator[Mistake]:
    """No id stands twice, and every source that an event names is there."""
    yield from repeated(data, "event", ("id",))
    yield from repeated(data, "source", ("id",))
    ids = texts(data, "source", "id")
    for index, event in enumerate(tables(data, "event")):
        named = one_or_many(event.get("source"))
        for place, source in enumerate(named if isinstance(named, list) else []):
            if isinstance(source, str) and source not in ids:
                yield Mistake(("event", index, "source", place), *unknown("source", source, ids))
