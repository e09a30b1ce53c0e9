"""A match to look at: where it stands, what every seat sees, and what its file says."""

from enum import Enum
from pathlib import Path
from typing import NamedTuple

from game.content.order_codec import order_of
from game.content.problems import ContentError
from game.content.scenario import Scenario
from game.players.base import Options, options
from game.rules.account import Account, account
from game.rules.endings import Ending
from game.rules.observe import Observation, observe
from game.rules.outcome import Outcome
from game.rules.seats import SEATS, Seat
from game.rules.state import State

from . import locks, texts
from .adapting import Changes, changes
from .drafting import Draft
from .errors import FileError, MatchError, NotAMatchError, OtherVersionError
from .event_log import EventLog
from .events import Adjudicated, Injected, Kind, Locked, Opened, Ordered, Seated, effective
from .match_state import MatchState, Played
from .ordering import Commitment
from .reading import read
from .record import Record
from .versions import versions


class Seating(NamedTuple):
    """Who plays a seat."""

    kind: Kind
    name: str
    """Of the person or team, may be empty; of a computer, what `cast` knows it by."""

    @classmethod
    def person(cls, name: str = "") -> "Seating":
        """One person."""
        return cls(Kind.PERSON, name)

    @classmethod
    def team(cls, name: str) -> "Seating":
        """Several people with one vote."""
        return cls(Kind.TEAM, name)

    @classmethod
    def computer(cls, player: str) -> "Seating":
        """A computer player: a doctrine, planner, uniform, history, or a doctrine's file."""
        return cls(Kind.COMPUTER, player)


class Status(Enum):
    """What a match waits for."""

    WAITING = "waiting for orders"
    READY = "all orders are in"
    PAUSED = "paused"
    ENDED = "ended"


class MatchView:
    """One game of a scenario, as far as it has come. Nothing can be changed through it."""

    def __init__(self, log: EventLog) -> None:
        """See `read`, and `match.Match`."""
        self.scenario = log.scenario
        """What is played, under the match's own rules and lens."""
        self._log = log

    @classmethod
    def read(cls, path: Path) -> "MatchView":
        """Reads a match's file, be it somebody's who plays at this moment.

        Raises:
            FileError: the file is no match, damaged, or of another version.
        """
        return MatchView.of_record(path, read(path))

    @classmethod
    def of_record(cls, path: Path, record: Record) -> "MatchView":
        """A match from what was read of its file.

        Raises:
            FileError: its events do not fit its rules, or this version cannot play it.
        """
        scenario = scenario_of(path, record)
        return MatchView(EventLog(match_state_of(path, record, scenario), record))

    def at(self, turn: int) -> "MatchView":
        """The match as it stood when a turn was about to be adjudicated: what each seat saw then,
        and its orders. `record` stays that of the whole match.

        Raises:
            MatchError: the turn has not been played.
        """
        match_state = MatchState(self.scenario, self.seed, self.game)
        for event in effective(self._log.events):
            if isinstance(event, Adjudicated) and event.turn == turn:
                return MatchView(EventLog(match_state, self._log.record))
            match_state.apply(event)
        raise MatchError(f"turn {turn} has not been played")

    @property
    def seed(self) -> int:
        """The luck."""
        return self._log.match_state.seed

    @property
    def game(self) -> int:
        """The game's number among those of its seed: game K of an ensemble is the same game."""
        return self._log.match_state.game

    @property
    def record(self) -> Record | None:
        """The file's own account: what is played, by which texts, and every event, the undone ones
        included; None for a match without a file.
        """
        return self._log.record

    @property
    def changes(self) -> Changes:
        """How its rules were brought up to those of today; the file does not know of it."""
        return changes(self._log.record.texts) if self._log.record else Changes()

    @property
    def state(self) -> State:
        """The true state, before the coming turn. No seat may be shown it."""
        return self._log.match_state.state

    @property
    def turn(self) -> int:
        """The turn that is being played, from 1; after the end, the last that was."""
        return self.state.turn + (self.status is not Status.ENDED)

    @property
    def played(self) -> list[Played]:
        """Every turn that was adjudicated, the undone ones left out."""
        return self._log.match_state.played

    @property
    def match_state(self) -> MatchState:
        """The events that count, by kind: orders by name, notes, injects, overrides, hashes."""
        return self._log.match_state

    @property
    def status(self) -> Status:
        """What it waits for."""
        if self.ending is not Ending.NONE or self._log.match_state.closed is not None:
            return Status.ENDED
        if self._log.match_state.paused:
            return Status.PAUSED
        return Status.WAITING if self.waiting_for else Status.READY

    @property
    def people(self) -> tuple[Seat, ...]:
        """The seats that people play."""
        return tuple(seat for seat in SEATS if self.seating(seat).kind is not Kind.COMPUTER)

    @property
    def waiting_for(self) -> tuple[Seat, ...]:
        """The people's seats that have not committed; empty when the turn can be adjudicated."""
        return tuple(seat for seat in self.people if seat not in self._log.match_state.committed)

    def seating(self, seat: Seat) -> Seating:
        """Who plays a seat."""
        return Seating(
            self._log.match_state.seats[seat].kind, self._log.match_state.seats[seat].name
        )

    @property
    def is_untouched(self) -> bool:
        """Whether nobody has done anything in it since it was begun."""
        begun = (Opened, Seated, Locked)
        return all(isinstance(event, begun) for event in self._log.events)

    @property
    def is_led(self) -> bool:
        """Whether somebody leads it, behind a PIN."""
        return None in self._log.match_state.locks

    @property
    def may_estimate(self) -> bool:
        """Whether people may ask what the staff expects: where somebody leads, only once they
        have allowed it.
        """
        return not self.is_led or self._log.match_state.estimate

    def has_passcode(self, seat: Seat) -> bool:
        """Whether a seat has chosen a passcode."""
        return seat in self._log.match_state.locks

    def is_pin(self, code: str) -> bool:
        """Whether that is the PIN of whoever leads; False where nobody does."""
        digest = self._log.match_state.locks.get(None)
        return digest is not None and locks.opens(digest, code)

    def lets_in(self, seat: Seat, code: str) -> bool:
        """Whether a code opens a seat: its own passcode does, and the PIN."""
        digest = self._log.match_state.locks.get(seat)
        return (digest is not None and locks.opens(digest, code)) or self.is_pin(code)

    def commitment(self, seat: Seat) -> Commitment | None:
        """What a seat has committed to for the coming turn; for its own eyes."""
        return self._log.match_state.committed.get(seat)

    def last_ordered(self, seat: Seat) -> Draft | None:
        """What people ordered last for a seat in the turn that is being played, be it that they, or
        whoever leads, took it back since, with the turn or without; None where they ordered
        nothing. For its own eyes.
        """
        for event in reversed(self._log.events):
            if isinstance(event, Ordered) and (event.seat, event.turn) == (seat, self.turn):
                if event.given_by != "people":
                    continue
                book = self.scenario.setting.rulebook
                return Draft(order_of(book, seat, dict(event)), event.forecast)
        return None

    @property
    def ending(self) -> Ending:
        """How the game ended; NONE while it is on, and where the facilitator ended it early."""
        return Ending(int(self.state.ending[0]))

    @property
    def ended_early(self) -> str | None:
        """Why the facilitator ended it before its end; None where nobody did."""
        return self._log.match_state.closed

    @property
    def last_outcome(self) -> Outcome | None:
        """What happened in the turn before; None before the first."""
        return self.played[-1].outcome if self.played else None

    @property
    def news(self) -> list[Injected]:
        """What the facilitator put in since the last turn, for every seat to read."""
        return [e for e in self._log.match_state.injects if e.turn == self.state.turn + 1]

    def observation(self, seat: Seat) -> Observation:
        """What a seat sees now."""
        return observe(self.scenario.setting, self.state, self.last_outcome, seat)

    def account(self, seat: Seat) -> Account | None:
        """What a seat learnt of the turn before; None before the first."""
        outcome = self.last_outcome
        return None if outcome is None else account(self.scenario.setting, outcome, seat)

    def options(self, seat: Seat) -> Options:
        """What a seat may order now."""
        return options(self.scenario.setting, self.state, seat)


