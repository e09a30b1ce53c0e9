"""What the seats foretold, beside what came."""

from typing import NamedTuple

from game.rules.seats import Seat
from game.views import brier
from game.views.uses import used_force

from .view import MatchView


class ScoredForecast(NamedTuple):
    """One seat's odds for one rival in one turn."""

    turn: int
    seat: Seat
    about: Seat
    odds: float
    """That the rival uses force, 0 to 1."""
    came: bool
    """Whether it did: it fired, or its deed was of the group force."""

    @property
    def score(self) -> float:
        """Brier's: 0 is perfect, 0.25 is what a half always gets, 1 is wholly wrong."""
        return brier.score(self.odds, self.came)


def scored_forecasts(match: MatchView) -> list[ScoredForecast]:
    """Every forecast of the turns that were played, in order."""
    book = match.scenario.setting.rulebook
    outcomes = [played.outcome for played in match.played]
    return [
        ScoredForecast(
            row.turn, row.seat, about, odds, used_force(book, outcomes[row.turn - 1], about)
        )
        for row in match.match_state.ordered
        if row.turn <= len(outcomes)
        for about, odds in row.forecast.items()
    ]
