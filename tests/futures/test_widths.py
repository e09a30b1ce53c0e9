"""Two widths: what numbers that nobody knows make of an effect, apart from what luck does."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.futures.statistics import Paired
from game.futures.widths import OWN, Crossed, student, with_others
from game.views.effects import Estimate, Way

STEP = 0.01


def estimate(mean: float, error: float = 0.0) -> Estimate:
    return Estimate(mean, error, mean - 1.96 * error, mean + 1.96 * error)


def crossed(table: Sequence[Sequence[int]]) -> Crossed:
    """Rows of effects by game, the own numbers' first."""
    made = Crossed()
    for row, effects in enumerate(table):
        made.add(row, np.array(effects, np.int64))
    return made


def simulated(
    luck: np.random.Generator, numbers: float, rows: int = 24, games: int = 64, error: float = 0.02
) -> tuple[Crossed, Estimate, float]:
    """A record of many games by the own numbers and of few by others; and the true effect by one
    set of numbers that was not asked.
    """
    true = luck.normal(0.1, numbers, rows + 2) if numbers else np.full(rows + 2, 0.1)
    shared, own = luck.normal(0, 1.5, games), luck.normal(0, 0.8, (rows + 1, games))
    effects = true[:-1, None] + shared + own
    return (
        crossed(np.rint(effects / STEP).astype(np.int64)),
        estimate(true[0] + luck.normal(0, error), error),
        float(true[-1]),
    )


# --- what is no effect has no width, and what all numbers agree on has none of theirs


def test_no_effect_by_any_numbers_is_zero_in_both_widths() -> None:
    paired, nothing = Paired(), np.zeros(40, np.float32)
    paired.add(nothing, nothing)
    for row in range(9):
        paired.add_other(row, nothing, nothing)
    change = paired.difference
    assert change[:4] == (0, 0, 0, 0)
    assert change.left_open == (0, 0)
    assert change.way is Way.SAME


def test_numbers_that_change_nothing_leave_nothing_open() -> None:
    """Luck differs from game to game, but alike by all numbers."""
    luck = np.random.default_rng(1).integers(-9, 9, 64)
    low, high = crossed([luck] * 9).left_open(estimate(0.3))
    assert low == pytest.approx(0.3)
    assert high == pytest.approx(0.3)


def test_where_no_luck_is_the_width_is_the_numbers_own() -> None:
    """Student's prediction from known values: 1 to 5, by eight hundred games without any luck."""
    found = crossed([[value] * 800 for value in (0, 1, 2, 3, 4, 5)])
    low, high = found.left_open(estimate(0.0))
    reach = 2.132 * np.std([1, 2, 3, 4, 5], ddof=1) * (1 + 1 / 5) ** 0.5
    assert (low, high) == pytest.approx((3 - reach, 3 + reach), rel=0.01)


def test_the_range_lies_by_many_games_of_the_own_numbers() -> None:
    """What luck did to the few games that were played by all numbers falls out."""
    table = np.array([[value] * 50 for value in (0, 1, 2, 3, 4, 5)])
    low, high = crossed(table).left_open(estimate(0.0))
    assert crossed(table + 7).left_open(estimate(0.0)) == pytest.approx((low, high))
    assert crossed(table).left_open(estimate(2.0)) == pytest.approx((low + 2, high + 2))


def test_too_few_rows_or_games_tell_nothing() -> None:
    assert Crossed().left_open(estimate(1.0)) is None
    assert crossed([[1, 2], [3, 4], [5, 6]]).left_open(estimate(1.0)) is None, "two others"
    assert crossed([[1], [3], [5], [6]]).left_open(estimate(1.0)) is None, "one game"
    without_own = crossed([[1, 2]] * 6)
    del without_own.rows[OWN]
    assert without_own.left_open(estimate(1.0)) is None
    assert Paired().difference.left_open is None


@pytest.mark.parametrize(
    ("free", "point", "off"),
    [(1, 12.7062, 1e-5), (2, 4.30265, 1e-5), (3, 3.18245, 0.01), (9, 2.26216, 1e-3)],
)
def test_student_s_points_are_the_tables_(free: int, point: float, off: float) -> None:
    """Exact for one and two degrees of freedom, then the nearer the more there are."""
    assert student(free, 0.95) == pytest.approx(point, rel=off)
    assert student(79, 0.95) == pytest.approx(1.99045, rel=1e-4)


# --- a simulated hierarchy: numbers, luck that they share, and luck of each


