"""The strike of March over all that the fit leaves possible, and not at its one set of values.

A fit keeps each parameter's range and how the parameters hang together. Draws from these (a normal
copula over each range's own 5, 50 and 95 of 100) stand for the sets of values that the record
cannot tell apart.
"""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.content.lens import load_lens, seen_through
from game.engine.play import expect
from game.futures.parallel import spread
from game.futures.whatif import effect
from game.rules.luck import game_keys

from .intervals import middle
from .priors import Prior, named, priors
from .record import covering, under
from .roster import doctrines, history
from .strike import MARCH_STRIKE

Values = NDArray[np.float64]
DRAWS = 60
CHUNK = 5
Z95 = NormalDist().inv_cdf(0.95)


@dataclass(frozen=True, slots=True)
class _Draws:
    """The draws, for another process."""

    lens: str
    points: Values
    """(draws, parameters)."""
    pairs: int
    seed: int


def drawn(calibration: Mapping[str, Any], count: int, seed: int) -> Values:
    """(count, parameters) sets of values as likely as the fit found them.

    Args:
        calibration: what `calibrate` kept.
        count: how many.
        seed: their luck.
    """
    names = [prior.name for prior in priors()]
    together = np.eye(len(names))
    for row in calibration["correlations"]:
        a, b = names.index(row["a"]), names.index(row["b"])
        together[a, b] = together[b, a] = row["correlation"]
    # Rounded correlations may fit no law exactly: the nearest one that they do is taken.
    value, vector = np.linalg.eigh(together)
    root = vector * np.sqrt(np.maximum(value, 0))
    normal = np.random.default_rng([seed, count]).standard_normal((count, len(names))) @ root.T
    columns = [
        _column(prior, calibration["parameters"][prior.name], z)
        for prior, z in zip(priors(), normal.T, strict=True)
    ]
    return np.stack(columns, axis=1)


def _column(prior: Prior, row: Mapping[str, float], normal: Values) -> Values:
    """(count,) of one parameter: along its prior's scale, through the fit's three points."""
    share = [prior.share(row[key]) for key in ("low_5", "median", "high_95")]
    along = np.interp(normal, (-2 * Z95, -Z95, 0, Z95, 2 * Z95), (0.0, *share, 1.0))
    # The powers of the logarithmic scale may pass an end by a rounding.
    return np.clip(prior.value(along), prior.low, prior.high)


def strike_over_fit(
    calibration: Mapping[str, Any], lens: str, pairs: int, seed: int, *, workers: int = 1
) -> dict[str, Any]:
    """The strike's effect on the next month's attacks at each draw, and the middle of them.

    Args:
        calibration: what `calibrate` kept.
        lens: a lens's id or file; its own values stay.
        pairs: pairs of games for each draw; all draws have the same luck.
        seed: the luck.
        workers: processes; they change nothing but the time.
    """
    draws = _Draws(lens, drawn(calibration, DRAWS, seed), pairs, seed)
    parts = spread(_part, draws, DRAWS, chunk=CHUNK, workers=workers)
    effects = np.array(list(itertools.chain.from_iterable(parts)))
    likely = middle(effects)
    return {
        "draws": DRAWS,
        "pairs": pairs,
        "median": round(float(np.median(effects)), 3),
        "low_5": round(likely.low, 3),
        "high_95": round(likely.high, 3),
        "draws_with_fewer": int((effects < 0).sum()),
        "effects": [round(float(value), 3) for value in effects],
    }


def _part(draws: _Draws, first: int, count: int) -> list[float]:
    lens = load_lens(draws.lens)
    expect(DRAWS * draws.pairs * MARCH_STRIKE.turn)
    seen = seen_through(covering(), lens)
    found = []
    for point in draws.points[first : first + count]:
        values = named(priors(), point)
        own = {name: value for name, value in values.items() if name not in lens.parameters}
        there = under(seen, own)
        keys = game_keys(draws.seed, range(draws.pairs))
        shown = effect(there.setting, history(there), doctrines(there), MARCH_STRIKE, keys)
        found.append(shown.pairs["attacks"].difference.mean)
    return found
