"""Players that have learnt from futures to read the board: a doctrine for each turn, whose weights
were fitted to what deeds turned out to be worth. They see what any doctrine sees.

What a deed is worth is learnt with one player playing on, so who follows it in every turn strays
from what it was learnt for. A reader therefore only leans on it: it weighs a deed as that player
does, and so much more by what was learnt; and it learns again from games as it then plays them
(approximate policy iteration: Kakade and Langford, ICML 2002).
"""

import numpy as np
from numpy.typing import NDArray

from game.content.doctrine import Weights
from game.players.doctrine import DoctrinePlayer
from game.rules.rulebook import Rulebook
from game.rules.state import Bools, Codes

from .plans import leaning, learnable
from .ridge import Ridge, Scale
from .situations import Valued

Values = NDArray[np.float64]
Hands = tuple[DoctrinePlayer, ...]
"""Who plays a seat: a doctrine for each turn."""
HEEDS = (1.0, 3.0)
"""How much utility a point of the mark may be to a reader; which is better is tried out."""
LESSONS = 5
"""How often a reader learns at the most; it stops where that no longer helps."""


def reader(
    valued: Valued,
    hands: Hands,
    book: Rulebook,
    heed: float,
    holds: Bools | None = None,
) -> Hands:
    """Learns from situations to choose the deed that is worth most.

    Args:
        valued: situations of the seat, its deeds as options.
        hands: who played on in them; a reader does so too, as far as it has not learnt better.
        book: the rules.
        heed: how much utility a point of the mark is.
        holds: (N,) where something holds that the reader is told: what that changes it learns
            beside what is so everywhere.
    """
    names = learnable(book, valued.seat)

    def named(row: Values) -> Weights:
        return {name: float(weight) for name, weight in zip(names, row, strict=True) if weight}

    return tuple(
        leaning(hand, book, {k: named(row) for k, row in enumerate(rows.T)}, heed)
        for hand, rows in zip(hands, learn(valued, len(hands), holds), strict=True)
    )


def learn(valued: Valued, turns: int, holds: Bools | None = None) -> Values:
    """(turns, features, K) what each option gains over option 0 by each feature: in all turns, and
    beside that in each; then what is left of that where something `holds`, likewise.
    """
    gains = valued.marks.mean(axis=2)
    left = gains - gains[:, :1]
    weights = np.zeros((turns, valued.learnt.shape[1], gains.shape[1]))
    everywhere = np.ones(valued.turn.size, np.bool_)
    for which in (everywhere,) if holds is None else (everywhere, holds):
        for option in range(1, gains.shape[1]):
            may = valued.legal[:, option] & which
            found = _fitted(valued.learnt[may], left[may, option, None])
            weights[:, :, option] += found[:, 0]
            left[:, option] -= valued.learnt @ found[:, 0]
        for turn in range(turns):
            rows: Codes = np.flatnonzero(which & (valued.turn == turn))
            if rows.size:
                features = valued.learnt[rows]
                found = _fitted(features, np.where(valued.legal[rows], left[rows], 0))
                weights[turn] += found
                left[rows] -= features @ found
    return weights


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
