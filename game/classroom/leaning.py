"""How surely each staff could think that the world is what it was, turn by turn, as a drawing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from game.rules.seats import Seat

LEFT, RIGHT, TOP, BOTTOM = 70, 600, 40, 500
"""Of the drawing's units: between these it has its lines."""
_APART = 52
"""The least room between the names at the lines' ends."""


@dataclass(frozen=True, slots=True)
class Leaning:
    """One seat's line."""

    seat: Seat
    path: str
    label: int
    """How far down its name stands."""
    first: int
    last: int
    """In hundredths, before the first turn and after the last."""


def height(share: float) -> int:
    """How far down a share, 0 to 1, stands."""
    return round(BOTTOM - share * (BOTTOM - TOP))


def across(turn: int, turns: int) -> int:
    """How far to the right a turn stands; 0 is before the first."""
    return round(LEFT + (RIGHT - LEFT) * turn / max(1, turns))


def leanings(shares: Mapping[Seat, Sequence[float]]) -> list[Leaning]:
    """The lines, the surest at the end first.

    Args:
        shares: of each seat, before the first turn and after every one, 0 to 1.
    """
    surest = sorted(shares.items(), key=lambda one: -one[1][-1])
    rows = list[Leaning]()
    for (seat, own), label in zip(surest, _labels([own[-1] for _, own in surest]), strict=True):
        points = [f"{across(k, len(own) - 1)} {height(share)}" for k, share in enumerate(own)]
        first, last = round(100 * own[0]), round(100 * own[-1])
        rows.append(Leaning(seat, "M" + "L".join(points), label, first, last))
    return rows


def _labels(shares: Sequence[float]) -> list[int]:
    """How far down the names of the lines stand that end there, the highest first: apart."""
    places = [height(share) for share in shares]
    for k in range(1, len(places)):
        places[k] = max(places[k], places[k - 1] + _APART)
    for k in reversed(range(len(places))):
        places[k] = min(places[k], BOTTOM - _APART * (len(places) - 1 - k))
    return places
