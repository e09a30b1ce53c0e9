"""Charts: what is drawn where."""

import pytest

from game.report.charts import (
    GAME,
    OTHER,
    REAL,
    Axis,
    Bar,
    Interval,
    Series,
    bars,
    intervals,
    lines,
)
from game.report.theme import COLOURS

from .reading import Element, read

AXIS = Axis(0, 10, [(0, "0"), (5, "5"), (10, "10")])


def drawn(markup: str) -> Element:
    (svg,) = read(str(markup)).children
    return svg


def chart(*values: float | None, filled: tuple[bool, ...] = ()) -> Element:
    names = [str(n) for n in range(1, len(values) + 1)]
    series = [Series("a", values, GAME, filled)]
    return drawn(lines("x", "Title", "In words", series, names, AXIS, 100))


def strokes(svg: Element, colour: str) -> list[Element]:
    return [line for line in svg.all("line") if line.attributes["stroke"] == COLOURS[colour]]


def share(element: Element, name: str) -> float:
    assert element.attributes[name].endswith("%")
    return float(element.attributes[name][:-1])


def test_a_line_runs_from_left_to_right_and_up() -> None:
    svg = chart(0, 5, 10)
    first, second = strokes(svg, "accent")
    assert (
        share(first, "x1") < share(first, "x2") == share(second, "x1") < share(second, "x2") <= 100
    )
    heights = [float(first.attributes["y1"]), *(float(s.attributes["y2"]) for s in (first, second))]
    assert heights == sorted(heights, reverse=True), "y counts from the top"
    assert len(list(svg.all("circle"))) == 3


def test_where_nothing_is_known_there_is_a_gap() -> None:
    svg = chart(1, None, 3, 4, None, 6)
    assert len(strokes(svg, "accent")) == 1
    assert len(list(svg.all("circle"))) == 4


def test_open_and_full_marks_differ() -> None:
    one, two = chart(1, 2, filled=(True, False)).all("circle")
    assert one.attributes["fill"] == COLOURS["accent"]
    assert two.attributes["fill"] == COLOURS["paper"]


def test_long_games_keep_only_the_marks_that_tell() -> None:
    values = [1.0] * 40
    assert not list(chart(*values).all("circle"))
    assert len(list(chart(*values, filled=(True,) * 3 + (False,) * 37).all("circle"))) == 3
    labels = [t.text for t in chart(*values).all("text")][3:]
    assert labels[0] == "1"
    assert len(labels) <= 14


def test_a_value_beyond_the_axis_stays_inside() -> None:
    (dot,) = chart(99).all("circle")
    assert float(dot.attributes["cy"]) == 10


def test_lines_are_told_apart_by_more_than_colour() -> None:
    assert len({style.dash for style in (GAME, REAL, OTHER)}) == 3
    assert len({style.shape for style in (GAME, REAL, OTHER)}) == 3


@pytest.mark.parametrize(("mean", "side"), [(-0.5, -1), (0.5, 1), (9.0, 1)])
def test_an_interval_lies_on_its_side_of_zero(mean: float, side: int) -> None:
    rows = [Interval("Lens", mean, mean - 0.1, mean + 0.1, True)]
    svg = drawn(intervals("x", "T", "D", rows, 1.0, ("fewer", "more")))
    (dot,) = svg.all("circle")
    zero = next(t for t in svg.all("text") if t.text == "0")
    assert (share(dot, "cx") - share(zero, "x")) * side > 0
    assert share(dot, "cx") <= 98


def test_a_bar_is_as_long_as_its_parts_together() -> None:
    svg = drawn(bars("x", "T", "D", [Bar("One", (10, 20.0)), Bar("Two", (30,), False)], 100))
    first, second, whole = svg.all("rect")
    assert share(first, "width") + share(second, "width") == pytest.approx(share(whole, "width"))
    assert first.attributes["fill"] != whole.attributes["fill"]
    assert [t.text for t in svg.all("text")].count("30") == 2
