"""The scores of the historical moves as data: players, lenses and schools, each with intervals."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any

import numpy as np

from game.rules.seats import SEATS, Seat

from .moves import Move, of_seat
from .record import Used
from .scores import (
    BASELINES,
    Difference,
    Scores,
    Table,
    Values,
    baseline,
    difference,
    given_action,
    hold_or_act,
    scored,
)
from .told import TOLD, Attestation, Told
from .verdicts import Gain, compared

ALL = "all"
PLAYERS = "players"
SIDES: dict[str, tuple[Seat, ...]] = {seat.name: (seat,) for seat in SEATS} | {ALL: SEATS}
"""Whose moves a row of scores is of."""
Moves = Sequence[Move]
Known = Mapping[Seat, Told]


class Question(StrEnum):
    """What is foretold; each has scores of its own."""

    DEEDS = "deeds"
    """What the seat did, holding among it."""
    TOLD = "told"
    """The same, but only of turns in which a source names what it did, said or held back."""
    ACT = "hold_or_act"
    """Whether it did anything."""
    WHICH = "which_deed"
    """What it did, given that it did something."""
    WORDS = "words"
    """What it said in public, silence among it, given what it did."""
    WHICH_WORD = "which_word"
    """What it said, given that it spoke."""


def _whole(table: Table) -> Table:
    return table


_ASKED: dict[Question, Callable[[Table], Table]] = {
    Question.DEEDS: _whole,
    Question.TOLD: _whole,
    Question.ACT: hold_or_act,
    Question.WHICH: given_action,
    Question.WORDS: _whole,
    Question.WHICH_WORD: given_action,
}
OF_WORDS = frozenset({Question.WORDS, Question.WHICH_WORD})


def periods(split: int) -> dict[Used, slice]:
    """The turns that were fitted to and those that were not."""
    return {Used.FITTED: slice(0, split), Used.TESTED: slice(split, None)}


def answers(
    all_moves: Moves, known: Known, seat: Seat, question: Question, split: int
) -> dict[str, Scores]:
    """One seat's turns as the players foretold them, and every baseline, by name.

    Args:
        all_moves: of all seats.
        known: what the record tells of every turn.
        seat: whose turns.
        question: what is foretold.
        split: how many turns, from the first, were fitted to.
    """
    kept, told = list(of_seat(tuple(all_moves), seat)), known[seat]
    if question in OF_WORDS:
        done, odds, legal = told.words, [m.word_odds for m in kept], [m.word_legal for m in kept]
    else:
        done, odds, legal = told.deeds, [m.odds for m in kept], [m.legal for m in kept]
    done = done[: len(kept)]
    guesses = {PLAYERS: np.array(odds)}
    guesses |= {name: baseline(name, done, np.array(legal), split) for name in BASELINES}
    if question is Question.TOLD:
        done = done * np.array([[how in TOLD] for how in told.standing[: len(kept)]])
    ask = _ASKED[question]
    return {name: scored(ask(done), ask(guess)) for name, guess in guesses.items()}


def own(all_moves: Moves, known: Known, seat: Seat) -> Scores:
    """The players' scores of what one seat did."""
    odds = np.array([move.odds for move in of_seat(tuple(all_moves), seat)])
    return scored(known[seat].deeds[: len(odds)], odds)


def logs(all_moves: Moves, known: Known, seats: Sequence[Seat] = SEATS) -> Values:
    """(turns, seats) the players' log scores of what the seats did."""
    return by_turn([own(all_moves, known, seat).log for seat in seats])


def by_turn(parts: Sequence[Values]) -> Values:
    """(turns, seats) from each seat's values over the turns."""
    return np.stack(parts, axis=1)


def gain(found: Sequence[Mapping[str, Scores]], which: slice, name: str) -> Difference:
    """The players' log score less a baseline's, for each move.

    Args:
        found: the `answers` of the seats.
        which: of which turns.
        name: the baseline.
    """
    better = [seat[PLAYERS].log - seat[name].log for seat in found]
    return difference(by_turn(better)[which])


def scores(all_moves: Moves, known: Known, split: int) -> dict[str, Any]:
    """By question, by period, of every seat and of all, beside the baselines."""
    told: dict[str, Any] = {}
    for question in Question:
        of = {seat: answers(all_moves, known, seat, question, split) for seat in SEATS}
        told[question] = {
            period: {
                side: _side([of[seat] for seat in seats], which) for side, seats in SIDES.items()
            }
            for period, which in periods(split).items()
        }
    return told


