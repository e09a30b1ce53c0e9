"""A played game: who sits where, whose orders are in, and what has happened so far.

A Match is the only authority over its game. It takes orders for the seats that people play, asks
the players of the others, and adjudicates when all have committed. It knows no screen. With a file
it writes everything down before it counts: what a method returned from is on the disk.

    match = Match.begin(path, "turn_zero", {Seat.US: Seating.person("Ana")}, cast, seed=7)
    match = Match.open(path, cast)                # taken up again, after whatever happened
    match = MatchView.read(path)                  # to look at: nothing can be changed
    match = Match(scenario, players, seed, game)  # in memory, for a game that nobody keeps

Files raise `FileError`, what cannot be done now `MatchError`; both texts are sentences. Whoever
shows a match asks `options`, `observation` and `account` for one seat, and nothing else, while the
game is on. One thread at a time.
"""

from collections.abc import Mapping
from pathlib import Path

from game.content.dealt import NOTHING, Dealt
from game.content.lens import BALANCED
from game.content.problems import ContentError
from game.content.scenario import Scenario
from game.players.base import Player, decide
from game.rules.endings import Ending
from game.rules.legal import Refusal, refusals
from game.rules.orders import HOLD, Order, Orders
from game.rules.outcome import Outcome
from game.rules.seats import SEATS, Seat

from . import facilitating, locks, texts
from .adjudicating import adjudicate
from .beginning import seated, write_new_match
from .clock import Clock
from .errors import FileError, MatchError
from .event_log import EventLog, words_of
from .events import (
    MOST_NAME,
    Adjudicated,
    Controlled,
    Event,
    Kind,
    Locked,
    Noted,
    Opened,
    TakenBack,
    Undone,
)
from .facilitating import checked_seconds
from .journal import Journal
from .match_players import Cast, players_among, players_of
from .match_state import MatchState, Played
from .ordering import Commitment, Forecast, assembled
from .versions import versions
from .view import MatchView, Seating, Status, match_state_of, other_version, scenario_of

__all__ = ["Cast", "Kind", "Match", "MatchError", "Played", "Seating", "Status"]


