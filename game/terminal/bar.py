"""The progress bar."""

import sys
from types import TracebackType
from typing import Self

from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, Task, TimeRemainingColumn
from rich.progress import Progress as Drawn
from rich.text import Text

from .drawn import console_on


class Bar:
    """A bar with the rate and the time left, gone when it is done."""

    def __init__(self, games: int) -> None:
        self._drawn = Drawn(
            BarColumn(None),
            MofNCompleteColumn(),
            _Rate(),
            TimeRemainingColumn(),
            console=console_on(sys.stderr),
            transient=True,
        )
        self._task = self._drawn.add_task("", total=games)

    def __enter__(self) -> Self:
        self._drawn.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._drawn.stop()

    def advance_to(self, games: int) -> None:
        """See `progress.Progress`."""
        self._drawn.update(self._task, completed=games)


class _Rate(ProgressColumn):
    """Games a second."""

    def render(self, task: Task) -> Text:
        """The rate so far; a dash before there is one."""
        return Text(f"{task.speed:,.0f} games/s" if task.speed else "- games/s", "dim")
