"""`rules.resolve.resolve`, compiled: the same arguments, the same results to the last bit."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.rules import resolve as reference
from game.rules.orders import Orders
from game.rules.outcome import Outcome
from game.rules.setting import Setting
from game.rules.state import COLUMNS, ESTIMATED, State

from .block import BLOCK, now_of
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
from .tables import look

_BLOCK = np.zeros(1, BLOCK)
_KEPT = 8
_known: dict[int, "_Compiled"] = {}


class _Compiled:
    """A setting's tables and turns, as the compiled code reads them."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.look = look(setting)
        self.turns = [now_of(setting, turn) for turn in range(setting.turns)]

    @classmethod
    def of(cls, setting: Setting) -> "_Compiled":
        """Made once while the setting is among the last few in use."""
        known = _known.get(id(setting))
        if known is None:
            while len(_known) >= _KEPT:
                del _known[next(iter(_known))]
            known = _known[id(setting)] = cls(setting)
        return known


def resolve(setting: Setting, state: State, orders: Orders) -> tuple[State, Outcome]:
    """Adjudicates one turn of B games; arguments, results and errors of `rules.resolve`."""
    if state.turn >= setting.turns:
        return reference.resolve(setting, state, orders)
    reference.check_form(orders, state.games)
    if (state.ending > 0).any():
        orders = orders.take(slice(None))
    rules, after, happened = _Compiled.of(setting), _room_for(state), _happening_in(state.games)
    before, asked = _batch(state), _asked(state, orders)
    now = rules.turns[state.turn]
    if not play_turn(before, asked, after, happened, _BLOCK, rules.look, now):
        # It says which order, and why.
        return reference.resolve(setting, state, orders)
    return _after(state, after), _outcome(state, orders, happened)


def _plain(array: NDArray[Any]) -> NDArray[Any]:
    """The array in one piece and unlocked: of others, numba would compile everything anew."""
    return array if array.flags.carray else array.copy()


def _rows(array: NDArray[Any]) -> NDArray[Any]:
    """(…, B) as (rows, B)."""
    return _plain(array).reshape(-1, array.shape[-1])


def _batch(state: State) -> Batch:
    columns = np.concatenate([getattr(state, name) for name in COLUMNS])
    return Batch(
        columns=columns.reshape(len(COLUMNS), -1),
        **{name: _rows(getattr(state, name)) for name in (*PAIRS, "suspicion", "estimates")},
        culprit=_plain(state.culprit),
        ending=_plain(state.ending),
        ended_turn=_plain(state.ended_turn),
    )


def _asked(state: State, orders: Orders) -> Asked:
    return Asked(
        key=_plain(state.key),
        channel=_rows(state.channel),
        **{name: _plain(getattr(orders, name)) for name in ORDERS},
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
