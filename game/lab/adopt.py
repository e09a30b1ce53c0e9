"""Results that the game is shipped with: measured data with its provenance."""

import json
import os
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from game.content.load import RULEBOOK, SCENARIOS, load_rulebook
from game.futures.other_numbers import KEPT

from .changes import fingerprint
from .priors import priors
from .record import DATA

CALIBRATION, RECOVERY, SENSITIVITY, VALIDATION = (
    DATA / f"{name}.json" for name in ("calibration", "recovery", "sensitivity", "validation")
)
OTHER_NUMBERS = KEPT
"""What the fit and the hand-set numbers leave open, beside the rooms that measure by it."""
CARD = SCENARIOS.parent / "assets" / "handbook" / "model_card.toml"
PARAMETERS = RULEBOOK / "parameters.toml"
NUMBERS = re.compile(r"\[\s+-?\d[\d.e+-]*(?:,\s+-?\d[\d.e+-]*)+\s+\]")
"""A list of numbers, which belongs on one line."""
FITTED = "fitted to the record: main.py calibrate"
"""The source of a parameter that a calibration has set."""


def provenance(command: str, changed: Mapping[str, float] | None = None) -> dict[str, Any]:
    """Where a result comes from: the command, the day, and what it rests on (`fingerprint`).

    Args:
        command: what makes it.
        changed: parameters that the result sets anew.
    """
    return {"command": command, "made_on": str(date.today())} | fingerprint(changed)


def load_adopted(path: Path) -> dict[str, Any] | None:
    """A result that the game is shipped with; None where there is none yet."""
    if not path.exists():
        return None
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def fitted_ranges() -> dict[str, tuple[float, float]]:
    """The middle 90 of 100 of what the fit left of each parameter; empty where there is no fit."""
    calibration = load_adopted(CALIBRATION) or {"parameters": {}}
    return {name: (row["low_5"], row["high_95"]) for name, row in calibration["parameters"].items()}


def save_adopted(path: Path, result: Mapping[str, Any]) -> None:
    """Puts a result in its place, whole or not at all.

    Raises:
        OSError: it cannot be written.
    """
    text = json.dumps(result, indent=1, ensure_ascii=False, allow_nan=False)
    put(path, NUMBERS.sub(lambda found: "".join(found[0].split()).replace(",", ", "), text) + "\n")


def put(path: Path, text: str) -> None:
    """Writes a text in place of what was there, whole or not at all.

    Raises:
        OSError: it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    trial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with trial.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        trial.replace(path)
    finally:
        trial.unlink(missing_ok=True)


def fitted_rows(calibration: Mapping[str, Any]) -> dict[str, Any]:
    """All that a calibration sets, of the rules and of how people choose, by parameter."""
    rows = dict(calibration["parameters"])
    for kind in calibration["choices"].values():
        rows |= kind["parameters"]
    return rows


def rulebook_text(text: str, calibration: Mapping[str, Any]) -> str:
    """parameters.toml with the posterior's medians, which no choice of scale moves.

    Args:
        text: the file as it is.
        calibration: a calibration's result.
    """
    for name, row in fitted_rows(calibration).items():
        heading = f"[{name}]\n"
        head, rest = text.split(heading, 1)
        block, gap, below = rest.partition("\n\n")
        block = re.sub(r"(?m)^value = .*$", f"value = {row['median']}", block)
        block = re.sub(r"(?m)^source = .*$", f'source = "{FITTED}"', block)
        text = head + heading + block + gap + below
    return text


def fitted() -> dict[str, float]:
    """The fitted parameters as the rulebook has them now."""
    book = load_rulebook().parameters
    groups = {prior.name: prior.name.split(".") for prior in priors()}
    return {name: getattr(getattr(book, group), key) for name, (group, key) in groups.items()}
