"""The compiled referee: the same bits as the rules, whatever is played and under what rules."""

import os
import re
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from functools import cache
from pathlib import Path
from subprocess import run
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.content.lens import parameter_ranges, through
from game.rules.legal import IllegalOrderError
from game.rules.luck import game_keys
from game.rules.orders import Orders, holding
from game.rules.outcome import Outcome
from game.rules.resolve import resolve
from game.rules.seats import SEATS, Seat
from game.rules.setting import Setting
from game.rules.state import State
from tests.common import (
    ARTICLE,
    CASTS,
    SCENARIOS,
    cast,
    difference,
    film,
    lock,
    random_film,
    setting,
)

numba = pytest.importorskip("numba")

from game.compiled import layout, place  # noqa: E402
from game.compiled.block import WIDTH  # noqa: E402
from game.compiled.resolve import resolve as compiled  # noqa: E402
from game.compiled.tables import look  # noqa: E402
from game.players.base import assemble, decide  # noqa: E402

GAMES = WIDTH + 37
"""More than a block holds, and not a whole number of blocks."""


def orders_of(scenario_id: str, cast_name: str, state: State, outcome: Outcome | None) -> Orders:
    players = cast(scenario_id, cast_name)
    choices = {
        seat: decide(players[seat], setting(scenario_id), state, outcome, seat) for seat in SEATS
    }
    return assemble(choices, state.games)


def assert_same(rules: Setting, state: State, orders: Orders) -> tuple[State, Outcome]:
    """Adjudicates the turn both ways; any bit that differs is named."""
    expected = resolve(rules, state, orders)
    found = compiled(rules, state, orders)
    for ours, theirs in zip(found, expected, strict=True):
        assert not difference(ours, theirs)
    return expected


@pytest.mark.parametrize("cast_name", CASTS)
@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_every_turn_has_the_same_bits(scenario_id: str, cast_name: str) -> None:
    """Every state and outcome of games played through, locked arrays among them."""
    moments = film(scenario_id, cast_name, 5, range(GAMES))
    for moment in moments[:-1]:
        assert_same(setting(scenario_id), moment.state, orders_of(scenario_id, cast_name, *moment))


@cache
def _uniform_turn(turn: int) -> tuple[State, Orders]:
    moment = random_film(ARTICLE, GAMES)[turn]
    return moment.state, orders_of(ARTICLE, "uniform", *moment)


@settings(max_examples=40, deadline=None)
@given(data=st.data(), turn=st.integers(0, 9))
def test_under_any_parameters(data: st.DataObject, turn: int) -> None:
    """A lens or a teacher may set any parameter anywhere in its range."""
    ranges = parameter_ranges()
    names = data.draw(st.lists(st.sampled_from(sorted(ranges)), unique=True, max_size=40))
    changes = {name: data.draw(st.floats(*ranges[name])) for name in names}
    rules = setting(ARTICLE)
    state, orders = _uniform_turn(turn)
    # Thresholds of requirements are no parameters: the orders stay legal.
    assert_same(rules.under(through(rules.rulebook, changes)), state, orders)


@pytest.mark.parametrize("games", [1, 2, WIDTH - 1, WIDTH, WIDTH + 1])
def test_any_number_of_games(games: int) -> None:
    """However the batch falls into blocks."""
    moment = random_film(ARTICLE, GAMES)[6]
    state = moment.state.take(np.arange(games))
    _, orders = _uniform_turn(6)
    assert_same(setting(ARTICLE), state, orders.take(np.arange(games)))


def test_games_of_all_endings_in_any_order() -> None:
    """Games that are over lie among others, and their orders may be any nonsense."""
    moments = random_film("autumn_to_summer", GAMES)
    moment = moments[-2]
    assert 0 < (moment.state.ending > 0).sum() < GAMES
    orders = orders_of("autumn_to_summer", "uniform", *moment)
    over = moment.state.ending > 0
    for f in fields(Orders):
        if f.name != "forecast":
            getattr(orders, f.name)[:, over] = 7_777_777
    assert_same(setting("autumn_to_summer"), moment.state, orders)


