"""Orders are refused exactly where a reason says so, in states that play need never lead to."""

import numpy as np
import pytest

from game.players.base import assemble, decide
from game.players.uniform import Uniform
from game.rules.legal import refusals
from game.rules.seats import SEATS
from tests.common import SCENARIOS, setting
from tests.fuzz import mangled, refuse
from tests.properties.anything import any_state

GAMES = 48


@pytest.mark.parametrize("scenario_id", SCENARIOS)
@pytest.mark.parametrize("seed", range(6))
def test_what_has_a_reason_against_it_is_refused_and_nothing_else(
    scenario_id: str, seed: int
) -> None:
    rules, luck = setting(scenario_id), np.random.default_rng(seed)
    state = any_state(rules, luck, GAMES, int(luck.integers(rules.turns)))
    orders = assemble({s: decide(Uniform(), rules, state, None, s) for s in SEATS}, GAMES)
    assert refusals(rules, state, orders) == []
    for parts in (1, 3, 100):
        wrong = mangled(rules, orders, luck, parts)
        refuse(rules, state, wrong, range(GAMES))


def test_refusals_come_by_seat_and_game_each_with_its_reason() -> None:
    rules, luck = setting("the_article"), np.random.default_rng(1)
    state = any_state(rules, luck, GAMES, 3)
    orders = assemble({s: decide(Uniform(), rules, state, None, s) for s in SEATS}, GAMES)
    wrong = mangled(rules, orders, luck, 200)
    found = refusals(rules, state, wrong)
    assert len(found) > 20
    assert [refusal.seat for refusal in found] == sorted(refusal.seat for refusal in found)
    assert all(refusal.reason and refusal.name for refusal in found)
    assert refusals(rules, state, wrong, first_only=True) == found[:1]
    assert all(state.ending[refusal.game] == 0 for refusal in found)
