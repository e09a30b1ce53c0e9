"""What a page of the handbook is written on: a terminal, a window, a sheet of HTML."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol


class Entry(NamedTuple):
    """One thing of a list that somebody can pick from or look up."""

    id: str
    name: str
    text: str = ""
    notes: str = ""
    """Figures beside the text; quieter."""
    closed: str = ""
    """Why it cannot be picked now; empty where it can."""
    topic: str = ""
    """The page of the rulebook that explains it."""


class Page(Protocol):
    """Takes the parts of a page in their order."""

    def title(self, text: str) -> None:
        """The heading of a page."""

    def heading(self, text: str) -> None:
        """The heading of a part of a page."""

    def say(self, text: str) -> None:
        """A paragraph; line breaks in it are kept."""

    def aside(self, text: str) -> None:
        """A quieter paragraph."""

    def bullets(self, items: Iterable[str]) -> None:
        """A list."""

    def figures(self, rows: Iterable[tuple[str, str]]) -> None:
        """Labels with their values."""

    def entries(self, entries: Sequence[Entry], first: int | None = 1) -> None:
        """Things to pick from, numbered from `first`; without numbers where that is None."""
