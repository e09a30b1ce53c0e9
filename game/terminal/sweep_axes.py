"""What a sweep varies: from the words of a command line to axes."""

import math
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from game.content.lens import lens_ids, parameter_ranges
from game.content.load import doctrine_ids
from game.content.scenario import Scenario
from game.content.wording import quoted, unknown
from game.futures.design import Axis
from game.futures.sweep import LENS
from game.rules.seats import SEATS, Seat
from game.rules.state import COLUMNS

from . import casting
from .errors import UserError

FORMS = "write values like 0.5,1,2, or LOW:HIGH:COUNT for so many in even steps"
_WHOLE = ("people", "rockets", "missiles")
OPENING: dict[str, tuple[float, float, bool]] = {
    name: (spec.low, spec.high, spec.unit in _WHOLE)
    for name, spec in COLUMNS.items()
    if spec.unit in ("share", *_WHOLE)
}
"""Figures of the opening that can be varied: lowest, highest, and whether they are whole."""


def players_named(
    scenario: Scenario, given: Mapping[Seat, Sequence[str]]
) -> tuple[dict[Seat, str], list[Axis]]:
    """Every seat's player, or the first of several, and an axis for each seat with several.

    Raises:
        UserError: there is no such player for a seat.
        ContentError: a doctrine's file has mistakes.
    """
    chosen, axes = {}, []
    for seat in SEATS:
        own = [name for name, of in doctrine_ids().items() if of is seat]
        names = casting.spelt(given.get(seat) or [scenario.roles[seat].doctrine], own)
        for name in names:
            casting.players(scenario, {seat: name})
        chosen[seat] = names[0]
        if len(names) > 1:
            axes.append(Axis(seat.name.lower(), names))
    return chosen, axes


def lenses_named(given: Sequence[str]) -> tuple[str, list[Axis]]:
    """The lens, or the first of several, and an axis where there are several.

    Raises:
        UserError: there is no such lens.
        ContentError: its file has mistakes.
    """
    names = casting.spelt(given, lens_ids())
    for name in names:
        casting.lens_called(name)
    return names[0], [Axis(LENS, names)] if len(names) > 1 else []


def figures_named(words: Sequence[str], *, sampled: bool) -> list[Axis]:
    """The axes of parameters and opening figures.

    Args:
        words: "NAME=0.5,1,2", "NAME=LOW:HIGH:COUNT", and, where cells are sampled,
            "NAME=LOW:HIGH", or "NAME" for the whole range of the rulebook.
        sampled: whether the cells are a sample.

    Raises:
        UserError: there is no such figure, or its values will not do.
    """
    axes: dict[str, Axis] = {}
    for word in words:
        name, equals, text = word.partition("=")
        if name in axes:
            raise UserError(f"--vary: {name} is named twice; name all its values at once")
        axis = _figure(name, text if equals else None)
        if axis.is_range and not sampled:
            raise UserError(
                f"--vary: {name} has a range, and a range is only for --sample N, which draws "
                f"cells from it; {FORMS}"
            )
        axes[name] = axis
    return list(axes.values())


def _figure(name: str, text: str | None) -> Axis:
    ranges = {n: (*bounds, False) for n, bounds in parameter_ranges().items()} | OPENING
    if name not in ranges:
        what, remedy = unknown("parameter or opening figure", name, ranges)
        raise UserError(f"--vary: {what}; {remedy}")
    low, high, whole = ranges[name]
    if text is None:
        return Axis(name, low=low, high=high, whole=whole)
    numbers = list(_numbers(name, text))
    for number in numbers:
        if not low <= number <= high:
            raise UserError(
                f"--vary: {name} cannot be {number:g}; write numbers from {low:g} to {high:g}"
            )
        if whole and number != math.floor(number):
            raise UserError(f"--vary: {name} cannot be {number:g}; write whole numbers")
    if ":" in text and text.count(":") == 1:
        if numbers[0] >= numbers[1]:
            raise UserError(f"--vary: {name}: the range {text} ends before it begins")
        return Axis(name, low=numbers[0], high=numbers[1], whole=whole)
    return Axis(name, tuple(dict.fromkeys(numbers)))


def _numbers(name: str, text: str) -> Iterator[float]:
    """The values that are listed, or those of even steps, or the two ends of a range."""
    parts = text.split(":") if ":" in text else text.split(",")
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        numbers = []
    if not numbers or not all(map(math.isfinite, numbers)) or (":" in text and len(parts) > 3):
        raise UserError(f"--vary: {quoted(f'{name}={text}')} cannot be read; {FORMS}")
    if len(parts) == 3 and ":" in text:
        count = numbers.pop()
        if count != math.floor(count) or not 2 <= count <= 10_000:
            raise UserError(f"--vary: {quoted(f'{name}={text}')} wants {count:g} values; {FORMS}")
        numbers = [float(f"{x:.6g}") for x in np.linspace(numbers[0], numbers[1], int(count))]
    yield from numbers
