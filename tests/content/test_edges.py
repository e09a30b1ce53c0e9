"""What is still allowed, and what is not any more."""

from datetime import date

import pytest
from pydantic import TypeAdapter, ValidationError

from game.content.kinds import Day, Suspicion, is_number
from game.content.wording import unknown


@pytest.mark.parametrize(
    ("year", "right"), [(1899, False), (1900, True), (2100, True), (2101, False)]
)
def test_years_that_can_be_played(year: int, right: bool) -> None:
    days = TypeAdapter(Day)
    if right:
        assert days.validate_python(date(year, 12, 31)).year == year
        return
    with pytest.raises(ValidationError, match=f"the year {year} is out of reach"):
        days.validate_python(date(year, 1, 1))


@pytest.mark.parametrize(
    ("off", "right"), [(0, True), (9e-7, True), (-9e-7, True), (1.1e-6, False), (-1.1e-6, False)]
)
def test_probabilities_add_up_to_1_as_far_as_numbers_go(off: float, right: bool) -> None:
    shares, given = TypeAdapter(Suspicion), [0.25, 0.25, 0.25, 0.25 + off]
    if right:
        assert shares.validate_python(given) == given
        return
    with pytest.raises(ValidationError, match="the probabilities add up to"):
        shares.validate_python(given)


def test_a_list_of_names_is_cut_between_two_of_them() -> None:
    """At 400 characters."""
    names = [f"name_{number:03}" for number in range(40)]
    whole = [*names, "x"]
    assert len(", ".join(whole)) == 401
    just = [*names[:-1], names[-1][:-1], "x"]
    assert len(", ".join(just)) == 400
    assert unknown("deed", "QQQQ", just)[1] == f"write one of these: {', '.join(just)}"
    assert unknown("deed", "QQQQ", whole)[1] == f"write one of these: {', '.join(names)}, …"
    assert unknown("deed", "QQQQ", [])[1] == "leave it out: there is none to name"


@pytest.mark.parametrize(
    ("value", "right"),
    [
        (0, True),
        (-2.5, True),
        (True, False),
        (float("inf"), False),
        (float("-inf"), False),
        (float("nan"), False),
        ("1", False),
        (None, False),
    ],
)
def test_what_is_a_number(value: object, right: bool) -> None:
    assert is_number(value) is right
