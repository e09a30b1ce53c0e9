"""The one scale of forecasts: Brier's score (Monthly Weather Review 78(1), 1950), halved as is
usual today, so that it runs from 0, perfect foresight, to 1, being always sure and always wrong.
"""

import numpy as np
from numpy.typing import NDArray


def score(odds: float, came: bool) -> float:
    """Of a forecast that something happens.

    Args:
        odds: 0 to 1.
        came: whether it did.
    """
    return (odds - came) ** 2


def score_of_many(odds: NDArray[np.floating], came: int) -> float:
    """Of a forecast of which one of several things happens; of two it is `score`.

    Args:
        odds: (n,) they add up to 1.
        came: which one did.
    """
    truth = np.zeros(odds.size)
    truth[came] = 1
    return float(((odds - truth) ** 2).sum()) / 2
