"""What is known of each seat's choice in each turn of a scenario: what it did, or that it held, or
that sources look at it and name nothing, or nothing at all, which is no choice to be scored.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import numpy as np

from game.content.scenario import HistoricalMove, Scenario
from game.rules.seats import SEATS, Seat

from .coded import CodedMove, Coverage, Kind, coded_moves, coverage
from .record import monday, opening_days
from .scores import Table

HOLD, SILENCE = 0, 0
"""The places of holding among a seat's deeds, and of silence among the words."""


class Attestation(StrEnum):
    """How a seat's turn is known."""

    ACTED = "acted"
    """A source names a deed of the game."""
    HELD = "held"
    """A source says, or the seat says of itself, that it held back."""
    SPOKE = "spoke"
    """Only words are told of, or a deed that the game does not have."""
    SILENT = "silent"
    """Sources look at the seat in these weeks, and name nothing in this turn."""
    UNKNOWN = "unknown"
    """Nothing was read of it."""


TOLD = frozenset({Attestation.ACTED, Attestation.HELD, Attestation.SPOKE})
"""A source names what the seat did, said, or held back."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of one seat's turns."""

    standing: tuple[Attestation, ...]
    """Turn by turn."""
    deeds: Table
    """(turns, deeds) of the deeds that a turn is told to have had, each its share; a row of 0 where
    nothing is known."""
    words: Table
    """(turns, words) of the words said in public, likewise."""


def told(scenario: Scenario) -> dict[Seat, Told]:
    """What is known of every seat's turns, by the scenario's history and the coded moves."""
    return {seat: _of_seat(scenario, seat) for seat in SEATS}


def _of_seat(scenario: Scenario, seat: Seat) -> Told:
    book, days = scenario.setting.rulebook, opening_days(scenario)
    history = {row.turn: row for row in scenario.history if row.seat is seat}
    firm = [row for row in coded_moves() if row.seat is seat and row.is_firm]
    ids = [deed.id for deed in book.deeds[seat]]
    deeds, words = np.zeros((len(days) - 1, len(ids))), np.zeros((len(days) - 1, len(book.words)))
    standing = []
    for turn, (first, after) in enumerate(itertools.pairwise(days)):
        rows, ordered = [r for r in firm if first <= r.day < after], history.get(turn + 1)
        done = {ids.index(row.deed) for row in rows if row.deed}
        said = {book.word(row.word) for row in rows if row.word}
        if ordered is not None:
            done |= {ordered.order.deed} - {HOLD}
            said |= {ordered.order.word} - {SILENCE}
        standing.append(_standing(bool(done), rows, ordered, _is_covered(seat, first, after)))
        if standing[-1] is not Attestation.UNKNOWN:
            deeds[turn, list(done) or [HOLD]] = 1 / max(len(done), 1)
            words[turn, list(said) or [SILENCE]] = 1 / max(len(said), 1)
    return Told(tuple(standing), deeds, words)


def _standing(
    acted: bool, rows: list[CodedMove], ordered: HistoricalMove | None, is_covered: bool
) -> Attestation:
    if acted:
        return Attestation.ACTED
    if any(row.kind is Kind.HELD for row in rows):
        return Attestation.HELD
    if rows or ordered is not None:
        return Attestation.SPOKE
    return Attestation.SILENT if is_covered else Attestation.UNKNOWN


def _is_covered(seat: Seat, first: date, after: date) -> bool:
    """Whether sources look at the seat in every week that the days touch."""
    known = coverage()
    return all(
        known.get((monday, seat), Coverage.UNKNOWN) is not Coverage.UNKNOWN
        for monday in _mondays(first, after)
    )


def _mondays(first: date, after: date) -> Iterator[date]:
    week = monday(first)
    while week < after:
        yield week
        week += timedelta(days=7)
