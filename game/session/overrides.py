"""The facilitator's hand on the state: news with effects, and figures that are set."""

import math
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from game.content.amounts import column_limits
from game.content.kinds import PAIR_NAMES
from game.content.wording import unknown
from game.rules.rulebook import Rulebook
from game.rules.state import AGREED, COLUMNS, PAIR_COLUMNS, Floats, State

from .errors import MatchError

NEVER_FALL = frozenset(
    {"us_wounded", "attacks", "highest_rung", *(name for name in COLUMNS if name.endswith("_dead"))}
)
"""What has happened cannot be made undone by hand: these can only be raised."""


class Figure(NamedTuple):
    """A figure of the state: a column, or an entry of a column over pairs of seats."""

    column: str
    pair: str | None

    @classmethod
    def called(cls, name: str) -> "Figure":
        """The figure that a person names: "us_troops", or "anger US>IRAN".

        Raises:
            MatchError: there is none.
        """
        column, _, pair = name.strip().partition(" ")
        pair = pair.strip()
        if column in COLUMNS and not pair:
            return cls(column, None)
        if column in PAIR_COLUMNS:
            if pair in PAIR_NAMES:
                return cls(column, pair)
            raise MatchError(
                f'"{column}" is between two seats: name them, as in "{column} US>IRAN"'
            )
        what, remedy = unknown("figure", column, [*COLUMNS, *PAIR_COLUMNS])
        raise MatchError(f"{what}; {remedy}")

    def __str__(self) -> str:
        return self.column if self.pair is None else f"{self.column} {self.pair}"

    def of(self, state: State) -> Floats:
        """(1,) the figure's own memory in one game's state."""
        column: Floats = getattr(state, self.column)
        return column if self.pair is None else column[PAIR_NAMES[self.pair]]


def checked_value(book: Rulebook, state: State, figure: Figure, value: float) -> float:
    """A value that a figure may be set to, as the state will hold it.

    Raises:
        MatchError: it is out of the figure's range, or would put the state at odds with itself.
    """
    specs = COLUMNS if figure.pair is None else PAIR_COLUMNS
    low, high, whole = column_limits(specs, figure.column)
    whole = whole or specs[figure.column].unit == "days"
    if figure.column == "us_claim":
        high = len(book.words) - 1
    if figure.column in NEVER_FALL:
        low = float(figure.of(state)[0])
    if not math.isfinite(value) or not low <= value <= high or (whole and value % 1):
        kind = "whole number" if whole else "number"
        raise MatchError(
            f"{figure} cannot be {value:g}: set it to a {kind} from {low:g} to {high:g}"
        )
    if figure.column in AGREED:
        raise MatchError("a deal is made and ended by its parties; no hand can set it")
    if figure.column in ("debt", "debt_days") and (value > 0) != (figure.of(state)[0] > 0):
        raise MatchError("a debt is opened and closed by what happens; only its size can be set")
    return float(np.float32(value))


def with_value(state: State, figure: Figure, value: float) -> State:
    """The state with a figure set; the one given is left alone."""
    after = state.copy()
    figure.of(after)[:] = value
    after.highest_rung = np.maximum(after.highest_rung, after.rung)
    return after


def checked_effects(effects: Mapping[str, float]) -> dict[str, float]:
    """Effects that news may have, by column.

    Raises:
        MatchError: there is no such column, or the amount is larger than the column's range.
    """
    for name, amount in effects.items():
        if name not in COLUMNS:
            what, remedy = unknown("column", name, COLUMNS)
            raise MatchError(f"{what}; {remedy}")
        low, high, whole = column_limits(COLUMNS, name)
        whole = whole or COLUMNS[name].unit == "days"
        most = high - low
        if not math.isfinite(amount) or abs(amount) > most or (whole and amount % 1):
            kind = "whole number" if whole else "number"
            raise MatchError(
                f"{name} cannot change by {amount:g}: write a {kind} from {-most:g} to {most:g}"
            )
        if name == "us_claim" or (name in NEVER_FALL and amount < 0):
            raise MatchError(f"{name} cannot be changed so by news; leave it out")
    return {name: float(amount) for name, amount in effects.items()}


def with_effects(state: State, effects: Mapping[str, float]) -> State:
    """The state after news with effects; every column is held to its range."""
    after = state.copy()
    for name, amount in effects.items():
        spec, column = COLUMNS[name], getattr(after, name)
        column += np.float32(amount)
        np.clip(column, np.float32(spec.low), np.float32(spec.high), out=column)
    after.highest_rung = np.maximum(after.highest_rung, after.rung)
    return after
