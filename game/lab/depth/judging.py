"""What can be known of the options of sampled situations: by all that the seat sees, and by some of
the futures, judged by the others.

Who chooses by the same futures by which the choice is valued finds luck and calls it skill. So
what the seat sees is turned into foresight on one part of the games and used on another; and where
the futures themselves choose, half of them choose and the other half value.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.rules.state import Bools, Codes

from .ridge import Ridge, Scale, predicted
from .situations import Valued

Values = NDArray[np.float64]
FOLDS = 4
NEVER = -1e9


@dataclass(slots=True)
class Judged:
    """N situations with K options, in points over option 0."""

    valued: Valued
    halves: tuple[Values, Values]
    """(N, K) each: the mean over each half of the futures."""
    foreseen: Values
    """(N, K) what can be foreseen by what the seat sees, learnt from other games."""
    fixed: Codes
    """(N,) the best fixed option of the turn, found in other games."""

    @property
    def means(self) -> Values:
        """(N, K) over all futures."""
        both: Values = (self.halves[0] + self.halves[1]) / 2
        return both

    def by_sight(self) -> Codes:
        """(N,) the option that looks best by what the seat sees."""
        return best(self.foreseen, self.valued.legal)

    def by_half(self) -> Iterator[tuple[Codes, Values]]:
        """For each half of the futures: the option, (N,), that looks best by it and by what is
        seen, and what the options, (N, K), are worth by the other half.

        Sight and futures are weighed by how far each can be relied on (empirical Bayes).
        """
        for chooser, valuer in (self.halves, self.halves[::-1]):
            off, other = chooser - self.foreseen, valuer - self.foreseen
            heed = np.zeros(off.shape[1])
            for option, may in enumerate(self.valued.legal.T):
                noise = float((off[may, option] ** 2).mean()) if may.any() else 0.0
                shared = float((off[may, option] * other[may, option]).mean()) if noise else 0.0
                heed[option] = np.clip(shared / noise, 0, 1) if noise else 0.0
            yield best(self.foreseen + heed * off, self.valued.legal), valuer


def best(worth: Values, legal: Bools) -> Codes:
    """(N,) the best legal option, the first of equals."""
    chosen: Codes = np.where(legal, worth, NEVER).argmax(axis=1)
    return chosen


def picked(values: Values, option: Codes) -> Values:
    """(N,) the values, (N, K), of one option each."""
    return np.take_along_axis(values, option[:, None], axis=1)[:, 0]


def judge(valued: Valued, extra: Values | None = None) -> Judged:
    """Learns what can be foreseen.

    Args:
        valued: the situations.
        extra: (N, figures) something that the seat is told beside what it sees.
    """
    half = valued.marks.shape[2] // 2
    first = valued.marks[:, :, :half].mean(axis=2)
    second = valued.marks[:, :, half:].mean(axis=2)
    halves = first - first[:, :1], second - second[:, :1]
    gains = (halves[0] + halves[1]) / 2
    figures = valued.seen if extra is None else np.concatenate([valued.seen, extra], axis=1)
    foreseen = foresee(figures, valued.turn, valued.game, valued.legal, gains)
    return Judged(valued, halves, foreseen, _fixed(valued, gains))


def folds(game: Codes) -> Iterator[tuple[Bools, Bools]]:
    """Which rows are learnt from, and which are then judged: never of the same game."""
    for fold in range(FOLDS):
        held = game % FOLDS == fold
        if held.any() and not held.all():
            yield ~held, held


def foresee(figures: Values, turn: Codes, game: Codes, legal: Bools, gains: Values) -> Values:
    """(N, K) what can be foreseen of the gains by the figures: a line for all turns, then another
    for what that leaves of each turn.
    """
    turns = (turn[:, None] == np.unique(turn)).astype(np.float64)
    figures = np.concatenate([figures, turns], axis=1)
    foreseen = np.zeros_like(gains)
    for learn, held in folds(game):
        scale = Scale.of(figures[learn])
        scaled = scale.scaled(figures)
        foretold = np.zeros_like(gains)
        for may, options in _alike(legal):
            rows = learn & may
            weights = Ridge(scaled[rows]).fit(gains[rows][:, options])
            foretold[:, options] = predicted(scaled, weights)
        left = np.where(legal, gains - foretold, 0)
        for now in np.unique(turn):
            here = turn == now
            some = learn & here
            foretold[here] += predicted(scaled[here], Ridge(scaled[some]).fit(left[some]))
        foreseen[held] = foretold[held]
    return foreseen


def _alike(legal: Bools) -> Iterator[tuple[Bools, list[int]]]:
    """Options that are legal in the same situations: those, (N,), and their numbers."""
    options: dict[bytes, list[int]] = {}
    for option, may in enumerate(legal.T):
        options.setdefault(may.tobytes(), []).append(option)
    for alike in options.values():
        yield legal[:, alike[0]], alike


def _fixed(valued: Valued, gains: Values) -> Codes:
    """(N,) the best option of each turn in other games; where it is not legal, it is option 0."""
    chosen = np.zeros(valued.turn.size, np.intp)
    for learn, held in folds(valued.game):
        for now in np.unique(valued.turn):
            here = valued.turn == now
            if (learn & here).any():
                chosen[held & here] = int(gains[learn & here].mean(axis=0).argmax())
    return chosen
