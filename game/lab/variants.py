"""Which variants of the choice model were tried on the turns that test it, and how they did."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from .record import DATA


class Variant(NamedTuple):
    """One that was tried."""

    name: str
    date: date
    gain: float
    """Over base rates, in nats a move, from February to June 2020."""
    low: float | None
    """Its 95 % interval, where one was worked out."""
    high: float | None
    scored_on: str
    """Which moves."""
    kept: bool
    """The players became so."""


@dataclass(frozen=True, slots=True)
class Variants:
    """All that were tried."""

    named: tuple[Variant, ...]
    unkept: int
    """How many more, of which no figure was kept."""

    @property
    def number(self) -> int:
        """How many in all."""
        return len(self.named) + self.unkept

    def as_data(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "number": self.number,
            "without_figure": self.unkept,
            "named": [row._asdict() | {"date": str(row.date)} for row in self.named],
        }


@cache
def variants() -> Variants:
    """Every variant, in the file's order.

    Raises:
        KeyError: a row lacks what every row must have.
    """
    with (DATA / "variants.toml").open("rb") as file:
        data = tomllib.load(file)
    named = tuple(
        Variant(
            name=row["name"],
            date=row["date"],
            gain=float(row["gain"]),
            low=row.get("low"),
            high=row.get("high"),
            scored_on=row["scored_on"],
            kept=row["kept"],
        )
        for row in data["variant"]
    )
    return Variants(named, sum(row["count"] for row in data["unkept"]))
