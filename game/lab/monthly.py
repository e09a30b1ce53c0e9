"""The attacks of each month: the model's foretold counts beside a record, and simpler guesses."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from game.content.scenario import Scenario
from game.views.names import counted, listed

from .baselines import COUNT_BASELINES, count_baselines
from .count_scores import crps, honesty, log_score, mean, of_games, pit, quantile
from .intervals import mean_of
from .periods import Period, in_periods, months, turns
from .record import LAST_KNOWN_DAY, named_attacks, opening_days, timeline
from .trajectories import Trajectories

MODEL = "model"
HONEST = 0.05
"""From this p-value on, the places of the months are such as honest ranges show."""


def monthly(scenario: Scenario, shown: Trajectories, seed: int) -> dict[str, Any]:
    """CRPS, log score and PIT of every month after the last known day.

    Args:
        scenario: the calendar, which begins before that day.
        shown: free games of it.
        seed: the luck of what falls on which day of a turn.
    """
    by_turn = turns(opening_days(scenario))
    every = months(Period(by_turn[0].start, by_turn[-1].end))
    counts = in_periods(shown.attacks, by_turn, every, np.random.default_rng([seed, len(every)]))
    known = sum(month.end <= LAST_KNOWN_DAY for month in every)
    return of_months(every[known:], counts[known:], every[:known])


def of_months(
    every: Sequence[Period],
    counts: "np.ndarray[Any, np.dtype[np.integer]]",
    before: Sequence[Period],
) -> dict[str, Any]:
    """The scores of some months, and of guesses that know those before.

    Args:
        every: the months.
        counts: (months, games) the model's.
        before: the months before, as far as the guesses know them.
    """
    came, known = ([named_attacks(*month) for month in some] for some in (every, before))
    days = [period.days for period in before]
    rows = [
        month_row(month, there, row, known, days)
        for month, there, row in zip(every, came, counts, strict=True)
    ]
    return {
        "before": {"from": str(before[0].start), "to": str(before[-1].end), "counts": known},
        "rows": rows,
        "crps": _means(rows, "crps"),
        "log": _means(rows, "log"),
        "honesty": round(honesty(np.array(came), counts), 4),
    }


def month_row(
    month: Period,
    came: int,
    counts: "np.ndarray[Any, np.dtype[np.integer]]",
    before: Sequence[int],
    days_before: Sequence[int],
) -> dict[str, Any]:
    """One month: what came, where it lies, and everybody's scores.

    Args:
        month: its days.
        came: the record's count.
        counts: (games,) the model's.
        before: the counts of the months before.
        days_before: their days.
    """
    odds = of_games(counts)
    guesses = {MODEL: odds} | count_baselines(before, days_before, month.days)
    return {
        "from": str(month.start),
        "to": str(month.end),
        "count": came,
        "mean": round(mean(odds), 2),
        "low_5": quantile(odds, 0.05),
        "high_95": quantile(odds, 0.95),
        "pit": round(pit(odds, came), 4),
        "crps": {name: round(crps(guess, came), 4) for name, guess in guesses.items()},
        "log": {name: round(log_score(guess, came), 4) for name, guess in guesses.items()},
    }


def _means(rows: Sequence[Mapping[str, Any]], score: str) -> dict[str, float]:
    return {
        name: round(float(np.mean([row[score][name] for row in rows])), 4)
        for name in (MODEL, *COUNT_BASELINES)
    }


def describe_guesses(found: Mapping[str, Any]) -> str:
    """How far back the simple guesses know, which is not as far as elsewhere."""
    known = found["before"]
    return (
        "The simple guesses know no more than the months of this scenario before, from "
        f"{known['from']} to {known['to']}. Those of the command score know all that its record "
        f"tells: of timeline.csv, the months from {timeline()[0].date:%B %Y} on, most of them "
        "quiet, which makes them easier to beat"
    )


def describe_months(found: Mapping[str, Any]) -> str:
    """What the scores come to, in sentences."""
    ours, rows = found["crps"][MODEL], found["rows"]
    better, worse, unclear = list[str](), list[str](), list[str]()
    for name, called in COUNT_BASELINES.items():
        off = mean_of([row["crps"][MODEL] - row["crps"][name] for row in rows])
        (better if off.high < 0 else worse if off.low > 0 else unclear).append(called)
    guesses = [f"{called} by {found['crps'][name]:.2f}" for name, called in COUNT_BASELINES.items()]
    if better:
        judged = f"The model is better than {listed(better)}"
    else:
        judged = "The model is not better than either of these simple guesses"
    if worse:
        judged += f", and worse than {listed(worse)}"
    if unclear:
        judged += f"; {counted(len(rows), 'month')} cannot tell it from {' or '.join(unclear)}"
    inside = sum(row["low_5"] <= row["count"] <= row["high_95"] for row in rows)
    rejected = found["honesty"] < HONEST
    return (
        f"By CRPS the model's foretold counts are off by {ours:.2f} attacks a month, "
        f"{listed(guesses)}. {judged}. "
        f"{inside} of {len(rows)} months lie in the middle 90 % of games. "
        f"By where the months lie in them, the ranges are "
        f"{'too narrow, too wide or off' if rejected else 'not seen to be off'} "
        f"(p = {found['honesty']:.2f}); so few months would show gross faults alone."
    )
