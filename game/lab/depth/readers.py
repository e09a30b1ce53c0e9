"""Players that have learnt from futures to read the board: a doctrine for each turn, whose weights
were fitted to what deeds turned out to be worth. They see what any doctrine sees.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from game.content.doctrine import Weights
from game.players.doctrine import DoctrinePlayer
from game.rules.rulebook import Rulebook
from game.rules.state import Bools, Codes

from .plans import LEARNT, weighed
from .ridge import Ridge, Scale
from .sides import Side
from .situations import Valued

Values = NDArray[np.float64]


def reader(
    valued: Valued,
    voice: DoctrinePlayer,
    book: Rulebook,
    turns: int,
    known: Mapping[str, int] | None = None,
) -> Side:
    """Learns from situations to choose the deed that is worth most.

    Args:
        valued: situations of the seat, its deeds as options.
        voice: whose words and messages go with the deeds.
        book: the rules.
        turns: of the calendar.
        known: hidden facts that it is told, by name; what they change is learnt from the situations
            in which they hold.
    """
    weights = learn(valued, turns, known or {})
    return tuple(
        weighed(voice, book, {k: _named(row) for k, row in enumerate(rows.T)}) for rows in weights
    )


def _named(row: Values) -> Weights:
    return {name: float(weight) for name, weight in zip(LEARNT, row, strict=True) if weight}


def learn(valued: Valued, turns: int, known: Mapping[str, int]) -> Values:
    """(turns, features, K) what each option gains over option 0 by each feature."""
    gains = valued.marks.mean(axis=2)
    gains = gains - gains[:, :1]
    left = gains.copy()
    weights = np.zeros((turns, len(LEARNT), gains.shape[1]))
    everywhere = np.ones(valued.turn.size, np.bool_)
    for option in range(1, gains.shape[1]):
        may = valued.legal[:, option]
        found = _fitted(valued.learnt[may], left[may, option, None])
        weights[:, :, option] += found[:, 0]
        left[:, option] -= valued.learnt @ found[:, 0]
    _add(weights, valued, left, everywhere, range(turns))
    for name, code in known.items():
        holds = valued.hidden[name] == code
        for option in range(1, gains.shape[1]):
            may = valued.legal[:, option] & holds
            found = _fitted(valued.learnt[may], left[may, option, None])
            weights[:, :, option] += found[:, 0]
            left[:, option] -= valued.learnt @ found[:, 0]
        _add(weights, valued, left, holds, range(turns))
    return weights


def _add(weights: Values, valued: Valued, left: Values, which: Bools, turns: range) -> None:
    """Adds what each turn teaches beside all of them together, and takes it from what is left."""
    for turn in turns:
        rows: Codes = np.flatnonzero(which & (valued.turn == turn))
        if rows.size:
            features = valued.learnt[rows]
            found = _fitted(features, np.where(valued.legal[rows], left[rows], 0))
            weights[turn] += found
            left[rows] -= features @ found


def _fitted(features: Values, target: Values) -> Values:
    """(features, targets) weights on features as they are; the first holds the constant."""
    weights = np.zeros((features.shape[1], target.shape[1]))
    if not features.shape[0]:
        return weights
    scale = Scale.of(features)
    found = Ridge(scale.scaled(features)).fit(target)
    weights[scale.varied] = found[:-1] / scale.width[:, None]
    weights[0] = found[-1] - scale.mean @ weights[scale.varied]
    return weights
