"""How people choose, fitted to the record: the sharpness of choice, and habits.

Penalised likelihood of the historical moves up to the last known day (a multinomial logit: McFadden
1974; its random part is the luck of games that follow the record). The penalty is a normal prior on
every constant (`data/priors.toml`), and how often each seat was seen to act in the weeks before the
record, counted as a few weeks more. The rules' parameters stay as they are meanwhile: `calibrate`
fits the two in turn.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.content.scenario import Scenario
from game.futures.follow import follow
from game.players.base import options
from game.players.features import Features
from game.players.habits import HABITS
from game.players.utility import total
from game.rules.observe import observe
from game.rules.seats import SEATS, Seat

from . import roster
from .moves import agreement
from .priors import Earlier, earlier, habit_priors, sharpness_prior
from .record import in_sample_turns, recorded

Values = NDArray[np.float64]
GROUP = "choice"
STEPS = 60
"""Newton steps at the most; it takes about ten."""
NEAR = 1e-7
"""A step that gains less is the last."""
NUDGE = 1e-4
"""For the slope of the gradient."""
Z95 = 1.6448536269514722


class Faced(NamedTuple):
    """One seat's choice in one turn of the record, in B games that follow it."""

    seat: Seat
    done: int
    """What it really did."""
    worth: Values
    """(deeds, B) temper x utility without habits: very low where a deed is not legal."""
    habit: Values
    """(habits, deeds, B) how far each habit bears on each deed."""
    hold: int


@dataclass(frozen=True, slots=True)
class Fit:
    """Where the likelihood is highest, and how sharply."""

    centre: Values
    """(1 + habits,) the logarithm of the sharpness, and the constants."""
    covariance: Values
    """Its inverse curvature there."""
    gain: float
    """By how much a move is likelier than under the priors' middle, in nats."""

    def draws(self, count: int, seed: int) -> list[dict[str, float]]:
        """Sets of values as likely as the fit leaves them, by parameter."""
        normal = np.random.default_rng([seed, count]).standard_normal((count, self.centre.size))
        value, vector = np.linalg.eigh(self.covariance)
        points = self.centre + normal @ (vector * np.sqrt(np.maximum(value, 0))).T
        return [by_name(point) for point in points]

    def as_data(self) -> dict[str, Any]:
        """Centre, ranges and covariance, for JSON."""
        width = Z95 * np.sqrt(np.diag(self.covariance))
        low, middle, high = (
            by_name(point) for point in (self.centre - width, self.centre, self.centre + width)
        )
        return {
            "parameters": {
                name: {
                    "median": _rounded(middle[name]),
                    "low_5": _rounded(low[name]),
                    "high_95": _rounded(high[name]),
                }
                for name in middle
            },
            "centre": [_rounded(value) for value in self.centre],
            "covariance": [[_rounded(value) for value in row] for row in self.covariance],
            "gain_over_priors": round(self.gain, 3),
        }


def from_data(data: dict[str, Any]) -> Fit:
    """What `Fit.as_data` kept."""
    return Fit(
        np.array(data["centre"]), np.array(data["covariance"]), float(data["gain_over_priors"])
    )


def by_name(point: Values) -> dict[str, float]:
    """A point's values by the parameters' names."""
    names = [f"{GROUP}.{habit.parameter}" for habit in HABITS]
    values = zip(names, point[1:].tolist(), strict=True)
    return {f"{GROUP}.sharpness": float(np.exp(point[0])), **dict(values)}


def before() -> dict[str, tuple[float, float]]:
    """The middle 90 of 100 of what was thought possible, by parameter."""
    rows = (sharpness_prior(), *habit_priors())
    low, high = (np.array([row.mean + z * row.sd for row in rows]) for z in (-Z95, Z95))
    lowest, highest = by_name(low), by_name(high)
    return {name: (lowest[name], highest[name]) for name in lowest}


def _rounded(value: float) -> float:
    return float(f"{value:.3g}")


