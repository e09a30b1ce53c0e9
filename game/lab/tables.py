"""The scores of the historical moves as data: players, lenses and schools, each with intervals."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from game.rules.seats import SEATS, Seat

from .moves import Move, of_seat
from .record import Used
from .scores import BASELINES, Difference, Scores, Values, baseline, by_turn, difference, scored
from .verdicts import compared

ALL = "all"
SIDES: dict[str, tuple[Seat, ...]] = {seat.name: (seat,) for seat in SEATS} | {ALL: SEATS}
"""Whose moves a row of scores is of."""
Moves = Sequence[Move]


def periods(split: int) -> dict[Used, slice]:
    """The turns that were fitted to and those that were not."""
    return {Used.FITTED: slice(0, split), Used.TESTED: slice(split, None)}


def own(all_moves: Moves, seat: Seat) -> Scores:
    """The players' scores of one seat's moves."""
    kept = list(of_seat(tuple(all_moves), seat))
    return scored(kept, [move.odds for move in kept])


def simple(all_moves: Moves, seat: Seat, name: str, split: int) -> Scores:
    """A baseline's."""
    kept = list(of_seat(tuple(all_moves), seat))
    return scored(kept, baseline(name, kept, kept[:split]))


def logs(all_moves: Moves, seats: Sequence[Seat] = SEATS) -> Values:
    """(turns, seats) the players' log scores."""
    return by_turn([own(all_moves, seat).log for seat in seats])


def gain(
    all_moves: Moves, seats: Sequence[Seat], which: slice, name: str, split: int, seed: int
) -> Difference:
    """The players' log score less a baseline's, for each move."""
    better = [own(all_moves, seat).log - simple(all_moves, seat, name, split).log for seat in seats]
    return difference(by_turn(better)[which], seed=seed)


def scores(all_moves: Moves, split: int, seed: int) -> dict[str, Any]:
    """Of every seat and of all, in both periods, beside the baselines."""
    return {
        period: {side: _side(all_moves, seats, which, split, seed) for side, seats in SIDES.items()}
        for period, which in periods(split).items()
    }


def _side(
    all_moves: Moves, seats: Sequence[Seat], which: slice, split: int, seed: int
) -> dict[str, Any]:
    players = [own(all_moves, seat) for seat in seats]
    told: dict[str, Any] = {
        "moves": int(by_turn([s.log for s in players])[which].size),
        "players": _means(players, which),
        "baselines": {},
    }
    for name in BASELINES:
        guesses = [simple(all_moves, seat, name, split) for seat in seats]
        found = gain(all_moves, seats, which, name, split, seed)
        told["baselines"][name] = _means(guesses, which) | {"gain": interval(found)}
    return told


def _means(found: Sequence[Scores], which: slice) -> dict[str, float]:
    return {
        "log": round(float(np.mean([s.log[which] for s in found])), 4),
        "brier": round(float(np.mean([s.brier[which] for s in found])), 4),
    }


def interval(found: Difference) -> dict[str, Any]:
    """A difference in log score, with the word for it."""
    return {
        "mean": round(found.mean, 4),
        "low": round(found.low, 4),
        "high": round(found.high, 4),
        "verdict": compared(found.low, found.high),
    }


def turn_by_turn(all_moves: Moves, split: int) -> dict[str, dict[str, list[float]]]:
    """Every log score, by who gave the odds and by seat, for another run to be held against."""
    return {
        "players": {seat.name: _listed(own(all_moves, seat).log) for seat in SEATS},
    } | {
        name: {seat.name: _listed(simple(all_moves, seat, name, split).log) for seat in SEATS}
        for name in BASELINES
    }


def _listed(values: Values) -> list[float]:
    return [round(float(value), 5) for value in values]


def lenses(by_lens: Mapping[str, Moves], first: str, split: int, seed: int) -> list[dict[str, Any]]:
    """Every lens, and its difference from the one that is validated.

    Args:
        by_lens: the moves as the players of each lens see them.
        first: the lens that is validated.
        split: the turns that were fitted to.
        seed: the bootstrap's luck.
    """
    found = {lens: logs(done) for lens, done in by_lens.items()}
    rows = []
    for lens, log in found.items():
        row: dict[str, Any] = {"lens": lens}
        brier = by_turn([own(by_lens[lens], seat).brier for seat in SEATS])
        for period, which in periods(split).items():
            off = difference((log - found[first])[which], seed=seed)
            row[period] = {
                "log": round(float(log[which].mean()), 4),
                "brier": round(float(brier[which].mean()), 4),
                "difference": interval(off),
            }
        rows.append(row | {"by_turn": _listed(log.mean(axis=1))})
    return rows


def schools(
    found: Mapping[tuple[Seat, str], Moves], default: Mapping[Seat, str], split: int, seed: int
) -> list[dict[str, Any]]:
    """Every doctrine of every seat, and its difference from the scenario's own.

    Args:
        found: the moves with the doctrine at the seat.
        default: the doctrine that the scenario gives to each seat.
        split: the turns that were fitted to.
        seed: the bootstrap's luck.
    """
    log = {(seat, name): own(done, seat).log for (seat, name), done in found.items()}
    rows = []
    for (seat, name), values in log.items():
        row: dict[str, Any] = {
            "seat": seat.name,
            "doctrine": name,
            "is_default": default[seat] == name,
        }
        for period, which in periods(split).items():
            off = difference((values - log[seat, default[seat]])[which], seed=seed)
            row[period] = {"log": round(float(values[which].mean()), 4)}
            row[period] |= {"difference": interval(off)}
        rows.append(row)
    return sorted(rows, key=lambda row: (Seat[row["seat"]], -row[Used.TESTED]["log"]))
