"""What a facilitator may set and add, figure by figure, to the letter."""

from typing import Any

import numpy as np
import pytest

from game.rules.seats import PAIRS, SEATS, Seat
from game.rules.state import AGREED, COLUMNS, PAIR_COLUMNS, array_names
from game.session.errors import MatchError
from game.session.match import Match
from tests.common import cast, scenario

US, IRAN, MILITIA, IRAQ = SEATS
WHOLE = (
    "people",
    "rockets",
    "missiles",
    "attacks",
    "rung",
    "days",
    "steps",
    "0 or 1",
    "-1, 0 or 1",
)
HAPPENED = {"us_wounded", "attacks", "highest_rung", *(n for n in COLUMNS if n.endswith("_dead"))}
"""What has happened can be added to, and not be made undone."""


def match() -> Match:
    """A match that no file keeps."""
    return Match(scenario("turn_zero"), cast("turn_zero", "default"), 4)


def value(of: Match, figure: str) -> float:
    column, _, pair = figure.partition(" ")
    array = getattr(of.state, column)
    if pair:
        i, j = pair.split(">")
        array = array[Seat[i], Seat[j]]
    return float(array[0])


def refused(of: Match, figure: str, to: float) -> str:
    """The sentence that refuses a value; nothing has changed."""
    before, changes = value(of, figure), list(of.match_state.overrides)
    with pytest.raises(MatchError) as error:
        of.override(figure, to, "a reason")
    assert value(of, figure) == before
    assert of.match_state.overrides == changes
    return str(error.value)


@pytest.mark.parametrize("name", COLUMNS)
def test_a_column_is_set_to_both_its_ends_and_to_nothing_beyond(name: str) -> None:
    spec, there = COLUMNS[name], value(match(), name)
    low = there if name in HAPPENED else spec.low
    words = scenario("turn_zero").setting.rulebook.words
    high = len(words) - 1 if name == "us_claim" else spec.high
    for end in (low, high):
        made = match()
        made.override(name, end, "a reason")
        assert value(made, name) == np.float32(end)
        (change,) = made.match_state.overrides
        assert (change.figure, change.pair, change.reason) == (name, None, "a reason")
        assert (change.was, change.value) == (there, np.float32(end))
    for beyond in (low - 1, high + 1, float("nan"), float("-inf")):
        sentence = refused(match(), name, beyond)
        assert sentence.startswith(f"{name} cannot be {beyond:g}: set it to a ")
        assert sentence.endswith(f"number from {low:g} to {high:g}")


@pytest.mark.parametrize("name", COLUMNS)
def test_people_days_and_rungs_are_whole(name: str) -> None:
    half = value(match(), name) + 0.5
    spec = COLUMNS[name]
    if spec.unit in WHOLE or name == "us_claim":
        assert "set it to a whole number from" in refused(match(), name, half)
    elif spec.low <= half <= spec.high:
        made = match()
        made.override(name, half, "a reason")
        assert value(made, name) == np.float32(half)


@pytest.mark.parametrize(
    "name", [n for n in PAIR_COLUMNS if n not in ("debt", "debt_days", *AGREED)]
)
def test_what_is_between_two_seats_is_set_for_those_two(name: str) -> None:
    spec = PAIR_COLUMNS[name]
    for i, j in PAIRS:
        made, figure = match(), f"{name} {i.name}>{j.name}"
        before = getattr(made.state, name).copy()
        for end in (spec.low, spec.high):
            made.override(figure, end, "a reason")
            assert value(made, figure) == np.float32(end)
        before[i, j] = spec.high
        assert (getattr(made.state, name) == before).all(), "nothing else was set"
        assert made.match_state.overrides[-1].pair == f"{i.name}>{j.name}"
    assert refused(match(), f"{name} US>IRAN", spec.high + 1).startswith(
        f"{name} US>IRAN cannot be {spec.high + 1:g}: "
    )


@pytest.mark.parametrize("name", AGREED)
def test_what_two_agree_on_no_hand_can_set(name: str) -> None:
    for end in (0, 1):
        sentence = refused(match(), f"{name} US>IRAN", end)
        assert sentence == "a deal is made and ended by its parties; no hand can set it"


def test_setting_a_figure_changes_that_figure_alone() -> None:
    made = match()
    before = made.state
    copies = {name: getattr(before, name).copy() for name in array_names()}
    made.override("us_support", 0.25, "a reason")
    for name, array in copies.items():
        assert (getattr(before, name) == array).all(), "the state that was is left alone"
        same = (getattr(made.state, name) == array).all()
        assert same == (name != "us_support"), name


