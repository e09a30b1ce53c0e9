"""The record: events of history that scenarios refer to by id, and where they are known from."""

from collections.abc import Mapping
from dataclasses import dataclass

from .scenario import Event, Source


@dataclass(frozen=True, slots=True)
class Record:
    """Events and sources by their ids, in the order of the file."""

    events: Mapping[str, Event]
    sources: Mapping[str, Source]


EMPTY = Record({}, {})
"""What a scenario that refers to nothing needs."""
