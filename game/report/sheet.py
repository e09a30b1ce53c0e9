"""What an export's tables are made of: sheets, and columns that say what they mean."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from game.session.view import MatchView

Rows = Iterator[dict[str, Any]]


class Meaning(NamedTuple):
    """What a column of a sheet holds."""

    kind: type
    """int, float or str."""
    unit: str
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of the export."""

    name: str
    text: str
    """What one of its rows is."""
    columns: dict[str, Meaning]
    rows: Callable[[MatchView], Rows]


def text(meaning: str, unit: str = "name") -> Meaning:
    """A column of words."""
    return Meaning(str, unit, meaning)


def count(meaning: str, unit: str = "number") -> Meaning:
    """A column of whole numbers."""
    return Meaning(int, unit, meaning)


def real(meaning: str, unit: str) -> Meaning:
    """A column of numbers."""
    return Meaning(float, unit, meaning)


def short(figure: np.floating[Any] | np.bool_ | float) -> float:
    """A figure of the game, which has 32 bits, with no more digits than tell it from others."""
    return float(str(np.float32(figure)))
