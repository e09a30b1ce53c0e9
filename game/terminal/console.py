"""What the commands print on. A `Console` takes headings, paragraphs, lists and tables; one kind
draws them (`rich_console`), the other, here, writes plain lines for screen readers and simple
shells.
"""

import sys
import textwrap
from collections.abc import Iterable, Sequence
from typing import Protocol, TextIO

from game.content.visible import visible
from game.views.handbook.page import Entry, Page

from .lines import clear_sequence, read_line, width_of
from .tables import Table, row_sentences


class Console(Page, Protocol):
    """What a command prints on and reads from."""

    def warn(self, text: str) -> None:
        """A paragraph that must not be missed."""

    def table(self, table: Table) -> None:
        """A table."""

    def gap(self) -> None:
        """An empty line."""

    def clear(self) -> None:
        """Puts everything shown so far out of sight."""

    def is_short(self) -> bool:
        """Whether a page of a turn is longer than the window that somebody looks at."""

    def read(self, prompt: str) -> str:
        """A line that somebody types, without the blanks around it.

        Raises:
            EOFError: the input has ended.
        """


def open_console(*, plain: bool, errors: bool = False, paged: bool = False) -> Console:
    """The console of a command.

    Args:
        plain: without boxes, colours and tricks.
        errors: on stderr in place of stdout.
        paged: waits for Enter where more is shown than the window holds; never in plain text, and
            nowhere but where somebody sits at the terminal.
    """
    stream = sys.stderr if errors else sys.stdout
    if plain:
        return PlainConsole(stream)
    from .rich_console import RichConsole  # noqa: PLC0415 (plain text needs no rich)

    return RichConsole(stream, paged=paged)


class PlainConsole:
    """Plain lines, one after the other; tables are told row by row."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def _write(self, text: str = "", indent: str = "", hang: str = "") -> None:
        for line in visible(text, "\n\t").split("\n"):
            folded = textwrap.wrap(
                line,
                width_of(self._stream),
                initial_indent=indent,
                subsequent_indent=hang,
                break_long_words=False,
                break_on_hyphens=False,
            )
            self._stream.write("\n".join(folded or [""]) + "\n")

    def title(self, text: str) -> None:
        """See `Console`."""
        self._write(f"\n== {text} ==")

    def heading(self, text: str) -> None:
        """See `Console`."""
        stop = "" if text.endswith((".", "?", "!", ":")) else ":"
        self._write(f"\n{text}{stop}" if text else "")

    def say(self, text: str) -> None:
        """See `Console`."""
        self._write(text)

    def aside(self, text: str) -> None:
        """See `Console`."""
        self._write(text)

    def warn(self, text: str) -> None:
        """See `Console`."""
        self._write(text)

    def bullets(self, items: Iterable[str]) -> None:
        """See `Console`."""
        for item in items:
            self._write(item, "- ", "  ")

    def figures(self, rows: Iterable[tuple[str, str]]) -> None:
        """See `Console`."""
        for label, value in rows:
            self._write(f"{label}: {value}", "  ", "    ")

    def table(self, table: Table) -> None:
        """See `Console`."""
        for row in row_sentences(table):
            self._write(row, "  ", "    ")

    def entries(self, entries: Sequence[Entry], first: int | None = 1) -> None:
        """See `Console`."""
        for place, entry in enumerate(entries):
            number = "" if first is None else f"{first + place}. "
            parts = [entry.text, entry.notes and entry.notes + "."]
            parts += [f"Not now: {entry.closed}."] if entry.closed else []
            told = " ".join(part for part in parts if part)
            self._write(f"{number}{entry.name}" + (f": {told}" if told else ""), "  ", "    ")

    def gap(self) -> None:
        """See `Console`."""
        self._write()

    def clear(self) -> None:
        """See `Console`."""
        self._stream.write(clear_sequence(self._stream))

    def is_short(self) -> bool:
        """See `Console`; a voice has no window."""
        return False

    def read(self, prompt: str) -> str:
        """See `Console`."""
        return read_line(f"{prompt} ", self._stream)
