"""Where a match stands: what its events amount to. It decides nothing and writes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from game.content.order_codec import order_of
from game.content.scenario import Scenario
from game.rules.endings import Ending
from game.rules.legal import refusals
from game.rules.luck import game_keys
from game.rules.orders import Orders
from game.rules.outcome import Outcome
from game.rules.seats import Seat
from game.rules.state import State

from .codec import digest, outcome_of, state_of
from .errors import MatchError
from .events import (
    Adjudicated,
    Controlled,
    Event,
    Injected,
    Locked,
    Noted,
    Ordered,
    Overridden,
    Seated,
    TakenBack,
)
from .ordering import Commitment, assembled
from .overrides import Figure, checked_effects, checked_value, with_effects, with_value


@dataclass(frozen=True, slots=True)
class Played:
    """One turn as it was played."""

    before: State
    """At the moment of adjudication, with all that the facilitator had put in or set."""
    orders: Orders
    outcome: Outcome


@dataclass(slots=True)
class MatchState:
    """One line of play: the events that count, and what they amount to."""

    scenario: Scenario
    seed: int
    game: int
    state: State = field(init=False)
    played: list[Played] = field(init=False, default_factory=list)
    committed: dict[Seat, Commitment] = field(init=False, default_factory=dict)
    seats: dict[Seat, Seated] = field(init=False, default_factory=dict)
    notes: list[Noted] = field(init=False, default_factory=list)
    injects: list[Injected] = field(init=False, default_factory=list)
    overrides: list[Overridden] = field(init=False, default_factory=list)
    ordered: list[Ordered] = field(init=False, default_factory=list)
    """The orders of adjudicated turns, four each, as the journal names them."""
    turns: list[Adjudicated] = field(init=False, default_factory=list)
    after: list[State] = field(init=False, default_factory=list)
    """The state after every turn, before anybody put anything in."""
    paused: bool = field(init=False, default=False)
    closed: str | None = field(init=False, default=None)
    """Why the facilitator ended the match early; None where nobody did."""
    limit: float | None = field(init=False, default=None)
    locks: dict[Seat | None, str] = field(init=False, default_factory=dict)
    """Digests of the seats' passcodes, and under None that of the PIN."""
    estimate: bool = field(init=False, default=False)
    """Whether whoever leads allows the staff estimate."""
    pending: dict[Seat, Ordered] = field(init=False, default_factory=dict)
    """The orders of the turn that is being played, as the journal names them."""

    def __post_init__(self) -> None:
        keys = game_keys(self.seed, range(self.game, self.game + 1))
        self.state = self.scenario.setting.open_games(keys)

    def apply_all(self, events: Iterable[Event]) -> None:
        """Applies events from a file, the undone ones left out.

        Raises:
            ValueError: an event cannot have happened here; the text says which.
            KeyError: another version of the game wrote it; the text names what is unknown.
        """
        for event in events:
            try:
                self.apply(event)
            except MatchError as error:
                raise ValueError(str(error)) from None
        orders = assembled(self.committed)
        if refused := refusals(self.scenario.setting, self.state, orders):
            raise ValueError(f"orders that are not legal: {refused[0]}")

    def apply(self, event: Event, result: tuple[State, Outcome] | None = None) -> None:
        """Applies one event.

        Args:
            event: what happened.
            result: of an adjudication, where it was made just now; else it is read from the event.

        Raises:
            ValueError: the event cannot have happened here.
            KeyError: another version of the game wrote it.
        """
        match event:
            case Adjudicated():
                self._turn(event, result)
            case Ordered():
                book = self.scenario.setting.rulebook
                order = order_of(book, event.seat, dict(event))
                self.committed[event.seat] = Commitment(event.n, order, event.forecast)
                self.pending[event.seat] = event
            case TakenBack():
                for seat in [s for s, given in self.committed.items() if given.n == event.orders]:
                    del self.committed[seat], self.pending[seat]
            case Seated():
                self.seats[event.seat] = event
                self.locks.pop(event.seat, None)  # whoever sits there now chooses another
            case Noted():
                self.notes.append(event)
            case Injected():
                self.state = with_effects(self.state, checked_effects(event.effects))
                self.injects.append(event)
            case Overridden():
                figure = Figure.called(f"{event.figure} {event.pair or ''}")
                book = self.scenario.setting.rulebook
                value = checked_value(book, self.state, figure, event.value)
                self.state = with_value(self.state, figure, value)
                self.overrides.append(event)
            case Controlled():
                self._control(event)
            case Locked(digest=""):
                self.locks.pop(event.seat, None)
            case Locked():
                self.locks[event.seat] = event.digest

    def _turn(self, event: Adjudicated, result: tuple[State, Outcome] | None) -> None:
        setting, number = self.scenario.setting, self.state.turn + 1
        orders = assembled(self.committed)
        if result is None:
            if event.turn != number or number > setting.turns or self.state.ending[0]:
                raise ValueError(f"turn {event.turn} cannot follow here")
            if len(self.committed) < len(Seat):
                raise ValueError(f"turn {event.turn} lacks orders")
            state = state_of(setting, event.state, self.state)
            if digest(state) != event.hash:
                raise ValueError(
                    f"the state after turn {event.turn} is not the one that was hashed"
                )
            if Ending(int(state.ending[0])).name.lower() != event.ending:
                raise ValueError(f"turn {event.turn} did not end so")
            result = state, outcome_of(setting, event.outcome, number, orders)
        state, outcome = result
        self.played.append(Played(self.state, outcome.orders, outcome))
        self.ordered += [self.pending[seat] for seat in sorted(self.pending)]
        self.turns.append(event)
        self.after.append(state)
        self.state = state
        self.committed.clear()
        self.pending.clear()

    def _control(self, event: Controlled) -> None:
        if event.what in ("pause", "go_on"):
            self.paused, self.closed = event.what == "pause", None
        elif event.what == "end":
            self.closed = event.reason
        elif event.what == "limit":
            self.limit = event.seconds
        elif event.what in ("allow_estimate", "forbid_estimate"):
            self.estimate = event.what == "allow_estimate"
