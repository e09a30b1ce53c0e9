"""What moved a seat's own score in a turn: its objectives, those first that moved it most, each
with the figure behind it. Made of what the seat sees and of nothing else.
"""

from typing import NamedTuple

import numpy as np

from game.content.scenario import Scenario
from game.rules.endings import parts_of
from game.rules.observe import Observation

from .phrasebook import signed
from .situation import LABELS, level, since_turn_1

LEAST = 0.5
"""Points of score; what moved by less is printed as none."""


class Moved(NamedTuple):
    """One objective that moved the score."""

    name: str
    points: float
    """By how many points of the score."""
    label: str
    """What the figure behind it is called."""
    old: str
    new: str
    """The figure, a turn ago and now."""

    @property
    def sentence(self) -> str:
        """Such as "Support at home: −6 points (Support at home 52 of 100 to 43 of 100)."."""
        return (
            f"{self.name}: {counted_points(self.points)} ({self.label}: {self.old} to {self.new})."
        )


def counted_points(points: float) -> str:
    """Such as "+1 point" or "−6 points"."""
    by = signed(points, 0)
    return f"{by} {'point' if by[1:] == '1' else 'points'}"


def moved(scenario: Scenario, before: Observation, now: Observation) -> list[Moved]:
    """The objectives that moved a seat's score, the one that moved it most first.

    Args:
        scenario: what is played.
        before: what the seat saw a turn ago.
        now: what it sees.
    """
    setting = scenario.setting
    old, new = (
        parts_of(setting, one.columns, one.agenda.astype(np.intp), one.seat)
        for one in (before, now)
    )
    found = []
    for part in setting.rulebook.objectives(now.seat, int(now.agenda[0])):
        points = float(new[part.id][0] - old[part.id][0])
        if abs(points) < LEAST:
            continue
        start = 0.0
        label = LABELS[part.column]
        if part.since_opening:
            start, label = float(getattr(setting.opening, part.column)[0]), since_turn_1(label)
        told = [
            level(part.column, float(one.columns[part.column][0]) - start) for one in (before, now)
        ]
        found.append(Moved(part.name, points, label, *told))
    return sorted(found, key=lambda one: -abs(one.points))
