"""The balanced lens's free parameters, fitted to the record up to the last known day.

A set of parameters is judged twice. Free: how well whole simulated autumns agree with the counts
(`moments`), as approximate Bayesian computation with a kernel for the counts' error; by Wilkinson
(2013) that is exact inference under that error. Along the record: how probable the computer players
find each historical move (`moves`). The two use some of the same events, so the ranges that come
out are a little too narrow rather than too wide.

How people choose is fitted in turn with the rules (`choices`): first by rules in the middle of what
was thought possible, then the rules by that, then again by the rules that were found. Nothing
starts from what was found before: whoever fits twice finds the same.
"""

from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.content.scenario import Scenario
from game.engine.play import expect
from game.futures.parallel import spread
from game.rules.luck import game_keys
from game.rules.seats import SEATS

from . import choices
from .importance import (
    LEAST,
    Proposals,
    correlations,
    effective,
    normalised,
    quantile,
    shares,
)
from .moments import agreement
from .moves import moves
from .priors import middles, named, priors
from .record import SCENARIO, covering, in_sample_turns, last_fitted_day, under
from .roster import doctrines
from .trajectories import record_trajectories

Values = NDArray[np.float64]
CHUNK = 4
ENOUGH_DRAWS = 50
"""With fewer effective draws there is no telling of ranges."""


@dataclass(frozen=True, slots=True)
class Budget:
    """How hard to look. It can be sent to another process, and names a run."""

    seed: int = 1
    rounds: int = 4
    draws: int = 100
    """Sets of parameters tried in each round."""
    games: int = 512
    """Autumns simulated for each."""
    particles: int = 192
    """Games that follow the record for each; one is as dear as three that are free."""


class Judged(NamedTuple):
    """What became of some sets of parameters, (n,) each."""

    free: Values
    """Log likelihood of the counts."""
    path: Values
    """Log likelihood of the historical moves."""


@dataclass(frozen=True, slots=True)
class _Round:
    """Sets of parameters to judge, for another process."""

    budget: Budget
    points: Values
    """(draws, parameters)."""
    choosing: Mapping[str, float]
    """How people choose meanwhile."""


Keep = Callable[[int, int, Judged], None]
"""Told of a round, the first draw of a chunk, and what became of it."""


@dataclass(frozen=True, slots=True)
class Posterior:
    """All draws with what they are worth."""

    budget: Budget
    points: Values
    """(n, parameters)."""
    weight: Values
    """(n,) adding up to 1."""
    judged: Judged
    choices: tuple[choices.Fit, ...]
    """How people choose, under the medians of the rules' parameters: deeds, and words."""

    @property
    def effective(self) -> float:
        """How many equally weighed draws they are worth."""
        return effective(self.weight)

    def as_data(self) -> dict[str, Any]:
        """Means, ranges and correlations, for JSON."""
        table = {}
        for column, prior in zip(self.points.T, priors(), strict=True):
            mean = float(self.weight @ column)
            table[prior.name] = {
                "mean": _rounded(mean),
                "low_5": _rounded(quantile(column, self.weight, 0.05)),
                "median": _rounded(quantile(column, self.weight, 0.5)),
                "high_95": _rounded(quantile(column, self.weight, 0.95)),
                "prior_low": prior.low,
                "prior_high": prior.high,
                "narrowed": round(1 - self._width(prior.share, column) / 0.9, 2),
            }
        best = int(self.judged.free.argmax())
        return {
            "parameters": table,
            "correlations": [
                {"a": a, "b": b, "correlation": round(value, 2)} for a, b, value in self._pairs()
            ],
            "draws": int(self.weight.size),
            "effective_draws": round(self.effective, 1),
            "choices": {fit.kind.sharpness: fit.as_data() for fit in self.choices},
            "judged": {
                name: [round(float(value), 6) for value in column]
                for name, column in self.judged._asdict().items()
            },
            "log_likelihood": {
                "counts_mean": round(float(self.weight @ self.judged.free), 2),
                "moves_mean": round(float(self.weight @ self.judged.path), 2),
                "counts_best": round(float(self.judged.free[best]), 2),
            },
        }

    def _width(self, share: Callable[[float], float], column: Values) -> float:
        """The share of the prior's range that the middle 90 % of the posterior takes up."""
        return share(quantile(column, self.weight, 0.95)) - share(
            quantile(column, self.weight, 0.05)
        )

    def _pairs(self) -> Iterator[tuple[str, str, float]]:
        """Every pair of parameters with its correlation, the strongest first."""
        scaled = np.stack(
            [
                [prior.share(value) for value in column]
                for column, prior in zip(self.points.T, priors(), strict=True)
            ],
            axis=1,
        )
        table = correlations(scaled, self.weight)
        names = [prior.name for prior in priors()]
        pairs = [
            (names[i], names[j], float(table[i, j]))
            for i in range(len(names))
            for j in range(i + 1, len(names))
        ]
        yield from sorted(pairs, key=lambda pair: -abs(pair[2]))


