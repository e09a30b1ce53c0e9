"""What debriefs are made of: the timeline, the ledger, beliefs, forecasts and the summary."""

import pytest

from game.report.front import front_page
from game.rules.seats import PAIRS, SEATS, Cause, Rung
from game.views.beliefs import attacks_judged, estimates
from game.views.deterrence import NOTICEABLE, ledger_over_time, lines_standing
from game.views.forecasts import forecasts, scores
from game.views.happenings import HIDDEN, UNSIGNED, happenings, spoken, whispered
from game.views.played import PlayedGame
from game.views.summary import killed_in, parting, summary, the_dead
from game.views.timeline import history, ladder, prelude, timeline
from game.views.uses import uses_of_force
from tests.common import SCENARIOS
from tests.common import scenario as read
from tests.played import course, simulated
from tests.support import still

US, IRAN, MILITIA, IRAQ = SEATS


@pytest.fixture(scope="module", params=SCENARIOS)
def game(request: pytest.FixtureRequest) -> PlayedGame:
    return simulated(request.param, 5)


# --- the timeline


def test_every_turn_is_told_with_its_rung(game: PlayedGame) -> None:
    told = timeline(game)
    assert [turn.turn for turn in told] == [turn.number for turn in game.turns]
    for turn, played in zip(told, game.turns, strict=True):
        assert turn.rung == played.outcome.rung[0]
        assert [h.rung for h in turn.happened] == sorted(h.rung for h in turn.happened)[::-1]
        for text in (*(h.text for h in turn.happened), *turn.said, *turn.whispered):
            assert text[0].isupper(), text
            assert text.endswith("."), text
            assert "{" not in text, text


@pytest.mark.parametrize("name", SCENARIOS)
def test_history_keeps_every_event_of_its_days_once(name: str) -> None:
    scenario = read(name)
    told = [event for turn in history(scenario) for event in turn.events]
    rest = [event for event in scenario.events if event.date > scenario.end]
    assert len(prelude(scenario)) + len(told) + len(rest) == len(scenario.events)
    for number, turn in enumerate(history(scenario), 1):
        assert turn.turn == number
        assert all(event.date >= scenario.turns[number - 1].date for event in turn.events)
        assert turn.rung == max((event.rung for event in turn.events), default=None)


def test_the_ladder_holds_every_turn_once(game: PlayedGame) -> None:
    rows = ladder(game)
    assert [row.rung for row in rows] == list(Rung)[::-1]
    assert sorted(n for row in rows for n in row.turns) == [turn.number for turn in game.turns]


def test_the_public_s_blindness_is_marked() -> None:
    played = course(
        {"MILITIA": "harass@taji", "IRAN": "arm", "US": ("strike_depots", "justify_defence")}
    )
    told = {h.veil: h.text for h in happenings(played.scenario, played.turns[0])}
    assert "militias fired" in told[UNSIGNED]
    assert "Tehran, unseen by the others" in told[HIDDEN]
    assert "American aircraft struck" in told[""]
    assert spoken(played.scenario, played.turns[0]) == [
        "Washington said that force had answered an attack, in self-defence."
    ]
    assert whispered(played.scenario, played.turns[0]) == []


def test_the_dead_of_a_killing_are_told_with_it() -> None:
    played = course({"US": "kill_commander"})
    (first, *_) = happenings(played.scenario, played.turns[0])
    counts = dict(the_dead(played))
    assert counts["Iranians"] > 0
    assert "Iranian" in first.text
    assert killed_in(played, 1) == sum(counts.values())


# --- the ledger


def test_the_ledger_follows_the_states(game: PlayedGame) -> None:
    pairs = ledger_over_time(game)
    assert sorted((p.of, p.at) for p in pairs) == sorted(PAIRS)
    assert [p.movement for p in pairs] == sorted((p.movement for p in pairs), reverse=True)
    for pair in pairs:
        for standing, moment in zip(pair.standings, game.moments, strict=True):
            assert standing.anger == moment.anger[pair.of, pair.at, 0]
            assert 0 <= standing.credible <= 1
            assert 0 <= standing.feared <= game.scenario.setting.rulebook.parameters.dread.most
        for move in pair.moves:
            assert max(abs(part) for part in move.change) >= NOTICEABLE
            assert move.reasons


def test_a_blow_is_the_reason_for_anger_and_an_answer_for_belief() -> None:
    played = course(
        {"IRAN": "missile_strike", "US": ("hold", "threaten>IRAN:5")},
        {"US": "strike_iran"},
        position=still(days=3, us_troops=5000),
    )
    (pair,) = (p for p in ledger_over_time(played) if (p.of, p.at) == (IRAN, US))
    second = next(move for move in pair.moves if move.turn == 2)
    told = "; ".join(second.reasons)
    assert "Washington answered Iran" in told
    assert "Tehran held Washington responsible for an act of rung 8" in told


def test_lines_that_stand_are_listed() -> None:
    played = course({"US": ("hold", "threaten>IRAN:5")})
    assert lines_standing(played.moments[0]) == []
    (line,) = lines_standing(played.final)
    assert line[:3] == (US, IRAN, 5)
    assert line.stake > 0


