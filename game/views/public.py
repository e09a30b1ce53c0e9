"""What everybody may see of a game that is on: the ladder with its lines, the dead, public news."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from game.content.scenario import Scenario
from game.rules.account import account
from game.rules.outcome import Outcome
from game.rules.seats import SEATS, Rung, Seat
from game.rules.state import COLUMNS, NO_LINE, State

from .names import counted, rung_name
from .news import NewsItem, news_items
from .summary import DEAD


class Line(NamedTuple):
    """A line that one seat has declared toward another."""

    by: Seat
    toward: Seat


class LadderStep(NamedTuple):
    """One rung, as everybody sees it."""

    rung: int
    name: str
    now: bool
    """The crisis stands here."""
    lines: tuple[Line, ...]
    """Declared at this rung."""

    @property
    def seats(self) -> tuple[Seat, ...]:
        """Who declared a line at this rung, each once."""
        return tuple(dict.fromkeys(line.by for line in self.lines))


@dataclass(frozen=True, slots=True)
class PublicPicture:
    """One game as everybody sees it, before the coming turn."""

    ladder: tuple[LadderStep, ...]
    """Every rung, the highest first."""
    rung: int
    dead: tuple[str, ...]
    """How many were killed since the game opened, by who they were; none are left out."""
    told: tuple[NewsItem, ...]
    """What became known of the last turn; empty before the first."""


def public_picture(scenario: Scenario, state: State, outcomes: Sequence[Outcome]) -> PublicPicture:
    """The picture of one game.

    Args:
        scenario: what is played.
        state: the true state; what not everybody sees of it is left alone.
        outcomes: of the turns before, in order.
    """
    setting = scenario.setting
    accounts = [account(setting, outcome, None) for outcome in outcomes]
    rung = int(state.rung[0])
    return PublicPicture(
        ladder=ladder_steps(state, rung),
        rung=rung,
        dead=the_public_dead(setting.opening, state),
        told=tuple(news_items(scenario, accounts[-1], accounts[:-1])) if accounts else (),
    )


def ladder_steps(state: State, rung: int) -> tuple[LadderStep, ...]:
    """Every rung, the highest first; lines are declared in public."""
    lines: dict[int, list[Line]] = {}
    for by in SEATS:
        for toward in by.rivals:
            drawn = float(state.line[by, toward, 0])
            if drawn < NO_LINE:
                lines.setdefault(int(drawn), []).append(Line(by, toward))
    return tuple(
        LadderStep(int(step), rung_name(step), int(step) == rung, tuple(lines.get(int(step), ())))
        for step in reversed(Rung)
    )


def the_public_dead(opening: State, state: State) -> tuple[str, ...]:
    """The dead since the game opened, by who they were."""
    told = []
    for column, one, many in DEAD:
        assert set(COLUMNS[column].seen_by) == set(SEATS), "the dead are known to all"
        count = int(getattr(state, column)[0] - getattr(opening, column)[0])
        if count > 0:
            told.append(counted(count, one, many))
    return tuple(told)
