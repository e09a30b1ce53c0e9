"""How well a lodged forecast did against what came, beside guesses that know no theory."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from game.content.scenario import Scenario
from game.rules.rulebook import Rulebook
from game.rules.seats import SEATS, Seat

from .baselines import COUNT_BASELINES, count_baselines
from .count_scores import Odds, crps, honesty, log_score, mean, pit
from .happened import Happened
from .lodged import CountRow, Forecast, MoveRow
from .periods import DAY, Period, months
from .scores import FAINTEST, HALF, RATES, UNIFORM

OWN = "forecast"
"""What the forecast itself is called among the guesses."""
FEWEST_DAYS = 28
"""A record must reach so far back before a forecast, for what came before to foretell anything."""
DRAWN = 4000
"""Records drawn to see how ordinary the one that came is."""
FEWEST_PLACES = 3
"""With fewer periods nothing is said of honesty."""
TURN, PERIOD, WHOLE = "turn", "period", "whole"


def score_forecast(
    forecast: Forecast, records: Sequence[Happened], scenario: Scenario | None
) -> dict[str, Any]:
    """All scores, row by row and together.

    Args:
        forecast: what was foretold.
        records: what came; the first that knows something says it.
        scenario: the forecast's, where it foretells moves.

    Raises:
        KeyError: a move's deed is none of the scenario's.
    """
    counts = [row for row in _counts(forecast, records) if row]
    moves = list(_moves(forecast.move, records, scenario.setting.rulebook)) if scenario else []
    return {
        "forecast": forecast.forecast,
        "made_on": str(forecast.made_on),
        "counts": [{key: row[key] for key in row if key != "odds"} for row in counts],
        "by_measure": list(_by_measure(counts)),
        "moves": moves,
        "by_seat": list(_by_seat(moves)),
        "not_scored": {
            "counts": len(forecast.count) - len(counts),
            "moves": len(forecast.move) - len(moves),
        },
    }


# --- counts


def _counts(forecast: Forecast, records: Sequence[Happened]) -> Iterator[dict[str, Any] | None]:
    first = min((row.start for row in forecast.count), default=date.min)
    inner = [row for row in forecast.count if row.turn is None]
    for row in forecast.count:
        known = ((r, r.count(row.measure, row.period)) for r in records)
        record, came = next(((r, n) for r, n in known if n is not None), (None, None))
        yield None if record is None or came is None else _count(row, came, record, first, inner)


def _count(
    row: CountRow, came: int, record: Happened, first: date, inner: Sequence[CountRow]
) -> dict[str, Any]:
    odds = row.distribution()
    kind, before, since = _known_before(row, record, first)
    guesses: dict[str, Odds] = {OWN: odds}
    if before:
        counts, days = zip(*before, strict=True)
        guesses |= count_baselines(counts, days, row.period.days)
    return {
        "measure": row.measure,
        "turn": row.turn,
        "from": str(row.start),
        "to": str(row.end),
        "grain": _grain(row, inner),
        "count": came,
        "mean": round(mean(odds), 2),
        "low_5": row.low,
        "high_95": row.high,
        "pit": round(pit(odds, came), 4),
        "by": kind,
        "known_since": since and str(since),
        "crps": {name: round(crps(guess, came), 4) for name, guess in guesses.items()},
        "log": {name: round(log_score(guess, came), 4) for name, guess in guesses.items()},
        "odds": odds,
    }


def _grain(row: CountRow, inner: Sequence[CountRow]) -> str:
    if row.turn is not None:
        return TURN
    holds = any(
        other.measure == row.measure and other is not row and row.period.holds(other.period)
        for other in inner
    )
    return WHOLE if holds else PERIOD


def _known_before(
    row: CountRow, record: Happened, first: date
) -> tuple[str, list[tuple[int, int]], date | None]:
    """What the simple guesses may go by: how many came, in how many days, and since when they know.
    Where the record does not reach back before the forecast, what came in its other stretches,
    which nobody could know.
    """
    reaches = Period(record.covered.start, first - DAY)
    kind, stretches = "before", list(months(reaches)) if reaches.days >= FEWEST_DAYS else []
    if not stretches:
        kind = "hindsight"
        stretches = [p for p in record.grid if p.end < row.start or row.end < p.start]
    counted = [(record.count(row.measure, period), period.days) for period in stretches]
    known = [(count, days) for count, days in counted if count is not None]
    if not known:
        return "none", [], None
    return kind, known, stretches[0].start if kind == "before" else None


def _by_measure(rows: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """The means over the periods of each measure, and over its turns."""
    kinds = dict.fromkeys((row["measure"], row["grain"]) for row in rows)
    for measure, grain in kinds:
        own = [row for row in rows if (row["measure"], row["grain"]) == (measure, grain)]
        names = [n for n in (OWN, *COUNT_BASELINES) if all(n in row["crps"] for row in own)]
        yield {
            "measure": measure,
            "grain": grain,
            "rows": len(own),
            "inside_90": sum(row["low_5"] <= row["count"] <= row["high_95"] for row in own),
            "honesty": _honesty(own),
            **{
                score: {n: round(float(np.mean([row[score][n] for row in own])), 4) for n in names}
                for score in ("crps", "log")
            },
        }


def _honesty(rows: Sequence[Mapping[str, Any]]) -> float | None:
    """See `count_scores.honesty`; the periods are taken not to hang together, as the file does not
    say how they do.
    """
    if len(rows) < FEWEST_PLACES:
        return None
    luck = np.random.default_rng([len(rows), DRAWN])
    laws = [row["odds"] / row["odds"].sum() for row in rows]
    drawn = np.stack([luck.choice(law.size, DRAWN, p=law) for law in laws])
    return round(honesty(np.array([row["count"] for row in rows]), drawn), 4)


# --- moves


def _moves(
    rows: Sequence[MoveRow], records: Sequence[Happened], book: Rulebook
) -> Iterator[dict[str, Any]]:
    done = {key: deed for r in reversed(records) for key, deed in r.moves.items()}
    often = {seat: Counter(d for (_, of), d in done.items() if of is seat) for seat in SEATS}
    for row in rows:
        odds = row.distribution(book)
        deeds = [deed.id for deed in book.deeds[row.seat]]
        came = done.get((row.turn, row.seat))
        if came is None:
            continue
        # Base rates leave out the very move that they are asked for.
        others = often[row.seat] - Counter([came])
        rates = (others[came] + HALF) / (others.total() + HALF * len(deeds))
        given = {OWN: float(odds[deeds.index(came)]), UNIFORM: 1 / len(deeds), RATES: rates}
        yield {
            "turn": row.turn,
            "seat": row.seat.name,
            "deed": came,
            "log": {name: round(float(np.log(max(p, FAINTEST))), 4) for name, p in given.items()},
        }


def _by_seat(rows: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    for name in (*(Seat(seat).name for seat in SEATS), "all"):
        own = [row for row in rows if name in (row["seat"], "all")]
        if own:
            guesses = (OWN, UNIFORM, RATES)
            yield {
                "seat": name,
                "moves": len(own),
                "log": {g: round(float(np.mean([r["log"][g] for r in own])), 4) for g in guesses},
            }


def unknown_deeds(forecast: Forecast, scenario: Scenario) -> list[tuple[Seat, str]]:
    """The deeds that it foretells and that the scenario's rules do not know."""
    book = scenario.setting.rulebook
    return [
        (row.seat, name)
        for row in forecast.move
        for name in row.odds
        if name not in {deed.id for deed in book.deeds[row.seat]}
    ]
