"""The four seats, in the order that every array with a seat axis uses."""

from enum import IntEnum


class Seat(IntEnum):
    """Who gives orders."""

    US = 0
    IRAN = 1
    MILITIA = 2
    IRAQ = 3

    @property
    def rivals(self) -> tuple["Seat", ...]:
        """The other three seats, in order."""
        return tuple(seat for seat in Seat if seat is not self)


SEATS: tuple[Seat, ...] = tuple(Seat)
PAIRS: tuple[tuple[Seat, Seat], ...] = tuple((i, j) for i in SEATS for j in SEATS if i is not j)


class Cause(IntEnum):
    """Who may stand behind an attack that nobody signed."""

    TEHRAN = 0
    MILITIA = 1
    SPLINTER = 2
    THIRD_PARTY = 3


class Rung(IntEnum):
    """The ladder that the four seats talk by (Kahn, On Escalation, 1965, cut to this crisis)."""

    CALM = 0
    WORDS = 1
    PRESSURE = 2
    HARASSMENT = 3
    ATTACK = 4
    DEADLY_ATTACK = 5
    MILITIA_STRUCK = 6
    LEADERS_STRUCK = 7
    STATES_STRIKE = 8
    MASS_CASUALTIES = 9
    GENERAL_WAR = 10
