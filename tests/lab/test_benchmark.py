"""The scores that a person's is held against: kept for every seat, and those of today's rules."""

import pytest

from game.content.load import load_scenario, scenario_ids
from game.lab.benchmark import GAMES, benchmark, measured
from game.rules.seats import SEATS, Seat


@pytest.mark.parametrize("name", scenario_ids())
def test_every_seat_of_every_scenario_is_kept(name: str) -> None:
    for seat in SEATS:
        kept = benchmark(name, seat)
        assert kept is not None
        assert len(kept.scores) == GAMES
        assert list(kept.scores) == sorted(kept.scores)
        assert len(kept.plans) >= 3
        assert all(plan.low <= plan.mean <= plan.high for plan in kept.plans)


def test_what_is_kept_is_what_is_played_today() -> None:
    """`python -m game.lab.benchmark` renews it."""
    assert measured(load_scenario("turn_zero"), Seat.US) == benchmark("turn_zero", Seat.US)
