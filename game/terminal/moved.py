"""What a changed rule, lens or record moved: two sets of validated figures side by side."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from game.validation.validate import IN, OUT

Data = Mapping[str, Any]


class Moved(NamedTuple):
    """One figure, before and after."""

    name: str
    before: float
    now: float
    low: float
    high: float
    """Its interval now."""

    @property
    def is_clear(self) -> bool:
        """The figure of before lies outside of the interval of now."""
        return not self.low <= self.before <= self.high


def moved(before: Data, now: Data) -> list[Moved]:
    """The figures that differ by more than their last printed digit, the clear ones first."""
    old = {name: value for name, value, *_ in _figures(before)}
    found = [
        Moved(name, old[name], value, low, high)
        for name, value, low, high in _figures(now)
        if name in old and abs(value - old[name]) >= 0.005
    ]
    return sorted(found, key=lambda figure: not figure.is_clear)


def _figures(result: Data) -> Iterator[tuple[str, float, float, float]]:
    """Name, figure, and its interval, of everything that is measured."""
    for row in result["propositions"]:
        yield f"{row['number']}. {row['measure']}", row["figure"], row["low"], row["high"]
    for row in result["tempo"]:
        name = f"attacks {row['from']} to {row['to']}, {row['compiler']}"
        yield name, row["mean"], row["low_5"], row["high_95"]
    for period, when in ((IN, "to January"), (OUT, "from February")):
        for seat, row in result["scores"][period].items():
            gain = row["baselines"]["uniform"]["gain"]
            yield f"gain over blind, {seat}, {when}", gain["mean"], gain["low"], gain["high"]