class Match(MatchView):
    """One game of a scenario. Seats without a player are played by people."""

    def __init__(
        self, scenario: Scenario, players: Mapping[Seat, Player], seed: int, game: int = 0
    ) -> None:
        """A match that no file keeps.

        Args:
            scenario: what is played, under its rules.
            players: the computer's players; other seats are people's.
            seed: the luck.
            game: the game's number among those of its seed: game K of an ensemble is the same game.
        """
        super().__init__(EventLog(MatchState(scenario, seed, game)))
        self.players: dict[Seat, Player] = dict(players)
        self.clock = Clock()
        """The turn's time; its `look` tells what is left."""
        self._cast: Cast | None = None
        for seat in SEATS:
            player = self.players.get(seat)
            seating = Seating.computer(player.name) if player else Seating.person()
            self._log.write(seated(self._log, seat, seating))

    # --- files

    @property
    def path(self) -> Path | None:
        """The file that keeps the match; None without one."""
        return self._log.journal.path if self._log.journal else None

    @property
    def lost(self) -> str:
        """Why what is ordered would not be kept, as a sentence: its file was renamed, moved or
        deleted while it is played. Empty where it lies in its place, or there is none.
        """
        try:
            if self._log.journal is not None:
                self._log.journal.check_in_place()
        except FileError as error:
            return str(error)
        return ""

    def close(self) -> None:
        """Leaves the file to others. What was said to be kept is kept without it."""
        if self._log.journal is not None:
            self._log.journal.close()

    @classmethod
    def begin(
        cls,
        path: Path,
        scenario: str | Path,
        seats: Mapping[Seat, Seating],
        cast: Cast,
        *,
        seed: int,
        game: int = 0,
        lens: str | Path = BALANCED,
        dealt: Dealt = NOTHING,
    ) -> "Match":
        """Begins a match in a new file.

        Args:
            path: the file; `places.new_path` names one.
            scenario: its id, or the path of its file.
            seats: who plays; a seat that is left out is the computer's, by its role's doctrine.
            cast: makes computer players.
            seed: the luck.
            game: the game's number among those of its seed.
            lens: its id, or the path of its file.
            dealt: the theory and the agendas that somebody chose; the others are drawn.

        Raises:
            ContentError: scenario, lens or a doctrine has mistakes.
            FileError: the file cannot be written.
            FileExistsError: there is one of that name.
            MatchError: a name is too long.
        """
        write_new_match(path, scenario, seats, cast, seed=seed, game=game, lens=lens, dealt=dealt)
        return cls.open(path, cast)

    @classmethod
    def open(cls, path: Path, cast: Cast) -> "Match":
        """Takes a match up where it stands. It is this program's until `close`.

        Raises:
            FileError: the file is no match, damaged, of another version, held by another program,
                or cannot be written to.
        """
        journal, record = Journal.hold(path)
        try:
            scenario = scenario_of(path, record)
            match = cls(scenario, {}, record.game.seed, record.game.game)
            match._log = EventLog(match_state_of(path, record, scenario), record, journal)
            match._cast = cast
            try:
                match.players = players_of(match, cast)
            except ContentError as error:
                raise other_version(path, record, error) from None
            journal.bring_up_to_date()
            match._log.write(match._log.make(Opened, **versions()))
        except BaseException:
            journal.close()
            raise
        match.clock.limit = match.match_state.limit
        match._hold_clock()
        return match

    # --- what the seats do

    def commit(self, seat: Seat, order: Order, forecast: Forecast | None = None) -> list[Refusal]:
        """Takes a person's orders for the coming turn, or refuses them and changes nothing. A later
        commitment replaces an earlier one.

        Args:
            seat: who orders.
            order: what.
            forecast: odds from 0 to 1 that rivals use force this turn, for those that it names.

        Raises:
            MatchError: the game is over or paused, a computer plays the seat, or a forecast is
                none.
            FileError: the disk does not take it; nothing has changed.
        """
        self._must_be_on()
        self._must_go_on()
        if self.seating(seat).kind is Kind.COMPUTER:
            raise MatchError(f"a computer plays {seat.name}")
        for about, odds in (forecast or {}).items():
            if about is seat or not 0 <= odds <= 1:
                raise MatchError("a forecast is a number from 0 to 1 about another seat")
        refused = refusals(self.scenario.setting, self.state, Orders.of({seat: order}))
        if not refused:
            self._log.write(self._log.ordered(seat, order, "people", forecast or {}))
        return refused

    def take_back(self, seat: Seat) -> None:
        """Takes a commitment back, as long as the turn has not been adjudicated."""
        given = self.match_state.committed.get(seat)
        if given is not None:
            self._log.write(self._log.make(TakenBack, orders=given.n, reason=""))

    def note(self, words: str, seat: Seat | None = None) -> None:
        """Writes something down for the debrief, for a seat or, without one, the facilitator.

        Raises:
            MatchError: it is empty or too long.
        """
        self._log.write(self._log.make(Noted, seat=seat, words=words_of(words, "a note")))

    def advance(self) -> Outcome:
        """Adjudicates the turn.

        Raises:
            MatchError: the game is over or paused, or somebody has not committed.
            FileError: the disk does not take it; the turn can be adjudicated again.
        """
        self._must_be_on()
        self._must_go_on()
        if self.waiting_for:
            names = ", ".join(seat.name for seat in self.waiting_for)
            raise MatchError(f"no orders yet from {names}")
        setting, before = self.scenario.setting, self.state
        given, events = dict(self.match_state.committed), list[Event]()
        for seat, player in self.players.items():
            order = decide(player, setting, before, self.last_outcome, seat).order()
            ordered = self._log.ordered(seat, order, "computer", {}, after=events)
            given[seat] = Commitment(ordered.n, order, {})
            events.append(ordered)
        orders = assembled({seat: given[seat] for seat in SEATS if seat in given})
        result = adjudicate(setting, before, orders)
        adjudicated = self._log.make(Adjudicated, after=events, **result.fields)
        self._log.write(*events, adjudicated, result=(result.state, result.outcome))
        self.clock.restart()
        self._hold_clock()
        return result.outcome

    def give(self, seat: Seat, seating: Seating) -> None:
        """Gives a seat to somebody else: a computer, a person, a team. Orders of people stand until
        a computer takes the seat.

        Raises:
            MatchError: the match has nobody to make players, a name is too long, or the game is
                over.
            ContentError: there is no such player for the seat.
        """
        self._must_be_on()
        players, more = dict(self.players), dict[str, str]()
        players.pop(seat, None)
        if seating.kind is Kind.COMPUTER:
            if self._cast is None or self._log.record is None:
                raise MatchError("only a match with a file can give a seat to the computer")
            name, more = texts.with_doctrine(self._log.record.texts, seating.name)
            seating = Seating.computer(name)
            files = {**self._log.record.texts, **more}
            players |= players_among(files, self.scenario, {seat: seating}, self._cast)
        events: list[Event] = [seated(self._log, seat, seating)]
        given = self.match_state.committed.get(seat)
        if given is not None and seating.kind is Kind.COMPUTER:
            reason = "a computer took the seat"
            events.append(self._log.make(TakenBack, after=events, orders=given.n, reason=reason))
        self._log.write(*events, files=more)
        self.players = {s: players[s] for s in SEATS if s in players}

    def choose_passcode(self, seat: Seat, code: str) -> None:
        """Has a seat opened by a passcode from now on, until somebody else is given it; an empty
        one takes it away. The PIN opens it, too.

        Raises:
            MatchError: it is too long.
        """
        digest = locks.locked(locks.checked_passcode(code)) if code.strip() else ""
        self._log.write(self._log.make(Locked, seat=seat, digest=digest))

    # --- what somebody who leads it does

    def lead(self, pin: str) -> None:
        """Gives the match a PIN, in place of an older one: whoever shows it asks for that before
        anything of what follows here.

        Raises:
            MatchError: it is too short or too long.
        """
        digest = locks.locked(locks.checked_pin(pin))
        self._log.write(self._log.make(Locked, seat=None, digest=digest))

    def allow_estimate(self, allowed: bool) -> None:
        """Lets people ask what the staff expects, or not; in a match that is led they may not
        until this is called.
        """
        self._control("allow_estimate" if allowed else "forbid_estimate")

    def pause(self) -> None:
        """Takes no orders until `go_on`; the clock stands still."""
        self._must_be_on()
        self._control("pause")

    def go_on(self) -> None:
        """Ends a pause, or takes up again what `end` had ended."""
        if self.ending is not Ending.NONE:
            raise MatchError("the game is over")
        self._control("go_on")

    def end(self, reason: str) -> None:
        """Ends the match before its end, for the debrief. `go_on` opens it again."""
        self._must_be_on()
        self._control("end", reason=words_of(reason, "a reason"))

    def limit(self, seconds: float | None) -> None:
        """Sets how long each turn may last, from the next look at the clock on; None for no limit.

        When time is up nothing happens by itself: whoever leads the match decides on `call_time`.
        """
        self._must_be_on()
        self._control("limit", seconds=None if seconds is None else checked_seconds(seconds))
        self.clock.limit = self.match_state.limit

    def loosen(self, seconds: float) -> None:
        """Gives this turn more time, or, below 0, takes some of it away."""
        self._must_be_on()
        self._control("loosen", seconds=checked_seconds(seconds, least=-1e7))
        self.clock.extra += seconds

    def call_time(self) -> tuple[Seat, ...]:
        """Has the seats that have not committed hold and keep silent; returns them."""
        self._must_be_on()
        self._must_go_on()
        late, events = self.waiting_for, list[Event]()
        for seat in late:
            events.append(self._log.ordered(seat, HOLD, "clock", {}, after=events))
        self._log.write(*events)
        return late

    def inject(self, inject: str) -> tuple[Seat, ...]:
        """Puts in prepared news, by its id in the scenario.

        Returns:
            The seats whose committed orders are no longer legal, and were taken back.

        Raises:
            MatchError: there is none of that id, or the game is over.
        """
        self._must_be_on()
        return facilitating.write(self._log, facilitating.prepared_news(self._log, inject))

    def inject_own(
        self, title: str, words: str, effects: Mapping[str, float] | None = None
    ) -> tuple[Seat, ...]:
        """Puts in the facilitator's own news, with what it adds to columns of the state.

        Returns:
            The seats whose committed orders are no longer legal, and were taken back.

        Raises:
            MatchError: the text is empty or too long, an effect is none, or the game is over.
        """
        title, words = words_of(title, "a title", MOST_NAME), words_of(words, "news")
        self._must_be_on()
        news = facilitating.news(self._log, None, title, words, effects or {})
        return facilitating.write(self._log, news)

    def override(self, figure: str, value: float, reason: str) -> tuple[Seat, ...]:
        """Sets a figure of the state: "us_troops", or "anger US>IRAN". It stays marked.

        Returns:
            The seats whose committed orders are no longer legal, and were taken back.

        Raises:
            MatchError: there is no such figure, it cannot have that value, a reason is missing, or
                the game is over.
        """
        self._must_be_on()
        change = facilitating.override(self._log, figure, value, reason)
        return facilitating.write(self._log, change)

    def undo(self, reason: str = "") -> None:
        """Takes the last turn back: its orders, and whatever came after it. Its luck stays what it
        was. For a teacher, or somebody who plays alone; whoever calls it knows which.

        Raises:
            MatchError: no turn has been played.
        """
        if not self.match_state.turns:
            raise MatchError("no turn has been played that could be taken back")
        reason = words_of(reason, "a reason") if reason else ""
        last = self.match_state.turns[-1].n
        self._log.write(self._log.make(Undone, undone=last, reason=reason))
        self.clock.restart()
        self._hold_clock()

    # --- what holds for several of these

    def _must_be_on(self) -> None:
        if self.status is Status.ENDED:
            raise MatchError("the game is over")

    def _must_go_on(self) -> None:
        if self.match_state.paused:
            raise MatchError("the match is paused")

    def _control(self, what: str, *, seconds: float | None = None, reason: str = "") -> None:
        self._log.write(self._log.make(Controlled, what=what, seconds=seconds, reason=reason))
        self._hold_clock()

    def _hold_clock(self) -> None:
        """The clock stands still while nobody may order."""
        self.clock.held = self.status in (Status.PAUSED, Status.ENDED)
