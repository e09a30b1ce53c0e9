"""`rules.tables` in the form that the compiled code reads: arrays alone, seats side by side."""

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from game.rules.rulebook import Requirement
from game.rules.seats import SEATS, Seat
from game.rules.setting import Setting
from game.rules.state import COLUMNS, Bools, Codes, Floats
from game.rules.tables import ColumnEffects, FireTable, StrikeTable, WordTable

from .layout import STATE

Truths = NDArray[np.uint8]


class Effects(Protocol):
    """What codes add to columns, in the order of `rules`: one entry for each seat and column."""

    seat: Codes
    row: Codes
    """Rows of the block."""
    amount: Floats
    """(entries, codes)."""
    weekly: Truths
    """1 for amounts that are added for each week of the turn."""


class Needs(Protocol):
    """The requirements of a seat's codes: low <= column <= high; padded by what always holds."""

    row: Codes
    """(4, codes, most requirements)."""
    low: Floats
    high: Floats


class Blows(Protocol):
    """What deeds do to whom, by (actor, victim) that any deed touches."""

    actor: Codes
    victim: Codes
    amount: Floats
    """(entries, deeds)."""


class Look(Protocol):
    """Every table. Deeds of all seats are padded to the longest list of them."""

    deed_effects: Effects
    word_effects: Effects
    deed_needs: Needs
    word_needs: Needs
    deeds: Codes
    """(4,) how many deeds a seat has."""
    against: Blows
    harm: Blows
    rung: Floats
    """(4, deeds), as the next ones."""
    signed: Floats
    force: Floats
    fire_row: Codes
    deed_row: Codes
    deed_at: Codes
    strikes: Floats
    """(Washington's deeds,)."""
    investigates: Floats
    detains: Floats
    fire: Floats
    """(fields of FireTable, rows), as the next ones."""
    strike: Floats
    word: Floats
    odds: Floats
    """(4 speakers, 4 causes, words)."""
    tells: Truths
    speaks: Truths
    word_to_seat: Truths
    word_to_rung: Truths
    links: Truths
    """(4 senders, nobody and 4 receivers, whispers): nobody is sent whisper 0, and nothing else."""
    guidance: Floats
    guides: Truths
    whisper_soothes: Floats
    whisper_stake: Floats
    closeness: Floats
    """float64."""
    toll: Floats
    site_people: Floats
    site_iraqis: Floats
    site_partners: Floats
    site_honour: Floats
    site_held: Floats
    site_host: Codes
    site_draw: Codes
    site_level: Codes
    low: Floats
    """(columns,) the range of each column."""
    high: Floats
    named: Codes
    """Indices of what the rules know by name: NOTICE and so on say which stands where."""


NOTICE, TIP_OFF, ORDER_OUT, RESOLUTION, SPLINTER_ROW, THIRD_PARTY_ROW = range(6)
(
    PER_WEEK,
    ROUNDS_LOW,
    ROUNDS_SPAN,
    ACCURACY,
    LETHALITY,
    TOLL,
    WOUNDING,
    FIRE_TABLE_RUNG,
    ARSENAL,
) = range(len(FireTable._fields))
FIGHTERS, ROCKETS, LEADERS, COLLATERAL, CIVILIANS = range(len(StrikeTable._fields))
WORD_STAKE, CREDIT, FACADE, CASE, DOUBT, SOOTHES, OFFENDS, DRAWS_LINE = range(
    len(WordTable._fields)
)


def look(setting: Setting) -> NDArray[np.void]:
    """(1,) the tables of a setting's rulebook; its sizes are part of its type.

    Raises:
        KeyError: the rulebook lacks a deed or a whisper that the rules know by name.
    """
    return _record(_tables(setting))


def _record(tables: dict[str, Any]) -> NDArray[np.void]:
    """Arrays and dicts of arrays as one record of memory."""
    record = np.zeros(1, _kind(tables))
    _fill(record[0], tables)
    return record


def _kind(tables: dict[str, Any]) -> np.dtype[np.void]:
    return np.dtype(
        [
            (name, _kind(part)) if isinstance(part, dict) else (name, _plain(part), part.shape)
            for name, part in tables.items()
        ],
        align=True,
    )


def _plain(array: NDArray[Any]) -> np.dtype[Any]:
    """Records cannot hold arrays of truth values: 0 and 1 stand for them."""
    return np.dtype(np.uint8) if array.dtype == np.bool_ else array.dtype


def _fill(record: np.void, tables: dict[str, Any]) -> None:
    for name, part in tables.items():
        if isinstance(part, dict):
            _fill(record[name], part)
        else:
            record[name] = part


