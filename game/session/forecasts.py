"""What the seats foretold, beside what came."""

from typing import NamedTuple

from game.rules.seats import Seat
from game.views import brier

from .view import MatchView


class ScoredForecast(NamedTuple):
    """One seat's odds for one rival in one turn."""

    turn: int
    seat: Seat
    about: Seat
    odds: float
    """That the rival uses force, 0 to 1."""
    came: bool
    """Whether it did: its deed was of the group force."""

    @property
    def score(self) -> float:
        """Brier's: 0 is perfect, 0.25 is what a half always gets, 1 is wholly wrong."""
        return brier.score(self.odds, self.came)


def scored_forecasts(match: MatchView) -> list[ScoredForecast]:
    """Every forecast of the turns that were played, in order."""
    force = match.scenario.setting.tables.force
    deeds = [played.orders.deed[:, 0] for played in match.played]
    return [
        ScoredForecast(
            row.turn, row.seat, about, odds, bool(force[about][deeds[row.turn - 1][about]])
        )
        for row in match.match_state.ordered
        for about, odds in row.forecast.items()
    ]
