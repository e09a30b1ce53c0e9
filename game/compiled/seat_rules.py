"""What the rules say of one seat, as arrays that compiled code can read."""

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from game.rules.observe import UNSEEN
from game.rules.seats import SEATS, Seat
from game.rules.state import COLUMNS, ESTIMATED, Bools, Codes, Floats
from game.rules.tables import Tables

from .remembered import remembered

T = TypeVar("T", bound=np.generic)


class Reaches(NamedTuple):
    """What each seat can do to this one: rows of (whose, column or -1, coefficient), in order."""

    of: Codes
    column: Codes
    coefficient: Floats


class Requirements(NamedTuple):
    """Deeds, and after them words, each with a column and the bounds that it must keep within."""

    option: Codes
    column: Codes
    low: Floats
    high: Floats


NOBODY, FEARED, HATED = range(3)
"""Whom a word is addressed to."""


class Speech(NamedTuple):
    """What words and whispers depend on, of the own deed and of the words themselves."""

    deeds: Floats
    """(3, deeds) with_force, with_fire and with_strike of `players.features`."""
    to: Codes
    """(words,) whom it is addressed to."""
    to_rung: Bools
    """(words,) whether it names a rung."""


class SeatRules(NamedTuple):
    """One seat's part of `rules.tables`."""

    reach_columns: tuple[str, ...]
    """The columns that `reaches` counts, among those that the seat has an idea of."""
    reaches: Reaches
    required_columns: tuple[str, ...]
    """The columns that `requirements` counts."""
    requirements: Requirements
    shown: Codes
    """(4, most deeds of any seat) how it sees each deed of each seat; UNSEEN for some."""
    placed: Codes
    """(4, words) how it hears each word of each seat; 0 for those that it cannot place."""
    speaks: Bools
    """(words,)"""
    links: Bools
    """(whispers, 4 receivers)"""
    speech: Speech


def known_columns(seat: Seat) -> tuple[tuple[str, ...], tuple[tuple[int, str], ...]]:
    """The columns that a seat sees exactly, and the others that it estimates, with their rows."""
    exact = tuple(name for name, spec in COLUMNS.items() if seat in spec.seen_by)
    return exact, tuple((k, name) for k, name in enumerate(ESTIMATED) if name not in exact)


def seat_rules(tables: Tables, seat: Seat) -> SeatRules:
    """What players must know of the rules, worked out once for each rulebook."""
    return _of_all_seats(tables)[seat]


@remembered(16)
def _of_all_seats(tables: Tables) -> tuple[SeatRules, ...]:
    return tuple(_seat_rules(tables, seat) for seat in SEATS)


def writeable(array: NDArray[T]) -> NDArray[T]:
    """The array, or a copy where it is not in one piece or is locked: for compiled code that
    would be another kind of array, and everything would be compiled once more.
    """
    return array if array.flags.carray else array.copy()


def stacked(rows: Sequence[Floats], games: int) -> Floats:
    """(len(rows), B) from rows of B."""
    if not rows:
        return np.empty((0, games), np.float32)
    return np.concatenate(rows).reshape(len(rows), games)


def _seat_rules(tables: Tables, seat: Seat) -> SeatRules:
    reach_columns, reaches = _reaches(tables, seat)
    required_columns, requirements = _requirements(tables, seat)
    return SeatRules(
        reach_columns=reach_columns,
        reaches=reaches,
        required_columns=required_columns,
        requirements=requirements,
        shown=_shown(tables, seat),
        placed=_placed(tables, seat),
        speaks=tables.speaks[seat].copy(),
        links=tables.links[seat].T.copy(),
        speech=Speech(
            deeds=np.stack(_with_deed(tables, seat)),
            to=np.where(
                tables.word_to_seat, np.where(tables.word.soothes > 0, FEARED, HATED), NOBODY
            ),
            to_rung=tables.word_to_rung.copy(),
        ),
    )


def _shown(tables: Tables, seat: Seat) -> Codes:
    """What becomes of deeds in `Observation.deed`."""
    shown = np.full((len(SEATS), max(row.size for row in tables.signed)), UNSEEN, np.intp)
    for actor in SEATS:
        open_deed = tables.signed[actor] > 0
        deeds = np.arange(open_deed.size)
        shown[actor, : deeds.size] = np.where(open_deed | (actor is seat), deeds, UNSEEN)
    return shown


def _placed(tables: Tables, seat: Seat) -> Codes:
    """What becomes of words in `Observation.word`."""
    words = np.arange(tables.word.facade.size, dtype=np.intp)
    placed = np.tile(np.where(tables.word.facade > 0, 0, words), (len(SEATS), 1))
    placed[seat] = words
    return placed


def _with_deed(tables: Tables, seat: Seat) -> list[Floats]:
    """`Features.set_own_deed`, for each deed."""
    force, signed = tables.force[seat], tables.signed[seat]
    return [force, np.not_equal(tables.fire_row[seat], 0) * (1 - signed), force * signed]


def _reaches(tables: Tables, seat: Seat) -> tuple[tuple[str, ...], Reaches]:
    exact, estimated = known_columns(seat)
    known = {*exact, *(name for _, name in estimated)}
    columns: dict[str, int] = {}
    rows: list[tuple[int, int, float]] = []
    for reach in tables.reach:
        if reach.on is seat:
            rows.append((reach.of, -1, reach.base))
            rows += [
                (reach.of, columns.setdefault(name, len(columns)), coefficient)
                for name, coefficient in reach.columns.items()
                if name in known
            ]
    return tuple(columns), Reaches(
        np.array([of for of, _, _ in rows], np.intp),
        np.array([column for _, column, _ in rows], np.intp),
        np.array([coefficient for _, _, coefficient in rows], np.float32),
    )


def _requirements(tables: Tables, seat: Seat) -> tuple[tuple[str, ...], Requirements]:
    deeds = tables.signed[seat].size
    rows = [
        *tables.deed_requires[seat],
        *((deeds + word, required) for word, required in tables.word_requires[seat]),
    ]
    names = tuple(dict.fromkeys(required.column for _, required in rows))
    low, high = [], []
    for _, required in rows:
        unbound = -np.inf if required.at_most is not None else 0.0
        low.append(unbound if required.at_least is None else required.at_least)
        high.append(np.inf if required.at_most is None else required.at_most)
    return names, Requirements(
        np.array([option for option, _ in rows], np.intp),
        np.array([names.index(required.column) for _, required in rows], np.intp),
        np.array(low, np.float32),
        np.array(high, np.float32),
    )