def faced(scenario: Scenario, *, seed: int, particles: int) -> tuple[Faced, ...]:
    """Every choice of the record up to the last known day.

    Args:
        scenario: the one that covers the record, by the rules to be fitted under.
        seed: the luck.
        particles: B, games that follow the record at once.
    """
    setting, players = scenario.setting, roster.doctrines(scenario)
    path = follow(
        setting, roster.history(scenario), agreement(recorded(scenario)), games=particles, seed=seed
    )
    found: list[Faced] = []
    for moment in path:
        if moment.state.turn == in_sample_turns(scenario):
            break
        orders = scenario.historical_orders[moment.state.turn]
        for seat, player in players.items():
            seen = observe(setting, moment.state, moment.outcome, seat)
            features, may = Features(setting, seen), options(setting, moment.state, seat).deed
            ids = [deed.id for deed in setting.rulebook.deeds[seat]]
            apart = (part for part in player.deed_worth(seen, features) if part.part != "habit")
            worth = player.doctrine.temper * total(apart, len(ids), seen.us_killed)
            bears = np.zeros((len(HABITS), *worth.shape))
            for row, habit in enumerate(HABITS):
                if habit.seat is seat:
                    for deed in habit.deeds:
                        bears[row, ids.index(deed)] = features[habit.feature]
            found.append(
                Faced(
                    seat,
                    int(orders.deed[seat, 0]),
                    np.where(may, worth.astype(np.float64), -np.inf),
                    bears,
                    ids.index("hold"),
                )
            )
    return tuple(found)


class _Likelihood:
    """The penalised likelihood of what was chosen, and its gradient."""

    def __init__(self, choices: Sequence[Faced], before: Earlier) -> None:
        priors = (sharpness_prior(), *habit_priors())
        self.middle = np.array([prior.mean for prior in priors])
        self._precision = np.array([prior.sd for prior in priors]) ** -2.0
        self._choices, self._before = choices, before

    @cached_property
    def of_the_priors(self) -> float:
        """The moves' own likelihood at the priors' middle."""
        return sum(np.log(_odds(one, self.middle)[0][one.done]) for one in self._choices)

    def moves(self, point: Values) -> float:
        """The moves' own likelihood."""
        return sum(float(np.log(_odds(one, point)[0][one.done])) for one in self._choices)

    def __call__(self, point: Values) -> tuple[float, Values]:
        """The value at a point, and its gradient."""
        off = point - self.middle
        value = -0.5 * float(self._precision @ off**2)
        slope = -self._precision * off
        held: dict[Seat, list[tuple[float, Values]]] = {seat: [] for seat in SEATS}
        for one in self._choices:
            odds, slopes = _odds(one, point)
            value += float(np.log(odds[one.done]))
            slope += slopes(one.done) / odds[one.done]
            held[one.seat].append((float(odds[one.hold]), slopes(one.hold)))
        for seat, parts in held.items():
            # The weeks before: how often it held, against the odds along the record.
            odds_held = float(np.mean([odds for odds, _ in parts]))
            steep = np.mean([part for _, part in parts], axis=0)
            share, weeks = self._before.held(seat), self._before.counts_as
            value += weeks * (share * np.log(odds_held) + (1 - share) * np.log(1 - odds_held))
            slope += weeks * steep * (share / odds_held - (1 - share) / (1 - odds_held))
        return value, slope


def _odds(one: Faced, point: Values) -> tuple[Values, Any]:
    """(deeds,) the odds of each, and a function that gives the gradient of a deed's."""
    pull = np.exp(point[0]) * one.worth
    score = pull + np.tensordot(point[1:], one.habit, axes=1)
    share = np.exp(score - score.max(axis=0))
    share /= share.sum(axis=0)
    marks = np.concatenate([np.where(np.isfinite(pull), pull, 0.0)[None], one.habit])
    usual = (marks * share).sum(axis=1)

    def slope(deed: int) -> Values:
        return ((marks[:, deed] - usual) * share[deed]).mean(axis=1)

    return share.mean(axis=1), slope


def fit(choices: Sequence[Faced]) -> Fit:
    """Climbs to where the choices are likeliest, by Newton's method with halved steps."""
    likelihood = _Likelihood(choices, earlier())
    point = likelihood.middle.copy()
    value, slope = likelihood(point)
    for _ in range(STEPS):
        step = np.linalg.solve(_curvature(likelihood, point), slope)
        gained = -np.inf
        while gained < 0 and np.abs(step).max() > NEAR:
            there, steep = likelihood(point + step)
            gained = there - value
            step = step if gained >= 0 else step / 2
        if gained < NEAR:
            break
        point, value, slope = point + step, there, steep
    gain = (likelihood.moves(point) - likelihood.of_the_priors) / len(choices)
    return Fit(point, np.linalg.inv(_curvature(likelihood, point)), gain)


def _curvature(likelihood: _Likelihood, point: Values) -> Values:
    """Minus the second derivatives, made to bend downwards where they do not."""
    rows = [
        (likelihood(point - nudge)[1] - likelihood(point + nudge)[1]) / (2 * NUDGE)
        for nudge in np.eye(point.size) * NUDGE
    ]
    value, vector = np.linalg.eigh((np.array(rows) + np.array(rows).T) / 2)
    curvature: Values = (vector * np.maximum(value, 0.1)) @ vector.T
    return curvature