def _rounded(value: float) -> float:
    return float(f"{value:.3g}")


def calibrate(
    budget: Budget, known: dict[tuple[int, int], Judged], keep: Keep, *, workers: int = 1
) -> Posterior:
    """Fits the parameters.

    Args:
        budget: how hard to look.
        known: what an interrupted run has judged already, by round and first draw of a chunk.
        keep: is told of every chunk that is judged anew.
        workers: processes; they change nothing but the time.
    """
    choosing = _choosing(_choices(budget, middles()))
    proposals = Proposals(len(priors()))
    logits: list[Values] = []
    judged: list[Judged] = []
    for number in range(budget.rounds):
        if number:
            proposals.adapt(np.concatenate(logits), _total(judged))
        luck = np.random.default_rng([budget.seed, number])
        logits.append(proposals.draw(budget.draws, luck))
        judged.append(
            _judge(_Round(budget, _points(logits[-1]), choosing), number, known, keep, workers)
        )
    every = np.concatenate(logits)
    weight = normalised(proposals.log_weights(every, _total(judged)))
    points = _points(every)
    medians = np.array([quantile(column, weight, 0.5) for column in points.T])
    return Posterior(
        budget,
        points,
        weight,
        Judged(*map(np.concatenate, zip(*judged, strict=True))),
        _choices(budget, named(priors(), medians)),
    )


def _choices(budget: Budget, rules: Mapping[str, float]) -> tuple[choices.Fit, ...]:
    """How people choose, by rules with these parameters."""
    scenario = under(covering(), rules)
    faced = choices.faced(scenario, seed=budget.seed, particles=budget.particles)
    return tuple(choices.fit(kind, made) for kind, made in faced.items())


def _choosing(fits: Iterable[choices.Fit]) -> dict[str, float]:
    return dict(ChainMap(*(choices.by_name(fit.kind, fit.centre) for fit in fits)))


def _total(judged: list[Judged]) -> Values:
    total: Values = np.concatenate([part.free + part.path for part in judged])
    return total


def _points(logits: Values) -> Values:
    share = shares(logits)
    return np.stack([p.value(column) for p, column in zip(priors(), share.T, strict=True)], axis=1)


def _judge(
    whole: _Round,
    number: int,
    known: dict[tuple[int, int], Judged],
    keep: Keep,
    workers: int,
) -> Judged:
    """Judges a round's draws, those aside that are known already."""
    budget = whole.budget
    firsts = range(0, budget.draws, CHUNK)
    missing = [first for first in firsts if (number, first) not in known]
    todo = [draw for first in missing for draw in range(first, min(first + CHUNK, budget.draws))]
    work = replace(whole, points=whole.points[np.array(todo, np.intp)])
    sizes = [min(CHUNK, budget.draws - first) for first in missing]
    parts = dict(known)
    # Only the last chunk of a round can be short, and it is the last of those missing, if at all.
    for first, part in zip(
        missing, spread(judge, work, sum(sizes), chunk=CHUNK, workers=workers), strict=True
    ):
        keep(number, first, part)
        parts[number, first] = part
    return Judged(
        *(np.concatenate([parts[number, first][k] for first in firsts]) for k in range(2))
    )


def judge(work: _Round, first: int, count: int) -> Judged:
    """How well some of a round's sets of parameters fit."""
    budget, turns = work.budget, in_sample_turns(covering())
    expect(budget.rounds * budget.draws * (budget.games + 3 * budget.particles) * turns)
    scenario = under(covering(), work.choosing)
    fits = [_fit(scenario, work.budget, point) for point in work.points[first : first + count]]
    return Judged(*(np.array(column) for column in zip(*fits, strict=True)))


def _fit(scenario: Scenario, budget: Budget, point: Values) -> tuple[float, float]:
    seen = under(scenario, named(priors(), point))
    turns = in_sample_turns(scenario)
    # The same luck for every set of parameters: what differs is theirs.
    keys = game_keys(budget.seed, range(budget.games))
    trajectories = record_trajectories(seen, doctrines(seen), keys, turns)
    free = np.log(agreement(seen, trajectories).mean() + LEAST)
    done = moves(seen, seed=budget.seed, particles=budget.particles, turns=turns)
    path = sum(np.log(max(move.probability, LEAST)) for move in done)
    return float(free), float(path)


def described() -> dict[str, Any]:
    """What the run used of the record, for its provenance."""
    scenario = covering()
    turns = in_sample_turns(scenario)
    return {
        "scenario": SCENARIO,
        "fitted_to": f"{scenario.turns[0].date} to {last_fitted_day(scenario)}",
        "turns": turns,
        "moves": turns * len(SEATS),
    }
