"""States and outcomes of one game as plain tables for JSON, and back, bit for bit."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.rules.digest import game_digests
from game.rules.endings import Ending
from game.rules.games import Games
from game.rules.orders import Orders
from game.rules.outcome import Outcome, nothing
from game.rules.seats import Cause
from game.rules.setting import Setting
from game.rules.state import COLUMNS, ESTIMATED, PAIR_COLUMNS, State, changing_names

Array = NDArray[Any]
Tables = dict[str, Any]

_APART = ("turn", "orders")
"""Fields of an Outcome that are no arrays of their own."""


def state_table(state: State) -> Tables:
    """One game's state (B = 1): a number or nested lists for each array."""
    return {name: _plain(getattr(state, name)) for name in _written()}


def outcome_table(outcome: Outcome) -> Tables:
    """What happened in one game, without its orders."""
    return {name: _plain(getattr(outcome, name)) for name in _told()}


def state_of(setting: Setting, table: Mapping[str, Any], like: State) -> State:
    """The state that a table describes.

    Args:
        setting: the rules.
        table: from `state_table`.
        like: the state one turn before: its key, and what was drawn, are kept.

    Raises:
        KeyError: the state has other columns: another version of the game wrote it.
        ValueError: a value is not one that a state can have.
    """
    state = like.copy()
    state.turn += 1
    _same_names(table, _written())
    for name, value in table.items():
        setattr(state, name, _array(name, value, getattr(like, name)))
    for name, spec in (COLUMNS | PAIR_COLUMNS).items():
        _within(name, getattr(state, name), spec.low, spec.high)
    _within("us_claim", state.us_claim, 0, len(setting.rulebook.words) - 1)
    for name in ("offer", "deal"):
        _within(name, getattr(state, name), 0, len(setting.rulebook.whispers) - 1)
    _within("suspicion", state.suspicion, 0, 1)
    _within("culprit", state.culprit, -1, len(Cause) - 1)
    _within("ending", state.ending, 0, max(Ending))
    _within("ended_turn", state.ended_turn, 0, state.turn)
    for k, name in enumerate(ESTIMATED):
        _within(f"estimate of {name}", state.estimates[:, k], COLUMNS[name].low, COLUMNS[name].high)
    return state


def outcome_of(setting: Setting, table: Mapping[str, Any], turn: int, orders: Orders) -> Outcome:
    """What happened in a turn, counted from 1, by a table.

    Raises:
        KeyError: outcomes have other fields: another version of the game wrote it.
        ValueError: a value is not one that an outcome can have.
    """
    outcome = nothing(turn, orders)
    _same_names(table, _told())
    for name, value in table.items():
        array = _array(name, value, getattr(outcome, name))
        if name in ("deed_site", "fire_site"):
            _within(name, array, -1, len(setting.rulebook.sites) - 1)
        elif name == "deal_code":
            _within(name, array, -1, len(setting.rulebook.whispers) - 1)
        elif name in ("signal", "finding", "revealed"):
            _within(name, array, -1, len(Cause) - 1)
        elif name == "ending":
            _within(name, array, 0, max(Ending))
        elif array.dtype != np.bool_:
            _within(name, array, -1e6, 1e6)
        setattr(outcome, name, array)
    return outcome


def digest(state: State) -> str:
    """The digest of one game's state, as replays and transcripts print it."""
    return f"{int(game_digests(state)[0]):016x}"


def phase_digest(games: Games) -> str:
    """A digest of everything that the phases have written so far."""
    parts = hashlib.blake2b(digest_size=8)
    for array in games.written():
        parts.update(_bytes(array))
    return parts.hexdigest()


def same_state(one: State, other: State) -> bool:
    """Whether two states of one game have the same numbers: exactly when their digests agree."""
    return one.turn == other.turn and _same(one, other, _written())


def same_outcome(one: Outcome, other: Outcome) -> bool:
    """Whether the same happened in two turns of one game, by whatever orders."""
    return _same(one, other, _told())


def _same(one: object, other: object, names: Iterator[str]) -> bool:
    return all(getattr(one, name).tolist() == getattr(other, name).tolist() for name in names)


def _told() -> Iterator[str]:
    """The arrays of an Outcome that are written down."""
    return (f.name for f in fields(Outcome) if f.name not in _APART)


def _written() -> Iterator[str]:
    """The arrays of a State that are written down; the others follow from the seed."""
    return (name for name in changing_names() if name != "key")


def _bytes(array: Array) -> bytes:
    """An array's bits, alike on every machine."""
    kind = {"f": "<f4", "u": "<u8"}.get(array.dtype.kind, "<i8")
    return array.astype(kind, copy=False).tobytes()


def _plain(array: Array) -> Any:
    """One game's numbers; of 32-bit floats the shortest that give the same bits."""
    one = array[..., 0]
    if one.dtype == np.float32:
        short = one.astype(str).astype(np.float64)
        one = short if (short.astype(np.float32) == one).all() else one.astype(np.float64)
    return one.tolist()


def _array(name: str, value: object, like: Array) -> Array:
    """The array of a table's value, of the type and shape of another."""
    try:
        given = np.array(value)
    except (ValueError, OverflowError):
        raise ValueError(f"{name} is no array of numbers") from None
    right = given.dtype.kind in ("b" if like.dtype == np.bool_ else "iuf")
    if not right or given.shape != like.shape[:-1]:
        raise ValueError(f"{name} is no array of the right shape")
    with np.errstate(over="ignore", invalid="ignore"):  # what does not fit is refused below
        array = given.astype(like.dtype)
    if not (array == given).all() and like.dtype.kind != "f":
        raise ValueError(f"{name} has a number that does not fit")
    return array[..., None]


def _within(name: str, array: Array, low: float, high: float) -> None:
    if not ((array >= np.float32(low)) & (array <= np.float32(high))).all():
        raise ValueError(f"{name} is out of its range")


def _same_names(table: Mapping[str, Any], names: Iterator[str]) -> None:
    if unlike := set(table) ^ set(names):
        raise KeyError(min(unlike))