def test_arguments_stay_as_they_are() -> None:
    """As with the rules' own: neither state nor orders are written into, locked or not."""
    state, orders = _uniform_turn(3)
    state, orders = state.copy(), orders.take(slice(None))
    before = state.copy(), orders.take(slice(None))
    compiled(setting(ARTICLE), state, orders)
    assert not difference(state, before[0])
    assert not difference(orders, before[1])
    after, outcome = compiled(setting(ARTICLE), state, orders)
    lock(after)
    lock(outcome)
    again, _ = compiled(setting(ARTICLE), state, orders)
    assert not difference(again, after)


def _wrong(part: str, value: int, seat: Seat) -> Orders:
    _, orders = _uniform_turn(2)
    wrong = orders.take(slice(None))
    getattr(wrong, part)[seat, GAMES - 1] = value
    return wrong


@pytest.mark.parametrize("seat", SEATS)
@pytest.mark.parametrize(
    ("part", "value"),
    [(part, value) for part in layout.ORDERS for value in (-2, 3, 10**6, np.iinfo(np.intp).min)],
)
def test_what_is_not_legal_is_refused_alike(part: str, value: int, seat: Seat) -> None:
    """The same sentence, for the same order; where the rules accept it, so do we."""
    state, _ = _uniform_turn(2)
    orders = _wrong(part, value, seat)
    try:
        resolve(setting(ARTICLE), state, orders)
    except IllegalOrderError as expected:
        with pytest.raises(IllegalOrderError, match=re.escape(str(expected))):
            compiled(setting(ARTICLE), state, orders)
    else:
        assert_same(setting(ARTICLE), state, orders)


def test_orders_of_the_wrong_form_and_the_end_of_the_calendar() -> None:
    state, orders = _uniform_turn(0)
    short = orders.take(slice(0, 3))
    with pytest.raises(ValueError, match=r"orders\.deed is"):
        compiled(setting(ARTICLE), state, short)
    final = random_film(ARTICLE, GAMES)[-1].state.copy()
    final.turn = setting(ARTICLE).turns
    with pytest.raises(ValueError, match="the calendar ends"):
        compiled(setting(ARTICLE), final, holding(GAMES))


def test_a_justification_that_no_word_stands_for() -> None:
    """A state may come from anywhere: nothing is looked up beyond the end of a table."""
    state, orders = _uniform_turn(3)
    state = state.copy()
    state.us_claim[5] = len(setting(ARTICLE).rulebook.words)
    for adjudicate in (resolve, compiled):
        with pytest.raises(IndexError):
            adjudicate(setting(ARTICLE), state, orders)


def test_no_games_at_all() -> None:
    nobody = setting(ARTICLE).open_games(game_keys(1, range(0)))
    for adjudicate in (resolve, compiled):
        with pytest.raises(ValueError, match="size 0"):
            adjudicate(setting(ARTICLE), nobody, holding(0))


