"""What came of the games of an exploration, as they come in."""

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.content.scenario import Scenario
from game.futures.ensemble import ByOthers, Chunk, Rows, values
from game.rules.seats import Seat
from game.views.effects import Estimate

MOST_BARS = 30
Numbers = NDArray[np.float64]


class Bin(NamedTuple):
    """The games in which a measure lay within one bar of its chart."""

    measure: str
    place: int
    low: float
    high: float
    """The greatest value that is still in it."""


class Spread(NamedTuple):
    """How one measure came out."""

    bins: tuple[Bin, ...]
    counts: tuple[int, ...]
    mean: float
    low: float
    """The end of the range of 90 in 100, as is `high`."""
    high: float
    known: Estimate | None
    """The mean with its two widths; None until other numbers were asked."""


@dataclass(slots=True)
class Explored:
    """The games so far."""

    scenario: Scenario
    of: int
    """All that were asked for."""
    rows: list[Rows] = field(default_factory=list)
    games: int = 0
    others: ByOthers | None = None
    """Some of the games by other numbers; None until they are there."""

    def add(self, chunk: Chunk | ByOthers) -> None:
        """Takes the next part."""
        if isinstance(chunk, ByOthers):
            self.others = chunk
            return
        if chunk.rows is not None:
            self.rows.append(chunk.rows)
            self.games += chunk.rows.ending.size

    def measured(self, measure: str) -> Numbers:
        """(games,) one of `ensemble.MEASURES`, or "ending"."""
        parts = [
            rows.ending if measure == "ending" else values(rows, measure) for rows in self.rows
        ]
        return np.concatenate(parts).astype(np.float64)

    def spread(self, measure: str) -> Spread:
        """How a measure came out, in at most `MOST_BARS` bars."""
        found = self.measured(measure)
        if measure.startswith("mark_"):
            first, step, bars = 0, 5, 20
        else:
            first, last = int(found.min()), int(found.max())
            step = -(-(last - first + 1) // MOST_BARS)
            bars = (last - first) // step + 1
        places = np.clip((found - first) // step, 0, bars - 1).astype(np.intp)
        width = step if measure.startswith("mark_") else step - 1
        bins = tuple(
            Bin(measure, k, first + k * step, first + k * step + width) for k in range(bars)
        )
        counts = tuple(int(n) for n in np.bincount(places, minlength=bars))
        low, high = np.quantile(found, (0.05, 0.95), method="inverted_cdf")
        mean, games = float(found.mean()), found.size
        known = None
        if self.others is not None and games > 1:
            error = float(found.std(ddof=1)) / games**0.5
            known = self.others.known(measure, mean, error, games)
        return Spread(bins, counts, mean, float(low), float(high), known)

    def endings(self) -> list[tuple[str, int]]:
        """The endings that came up, the commonest first, with how often."""
        counts = np.bincount(self.measured("ending").astype(np.intp))
        named = self.scenario.setting.rulebook.endings
        found = [(named[k - 1].name, int(n)) for k, n in enumerate(counts) if k and n]
        return sorted(found, key=lambda pair: -pair[1])

    def numbers(self, picked: Bin | None) -> list[int]:
        """The numbers of the games in a bar; of all games where none is picked."""
        if picked is None:
            return list(range(self.games))
        spread = self.spread(picked.measure)
        found = self.measured(picked.measure)
        last = picked.place == len(spread.bins) - 1
        inside = found >= picked.low
        if not last:
            inside &= found < spread.bins[picked.place + 1].low
        return [int(k) for k in np.flatnonzero(inside)]

    def row(self, game: int) -> tuple[str, int, int, int, tuple[float, ...]]:
        """One game: ending, attacks, Americans killed, highest rung, marks."""
        for rows in self.rows:
            if game < rows.ending.size:
                name = self.scenario.setting.rulebook.endings[int(rows.ending[game]) - 1].name
                marks = tuple(float(rows.marks[seat, game]) for seat in Seat)
                return (
                    name,
                    int(rows.attacks[game]),
                    int(rows.us_dead[game]),
                    int(rows.highest_rung[game]),
                    marks,
                )
            game -= rows.ending.size
        raise IndexError(game)
