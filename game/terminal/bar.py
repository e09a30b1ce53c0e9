"""The progress bar."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TimeRemainingColumn,
)
from rich.text import Text

from .rich_console import console_on


@contextmanager
def bar(games: int) -> Iterator["Bar"]:
    """A bar with the rate and the time left, gone when it is done."""
    with Progress(
        BarColumn(None),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(),
        console=console_on(sys.stderr),
        transient=True,
    ) as drawn:
        yield Bar(drawn, drawn.add_task("", total=games))


class Bar:
    """A bar that is on screen."""

    def __init__(self, drawn: Progress, task: TaskID) -> None:
        self._drawn, self._task = drawn, task

    def advance_to(self, games: int) -> None:
        """See `progress.Progress`."""
        self._drawn.update(self._task, completed=games)


class _Rate(ProgressColumn):
    """Games a second."""

    def render(self, task: Task) -> Text:
        """The rate so far; a dash before there is one."""
        return Text(f"{task.speed:,.0f} games/s" if task.speed else "- games/s", "dim")
