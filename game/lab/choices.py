"""How people choose, fitted to the record: the sharpness of choice, and habits.

Penalised likelihood of the historical moves up to the last known day (a multinomial logit: McFadden
1974; its random part is the luck of games that follow the record). The penalty is a normal prior on
every constant (`data/priors.toml`), and how often each seat was seen to act in the weeks before the
record, counted as a few weeks more. The rules' parameters stay as they are meanwhile: `calibrate`
fits the two in turn.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.content.scenario import Scenario
from game.futures.follow import follow
from game.players.base import options
from game.players.doctrine import DoctrinePlayer
from game.players.features import Features
from game.players.habits import HABITS, SILENCES, Habit
from game.players.utility import Worth, total
from game.rules.observe import observe
from game.rules.seats import SEATS, Seat
from game.rules.state import Bools

from . import roster
from .moves import agreement
from .priors import Earlier, Normal, choice_priors, earlier
from .record import in_sample_turns, recorded
from .told import told

Values = NDArray[np.float64]
GROUP = "choice"
STEPS = 60
"""Newton steps at the most; it takes about ten."""
NEAR = 1e-7
"""A step that gains less is the last."""
NUDGE = 1e-4
"""For the slope of the gradient."""
TINY = 1e-9
"""Added to odds: a deed that was told and not legal in any game that follows the record."""
Z95 = 1.6448536269514722


class ChoiceKind(NamedTuple):
    """What is chosen: deeds, or words."""

    sharpness: str
    """The parameter's name in the group `choice`."""
    habits: tuple[Habit, ...]
    are_counted_before: bool
    """Whether the weeks before the record tell how often the first option was chosen."""


DEEDS = ChoiceKind("sharpness", HABITS, True)
WORDS = ChoiceKind("word_sharpness", SILENCES, False)


