"""A match that can be written to: it makes events, writes them down, and only then applies them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from game.content.order_codec import order_names
from game.content.scenario import Scenario
from game.rules.orders import Order
from game.rules.outcome import Outcome
from game.rules.seats import Seat
from game.rules.state import State

from .clock import Clock
from .errors import MatchError
from .events import (
    MOST_WORDS,
    Adjudicated,
    Controlled,
    Event,
    Ordered,
    Seated,
    Undone,
    clean,
    effective,
)
from .journal import Journal
from .match_state import MatchState
from .ordering import Forecast
from .record import Record
from .view import MatchView, Seating, Status

Made = TypeVar("Made", bound=Event)


class WritableMatch(MatchView):
    """A match with a pen. Without a journal, it writes in memory only."""

    def __init__(self, scenario: Scenario, match_state: MatchState, record: Record | None) -> None:
        super().__init__(scenario, match_state, record)
        self.clock = Clock()
        """The turn's time; its `look` tells what is left."""
        self._journal: Journal | None = None

    @property
    def path(self) -> Path | None:
        """The file that keeps the match; None without one."""
        return self._journal.path if self._journal else None

    def close(self) -> None:
        """Leaves the file to others. What was said to be kept is kept without it."""
        if self._journal is not None:
            self._journal.close()

    def _must_be_on(self) -> None:
        if self.status is Status.ENDED:
            raise MatchError("the game is over")

    def _must_go_on(self) -> None:
        if self._match_state.paused:
            raise MatchError("the match is paused")

    def _make(self, kind: type[Made], /, after: Sequence[Event] = (), **fields: Any) -> Made:
        """An event that comes next, after those that are not yet written down."""
        number = len(self._events) + len(after) + 1
        turn = min(self.state.turn + 1, 1_000)
        try:
            return kind(n=number, at=stamp(), turn=turn, **fields)
        except ValidationError as error:
            wrong = error.errors(include_url=False)[0]
            raise MatchError(f"{wrong['loc'][0]}: {wrong['msg']}") from None

    def _do(
        self,
        *events: Event,
        files: Mapping[str, str] | None = None,
        result: tuple[State, Outcome] | None = None,
    ) -> None:
        """Writes events down; only then do they count."""
        if self._journal is not None and events:
            self._journal.append(events, files)
        self._events += events
        for event in events:
            if isinstance(event, Undone):
                self._match_state = MatchState(self.scenario, self.seed, self.game)
                self._match_state.apply_all(effective(self._events))
            else:
                self._match_state.apply(event, result if isinstance(event, Adjudicated) else None)
        if self._record is not None:
            self._record.texts.update(files or {})
            self._record.events = self._events

    def _ordered(
        self,
        seat: Seat,
        order: Order,
        by: str,
        forecast: Forecast,
        after: Sequence[Event] = (),
    ) -> Ordered:
        names = order_names(self.scenario.setting.rulebook, seat, order)
        odds = {f"forecast_{about.name.lower()}": float(p) for about, p in forecast.items()}
        return self._make(Ordered, after=after, seat=seat, given_by=by, **names, **odds)

    def _seated(self, seat: Seat, seating: Seating) -> Seated:
        name = clean(seating.name)
        return self._make(Seated, seat=seat, kind=seating.kind, name=name)

    def _control(self, what: str, *, seconds: float | None = None, reason: str = "") -> None:
        self._do(self._make(Controlled, what=what, seconds=seconds, reason=reason))
        self._hold_clock()

    def _hold_clock(self) -> None:
        """The clock stands still while nobody may order."""
        self.clock.held = self.status in (Status.PAUSED, Status.ENDED)


def stamp() -> str:
    """The time as rows have it; for people, nothing depends on it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def words_of(text: str, what: str, most: int = MOST_WORDS) -> str:
    """A text that somebody typed, cleaned.

    Raises:
        MatchError: it is empty or too long.
    """
    cleaned = clean(text)
    if not cleaned:
        raise MatchError(f"{what} is missing")
    if len(cleaned) > most:
        raise MatchError(f"{what} has {most:,} characters at most; this one has {len(cleaned):,}")
    return cleaned
