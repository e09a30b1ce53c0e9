"""Endings, and the marks that each seat is given against its own objectives."""

from collections.abc import Mapping
from enum import IntEnum

import numpy as np

from .seats import SEATS, Seat
from .setting import Setting
from .state import Codes, Floats, State


class Ending(IntEnum):
    """How a game ended; 0 while it is on. The rulebook's endings stand in this order."""

    NONE = 0
    CALENDAR = 1
    GENERAL_WAR = 2
    EXPULSION = 3
    WITHDRAWAL = 4
    COLLAPSE = 5
    RESTRAINT = 6


def mark_parts(setting: Setting, state: State, seat: Seat) -> dict[str, Floats]:
    """Each objective of a seat and the points that it has, (B,) each, 0 to the part's points under
    the agenda that the seat has in the game.

    The ending's own bonus or penalty is not among them; `marks` adds it.
    """
    columns = {part.column: getattr(state, part.column) for part in setting.rulebook.marks}
    return parts_of(setting, columns, state.agenda[seat], seat)


def parts_of(
    setting: Setting, columns: Mapping[str, Floats], agenda: Codes, seat: Seat
) -> dict[str, Floats]:
    """As `mark_parts`, of columns as somebody sees them.

    Args:
        setting: the rules and the opening.
        columns: those that the seat's objectives name, (B,) each.
        agenda: (B,) the seat's.
        seat: whose objectives.
    """
    parts: dict[str, Floats] = {}
    own = [part for part in setting.rulebook.marks if part.seat is seat]
    for part, by_agenda in zip(own, setting.tables.mark_points[seat], strict=True):
        points = by_agenda.take(agenda)
        value = columns[part.column]
        if part.since_opening:
            value = value - getattr(setting.opening, part.column)[0]
        share = (value - np.float32(part.worst)) / np.float32(part.best - part.worst)
        parts[part.id] = np.minimum(np.maximum(share, 0), 1) * points
    return parts


def marks(setting: Setting, state: State) -> Floats:
    """(4, B) every seat's mark, 0 to 100: the sum of its parts and what the ending did to it."""
    sums = []
    for seat in SEATS:
        agenda = state.agenda[seat].astype(np.intp)
        points = np.zeros_like(state.us_troops)
        for ending, by_agenda in enumerate(setting.tables.ending_marks[seat], start=1):
            points = np.where(state.ending == ending, by_agenda.take(agenda), points)
        for part in mark_parts(setting, state, seat).values():
            points = points + part
        sums.append(np.minimum(np.maximum(points, 0), 100))
    return np.stack(sums)
