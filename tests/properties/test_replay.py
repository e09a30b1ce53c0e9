"""The same record gives the same hashes; copies are copies; the referee's inputs stay."""

import json
from dataclasses import fields
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.rules.digest import game_digests, state_hash
from game.rules.luck import game_keys
from game.rules.orders import Orders, holding
from game.rules.resolve import resolve
from game.rules.state import State, changing_names
from tests.common import (
    CASTS,
    SCENARIOS,
    arrays,
    bits,
    difference,
    film,
    lock,
    random_film,
    setting,
)
from tests.properties.anything import any_state


def written(orders: Orders) -> str:
    """Orders as a record keeps them."""
    parts = {f.name: getattr(orders, f.name) for f in fields(Orders)}
    return json.dumps({k: v.tolist() for k, v in parts.items() if v is not None})


def read(text: str) -> Orders:
    return Orders(**{name: np.array(rows, np.intp) for name, rows in json.loads(text).items()})


@pytest.mark.parametrize("scenario_id", SCENARIOS)
@pytest.mark.parametrize("cast_name", CASTS)
def test_a_record_replays_to_the_same_hashes(scenario_id: str, cast_name: str) -> None:
    played = film(scenario_id, cast_name, 3, range(48))
    record = [written(m.outcome.orders) for m in played if m.outcome is not None]
    hashes = [state_hash(game_digests(m.state)) for m in played]
    assert len(set(hashes)) == len(hashes)
    state = setting(scenario_id).open_games(game_keys(3, range(48)))
    replayed = [state_hash(game_digests(state))]
    for text in record:
        state, _outcome = resolve(setting(scenario_id), state, read(text))
        replayed.append(state_hash(game_digests(state)))
    assert replayed == hashes


@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_calling_twice_gives_the_same_bits(scenario_id: str) -> None:
    first, second = (film(scenario_id, "default", 5, range(96)) for _ in range(2))
    assert not difference(first, second)


def test_a_digest_tells_every_bit() -> None:
    state = random_film("the_article")[4].state
    whole = game_digests(state)
    for name in changing_names():
        other = state.copy()
        array = getattr(other, name)
        flat = array.reshape(-1, state.games)
        row = flat[-1].view(np.uint32) if array.dtype == np.float32 else flat[-1]
        row[3] ^= row.dtype.type(1)
        assert np.flatnonzero(game_digests(other) != whole).tolist() == [3], name
    later = state.copy()
    later.turn += 1
    assert ((game_digests(later) != whole) == (state.ending == 0)).all()


def test_a_hash_tells_the_order_of_the_games() -> None:
    digests = game_digests(random_film("the_article")[4].state)
    assert state_hash(digests) != state_hash(digests[::-1].copy())


# --- copies


@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_a_copy_is_the_same_and_shares_nothing(scenario_id: str) -> None:
    state = random_film(scenario_id)[-1].state
    copy = state.copy()
    assert not difference(state, copy)
    assert copy.turn == state.turn
    for (_, ours), (path, theirs) in zip(arrays(state), arrays(copy), strict=True):
        assert not np.shares_memory(ours, theirs), path


@pytest.mark.parametrize(
    "games",
    [slice(None), slice(3, 4), slice(0, 10, 3), np.arange(64), np.array([5, 5, 0])],
    ids=str,
)
def test_taken_games_are_a_state_of_their_own(games: slice | np.ndarray) -> None:
    state = random_film("the_article")[3].state
    taken = state.take(games)
    assert not difference(state, taken, games)
    assert taken.turn == state.turn
    for (_, ours), (path, theirs) in zip(arrays(state), arrays(taken), strict=True):
        assert theirs.flags.c_contiguous, path
        assert not np.shares_memory(ours, theirs), path


@given(order=st.permutations(range(16)))
def test_taking_games_and_putting_them_back_is_identity(order: list[int]) -> None:
    state = random_film("the_article")[5].state.take(slice(0, 16))
    back = state.take(np.array(order)).take(np.argsort(order))
    assert not difference(state, back)


# --- the referee's inputs


@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_resolve_leaves_its_inputs_as_they_were(scenario_id: str) -> None:
    """Everything is locked (`film`, `setting`): writing in place would raise. Nothing moves."""
    rules = setting(scenario_id)
    moments = random_film(scenario_id)
    for before, after in pairwise(moments):
        orders = after.outcome.orders
        locked = (rules, before.state, orders)
        assert not any(array.flags.writeable for _, array in arrays(locked))
        earlier = bits(locked)
        state, outcome = resolve(rules, before.state, orders)
        assert bits(locked) == earlier
        assert state.turn == before.state.turn + 1
        assert not difference((state, outcome), (after.state, after.outcome))


@given(seed=st.integers(0, 2**32 - 1), scenario_id=st.sampled_from(SCENARIOS), data=st.data())
@settings(max_examples=40)
def test_resolve_leaves_any_inputs_as_they_were(
    seed: int, scenario_id: str, data: st.DataObject
) -> None:
    rules, luck = setting(scenario_id), np.random.default_rng(seed)
    turn = data.draw(st.integers(0, rules.turns - 1))
    state: State = any_state(rules, luck, 32, turn)
    orders = holding(32)
    lock((state, orders))
    earlier = bits((state, orders))
    resolve(rules, state, orders)
    assert bits((state, orders)) == earlier
