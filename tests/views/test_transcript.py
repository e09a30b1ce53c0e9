"""The referee's own telling: stable, whole, and different wherever the game is."""

import re
from typing import Any

import pytest

from game.rules.digest import game_digests
from game.rules.endings import Ending, marks
from game.rules.outcome import Source
from game.rules.seats import SEATS, Cause, Seat
from game.views.transcript import ending_lines, order_line, turn_lines
from tests.common import SCENARIOS, film, random_film, scenario
from tests.views.handmade import BOOK, SCENARIO, position, site, turn_of


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


# --- to the letter, from a turn made by hand

US, IRAN, MILITIA, IRAQ = SEATS


def lines(given: dict[str, Any] | None = None, **happened: Any) -> list[str]:
    """What is told of a turn after its orders and before the figures of its state."""
    turn = turn_of(given, **happened)
    told = turn_lines(SCENARIO, turn.orders, turn.outcome, turn.after)
    return [line.removeprefix("  > ") for line in told if line.startswith("  > ")]


def ordered(seat: Seat, *parts: str) -> str:
    return order_line(SCENARIO, turn_of({seat.name: parts}).orders, seat)


def test_orders_to_the_letter() -> None:
    assert ordered(US, "hold") == "hold"
    assert ordered(US, "strike_depots@embassy") == "strike_depots at embassy"
    assert ordered(US, "hold", "appeal") == "hold; appeal"
    assert ordered(IRAN, "hold", "threaten>US:5") == "hold; threaten US at rung 5"
    assert ordered(IRAN, "arm", "condemn>US", "notice>US") == "arm; condemn US; notice > US"
    assert ordered(IRAN, "hold", "strike>MILITIA") == "hold; strike > MILITIA"


def test_fire_to_the_letter() -> None:
    """Every figure that is not nothing; the places' ids; warning; bombs as bombs."""
    counts = (
        "attacks",
        "rounds",
        "hits",
        "us_killed",
        "us_wounded",
        "coalition_killed",
        "iraqi_killed",
    )
    happened = {f"fire_{name}": {Source.MILITIA: k} for k, name in enumerate(counts, 1)}
    figures = (
        "attacks 1, rounds 2, hits 3, us_killed 4, us_wounded 5, coalition_killed 6, iraqi_killed 7"
    )
    at = {"fire_site": {Source.MILITIA: site("embassy")}}
    assert lines(**happened, **at) == [f"fire by militia at embassy: {figures}", "rung 0 (calm)"]
    assert lines(**happened, **at, warned={Source.MILITIA: True}, rung=5) == [
        f"fire by militia at embassy: {figures}, warned",
        "rung 5 (attack that kills)",
    ]
    bombs = lines({"MILITIA": "roadside_bombs"}, **happened, **at)
    assert bombs[0] == f"fire by militia at embassy: {figures.replace('rounds', 'bombs')}"
    for source, name in (
        (Source.SPLINTER, "splinter cell"),
        (Source.THIRD_PARTY, "third party"),
        (Source.IRAN, "Iran"),
    ):
        fired, *_ = lines(
            {"MILITIA": "roadside_bombs"},
            fire_attacks={source: 2},
            fire_rounds={source: 3},
            fire_site={source: site("taji")},
            warned={Source.MILITIA: True},
        )
        assert fired == f"fire by {name} at taji: attacks 2, rounds 3"


@pytest.mark.parametrize("name", ["strike_militia_killed", "strike_rockets"])
def test_a_strike_to_the_letter(name: str) -> None:
    counts = {
        "strike_militia_killed": 0, "strike_rockets": 0, "strike_iraqi_killed": 3,
        "strike_civilians_killed": 4,
    }  # fmt: skip
    assert lines(**counts) == ["rung 0 (calm)"]
    killed, rockets = (int(name == part) for part in ("strike_militia_killed", "strike_rockets"))
    told, _ = lines(**(counts | {name: 1}))
    assert told == (
        f"strike: militia killed {killed}, rockets {rockets}, Iraqi forces killed 3, civilians "
        "killed 4"
    )