def _tables(setting: Setting) -> dict[str, Any]:
    tables, book = setting.tables, setting.rulebook
    return {
        "deed_effects": _effects(tables.once, tables.weekly),
        "word_effects": _effects(tables.word_effects, ((),) * 4),
        "deed_needs": _needs(tables.deed_requires, [len(deeds) for deeds in book.deeds]),
        "word_needs": _needs(tables.word_requires, [len(book.words)] * 4),
        "deeds": np.array([len(deeds) for deeds in book.deeds], np.intp),
        "against": _blows(tables.against),
        "harm": _blows(tables.harm),
        "rung": _padded(tables.rung),
        "signed": _padded(tables.signed),
        "force": _padded(tables.force),
        "fire_row": _padded_codes(tables.fire_row),
        "deed_row": _padded_codes(tables.deed_row),
        "deed_at": _padded_codes(tables.deed_at),
        "strikes": tables.strikes[Seat.US],
        "investigates": tables.investigates,
        "detains": tables.detains,
        "fire": np.array(tables.fire),
        "strike": np.array(tables.strike[Seat.US]),
        "word": np.array(tables.word),
        "odds": tables.odds,
        "tells": tables.tells,
        "speaks": tables.speaks,
        "word_to_seat": tables.word_to_seat,
        "word_to_rung": tables.word_to_rung,
        "links": _links(tables.links),
        "guidance": tables.guidance,
        "guides": tables.guides,
        "whisper_soothes": tables.whisper_soothes,
        "whisper_stake": tables.whisper_stake,
        "closeness": tables.closeness,
        "toll": tables.toll,
        "site_people": tables.site_people,
        "site_iraqis": tables.site_iraqis,
        "site_partners": tables.site_partners,
        "site_honour": tables.site_honour,
        "site_held": tables.site_held,
        "site_host": tables.site_host,
        "site_draw": tables.site_draw,
        "site_level": tables.site_level,
        "low": np.array([spec.low for spec in COLUMNS.values()], np.float32),
        "high": np.array([spec.high for spec in COLUMNS.values()], np.float32),
        "named": np.array(
            [
                tables.whisper_index["notice"],
                tables.whisper_index["tip_off"],
                book.deed(Seat.IRAQ, "order_out"),
                book.deed(Seat.IRAQ, "resolution"),
                tables.splinter_row,
                tables.third_party_row,
            ],
            np.intp,
        ),
    }


def _effects(
    once: Sequence[ColumnEffects], weekly: Sequence[ColumnEffects]
) -> dict[str, NDArray[Any]]:
    entries = [
        (seat, STATE[column], amounts, by_week)
        for seat in range(len(SEATS))
        for by_week, effects in ((0, once[seat]), (1, weekly[seat]))
        for column, amounts in effects
    ]
    return {
        "seat": np.array([entry[0] for entry in entries], np.intp),
        "row": np.array([entry[1] for entry in entries], np.intp),
        "amount": _padded([entry[2] for entry in entries]),
        "weekly": np.array([entry[3] for entry in entries], np.uint8),
    }


def _needs(
    by_seat: Sequence[Sequence[tuple[int, Requirement]]], counts: Sequence[int]
) -> dict[str, NDArray[Any]]:
    listed = {
        (seat, code): [needed for index, needed in pairs if index == code]
        for seat, pairs in enumerate(by_seat)
        for code in range(counts[seat])
    }
    shape = len(SEATS), max(counts), max(1, *map(len, listed.values()))
    row, low = np.zeros(shape, np.intp), np.full(shape, -np.inf, np.float32)
    high = np.full(shape, np.inf, np.float32)
    for (seat, code), needs in listed.items():
        for k, needed in enumerate(needs):
            row[seat, code, k] = STATE[needed.column]
            low[seat, code, k] = _least(needed)
            high[seat, code, k] = np.inf if needed.at_most is None else needed.at_most
    return {"row": row, "low": low, "high": high}


def _least(needed: Requirement) -> float:
    if needed.at_least is not None:
        return needed.at_least
    return 0.0 if needed.at_most is None else -np.inf


def _padded(by_seat: Sequence[Floats]) -> Floats:
    padded = np.zeros((len(by_seat), max(map(len, by_seat), default=0)), np.float32)
    for row, values in zip(padded, by_seat, strict=True):
        row[: len(values)] = values
    return padded


def _padded_codes(by_seat: Sequence[Codes]) -> Codes:
    padded = np.full((len(by_seat), max(map(len, by_seat))), -1, np.intp)
    for row, values in zip(padded, by_seat, strict=True):
        row[: len(values)] = values
    return padded


def _blows(
    by_actor: Sequence[Sequence[tuple[Seat, Floats]]],
) -> dict[str, NDArray[Any]]:
    entries = [(actor, *row) for actor, rows in enumerate(by_actor) for row in rows]
    return {
        "actor": np.array([actor for actor, _, _ in entries], np.intp),
        "victim": np.array([victim for _, victim, _ in entries], np.intp),
        "amount": _padded([amounts for _, _, amounts in entries]),
    }


def _links(links: Bools) -> Bools:
    nobody = np.zeros((len(SEATS), 1, links.shape[2]), np.bool_)
    nobody[:, :, 0] = True
    return np.concatenate([nobody, links], axis=1)
