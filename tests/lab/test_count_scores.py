"""Scores of foretold counts, simple guesses at them, and what of a turn falls into which month."""

from datetime import date

import numpy as np
import pytest

from game.lab.baselines import CONSTANT, GAMMA, count_baselines
from game.lab.count_scores import (
    crps,
    honesty,
    log_score,
    mean,
    of_games,
    pit,
    pits,
    quantile,
    unevenness,
)
from game.lab.lodged import by_three
from game.lab.periods import Period, in_periods, months, turns
from game.lab.scores import FAINTEST

LUCK = np.random.default_rng(5)


def test_crps_is_what_its_other_definition_gives() -> None:
    """E|X - y| - E|X - X'| / 2 (Gneiting and Raftery 2007, equation 21)."""
    games = LUCK.poisson(4.0, 3000)
    for came in (0, 3, 11, 40):
        far = np.abs(games - came).mean()
        apart = np.abs(games[:, None] - games[None]).mean()
        assert crps(of_games(games), came) == pytest.approx(far - apart / 2, rel=1e-6)


def test_a_sure_forecast_is_scored_by_how_far_off_it_was() -> None:
    sure = of_games(np.full(10, 3))
    assert [crps(sure, came) for came in (3, 5, 0)] == [0, 2, 3]
    assert log_score(sure, 3) == 0
    assert log_score(sure, 5) == log_score(sure, 2) == np.log(FAINTEST)


def test_honest_odds_win_in_the_long_run() -> None:
    """Both scores are proper: whoever gives the true law is off by the least."""
    true = of_games(LUCK.poisson(4.0, 20_000))
    wide, off = of_games(LUCK.poisson(7.0, 20_000) // 2 * 2), of_games(LUCK.poisson(6.0, 20_000))
    came = LUCK.poisson(4.0, 500)
    for other in (wide, off):
        assert sum(crps(true, y) for y in came) < sum(crps(other, y) for y in came)
        assert sum(log_score(true, y) for y in came) > sum(log_score(other, y) for y in came)


def test_a_place_counts_half_of_its_own_odds() -> None:
    odds = np.array([0.2, 0.5, 0.3])
    assert [pit(odds, came) for came in range(4)] == pytest.approx([0.1, 0.45, 0.85, 1.0])
    counts = np.array([[0, 1, 1, 2], [4, 4, 4, 4]])
    assert pits(counts).tolist() == [[0.125, 0.5, 0.5, 0.875], [0.5] * 4]
    assert [quantile(odds, share) for share in (0.05, 0.2, 0.5, 0.95)] == [0, 0, 1, 2]
    assert mean(odds) == pytest.approx(1.1)


def test_evenly_spread_places_are_the_most_even() -> None:
    even = (np.arange(5) + 0.5) / 5
    assert unevenness(even) == pytest.approx(1 / 60)
    assert unevenness(even**4) > unevenness(even)
    assert unevenness(np.full(5, 0.5)) > unevenness(even)


def test_honesty_is_refused_at_its_own_rate() -> None:
    """Of records that the games made themselves, one in twenty is refused; of others, nearly all.

    The months of a game hang together here: a test that took them for independent would refuse
    more.
    """
    rate = LUCK.gamma(2.0, 2.0, 3000)
    counts = LUCK.poisson(rate, (5, 3000))
    p = np.array([honesty(counts[:, k], counts[:, 1000:]) for k in range(400)])
    assert 0.02 <= (p < 0.05).mean() <= 0.09
    assert honesty(np.full(5, 30), counts) < 0.05
    assert honesty(np.array([3, 5, 2, 4, 3]), np.full((5, 1000), 9)) < 0.05


def test_simple_guesses_go_by_what_came_before() -> None:
    guesses = count_baselines([6, 6, 6], [30, 30, 30], 15)
    assert {name: mean(odds) for name, odds in guesses.items()} == pytest.approx(
        {CONSTANT: 3.0, GAMMA: 3.0}, rel=1e-3
    )
    assert all(odds.sum() == pytest.approx(1) for odds in guesses.values())
    constant = guesses[CONSTANT]
    assert constant[0] == pytest.approx(np.exp(-3.0), rel=1e-6), "a Poisson law"


def test_months_that_differ_make_a_wider_guess() -> None:
    def spread(odds: np.ndarray) -> float:
        return float(odds @ (np.arange(odds.size) - mean(odds)) ** 2)

    alike = spread(count_baselines([6, 6, 6, 6], [30] * 4, 30)[GAMMA])
    unlike = spread(count_baselines([0, 18, 1, 5], [30] * 4, 30)[GAMMA])
    assert unlike > 2 * alike > 2 * spread(count_baselines([6] * 4, [30] * 4, 30)[CONSTANT])


def test_where_nothing_came_before_something_still_may() -> None:
    assert count_baselines([0, 0], [30, 31], 30)[CONSTANT][1] > 0.01


def test_the_days_between_two_days_are_cut_by_months() -> None:
    whole = Period(date(2019, 12, 29), date(2020, 3, 1))
    assert months(whole) == (
        Period(date(2019, 12, 29), date(2019, 12, 31)),
        Period(date(2020, 1, 1), date(2020, 1, 31)),
        Period(date(2020, 2, 1), date(2020, 2, 29)),
        Period(date(2020, 3, 1), date(2020, 3, 1)),
    )
    assert sum(month.days for month in months(whole)) == whole.days == 64


def test_what_a_month_cuts_is_shared_by_days_and_none_is_lost() -> None:
    opening = (date(2020, 1, 20), date(2020, 2, 9), date(2020, 2, 20))
    by_turn = turns(opening)
    every = months(Period(opening[0], by_turn[-1].end))
    counts = np.array([np.full(4000, 10), np.full(4000, 3)])
    for on_one_day in (False, True):
        found = in_periods(counts, by_turn, every, np.random.default_rng(2), on_one_day=on_one_day)
        assert (found.sum(axis=0) == 13).all()
        assert found[0].mean() == pytest.approx(10 * 12 / 20, rel=0.05)
        assert (set(found[0]) == {0, 10}) == on_one_day


@pytest.mark.parametrize("three", [(0, 0, 0), (0, 2, 9), (3, 3, 3), (4, 10, 30), (0, 0, 5)])
def test_three_numbers_stand_for_a_distribution(three: tuple[int, int, int]) -> None:
    low, middle, high = three
    odds = by_three(*three)
    assert odds.sum() == pytest.approx(1)
    assert (odds >= 0).all()
    assert odds[:low].sum() == pytest.approx(0.05 if low else 0, abs=1e-4)
    assert odds[high + 1 :].sum() == pytest.approx(0.05, abs=1e-4)
    assert odds[:middle].sum() <= 0.5 + 1e-4
    assert odds[: middle + 1].sum() >= 0.5 - 1e-4