def test_a_debt_has_another_size_and_neither_begins_nor_ends() -> None:
    for name in ("debt", "debt_days"):
        made, figure = match(), f"{name} US>IRAN"
        getattr(made.state, name)[US, IRAN] = 0
        assert "opened and closed by what happens" in refused(made, figure, 5)
        made.override(figure, 0, "it stays none")
        made = match()
        getattr(made.state, name)[US, IRAN] = 4
        assert "opened and closed by what happens" in refused(made, figure, 0)
        made.override(figure, 7, "a larger one")
        assert value(made, figure) == 7
        assert "whole number" in refused(made, figure, 6.5)


def test_the_highest_rung_is_never_below_the_last() -> None:
    made = match()
    made.state.highest_rung[:], made.state.rung[:] = 3, 2
    made.override("rung", 6, "a reason")
    assert (value(made, "rung"), value(made, "highest_rung")) == (6, 6)
    made.override("rung", 1, "a reason")
    assert (value(made, "rung"), value(made, "highest_rung")) == (1, 6)
    made = match()
    made.state.highest_rung[:], made.state.rung[:] = 3, 2
    made.inject_own("News", "words", {"rung": 5})
    assert (value(made, "rung"), value(made, "highest_rung")) == (7, 7)


@pytest.mark.parametrize(
    "figure", ["us_support", " us_support  ", "anger US>IRAN", "anger   US>IRAN "]
)
def test_blanks_around_a_name_do_not_matter(figure: str) -> None:
    made = match()
    made.override(figure, 0.5, "a reason")
    (change,) = made.match_state.overrides
    assert f"{change.figure} {change.pair or ''}".strip() == " ".join(figure.split())


@pytest.mark.parametrize(
    ("figure", "sentence"),
    [
        ("anger", '"anger" is between two seats: name them, as in "anger US>IRAN"'),
        ("anger US>US", '"anger" is between two seats: name them, as in "anger US>IRAN"'),
        ("us_support US>IRAN", "us_support"),
        ("nothing", "nothing"),
        ("", ""),
    ],
)
def test_a_figure_that_is_none_is_refused(figure: str, sentence: str) -> None:
    made = match()
    with pytest.raises(MatchError) as error:
        made.override(figure, 0.5, "a reason")
    assert sentence in str(error.value)
    assert made.match_state.overrides == []


# --- news with effects


@pytest.mark.parametrize("name", [name for name in COLUMNS if name != "us_claim"])
def test_news_adds_and_keeps_to_the_range(name: str) -> None:
    """By as much as the range is wide at the most; what has happened only rises."""
    spec, there = COLUMNS[name], value(match(), name)
    span = spec.high - spec.low
    for amount in (span, -span, 0):
        made = match()
        if name in HAPPENED and amount < 0:
            with pytest.raises(MatchError, match=f"{name} cannot be changed so by news"):
                made.inject_own("News", "words", {name: amount})
            continue
        made.inject_own("News", "words", {name: amount})
        expected = min(max(np.float32(there) + np.float32(amount), spec.low), spec.high)
        if name != "highest_rung" or amount:
            assert value(made, name) == np.float32(expected)
        assert made.news[-1].effects == {name: amount}
    for amount in (span + 1, -span - 1, float("nan"), float("inf")):
        made = match()
        with pytest.raises(MatchError) as error:
            made.inject_own("News", "words", {name: amount})
        assert str(error.value).startswith(f"{name} cannot change by {amount:g}: write a ")
        assert str(error.value).endswith(f"number from {-span:g} to {span:g}")
        assert made.news == []
    whole = spec.unit in WHOLE
    made = match()
    if whole:
        with pytest.raises(MatchError, match="write a whole number"):
            made.inject_own("News", "words", {name: 0.5})
    else:
        made.inject_own("News", "words", {name: min(0.5, span)})


def test_news_may_have_several_effects_or_none() -> None:
    made = match()
    effects = {"us_support": -0.125, "attacks": 2.0}
    support, attacks = value(made, "us_support"), value(made, "attacks")
    made.inject_own("News", "words", effects)
    assert value(made, "us_support") == pytest.approx(support - 0.125)
    assert value(made, "attacks") == attacks + 2
    made.inject_own("Words only", "words")
    assert [news.effects for news in made.news] == [effects, {}]
    for wrong in ({"us_claim": 1}, {"nothing": 1}, {"anger": 0.1}):
        with pytest.raises(MatchError):
            made.inject_own("News", "words", wrong)


@pytest.mark.parametrize("ask", ["inject_own", "override", "note"])
def test_words_are_asked_for(ask: str) -> None:
    asked: dict[str, tuple[Any, ...]] = {
        "inject_own": ("News", " "),
        "override": ("us_support", 0.5, ""),
        "note": ("\n",),
    }
    with pytest.raises(MatchError, match="is missing"):
        getattr(match(), ask)(*asked[ask])
    with pytest.raises(MatchError, match="a title is missing"):
        match().inject_own("", "words")
