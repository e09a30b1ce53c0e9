"""What was said, held against what was done."""

import pytest

from game.rules.seats import SEATS, Seat
from game.views.played import PlayedGame
from game.views.signals import Signal, Verdict, signals, tallies
from tests.played import course, simulated
from tests.support import still

US, IRAN, MILITIA, IRAQ = SEATS


def of(game: PlayedGame, seat: Seat, kind: str) -> list[tuple[int, Verdict]]:
    return [(s.turn, s.verdict) for s in signals(game) if s.seat is seat and s.kind == kind]


THREAT = {"US": ("hold", "threaten>IRAN:5")}
MISSILES = {"IRAN": "missile_strike"}


def test_a_threat_that_is_answered_is_kept() -> None:
    played = course(THREAT, MISSILES, {"US": "strike_iran"})
    assert of(played, US, "threat") == [(1, Verdict.KEPT)]


def test_a_threat_that_is_let_pass_is_not() -> None:
    played = course(THREAT, MISSILES, {}, {}, position=still(days=7))
    assert of(played, US, "threat") == [(1, Verdict.BROKEN)]
    (signal,) = (s for s in signals(played) if s.kind == "threat")
    assert signal.did.startswith("crossed in turn 2, let pass by turn ")


def test_a_threat_that_nobody_crosses_is_never_tested() -> None:
    assert of(course(THREAT, {}, {}), US, "threat") == [(1, Verdict.UNTESTED)]


def test_a_threat_that_is_drawn_anew_gives_way_to_the_new_one() -> None:
    played = course(THREAT, THREAT, MISSILES, {"US": "strike_iran"})
    assert of(played, US, "threat") == [(1, Verdict.UNTESTED), (2, Verdict.KEPT)]


def test_a_crossing_of_the_last_turn_is_open() -> None:
    assert of(course(THREAT, MISSILES), US, "threat") == [(1, Verdict.OPEN)]


def test_a_line_from_before_the_game_counts_as_said() -> None:
    position = still(days=3, line={"US>IRAN": 5})
    played = course(MISSILES, {"US": "strike_iran"}, position=position)
    assert of(played, US, "line") == [(0, Verdict.KEPT)]


@pytest.mark.parametrize(
    ("deed", "verdict"), [("missile_strike", Verdict.KEPT), ("hold", Verdict.BROKEN)]
)
def test_notice_is_held_against_the_deed(deed: str, verdict: Verdict) -> None:
    played = course({"IRAN": (deed, "notice>IRAQ")})
    (signal,) = (s for s in signals(played) if s.kind == "notice")
    assert (signal.verdict, signal.private) == (verdict, True)


@pytest.mark.parametrize(
    ("then", "verdict"), [("strike_iran", Verdict.BROKEN), ("hold", Verdict.KEPT)]
)
def test_an_assurance_is_broken_by_force_soon_after(then: str, verdict: Verdict) -> None:
    played = course({"US": ("hold", "reassure>IRAN")}, {"US": then})
    assert of(played, US, "assurance") == [(1, verdict)]


def test_a_denial_of_one_s_own_attack_is_not_true() -> None:
    played = course({"MILITIA": ("harass", "deny"), "IRAN": ("hold", "deny")})
    assert of(played, MILITIA, "denial") == [(1, Verdict.FALSE)]
    assert of(played, IRAN, "denial") == [(1, Verdict.TRUE)]


def test_claims_and_accusations_are_held_against_the_truth() -> None:
    played = course({"MILITIA": ("harass", "claim"), "US": ("hold", "accuse>IRAN")})
    assert of(played, MILITIA, "claim") == [(1, Verdict.TRUE)]
    assert of(played, US, "accusation") == [(1, Verdict.FALSE)]


def test_a_justification_stands_until_it_is_found_out() -> None:
    doubted = still(days=60, rules={"words.proof_scale": 0})
    turns = ({"US": ("strike_depots", "justify_imminent")}, *[{}] * 3)
    played = course(*turns, position=doubted)
    out = [turn.number for turn in played.turns if turn.outcome.discredited[0]]
    expected = Verdict.FALSE if out else Verdict.UNTESTED
    assert of(played, US, "justification") == [(1, expected)]
    assert out, "sixty days a turn without any proof"


def test_signals_are_counted_by_seat_and_kind() -> None:
    found = signals(simulated("the_article", 3, 5))
    assert found == sorted(found, key=lambda s: (s.seat, s.turn))
    counted = tallies(found)
    assert sum(sum(t.counts.values()) for t in counted) == len(found)
    assert len({(t.seat, t.kind) for t in counted}) == len(counted)


def test_nothing_said_is_nothing_told() -> None:
    nothing: list[Signal] = []
    assert signals(course({}, {"MILITIA": "harass"})) == nothing
    assert tallies(nothing) == []
