"""Row i of a batch is game i alone, bit for bit, however the batch is cut."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.rules.account import account
from game.rules.digest import game_digests
from game.rules.luck import Draw, PlayerDraw, draw, game_keys, player_draw, seat_keys
from game.rules.observe import Observation, observe
from game.rules.seats import SEATS
from tests.common import (
    CASTS,
    SCENARIOS,
    Moment,
    cast,
    difference,
    film,
    scenario,
    setting,
)

Games = Sequence[int]
GAMES = 1000
SPANS = (
    *(range(k, k + 1) for k in (1, GAMES - 1)),
    *(range(k, k + 7) for k in (0, 987)),
    range(994, GAMES),  # what is left of the games after the last seven
    range(448, 448 + 64),
    range(960, GAMES),  # and after the last 64
)


Views = list[list[Observation]]


def seen_by_all(scenario_id: str, whole: list[Moment]) -> Views:
    """What every seat sees after each turn."""
    rules = setting(scenario_id)
    return [[observe(rules, *moment, seat) for seat in SEATS] for moment in whole]


def assert_is_part(
    scenario_id: str, whole: list[Moment], seen_there: Views, part: list[Moment], games: Games
) -> None:
    """Every moment of `part` is that of the games given in `whole`, and so is what is seen."""
    rules, rows = setting(scenario_id), np.asarray(games)
    for turn, (theirs, ours) in enumerate(zip(part, whole, strict=False)):
        where = f"turn {turn} of games {games}"
        assert not (found := difference(ours, theirs, rows)), f"{where}: {found}"
        if theirs.outcome is None:
            continue
        for seat in SEATS:
            seen = observe(rules, theirs.state, theirs.outcome, seat)
            found = difference(seen_there[turn][seat], seen, rows)
            assert not found, f"{where}, {seat}: {found}"
            told = account(rules, theirs.outcome, seat, 0)
            assert account(rules, ours.outcome, seat, int(rows[0])) == told, where
    # A part whose games are all over stops; in the whole they stay as they are.
    assert len(part) <= len(whole)
    last, same = whole[-1].state.take(rows), part[-1].state.copy()
    same.turn = last.turn
    assert not difference(last, same)
    assert (game_digests(last) == game_digests(part[-1].state)).all()


@pytest.mark.parametrize("scenario_id", SCENARIOS)
@pytest.mark.parametrize("cast_name", CASTS)
def test_a_batch_is_its_games(scenario_id: str, cast_name: str) -> None:
    whole = film(scenario_id, cast_name, 7, range(GAMES))
    seen = seen_by_all(scenario_id, whole)
    for span in SPANS:
        assert_is_part(scenario_id, whole, seen, film(scenario_id, cast_name, 7, span), span)


@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_the_order_of_the_games_does_not_matter(scenario_id: str) -> None:
    shuffled = np.random.default_rng(0).permutation(GAMES)
    whole = film(scenario_id, "default", 7, range(GAMES))
    part, seen = film(scenario_id, "default", 7, shuffled), seen_by_all(scenario_id, whole)
    assert_is_part(scenario_id, whole, seen, part, shuffled)


numbers = st.lists(st.integers(0, 2**40), min_size=1, max_size=24)


@given(
    scenario_id=st.sampled_from(SCENARIOS),
    cast_name=st.sampled_from(CASTS),
    seed=st.integers(),
    games=numbers,
    cuts=st.sets(st.integers(1, 23), max_size=3),
)
@settings(max_examples=20)
def test_any_games_cut_anyhow(
    scenario_id: str, cast_name: str, seed: int, games: list[int], cuts: set[int]
) -> None:
    whole = film(scenario_id, cast_name, seed, games)
    seen = seen_by_all(scenario_id, whole)
    edges = [0, *sorted(cut for cut in cuts if cut < len(games)), len(games)]
    for first, end in pairwise(edges):
        part = film(scenario_id, cast_name, seed, games[first:end])
        assert_is_part(scenario_id, whole, seen, part, range(first, end))


@given(seed=st.integers(), games=numbers, turn=st.integers(0, 200))
def test_a_draw_knows_only_its_own_game(seed: int, games: list[int], turn: int) -> None:
    together = game_keys(seed, np.array(games))
    member = np.arange(len(games)) % 4
    for k, game in enumerate(games):
        alone = game_keys(seed, np.array([game]))
        assert alone[0] == together[k]
        slots = np.array(Draw)[:, None]
        assert (draw(alone, turn, slots)[:, 0] == draw(together, turn, slots)[:, k]).all()
        grouped = draw(together, turn, Draw.FIRE_HITS + member)
        assert grouped[k] == draw(alone, turn, Draw.FIRE_HITS + int(member[k]))[0]
        for what in PlayerDraw:
            ours = player_draw(seat_keys(together, 2), turn, what)[k]
            assert player_draw(seat_keys(alone, 2), turn, what)[0] == ours
            assert 0 <= ours < 1


def test_games_of_one_seed_differ() -> None:
    last = film("the_article", "default", 7, range(GAMES))[-1].state
    assert np.unique(game_digests(last)).size == GAMES
    assert np.unique(last.us_dead).size > 1
    assert scenario("the_article").setting is setting("the_article")
    assert cast("the_article", "default") is cast("the_article", "default")
