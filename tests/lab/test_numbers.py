"""The arithmetic: intervals, importance sampling, scores; against known answers."""

import numpy as np
import pytest

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
from game.lab.scores import (
    Difference,
    baseline,
    difference,
    given_action,
    hold_or_act,
    scored,
)


@pytest.mark.parametrize(
    ("successes", "cases", "low", "high"),
    [  # by the quantiles of the beta law
        (0, 10, 0.0, 0.30850),
        (2, 2, 0.15811, 1.0),
        (5, 10, 0.18709, 0.81291),
        (25, 27, 0.75709, 0.99089),
        (1523, 2000, 0.74222, 0.78003),  # whose coefficients fit no float
    ],
)
def test_exact_intervals_are_clopper_and_pearson_s(successes, cases, low, high) -> None:
    assert exact(successes, cases) == pytest.approx((low, high), abs=2e-4)


def test_intervals_of_no_cases_say_nothing() -> None:
    assert exact(0, 0) == wilson(0, 0) == (0, 1)


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


NOTHING = [0.0, 0.0, 0.0]
"""A turn of which nothing is known."""


def done(*deeds: int | None, options: int = 3) -> np.ndarray:
    """(turns, options) of one deed a turn, or of none that is known."""
    table = np.zeros((len(deeds), options))
    for turn, deed in enumerate(deeds):
        if deed is not None:
            table[turn, deed] = 1
    return table


def blind(turns: int, options: int = 3) -> np.ndarray:
    return np.full((turns, options), 1 / options)


def test_scores_of_a_seer_and_of_a_fool() -> None:
    what = done(0, 2)
    assert scored(what, what).log.tolist() == [0, 0]
    assert scored(what, what).brier.tolist() == [0, 0]
    fool = scored(done(0), np.array([[0.0, 1, 0]]))
    assert fool.log[0] == pytest.approx(np.log(1e-6))
    assert fool.brier.tolist() == [1]


def test_no_unknown_turn_is_scored() -> None:
    found = scored(done(0, None), blind(2))
    assert np.isfinite(found.log).tolist() == np.isfinite(found.brier).tolist() == [True, False]
    assert difference(found.log).mean == pytest.approx(np.log(1 / 3)), "nor counted in a mean"
    assert difference(np.full((4, 2), np.nan)) == Difference(0, 0, 0)


def test_a_turn_of_two_deeds_rewards_honest_odds() -> None:
    """Its score is the mean over them, so that halves do better than any other odds."""
    two = np.array([[0, 0.5, 0.5]])
    each = [scored(done(deed), np.array([[0.2, 0.5, 0.3]])) for deed in (1, 2)]
    found = scored(two, np.array([[0.2, 0.5, 0.3]]))
    assert found.log[0] == pytest.approx(np.mean([one.log[0] for one in each]))
    assert found.brier[0] == pytest.approx(np.mean([one.brier[0] for one in each]))
    honest, bold = (scored(two, np.array([odds])).log[0] for odds in ([0, 0.5, 0.5], [0, 0.9, 0.1]))
    assert honest > bold


def test_whether_and_what_add_up_to_the_whole() -> None:
    """log P(deed) = log P(it acts) + log P(deed, given that it acts)."""
    odds, what = np.array([[0.5, 0.3, 0.2], [0.7, 0.1, 0.2]]), done(2, 0)
    whole = scored(what, odds).log
    acts = scored(hold_or_act(what), hold_or_act(odds)).log
    which = scored(given_action(what), given_action(odds)).log
    assert whole[0] == pytest.approx(acts[0] + which[0])
    assert whole[1] == pytest.approx(acts[1])
    assert np.isnan(which[1]), "who held did no deed to be foretold"
    assert np.isnan(scored(hold_or_act(np.array([NOTHING])), hold_or_act(odds[:1])).log[0])


def test_the_baselines_are_what_they_are_called() -> None:
    what, legal = done(0, 0, 1, 1, 1, 2), blind(6)
    assert (baseline("uniform", what, legal, 4) == legal).all()
    repeat = baseline("repeat", what, legal, 4)
    assert repeat[0] == pytest.approx([1 / 3] * 3)
    # Of the other two steps to be learnt from, one repeated; one is added to either side: 2/4.
    assert repeat[1] == pytest.approx([0.5, 0.25, 0.25])
    assert repeat[4] == pytest.approx([0.2, 0.6, 0.2]), "after the split all three, of which two"
    rates = baseline("rates", what, legal, 4)
    # Two of four were nothing: 2.5 of 5; and of the others one kind was seen twice, one never.
    assert rates[5] == pytest.approx([0.5, 0.5 * 2.5 / 3, 0.5 * 0.5 / 3])
    window = baseline("window", what, legal, 4)
    assert window[5] == pytest.approx([0.25, 0.75 * 1.5 / 2, 0.75 * 0.5 / 2])
    assert (window[:4] == rates[:4]).all()
    so_far = baseline("so_far", what, legal, 4)
    assert so_far[5] == pytest.approx([2.5 / 6, 3.5 / 6 * 3.5 / 4, 3.5 / 6 * 0.5 / 4])
    closed = baseline("rates", what, np.array([[0.5, 0.5, 0]] * 6), 4)
    assert closed[5][2] == 0, "what is not legal is not guessed"


def test_base_rates_leave_out_the_turn_that_they_foretell() -> None:
    """Whatever was done in a turn, its own base rates are the same."""
    early = [baseline("rates", done(0, 0, deed), blind(3), 3)[2] for deed in (0, 1, 2, None)]
    assert all((rates == early[0]).all() for rates in early)
    gone = baseline("rates", done(0, None, 1), blind(3), 3)[2]
    assert gone[0] == pytest.approx(1.5 / 2), "an unknown turn is no turn of holding"


def test_baselines_learn_nothing_from_what_they_are_tested_on() -> None:
    for late in (0, 1):
        what, legal = done(0, 0, 0, 0, late, options=2), blind(5, 2)
        assert baseline("rates", what, legal, 4)[4] == pytest.approx([4.5 / 5, 0.5 / 5])
        assert baseline("repeat", what, legal, 4)[4] == pytest.approx([4 / 5, 1 / 5])


def test_who_learns_as_he_goes_knows_the_turns_before_and_no_others() -> None:
    what, legal = done(0, 1, 1, 0, 1, options=2), blind(5, 2)
    so_far = baseline("so_far", what, legal, 4)
    for turn in range(5):
        other = what.copy()
        other[turn:] = other[turn:, ::-1]
        assert (baseline("so_far", other, legal, 4)[: turn + 1] == so_far[: turn + 1]).all()
    assert so_far[0] == pytest.approx([0.5, 0.5])
    assert so_far[4] == pytest.approx([0.5, 0.5]), "two of four, beyond the split, too"


def test_an_unknown_turn_is_passed_over_by_what_repeats() -> None:
    repeat = baseline("repeat", done(1, None, 1), blind(3), 3)
    assert repeat[2].argmax() == 1


def test_a_difference_is_clear_only_where_its_interval_says_so() -> None:
    luck = np.random.default_rng(4)
    noise = luck.normal(0, 1, (24, 4))
    unsure = difference(noise)
    assert unsure.low < 0 < unsure.high
    sure = difference(noise + 2)
    assert sure.low > 0
    assert sure.low < sure.mean < sure.high
    few = difference(noise[:8])
    assert few.turns == 8
    assert np.isinf([few.low, few.high]).all(), "eight turns have no interval"