def _side(found: Sequence[Mapping[str, Scores]], which: slice) -> dict[str, Any]:
    """Means are 0 where no move is known."""
    players = by_turn([seat[PLAYERS].log for seat in found])[which]
    return {
        "moves": int(np.isfinite(players).sum()),
        "players": _means(found, PLAYERS, which),
        "baselines": {
            name: _means(found, name, which) | {"gain": interval(gain(found, which, name))}
            for name in BASELINES
        },
    }


def _means(found: Sequence[Mapping[str, Scores]], name: str, which: slice) -> dict[str, float]:
    return {
        kind: mean(by_turn([getattr(seat[name], kind) for seat in found])[which])
        for kind in Scores._fields
    }


def mean(values: Values) -> float:
    """Over all moves that are known; 0 of none."""
    known = values[np.isfinite(values)]
    return round(float(known.mean()), 4) if known.size else 0.0


def interval(found: Difference) -> dict[str, Any]:
    """A difference in log score, with the word for it; without ends of too few turns."""
    word = compared(found.low, found.high, found.turns)
    low, high = (None if word is Gain.FEW else round(end, 4) for end in (found.low, found.high))
    mean_, turns = round(found.mean, 4), found.turns
    return {"mean": mean_, "low": low, "high": high, "turns": turns, "verdict": word}


def standings(known: Known, split: int) -> dict[str, Any]:
    """How many turns of each seat are known, and how, in both periods."""
    return {
        period: {
            side: dict.fromkeys(map(str, Attestation), 0)
            | Counter(str(how) for seat in seats for how in known[seat].standing[which])
            for side, seats in SIDES.items()
        }
        for period, which in periods(split).items()
    }


def turn_by_turn(all_moves: Moves, known: Known, split: int) -> dict[str, Any]:
    """Every log score of a deed, by who gave the odds and by seat, for another run to be held
    against; None where nothing is known.
    """
    found = {seat: answers(all_moves, known, seat, Question.DEEDS, split) for seat in SEATS}
    return {
        name: {seat.name: _listed(found[seat][name].log) for seat in SEATS}
        for name in (PLAYERS, *BASELINES)
    }


def _listed(values: Values) -> list[float | None]:
    return [round(float(value), 5) if np.isfinite(value) else None for value in values]


def lenses(
    by_lens: Mapping[str, Moves], known: Known, first: str, split: int
) -> list[dict[str, Any]]:
    """Every lens, and its difference from the one that is validated.

    Args:
        by_lens: the moves as the players of each lens see them.
        known: what the record tells of every turn.
        first: the lens that is validated.
        split: the turns that were fitted to.
    """
    found = {lens: logs(done, known) for lens, done in by_lens.items()}
    rows = []
    for lens, log in found.items():
        row: dict[str, Any] = {"lens": lens}
        brier = by_turn([own(by_lens[lens], known, seat).brier for seat in SEATS])
        for period, which in periods(split).items():
            row[period] = {
                "log": mean(log[which]),
                "brier": mean(brier[which]),
                "difference": interval(difference((log - found[first])[which])),
            }
        rows.append(row | {"by_turn": {s.name: _listed(log[:, s]) for s in SEATS}})
    return rows


def schools(
    found: Mapping[tuple[Seat, str], Moves],
    known: Known,
    default: Mapping[Seat, str],
    split: int,
) -> list[dict[str, Any]]:
    """Every doctrine of every seat, and its difference from the scenario's own.

    Args:
        found: the moves with the doctrine at the seat.
        known: what the record tells of every turn.
        default: the doctrine that the scenario gives to each seat.
        split: the turns that were fitted to.
    """
    log = {(seat, name): own(done, known, seat).log for (seat, name), done in found.items()}
    rows = []
    for (seat, name), values in log.items():
        row: dict[str, Any] = {
            "seat": seat.name,
            "doctrine": name,
            "is_default": default[seat] == name,
        }
        for period, which in periods(split).items():
            off = difference((values - log[seat, default[seat]])[which])
            row[period] = {"log": mean(values[which])}
            row[period] |= {"difference": interval(off)}
        rows.append(row)
    return sorted(rows, key=lambda row: (Seat[row["seat"]], -row[Used.TESTED]["log"]))
