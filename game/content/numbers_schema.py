"""What the rulebook's files of numbers must look like: parameters, and what theories differ in."""

from typing import Annotated

from pydantic import Field, RootModel, ValidationInfo, field_validator

from .amounts import (
    Limits,
)
from .kinds import (
    Id,
    Name,
    Sentence,
    Table,
    refuse,
)

NEAREST = 1e-4
"""The length of a scale as a share of its larger end, or of 1: games are played in 32-bit floats,
which have seven digits.
"""


class ParameterRow(Table):
    """One number of the rulebook, with its unit, range, meaning and source."""

    range: Annotated[list[float], Field(min_length=2, max_length=2)]
    value: float
    unit: Name
    meaning: Sentence
    source: Sentence

    @field_validator("range")
    @classmethod
    def _in_order(cls, value: list[float]) -> list[float]:
        return _from_low_to_high(value)

    @field_validator("value")
    @classmethod
    def _in_range(cls, value: float, info: ValidationInfo) -> float:
        return within(value, Limits(*info.data["range"])) if "range" in info.data else value


class NumberRow(Table):
    """A number that the theories differ in: its unit, range and meaning."""

    range: Annotated[list[float], Field(min_length=2, max_length=2)]
    unit: Name
    meaning: Sentence

    @field_validator("range")
    @classmethod
    def _in_order(cls, value: list[float]) -> list[float]:
        return _from_low_to_high(value)


class TheoryRow(Table):
    """`Theory`; a number that it does not name is as in the first one."""

    id: Id
    name: Name
    sentence: Sentence
    source: Sentence
    values: dict[str, float] = {}


class TheoriesFile(Table):
    """theories.toml."""

    number: dict[str, NumberRow]
    theory: Annotated[list[TheoryRow], Field(min_length=1, max_length=12)]


class ParametersFile(RootModel[dict[str, dict[str, ParameterRow]]]):
    """parameters.toml: by group and name."""


def apart(best: float, info: ValidationInfo) -> float:
    """The best of a scale, if a game can tell it from the worst, which stands before it."""
    worst = info.data.get("worst")
    if best == worst:
        raise refuse('"best" and "worst" are the same', "set them apart")
    if worst is not None and abs(best - worst) < NEAREST * max(1, abs(best), abs(worst)):
        raise refuse('"best" and "worst" nearly meet', "set them farther apart")
    return best


def _from_low_to_high(value: list[float]) -> list[float]:
    if value[0] > value[1]:
        raise refuse("the range ends before it begins", "write the smaller number first")
    return value


def within(value: float, limits: Limits) -> float:
    """The value, if it is in its range."""
    if not limits.low <= value <= limits.high:
        raise refuse(
            f"{value:g} is out of its range",
            f"write a number from {limits.low:g} to {limits.high:g}",
        )
    return value
