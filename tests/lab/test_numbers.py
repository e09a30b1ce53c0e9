"""The arithmetic: intervals, importance sampling, scores; against known answers."""

import numpy as np
import pytest

from game.futures.widths import student
from game.lab.importance import (
    Proposals,
    correlations,
    effective,
    normalised,
    quantile,
    shares,
    tempered,
)
from game.lab.intervals import clustered, exact, wilson
from game.lab.moves import Move
from game.lab.scores import baseline, difference, scored
from game.rules.seats import Seat


@pytest.mark.parametrize(
    ("successes", "cases", "low", "high"),
    [  # by the quantiles of the beta law
        (0, 10, 0.0, 0.30850),
        (2, 2, 0.15811, 1.0),
        (5, 10, 0.18709, 0.81291),
        (25, 27, 0.75709, 0.99089),
    ],
)
def test_exact_intervals_are_clopper_and_pearson_s(successes, cases, low, high) -> None:
    assert exact(successes, cases) == pytest.approx((low, high), abs=2e-4)


def test_intervals_of_no_cases_say_nothing() -> None:
    assert exact(0, 0) == wilson(0, 0) == (0, 1)


@pytest.mark.parametrize(("free", "point"), [(3, 3.182), (9, 2.262), (79, 1.990)])
def test_student_s_points_are_the_tables_(free: int, point: float) -> None:
    assert student(free, 0.95) == pytest.approx(point, rel=0.01)


def test_cases_alike_within_their_clusters_are_worth_one_each() -> None:
    whole = np.array([4] * 10)
    assert clustered(whole, whole) == wilson(10, 10)
    assert clustered(np.zeros(3, np.int64), np.zeros(3, np.int64)) == (0, 1)


def test_wilson_s_interval() -> None:
    assert wilson(30, 100) == pytest.approx((0.21895, 0.39585), abs=1e-4)


def test_importance_sampling_finds_a_known_posterior() -> None:
    """Shares with a uniform prior and a binomial likelihood have a beta posterior."""
    luck, proposals, drawn = np.random.default_rng(2), Proposals(2), []
    heads, tails = np.array([18.0, 3.0]), np.array([2.0, 9.0])

    def log_likelihood(logits):
        share = shares(logits)
        return (heads * np.log(share) + tails * np.log1p(-share)).sum(axis=1)

    for number in range(4):
        if number:
            so_far = np.concatenate(drawn)
            proposals.adapt(so_far, log_likelihood(so_far))
        drawn.append(proposals.draw(600, luck))
    every = np.concatenate(drawn)
    weight = normalised(proposals.log_weights(every, log_likelihood(every)))
    mean = weight @ shares(every)
    assert mean == pytest.approx((heads + 1) / (heads + tails + 2), abs=0.012)
    assert quantile(shares(every)[:, 0], weight, 0.05) == pytest.approx(0.7294, abs=0.03)
    assert effective(weight) > 600, "the later rounds look where the posterior is"
    assert abs(correlations(shares(every), weight)[0, 1]) < 0.1


def test_weights_are_flattened_until_enough_count() -> None:
    peaked = np.arange(100.0)
    assert effective(normalised(peaked)) < 3
    assert effective(tempered(peaked)) == pytest.approx(25, abs=0.1)
    assert tempered(np.zeros(10)) == pytest.approx(np.full(10, 0.1))


def move(turn: int, deed: int, odds: list[float], legal: list[float] | None = None) -> Move:
    fair = np.full(len(odds), 1 / len(odds)) if legal is None else np.array(legal)
    return Move(turn, Seat.US, deed, np.array(odds), fair, 0, np.ones(1), 1.0)


def test_scores_of_a_seer_and_of_a_fool() -> None:
    seer = [move(1, 0, [1, 0, 0]), move(2, 2, [0, 0, 1])]
    fool = [move(1, 0, [0, 1, 0])]
    assert scored(seer, [m.odds for m in seer]).log.tolist() == [0, 0]
    assert scored(seer, [m.odds for m in seer]).brier.tolist() == [0, 0]
    assert scored(fool, [m.odds for m in fool]).log[0] == pytest.approx(np.log(1e-6))
    assert scored(fool, [m.odds for m in fool]).brier.tolist() == [1]


def test_the_baselines_are_what_they_are_called() -> None:
    deeds = [0, 0, 1, 1, 1, 2]
    moves = [move(t, d, [0.5, 0.25, 0.25]) for t, d in enumerate(deeds, 1)]
    learnt = moves[:4]
    assert np.allclose(baseline("uniform", moves, learnt), 1 / 3)
    repeat = baseline("repeat", moves, learnt)
    # Two of three steps repeated; one is added to either side: 3/5.
    assert repeat[0] == pytest.approx([1 / 3] * 3)
    assert repeat[1] == pytest.approx([0.6, 0.2, 0.2])
    assert repeat[3] == pytest.approx([0.2, 0.6, 0.2])
    rates = baseline("rates", moves, learnt)
    assert rates[5] == pytest.approx([2.5 / 5.5, 2.5 / 5.5, 0.5 / 5.5])
    closed = [move(1, 0, [1, 0, 0], [0.5, 0.5, 0])]
    assert baseline("rates", closed, learnt)[0][2] == 0, "what is not legal is not guessed"


def test_baselines_learn_nothing_from_what_they_are_tested_on() -> None:
    early = [move(t, 0, [1, 0]) for t in range(1, 5)]
    for late in (0, 1):
        moves = [*early, move(5, late, [1, 0])]
        assert baseline("rates", moves, early)[4] == pytest.approx([4.5 / 5, 0.5 / 5])
        assert baseline("repeat", moves, early)[4] == pytest.approx([4 / 5, 1 / 5])


def test_a_difference_is_clear_only_where_its_interval_says_so() -> None:
    luck = np.random.default_rng(4)
    noise = luck.normal(0, 1, (24, 4))
    unsure = difference(noise)
    assert unsure.low < 0 < unsure.high
    sure = difference(noise + 2)
    assert sure.low > 0
    assert sure.low < sure.mean < sure.high
    assert sure == difference(noise + 2), "the same seed, the same interval"
