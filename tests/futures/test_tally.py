"""Spreads and tallies: exact against numpy on random data, whatever the order of adding up."""

from fractions import Fraction
from itertools import pairwise
from math import ceil

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.engine.play import play
from game.futures.tally import KEPT, MARK_STEPS, Spread, Tally
from game.players.library import UNIFORM
from game.rules.endings import Ending, marks
from game.rules.luck import game_keys
from game.rules.seats import SEATS
from tests.common import cast, random_film, setting

WHOLE = st.lists(st.integers(0, 400), min_size=1, max_size=300)


def spread_of(values: list[int] | np.ndarray, unit: float = 1.0) -> Spread:
    made = Spread(unit=unit)
    made.add(np.asarray(values, np.float32))
    return made


@given(values=WHOLE)
def test_the_mean_is_numpy_s(values: list[int]) -> None:
    assert spread_of(values).mean == pytest.approx(np.mean(values), rel=1e-12)


@given(values=WHOLE)
@pytest.mark.parametrize("share", [0, 0.01, 0.05, 0.25, 0.5, 0.9, 0.95, 1.0])
def test_a_quantile_is_numpy_s(values: list[int], share: float) -> None:
    exact = sorted(values)[max(1, ceil(Fraction(str(share)) * len(values))) - 1]
    assert spread_of(values).quantile(share) == exact
    quantile = spread_of(values).quantile(share)
    data = np.array(values)
    assert (data <= quantile).mean() >= share - 1e-12
    assert (data < quantile).mean() < share or share == 0


@pytest.mark.parametrize("share", [0.05, 0.5, 0.95])
def test_a_quantile_has_no_rounding_of_its_own(share: float) -> None:
    """share x n is a whole number in decimals, and should not be pushed over it by binary ones."""
    for n in range(20, 4001, 20):
        rank = int(Fraction(str(share)) * n)
        assert spread_of(np.arange(1, n + 1)).quantile(share) == rank, n


def test_numpy_agrees_on_random_data() -> None:
    luck = np.random.default_rng(3)
    for size in (1, 2, 7, 100, 9999):
        data = np.floor(luck.pareto(1.2, size) * 3).clip(0, 5000)
        made = spread_of(data)
        for share in (0.05, 0.5, 0.95):
            expected = np.quantile(data, share, method="inverted_cdf")
            assert made.quantile(share) == expected, (size, share)
        assert made.mean == pytest.approx(data.mean())


@given(values=WHOLE)
def test_the_median_and_the_standard_error_are_numpy_s(values: list[int]) -> None:
    made = spread_of(values)
    assert made.median == np.median(values)
    if len(values) == 1:
        assert made.error is None
    else:
        expected = np.std(values, ddof=1) / len(values) ** 0.5
        assert made.error == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_marks_are_counted_in_hundredths() -> None:
    luck = np.random.default_rng(4)
    data = (luck.random(1000) * 100).astype(np.float32)
    made = spread_of(data, 1 / MARK_STEPS)
    assert made.mean == pytest.approx(data.mean(), abs=0.005)
    assert made.quantile(0.5) == pytest.approx(
        np.quantile(data, 0.5, method="inverted_cdf"), abs=0.006
    )
    assert made.quantile(1.0) == pytest.approx(data.max(), abs=0.006)


def test_nothing_has_no_mean() -> None:
    assert np.isnan(Spread().mean)


@given(parts=st.lists(WHOLE, min_size=1, max_size=6), order=st.randoms(use_true_random=False))
def test_the_order_of_merging_spreads_does_not_matter(parts: list[list[int]], order) -> None:  # type: ignore[no-untyped-def]
    whole = spread_of([value for part in parts for value in part])
    made, shuffled = Spread(), [spread_of(part) for part in parts]
    order.shuffle(shuffled)
    for part in shuffled:
        made.merge(part)
    assert np.trim_zeros(made.counts, "b").tolist() == np.trim_zeros(whole.counts, "b").tolist()
    assert (made.mean, made.quantile(0.5)) == (whole.mean, whole.quantile(0.5))


def test_merging_leaves_the_other_as_it_was() -> None:
    ours, theirs = spread_of([1, 2]), spread_of([5])
    before = theirs.counts.copy()
    ours.merge(theirs)
    ours.counts += 1
    assert (theirs.counts == before).all()


