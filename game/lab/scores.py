"""Log and Brier scores of forecasts of moves, and of simpler guesses at them: pure sums on arrays.

What was done is a table, (turns, options), of the shares that a turn's moves give each option: 1
where one thing was done, halves where two were. A turn of which nothing is known is a row of zeros:
it is scored as NaN and counts nowhere. A turn with several moves is scored by the mean over them,
which rewards honest odds as one move would: of any one of them, drawn at random.

Options stand as in the rulebook; the first of them is to do nothing: holding, or silence.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .intervals import mean_of_groups

Table = NDArray[np.float64]
"""(turns, options)."""
Values = NDArray[np.float64]
Flags = NDArray[np.bool_]
TOGETHER = 3
"""Neighbouring turns that may hang together."""
FAINTEST = 1e-6
"""The least probability that a guess is scored with: nothing that happened was impossible."""
RARELY = 0.05
"""What is legal in fewer than this share of the games counts as closed."""
HALF = 0.5
"""Added to every count (Krichevsky and Trofimov 1981)."""
UNIFORM, REPEAT, RATES, WINDOW = "uniform", "repeat", "rates", "window"
SO_FAR = "so_far"
BASELINES: dict[str, str] = {
    UNIFORM: "any legal option alike",
    REPEAT: "what the seat last did, again",
    RATES: "as often as up to January; to foretell a turn of then, that turn left out",
    SO_FAR: "as often as in the turns before, each learnt from once it is over",
    WINDOW: "as often as in the other turns of the same period, later ones as well",
}
"""What each knows. All but the last could have been had at the time, from February on; to January
the rates, too, know later turns.
"""


class Scores(NamedTuple):
    """Scores of some turns, (turns,) each; NaN where nothing is known."""

    log: Values
    """Natural logarithms of the probability of what was done; higher is better."""
    brier: Values
    """Brier's score over all options, 0 to 1; lower is better."""


def scored(done: Table, odds: Table) -> Scores:
    """Scores turns by the probabilities that somebody gave.

    Args:
        done: what was done, as the module says.
        odds: (turns, options), each row adding up to 1 where `done` is known.
    """
    known = is_known(done)
    log = (done * np.log(np.maximum(odds, FAINTEST))).sum(axis=1)
    # For each move: the squares of all odds, with the move's own error in place of its own square.
    brier = ((odds**2).sum(axis=1) - 2 * (done * odds).sum(axis=1) + done.sum(axis=1)) / 2
    return Scores(np.where(known, log, np.nan), np.where(known, brier, np.nan))


def is_known(done: Table) -> Flags:
    """(turns,) of which turns something is known."""
    known: Flags = done.sum(axis=1) > 0
    return known


# --- questions apart


def hold_or_act(table: Table) -> Table:
    """(turns, 2) of odds or of what was done: nothing, or something."""
    return np.stack([table[:, 0], table[:, 1:].sum(axis=1)], axis=1)


def given_action(table: Table) -> Table:
    """The same table where something was done: rows adding up to 1 over all options but the first,
    or rows of 0.
    """
    acting = table.copy()
    acting[:, 0] = 0
    whole = acting.sum(axis=1, keepdims=True)
    given: Table = np.divide(acting, whole, out=np.zeros_like(acting), where=whole > 0)
    return given


# --- simple guesses


def baseline(name: str, done: Table, legal: Table, split: int) -> Table:
    """(turns, options) what a simple guess gives for one seat's turns.

    Args:
        name: one of `BASELINES`.
        done: what was done in all turns from the first.
        legal: (turns, options) the odds under a uniform choice among what was legal.
        split: how many turns, from the first, end with the last known day.
    """
    fitted = np.arange(len(done)) < split
    if name == UNIFORM:
        return legal
    if name == REPEAT:
        return _repeated(done, legal, fitted)
    if name == SO_FAR:
        return _so_far(done, legal)
    rates = base_rates(done, legal, fitted)
    if name == WINDOW:
        rates[~fitted] = base_rates(done, legal, ~fitted)[~fitted]
    return rates


def base_rates(done: Table, legal: Table, learnt: Flags) -> Table:
    """How often each option was taken in the turns learnt from, the turn to be foretold left out.

    First whether anything was done, then what: half a case is added to either, and to every option
    that is open, so that a rich choice of deeds makes doing nothing no rarer.

    Args:
        done: what was done.
        legal: the odds under a uniform choice.
        learnt: (turns,) which turns to learn from.
    """
    kept = done * learnt[:, None]
    counts = kept.sum(axis=0) - kept
    is_open = legal > RARELY * legal.max(axis=1, keepdims=True)
    whole = counts.sum(axis=1)
    nothing = np.where(is_open[:, 0], (counts[:, 0] + HALF) / (whole + 2 * HALF), 0)
    acting = given_action((counts + HALF) * is_open)
    rates: Table = acting * (1 - nothing)[:, None]
    rates[:, 0] = np.where(acting.any(axis=1), nothing, 1)
    return rates


def _so_far(done: Table, legal: Table) -> Table:
    """Base rates that learn from every turn before the one that is foretold, and from no other."""
    turns = np.arange(len(done))
    return np.stack([base_rates(done, legal, turns < turn)[turn] for turn in turns])


def _repeated(done: Table, legal: Table, learnt: Flags) -> Table:
    """What was last known to be done, with the odds of repeating that were learnt from other turns
    (one added to either side), the rest shared among the other open options.
    """
    last = np.zeros_like(done)
    for turn in range(1, len(done)):
        last[turn] = done[turn - 1] if done[turn - 1].any() else last[turn - 1]
    had = is_known(last)
    pairs = had & is_known(done) & learnt
    again = np.minimum(done, last).sum(axis=1) * pairs
    odds = ((again.sum() - again + 1) / (pairs.sum() - pairs + 2))[:, None]
    others = (legal > RARELY * legal.max(axis=1, keepdims=True)) & (last == 0)
    rest = others / np.maximum(others.sum(axis=1, keepdims=True), 1)
    guess: Table = np.where(had[:, None], odds * last + (1 - odds) * rest, legal)
    return guess


# --- differences


@dataclass(frozen=True, slots=True)
class Difference:
    """A mean difference for each move, with its interval."""

    mean: float
    low: float
    """Infinite, as the other end is, where there are too few turns for an interval."""
    high: float
    turns: int = 0
    """In which anything is known."""


def difference(values: Values) -> Difference:
    """The mean of paired differences and its 95 % interval, by stretches of turns; all of it 0
    where nothing is known.

    Args:
        values: (turns,) or (turns, moves in a turn); NaN where nothing is known.
    """
    moves = values.reshape(values.shape[0], -1)
    sums, cases = np.nansum(moves, axis=1), np.isfinite(moves).sum(axis=1)
    if not cases.any():
        return Difference(0.0, 0.0, 0.0)
    low, high = mean_of_groups(sums, cases, together=TOGETHER)
    return Difference(float(sums.sum() / cases.sum()), low, high, int((cases > 0).sum()))
