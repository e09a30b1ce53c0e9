"""How far a simulation has come: a bar on a terminal's stderr, now and then a line in plain text,
nothing in a pipe.
"""

import sys
import time
from contextlib import AbstractContextManager, nullcontext
from typing import Protocol

EVERY = 5.0
"""Seconds between two lines of plain text."""


class Progress(Protocol):
    """Told how many games are done."""

    def advance_to(self, games: int) -> None:
        """So many games are done."""


def progress(games: int, *, plain: bool) -> AbstractContextManager[Progress]:
    """What shows the progress of a simulation of so many games, for as long as that goes on."""
    if plain or not sys.stderr.isatty():
        return nullcontext(_Lines(games, silent=not sys.stderr.isatty()))
    from .bar import bar  # noqa: PLC0415 (plain text needs no rich)

    return bar(games)


class _Lines:
    """A line now and then."""

    def __init__(self, games: int, *, silent: bool) -> None:
        self._games, self._silent = games, silent
        self._start = self._told = time.monotonic()

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
