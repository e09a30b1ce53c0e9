"""What the fit and the hand-set numbers leave open, as a small set of other numbers.

`calibrate --adopt` keeps the set with the game; `game.futures.other_numbers` says what is made of
it. The fitted parameters are draws from the posterior, together, as the fit found them. The others
nobody has fitted: each of their values falls into a slice of its range of its own (a Latin
hypercube; McKay, Beckman and Conover 1979), so that few sets reach all of every range.
"""

import tomllib
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.futures.other_numbers import DIALS
from game.rules.seats import SEATS

from .choices import Fit
from .importance import equally_weighed
from .priors import Prior, further, priors
from .record import DATA

Values = NDArray[np.float64]
SETS = 24
"""How many are kept."""
_LUCK = 12
"""What the luck of the set is told from that of the fit by."""


def left_open(points: Values, weight: Values, choosing: Sequence[Fit], seed: int) -> dict[str, Any]:
    """The set, for JSON: of every number a list of values, one for each set.

    Args:
        points: (n, parameters) draws of the fitted parameters.
        weight: (n,) what each is worth, adding up to 1.
        choosing: how people choose, as the fit found it.
        seed: the luck of the set.
    """
    luck = np.random.default_rng([seed, _LUCK])
    fitted = points[luck.permutation(equally_weighed(weight, SETS, luck))]
    rows = zip(priors(), fitted.T, strict=True)
    parameters = {prior.name: _rounded(column) for prior, column in rows}
    for fit in choosing:
        drawn = fit.draws(SETS, seed)
        parameters |= {name: _rounded(np.array([d[name] for d in drawn])) for name in drawn[0]}
    parameters |= {prior.name: _anywhere(prior, luck) for prior in further()}
    return {
        "parameters": parameters,
        "judged": [prior.name for prior in further()],
        "players": {
            seat.name: {dial.name: _anywhere(dial, luck) for dial in dials()} for seat in SEATS
        },
        "theory": _rounded(_slices(luck)),
    }


def dials() -> Iterator[Prior]:
    """How far each dial of a doctrine may be turned."""
    with (DATA / "left_open.toml").open("rb") as file:
        for row in tomllib.load(file)["dial"]:
            if row["name"] not in DIALS:
                raise ValueError(f"left_open.toml: a doctrine has no dial {row['name']}")
            yield Prior(row["name"], row["low"], row["high"], True, row["reason"])


def _anywhere(prior: Prior, luck: np.random.Generator) -> list[float]:
    return _rounded(np.clip(prior.value(_slices(luck)), prior.low, prior.high))


def _slices(luck: np.random.Generator) -> Values:
    """(SETS,) one number from each slice of 0 to 1, in any order, but so that the first half of
    them has one of every two neighbours.
    """
    pairs = SETS // 2
    one = luck.integers(0, 2, pairs)
    halves = [luck.permutation(2 * np.arange(pairs) + which) for which in (one, 1 - one)]
    slices: Values = (np.concatenate(halves) + luck.random(SETS)) / SETS
    return slices


def _rounded(values: Values) -> list[float]:
    return [float(f"{value:.4g}") for value in values]
