"""Log score and Brier score of the historical moves, and of simpler guesses at them."""

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.views.brier import score_of_many

from .moves import Move, Odds

Values = NDArray[np.float64]
BLOCK = 3
"""Neighbouring turns that are drawn together: they hang together."""
DRAWS = 4000
FAINTEST = 1e-6
"""The least probability that a guess is scored with: nothing that happened was impossible."""
RARELY = 0.05
"""What is legal in fewer than this share of the games counts as closed."""
UNIFORM, REPEAT, RATES = "uniform", "repeat", "rates"
BASELINES: dict[str, str] = {
    UNIFORM: "any legal deed alike",
    REPEAT: "the seat's last deed again",
    RATES: "the seat's deeds as often as up to January",
}


class Scores(NamedTuple):
    """Scores of some moves, (n,) each."""

    log: Values
    """Natural logarithms of the probability of what was done; higher is better."""
    brier: Values
    """Brier's score over all deeds, 0 to 1; lower is better."""


def scored(moves: Sequence[Move], odds: Sequence[Odds]) -> Scores:
    """Scores moves by the probabilities that somebody gave for them."""
    log = [np.log(max(p[move.deed], FAINTEST)) for move, p in zip(moves, odds, strict=True)]
    errors = [score_of_many(p, move.deed) for move, p in zip(moves, odds, strict=True)]
    return Scores(np.array(log), np.array(errors))


def baseline(name: str, moves: Sequence[Move], learnt: Sequence[Move]) -> list[Odds]:
    """What a simple guess gives for one seat's moves.

    Args:
        name: one of `BASELINES`.
        moves: of one seat, all turns from the first.
        learnt: those of them that it may learn from: the turns up to the last known day.
    """
    return _GUESSES[name](moves, learnt)


def _uniform(moves: Sequence[Move], _learnt: Sequence[Move]) -> list[Odds]:
    return [move.legal for move in moves]


def _repeat(moves: Sequence[Move], learnt: Sequence[Move]) -> list[Odds]:
    """The last deed with the odds of repeating that were learnt (one added to either side), the
    rest shared among the other legal deeds.
    """
    deeds = [move.deed for move in learnt]
    again = sum(a == b for a, b in itertools.pairwise(deeds))
    odds = (again + 1) / (max(len(deeds) - 1, 0) + 2)
    guesses = [moves[0].legal]
    for before, move in itertools.pairwise(moves):
        others = _open(move).astype(np.float64)
        others[before.deed] = 0
        guess = (1 - odds) * others / max(others.sum(), 1)
        guess[before.deed] += odds
        guesses.append(guess)
    return guesses


def _rates(moves: Sequence[Move], learnt: Sequence[Move]) -> list[Odds]:
    """How often each deed was done, half a time added to each (Krichevsky and Trofimov 1981)."""
    counts = np.full(moves[0].odds.size, 0.5)
    for move in learnt:
        counts[move.deed] += 1
    guesses = []
    for move in moves:
        open_to_it = counts * _open(move)
        guesses.append(open_to_it / open_to_it.sum())
    return guesses


def _open(move: Move) -> NDArray[np.bool_]:
    """(deeds,) what the seat could do, in enough of the games that follow the record: what is legal
    in a stray one must not depend on how many are followed.
    """
    could: NDArray[np.bool_] = move.legal > RARELY * move.legal.max()
    return could


_GUESSES: dict[str, Callable[[Sequence[Move], Sequence[Move]], list[Odds]]] = {
    UNIFORM: _uniform,
    REPEAT: _repeat,
    RATES: _rates,
}


@dataclass(frozen=True, slots=True)
class Difference:
    """A mean difference for each move, with its interval."""

    mean: float
    low: float
    high: float


def difference(values: Values, *, seed: int = 1) -> Difference:
    """The mean of paired differences and its 95 % interval, by a bootstrap of blocks of turns.

    Args:
        values: (turns,) or (turns, moves in a turn).
        seed: the bootstrap's luck.
    """
    by_turn = values.reshape(values.shape[0], -1).mean(axis=1)
    turns = by_turn.size
    luck = np.random.default_rng([seed, turns])
    starts = luck.integers(0, turns, (DRAWS, -(-turns // BLOCK)))
    index = (starts[:, :, None] + np.arange(BLOCK)).reshape(DRAWS, -1)[:, :turns] % turns
    low, high = np.quantile(by_turn[index].mean(axis=1), (0.025, 0.975))
    return Difference(float(by_turn.mean()), float(low), float(high))


def by_turn(parts: Iterable[Values]) -> Values:
    """(turns, seats) from each seat's values over the turns."""
    return np.stack(list(parts), axis=1)
