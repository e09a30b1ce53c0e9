"""Endings, and the marks that each seat is given against its own objectives."""

from enum import IntEnum

import numpy as np

from .seats import SEATS, Seat
from .setting import Setting
from .state import Floats, State


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
    """Each objective of a seat and the points that it has, (B,) each, 0 to the part's points.

    The ending's own bonus or penalty is not among them; `marks` adds it.
    """
    parts: dict[str, Floats] = {}
    for part in setting.rulebook.marks:
        if part.seat is not seat:
            continue
        value = getattr(state, part.column)
        if part.since_opening:
            value = value - getattr(setting.opening, part.column)
        share = (value - np.float32(part.worst)) / np.float32(part.best - part.worst)
        parts[part.id] = np.minimum(np.maximum(share, 0.0), 1.0) * np.float32(part.points)
    return parts


def marks(setting: Setting, state: State) -> Floats:
    """(4, B) every seat's mark, 0 to 100: the sum of its parts and what the ending did to it."""
    result = np.zeros((4, state.games), np.float32)
    for seat in SEATS:
        for points in mark_parts(setting, state, seat).values():
            result[seat] += points
        by_ending = np.array(
            [0.0] + [text.marks.get(seat, 0.0) for text in setting.rulebook.endings], np.float32
        )
        result[seat] += by_ending.take(state.ending)
    return np.minimum(np.maximum(result, 0.0), 100.0)
