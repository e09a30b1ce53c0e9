"""How well a forecast of a count did: its whole distribution beside the number that came.

A distribution is an array: the probability of 0, of 1, and so on. See Gneiting and Raftery 2007 for
the scores, Czado, Gneiting and Held 2009 for counts.
"""

import numpy as np
from numpy.typing import NDArray

from .scores import FAINTEST

Values = NDArray[np.float64]
Odds = NDArray[np.float64]
"""(n,) the probability of each count from 0 on, adding up to 1."""


def of_games(counts: NDArray[np.integer]) -> Odds:
    """(largest + 1,) how often each count came in many games.

    Args:
        counts: (games,) whole numbers, 0 or more.
    """
    return np.bincount(counts) / counts.size


def mean(odds: Odds) -> float:
    """The mean of a distribution."""
    return float(odds @ np.arange(odds.size))


def quantile(odds: Odds, share: float) -> int:
    """The smallest count that at least `share` of the probability does not exceed."""
    reached = np.cumsum(odds)
    return min(int(np.searchsorted(reached, share - 1e-12)), odds.size - 1)


def crps(odds: Odds, came: int) -> float:
    """The continuous ranked probability score, in units of the count: 0 is perfect, less is better;
    for a single number that is foretold as sure it is how far off that was.
    """
    size = max(odds.size, came + 1)
    below = np.ones(size)
    below[: odds.size] = np.cumsum(odds)
    return float(((below - (np.arange(size) >= came)) ** 2).sum())


def log_score(odds: Odds, came: int) -> float:
    """The natural logarithm of the probability of what came; higher is better. Nothing that came is
    held for impossible: see `scores.FAINTEST`.
    """
    given = odds[came] if came < odds.size else 0.0
    return float(np.log(max(given, FAINTEST)))


def pit(odds: Odds, came: int) -> float:
    """Where what came lies in its distribution, 0 to 1: the probability of less, and half of that
    of as many. Over many honest forecasts it lies anywhere alike.
    """
    return float(odds[:came].sum() + (odds[came] / 2 if came < odds.size else 0.0))


def pits(counts: NDArray[np.integer]) -> Values:
    """(periods, games) where each game's counts lie among those of all games: see `pit`.

    Args:
        counts: (periods, games).
    """
    places = []
    for row in counts:
        odds = of_games(row)
        places.append((np.cumsum(odds) - odds / 2)[row])
    return np.stack(places)


def unevenness(places: Values) -> Values:
    """How far places lie from being spread evenly between 0 and 1, by Cramér and von Mises.

    Args:
        places: (n, ...) between 0 and 1.
    """
    n = places.shape[0]
    even = (2 * np.arange(1, n + 1) - 1) / (2 * n)
    off = np.sort(places, axis=0) - even.reshape(-1, *[1] * (places.ndim - 1))
    statistic: Values = 1 / (12 * n) + (off**2).sum(axis=0)
    return statistic


def honesty(came: NDArray[np.integer], counts: NDArray[np.integer]) -> float:
    """How ordinary a record's places are among those of games, as a p-value: below 0.05 the
    forecast was too sure, too wide or off. Exact however the periods of one game hang together.

    Args:
        came: (periods,) the record.
        counts: (periods, games) what was foretold.
    """
    # The record is one game more among them: were the forecast honest, it could be any of them.
    off = unevenness(pits(np.column_stack([came, counts])))
    return float((off >= off[0] - 1e-12).mean())
