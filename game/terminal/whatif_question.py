"""The question of a what-if: from the words of a command line to something that can be played."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from game.content.lens import BALANCED, Lens
from game.content.scenario import Scenario
from game.content.wording import quoted, unknown
from game.futures.whatif import Effect, Question, WhatIf, obstacles
from game.players.library import HISTORY
from game.rules.rulebook import Deed
from game.rules.seats import SEATS, Seat
from game.views.names import counted

from . import casting
from .errors import UserError
from .simulate import Work

PLAYERS = "players"
BEFORE = {HISTORY: HISTORY, PLAYERS: ""}
"""What the command line calls those who play until the turn."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question with everything that its answer names."""

    scenario: Scenario
    what_if: WhatIf
    deed: Deed
    instead: Deed
    names: Mapping[Seat, str]

    @property
    def last(self) -> int:
        """The last turn that is compared, from 1."""
        question = self.what_if.question
        return min(len(self.scenario.turns), question.turn + question.horizon - 1)

    @property
    def days(self) -> int:
        """The days over which the lines are compared."""
        return sum(self.scenario.setting.days[self.what_if.question.turn - 1 : self.last])


@dataclass(slots=True)
class Answer:
    """What one lens says."""

    lens: Lens
    effect: Effect = field(default_factory=Effect)


def ask(
    scenario: str,
    given: Mapping[Seat, str | None],
    work: Work,
    words: tuple[int, str, str, str, int, str],
) -> Query:
    """The question, if everything that it names exists.

    Args:
        scenario: a scenario's id or file.
        given: players other than the scenario's own.
        work: how many games, and how.
        words: turn, seat, deed, what instead of it, horizon and before, as they were typed.

    Raises:
        ContentError: the scenario or a doctrine has mistakes.
        UserError: something does not exist.
    """
    turn, seat_name, deed, instead, horizon, before = words
    chosen = casting.seen(scenario)
    turns = len(chosen.turns)
    if turn > turns:
        raise UserError(
            f"--turn: {chosen.title} has {counted(turns, 'turn')}, and {turn} is beyond its "
            f"calendar; write a number from 1 to {turns}"
        )
    (seat,) = casting.seats_called([seat_name])
    if deed == instead:
        raise UserError(
            f"--instead: {quoted(instead)} is what --deed names, too, so nothing would differ; "
            "name two actions to compare"
        )
    names = casting.casting(chosen, given, people=True)
    casting.players(chosen, names)  # refuses unknown ones before anything is played
    return Query(
        chosen,
        WhatIf(
            scenario,
            Question(turn, seat, deed, instead, horizon),
            work.games,
            work.seed,
            BALANCED,
            tuple(names.items()),
            BEFORE[before],
        ),
        _deed(chosen, seat, "--deed", deed),
        _deed(chosen, seat, "--instead", instead),
        names,
    )


def _deed(scenario: Scenario, seat: Seat, option: str, name: str) -> Deed:
    book = scenario.setting.rulebook
    own = {deed.id: deed for deed in book.deeds[seat]}
    if name in own:
        return own[name]
    for other in SEATS:
        if name in (deed.id for deed in book.deeds[other]):
            raise UserError(
                f"{option}: {quoted(name)} is an action of {other.name}, not of {seat.name}; "
                f"{seat.name} has {', '.join(own)}"
            )
    what, remedy = unknown("action", name, own)
    raise UserError(f"{option}: {what}; {remedy}")


def seen(query: Query, lens: str) -> WhatIf:
    """The question under a lens."""
    plain = query.what_if
    return WhatIf(
        plain.scenario, plain.question, plain.games, plain.seed, lens, plain.players, plain.before
    )


def never(query: Query) -> str:
    """Why the question could be asked in no game."""
    question = query.what_if.question
    reasons = obstacles(query.what_if)
    because = f": {'; '.join(reasons)}" if reasons else ""
    return (
        f"--turn {question.turn}: in none of the games could {question.seat.name} choose between "
        f"{question.deed} and {question.instead} then{because}. Name another turn or action, or "
        f"other players with --before"
    )
