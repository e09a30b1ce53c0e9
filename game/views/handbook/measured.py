"""Whether a page's measured figures are of the rulebook as it is now."""

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from game.content.load import RULEBOOK, RULEBOOK_FILES, load_rulebook

PARAMETERS = "parameters.toml"


class ParameterChange(NamedTuple):
    """A parameter that is not what it was."""

    name: str
    before: float | None
    """None where there was none."""
    now: float | None
    """None where there is none any more."""

    def __str__(self) -> str:
        """Such as "minds.anger_gain 1.11 -> 2"."""
        then, today = ("none" if v is None else f"{v:g}" for v in (self.before, self.now))
        return f"{self.name} {then} -> {today}"


def parameters() -> dict[str, float]:
    """Every parameter as the rulebook has it now, by "group.name"."""
    groups = load_rulebook().parameters._asdict().items()
    return {
        f"{group}.{name}": float(value)
        for group, values in groups
        for name, value in values._asdict().items()
    }


def edited(before: Mapping[str, float], now: Mapping[str, float]) -> Iterator[ParameterChange]:
    """The parameters that differ between two sets of them."""
    for name in dict.fromkeys((*before, *now)):
        if before.get(name) != now.get(name):
            yield ParameterChange(name, before.get(name), now.get(name))


@cache
def figures_digest() -> str:
    """A hash over every number of the rulebook but the parameters; texts are left out."""
    digest = hashlib.sha256()
    for name in sorted(set(RULEBOOK_FILES) - {PARAMETERS}):
        data = tomllib.loads((RULEBOOK / name).read_text(encoding="utf-8"))
        digest.update(json.dumps(list(_numbers(data))).encode())
    return digest.hexdigest()[:16]


def outdated(kept: Mapping[str, Any]) -> list[str]:
    """Why a page's figures are not of these rules, in sentences; empty where they are.

    Args:
        kept: `figures_digest` and `parameters` of when they were measured.
    """
    moved = "; ".join(map(str, edited(kept["parameters"], parameters())))
    told = [f"Changed by hand since: {moved}."] if moved else []
    if kept["figures"] != figures_digest():
        told.append("Other numbers of the rulebook have changed since.")
    return told


def _numbers(value: Any, path: str = "") -> Iterator[tuple[str, float]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _numbers(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _numbers(inner, f"{path}.{place}")
    elif isinstance(value, int | float):
        yield path, value