# --- tallies of games


def tallied(scenario_id: str, cuts: list[int], order: list[int]) -> Tally:
    """The tally of a film, its games cut into batches that are added in some order."""
    rules, players = setting(scenario_id), cast(scenario_id, UNIFORM)
    keys, edges = game_keys(11, range(256)), [0, *cuts, 256]
    parts = []
    for first, end in pairwise(edges):
        tally = Tally(rules.turns)
        tally.add(rules, play(rules, players, keys[first:end], keep=KEPT))
        parts.append(tally)
    total = Tally(rules.turns)
    for k in order:
        total.merge(parts[k])
    return total


def table(tally: Tally) -> dict[str, object]:
    """All that a tally holds, without the zeros behind the last count."""
    spreads = {"attacks": tally.attacks, "us_dead": tally.us_dead, "us_wounded": tally.us_wounded,
               "highest_rung": tally.highest_rung} | tally.marks  # fmt: skip
    return {
        "games": tally.games,
        "game_turns": tally.game_turns,
        "endings": tally.endings.tolist(),
        "attacks_by_turn": tally.attacks_by_turn.tolist(),
        "playing_by_turn": tally.playing_by_turn.tolist(),
    } | {str(name): np.trim_zeros(spread.counts, "b").tolist() for name, spread in spreads.items()}


def test_the_order_of_merging_tallies_does_not_matter() -> None:
    whole = table(tallied("the_article", [], [0]))
    assert table(tallied("the_article", [1, 17, 100], [0, 1, 2, 3])) == whole
    assert table(tallied("the_article", [1, 17, 100], [3, 1, 0, 2])) == whole


def test_a_tally_is_numpy_s_count_of_the_same_games() -> None:
    rules, moments = setting("the_article"), random_film("the_article", 256)
    tally, last = tallied("the_article", [40], [1, 0]), moments[-1].state
    since = rules.opening
    assert tally.games == 256
    assert tally.endings.tolist() == np.bincount(last.ending, minlength=len(Ending)).tolist()
    for name in ("attacks", "us_dead", "us_wounded"):
        data = getattr(last, name) - getattr(since, name)
        spread = getattr(tally, name)
        assert spread.mean == pytest.approx(data.mean())
        for share in (0.05, 0.5, 0.95):
            expected = np.quantile(data, share, method="inverted_cdf")
            assert spread.quantile(share) == expected, name
    points = marks(rules, last)
    for seat in SEATS:
        assert tally.marks[seat].mean == pytest.approx(points[seat].mean(), abs=0.005)
    played = [int((m.state.ending == 0).sum()) for m in moments[:-1]]
    assert tally.playing_by_turn.tolist() == played
    assert tally.game_turns == sum(played)
    attacks = [int(m.outcome.attacks.sum()) for m in moments[1:]]
    assert tally.attacks_by_turn.tolist() == attacks
    assert sum(attacks) == int((last.attacks - since.attacks).sum())


# --- by hand


def test_a_spread_by_hand() -> None:
    """Of 1, 2, 2, 7: mean 3, variance 22 / 3; in steps of a half everything is half as much."""
    plain, halves = spread_of([1, 2, 2, 7]), spread_of([0.5, 1, 1, 3.5], 0.5)
    for made, unit in ((plain, 1), (halves, 0.5)):
        assert made.mean == 3 * unit
        assert made.error == pytest.approx((22 / 3 / 4) ** 0.5 * unit)
        assert made.median == 2 * unit
        assert [made.quantile(q) for q in (0, 0.25, 0.26, 0.75, 0.76, 1)] == [
            x * unit for x in (1, 1, 2, 2, 7, 7)
        ]
    assert spread_of([1, 2]).median == 1.5
    assert spread_of([1, 2]).error == pytest.approx(0.5)
    assert spread_of([4]).error is None
    assert Spread().error is None
    assert spread_of([4, 4]).error == 0


def test_values_are_counted_to_the_nearest_step() -> None:
    made = spread_of([0.004, 0.006, 0.014], 1 / MARK_STEPS)
    assert made.counts.tolist() == [1, 2]
    made.add(np.array([0.03], np.float32))
    assert made.counts.tolist() == [1, 2, 0, 1]
    assert made.mean == pytest.approx(0.05 / 4)
