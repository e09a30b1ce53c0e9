"""What a forecast may count: in simulated games, and in a record of what happened."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .record import Incident
from .trajectories import Trajectories

FORCE = ("airstrike", "targeted_killing")
"""What a record calls American strikes."""


class Measure(NamedTuple):
    """One thing that is counted."""

    name: str
    of_games: Callable[[Trajectories], NDArray[np.int32]]
    """(turns, B)."""
    of_record: Callable[[Iterable[Incident]], int]
    on_one_day: bool = True
    """All of a turn's count falls on the same day."""


def _days(wanted: Callable[[Incident], bool]) -> Callable[[Iterable[Incident]], int]:
    """Counts the days on which something happened."""
    return lambda rows: len({row.date for row in rows if wanted(row)})


def _sum(dead: Callable[[Incident], int]) -> Callable[[Iterable[Incident]], int]:
    return lambda rows: sum(map(dead, rows))


def _iraqis(row: Incident) -> int:
    if row.actor != "US" or row.action not in FORCE:
        return 0
    return (row.iraqi_killed or 0) + (row.civilians_killed or 0)


MEASURES: dict[str, Measure] = {
    "attacks": Measure(
        "attacks by rockets and mortars",
        lambda shown: shown.attacks,
        _sum(lambda row: row.is_attack),
        on_one_day=False,
    ),
    "us_killed": Measure(
        "Americans killed",
        lambda shown: shown.us_killed,
        _sum(lambda row: (row.us_killed or 0) * (row.actor in ("MILITIA", "IRAN"))),
    ),
    "killed": Measure(
        "Americans and partners killed by rockets",
        lambda shown: shown.killed,
        _sum(lambda row: ((row.us_killed or 0) + (row.coalition_killed or 0)) * row.is_attack),
    ),
    "iraqi_killed": Measure(
        "Iraqi soldiers, police and civilians killed by American strikes",
        lambda shown: shown.strike_dead,
        _sum(_iraqis),
    ),
    "strikes": Measure(
        "days of American air strikes",
        lambda shown: shown.strike,
        _days(lambda row: row.actor == "US" and row.action == "airstrike"),
    ),
    "killings": Measure(
        "commanders killed on purpose",
        lambda shown: shown.kill,
        _days(lambda row: row.actor == "US" and row.action == "targeted_killing"),
    ),
    "missiles": Measure(
        "days of missiles from Iran",
        lambda shown: shown.missile,
        _days(lambda row: row.is_missile),
    ),
}
"""By the names that forecasts call them."""
