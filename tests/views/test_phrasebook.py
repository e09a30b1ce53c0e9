"""The one phrasebook: what is clear, slight, unclear or open, and the exact words for it."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.views import brier
from game.views.effects import Estimate, Range, Way
from game.views.names import counted
from game.views.phrasebook import (
    by_others,
    change_in,
    effect,
    futures,
    hundredths,
    in_a_word,
    interval,
    lives,
    of_hundred,
    others,
    percent,
    share,
    signed,
    widths,
    with_interval,
)

CLEAR = Estimate(0.50, 0.05, 0.40, 0.60, 2.00)
FEWER = Estimate(-0.50, 0.05, -0.60, -0.40, 2.00)
SLIGHT = Estimate(0.14, 0.02, 0.11, 0.18, 9.90)
RARE = Estimate(0.05, 0.01, 0.03, 0.07, 0.10)
UNCLEAR = Estimate(0.02, 0.03, -0.04, 0.08, 2.00)
SAME = Estimate(0.0, 0.0, 0.0, 0.0, 2.00)
UNTOLD = Estimate(math.nan, math.nan, math.nan, math.nan, 2.00)
OPEN = SLIGHT._replace(left_open=Range(-0.05, 0.29))
HOLDS = SLIGHT._replace(left_open=Range(0.02, 0.29))
OTHERWISE = SLIGHT._replace(left_open=Range(-0.30, -0.10))
NOT_AT_ALL = SLIGHT._replace(left_open=Range(0.0, 0.29))
BOTH_UNCLEAR = UNCLEAR._replace(left_open=Range(-0.2, 0.3))
EDGE = HOLDS._replace(left_open_error=0.04)
SURE = HOLDS._replace(left_open_error=0.01)
HERE_ALONE = SAME._replace(left_open=Range(-0.2, 0.3))
NOTHING = Estimate(0.004, 0.003, -0.003, 0.011, left_open=Range(-0.014, 0.014))
ALMOST = NOTHING._replace(high=0.016, left_open=None)
NOWHERE = SAME._replace(left_open=Range(0.0, 0.0))


# --- the judgement


@pytest.mark.parametrize(
    ("change", "way", "word", "told"),
    [
        (CLEAR, Way.MORE, "more", "more attacks"),
        (FEWER, Way.FEWER, "fewer", "fewer attacks"),
        (SLIGHT, Way.MORE, "slightly more", "slightly more attacks"),
        (RARE, Way.MORE, "slightly more", "slightly more attacks"),
        (UNCLEAR, Way.UNCLEAR, "unclear", "no clear change in attacks"),
        (UNTOLD, Way.FEW, "too few games to say", "too few games to say whether attacks changed"),
        (SAME, Way.SAME, "the same", "no change at all in attacks"),
        (OPEN, Way.OPEN, "sign not known", "a change in attacks whose sign is not known"),
        (HOLDS, Way.MORE, "slightly more", "slightly more attacks"),
        (OTHERWISE, Way.OPEN, "sign not known", "a change in attacks whose sign is not known"),
        (EDGE, Way.OPEN, "sign not known", "a change in attacks whose sign is not known"),
        (SURE, Way.MORE, "slightly more", "slightly more attacks"),
        (NOT_AT_ALL, Way.MORE, "slightly more", "slightly more attacks"),
        (BOTH_UNCLEAR, Way.OPEN, "sign not known", "a change in attacks whose sign is not known"),
        (HERE_ALONE, Way.OPEN, "sign not known", "a change in attacks whose sign is not known"),
        (NOTHING, Way.OPEN, "no difference", "no change worth telling in attacks"),
        (
            NOTHING._replace(left_open=None),
            Way.UNCLEAR,
            "no difference",
            "no change worth telling in attacks",
        ),
        (ALMOST, Way.UNCLEAR, "unclear", "no clear change in attacks"),
        (NOWHERE, Way.SAME, "the same", "no change at all in attacks"),
    ],
)
def test_one_judgement_and_its_words(change: Estimate, way: Way, word: str, told: str) -> None:
    assert change.way is way
    assert in_a_word(change) == word
    assert change_in("attacks", change) == told


@pytest.mark.parametrize(
    ("low", "high", "is_clear"),
    [
        (0.005, 0.2, True),
        (0.0049, 0.2, False),
        (-0.2, -0.005, True),
        (-0.2, -0.0049, False),
        (-0.2, 0.2, False),
        (0.0, 0.2, False),
        (math.nan, math.nan, False),
    ],
)
def test_clear_is_what_leaves_zero_out_as_it_is_printed(
    low: float, high: float, is_clear: bool
) -> None:
    assert Estimate(0.1, 0.05, low, high).is_clear is is_clear


@pytest.mark.parametrize(
    ("mean", "without", "is_slight"),
    [
        (0.099, 1.0, True),
        (-0.099, 1.0, True),
        (0.1, 1.0, False),
        (0.1, math.nan, False),
        (0.1, 2.0, False),
        (0.1, 2.1, True),
        (-0.49, 10.0, True),
        (0.5, 10.0, False),
    ],
)
def test_slight_is_small_by_itself_or_beside_what_there_was(
    mean: float, without: float, is_slight: bool
) -> None:
    assert Estimate(mean, 0.01, mean - 0.01, mean + 0.01, without).is_slight is is_slight


@given(st.floats(-5, 5), st.floats(0, 5))
def test_the_way_is_never_against_the_interval(mean: float, half: float) -> None:
    change = Estimate(mean, half / 2, mean - half, mean + half, 1.0)
    if change.way is Way.MORE:
        assert change.low > 0
    if change.way is Way.FEWER:
        assert change.high < 0
    if change.low < 0 < change.high:
        assert change.way in (Way.UNCLEAR, Way.SAME)


# --- sentences


def test_a_clear_effect() -> None:
    assert effect("the strike", "attacks", "over 31 days", CLEAR) == (
        "the strike raised attacks by 0.50 over 31 days (luck's range 0.40 to 0.60), from 2.00 "
        "to 2.50 (25 %)"
    )
    assert effect("the strike", "attacks", "over 31 days", FEWER) == (
        "the strike lowered attacks by 0.50 over 31 days (luck's range 0.40 to 0.60), from 2.00 "
        "to 1.50 (25 %)"
    )


def test_a_small_effect() -> None:
    assert effect("the strike", "attacks", "over 31 days", SLIGHT) == (
        "the strike slightly raised attacks by 0.14 over 31 days (luck's range 0.11 to 0.18), from "
        "9.90 to 10.04 (1 %)"
    )
    tiny = Estimate(-0.02, 0.005, -0.03, -0.01, 9.9)
    assert effect("it", "attacks", "in a day", tiny) == (
        "it slightly lowered attacks by 0.02 in a day (luck's range 0.01 to 0.03), from 9.90 to "
        "9.88 (less than 1 %)"
    )


def test_an_unclear_effect() -> None:
    assert effect("the strike", "attacks", "over 31 days", UNCLEAR) == (
        "the strike had no clear effect on attacks over 31 days: +0.02 (luck's range −0.04 to "
        "+0.08)"
    )


def test_no_effect_and_too_few_games() -> None:
    assert effect("the strike", "attacks", "over 31 days", SAME) == (
        "the strike made no difference to attacks over 31 days, in any game"
    )
    assert effect("the strike", "attacks", "over 31 days", UNTOLD) == (
        "the strike: too few games to say what it did to attacks; at least 30 are needed"
    )


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            OPEN,
            "the strike brought 0.14 more attacks over 31 days (luck's range 0.11 to 0.18), from "
            "9.90 to 10.04 (1 %). Whether it raises or lowers them is not known: other numbers "
            "that may be as right give −0.05 to +0.29",
        ),
        (
            HOLDS,
            "the strike slightly raised attacks by 0.14 over 31 days (luck's range 0.11 to 0.18), "
            "from 9.90 to 10.04 (1 %). Other numbers that may be as right give +0.02 to +0.29",
        ),
        (
            EDGE,
            "the strike brought 0.14 more attacks over 31 days (luck's range 0.11 to 0.18), from "
            "9.90 to 10.04 (1 %). Whether it raises or lowers them is not known: the "
            "nearer end of other numbers that may be as right, which give +0.02 to +0.29, may be "
            "off by 0.04",
        ),
        (
            BOTH_UNCLEAR,
            "the strike had no clear effect on attacks over 31 days: +0.02 (luck's range −0.04 to "
            "+0.08). Whether it raises or lowers them is not known: other numbers that may be as "
            "right give −0.20 to +0.30",
        ),
        (NOWHERE, "the strike made no difference to attacks over 31 days, in any game"),
    ],
)
def test_both_widths_are_told(change: Estimate, told: str) -> None:
    assert effect("the strike", "attacks", "over 31 days", change) == told


@given(st.floats(-5, 5), st.floats(0, 5), st.floats(-5, 5), st.floats(0, 5))
def test_no_sign_is_told_that_other_numbers_turn_around(
    mean: float, half: float, off: float, other_half: float
) -> None:
    left_open = Range(mean + off - other_half, mean + off + other_half)
    change = Estimate(mean, half / 2, mean - half, mean + half, 1.0, left_open)
    told = effect("it", "attacks", "in June", change)
    if left_open.has_both_signs:
        assert change.way is Way.OPEN
        assert "is not known" in told
        assert "raised" not in told
        assert "lowered" not in told
    if change.way in (Way.MORE, Way.FEWER):
        assert not left_open.has_both_signs
        assert f"{by_others(change)}" in told


def test_both_widths_in_brackets_and_in_columns() -> None:
    assert widths(OPEN) == "(luck's range +0.11 to +0.18, by other numbers −0.05 to +0.29)"
    assert widths(SLIGHT) == "(luck's range +0.11 to +0.18)"
    assert widths(UNTOLD) == ""
    assert others(OPEN) == "−0.05 to +0.29"
    assert others(SLIGHT) == "-"
    assert by_others(SLIGHT) == ""


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (CLEAR, "American dead: +0.50 a game (luck's range +0.40 to +0.60)"),
        (FEWER, "American dead: −0.50 a game (luck's range −0.60 to −0.40)"),
        (UNCLEAR, "American dead: no clear effect"),
        (SAME, "American dead: no difference"),
        (OPEN, "American dead: the sign is not known"),
        (UNTOLD, "American dead: too few games to say"),
    ],
)
def test_what_it_did_to_lives(change: Estimate, told: str) -> None:
    assert lives("American dead", change) == told


def test_futures_are_counted_of_a_hundred() -> None:
    assert futures(20, 136, 44, "attacks") == (
        "of 100 futures, 22 had fewer attacks with it than without it, 10 had more, and in 68 it "
        "made no difference"
    )


# --- numbers, intervals, shares


@pytest.mark.parametrize(
    ("value", "told"),
    [(0.1234, "+0.12"), (-0.1, "−0.10"), (-0.004, "0.00"), (0.0, "0.00"), (math.nan, "-")],
)
def test_a_change_has_its_sign(value: float, told: str) -> None:
    assert signed(value) == told


def test_intervals() -> None:
    assert interval(FEWER) == "−0.60 to −0.40"
    assert interval(UNCLEAR, 1) == "0.0 to +0.1"
    assert interval(SAME) == "no future differed"
    assert interval(UNTOLD) == "-"
    assert with_interval(UNCLEAR) == "+0.02 [−0.04, +0.08]"


@pytest.mark.parametrize(
    ("value", "told", "column", "in_percent"),
    [
        (0.0, "0 of 100", "0", "0 %"),
        (0.0003, "1 of 1,000", "<1", "0.1 %"),
        (0.004, "4 of 1,000", "<1", "0.4 %"),
        (0.01, "1 of 100", "1", "1 %"),
        (0.024, "2 of 100", "2", "2 %"),
        (0.994, "99 of 100", "99", "99 %"),
        (0.996, "more than 99 of 100", ">99", "> 99 %"),
        (1.0, "100 of 100", "100", "100 %"),
    ],
)
def test_shares(value: float, told: str, column: str, in_percent: str) -> None:
    assert share(value) == told
    assert hundredths(value) == column
    assert percent(value) == in_percent


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


@pytest.mark.parametrize(
    ("count", "told"),
    [(0, "no attacks"), (1, "one attack"), (2, "two attacks"), (11, "11 attacks")],
)
def test_counts(count: int, told: str) -> None:
    assert counted(count, "attack") == told


# --- Brier's score


@pytest.mark.parametrize(
    ("odds", "came", "score"), [(1, True, 0), (0.5, True, 0.25), (0.9, False, 0.81), (1, False, 1)]
)
def test_forecasts_are_scored_from_0_to_1(odds: float, came: bool, score: float) -> None:
    assert brier.score(odds, came) == pytest.approx(score)
