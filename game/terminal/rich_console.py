"""The console that draws: headings, aligned lists and tables, colour where the terminal has it."""

import shutil
import sys
from collections.abc import Iterable, Sequence
from typing import TextIO

import rich.console
from rich import box
from rich.console import RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table as Grid
from rich.text import Text

from game.content.visible import visible
from game.views.handbook.page import Entry

from .lines import SHORT, clear_sequence, read_line, width_of
from .tables import Table, row_sentences

ACCENT = "bold cyan"
QUIET = "dim"
LOUD = "yellow"
NAME_WIDTH = 24
NARROW = 70
"""Windows with fewer columns than this are shown no tables."""
MORE = "More: Enter"
_HIDE = "\x1b[H\x1b[2J\x1b[3J"
"""To the top, wipe the window, wipe what had been scrolled out of it."""


class _Quiet(rich.console.Console):
    def on_broken_pipe(self) -> None:
        """What to do about it is `errors.guarded`'s to say."""
        raise BrokenPipeError


def console_on(stream: TextIO) -> rich.console.Console:
    """A console that prints texts as they are: no markup, no guessed colours."""
    return _Quiet(
        file=stream,
        width=width_of(stream),
        markup=False,
        highlight=False,
        emoji=False,
        soft_wrap=False,
    )


class RichConsole:
    """Draws with `rich`; without a terminal the same, less colour."""

    def __init__(self, stream: TextIO, *, paged: bool = False) -> None:
        self._stream = stream
        self._console = console_on(stream)
        self._paged = paged and stream.isatty() and sys.stdin is not None and sys.stdin.isatty()
        self._shown = 0
        """Lines in the window since somebody last typed."""
        self._ahead = ""
        """What was typed where only Enter was asked for: it answers the next question."""

    @property
    def _narrow(self) -> bool:
        return width_of(self._stream) < NARROW

    def _draw(self, what: RenderableType) -> None:
        """Prints in the width that the window has now, and no faster than it can be read."""
        self._console.width = width_of(self._stream)
        if not self._paged:
            self._console.print(what)
            return
        with self._console.capture() as drawn:
            self._console.print(what)
        for line in drawn.get().splitlines(keepends=True):
            if self._paged and self._shown >= _height() - 1:
                self._wait()
            self._stream.write(line)
            self._shown += 1

    def _wait(self) -> None:
        """Lets what is shown be read; then the rest follows."""
        try:
            self._ahead = self.read(MORE)
        except EOFError:
            self._paged = False

    def title(self, text: str) -> None:
        """See `Console`."""
        self.gap()
        fits = len(text) + 4 <= width_of(self._stream)
        self._draw(
            Rule(_text(text, ACCENT), align="left", style=QUIET) if fits else _text(text, ACCENT)
        )

    def heading(self, text: str) -> None:
        """See `Console`."""
        self._draw(_text(f"\n{text}", "bold"))

    def say(self, text: str) -> None:
        """See `Console`."""
        self._draw(_text(text))

    def aside(self, text: str) -> None:
        """See `Console`."""
        self._draw(_text(text, QUIET))

    def warn(self, text: str) -> None:
        """See `Console`."""
        self._draw(_text(text, LOUD))

    def bullets(self, items: Iterable[str]) -> None:
        """See `Console`."""
        grid = _grid(2)
        for item in items:
            grid.add_row(_text(" •", QUIET), _text(item))
        self._draw(grid)

    def figures(self, rows: Iterable[tuple[str, str]]) -> None:
        """See `Console`."""
        grid = _grid(2)
        for label, value in rows:
            grid.add_row(_text(label, QUIET), _text(value))
        self._draw(Padding(grid, (0, 0, 0, 2)))

    def table(self, table: Table) -> None:
        """See `Console`; a narrow window is told the rows."""
        if self._narrow:
            self.bullets(row_sentences(table))
            return
        drawn = Grid(box=box.SIMPLE_HEAD, pad_edge=True, show_edge=False, header_style=QUIET)
        for place, column in enumerate(table.columns):
            drawn.add_column(
                _text(column.name),
                justify="right" if column.right else "left",
                no_wrap=column.right,
                style="" if place else "bold",
            )
        for row in table.rows:
            drawn.add_row(*(_text(cell) for cell in row))
        self._draw(drawn)

    def entries(self, entries: Sequence[Entry], first: int | None = 1) -> None:
        """See `Console`; in a narrow window the name stands before the text."""
        grid = _grid(2 if self._narrow else 3)
        grid.columns[0].justify = "right"
        grid.columns[0].min_width = 0 if first is None else 2
        if not self._narrow and any(entry.text for entry in entries):
            grid.columns[1].min_width = NAME_WIDTH
            grid.columns[1].max_width = None if first is None else NAME_WIDTH
        for place, entry in enumerate(entries):
            shade = QUIET if entry.closed else ""
            number = _text("" if first is None else f"{first + place}", shade or ACCENT)
            name, told = _text(entry.name, shade or "bold"), _entry_text(entry)
            if self._narrow:
                grid.add_row(number, Text.assemble(name, ". " if told else "", told))
            else:
                grid.add_row(number, name, told)
        self._draw(grid)

    def gap(self) -> None:
        """See `Console`."""
        self._draw("")

    def clear(self) -> None:
        """See `Console`."""
        self._shown, self._ahead = 0, ""
        plain = self._console.is_dumb_terminal or self._console.legacy_windows
        if self._console.is_terminal and not plain:
            self._stream.write(_HIDE)
            self._stream.flush()
        else:
            self._stream.write(clear_sequence(self._stream))

    def is_short(self) -> bool:
        """See `Console`."""
        return self._stream.isatty() and _height() < SHORT

    def read(self, prompt: str) -> str:
        """See `Console`."""
        self._console.print(_text(prompt, ACCENT), end=" ")
        self._shown = 0
        ahead, self._ahead = self._ahead, ""
        if ahead:
            self._stream.write(f"{ahead}\n")
        return ahead or read_line("", self._stream)


def _text(text: str, style: str = "") -> Text:
    """A text that holds no orders to the terminal."""
    return Text(visible(text, "\n\t"), style)


def _height() -> int:
    return shutil.get_terminal_size((80, 24)).lines


def _grid(columns: int) -> Grid:
    grid = Grid.grid(padding=(0, 1))
    for _ in range(columns):
        grid.add_column()
    return grid


def _entry_text(entry: Entry) -> Text:
    """An entry's text, its figures, and why it is closed."""
    told = _text(entry.text, QUIET if entry.closed else "")
    if entry.notes:
        told.append_text(_text(f" {entry.notes}." if entry.text else f"{entry.notes}.", QUIET))
    if entry.closed:
        told.append_text(_text(f" Not now: {entry.closed}.", LOUD))
    return told
