"""Linear regression with a penalty that the data choose (ridge; Hoerl and Kennard 1970), by
generalised cross-validation (Golub, Heath and Wahba 1979).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
PENALTIES = 10.0 ** np.arange(-1, 7)
"""By which the squares of the weights, of features in standard deviations, are counted."""
FEWEST = 30
"""Rows without which nothing is learnt but the mean."""
FARTHEST = 4.0
"""Standard deviations from the mean beyond which a feature counts as being just there."""


@dataclass(frozen=True, slots=True)
class Scale:
    """What makes features alike in size."""

    varied: NDArray[np.intp]
    """Which features vary at all."""
    mean: Values
    width: Values

    @classmethod
    def of(cls, features: Values) -> "Scale":
        """From (n, features)."""
        width = features.std(axis=0)
        varied = np.flatnonzero(width > 1e-9)
        return cls(varied, features.mean(axis=0)[varied], width[varied])

    def scaled(self, features: Values) -> Values:
        """(n, varied) features in standard deviations."""
        shown: Values = (features[:, self.varied] - self.mean) / self.width
        return np.clip(shown, -FARTHEST, FARTHEST)


class Ridge:
    """Some rows of features, from which any number of targets can be learnt."""

    def __init__(self, scaled: Values) -> None:
        """`scaled` is (n, features)."""
        self._centre = scaled.mean(axis=0) if scaled.size else np.zeros(scaled.shape[1])
        self._inside = scaled - self._centre
        if scaled.shape[0] >= FEWEST:
            size, self._turned = np.linalg.eigh(self._inside.T @ self._inside)
            self._size = np.maximum(size, 0)

    def fit(self, target: Values) -> Values:
        """(features + 1, targets) the weights, the constant the last.

        Args:
            target: (n, targets).
        """
        weights = np.zeros((self._centre.size + 1, target.shape[1]))
        if not target.shape[0]:
            return weights
        weights[-1] = target.mean(axis=0)
        if target.shape[0] < FEWEST:
            return weights
        off = target - weights[-1]
        toward = self._turned.T @ (self._inside.T @ off)
        left = np.stack([self._left(toward, off, penalty) for penalty in PENALTIES])
        penalty = PENALTIES[left.argmin(axis=0)]
        weights[:-1] = self._turned @ (toward / (self._size[:, None] + penalty))
        weights[-1] -= self._centre @ weights[:-1]
        return weights

    def _left(self, toward: Values, off: Values, penalty: float) -> Values:
        """(targets,) generalised cross-validation's score of a penalty."""
        n, size = off.shape[0], self._size[:, None]
        free = float((size / (size + penalty)).sum()) + 1
        found = toward**2 * (size + 2 * penalty) / (size + penalty) ** 2
        error: Values = (off**2).sum(axis=0) - found.sum(axis=0)
        score: Values = error / n / max(1 - free / n, 1e-3) ** 2
        return score


def predicted(scaled: Values, weights: Values) -> Values:
    """(n, targets) by weights (features + 1, targets)."""
    foretold: Values = scaled @ weights[:-1] + weights[-1]
    return foretold
