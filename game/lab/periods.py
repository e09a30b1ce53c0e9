"""Months and other stretches of days, and what of a game's turns falls into each."""

import itertools
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.integer]
DAY = timedelta(days=1)


class Period(NamedTuple):
    """From one day to another, both included."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """How many there are."""
        return (self.end - self.start).days + 1

    def holds(self, other: "Period") -> bool:
        """Whether all of another lies in it."""
        return self.start <= other.start and other.end <= self.end


def months(whole: Period) -> tuple[Period, ...]:
    """The calendar's months, the first and the last cut to the days that are asked for."""
    found, start = [], whole.start
    while start <= whole.end:
        after = (start.replace(day=1) + 32 * DAY).replace(day=1)
        found.append(Period(start, min(after - DAY, whole.end)))
        start = after
    return tuple(found)


def turns(opening: Sequence[date]) -> tuple[Period, ...]:
    """The days of every turn.

    Args:
        opening: the day on which each turn opens, and the day on which the last one ends.
    """
    return tuple(Period(first, after - DAY) for first, after in itertools.pairwise(opening))


def in_periods(
    counts: Whole,
    by_turn: Sequence[Period],
    periods: Sequence[Period],
    luck: np.random.Generator,
    *,
    on_one_day: bool = False,
) -> Whole:
    """(periods, games) what of the counts of turns falls into each period.

    A turn that a period cuts has no days of its own: each of what is counted falls on any of its
    days alike.

    Args:
        counts: (turns, games).
        by_turn: the days of the turns.
        periods: that do not overlap.
        luck: decides on which day.
        on_one_day: all of a turn's count falls on the same day, as the dead of one attack do.
    """
    found = np.zeros((len(periods), counts.shape[1]), np.int64)
    for row, turn in zip(counts, by_turn, strict=True):
        left, days_left = row.astype(np.int64), turn.days
        for place, period in enumerate(periods):
            shared = (min(turn.end, period.end) - max(turn.start, period.start)).days + 1
            if shared <= 0:
                continue
            share = shared / days_left
            falls = (
                left * (luck.random(left.size) < share)
                if on_one_day
                else luck.binomial(left, share)
            )
            found[place] += falls
            left, days_left = left - falls, days_left - shared
    return found
