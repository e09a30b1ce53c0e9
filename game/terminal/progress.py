"""How far a simulation has come: a bar on a terminal's stderr, now and then a line in plain text,
nothing in a pipe.
"""

import sys
import time
from types import TracebackType
from typing import Protocol, Self

EVERY = 5.0
"""Seconds between two lines of plain text."""


class Progress(Protocol):
    """Told how many games are done."""

    def __enter__(self) -> Self:
        """Begins to show it."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Puts it away."""

    def advance_to(self, games: int) -> None:
        """So many games are done."""


def progress(games: int, *, plain: bool) -> Progress:
    """What shows the progress of a simulation of so many games."""
    if plain or not sys.stderr.isatty():
        return Lines(games, silent=not sys.stderr.isatty())
    from .bar import Bar  # noqa: PLC0415 (plain text needs no rich)

    return Bar(games)


class Lines:
    """A line now and then."""

    def __init__(self, games: int, *, silent: bool) -> None:
        self._games, self._silent = games, silent
        self._start = self._told = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        pass

    def advance_to(self, games: int) -> None:
        """See `Progress`."""
        now = time.monotonic()
        if self._silent or now - self._told < EVERY:
            return
        self._told = now
        rate = games / (now - self._start)
        left = (self._games - games) / rate
        print(
            f"{games:,} of {self._games:,} games, {rate:,.0f} a second, {left:.0f} s left",
            file=sys.stderr,
        )
