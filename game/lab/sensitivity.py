"""Which assumptions drive the answer to "did the strike deter?".

The answer is the paired effect of the record's strike on depots on the next month's attacks: with
it minus without it, under the same luck. Morris's elementary effects screen all parameters; Sobol's
shares of variance rank the few that matter, interactions included (Saltelli and others 2008); a
tornado moves one at a time and leaves the rest at the balanced lens.
"""

import importlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.engine.play import expect
from game.futures.parallel import spread
from game.futures.whatif import Effect, effect
from game.rules.luck import game_keys
from game.views.effects import Estimate

from .priors import Prior, further, priors
from .record import SCENARIO, covering, under
from .roster import doctrines, history
from .strike import MARCH_STRIKE

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
    every = {p.name: ranges.get(p.name, (p.low, p.high)) for p in all_parameters()}
    tell(f"one at a time: {len(every)} parameters")
    tornado = _tornado(every, spending)
    tell(f"Morris: {spending.trajectories} trajectories")
    screened = _study(MORRIS, spending.trajectories, every, spending)
    few = [row["name"] for row in screened[: spending.few]]
    tell(f"Sobol: {', '.join(few)}")
    chosen = {name: ends for name, ends in every.items() if name in few}
    ranked = _study(SOBOL, spending.base, chosen, spending)
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
        "answer": _estimate_row(middle),
        "tornado": tornado,
        "morris": screened,
        "sobol": ranked,
    }


def _library(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        raise NoLibraryError(name) from None


@dataclass(frozen=True, slots=True)
class _Method:
    """One of the library's methods: its name there, and what its results are called here."""

    name: str
    options: Mapping[str, Any]
    """For both the sample and the analysis."""
    analysis: Mapping[str, Any]
    """For the analysis alone."""
    columns: Mapping[str, str]
    """The library's names by ours; rows are ordered by the first."""
    digits: int
    needs_points: bool


MORRIS = _Method(
    "morris",
    {"num_levels": LEVELS},
    {"scaled": False},
    {"mean_absolute_effect": "mu_star", "error": "mu_star_conf", "mean_effect": "mu"}
    | {"spread": "sigma"},
    digits=4,
    needs_points=True,
)
SOBOL = _Method(
    "sobol",
    {"calc_second_order": False},
    {},
    {"with_others": "ST", "with_others_error": "ST_conf", "alone": "S1", "alone_error": "S1_conf"},
    digits=3,
    needs_points=False,
)


def _study(
    method: _Method, size: int, ranges: Mapping[str, tuple[float, float]], spending: Spending
) -> list[dict[str, Any]]:
    """A method's figures for every parameter, the greatest first.

    Args:
        method: which one.
        size: of its sample, in its own unit.
        ranges: from where to where each parameter goes.
        spending: how hard to look.
    """
    draw, analysis = (_library(f"SALib.{part}.{method.name}") for part in ("sample", "analyze"))
    problem = {
        "num_vars": len(ranges),
        "names": list(ranges),
        "bounds": [list(ends) for ends in ranges.values()],
    }
    points = draw.sample(problem, size, **method.options, seed=spending.seed)
    answers = _answers(tuple(ranges), points, spending)
    told = analysis.analyze(
        problem,
        *((points,) if method.needs_points else ()),
        answers,
        **method.options,
        **method.analysis,
        seed=spending.seed,
    )
    rows = [
        {"name": name}
        | {ours: round(float(told[its][k]), method.digits) for ours, its in method.columns.items()}
        for k, name in enumerate(ranges)
    ]
    first = next(iter(method.columns))
    return sorted(rows, key=lambda row: -row[first])


def _tornado(ranges: Mapping[str, tuple[float, float]], spending: Spending) -> list[dict[str, Any]]:
    ends = [
        _Points((name,), np.array([[end]]), spending.tornado_games, spending.seed)
        for name, both in ranges.items()
        for end in both
    ]
    answers = spread(_ends, ends, len(ends), chunk=2, workers=spending.workers)
    rows: list[dict[str, Any]] = [
        {
            "name": name,
            "low": float(f"{low:.3g}"),
            "high": float(f"{high:.3g}"),
            "at_low": _estimate_row(at_low),
            "at_high": _estimate_row(at_high),
            "swing": round(abs(at_high.mean - at_low.mean), 4),
        }
        for (name, (low, high)), (at_low, at_high) in zip(ranges.items(), answers, strict=True)
    ]
    return sorted(rows, key=lambda row: -row["swing"])


def _estimate_row(estimate: Estimate) -> dict[str, float]:
    return {
        "mean": round(estimate.mean, 4),
        "low": round(estimate.low, 4),
        "high": round(estimate.high, 4),
    }


def _ends(work: list[_Points], first: int, count: int) -> list[Estimate]:
    """The answers at some ends of the tornado's bars."""
    _expect(work)
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
    _expect([work])
    return [
        _answer(_named(work.names, point), work.games, work.seed).mean
        for point in work.points[first : first + count]
    ]


def _expect(asked: Sequence[_Points]) -> None:
    games = 2 * sum(len(points.points) * points.games for points in asked)
    expect(games * covering().setting.turns)


def _named(names: Sequence[str], point: Values) -> dict[str, float]:
    return dict(zip(names, map(float, point), strict=True))


def _answer(parameters: Mapping[str, float], games: int, seed: int) -> Estimate:
    """The effect of the strike on the next month's attacks; the parameters that are not named are
    the rulebook's.
    """
    seen = under(covering(), parameters)
    keys = game_keys(seed, range(games))
    total: Effect = effect(seen.setting, history(seen), doctrines(seen), MARCH_STRIKE, keys)
    return total.pairs["attacks"].difference
