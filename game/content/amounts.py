"""Tables of numbers by column: what columns hold, and what is added to or taken from them.

Each is checked whole, so that every wrong name and number in it is reported.
"""

import math
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from typing import Annotated, NamedTuple

from pydantic import BeforeValidator

from game.rules import occasions
from game.rules.state import COLUMNS, PAIR_COLUMNS, ColumnSpec

from .kinds import PAIR_NAMES, PairName, refuse_all
from .problems import Mistake
from .wording import quoted, unknown

WHOLE_UNITS = frozenset(
    {
        "people",
        "missiles",
        "rockets",
        "steps",
        "attacks",
        "rung",
        "0 or 1",
        "-1, 0 or 1",
        "number of a word",
        "number of a message",
    }
)
"""Units of which there are no halves."""


class Limits(NamedTuple):
    """What a number may be."""

    low: float
    high: float
    whole: bool = False


NO_LIMITS = Limits(-math.inf, math.inf)


def _numbers(kind: str, limits: Callable[[str], Limits], known: Collection[str]) -> BeforeValidator:
    """Checks a table of numbers by name: names, types and ranges, all mistakes at once."""

    def check(value: object) -> object:
        if isinstance(value, dict):
            refuse_all(
                mistake
                for name, number in value.items()
                for mistake in _number_mistakes(
                    kind, name, number, limits(name) if name in known else NO_LIMITS, known
                )
            )
        return value

    return BeforeValidator(check)


def _number_mistakes(
    kind: str,
    name: str,
    number: object,
    limits: Limits,
    known: Collection[str],
) -> Iterable[Mistake]:
    if name not in known:
        yield Mistake((name,), *unknown(kind, name, known))
    elif isinstance(number, bool) or not isinstance(number, int | float):
        yield Mistake(
            (name,),
            f"{quoted(name)} must be a number, and {quoted(number)} is none",
            "write digits, without quotation marks, with a point where it needs one",
        )
    else:
        low, high, whole = limits
        if not low <= number <= high:  # refuses nan as well
            yield Mistake(
                (name,),
                f"{quoted(name)} is {quoted(number)}, out of its range",
                f"write a number from {low:g} to {high:g}",
            )
        elif whole and number != math.floor(number):
            yield Mistake(
                (name,),
                f"{quoted(name)} is {quoted(number)}, and has no fractions",
                "write a whole number",
            )


def column_limits(specs: Mapping[str, ColumnSpec], name: str) -> Limits:
    """What a column may hold."""
    spec = specs[name]
    return Limits(spec.low, spec.high, spec.unit in WHOLE_UNITS)


def _change_limits(name: str) -> Limits:
    span = COLUMNS[name].high - COLUMNS[name].low
    return Limits(-span, span)


def _cost_limits(name: str) -> Limits:
    return Limits(0, COLUMNS[name].high - COLUMNS[name].low)


def _coefficient_limits(_name: str) -> Limits:
    return Limits(-1_000, 1_000)


Numbers = dict[str, float]


def _occasion_limits(_: str) -> Limits:
    return Limits(-100, 100)


OccasionWeights = Annotated[
    Numbers, _numbers("feature", _occasion_limits, [*occasions.FEATURES, *occasions.SHARES])
]
"""What an occasion depends on, and how much."""
Changes = Annotated[Numbers, _numbers("column", _change_limits, COLUMNS)]
"""What is added to columns."""
Costs = Annotated[Numbers, _numbers("column", _cost_limits, COLUMNS)]
"""What is taken from columns."""
Coefficients = Annotated[Numbers, _numbers("column", _coefficient_limits, COLUMNS)]
"""What columns are multiplied by."""
Values = Annotated[Numbers, _numbers("column", partial(column_limits, COLUMNS), COLUMNS)]
"""What columns hold."""


def _pair_values(value: object) -> object:
    """Checks `{ column = { "US>IRAN" = number } }` as `_numbers` does."""
    if isinstance(value, dict):
        refuse_all(_pair_value_mistakes(value))
    return value


def _pair_value_mistakes(value: dict[str, object]) -> Iterable[Mistake]:
    for column, numbers in value.items():
        if column not in PAIR_COLUMNS:
            yield Mistake((column,), *unknown("pair column", column, PAIR_COLUMNS))
        elif not isinstance(numbers, dict):
            yield Mistake(
                (column,),
                f"{quoted(column)} must be a table",
                f'write it like [opening.pairs.{column}] and "US>IRAN" = 1 below',
            )
        else:
            limits = column_limits(PAIR_COLUMNS, column)
            for name, number in numbers.items():
                for m in _number_mistakes("pair of seats", name, number, limits, PAIR_NAMES):
                    yield Mistake((column, *m.loc), m.what, m.remedy)


PairValues = Annotated[dict[str, dict[PairName, float]], BeforeValidator(_pair_values)]
"""What pair columns hold, by pair."""
