"""Whether the model is still the one that was fitted or measured, and what was changed since."""

import hashlib
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from game.content.lens import parameter_ranges
from game.engine.play import play
from game.rules.luck import game_keys
from game.views.handbook.measured import ParameterChange, edited, figures_digest, parameters

from .choices import DEEDS, WORDS, by_name, priors_of
from .priors import middles
from .record import DATA, covering, under
from .roster import doctrines

WITNESSES = 32
"""Games whose ends stand for how the model plays."""
WITNESS_SEED = 2020
HELD_AGAINST = ("priors.toml", "moments.toml", "timeline.csv", "moves.csv", "coverage.csv")
"""The files that a fit is held against."""


def model_digest(changed: Mapping[str, float] | None = None) -> str:
    """A hash over how some games go, whatever code and data make them go so.

    The fitted parameters count as the middles of their priors: a fit must not outdate itself.

    Args:
        changed: other parameters than the rulebook's.

    Raises:
        KeyError: there is no such parameter any more.
    """
    return _played(tuple(sorted((changed or {}).items())))


@cache
def _played(parameters: tuple[tuple[str, float], ...]) -> str:
    middle = middles()
    for kind in (DEEDS, WORDS):
        middle |= by_name(kind, np.array([prior.mean for prior in priors_of(kind)]))
    seen = under(covering(), dict(parameters) | middle)
    keys = game_keys(WITNESS_SEED, range(WITNESSES))
    digests = play(seen.setting, doctrines(seen), keys).digests
    return hashlib.sha256(digests.tobytes()).hexdigest()[:16]


def record_digest() -> str:
    """A hash over what a fit is held against."""
    digest = hashlib.sha256()
    for name in HELD_AGAINST:
        digest.update((DATA / name).read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:16]


def fingerprint(changed: Mapping[str, float] | None = None) -> dict[str, Any]:
    """What a result of today rests on, to be kept with it.

    Args:
        changed: parameters that the result sets anew.
    """
    return {
        "model": model_digest(),
        "record": record_digest(),
        "figures": figures_digest(),
        "parameters": parameters() | dict(changed or {}),
    }


class Changed(NamedTuple):
    """What a hand has changed since a result was kept."""

    parameters: tuple[ParameterChange, ...]
    rules: bool
    """The rules, scenario or computer players, apart from the parameters."""
    record: bool
    """Priors, moments, timeline or moves."""

    def describe(self, event: str) -> list[str]:
        """In sentences; none where all is as it was.

        Args:
            event: such as "the fit".
        """
        found = []
        if self.parameters:
            found.append(f"Changed by hand since {event}: {'; '.join(map(str, self.parameters))}.")
        if self.rules:
            found.append(f"The rules, the scenario or the players have changed since {event}.")
        if self.record:
            found.append(
                f"The priors, moments, timeline or coded moves have changed since {event}."
            )
        return found

    def as_data(self, event: str) -> dict[str, Any]:
        """For JSON; see `describe`."""
        return {
            "told": self.describe(event),
            "parameters": [row._asdict() for row in self.parameters],
            "rules": self.rules,
            "record": self.record,
        }


def since(kept: Mapping[str, Any]) -> Changed:
    """What has changed since a result was made.

    Args:
        kept: its `fingerprint`.
    """
    before, ranges = kept["parameters"], parameter_ranges()
    if all(low <= before.get(name, low) <= high for name, (low, high) in ranges.items()):
        try:
            rules = model_digest(before) != kept["model"]
        except KeyError:  # a parameter of then is gone
            rules = True
    else:  # the rules of today would not take it
        rules = True
    return Changed(
        tuple(edited(kept["parameters"], parameters())), rules, record_digest() != kept["record"]
    )
