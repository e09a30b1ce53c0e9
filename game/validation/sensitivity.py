"""Which assumptions drive the answer to "did the strike deter?".

The answer is the paired effect of the record's strike on depots on the next month's attacks: with
it minus without it, under the same luck. Morris's elementary effects screen all parameters; Sobol's
shares of variance rank the few that matter, interactions included (Saltelli and others 2008); a
tornado moves one at a time and leaves the rest at the balanced lens.
"""

import importlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.content.lens import through
from game.futures.spread import spread
from game.futures.statistics import Estimate
from game.futures.whatif import Effect, effect
from game.rules.luck import game_keys

from .priors import Prior, further, priors
from .propositions import MARCH_STRIKE
from .record import SCENARIO, covering
from .roster import doctrines, history

Values = NDArray[np.float64]
CHUNK = 8
LEVELS = 6
Tell = Callable[[str], None]


class NoLibraryError(Exception):
    """SALib is not installed."""


@dataclass(frozen=True, slots=True)
class Spending:
    """How hard to look."""

    seed: int = 1
    trajectories: int = 16
    """Morris's, over all parameters."""
    base: int = 32
    """Sobol's base sample, over the few that matter: (few + 2) x base points."""
    few: int = 5
    games: int = 600
    """Pairs of games for a point of Morris and Sobol."""
    tornado_games: int = 4000
    workers: int = 1


@dataclass(frozen=True, slots=True)
class _Points:
    """Sets of parameters to ask of, for another process."""

    names: tuple[str, ...]
    points: Values
    games: int
    seed: int


def all_parameters() -> tuple[Prior, ...]:
    """The fitted ones and the further ones."""
    return (*priors(), *further())


def sensitivity(
    spending: Spending, ranges: dict[str, tuple[float, float]], tell: Tell
) -> dict[str, Any]:
    """Measures which parameters the answer rests on.

    Args:
        spending: how hard to look.
        ranges: from where to where a parameter goes, where that is narrower than its prior.
        tell: is told of every step.

    Raises:
        NoLibraryError: SALib is not there.
    """
    every = all_parameters()
    bounds = [ranges.get(p.name, (p.low, p.high)) for p in every]
    tell(f"one at a time: {len(every)} parameters")
    tornado = _tornado(every, bounds, spending)
    tell(f"Morris: {spending.trajectories} trajectories")
    screened = _morris(every, bounds, spending)
    few = [row["name"] for row in screened[: spending.few]]
    tell(f"Sobol: {', '.join(few)}")
    chosen = [(p, b) for p, b in zip(every, bounds, strict=True) if p.name in few]
    ranked = _sobol([p for p, _ in chosen], [b for _, b in chosen], spending)
    middle = _answer({}, spending.tornado_games, spending.seed)
    return {
        "question": {
            "scenario": SCENARIO,
            "turn": MARCH_STRIKE.turn,
            "seat": MARCH_STRIKE.seat.name,
            "deed": MARCH_STRIKE.deed,
            "instead": MARCH_STRIKE.instead,
            "horizon": MARCH_STRIKE.horizon,
            "measure": "attacks",
        },
        "answer": _told(middle),
        "tornado": tornado,
        "morris": screened,
        "sobol": ranked,
    }