@pytest.mark.parametrize("numbers", [0.0, 0.025, 0.05, 0.1, 0.2, 1.0])
@pytest.mark.parametrize("rows", [8, 24])
def test_nine_of_ten_other_effects_lie_in_the_range(numbers: float, rows: int) -> None:
    """Whether numbers matter much beside the luck of the few games, of 0.1, or little, or not."""
    luck = np.random.default_rng([4, rows])
    times, inside = 1000, 0
    for _ in range(times):
        found, own, other = simulated(luck, numbers, rows)
        inside += found.left_open(own, STEP).holds(other)
    assert 0.86 <= inside / times <= 0.94, "five standard errors around it"


@pytest.mark.parametrize(("games", "near"), [(16, 0.2), (64, 0.1), (256, 0.05)])
def test_luck_widens_the_range_by_no_more_than_the_few_games_leave(games: int, near: float) -> None:
    luck = np.random.default_rng([5, games])
    for numbers in (0.0, 0.3):
        halves = []
        for _ in range(200):
            found, own, _ = simulated(luck, numbers, games=games)
            low, high = found.left_open(own._replace(error=0.0), STEP)
            halves.append((high - low) / 2)
        expected = 1.714 * (1 + 1 / 24) ** 0.5 * (numbers**2 + near**2) ** 0.5
        assert np.mean(halves) == pytest.approx(expected, rel=0.05)


# --- the ends are estimates, too


@pytest.mark.parametrize("rows", [8, 24])
def test_the_error_of_an_end_is_how_far_other_draws_put_it(rows: int) -> None:
    """Other sets of numbers, and other luck of their games."""
    luck = np.random.default_rng([8, rows])
    ends, errors = [], []
    for _ in range(400):
        found, own, _ = simulated(luck, 0.2, rows)
        ends.append(found.left_open(own, STEP))
        errors.append(found.error(own, STEP))
    scatter = float(np.std(ends, axis=0, ddof=1).mean())
    assert 0.9 * scatter <= np.median(errors) <= 1.5 * scatter, "the greater of the two ends'"


def test_the_error_of_an_end_by_hand() -> None:
    """Rows that lie 0, 3 and 6 off, in every game: the jackknife leaves one row out at a time. Two
    values have Student's point of one degree of freedom, 6.3137515."""
    ends = []
    for one, other in ((3, 6), (0, 6), (0, 3)):
        variance = (other - one) ** 2 / 2
        ends.append((one + other) / 2 + 6.3137515 * (variance * (1 + 1 / 2)) ** 0.5)
    apart = sum((end - sum(ends) / 3) ** 2 for end in ends)
    made = crossed([[value] * 50 for value in (0, 0, 3, 6)])
    assert made.error(estimate(0.0)) == pytest.approx((apart * 2 / 3) ** 0.5)
    assert made.error(estimate(0.0), step=0.5) == pytest.approx((apart * 2 / 3) ** 0.5 / 2)


def test_luck_of_the_own_numbers_is_in_the_error() -> None:
    found = crossed([[value] * 50 for value in (0, 1, 2, 3, 4, 5)])
    alone, with_luck = found.error(estimate(0.0)), found.error(estimate(0.0, 3.0))
    assert with_luck > (alone**2 + 2**2) ** 0.5
    assert Crossed().error(estimate(1.0, 0.5)) == 0.0, "nothing is said"


def test_a_sign_that_hangs_on_the_luck_of_an_end_is_not_known() -> None:
    """The same numbers, a little further from zero: only then is a sign told."""
    made = crossed([[value] * 50 for value in (0, -2, -1, 0, 1, 2)])
    end = made.left_open(estimate(0.0)).high
    error = made.error(estimate(0.0))
    near = with_others(estimate(end + error / 2), made)
    far = with_others(estimate(end + error * 2), made)
    assert near.left_open.low > 0
    assert (near.way, far.way) == (Way.OPEN, Way.MORE)
    assert near.is_on_the_edge


# --- exact: the same, however the rows were cut


@given(
    st.lists(st.lists(st.integers(-50, 50), min_size=6, max_size=6), min_size=4, max_size=9),
    st.randoms(use_true_random=False),
)
def test_rows_may_be_added_up_in_any_order(table: list[list[int]], random) -> None:
    whole = crossed(table)
    order = list(range(len(table)))
    random.shuffle(order)
    total = Crossed()
    for row in order:
        part = Crossed()
        part.add(row, np.array(table[row], np.int64))
        total.merge(part)
    assert total == whole
    assert total.left_open(estimate(0.5)) == whole.left_open(estimate(0.5))


def test_steps_are_only_a_unit() -> None:
    table = np.random.default_rng(6).integers(-50, 50, (9, 30))
    by_ones = crossed(table).left_open(estimate(0.5, 0.1))
    by_tens = crossed(table * 10).left_open(estimate(0.5, 0.1), 0.1)
    assert by_tens == pytest.approx(by_ones)
