"""Has a turn adjudicated in a thread, for a planner may think for seconds."""

from threading import Thread

from game.session.errors import FileError
from game.session.match import Match, MatchError


class Settling:
    """One adjudication under way."""

    def __init__(self, match: Match) -> None:
        """Begins it."""
        self._match = match
        self._fault: Exception | None = None
        self._thread = Thread(target=self._advance, daemon=True)
        self._thread.start()

    def _advance(self) -> None:
        try:
            self._match.advance()
        except Exception as error:  # told in the window, by its own thread
            self._fault = error

    def wait(self, seconds: float | None = None) -> bool:
        """Waits so long, or to its end; whether it is over."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    @property
    def fault(self) -> str:
        """Why it could not be done, once it is over; empty where it was. What is nobody's mistake
        is raised.
        """
        if self._fault is not None and not isinstance(self._fault, MatchError | FileError):
            raise self._fault
        return str(self._fault or "")
