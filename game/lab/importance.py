"""Adaptive importance sampling: a posterior from weighed draws, round by round.

Every round draws from a mixture of Gaussians around the draws so far, wider than they lie, in the
logits of the shares between the bounds; in the end all draws of all rounds count, each weighed by
prior x likelihood / the mean density of all rounds' proposals at it (Cornuet, Marin, Mira and
Robert 2012). The first round draws from the prior.
"""

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
WIDEN = 1.5
"""How much wider than the draws so far a round's proposals lie."""
MIXED_IN = 0.15
"""The share of every later round that is drawn from the prior again, so that nothing is missed."""
LEAST = 1e-12
"""The least that a draw can agree with anything: keeps its logarithm finite."""
ENOUGH = 0.25
"""The likelihood is flattened until at least this share of a round's draws counts."""


class Proposals:
    """What each round drew from, round by round."""

    def __init__(self, dimensions: int) -> None:
        self._dimensions = dimensions
        self._mixtures: list[tuple[Values, Values, Values] | None] = [None]

    def adapt(self, logits: Values, log_likelihood: Values) -> None:
        """Makes the next round's proposal from all draws so far.

        Args:
            logits: (n, dimensions) the draws.
            log_likelihood: (n,).
        """
        weight = tempered(self.log_weights(logits, log_likelihood))
        mean = weight @ logits
        centred = logits - mean
        spread = (centred * weight[:, None]).T @ centred
        spread += np.eye(self._dimensions) * 1e-3
        kept = np.argsort(-weight, kind="stable")[:200]
        share = weight[kept] / weight[kept].sum()
        shrunk = _silverman(1 / float((share**2).sum()), self._dimensions)
        self._mixtures.append((logits[kept], share, spread * shrunk * WIDEN))

    def draw(self, count: int, luck: np.random.Generator) -> Values:
        """(count, dimensions) draws of the latest round."""
        drawn = _from_prior(luck.random((count, self._dimensions)))
        mixture = self._mixtures[-1]
        if mixture is None:
            return drawn
        centres, share, spread = mixture
        chosen = centres[luck.choice(share.size, count, p=share)]
        steps = luck.standard_normal((count, self._dimensions)) @ np.linalg.cholesky(spread).T
        afresh = luck.random(count) < MIXED_IN
        return np.where(afresh[:, None], drawn, chosen + steps)

    def log_weights(self, logits: Values, log_likelihood: Values) -> Values:
        """(n,) the logarithms of the draws' weights, all rounds taken together."""
        density = np.stack([_density(mixture, logits) for mixture in self._mixtures]).mean(axis=0)
        log_weight: Values = log_likelihood + _log_prior(logits) - np.log(density)
        return log_weight


def normalised(log_weights: Values) -> Values:
    """Weights that add up to 1."""
    weight = np.exp(log_weights - log_weights.max())
    whole: Values = weight / weight.sum()
    return whole


def tempered(log_weights: Values) -> Values:
    """Weights flattened just so far that enough draws count, adding up to 1."""
    low, high = 0.0, 1.0
    weight = normalised(log_weights)
    if effective(weight) >= ENOUGH * weight.size:
        return weight
    for _ in range(30):
        middle = (low + high) / 2
        if effective(normalised(log_weights * middle)) >= ENOUGH * weight.size:
            low = middle
        else:
            high = middle
    return normalised(log_weights * low)


def effective(weight: Values) -> float:
    """How many equally weighed draws the weighed ones are worth (Kong 1992)."""
    return 1 / float((weight**2).sum())


def quantile(values: Values, weight: Values, share: float) -> float:
    """The smallest value that at least `share` of the weight does not exceed."""
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weight[order])
    place = min(int(np.searchsorted(reached, share * reached[-1])), values.size - 1)
    return float(values[order][place])


def equally_weighed(weight: Values, count: int, luck: np.random.Generator) -> NDArray[np.intp]:
    """(count,) which of weighed draws stand for all of them, each worth the same: those that a comb
    with even teeth meets on the line of their weights (systematic resampling; Kitagawa 1996).

    Args:
        weight: (n,) adding up to 1.
        count: how many; a draw that is worth several is named several times.
        luck: where the comb begins.
    """
    teeth = (np.arange(count) + luck.random()) / count
    found: NDArray[np.intp] = np.searchsorted(np.cumsum(weight), teeth * (1 - 1e-12))
    return np.minimum(found, weight.size - 1)


def correlations(values: Values, weight: Values) -> Values:
    """(parameters, parameters) weighed correlations of (n, parameters) values."""
    centred = values - weight @ values
    covariance = (centred * weight[:, None]).T @ centred
    width = np.sqrt(np.diag(covariance))
    correlation: Values = covariance / np.outer(width, width)
    return correlation


def shares(logits: Values) -> Values:
    """Logits as shares between 0 and 1."""
    share: Values = 1 / (1 + np.exp(-logits))
    return share


def _from_prior(uniform: Values) -> Values:
    inside = np.clip(uniform, 1e-9, 1 - 1e-9)
    logits: Values = np.log(inside / (1 - inside))
    return logits


def _log_prior(logits: Values) -> Values:
    """Uniform shares are logistic logits."""
    log_density: Values = (-logits - 2 * np.log1p(np.exp(-logits))).sum(axis=1)
    return log_density


def _density(mixture: tuple[Values, Values, Values] | None, logits: Values) -> Values:
    prior: Values = np.exp(_log_prior(logits))
    if mixture is None:
        return prior
    centres, share, spread = mixture
    root = np.linalg.cholesky(spread)
    density = np.zeros(logits.shape[0])
    scale = (2 * np.pi) ** (logits.shape[1] / 2) * float(np.prod(np.diag(root)))
    for centre, part in zip(centres, share, strict=True):
        off = np.linalg.solve(root, (logits - centre).T)
        density += part * np.exp(-0.5 * (off**2).sum(axis=0)) / scale
    whole: Values = MIXED_IN * prior + (1 - MIXED_IN) * density
    return whole


def _silverman(size: float, dimensions: int) -> float:
    """The square of Silverman's factor for a kernel's width."""
    return float((4 / (size * (dimensions + 2))) ** (2 / (dimensions + 4)))
