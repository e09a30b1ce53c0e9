"""The report's three kinds of charts: lines over turns, intervals, and bars."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup

from game.views.effects import Range

from .svg import Drawing
from .theme import COLOURS

LEFT, RIGHT = 9.0, 97.0
"""Where the drawing area begins and ends, in % of the width."""
_TOP, _BOTTOM = 10, 22
"""Pixels above and below it."""
_NAMED = 14
"""At most so many places of the level axis are named."""
_MARKED = 20
"""Lines over more places have marks only where these tell something: they would lie on each
other."""


class Style(NamedTuple):
    """How one line is drawn; told apart by dash and shape, not by colour alone."""

    colour: str
    dash: str
    shape: str
    width: str = "2"


GAME = Style("accent", "", "circle", "2.5")
REAL = Style("muted", "5 4", "square")
OTHER = Style("ink", "2 3", "triangle")
FOURTH = Style("accent", "7 3", "square")


class Series(NamedTuple):
    """One line."""

    name: str
    values: Sequence[float | None]
    """One for each place on the axis; None where there is none."""
    style: Style
    filled: Sequence[bool] = ()
    """Which marks are filled; all where nothing is said."""


class Axis(NamedTuple):
    """The upright axis."""

    low: float
    high: float
    ticks: Sequence[tuple[float, str]]


def lines(
    name: str,
    title: str,
    told: str,
    series: Sequence[Series],
    labels: Sequence[str],
    axis: Axis,
    height: float,
) -> Markup:
    """Lines over turns.

    Args:
        name: an id that no other chart of the document has.
        title: what it shows.
        told: the same in words, for those who cannot see it.
        series: the lines, the most important last, so that it lies on top.
        labels: of the places on the level axis.
        axis: the upright one.
        height: in pixels.
    """
    drawing, crowded = Drawing(name, title, told, height), len(labels) > _MARKED
    _grid(drawing, axis, labels, height)
    for one in series:
        places = [
            None if value is None else (_across(i, len(labels)), _up(value, axis, height))
            for i, value in enumerate(one.values)
        ]
        style = {"stroke_width": one.style.width, "stroke_linecap": "round"}
        if one.style.dash:
            style["stroke_dasharray"] = one.style.dash
        for a, b in pairwise(places):
            if a is not None and b is not None:
                drawing.line((a[0], b[0]), (a[1], b[1]), one.style.colour, **style)
        for i, at in enumerate(places):
            filled = not one.filled or one.filled[i]
            telling = bool(one.filled) and filled
            if at is not None and (not crowded or telling or _is_alone(places, i)):
                drawing.dot(*at, one.style.shape, one.style.colour, filled=filled)
    return drawing.markup()


def _is_alone(places: Sequence[tuple[float, float] | None], i: int) -> bool:
    """A value without neighbours would not be seen."""
    return all(not 0 <= j < len(places) or places[j] is None for j in (i - 1, i + 1))


def _across(i: int, count: int) -> float:
    step = (RIGHT - LEFT - 4) / max(1, count - 1)
    return LEFT + 2 + i * step


def _up(value: float, axis: Axis, height: float) -> float:
    room = height - _TOP - _BOTTOM
    share = (min(max(value, axis.low), axis.high) - axis.low) / (axis.high - axis.low)
    return round(_TOP + room * (1 - share), 2)


def _grid(drawing: Drawing, axis: Axis, labels: Sequence[str], height: float) -> None:
    for value, label in axis.ticks:
        y = _up(value, axis, height)
        drawing.line((LEFT, RIGHT), (y, y), "rule", stroke_width="1")
        drawing.text(LEFT - 1.5, y + 4, label, text_anchor="end", font_size="11")
    every = -(-len(labels) // _NAMED)
    for i, label in enumerate(labels):
        if i % every == 0:
            drawing.text(
                _across(i, len(labels)), height - 5, label, text_anchor="middle", font_size="11"
            )


class Interval(NamedTuple):
    """One row of an interval chart."""

    label: str
    mean: float
    low: float
    high: float
    clear: bool
    """Its sign is told: its mark is filled."""
    left_open: Range | None = None
    """A wider range around it, drawn thin."""


def intervals(
    name: str,
    title: str,
    told: str,
    rows: Sequence[Interval],
    reach: float,
    sides: tuple[str, str],
) -> Markup:
    """Changes with their intervals about an upright line at zero.

    Args:
        name: an id that no other chart of the document has.
        title: what it shows.
        told: the same in words.
        rows: from the top.
        reach: the axis goes from -reach to reach.
        sides: what left and right of zero mean.
    """
    height = 22 * len(rows) + 44
    drawing = Drawing(name, title, told, height)
    left, right = 26.0, 98.0
    middle, half = (left + right) / 2, (right - left) / 2

    def across(value: float) -> float:
        return middle + half * min(max(value / reach, -1), 1)

    bottom = height - 20
    for x in (left, middle, right):
        drawing.line((x, x), (18, bottom), "grid" if x == middle else "rule", stroke_width="1")
    small = {"font_size": "11"}
    drawing.text(middle - 1.5, 12, f"\N{LEFTWARDS ARROW} {sides[0]}", text_anchor="end", **small)
    drawing.text(middle + 1.5, 12, f"{sides[1]} \N{RIGHTWARDS ARROW}", **small)
    for x, label, anchor in (
        (left, f"\N{MINUS SIGN}{reach:g}", "start"),
        (middle, "0", "middle"),
        (right, f"+{reach:g}", "end"),
    ):
        drawing.text(x, height - 6, label, text_anchor=anchor, **small)
    for i, row in enumerate(rows):
        y = 32 + 22 * i
        drawing.text(0, y + 4, row.label, fill=COLOURS["ink"])
        if row.left_open is not None:
            ends = across(row.left_open.low), across(row.left_open.high)
            drawing.line(ends, (y, y), "accent", stroke_width="1")
            for end in ends:
                drawing.line((end, end), (y - 4, y + 4), "accent", stroke_width="1")
        drawing.line((across(row.low), across(row.high)), (y, y), "accent", stroke_width="3.5")
        drawing.dot(across(row.mean), y, "circle", "accent", filled=row.clear)
    return drawing.markup()


class Bar(NamedTuple):
    """One bar, cut into parts."""

    label: str
    parts: Sequence[float]
    filled: bool = True


def bars(name: str, title: str, told: str, rows: Sequence[Bar], high: float) -> Markup:
    """Level bars from 0 to `high`, each cut into its parts; other arguments as for `lines`."""
    height = 26 * len(rows) + 22
    drawing = Drawing(name, title, told, height)
    left, right = 26.0, 94.0
    scale = (right - left) / high
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        x = left + (right - left) * share
        drawing.line((x, x), (0, height - 20), "rule", stroke_width="1")
        drawing.text(x, height - 6, f"{high * share:g}", text_anchor="middle", font_size="11")
    for i, row in enumerate(rows):
        x, y = left, 26 * i + 4
        drawing.text(0, y + 13, row.label, fill=COLOURS["ink"])
        for part in row.parts:
            drawing.bar(
                x,
                part * scale,
                y,
                17,
                fill=COLOURS["accent" if row.filled else "tint"],
                stroke=COLOURS["paper" if row.filled else "accent"],
                stroke_width="1",
            )
            x += part * scale
        total = sum(row.parts)
        drawing.text(x + 1, y + 13, f"{total:.0f}", fill=COLOURS["ink"], font_weight="600")
    return drawing.markup()
