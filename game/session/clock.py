"""How long a turn may last. It counts only what it can believe."""

import time
from collections.abc import Callable

LONGEST_STEP = 2.0
"""More seconds than this between two looks count as this many: a machine that slept, or a clock
that was set, costs nobody their turn. Whoever shows the clock looks at it every second or so.
"""


class Clock:
    """Counts the seconds of a turn, as long as somebody looks at it and it is not held."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._last = now()
        self.limit: float | None = None
        """Seconds for a turn; None for no limit."""
        self.held = False
        """Whether it stands still: the match is paused or over."""
        self.spent = 0.0
        """Seconds of this turn that have passed."""
        self.extra = 0.0
        """Seconds that were added to this turn."""

    def look(self) -> float | None:
        """Seconds left in the turn, 0 when time is up; None without a limit."""
        now = self._now()
        step, self._last = now - self._last, now
        if not self.held and step > 0:
            self.spent += min(step, LONGEST_STEP)
        return None if self.limit is None else max(0.0, self.limit + self.extra - self.spent)

    def restart(self) -> None:
        """A new turn: all of its time is left."""
        self._last = self._now()
        self.spent = self.extra = 0.0