@pytest.mark.parametrize("missing", ["notice", "tip_off", "order_out", "resolution"])
def test_a_rulebook_without_what_the_rules_know_by_name(missing: str) -> None:
    book = setting(ARTICLE).rulebook

    def renamed(rows: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(replace(row, id="other") if row.id == missing else row for row in rows)

    book = replace(
        book, whispers=renamed(book.whispers), deeds=tuple(renamed(deeds) for deeds in book.deeds)
    )
    state, orders = _uniform_turn(3)
    for adjudicate in (resolve, compiled):
        with pytest.raises(KeyError, match=missing):
            adjudicate(setting(ARTICLE).under(book), state, orders)


def test_tables_may_be_empty() -> None:
    """No word with an effect, no deed that insults or strikes anybody."""
    book = setting(ARTICLE).rulebook
    words = tuple(replace(word, effects={}) for word in book.words)
    deeds = tuple(tuple(replace(d, against={}, harm={}) for d in row) for row in book.deeds)
    tables = look(setting(ARTICLE).under(replace(book, words=words, deeds=deeds)))[0]
    assert tables["word_effects"]["row"].size == tables["against"]["actor"].size == 0
    assert tables["harm"]["amount"].shape == (0, 0)


def test_columns_are_taken_as_they_stand() -> None:
    """A turn's columns are rows of one array; one that was put in place since is not overlooked."""
    state, orders = _uniform_turn(3)
    after, _ = compiled(setting(ARTICLE), state, orders)
    following = holding(GAMES)
    assert_same(setting(ARTICLE), after, following)
    after.mil_rockets = after.mil_rockets + 100
    assert_same(setting(ARTICLE), after, following)
    after.us_troops, after.us_protection = after.us_troops[::-1], after.us_troops
    assert_same(setting(ARTICLE), after, following)


def test_turns_in_several_threads_at_once() -> None:
    """Compiled code lets other threads run: each has a block of its own."""
    turns = [_uniform_turn(turn) for turn in range(8)]
    expected = [resolve(setting(ARTICLE), *turn) for turn in turns]
    with ThreadPoolExecutor(4) as threads:
        for _ in range(20):
            found = threads.map(lambda turn: compiled(setting(ARTICLE), *turn), turns)
            for ours, theirs in zip(found, expected, strict=True):
                assert not difference(ours[0], theirs[0])
                assert not difference(ours[1], theirs[1])


def test_the_block_has_room_for_every_array() -> None:
    """A new array of the state, the orders or the outcome must be given its place."""
    outcome = {f.name for f in fields(Outcome)} - {"turn", "orders", "ending"}
    listed = [*layout.OUTCOME_FLOATS, *layout.OUTCOME_FLAGS, *layout.OUTCOME_CODES]
    assert sorted(listed) == sorted(outcome)
    assert {*layout.ORDERS, "forecast"} == {f.name for f in fields(Orders)}
    state = {f.name for f in fields(State)}
    elsewhere = {"turn", "key", "ending", "ended_turn", "culprit", "channel"}
    assert layout.STATE.keys() == state - elsewhere
    empty = setting(ARTICLE).open_games(game_keys(1, range(1)))
    for name in layout.STATE:
        rows = getattr(empty, name).size
        following = [row for row in layout.STATE.values() if row > layout.STATE[name]]
        assert min(following, default=layout.STATE_ROWS) == layout.STATE[name] + rows


def test_without_the_compiler_the_rules_do_it() -> None:
    """The extra is optional: without numba a large run goes on with the rules' own code."""
    code = (
        "import sys; sys.modules['numba'] = None\n"
        "from game.futures import engine\n"
        "engine.expect(10**9)\n"
        "assert not engine.use_compiled()"
    )
    done = run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_where_no_machine_code_can_be_kept_the_rules_do_it(tmp_path: Path) -> None:
    """Compiling takes a minute or two: that is not done anew in every run."""
    taken = tmp_path / "taken"
    taken.write_text("a file stands where the folder should be")
    code = "from game.futures import engine; assert not engine.use_compiled()"
    done = run(
        [sys.executable, "-c", code],
        env=os.environ | dict.fromkeys(_CACHE_HOMES, str(taken)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


_CACHE_HOMES = ("XDG_CACHE_HOME", "HOME", "LOCALAPPDATA", "WIN_PD_OVERRIDE_LOCAL_APPDATA")
"""Where platformdirs looks for the user's cache, on every system."""


def test_only_old_machine_code_is_cleared_away(tmp_path: Path) -> None:
    """Three versions stay in any case, and all that were used in the last day."""
    now = time.time()
    for number, age in enumerate((0, 1, 9, 10, 11)):
        version = tmp_path / f"{number}"
        version.mkdir()
        os.utime(version, (now - age * 86_400, now - age * 86_400 + 60))
    place.clear(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0", "1", "2"]
    for version in tmp_path.iterdir():
        os.utime(version)
    (tmp_path / "new").mkdir()
    place.clear(tmp_path)
    assert len(list(tmp_path.iterdir())) == 4
