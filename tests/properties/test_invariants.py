"""Ranges, sums and endings hold under long random play, from any state, in every scenario."""

from dataclasses import fields
from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from game.engine.plain import turn_by_turn as play
from game.players.base import assemble, decide
from game.players.uniform import Uniform
from game.rules.luck import game_keys
from game.rules.outcome import Outcome
from game.rules.resolve import resolve
from game.rules.seats import SEATS
from game.rules.setting import Setting
from game.rules.state import COLUMNS, PAIR_COLUMNS, array_names
from tests.common import CASTS, SCENARIOS, Moment, film, lock, setting, unlocked
from tests.invariants import Step, broken
from tests.properties.anything import any_state

ANYBODY = {seat: Uniform() for seat in SEATS}


@cache
def long_setting(scenario_id: str) -> Setting:
    """The scenario's opening under a calendar of forty turns of 1 to 30 days."""
    rules, luck = setting(scenario_id), np.random.default_rng(40)
    days = luck.integers(1, 31, 40).tolist()
    return Setting.of(rules.rulebook, days, luck.random(40).tolist(), rules.opening)


@pytest.mark.parametrize("scenario_id", SCENARIOS)
@pytest.mark.parametrize("cast_name", CASTS)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_promise_is_broken_in_play(scenario_id: str, cast_name: str, seed: int) -> None:
    moments = film(scenario_id, cast_name, seed, range(512))
    for before, after in pairwise(moments):
        out = after.outcome
        step = Step(setting(scenario_id), before.state, out.orders, after.state, out)
        assert broken(step) == {}, f"turn {out.turn}"


@pytest.mark.parametrize("scenario_id", SCENARIOS)
@pytest.mark.parametrize("seed", [1, 2])
def test_no_promise_is_broken_in_long_play(scenario_id: str, seed: int) -> None:
    rules, keys = long_setting(scenario_id), game_keys(seed, range(512))
    before = rules.open_games(keys)
    for after, outcome in play(rules, ANYBODY, keys):
        step = Step(rules, before, outcome.orders, after, outcome)
        assert broken(step) == {}, f"turn {outcome.turn}"
        before = after


@pytest.mark.parametrize("scenario_id", SCENARIOS)
@pytest.mark.parametrize("seed", range(8))
def test_no_promise_is_broken_from_any_state(seed: int, scenario_id: str) -> None:
    rules, luck = setting(scenario_id), np.random.default_rng(seed)
    before = any_state(rules, luck, 128, int(luck.integers(rules.turns)))
    lock(before)
    choices = {seat: decide(p, rules, before, None, seat) for seat, p in ANYBODY.items()}
    orders = assemble(choices, before.games)
    after, outcome = resolve(rules, before, orders)
    assert broken(Step(rules, before, orders, after, outcome)) == {}


def test_random_play_reaches_many_endings_and_rungs() -> None:
    """Without this, the tests above might look at nothing but calm."""
    rules = long_setting("the_article")
    *_, (last, _outcome) = play(rules, ANYBODY, game_keys(3, range(2048)))
    assert len(np.unique(last.ending)) >= 4
    assert len(np.unique(last.highest_rung)) >= 6


# --- the promises themselves can be broken


@cache
def last_turn() -> tuple[Moment, Moment]:
    """A turn late enough that some games are over before it."""
    before, after = film("the_article", "uniform", 1, range(256))[-2:]
    assert (before.state.ending > 0).any()
    return before, after


def one_step() -> Step:
    """Such a turn, with what can be spoilt unlocked."""
    before, after = last_turn()
    out = unlocked(after.outcome)
    return Step(setting("the_article"), before.state, out.orders, unlocked(after.state), out)


def test_an_honest_step_breaks_nothing() -> None:
    assert broken(one_step()) == {}


@pytest.mark.parametrize("column", COLUMNS)
def test_a_column_out_of_its_range_is_noticed(column: str) -> None:
    for value in (COLUMNS[column].high * 1.01 + 1, COLUMNS[column].low - 1, np.nan, np.inf):
        step = one_step()
        getattr(step.after, column)[7] = value
        found = broken(step)
        (games,) = (g for promise, g in found.items() if promise.startswith(f"{column} is from"))
        assert games.tolist() == [7]


@pytest.mark.parametrize("pair", PAIR_COLUMNS)
def test_a_pair_out_of_its_range_is_noticed(pair: str) -> None:
    for value in (PAIR_COLUMNS[pair].high * 1.01, PAIR_COLUMNS[pair].low - 1, np.nan):
        step = one_step()
        getattr(step.after, pair).flags.writeable = True
        getattr(step.after, pair)[1, 2, 7] = value
        assert any(promise.startswith(f"{pair} is from") for promise in broken(step))


@pytest.mark.parametrize("name", array_names())
def test_a_thawed_array_is_noticed(name: str) -> None:
    step = one_step()
    game = int(np.flatnonzero(step.before.ending > 0)[0])
    array = getattr(step.after, name)
    array[..., game] = array[..., game] == 0
    assert f"{name} of ended games is frozen" in broken(step)


@pytest.mark.parametrize(
    "name", [f.name for f in fields(Outcome) if f.name not in ("turn", "orders")]
)
def test_what_happens_after_the_end_is_noticed(name: str) -> None:
    step = one_step()
    game = int(np.flatnonzero(step.before.ending > 0)[0])
    array = getattr(step.outcome, name)
    array[..., game] = ~array[..., game] if array.dtype == bool else array[..., game] + 1
    assert f"{name} of ended games is empty" in broken(step)
