"""The screen that draws: headings, aligned lists and tables, colour where the terminal has it."""

import shutil
from collections.abc import Iterable, Sequence
from typing import TextIO

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from .screen import SHORT, Entry, Table, read_line, width_of

ACCENT = "bold cyan"
QUIET = "dim"
LOUD = "yellow"
NAME_WIDTH = 24
_HIDE = "\x1b[H\x1b[2J\x1b[3J"
"""To the top, wipe the window, wipe what had been scrolled out of it."""


class _Quiet(Console):
    def on_broken_pipe(self) -> None:
        """What to do about it is `errors.guarded`'s to say."""
        raise BrokenPipeError


def console_on(stream: TextIO) -> Console:
    """A console that prints texts as they are: no markup, no guessed colours."""
    return _Quiet(
        file=stream,
        width=width_of(stream),
        markup=False,
        highlight=False,
        emoji=False,
        soft_wrap=False,
    )


class DrawnScreen:
    """Draws with `rich`; without a terminal the same, less colour."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._console = console_on(stream)

    def _print(self, text: str, style: str = "") -> None:
        self._console.width = width_of(self._stream)
        self._console.print(Text(text, style))

    def title(self, text: str) -> None:
        """See `Screen`."""
        self.gap()
        self._console.width = width_of(self._stream)
        self._console.rule(Text(text, ACCENT), align="left", style=QUIET)

    def heading(self, text: str) -> None:
        """See `Screen`."""
        self._print(f"\n{text}", "bold")

    def say(self, text: str) -> None:
        """See `Screen`."""
        self._print(text)

    def aside(self, text: str) -> None:
        """See `Screen`."""
        self._print(text, QUIET)

    def warn(self, text: str) -> None:
        """See `Screen`."""
        self._print(text, LOUD)

    def bullets(self, items: Iterable[str]) -> None:
        """See `Screen`."""
        grid = _grid(2)
        for item in items:
            grid.add_row(Text(" •", QUIET), Text(item))
        self._console.print(grid)

    def figures(self, rows: Iterable[tuple[str, str]]) -> None:
        """See `Screen`."""
        grid = _grid(2)
        for label, value in rows:
            grid.add_row(Text(label, QUIET), Text(value))
        self._console.print(Padding(grid, (0, 0, 0, 2)))

    def table(self, table: Table) -> None:
        """See `Screen`."""
        drawn = Grid(box=box.SIMPLE_HEAD, pad_edge=True, show_edge=False, header_style=QUIET)
        for place, column in enumerate(table.columns):
            drawn.add_column(
                Text(column.name),
                justify="right" if column.right else "left",
                no_wrap=column.right,
                style="" if place else "bold",
            )
        for row in table.rows:
            drawn.add_row(*(Text(cell) for cell in row))
        self._console.print(drawn)

    def entries(self, entries: Sequence[Entry], first: int | None = 1) -> None:
        """See `Screen`."""
        grid = _grid(3)
        grid.columns[0].justify = "right"
        grid.columns[0].min_width = 0 if first is None else 2
        if any(entry.text for entry in entries):
            grid.columns[1].min_width = NAME_WIDTH
            grid.columns[1].max_width = None if first is None else NAME_WIDTH
        for place, entry in enumerate(entries):
            shade = QUIET if entry.closed else ""
            told = Text(entry.text, shade)
            if entry.notes:
                told.append(f" {entry.notes}.", QUIET)
            if entry.closed:
                told.append(f" Not now: {entry.closed}.", LOUD)
            number = "" if first is None else f"{first + place}"
            grid.add_row(Text(number, shade or ACCENT), Text(entry.name, shade or "bold"), told)
        self._console.print(grid)

    def gap(self) -> None:
        """See `Screen`."""
        self._console.print()

    def clear(self) -> None:
        """See `Screen`."""
        if self._console.is_terminal and not self._console.is_dumb_terminal:
            self._stream.write(_HIDE)
            self._stream.flush()
        else:
            self.gap()

    def is_short(self) -> bool:
        """See `Screen`."""
        return self._stream.isatty() and shutil.get_terminal_size((80, 24)).lines < SHORT

    def read(self, prompt: str) -> str:
        """See `Screen`."""
        self._console.print(Text(prompt, ACCENT), end=" ")
        return read_line("", self._stream)


def _grid(columns: int) -> Grid:
    grid = Grid.grid(padding=(0, 1))
    for _ in range(columns):
        grid.add_column()
    return grid
