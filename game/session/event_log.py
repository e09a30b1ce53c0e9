"""The events of a match and what they amount to: each is written down, and only then counts."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from pydantic import ValidationError

from game.content.order_codec import order_names
from game.content.scenario import Scenario
from game.rules.orders import Order
from game.rules.outcome import Outcome
from game.rules.seats import Seat
from game.rules.state import State

from .errors import MatchError
from .events import MOST_WORDS, Adjudicated, Event, Ordered, Undone, clean, effective
from .journal import Journal
from .match_state import MatchState
from .ordering import Forecast
from .record import Record

Made = TypeVar("Made", bound=Event)


class EventLog:
    """What has happened in one match. Without a journal it is kept in memory only."""

    def __init__(
        self, match_state: MatchState, record: Record | None = None, journal: Journal | None = None
    ) -> None:
        """
        Args:
            match_state: what the record's events amount to; without a record, a new match.
            record: what was read of the match's file.
            journal: that file, held for writing.
        """
        self.match_state, self.record, self.journal = match_state, record, journal
        self.events: list[Event] = record.events if record else []

    @property
    def scenario(self) -> Scenario:
        """What is played, under the match's own rules and lens."""
        return self.match_state.scenario

    def make(self, kind: type[Made], /, after: Sequence[Event] = (), **fields: Any) -> Made:
        """An event that comes next, after those that are not yet written down.

        Raises:
            MatchError: a field cannot be so.
        """
        number = len(self.events) + len(after) + 1
        turn = min(self.match_state.state.turn + 1, 1_000)
        try:
            return kind(n=number, at=stamp(), turn=turn, **fields)
        except ValidationError as error:
            wrong = error.errors(include_url=False)[0]
            field = wrong["loc"][0] if wrong["loc"] else kind.table
            most = wrong.get("ctx", {}).get("max_length")
            why = f"it has {most:,} characters at most" if most else "it is none that a match keeps"
            raise MatchError(f"the {field} cannot be taken: {why}") from None

    def ordered(
        self,
        seat: Seat,
        order: Order,
        by: str,
        forecast: Forecast,
        after: Sequence[Event] = (),
    ) -> Ordered:
        """The event of a seat's legal orders; see `make`."""
        names = order_names(self.scenario.setting.rulebook, seat, order)
        odds = {f"forecast_{about.name.lower()}": float(p) for about, p in forecast.items()}
        return self.make(Ordered, after=after, seat=seat, given_by=by, **names, **odds)

    def write(
        self,
        *events: Event,
        files: Mapping[str, str] | None = None,
        result: tuple[State, Outcome] | None = None,
    ) -> None:
        """Writes events down; only then do they count.

        Args:
            events: made by `make`, in their order.
            files: texts that the match is played by from now on.
            result: of an adjudication among the events, where it was made just now.

        Raises:
            FileError: the disk does not take them; nothing has changed.
            MatchError: the match was closed.
        """
        if self.journal is not None and events:
            self.journal.append(events, files)
        self.events += events
        for event in events:
            if isinstance(event, Undone):
                before = self.match_state
                self.match_state = MatchState(before.scenario, before.seed, before.game)
                self.match_state.apply_all(effective(self.events))
            else:
                self.match_state.apply(event, result if isinstance(event, Adjudicated) else None)
        if self.record is not None:
            self.record.texts.update(files or {})


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
