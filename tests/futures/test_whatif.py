"""The same luck, another choice: paired what-ifs do not depend on chunks or workers."""

import numpy as np
import pytest

from game.futures.statistics import Paired
from game.futures.whatif import Effect, Question, WhatIf, run
from game.rules.seats import Seat

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
