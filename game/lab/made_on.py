"""When a lodged forecast says that it was made, and what there is for it and against it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from game.content.scenario import Scenario
from game.views.names import counted

from .adopt import CALIBRATION, fitted_rows, load_adopted
from .forecast import changed_since
from .lodged import SEAL, SHOWS, Basis, Forecast
from .periods import DAY

VOUCHED = "For the day only somebody can vouch who was given a copy then."


def not_made_yet(made_on: date) -> str:
    """That the day has not come; empty where it has. It may be tomorrow already where the forecast
    was made, and a calendar that is behind the game's own fit is wrong.
    """
    fit = load_adopted(CALIBRATION)
    today = max(date.today(), _day_of(fit) if fit else date.min)
    if made_on <= today + DAY:
        return ""
    return f"it says that it was made on {made_on}, a day that has not come yet"


def _day_of(fit: Mapping[str, Any]) -> date:
    return date.fromisoformat(fit["provenance"]["made_on"])


def what_is_known(forecast: Forecast, scenario: Scenario | None) -> list[str]:
    """Whether the file and the model are still what they were, in sentences."""
    if forecast.seal is None:
        return [
            "A hand wrote it: it carries no seal and no digest, and nothing here shows that it is "
            f"so old. {VOUCHED}"
        ]
    rests_on = forecast.rests_on
    if rests_on and (younger := _fitted_later(forecast.made_on, rests_on)):
        told = [f"{younger} Its {SEAL} fits all the same: anybody can make one anew."]
    else:
        told = [
            f"Its {SEAL} fits, {forecast.seal}: it {SHOWS}. For the day only somebody can vouch "
            f"who was given a copy, or this {SEAL}, then."
        ]
    if rests_on and scenario:
        told += changed_since(rests_on.model_dump(), scenario) or [
            "The rules, the scenario and the parameters are still those that it was made with."
        ]
    return told


def _fitted_later(made_on: date, basis: Basis) -> str:
    """That it rests on numbers which were found after its day; empty where it does not."""
    fit = load_adopted(CALIBRATION)
    if fit is None:
        return ""
    found = _day_of(fit)
    medians = {name: row["median"] for name, row in fitted_rows(fit).items()}
    if found <= made_on or any(basis.parameters.get(name) != medians[name] for name in medians):
        return ""
    return f"That day cannot be right: it rests on numbers that were fitted later, on {found}."


def hindsight(made_on: date, counts: Sequence[Mapping[str, Any]]) -> str:
    """That days were over when it was made; empty where none were.

    Args:
        made_on: the day.
        counts: what it foretold, each with its first and its last day.
    """
    made = str(made_on)
    over = sum(row["to"] < made for row in counts)
    begun = sum(row["from"] <= made <= row["to"] for row in counts)
    if not over and not begun:
        return ""
    if over == len(counts):
        return (
            "It was made after all the days that it tells of: this shows how well it fits what was "
            "known, not how well it foretells."
        )
    return (
        f"Of {counted(len(counts), 'count')}, the days of {over} were over when it was made, and "
        f"those of {begun} had begun: these show no foresight."
    )
