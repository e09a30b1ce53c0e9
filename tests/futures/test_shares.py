"""Shares of a hundred: what is told of counts adds up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.futures.statistics import of_hundred


@pytest.mark.parametrize(
    ("counts", "shares"),
    [((10, 13, 76), [10, 13, 77]), ((1, 1, 1), [34, 33, 33]), ((0, 0, 5), [0, 0, 100])],
)
def test_shares_of_a_hundred_add_up(counts: tuple[int, ...], shares: list[int]) -> None:
    assert of_hundred(counts) == shares


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=9).filter(any))
def test_no_share_is_off_by_a_whole_point(counts: list[int]) -> None:
    shares = of_hundred(counts)
    assert sum(shares) == 100
    assert all(abs(s - 100 * c / sum(counts)) < 1 for s, c in zip(shares, counts, strict=True))
