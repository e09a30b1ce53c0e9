"""Why a seat's moves are foretold worse than by its base rates: the turns that cost most."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from game.content.scenario import Scenario
from game.rules.seats import SEATS
from game.views.names import listed
from game.views.phrasebook import percent, signed

from .moves import Move, of_seat
from .record import opening_days
from .scores import RATES, baseline, scored
from .tables import Known
from .told import HOLD

MOST = 4
"""So many turns are named."""
SAME_TURN = (
    "Players decide before a turn's events: what a seat answers within the same turn, as Baghdad's "
    "inquiries follow an attack within days, no player here can foretell."
)


def shortfalls(
    scenario: Scenario, all_moves: Sequence[Move], known: Known, split: int
) -> list[dict[str, Any]]:
    """Every seat whose deeds from the split on are foretold worse than by its base rates of before.

    Args:
        scenario: the calendar and the names of the deeds.
        all_moves: of all seats.
        known: what the record tells of every turn.
        split: how many turns, from the first, were fitted to.
    """
    days, rows = opening_days(scenario), []
    for seat in SEATS:
        kept = list(of_seat(tuple(all_moves), seat))
        done, odds = known[seat].deeds[: len(kept)], np.array([move.odds for move in kept])
        rates = baseline(RATES, done, np.array([move.legal for move in kept]), split)
        gain = (scored(done, odds).log - scored(done, rates).log)[split:]
        if not np.isfinite(gain).any() or np.nanmean(gain) >= 0:
            continue
        names = [deed.name for deed in scenario.setting.rulebook.deeds[seat]]
        acted = done[split:, HOLD] == 0
        costly = np.argsort(gain)[:MOST] + split  # NaN sorts last
        rows.append(
            {
                "seat": seat.name,
                "mean": round(float(np.nanmean(gain)), 4),
                "held": _mean(gain[~acted]),
                "acted": _mean(gain[acted]),
                "turns": [
                    {
                        "date": str(days[turn]),
                        "deeds": [names[deed] for deed in np.flatnonzero(done[turn])],
                        "probability": round(float(done[turn] @ odds[turn]), 4),
                        "rate": round(float(done[turn] @ rates[turn]), 4),
                        "loss": round(float(-gain[turn - split]), 4),
                    }
                    for turn in costly
                    if gain[turn - split] < 0
                ],
            }
        )
    return rows


def _mean(gain: np.ndarray[Any, np.dtype[np.float64]]) -> float:
    known = gain[np.isfinite(gain)]
    return round(float(known.mean()), 4) if known.size else 0.0


def describe_shortfalls(rows: Sequence[Mapping[str, Any]]) -> str:
    """The reason for each; empty where there is none."""
    told = [
        f"{row['seat']} is foretold worse than by its base rates: by {-row['mean']:.2f} a turn; "
        f"{_apart(row)}. Most is lost in the turns from {_turns(row)}."
        for row in rows
    ]
    return " ".join([*told, SAME_TURN]) if told else ""


def _apart(row: Mapping[str, Any]) -> str:
    return f"{signed(row['held'])} where it held and {signed(row['acted'])} where it acted"


def _turns(row: Mapping[str, Any]) -> str:
    return listed(
        [
            f"{turn['date']} ({listed([name.lower() for name in turn['deeds']])}: "
            f"{percent(turn['probability'])} beside {percent(turn['rate'])})"
            for turn in row["turns"]
        ]
    )