class Faced(NamedTuple):
    """One seat's choice in one turn of the record, in B games that follow it. The first option is
    to hold, or silence.
    """

    seat: Seat
    done: Values
    """(options,) what it is told to have done: each option's share, where they were several."""
    worth: Values
    """(options, B) temper x utility without habits: very low where an option is not legal."""
    habit: Values
    """(habits, options, B) how far each habit bears on each option."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Where the likelihood is highest, and how sharply."""

    kind: ChoiceKind
    centre: Values
    """(1 + habits,) the logarithm of the sharpness, and the constants."""
    covariance: Values
    """Its inverse curvature there."""
    gain: float
    """By how much a move is likelier than under the priors' middle, in nats."""

    def draws(self, count: int, seed: int) -> list[dict[str, float]]:
        """Sets of values as likely as the fit leaves them, by parameter: those of deeds by other
        luck than those of words.
        """
        luck = np.random.default_rng([seed, count, (DEEDS, WORDS).index(self.kind)])
        normal = luck.standard_normal((count, self.centre.size))
        value, vector = np.linalg.eigh(self.covariance)
        points = self.centre + normal @ (vector * np.sqrt(np.maximum(value, 0))).T
        return [by_name(self.kind, point) for point in points]

    def as_data(self) -> dict[str, Any]:
        """Centre, ranges and covariance, for JSON."""
        width = Z95 * np.sqrt(np.diag(self.covariance))
        low, middle, high = (
            by_name(self.kind, point)
            for point in (self.centre - width, self.centre, self.centre + width)
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


def from_data(kind: ChoiceKind, data: dict[str, Any]) -> Fit:
    """What `Fit.as_data` kept."""
    covariance, gain = np.array(data["covariance"]), float(data["gain_over_priors"])
    return Fit(kind, np.array(data["centre"]), covariance, gain)


def by_name(kind: ChoiceKind, point: Values) -> dict[str, float]:
    """A point's values by the parameters' names."""
    names = [f"{GROUP}.{habit.parameter}" for habit in kind.habits]
    values = zip(names, point[1:].tolist(), strict=True)
    return {f"{GROUP}.{kind.sharpness}": float(np.exp(point[0])), **dict(values)}


def before(kind: ChoiceKind) -> dict[str, tuple[float, float]]:
    """The middle 90 of 100 of what was thought possible, by parameter."""
    rows = priors_of(kind)
    low, high = (np.array([row.mean + z * row.sd for row in rows]) for z in (-Z95, Z95))
    lowest, highest = by_name(kind, low), by_name(kind, high)
    return {name: (lowest[name], highest[name]) for name in lowest}


def priors_of(kind: ChoiceKind) -> tuple[Normal, ...]:
    """Of the logarithm of the sharpness, and of each habit."""
    names = [kind.sharpness, *(habit.parameter for habit in kind.habits)]
    return tuple(choice_priors()[name] for name in names)


def _rounded(value: float) -> float:
    return float(f"{value:.3g}")


def faced(scenario: Scenario, *, seed: int, particles: int) -> dict[ChoiceKind, tuple[Faced, ...]]:
    """Every choice of the record up to the last known day, where anything is known of it.

    Args:
        scenario: the one that covers the record, by the rules to be fitted under.
        seed: the luck.
        particles: B, games that follow the record at once.
    """
    setting, players, known = scenario.setting, roster.doctrines(scenario), told(scenario)
    path = follow(
        setting, roster.history(scenario), agreement(recorded(scenario)), games=particles, seed=seed
    )
    found: dict[ChoiceKind, list[Faced]] = {DEEDS: [], WORDS: []}
    for moment in path:
        turn = moment.state.turn
        if turn == in_sample_turns(scenario):
            break
        for seat, player in players.items():
            done, said = known[seat].deeds[turn], known[seat].words[turn]
            if not done.any():
                continue  # Nothing is known of it: no choice to learn from.
            seen = observe(setting, moment.state, moment.outcome, seat)
            features, may = Features(setting, seen), options(setting, moment.state, seat)
            names = [deed.id for deed in setting.rulebook.deeds[seat]]
            worth = player.deed_worth(seen, features)
            found[DEEDS].append(facing(DEEDS, player, features, names, worth, may.deed, done))
            features.set_own_deed(scenario.historical_orders[turn].deed[seat].repeat(particles))
            names = [setting.rulebook.words[word].id for word in player.words]
            worth, may_say = player.word_worth(features), player.may_say(may)
            spoken = said[player.words]
            found[WORDS].append(facing(WORDS, player, features, names, worth, may_say, spoken))
    return {kind: tuple(choices) for kind, choices in found.items()}


def facing(
    kind: ChoiceKind,
    player: DoctrinePlayer,
    features: Features,
    names: list[str],
    worth: Iterable[Worth],
    legal: Bools,
    done: Values,
) -> Faced:
    """One seat's choice in one turn.

    Args:
        kind: what is chosen.
        player: whose temper and weights they are.
        features: what it sees in each game.
        names: the options' ids.
        worth: what makes up their utility; habits are left out of it.
        legal: (options, B).
        done: (options,) what it is told to have done.
    """
    plain = total((part for part in worth if part.part != "habit"), len(names), legal[0])
    bears = np.zeros((len(kind.habits), *legal.shape))
    for row, habit in enumerate(kind.habits):
        if habit.seat is player.doctrine.seat:
            for option in habit.options:
                bears[row, names.index(option)] = features[habit.feature]
    pull = np.where(legal, (player.doctrine.temper * plain).astype(np.float64), -np.inf)
    return Faced(player.doctrine.seat, done, pull, bears)


class _Stack(NamedTuple):
    """One seat's choices among as many options in as many games, n of them."""

    seat: Seat
    done: Values
    """(n, options)."""
    worth: Values
    """(n, options, B)."""
    habit: Values
    """(habits, n, options, B)."""

    @classmethod
    def of(cls, choices: Sequence[Faced]) -> "list[_Stack]":
        """All choices, stacked."""
        alike: dict[tuple[Seat, tuple[int, ...]], list[Faced]] = {}
        for one in choices:
            alike.setdefault((one.seat, one.worth.shape), []).append(one)
        return [
            cls(
                seat,
                np.stack([one.done for one in some]),
                np.stack([one.worth for one in some]),
                np.stack([one.habit for one in some], axis=1),
            )
            for (seat, _), some in alike.items()
        ]

    def share(self, point: Values) -> Values:
        """(n, options, B) the odds of each option in each game."""
        score = np.exp(point[0]) * self.worth + np.tensordot(point[1:], self.habit, axes=1)
        share: Values = np.exp(score - score.max(axis=1, keepdims=True))
        share /= share.sum(axis=1, keepdims=True)
        return share

    def slope(self, point: Values, share: Values, weight: Values) -> Values:
        """The gradient of the sum of the odds, weighed by (n, options)."""
        weighed = weight[:, :, None] * share
        tilt = (weighed - weighed.sum(axis=1, keepdims=True) * share) / share.shape[2]
        pull = np.exp(point[0]) * np.where(np.isfinite(self.worth), self.worth, 0)
        return np.array([(pull * tilt).sum(), *np.einsum("hnob,nob->h", self.habit, tilt)])


class _Likelihood:
    """The penalised likelihood of what was chosen, and its gradient."""

    def __init__(self, kind: ChoiceKind, choices: Sequence[Faced], *, weeks_before: bool) -> None:
        priors = priors_of(kind)
        self.middle = np.array([prior.mean for prior in priors])
        self._precision = np.array([prior.sd for prior in priors]) ** -2.0
        self._stacks = _Stack.of(choices)
        self._before = earlier() if weeks_before and kind.are_counted_before else None

    @cached_property
    def of_the_priors(self) -> float:
        """The moves' own likelihood at the priors' middle."""
        return self.moves(self.middle)

    def moves(self, point: Values) -> float:
        """The moves' own likelihood."""
        return sum(
            float((one.done * np.log(one.share(point).mean(axis=2) + TINY)).sum())
            for one in self._stacks
        )

    def __call__(self, point: Values) -> tuple[float, Values]:
        """The value at a point, and its gradient."""
        off = point - self.middle
        value = -0.5 * float(self._precision @ off**2)
        slope = -self._precision * off
        shares = [one.share(point) for one in self._stacks]
        odds = [share.mean(axis=2) for share in shares]
        weights = []
        for one, its_odds in zip(self._stacks, odds, strict=True):
            value += float((one.done * np.log(its_odds + TINY)).sum())
            weights.append(one.done / (its_odds + TINY))
        if self._before is not None:
            value += self._of_the_weeks_before(self._before, odds, weights)
        for one, share, weight in zip(self._stacks, shares, weights, strict=True):
            slope = slope + one.slope(point, share, weight)
        return value, slope

    def _of_the_weeks_before(
        self, before: Earlier, odds: list[Values], weights: list[Values]
    ) -> float:
        """How often each seat held in the weeks before, against the odds along the record; adds to
        the weights of holding.
        """
        value = 0.0
        for seat in SEATS:
            own = [row for row, one in enumerate(self._stacks) if one.seat is seat]
            held = np.concatenate([odds[row][:, 0] for row in own])
            mean, share, weeks = float(held.mean()), before.held(seat), before.counts_as
            value += weeks * (share * np.log(mean) + (1 - share) * np.log(1 - mean))
            for row in own:
                steep = share / mean - (1 - share) / (1 - mean)
                weights[row][:, 0] += weeks * steep / held.size
        return value


def fit(kind: ChoiceKind, choices: Sequence[Faced], *, weeks_before: bool = True) -> Fit:
    """Climbs to where the choices are likeliest, by Newton's method with halved steps.

    Args:
        kind: what is chosen.
        choices: all that were made.
        weeks_before: whether what is known of the weeks before the record counts.
    """
    likelihood = _Likelihood(kind, choices, weeks_before=weeks_before)
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
    covariance: Values = np.linalg.inv(_curvature(likelihood, point)).astype(np.float64)
    return Fit(kind, point, covariance, gain)


def _curvature(likelihood: _Likelihood, point: Values) -> Values:
    """Minus the second derivatives, made to bend downwards where they do not."""
    rows = [
        (likelihood(point - nudge)[1] - likelihood(point + nudge)[1]) / (2 * NUDGE)
        for nudge in np.eye(point.size) * NUDGE
    ]
    value, vector = np.linalg.eigh((np.array(rows) + np.array(rows).T) / 2)
    curvature: Values = (vector * np.maximum(value, 0.1)) @ vector.T
    return curvature
