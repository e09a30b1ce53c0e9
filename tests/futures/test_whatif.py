"""The same luck, another choice: paired what-ifs do not depend on chunks or workers."""

from functools import cache

import numpy as np
import pytest

from game.futures.statistics import Paired
from game.futures.whatif import MEASURES, Effect, Question, WhatIf, obstacles, run
from game.rules.seats import SEATS, Seat
from game.views.effects import Way

ASKED = Question(turn=2, seat=Seat.US, deed="strike_fighters", instead="hold", horizon=2)


def answer(chunk: int, workers: int = 1, question: Question = ASKED) -> Effect:
    total = Effect()
    what_if = WhatIf("turn_zero", question, games=40, seed=3)
    for part in run(what_if, chunk=chunk, workers=workers):
        total.merge(part)
    return total


def test_chunks_and_workers_do_not_matter() -> None:
    whole = answer(4096)
    assert whole.asked == 40
    assert 0 < whole.games <= 40
    assert answer(1) == whole
    assert answer(17) == whole
    assert answer(20, 2) == whole


def test_the_same_deed_twice_makes_no_difference() -> None:
    same = Question(turn=2, seat=Seat.US, deed="hold", instead="hold", horizon=2)
    for name, paired in answer(4096, question=same).pairs.items():
        assert paired.squares_of_difference == 0, name
        assert paired.more == paired.less == 0


def test_the_other_way_round_is_the_opposite() -> None:
    there = answer(4096)
    back = answer(4096, question=Question(2, Seat.US, "hold", "strike_fighters", 2))
    for name, paired in there.pairs.items():
        other = back.pairs[name]
        assert (paired.sum_a, paired.sum_b) == (other.sum_b, other.sum_a), name
        assert (paired.more, paired.less) == (other.less, other.more), name
    assert any(paired.squares_of_difference for paired in there.pairs.values())


@pytest.mark.parametrize("step", [1.0, 0.01])
def test_a_paired_difference_is_numpy_s(step: float) -> None:
    luck = np.random.default_rng(8)
    a = np.round(luck.normal(40, 9, 500) / step).astype(np.float32) * np.float32(step)
    b = np.round((a + luck.normal(1, 3, 500)) / step).astype(np.float32) * np.float32(step)
    paired = Paired(step)
    for cut in (slice(0, 7), slice(7, 400), slice(400, 500)):
        part = Paired(step)
        part.add(a[cut], b[cut])
        paired.merge(part)
    difference = a.astype(float) - b
    estimate = paired.difference
    assert estimate.mean == pytest.approx(difference.mean(), rel=1e-4)
    assert estimate.error == pytest.approx(difference.std(ddof=1) / 500**0.5, rel=1e-4)
    assert estimate.low < estimate.mean < estimate.high
    assert paired.mean_a == pytest.approx(a.mean(dtype=float), rel=1e-5)
    assert paired.more == int((difference > step / 2).sum())
    apart = (a.var(ddof=1, dtype=float) + b.var(ddof=1, dtype=float)) / difference.var(ddof=1)
    assert paired.unpaired_ratio == pytest.approx(apart, rel=1e-3)


# --- no effect where there is none, and the true one where there is


@pytest.mark.parametrize("seat", SEATS)
@pytest.mark.parametrize("turn", [1, 3])
def test_holding_in_place_of_holding_does_nothing_at_all(seat: Seat, turn: int) -> None:
    same = Question(turn, seat, "hold", "hold", 3)
    for name, paired in answer(4096, question=same).pairs.items():
        assert paired.difference[:4] == (0, 0, 0, 0), name
        assert paired.difference.way is Way.SAME
        assert not paired.difference.is_clear


def test_an_order_whose_effect_comes_too_late_changes_no_attack() -> None:
    """What Baghdad does in the last turn is not seen before the calendar ends."""
    late = Question(3, Seat.IRAQ, "dialogue", "hold", 1)
    effect = answer(4096, question=late)
    assert effect.games
    assert effect.pairs["attacks"].difference[:4] == (0, 0, 0, 0)
    assert effect.pairs["us_dead"].difference[:4] == (0, 0, 0, 0)


