"""A played game as it is looked back upon: every turn with its states, and who sat where.

It tells the whole truth: it is for debriefs, never for a seat whose game is still on.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from game.content.scenario import Scenario
from game.rules.endings import Ending
from game.rules.orders import Orders
from game.rules.outcome import Outcome
from game.rules.seats import Seat
from game.rules.state import State


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn as it was played; every array holds one game (B = 1)."""

    before: State
    orders: Orders
    outcome: Outcome
    after: State
    """What stood when the turn was over, before a facilitator put anything in for the next."""

    @property
    def number(self) -> int:
        """From 1."""
        return self.outcome.turn


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that was noted beside the game: a player's note, news put in by a facilitator."""

    turn: int
    """From 1."""
    by: str
    """Who noted it, in a few words."""
    seat: Seat | None
    """Whose note it is; None where it is no seat's."""
    text: str


@dataclass(frozen=True, slots=True)
class PlayedGame:
    """One played game."""

    title: str
    """What it is called where several are told of together."""
    scenario: Scenario
    """With the rules that it was played by."""
    plain: Scenario
    """The same as it is written, seen through no lens."""
    opening: State
    """What the scenario sets out with, before a facilitator put anything in."""
    turns: tuple[Turn, ...]
    """At least one."""
    players: Mapping[Seat, str]
    """Who played each seat."""
    seed: int
    number: int = 0
    """Its number among the games of its seed."""
    lens: str = "balanced"
    """The id of the lens that it was played through."""
    remarks: tuple[Remark, ...] = ()
    forked_after: int | None = None
    """The last turn that it shares with the game that it was forked from; None for a game of its
    own."""
    ended_early: str | None = None
    """Why a facilitator ended it before its end; None where nobody did."""
    moments: tuple[State, ...] = field(init=False)
    """The opening, and the state after every turn: len(turns) + 1. What a facilitator put in
    between two turns is part of the moment after the later one."""

    def __post_init__(self) -> None:
        moments = (self.opening, *(turn.after for turn in self.turns))
        object.__setattr__(self, "moments", moments)

    @property
    def remembered(self) -> tuple[tuple[State, Outcome | None], ...]:
        """Each of the moments with what had happened in the turn before it; None for the first."""
        news = (None, *(turn.outcome for turn in self.turns))
        return tuple(zip(self.moments, news, strict=True))

    def happened(self, column: str) -> int:
        """By how much a count of the state, such as "attacks", rose in the turns themselves."""
        return sum(
            int(getattr(turn.after, column)[0] - getattr(turn.before, column)[0])
            for turn in self.turns
        )

    def put_in(self, column: str) -> int:
        """By how much a facilitator raised a count of the state between the turns."""
        return sum(
            int(getattr(turn.before, column)[0] - getattr(moment, column)[0])
            for moment, turn in zip(self.moments, self.turns, strict=False)
        )

    @property
    def final(self) -> State:
        """The state after the last turn."""
        return self.moments[-1]

    @property
    def ending(self) -> Ending:
        """How it ended; NONE while it is on."""
        return Ending(int(self.final.ending[0]))
