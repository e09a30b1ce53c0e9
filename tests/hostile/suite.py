"""Tries one kind of hostile input after another, and counts."""

import os
import random
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from . import commands, environments, forecasts, matches, names, numbers, toml
from .trial import Trial

FAILURES = Path(__file__).parents[1] / "failures"
KINDS: Mapping[str, Callable[[random.Random], Iterator[Trial]]] = {
    "matches": matches.trials,
    "toml": toml.trials,
    "numbers": numbers.trials,
    "forecasts": forecasts.trials,
    "names": names.trials,
    "commands": commands.trials,
    "environments": environments.trials,
}
"""Every kind by its name: each gives trials without an end."""


class Suite:
    """The trials of one kind."""

    def __init__(self, kind: str, seed: int, failures: Path) -> None:
        self.tried = 0
        self.left: dict[Path, str] = {}
        """What went wrong: where its input lies, and the input in a line."""
        self._failures = failures
        self._trials = KINDS[kind](random.Random(f"{kind} {seed}"))

    def run(self, seconds: float, *, least: int = 0, most: int | None = None) -> None:
        """Tries for so long, at least and at most so many inputs."""
        end = time.monotonic() + seconds
        while (time.monotonic() < end or self.tried < least) and self.tried != most:
            trial = next(self._trials)
            self.tried += 1
            if what := trial.failure():
                last = what.strip().splitlines()[-1]
                self.left[trial.leave(self._failures, what)] = f"{trial.told}: {last[:200]}"

    @staticmethod
    def settle(home: Path) -> None:
        """Makes a folder the user's own, so that nobody's games are touched."""
        os.environ["RESTORING_DETERRENCE_HOME"] = str(home)
        os.environ.pop("UV", None)
