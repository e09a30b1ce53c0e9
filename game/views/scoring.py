"""What moved a seat's own score in a turn: its objectives, those first that moved it most, each
with the figure behind it. Made of what the seat sees and of nothing else.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from game.content.scenario import Scenario
from game.rules.endings import parts_of
from game.rules.observe import Observation
from game.rules.rulebook import MarkPart
from game.rules.seats import Seat
from game.rules.state import COLUMNS

from .names import CAPITALS, sentence
from .peaks import t
from .phrasebook import signed
from .regard import Cause
from .situation import LABELS, level, since_turn_1

MOST = 4
"""Causes that are named of a figure's move; smaller ones are told together."""
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
    by: tuple[str, ...] = ()
    """What moved it, each in a few words; empty where nobody has reckoned it."""
    bound: str = ""
    """From where on it earns nothing, or all of its points, where it stands there now."""

    @property
    def sentence(self) -> str:
        """Such as "Support at home: −6 points (Support at home: 52 of 100 to 43 of 100)."."""
        of_it = f"; of it {', '.join(self.by)}" if self.by else ""
        told = f"{self.label}: {self.old} to {self.new}{of_it}"
        return sentence(f"{self.name}: {counted_points(self.points)} ({told})") + self.bound


def counted_points(points: float) -> str:
    """Such as "+1 point" or "−6 points"."""
    by = signed(points, 0)
    return f"{by} {'point' if by[1:] == '1' else 'points'}"


def moved(
    scenario: Scenario, before: Observation, now: Observation, causes: Sequence[Cause] = ()
) -> list[Moved]:
    """The objectives that moved a seat's score, the one that moved it most first.

    Args:
        scenario: what is played.
        before: what the seat saw a turn ago.
        now: what it sees.
        causes: what each cause moved, as far as its staff has reckoned it.
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
        change = float(now.columns[part.column][0] - before.columns[part.column][0])
        by = tuple(shares(part.column, change, now.seat, causes))
        bound = f" {end}" if (end := at_its_end(part, float(new[part.id][0]))) else ""
        found.append(Moved(part.name, points, label, told[0], told[1], by, bound))
    return sorted(found, key=lambda one: -abs(one.points))


def at_its_end(part: MarkPart, points: float) -> str:
    """That an objective earns nothing, or all of its points, and from where on."""
    low, high = 0.05, part.points - 0.05
    if not part.points or low < points < high:
        return ""
    end, beyond = (part.worst, part.worst < part.best) if points <= low else (
        part.best, part.best < part.worst)  # fmt: skip
    how = "none" if points <= low else "all"
    way = t("reckoning.score.or_less" if beyond else "reckoning.score.or_more")
    return t(f"reckoning.score.{how}", at=level(part.column, end), way=way)


def caused(column: str, causes: Sequence[Cause]) -> list[tuple[Cause, int]]:
    """What moved a figure, as it is printed, that first which moved it most."""
    scale = _scale(column)
    found = [(one, round(one.by * scale)) for one in causes if one.column == column]
    return sorted((pair for pair in found if pair[1]), key=lambda pair: -abs(pair[1]))


def shares(column: str, change: float, seat: Seat, causes: Sequence[Cause]) -> Iterator[str]:
    """What moved a figure, cause by cause, and what is left of its move that the staff cannot
    trace; nothing where nobody has reckoned it.
    """
    told = caused(column, causes)[:MOST]
    for one, by in told:
        yield f"{named(one, seat)} {signed(by, 0)}"
    known = [one.by * _scale(column) for one in causes if one.column == column]
    if not known:
        return
    untraced = round(change * _scale(column) - sum(known))
    smaller = round(change * _scale(column)) - sum(by for _, by in told) - untraced
    for key, by in (("smaller", smaller), ("untraced", untraced)):
        if by:
            yield f"{t(f'reckoning.cause.{key}')} {signed(by, 0)}"


def named(cause: Cause, reader: Seat) -> str:
    """A cause in a few words, such as "Washington's “Aid Baghdad” of the turn before"."""
    own = "own_" if cause.seat is reader else ""
    key = f"{own}lapsed" if cause.kind == "lapsed" else cause.kind
    who = "" if cause.seat is None else CAPITALS[cause.seat]
    whose = "" if cause.seat is None else _whose(cause.seat, reader)
    return t(f"reckoning.cause.{key}", who=who, whose=whose, what=cause.what)


def _scale(column: str) -> int:
    return 100 if COLUMNS[column].unit == "share" else 1


def _whose(seat: Seat, reader: Seat) -> str:
    if seat is reader:
        return "your"
    name = CAPITALS[seat]
    return f"{name}'" if name.endswith("s") else f"{name}'s"
