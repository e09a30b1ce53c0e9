"""A played game: who sits where, whose orders are in, and what has happened so far.

A Match is the only authority over its game. It takes orders for the seats that people play, asks
the players of the others, and adjudicates when all have committed. It knows no screen and no file.
"""

from copy import deepcopy
from dataclasses import dataclass, field

from game.content.scenario import Scenario
from game.players.base import Choice, Options, Player, assemble, decide, options
from game.rules.account import Account, account
from game.rules.endings import Ending
from game.rules.legal import Refusal, refusals
from game.rules.luck import game_keys
from game.rules.observe import Observation, observe
from game.rules.orders import Orders
from game.rules.outcome import Outcome
from game.rules.resolve import resolve
from game.rules.seats import SEATS, Seat
from game.rules.state import State


class MatchError(RuntimeError):
    """Something was asked of a match that it cannot do now: the game is over, orders are missing,
    or the seat is not a person's.
    """


@dataclass(frozen=True, slots=True)
class Played:
    """One turn as it was played."""

    before: State
    orders: Orders
    outcome: Outcome


@dataclass(slots=True)
class Match:
    """One game of a scenario. Seats without a player are played by people."""

    scenario: Scenario
    players: dict[Seat, Player]
    seed: int
    game: int = 0
    """The game's number among those of its seed: game K of an ensemble is the same game."""
    state: State = field(init=False)
    played: list[Played] = field(init=False, default_factory=list)
    _committed: dict[Seat, Choice] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        keys = game_keys(self.seed, range(self.game, self.game + 1))
        self.state = self.scenario.setting.open_games(keys)

    @property
    def people(self) -> tuple[Seat, ...]:
        """The seats that people play."""
        return tuple(seat for seat in SEATS if seat not in self.players)

    @property
    def waiting_for(self) -> tuple[Seat, ...]:
        """The people's seats that have not committed; empty when the turn can be adjudicated."""
        return tuple(seat for seat in self.people if seat not in self._committed)

    @property
    def ending(self) -> Ending:
        """How the game ended; NONE while it is on."""
        return Ending(int(self.state.ending[0]))

    @property
    def last_outcome(self) -> Outcome | None:
        """What happened in the turn before; None before the first."""
        return self.played[-1].outcome if self.played else None

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

    def commit(self, seat: Seat, choice: Choice) -> list[Refusal]:
        """Takes a person's orders for the coming turn, or refuses them and changes nothing.

        Raises:
            MatchError: the game is over, or a computer plays the seat.
        """
        if self.ending is not Ending.NONE:
            raise MatchError("the game is over")
        if seat in self.players:
            raise MatchError(f"a computer plays {seat.name}")
        refused = refusals(self.scenario.setting, self.state, assemble({seat: choice}, 1))
        if not refused:
            self._committed[seat] = deepcopy(choice)
        return refused

    def take_back(self, seat: Seat) -> None:
        """Takes a commitment back, as long as the turn has not been adjudicated."""
        self._committed.pop(seat, None)

    def advance(self) -> Outcome:
        """Adjudicates the turn.

        Raises:
            MatchError: the game is over, or somebody has not committed.
        """
        if self.ending is not Ending.NONE:
            raise MatchError("the game is over")
        if self.waiting_for:
            names = ", ".join(seat.name for seat in self.waiting_for)
            raise MatchError(f"no orders yet from {names}")
        setting, before = self.scenario.setting, self.state
        choices = dict(self._committed)
        for seat, player in self.players.items():
            choices[seat] = decide(player, setting, before, self.last_outcome, seat)
        orders = assemble(choices, 1)
        self.state, outcome = resolve(setting, before, orders)
        self.played.append(Played(before, orders, outcome))
        self._committed.clear()
        return outcome