# --- beliefs


def test_judgements_are_of_turns_with_unsigned_attacks() -> None:
    played = course({}, {"MILITIA": "harass"}, {"IRAN": "missile_strike"})
    (one,) = attacks_judged(played)
    assert (one.turn, one.truth) == (2, Cause.MILITIA)
    assert one.on_truth(MILITIA) == 1, "it knows its own hand"
    for seat in SEATS:
        assert sum(one.suspected[seat].shares) == pytest.approx(1, abs=1e-5)
        assert one.suspected[seat].first == max(Cause, key=lambda c: one.suspected[seat].shares[c])


def test_of_several_attacks_in_a_turn_each_is_told() -> None:
    """Seats judge the gravest; who did the others, and where, is told beside it."""
    played = course({}, {"MILITIA": "harass", "IRAN": "deniable_strike"})
    (one,) = attacks_judged(played)
    places = {int(site) for site in played.turns[1].outcome.fire_site[:, 0] if site >= 0}
    book = played.scenario.setting.rulebook
    assert {fired.site for fired in one.fired} == {book.sites[place].name for place in places}
    assert one.fired[0].cause is one.truth
    assert {fired.cause for fired in one.fired} == {Cause.MILITIA, Cause.TEHRAN}
    told = front_page(played, [], []).fired
    assert any(": also " in line for line in told)


def test_estimates_stand_beside_the_truth(game: PlayedGame) -> None:
    rows = estimates(game)
    assert not [row for row in rows if row.seat is MILITIA and row.column == "mil_rockets"]
    rockets = next(row for row in rows if (row.seat, row.column) == (US, "mil_rockets"))
    assert rockets.truth == tuple(float(moment.mil_rockets[0]) for moment in game.moments)
    assert rockets.taken_for[0] == rockets.truth[0], "the opening is known"
    assert 0 <= rockets.mean_error < 1


# --- forecasts


def test_forecasts_are_scored_by_hand() -> None:
    odds = {1: {(US, MILITIA): 0.8, (US, IRAN): 0.1}, 2: {(US, MILITIA): 0.6}}
    played = course({"MILITIA": "harass"}, {"MILITIA": "hold"}, forecasts=odds)
    assert [(f.turn, f.of, f.came) for f in forecasts(played)] == [
        (1, IRAN, False),
        (1, MILITIA, True),
        (2, MILITIA, False),
    ]
    (score,) = scores(played)
    assert score.seat is US
    assert score.brier == pytest.approx((0.1**2 + 0.2**2 + 0.6**2) / 3, abs=1e-6)
    assert score.base == pytest.approx((0 + 0.25 + 0.25) / 3, abs=1e-6)
    assert score.skill == pytest.approx(1 - score.brier / score.base)


def test_without_forecasts_there_is_no_score() -> None:
    assert scores(course({"MILITIA": "harass"})) == []


def test_a_perfect_base_rate_has_no_skill_to_beat() -> None:
    odds = {1: {(US, MILITIA): 1.0}}
    (score,) = scores(course({"MILITIA": "harass"}, forecasts=odds))
    assert (score.brier, score.base, score.skill) == (0, 0, None)


# --- uses of force, and the summary


def test_every_use_of_force_is_found_signed_or_not() -> None:
    played = course({"US": "cyber", "MILITIA": "harass@taji"}, {"IRAQ": "arrest"}, {"US": "harden"})
    uses = uses_of_force(played)
    assert [(u.turn, u.seat, u.signed) for u in uses] == [
        (1, US, False),
        (1, MILITIA, False),
        (2, IRAQ, True),
    ]
    assert uses[1].at == "Camp Taji"
    assert not any(use.claimed for use in uses)
    claimed = course({"MILITIA": ("harass@taji", "claim"), "US": "cyber"}, {"MILITIA": "harass"})
    assert [u.claimed for u in uses_of_force(claimed) if not u.signed] == [False, True, False]
    assert uses[1].sentence.startswith("The militias: ")


def test_the_summary_tells_the_end_the_dead_and_history(game: PlayedGame) -> None:
    text = " ".join(summary(game))
    assert game.scenario.setting.rulebook.endings[game.ending - 1].sentence in text
    for who, count in the_dead(game):
        assert count >= 0, who
    assert "In history the same days reached rung" in text
    assert 60 < len(text.split()) < 400, "half a page"
    assert "  " not in text


def test_a_game_that_is_still_on_says_so() -> None:
    text = summary(course({"US": "hold"}))
    assert "It is not over" in text[0]
    assert "nobody was killed" in text[0]
    assert "Nobody ordered any use of force" in text[1]


def test_nothing_comes_after_a_height_that_was_never_reached() -> None:
    text = " ".join(summary(course({}, {}, {})))
    assert "Nobody ordered any use of force." in text
    assert "after that the worst" not in text


def test_games_part_where_their_orders_do() -> None:
    one = course({"US": "hold"}, {"US": "harden"}, {})
    other = course({"US": "hold"}, {"US": "reinforce"})
    assert parting(one, other) == 2
    assert parting(one, one) is None
