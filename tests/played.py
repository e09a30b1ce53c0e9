"""Played games for tests of debriefs: of computer players, or of orders written out.

    game = course({"US": ("hold", "threaten>IRAN:5")}, {"IRAN": "missile_strike"})

One mapping is one turn; orders are written as for `support.orders`. The position is
`support.still`, in which nothing happens by itself, on the calendar of The Article.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from game.content.load import load_scenario
from game.futures.cast import cast
from game.report.taking import Unfiled, taken
from game.rules.endings import Ending
from game.rules.orders import Orders
from game.rules.seats import SEATS, Seat
from game.session.match import Match
from game.views.played import PlayedGame, Turn
from tests.support import Position, orders, still, turn

Forecasts = Mapping[tuple[Seat, Seat], float]


@cache
def simulated(scenario: str = "turn_zero", seed: int = 1, number: int = 0) -> PlayedGame:
    """A game that the scenario's own doctrines play to its end."""
    read = load_scenario(scenario)
    match = Match(read, cast(read, {}), seed, number)
    while match.ending is Ending.NONE:
        match.advance()
    with taken(match, unfiled=Unfiled(read, "balanced")) as game:
        return game


def course(
    *turns: Mapping[str, Any],
    position: Position | None = None,
    forecasts: Mapping[int, Forecasts] | None = None,
) -> PlayedGame:
    """A game of orders that are written out.

    Args:
        turns: the orders of each turn.
        position: where it starts; `still()` if None.
        forecasts: by turn, from 1: the odds that one seat gives to another's force.
    """
    at = position or still(days=7)
    played = []
    for number, given in enumerate(turns, 1):
        ordered = _with_forecasts(orders(at, **given), (forecasts or {}).get(number, {}))
        after, outcome = turn(at, ordered)
        played.append(Turn(at.state, ordered, outcome, after.state))
        at = after
    scenario = replace(load_scenario("the_article"), setting=at.setting)
    return PlayedGame(
        "A course",
        scenario,
        scenario,
        played[0].before,
        tuple(played),
        {s: s.name for s in SEATS},
        seed=1,
    )


def _with_forecasts(given: Orders, forecasts: Forecasts) -> Orders:
    if forecasts:
        table = np.full((4, 4, 1), np.nan, np.float32)
        for (by, of), odds in forecasts.items():
            table[by, of] = odds
        given.forecast = table
    return given
