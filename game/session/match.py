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

import uuid
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from game.content.lens import BALANCED
from game.content.problems import ContentError
from game.content.scenario import Scenario
from game.players.base import Player, decide
from game.rules.legal import Refusal, refusals
from game.rules.orders import Order, Orders
from game.rules.outcome import Outcome
from game.rules.seats import SEATS, Seat

from . import texts
from .adjudicating import adjudicate
from .errors import MatchError
from .events import Adjudicated, Event, Kind, Noted, Opened, TakenBack, clean
from .facilitating import FacilitatedMatch
from .journal import Journal
from .match_state import MatchState, Played
from .ordering import Commitment, Forecast, assembled
from .reading import read
from .record import MOST_SEED_DIGITS, Game, Record, write_new
from .versions import versions
from .view import MatchView, Seating, Status, match_state_of, other_version, scenario_of
from .writing import stamp, words_of

__all__ = ["Cast", "Kind", "Match", "MatchError", "Played", "Seating", "Status"]

Cast = Callable[[Scenario, Mapping[Seat, str], Iterable[Seat]], Mapping[Seat, Player]]
"""Makes the players of seats from their names: `futures.cast.cast`. Raises ContentError."""


class Match(FacilitatedMatch):
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
        super().__init__(scenario, MatchState(scenario, seed, game), None)
        self.players: dict[Seat, Player] = dict(players)
        self._cast: Cast | None = None
        for seat in SEATS:
            player = self.players.get(seat)
            seating = Seating.computer(player.name) if player else Seating.person()
            self._do(self._seated(seat, seating))

    # --- files

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
    ) -> "Match":
        """Begins a match in a new file.

        Args:
            path: the file; `places.new_path` names one.
            scenario: its id, or the path of its file.
            seats: who plays; a seat that is left out is the computer's, by its role's doctrine.
            cast: makes computer players.
            seed: the luck.
            game: the game's number among those of its seed.
            lens: a theory's id, or the path of its file.

        Raises:
            ContentError: scenario, lens or a doctrine has mistakes.
            FileError: the file cannot be written.
            FileExistsError: there is one of that name.
            MatchError: a name is too long.
        """
        files = texts.gathered(scenario, lens)
        chosen = texts.compiled(files)
        if len(str(seed)) > MOST_SEED_DIGITS:
            raise MatchError(f"a seed of a match has {MOST_SEED_DIGITS} digits at most")
        given = {s: seats.get(s) or Seating.computer(chosen.roles[s].doctrine) for s in SEATS}
        for seat, seating in given.items():
            if seating.kind is Kind.COMPUTER:
                name, more = texts.with_doctrine(files, seating.name)
                files |= more
                given[seat] = Seating.computer(name)
        row = Game(
            id=uuid.uuid4().hex,
            created=stamp(),
            scenario=chosen.id,
            title=clean(chosen.title),
            turns=len(chosen.turns),
            lens=Path(lens).stem,
            seed_text=str(seed),
            game=game,
        )
        draft = cls(chosen, {}, seed, game)
        draft._events.clear()
        for seat, seating in given.items():
            draft._do(draft._seated(seat, seating))
        _players(files, chosen, given, cast)  # refuses unknown ones before anything is written
        write_new(path, Record(row, files, draft._events))
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
            match._record, match._journal, match._cast = record, journal, cast
            match._events = record.events
            match._match_state = match_state_of(path, record, scenario)
            try:
                match.players = players_of(match, cast)
            except ContentError as error:
                raise other_version(path, record, error) from None
            match._do(match._make(Opened, **versions()))
        except BaseException:
            journal.close()
            raise
        match.clock.limit = match._match_state.limit
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
            self._do(self._ordered(seat, order, "people", forecast or {}))
        return refused

    def take_back(self, seat: Seat) -> None:
        """Takes a commitment back, as long as the turn has not been adjudicated."""
        given = self._match_state.committed.get(seat)
        if given is not None:
            self._do(self._make(TakenBack, orders=given.n, reason=""))

    def note(self, words: str, seat: Seat | None = None) -> None:
        """Writes something down for the debrief, for a seat or, without one, the facilitator.

        Raises:
            MatchError: it is empty or too long.
        """
        self._do(self._make(Noted, seat=seat, words=words_of(words, "a note")))

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
        given, events = dict(self._match_state.committed), list[Event]()
        for seat, player in self.players.items():
            order = decide(player, setting, before, self.last_outcome, seat).order()
            ordered = self._ordered(seat, order, "computer", {}, after=events)
            given[seat] = Commitment(ordered.n, order, {})
            events.append(ordered)
        orders = assembled({seat: given[seat] for seat in SEATS if seat in given})
        result = adjudicate(setting, before, orders)
        adjudicated = self._make(Adjudicated, after=events, **result.fields)
        self._do(*events, adjudicated, result=(result.state, result.outcome))
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
            if self._cast is None or self._record is None:
                raise MatchError("only a match with a file can give a seat to the computer")
            name, more = texts.with_doctrine(self._record.texts, seating.name)
            seating = Seating.computer(name)
            files = {**self._record.texts, **more}
            players |= _players(files, self.scenario, {seat: seating}, self._cast)
        events: list[Event] = [self._seated(seat, seating)]
        given = self._match_state.committed.get(seat)
        if given is not None and seating.kind is Kind.COMPUTER:
            reason = "a computer took the seat"
            events.append(self._make(TakenBack, after=events, orders=given.n, reason=reason))
        self._do(*events, files=more)
        self.players = {s: players[s] for s in SEATS if s in players}


def players_of(match: MatchView, cast: Cast) -> dict[Seat, Player]:
    """The computer's players of a match as it stands, by the match's own doctrines.

    Raises:
        ContentError: this version of the game cannot make one of them.
    """
    if match.record is None:
        raise MatchError("only a match with a file names its players")
    seats = {seat: match.seating(seat) for seat in SEATS}
    return _players(match.record.texts, match.scenario, seats, cast)


def playable(path: Path, cast: Cast) -> MatchView:
    """Reads a match that can be gone on with, as far as its file and its rules say.

    Raises:
        FileError: it is no match, damaged, or of another version.
    """
    record = read(path)
    match = MatchView.of_record(path, record)
    try:
        players_of(match, cast)
    except ContentError as error:
        raise other_version(path, record, error) from None
    return match


def _players(
    files: texts.Texts, scenario: Scenario, seats: Mapping[Seat, Seating], cast: Cast
) -> dict[Seat, Player]:
    """The computer's players of a match, by the match's own doctrines."""
    names = {s: seating.name for s, seating in seats.items() if seating.kind is Kind.COMPUTER}
    with texts.for_casting(files, scenario) as (chosen, known):
        named_so = {seat: known.get(name, name) for seat, name in names.items()}
        return dict(cast(chosen, named_so, list(named_so)))