TRUTH = 0.7


@pytest.mark.parametrize("games", [50, 300])
def test_intervals_cover_the_truth_as_often_as_they_say(games: int) -> None:
    luck = np.random.default_rng(20)
    covered = 0
    for _ in range(400):
        shared = luck.poisson(4, games)
        paired = Paired()
        gained = (luck.random(games) < TRUTH).astype(np.float32)
        noise = luck.integers(-2, 3, (2, games))
        paired.add(shared + gained + noise[0] + 10, (shared + noise[1] + 10).astype(np.float32))
        covered += paired.difference.low <= TRUTH <= paired.difference.high
    assert 0.92 <= covered / 400 <= 0.98


def test_intervals_of_games_cover_what_many_games_find() -> None:
    """Forty samples of a hundred games each; all together stand for the truth."""
    samples = list(run(WhatIf("turn_zero", ASKED, 4000, seed=9), chunk=100, workers=1))
    whole = Effect()
    for sample in samples:
        whole.merge(sample)
    for name in ("attacks", "highest_rung", "mark_US", "mark_IRAN", "mark_MILITIA"):
        truth = whole.pairs[name].difference.mean
        found = [sample.pairs[name].difference for sample in samples]
        assert truth != 0, name
        assert sum(each.low <= truth <= each.high for each in found) >= 34, name


def test_parts_may_be_added_up_in_any_order() -> None:
    luck = np.random.default_rng(21)
    a, b = (luck.integers(0, 9, (6, 50)).astype(np.float32) for _ in range(2))
    parts = [Paired() for _ in range(6)]
    for k, part in enumerate(parts):
        part.add(a[k], b[k])
    totals = []
    for order in (range(6), reversed(range(6)), luck.permutation(6)):
        total = Paired()
        for k in order:
            total.merge(parts[k])
        totals.append(total)
    whole = Paired()
    whole.add(a.reshape(-1), b.reshape(-1))
    assert totals == [whole] * 3


def test_every_measure_is_compared_over_the_same_games() -> None:
    effect = answer(4096)
    assert list(effect.pairs) == list(MEASURES)
    assert {paired.games for paired in effect.pairs.values()} == {effect.games}


def test_what_stands_in_the_way_is_told() -> None:
    impossible = Question(1, Seat.IRAQ, "order_out", "hold", 1)
    assert answer(4096, question=impossible).games == 0
    told = obstacles(WhatIf("turn_zero", impossible, games=5, seed=3))
    assert "order_out: parliament has passed no resolution" in told
    assert obstacles(WhatIf("turn_zero", ASKED, games=5, seed=3, before="")) == []


# --- the article's question, under each theory


MARCH = Question(turn=10, seat=Seat.US, deed="strike_depots", instead="hold", horizon=3)
LENSES = ("balanced", "deterrence", "proxy", "resolve", "spiral")


@cache
def march(lens: str) -> Effect:
    """The strike of 13 March against holding, over 18 days."""
    total = Effect()
    for part in run(WhatIf("the_article", MARCH, 4096, 1, lens), chunk=4096, workers=1):
        total.merge(part)
    return total


def test_the_lenses_disagree_about_the_strike_of_march() -> None:
    balanced, deterrence, spiral = (
        march(lens).pairs["attacks"].difference for lens in ("balanced", "deterrence", "spiral")
    )
    assert deterrence.high < 0 < spiral.low
    assert deterrence.mean < balanced.mean < spiral.mean


@pytest.mark.parametrize("lens", LENSES)
def test_pairing_needs_at_most_a_third_of_the_games(lens: str) -> None:
    assert march(lens).pairs["attacks"].unpaired_ratio >= 3


@pytest.mark.parametrize("lens", LENSES)
def test_most_games_can_be_asked(lens: str) -> None:
    assert march(lens).asked == 4096
    assert march(lens).games > 0.9 * 4096
