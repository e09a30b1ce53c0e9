"""Habits: how much likelier a seat's deed is chosen than its worth says, whatever its doctrine.

Constants of the alternatives, as discrete choice models have them (Train, Discrete Choice Methods
with Simulation, 2009, section 2.5), fitted to the record as the sharpness of choice is: most turns
of it are held, and the militias fire more often than the worth of it says. They stand among the
rulebook's parameters, in the group `choice`, as logarithms of odds.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from game.rules.parameters import Manner
from game.rules.rulebook import Deed
from game.rules.seats import Seat


class Habit(NamedTuple):
    """One constant."""

    parameter: str
    """Its name in the group `choice`."""
    seat: Seat
    options: tuple[str, ...]
    """Ids of deeds, or of words."""
    feature: str
    """What it is weighed by: one of a doctrine's features, "base" where it always holds."""


HABITS = (
    Habit("hold_us", Seat.US, ("hold",), "base"),
    Habit("hold_iran", Seat.IRAN, ("hold",), "base"),
    Habit("hold_militia", Seat.MILITIA, ("hold",), "base"),
    Habit("hold_iraq", Seat.IRAQ, ("hold",), "base"),
    Habit("fire", Seat.MILITIA, ("harass", "barrage"), "base"),
    Habit("barrage", Seat.MILITIA, ("barrage",), "base"),
    Habit("consolidate", Seat.US, ("consolidate",), "base"),
    Habit("strike_on_death", Seat.US, ("strike_depots", "strike_fighters"), "bereaved"),
    Habit("missile_on_debt", Seat.IRAN, ("missile_strike",), "debt"),
)
SILENCES = (
    Habit("silent_us", Seat.US, ("silence",), "base"),
    Habit("silent_iran", Seat.IRAN, ("silence",), "base"),
    Habit("silent_militia", Seat.MILITIA, ("silence",), "base"),
    Habit("silent_iraq", Seat.IRAQ, ("silence",), "base"),
)
"""Of words."""


BY_THE_BOOK = Manner(**{name: float(name.endswith("sharpness")) for name in Manner._fields})
"""Manner by worth alone, as sharp as the doctrine says, without habits."""


def habits(
    manner: Manner, temper: float, deeds: Sequence[Deed], seat: Seat
) -> Iterator[tuple[int, str, float]]:
    """Every deed that a seat has a habit of, the feature that goes with it, and what it is worth
    to somebody of that temper.
    """
    sharp = temper * manner.sharpness
    numbers = {deed.id: index for index, deed in enumerate(deeds)}
    for habit in HABITS:
        for deed in habit.options:
            if habit.seat is seat and deed in numbers:
                yield numbers[deed], habit.feature, _worth(manner, habit, sharp)


def silence(manner: Manner, temper: float, seat: Seat) -> float:
    """What its own silence is worth to a seat."""
    return _worth(manner, SILENCES[seat], temper * manner.word_sharpness)


def _worth(manner: Manner, habit: Habit, sharp: float) -> float:
    """A constant is a logarithm of odds, however sharply worth is chosen; a coin has no habits."""
    return float(getattr(manner, habit.parameter)) / sharp if sharp else 0.0
