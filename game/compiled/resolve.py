"""`rules.resolve.resolve`, compiled: the same arguments, the same results to the last bit."""

from threading import local
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.rules import resolve as reference
from game.rules.orders import Orders
from game.rules.outcome import Outcome
from game.rules.setting import Setting
from game.rules.state import COLUMNS, ESTIMATED, Floats, State

from .block import BLOCK, WIDTH, now_of
from .kernel import Asked, Batch, Happened, play_turn
from .layout import (
    FLAG_ROWS,
    ORDERS,
    OUTCOME_CODE_ROWS,
    OUTCOME_CODES,
    OUTCOME_FLAGS,
    OUTCOME_FLOATS,
    OUTCOME_ROWS,
    PAIRS,
)
from .remembered import remembered
from .seat_rules import writeable
from .tables import look


class _Rules(NamedTuple):
    """A setting's tables and turns, as the compiled code reads them."""

    look: NDArray[np.void]
    turns: list[NDArray[np.void]]


@remembered(8)
def _rules(setting: Setting) -> _Rules:
    return _Rules(look(setting), [now_of(setting, turn) for turn in range(setting.turns)])


class _Scratch(local):
    """Each thread's own block: turns may be adjudicated in several at once."""

    def __init__(self) -> None:
        self.block = np.zeros(1, BLOCK)


_scratch = _Scratch()


def resolve(setting: Setting, state: State, orders: Orders) -> tuple[State, Outcome]:
    """Adjudicates one turn of B games; arguments, results and errors of `rules.resolve`.

    The state must hold numbers: what is made of a NaN may differ. What a table has no entry for,
    the rules themselves refuse.
    """
    if state.turn >= setting.turns or not state.games:
        return reference.resolve(setting, state, orders)
    reference.check_form(orders, state.games)
    try:
        rules = _rules(setting)
    except KeyError:  # the rulebook lacks what the rules know by name
        return reference.resolve(setting, state, orders)
    if (state.ending > 0).any():
        orders = orders.take(slice(None))
    after, happened = _room_for(state), _happening_in(state.games)
    before, asked = _batch(state), _asked(state, orders)
    now = rules.turns[state.turn]
    if not play_turn(before, asked, after, happened, _scratch.block, rules.look, now):
        # It says which order, and why.
        return reference.resolve(setting, state, orders)
    return _after(state, after), _outcome(state, orders, happened)


def _rows(array: NDArray[Any]) -> NDArray[Any]:
    """(…, B) as (rows, B)."""
    return writeable(array).reshape(-1, array.shape[-1])


def _batch(state: State) -> Batch:
    return Batch(
        columns=_columns(state),
        **{name: _rows(getattr(state, name)) for name in (*PAIRS, "suspicion", "estimates")},
        culprit=writeable(state.culprit),
        ending=writeable(state.ending),
        ended_turn=writeable(state.ended_turn),
    )


def _columns(state: State) -> Floats:
    """(columns, B): the array that a turn made them rows of, where they still are; else a copy."""
    columns = [getattr(state, name) for name in COLUMNS]
    whole: Floats | None = columns[0].base
    if (
        state.games > WIDTH  # of few games a copy is made sooner than this is found out
        and whole is not None
        and whole.shape == (len(COLUMNS), state.games)
        and whole.dtype == np.float32
        and whole.flags.carray
        and all(map(_same_memory, columns, whole))
    ):
        return whole
    return np.concatenate(columns).reshape(len(COLUMNS), -1)


def _same_memory(array: Floats, other: Floats) -> bool:
    mine, theirs = array.__array_interface__, other.__array_interface__
    return bool(mine["data"][0] == theirs["data"][0]) and mine["strides"] == theirs["strides"]


def _asked(state: State, orders: Orders) -> Asked:
    return Asked(
        key=writeable(state.key),
        channel=_rows(state.channel),
        **{name: writeable(getattr(orders, name)) for name in ORDERS},
    )


def _room_for(state: State) -> Batch:
    games = state.games
    pairs = np.empty((len(PAIRS) + 1, 16, games), np.float32)
    return Batch(
        columns=np.empty((len(COLUMNS), games), np.float32),
        **dict(zip((*PAIRS, "suspicion"), pairs, strict=True)),
        estimates=np.empty((4 * len(ESTIMATED), games), np.float32),
        culprit=np.empty(games, np.int8),
        ending=np.empty(games, np.int8),
        ended_turn=np.empty(games, np.int16),
    )


def _happening_in(games: int) -> Happened:
    return Happened(
        floats=np.empty((OUTCOME_ROWS, games), np.float32),
        flags=np.empty((FLAG_ROWS, games), np.uint8),
        codes=np.empty((OUTCOME_CODE_ROWS, games), np.intp),
        ending=np.empty(games, np.int8),
    )


def _after(state: State, after: Batch) -> State:
    return State(
        turn=state.turn + 1,
        key=state.key,
        ending=after.ending,
        ended_turn=after.ended_turn,
        channel=state.channel,
        culprit=after.culprit,
        **dict(zip(COLUMNS, after.columns, strict=True)),
        **{name: getattr(after, name).reshape(4, 4, -1) for name in (*PAIRS, "suspicion")},
        estimates=after.estimates.reshape(4, -1, state.games),
    )


def _outcome(state: State, orders: Orders, happened: Happened) -> Outcome:
    arrays: dict[str, Any] = {}
    for sizes, rows in (
        (OUTCOME_FLOATS, happened.floats),
        (OUTCOME_FLAGS, happened.flags.view(np.bool_)),
        (OUTCOME_CODES, happened.codes),
    ):
        first = 0
        for name, size in sizes.items():
            arrays[name] = _shaped(rows[first : first + size])
            first += size
    return Outcome(
        turn=state.turn + 1,
        orders=orders,
        ending=happened.ending,
        **arrays,
    )


def _shaped(rows: NDArray[Any]) -> NDArray[Any]:
    """(1, B) as (B,), (16, B) as (4, 4, B), others as they are."""
    if len(rows) == 1:
        row: NDArray[Any] = rows[0]
        return row
    return rows.reshape(4, 4, -1) if len(rows) == 16 else rows