def scenario_of(path: Path, record: Record) -> Scenario:
    """The scenario that a record is played by.

    Raises:
        OtherVersionError: this version of the game cannot play it.
    """
    try:
        return texts.compiled(record.texts)
    except ContentError as error:
        raise other_version(path, record, error) from None


def match_state_of(path: Path, record: Record, scenario: Scenario) -> MatchState:
    """Where a record's events lead.

    Raises:
        NotAMatchError: they do not fit the rules.
        OtherVersionError: this version of the game does not know something in them.
    """
    match_state = MatchState(scenario, record.game.seed, record.game.game)
    try:
        match_state.apply_all(effective(record.events))
    except KeyError as error:
        raise other_version(path, record, f"it does not know {error}") from None
    except ValueError as error:
        raise NotAMatchError(path, str(error), "it may not be trusted and was not opened") from None
    if set(match_state.seats) != set(SEATS):
        raise NotAMatchError(path, "it does not say who plays", "it cannot be opened")
    return match_state


def other_version(path: Path, record: Record, why: ContentError | str) -> FileError:
    """The sentence for a match that this version of the game cannot play."""
    if isinstance(why, ContentError):
        why = next((f"{p.path.as_posix()}: {p.what}" for p in why.problems), "its rules have gaps")
    by = [event for event in record.events if isinstance(event, Opened)]
    then = f"version {by[-1].program} (rules {by[-1].referee})" if by else "another version"
    day = (by[-1].at if by else record.game.created)[:10]
    now = f"version {versions()['program']} (rules {versions()['referee']})"
    return OtherVersionError(
        path,
        f"it was last played on {day} with {then} of the game, and {now} cannot play it "
        f"({why.splitlines()[0]})",
        "it can only be read, with any SQLite tool, or played with the game as it was then",
    )
