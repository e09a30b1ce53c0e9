"""The figures that were adopted last for each scenario, so that a change says what it did."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from game.rules.seats import Seat

from ..adopt import load_adopted, provenance, save_adopted
from ..record import DATA
from .measure import Measure
from .world import Effort

FOLDER = DATA


def place(scenario: str) -> Path:
    """Where a scenario's figures are kept."""
    return FOLDER / f"depth_{scenario}.json"


def shares_elsewhere(scenario: str, kind: str, seat: Seat) -> list[dict[str, float]]:
    """How often each option of a kind was the best in the other scenarios that were measured."""
    found: list[dict[str, float]] = []
    asked = (f"liveness: {kind}s", seat.name)
    for file in sorted(set(FOLDER.glob("depth_*.json")) - {place(scenario)}):
        rows = (load_adopted(file) or {"measures": []})["measures"]
        found += [
            row["shares"]
            for row in rows
            if (row["measure"], row["seat"]) == asked and "shares" in row
        ]
    return found


class Adopted:
    """What was adopted for a scenario; nothing where nothing was."""

    def __init__(self, scenario: str) -> None:
        self.kept: dict[str, Any] = load_adopted(place(scenario)) or {"measures": []}
        self._values = {
            (row["measure"], row["seat"]): row["value"] for row in self.kept["measures"]
        }

    def value(self, row: Measure) -> float | None:
        """The adopted figure of the same row; None where there is none."""
        found: float | None = self._values.get(
            (row.measure, None if row.seat is None else row.seat.name)
        )
        return found


def as_data(scenario: str, lens: str, effort: Effort, rows: Sequence[Measure]) -> dict[str, Any]:
    """The table for JSON."""
    command = f"python main.py depth {scenario} --games {effort.games} --seed {effort.seed}"
    if lens != "balanced":
        command += f" --lens {lens}"
    how = {"games": effort.games, "seed": effort.seed}
    return {
        "scenario": scenario,
        "lens": lens,
        "measures": [row.as_data() | how for row in rows],
        "provenance": provenance(command),
    }


def adopt(scenario: str, data: dict[str, Any], known: Adopted, *, whole: bool) -> None:
    """Keeps the figures. Rows that were not measured this time stay as they were, unless this is
    the whole table: then they are of measures that there are no longer.

    Raises:
        OSError: they cannot be written.
    """
    if whole:
        save_adopted(place(scenario), data)
        return
    new = {(row["measure"], row["seat"]) for row in data["measures"]}
    rest = [row for row in known.kept["measures"] if (row["measure"], row["seat"]) not in new]
    save_adopted(place(scenario), data | {"measures": data["measures"] + rest})