def _library(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        raise NoLibraryError(name) from None


def _problem(parameters: Sequence[Prior], bounds: Sequence[tuple[float, float]]) -> dict[str, Any]:
    return {
        "num_vars": len(parameters),
        "names": [p.name for p in parameters],
        "bounds": [list(b) for b in bounds],
    }


def _morris(
    parameters: Sequence[Prior], bounds: Sequence[tuple[float, float]], spending: Spending
) -> list[dict[str, Any]]:
    sample, analyse = _library("SALib.sample.morris"), _library("SALib.analyze.morris")
    problem = _problem(parameters, bounds)
    points = sample.sample(problem, spending.trajectories, num_levels=LEVELS, seed=spending.seed)
    answers = _answers(problem["names"], points, spending)
    found = analyse.analyze(
        problem, points, answers, num_levels=LEVELS, seed=spending.seed, scaled=False
    )
    rows = [
        {
            "name": name,
            "mean_absolute_effect": round(float(found["mu_star"][k]), 4),
            "error": round(float(found["mu_star_conf"][k]), 4),
            "mean_effect": round(float(found["mu"][k]), 4),
            "spread": round(float(found["sigma"][k]), 4),
        }
        for k, name in enumerate(problem["names"])
    ]
    return sorted(rows, key=lambda row: -float(str(row["mean_absolute_effect"])))


def _sobol(
    parameters: Sequence[Prior], bounds: Sequence[tuple[float, float]], spending: Spending
) -> list[dict[str, Any]]:
    sample, analyse = _library("SALib.sample.sobol"), _library("SALib.analyze.sobol")
    problem = _problem(parameters, bounds)
    points = sample.sample(problem, spending.base, calc_second_order=False, seed=spending.seed)
    answers = _answers(problem["names"], points, spending)
    found = analyse.analyze(problem, answers, calc_second_order=False, seed=spending.seed)
    rows = [
        {
            "name": name,
            "alone": round(float(found["S1"][k]), 3),
            "alone_error": round(float(found["S1_conf"][k]), 3),
            "with_others": round(float(found["ST"][k]), 3),
            "with_others_error": round(float(found["ST_conf"][k]), 3),
        }
        for k, name in enumerate(problem["names"])
    ]
    return sorted(rows, key=lambda row: -float(str(row["with_others"])))


def _tornado(
    parameters: Sequence[Prior], bounds: Sequence[tuple[float, float]], spending: Spending
) -> list[dict[str, Any]]:
    ends = [
        _Points((p.name,), np.array([[end]]), spending.tornado_games, spending.seed)
        for p, b in zip(parameters, bounds, strict=True)
        for end in b
    ]
    answers = list(spread(_ends, ends, len(ends), chunk=2, workers=spending.workers))
    rows = []
    for prior, (low, high), pair in zip(parameters, bounds, answers, strict=True):
        rows.append(
            {
                "name": prior.name,
                "low": float(f"{low:.3g}"),
                "high": float(f"{high:.3g}"),
                "at_low": _told(pair[0]),
                "at_high": _told(pair[1]),
                "swing": round(abs(pair[1].mean - pair[0].mean), 4),
            }
        )
    return sorted(rows, key=lambda row: -float(str(row["swing"])))


def _told(estimate: Estimate) -> dict[str, float]:
    return {
        "mean": round(estimate.mean, 4),
        "low": round(estimate.low, 4),
        "high": round(estimate.high, 4),
    }


def _ends(work: list[_Points], first: int, count: int) -> list[Estimate]:
    """The answers at some ends of the tornado's bars."""
    return [
        _answer(_named(end.names, end.points[0]), end.games, end.seed)
        for end in work[first : first + count]
    ]


def _answers(names: Sequence[str], points: Values, spending: Spending) -> Values:
    """(n,) the effect at each point."""
    work = _Points(tuple(names), points, spending.games, spending.seed)
    parts = spread(_part, work, len(points), chunk=CHUNK, workers=spending.workers)
    return np.array([answer for part in parts for answer in part])


def _part(work: _Points, first: int, count: int) -> list[float]:
    return [
        _answer(_named(work.names, point), work.games, work.seed).mean
        for point in work.points[first : first + count]
    ]


def _named(names: Sequence[str], point: Values) -> dict[str, float]:
    return dict(zip(names, map(float, point), strict=True))


def _answer(parameters: Mapping[str, float], games: int, seed: int) -> Estimate:
    """The effect of the strike on the next month's attacks; the parameters that are not named are
    the rulebook's.
    """
    scenario = covering()
    book = through(scenario.setting.rulebook, parameters)
    setting = scenario.setting.under(book)
    seen = replace(scenario, setting=setting)
    state = setting.open_games(game_keys(seed, range(games)))
    total: Effect = effect(setting, history(seen), doctrines(seen), MARCH_STRIKE, state)
    return total.pairs["attacks"].difference
