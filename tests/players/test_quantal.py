"""Quantal response: odds, limits, and independence of the batch."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.players.quantal import choose, probabilities, weights
from tests.common import lock

LAST = np.float32(1 - 2**-24)
"""The highest draw that there is."""


def situations(seed: int, options: int, games: int) -> tuple[np.ndarray, np.ndarray]:
    """Random utilities and masks, at least one option legal in every game; both locked."""
    luck = np.random.default_rng(seed)
    utility = luck.normal(0, 3, (options, games)).astype(np.float32)
    legal = luck.random((options, games)) < 0.6
    legal[luck.integers(options, size=games), np.arange(games)] = True
    lock((utility, legal))
    return utility, legal


SEEDS = st.integers(0, 2**32 - 1)
OPTIONS = st.integers(1, 40)
TEMPERS = st.floats(0, 20, width=32)


@given(seed=SEEDS, options=OPTIONS, temper=TEMPERS)
def test_probabilities_add_up_to_one_over_the_legal(seed: int, options: int, temper: float) -> None:
    utility, legal = situations(seed, options, 64)
    odds = probabilities(utility, legal, temper)
    assert (odds >= 0).all()
    assert (odds[~legal] == 0).all()
    assert np.abs(odds.sum(axis=0) - 1).max() < 1e-5


@given(seed=SEEDS, options=OPTIONS, temper=TEMPERS)
def test_better_options_are_not_rarer(seed: int, options: int, temper: float) -> None:
    utility, legal = situations(seed, options, 64)
    odds = probabilities(utility, legal, temper)
    for game in range(64):
        may = np.flatnonzero(legal[:, game])
        best_last = may[np.argsort(utility[may, game], kind="stable")]
        assert (np.diff(odds[best_last, game]) >= 0).all()


@given(seed=SEEDS, options=OPTIONS)
def test_temper_zero_is_a_coin_over_the_legal(seed: int, options: int) -> None:
    utility, legal = situations(seed, options, 64)
    odds = probabilities(utility, legal, 0.0)
    expected = legal / legal.sum(axis=0)
    assert np.abs(odds - expected).max() < 1e-6


@given(seed=SEEDS, options=OPTIONS, temper=st.floats(0.125, 5, width=32))
def test_odds_are_those_of_the_formula(seed: int, options: int, temper: float) -> None:
    """P is proportional to exp(temper x U), up to the grid of 1/64 for utilities."""
    utility, legal = situations(seed, options, 64)
    best = np.where(legal, utility, -np.inf).max(axis=0)
    exact = np.where(legal, np.exp(temper * (utility.astype(float) - best)), 0)
    exact /= exact.sum(axis=0)
    assert np.abs(probabilities(utility, legal, temper) - exact).max() < 1 / 64


@given(seed=SEEDS, options=OPTIONS, temper=TEMPERS)
def test_nothing_illegal_is_ever_chosen(seed: int, options: int, temper: float) -> None:
    utility, legal = situations(seed, options, 64)
    luck = np.random.default_rng(seed)
    everybody = np.arange(64)
    for draw in (0.0, LAST, 0.5, *luck.random(20)):
        chosen = choose(utility, legal, temper, np.full(64, draw, np.float32))
        assert legal[chosen, everybody].all(), draw


@pytest.mark.parametrize("options", [1, 2, 13, 31, 32, 33, 48, 63])
@pytest.mark.parametrize("legal_ones", [1, 2, 31, 32, 33, 48, 62])
def test_the_last_draw_picks_the_last_legal_option(options: int, legal_ones: int) -> None:
    """Equal utilities make the largest sums; what follows the last legal option is forbidden."""
    legal_ones = min(options, legal_ones)
    utility = np.ones((options, 3), np.float32)
    legal = np.zeros((options, 3), np.bool_)
    legal[:legal_ones] = True
    draw = np.array([0, LAST, LAST], np.float32)
    assert choose(utility, legal, 1.0, draw).tolist() == [0, legal_ones - 1, legal_ones - 1]
    # And the first legal one at draw 0, whatever is forbidden before it.
    legal = legal[::-1].copy()
    assert choose(utility, legal, 1.0, draw).tolist() == [options - legal_ones, *[options - 1] * 2]


@given(seed=SEEDS, options=OPTIONS, temper=TEMPERS, cuts=st.sets(st.integers(1, 96)))
def test_the_cut_of_the_batch_does_not_matter(
    seed: int, options: int, temper: float, cuts: set[int]
) -> None:
    utility, legal = situations(seed, options, 97)
    draw = np.random.default_rng(seed).random(97).astype(np.float32)
    whole = choose(utility, legal, temper, draw)
    odds = probabilities(utility, legal, temper)
    edges = [0, *sorted(cuts), 97]
    for first, end in pairwise(edges):
        part = slice(first, end)
        cut = (utility[:, part], legal[:, part], temper)
        assert (choose(*cut, draw[part]) == whole[part]).all()
        assert (probabilities(*cut) == odds[:, part]).all()


@given(seed=SEEDS, temper=TEMPERS)
def test_weights_are_whole(seed: int, temper: float) -> None:
    """So that sums are exact, whatever their order."""
    utility, legal = situations(seed, 13, 64)
    share = weights(utility, legal, temper)
    assert (share == np.floor(share)).all()
    assert share.sum(axis=0, dtype=np.float64).max() < 2**24
    assert (share.max(axis=0) > 0).all()


def test_choices_come_as_often_as_their_odds_say() -> None:
    utility = np.repeat(np.array([[0.0], [1.0], [-0.5], [5.0], [0.3]], np.float32), 2**16, axis=1)
    legal = np.ones(utility.shape, np.bool_)
    legal[3] = False
    evenly = ((np.arange(2**16) + 0.5) / 2**16).astype(np.float32)
    chosen = choose(utility, legal, 1.5, evenly)
    share = np.bincount(chosen, minlength=5) / 2**16
    odds = probabilities(utility[:, :1], legal[:, :1], 1.5)[:, 0]
    assert np.abs(share - odds).max() < 1e-4


def test_a_higher_temper_prefers_the_better_more() -> None:
    utility = np.array([[0.0], [1.0]], np.float32)
    legal = np.ones((2, 1), np.bool_)
    odds = [float(probabilities(utility, legal, temper)[1, 0]) for temper in (0, 0.5, 1, 2, 8)]
    assert odds == sorted(odds)
    assert odds[0] == 0.5
    assert math.isclose(odds[2], 1 / (1 + math.exp(-1)), abs_tol=1e-4)
    assert odds[-1] > 0.999
