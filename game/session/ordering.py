"""The orders that seats have committed to."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from game.rules.orders import Order, Orders
from game.rules.seats import SEATS, Seat

Forecast = Mapping[Seat, float]
"""Odds from 0 to 1, for each rival, that it uses force this turn."""


@dataclass(frozen=True, slots=True)
class Commitment:
    """The order that a seat has committed to."""

    n: int
    """The number of its row in the journal."""
    order: Order
    forecast: Forecast


def assembled(committed: Mapping[Seat, Commitment]) -> Orders:
    """The turn's orders (B = 1), with forecasts where anybody gave one."""
    orders = Orders.of({seat: given.order for seat, given in committed.items()})
    if any(given.forecast for given in committed.values()):
        odds = np.full((len(SEATS), len(SEATS), 1), np.nan, np.float32)
        for seat, given in committed.items():
            for about, value in given.forecast.items():
                odds[seat, about] = value
        orders.forecast = odds
    return orders