@pytest.mark.parametrize(
    ("happened", "line"),
    [
        ({"shirked": True}, "the militia did not follow Tehran's guidance"),
        ({"caught": True}, "Tehran found out"),
        ({"leaked": True}, "Washington's notice leaked to the militia"),
        ({"tip_off_known": True}, "the militia learnt of Baghdad's tip-off"),
        ({"protest": True}, "wave of protest"),
        ({"discredited": True}, "the American justification was discredited"),
        ({"vote_failed": True}, "the vote failed"),
        ({"show_of_force": True}, "armed men at the gates"),
        ({"us_wounded_reported": 1}, "wounded reported: 1"),
        ({"revised": 2}, "wounded added to the reports: 2"),
        ({"detained": 14}, "detained: 14"),
        ({"released": 1}, "released: 1"),
        (
            {"finding": Cause.TEHRAN},
            "Baghdad's finding: the militias on Tehran's order, or Tehran itself",
        ),
        ({"crossed": {(US, IRAN): True}}, "US saw its line crossed by IRAN"),
        ({"answered": {(IRAN, US): True}}, "IRAN answered US"),
        ({"lapsed": {(IRAQ, MILITIA): True}}, "IRAQ let pass MILITIA"),
    ],
)
def test_chance_and_minds_to_the_letter(happened: dict[str, Any], line: str) -> None:
    assert lines(**happened) == [line, "rung 0 (calm)"]


def test_figures_to_the_letter() -> None:
    """Anger and debts of half a hundredth and more; the others are not told."""
    columns = {
        "us_support": 0.5, "us_case": 0.25, "us_protection": 0.125, "iran_network": 1,
        "iran_grip": 0, "mil_rockets": 600, "mil_standing": 0.75, "iraq_authority": 0.33333,
        "iraq_momentum": 0.5, "brink": 0.25,
    }  # fmt: skip
    state = position(**columns).state
    state.anger[:] = state.debt[:] = 0
    turn = turn_of()

    def figures() -> list[str]:
        told = turn_lines(SCENARIO, turn.orders, turn.outcome, state)
        return [line.removeprefix("  = ") for line in told if line.startswith("  = ")][:-1]

    plain = (
        "us_support 0.5, us_case 0.25, us_protection 0.125, iran_network 1, iran_grip 0, "
        "mil_rockets 600, mil_standing 0.75, iraq_authority 0.3333, iraq_momentum 0.5, brink 0.25"
    )
    assert figures() == [plain]
    state.anger[US, IRAN], state.anger[IRAN, US], state.anger[IRAQ, US] = 0.25, 0.006, 0.004
    assert figures() == [plain, "anger: US>IRAN 0.25, IRAN>US 0.006"]
    state.debt[MILITIA, US] = 6
    assert figures()[2:] == ["debt: MILITIA>US 6"]


def test_a_turn_opens_with_its_day() -> None:
    for number, text in enumerate(SCENARIO.turns, 1):
        turn = turn_of(number=number)
        first, *_ = turn_lines(SCENARIO, turn.orders, turn.outcome, turn.after)
        assert first == f"Turn {number}, {text.date.day} {text.date:%B %Y}: {text.title}"


@pytest.mark.parametrize("ending", [ending for ending in Ending if ending])
def test_the_ending_to_the_letter(ending: Ending) -> None:
    state = position().state
    state.ending[:], state.ended_turn[:] = ending, 4
    text = BOOK.endings[ending - 1]
    told, points = ending_lines(SCENARIO, state)
    assert told == f"Ending after turn 4: {text.name}. {text.sentence}"
    own = marks(SCENARIO.setting, state)[:, 0]
    assert points == "Marks: " + ", ".join(f"{seat.name} {own[seat]:.1f}" for seat in SEATS)
