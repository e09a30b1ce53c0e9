"""The referee's own telling: stable, whole, and different wherever the game is."""

import re

import pytest

from game.rules.digest import game_digests
from game.rules.outcome import Source
from game.views.transcript import ending_lines, turn_lines
from tests.common import SCENARIOS, film, random_film, scenario


def record(scenario_id: str, moments: list, game: int) -> list[str]:  # type: ignore[type-arg]
    read, lines = scenario(scenario_id), []
    for moment in moments[1:]:
        lines += turn_lines(read, moment.outcome.orders, moment.outcome, moment.state, game)
    return [*lines, *ending_lines(read, moments[-1].state, game)]


@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_a_game_is_told_the_same_every_time_and_in_any_batch(scenario_id: str) -> None:
    whole = film(scenario_id, "uniform", 2, range(20))
    again = film(scenario_id, "uniform", 2, range(20))
    for game in (0, 7, 19):
        told = record(scenario_id, whole, game)
        assert told == record(scenario_id, again, game)
        alone = film(scenario_id, "uniform", 2, [game])
        until = len(record(scenario_id, alone, 0)) - 2
        assert told[:until] == record(scenario_id, alone, 0)[:until]


@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_every_turn_has_its_orders_its_rung_and_its_digest(scenario_id: str) -> None:
    read = scenario(scenario_id)
    for moment in random_film(scenario_id)[1:]:
        for game in range(0, 64, 9):
            out = moment.outcome
            lines = turn_lines(read, out.orders, out, moment.state, game)
            assert lines[0].startswith(f"Turn {out.turn}, ")
            assert [line.split(":")[0].strip() for line in lines[1:5]] == [
                "Washington", "Tehran", "the militias", "Baghdad",
            ]  # fmt: skip
            digest = int(game_digests(moment.state)[game])
            assert lines[-1] == f"  = digest {digest:016x}"
            fired = sum(line.startswith("  > fire by ") for line in lines)
            assert fired == sum(bool(out.fire_attacks[source, game]) for source in Source)
            assert any(re.match(r"  > rung \d+ \(", line) for line in lines)
            assert not any("None" in line or "nan" in line or "{" in line for line in lines)


def test_the_ending_is_told_with_every_mark() -> None:
    moments = random_film("the_article")
    assert ending_lines(scenario("the_article"), moments[0].state) == ["The game is still on."]
    for game in range(64):
        told, points = ending_lines(scenario("the_article"), moments[-1].state, game)
        assert re.match(r"Ending after turn \d+: .+\. .+\.$", told)
        assert re.fullmatch(
            r"Marks: US \d+\.\d, IRAN \d+\.\d, MILITIA \d+\.\d, IRAQ \d+\.\d", points
        )


def test_another_game_is_told_otherwise() -> None:
    moments = random_film("the_article")
    assert len({"\n".join(record("the_article", moments, game)) for game in range(64)}) == 64
