"""Forecasts scored: how likely each seat thought that a rival would use force, and whether it did.

The scale is Brier's: see `brier`.
"""

import math
from typing import NamedTuple

from game.rules.seats import SEATS, Seat

from . import brier
from .played import PlayedGame
from .uses import used_force


class Forecast(NamedTuple):
    """One forecast and what came of it."""

    turn: int
    """From 1."""
    by: Seat
    of: Seat
    odds: float
    """That it would use force in that turn, 0 to 1."""
    came: bool


class Score(NamedTuple):
    """One seat's forecasts, scored."""

    seat: Seat
    forecasts: tuple[Forecast, ...]
    brier: float
    base: float
    """What it would have been, had the seat always said how often its rivals used force in the
    turns that it forecast: a base rate that nobody knew beforehand."""
    coin: float = 0.25
    """What it would have been, had it always said one in two."""

    @property
    def skill(self) -> float | None:
        """1 - brier / base: above 0 where it beat the base rate; None where that is perfect."""
        return 1 - self.brier / self.base if self.base else None


def forecasts(game: PlayedGame) -> list[Forecast]:
    """Every forecast that was given."""
    book = game.scenario.setting.rulebook
    found = []
    for turn in game.turns:
        given = turn.orders.forecast
        if given is None:
            continue
        for by in SEATS:
            for of in by.rivals:
                odds = float(given[by, of, 0])
                if not math.isnan(odds):
                    came = used_force(book, turn.outcome, of)
                    found.append(Forecast(turn.number, by, of, odds, came))
    return found


def scores(game: PlayedGame) -> list[Score]:
    """One score for each seat that gave a forecast."""
    given = forecasts(game)
    return [
        _score(seat, own)
        for seat in SEATS
        if (own := tuple(forecast for forecast in given if forecast.by is seat))
    ]


def _score(seat: Seat, own: tuple[Forecast, ...]) -> Score:
    rates = {
        of: sum(f.came for f in own if f.of is of) / max(1, sum(f.of is of for f in own))
        for of in SEATS
    }
    mean = sum(brier.score(f.odds, f.came) for f in own) / len(own)
    base = sum(brier.score(rates[f.of], f.came) for f in own) / len(own)
    return Score(seat, own, mean, base)
