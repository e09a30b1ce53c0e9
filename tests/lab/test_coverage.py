"""How often the interval of a gain holds the true gain, in records of the shape that ours have.

`python tests/benchmarks/gains.py` has the whole table, and what else was tried.
"""

import numpy as np
import pytest

from game.lab.intervals import mean_of, mean_of_groups
from tests.benchmarks.gains import Kind, by_turns, held, kinds, ours, percentiles, records

COUNT = 300
KINDS = list(kinds())
ALL_SEATS = [kind for kind in KINDS if len(kind.seats) > 1]


@pytest.fixture(scope="module")
def covered() -> dict[Kind, float]:
    return {kind: held(ours, *records(kind, COUNT))[0] for kind in KINDS}


def test_of_all_seats_the_interval_holds_what_it_says(covered) -> None:
    """… whether neighbouring turns hang together, go against each other, or do neither."""
    found = [covered[kind] for kind in ALL_SEATS]
    assert np.mean(found) == pytest.approx(0.96, abs=0.02)
    assert min(found) > 0.9


def test_of_one_seat_it_falls_short_by_no_more_than_is_said(covered) -> None:
    """Where one turn in twenty outweighs all others, no interval can know of what it has not seen:
    this is told beside the gains.
    """
    alone = [covered[kind] for kind in KINDS if kind not in ALL_SEATS]
    assert np.mean(alone) > 0.91
    assert min(alone) > 0.82


@pytest.mark.parametrize("other", [percentiles, by_turns])
def test_simpler_ones_fall_short_where_turns_hang_together(covered, other) -> None:
    kind = next(kind for kind in ALL_SEATS if kind.turns == 24 and kind.correlation > 0)
    assert held(other, *records(kind, COUNT))[0] < 0.91 < covered[kind]


def test_no_cut_moves_the_interval() -> None:
    """From whichever turn one begins to gather them, it is the same."""
    luck = np.random.default_rng(3)
    sums, cases = luck.normal(0, 1, 24), luck.integers(0, 5, 24)
    whole = mean_of_groups(sums * cases, cases, together=3)
    for first in range(1, 6):
        turned = np.roll(sums * cases, first), np.roll(cases, first)
        assert mean_of_groups(*turned, together=3) == pytest.approx(whole)


def test_of_single_values_it_is_student_s() -> None:
    assert mean_of([1.0, 2.0, 3.0, 4.0, 5.0]) == pytest.approx((1.0368, 4.9632), abs=0.01)


def test_fewer_than_three_stretches_have_no_ends() -> None:
    cases = np.ones(9, np.int64)
    assert np.isfinite(mean_of_groups(np.arange(9.0), cases, together=3)).all()
    assert np.isinf(mean_of_groups(np.arange(8.0), cases[:8], together=3)).all()
    assert np.isinf(mean_of([1.0, 2.0])).all()
