"""Results that the game is shipped with: measured data with its provenance."""

import json
import os
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from game.content.load import RULEBOOK, SCENARIOS, load_rulebook

from .priors import priors
from .record import DATA
from .sidefile import model_digest

CALIBRATION, SENSITIVITY, VALIDATION = (
    DATA / f"{name}.json" for name in ("calibration", "sensitivity", "validation")
)
CARD = SCENARIOS.parent / "assets" / "handbook" / "model_card.toml"
PARAMETERS = RULEBOOK / "parameters.toml"
FITTED = "fitted to the record: main.py calibrate"
"""The source of a parameter that a calibration has set."""


def provenance(command: str) -> dict[str, str]:
    """Where a result comes from: the command, the model's hash, what is fitted, the day."""
    return {
        "command": command,
        "model": model_digest(),
        "fitted": ", ".join(f"{name} = {value:g}" for name, value in fitted().items()),
        "made_on": str(date.today()),
    }


def kept(path: Path) -> dict[str, Any] | None:
    """A result that the game is shipped with; None where there is none yet."""
    if not path.exists():
        return None
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def keep(path: Path, result: Mapping[str, Any]) -> None:
    """Puts a result in its place, whole or not at all.

    Raises:
        OSError: it cannot be written.
    """
    put(path, json.dumps(result, indent=1, ensure_ascii=False, allow_nan=False) + "\n")


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


def rulebook_text(text: str, calibration: Mapping[str, Any]) -> str:
    """parameters.toml with the posterior's medians, which no choice of scale moves.

    Args:
        text: the file as it is.
        calibration: a calibration's result.
    """
    for name, row in calibration["parameters"].items():
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
