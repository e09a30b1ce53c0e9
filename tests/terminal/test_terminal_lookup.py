"""What a player looks up in the middle of a game, and what stands at its end."""

import re

import pytest

from game.content.load import load_rulebook, load_scenario
from game.rules.seats import SEATS
from game.terminal.console import open_console
from game.terminal.debrief import history_page

PLAY = ["play", "turn_zero", "--seat", "US", "--seed", "3", "--text", "--no-save"]
TURN = ["", "hold", "", "", "", ""]


def one_line(text):
    return " ".join(text.split())


def asked(run, *typed):
    return one_line(run(*PLAY, typed=["", "", *typed]).out)


def test_a_match_tells_its_own_marks(run):
    out = asked(run, "? attacks kept few", "? us.deterrence")
    own = next(m for m in load_scenario("turn_zero").setting.rulebook.marks if m.id == "deterrence")
    usual = next(m for m in load_rulebook().marks if m.id == "deterrence")
    assert own.worst != usual.worst
    span = f"at {own.best:g} attacks expected, none at {own.worst:g} attacks expected"
    assert out.count(f"all of its points {span}") == 2
    assert out.count(f"unless an agenda says otherwise: {own.points:g}") == 2
    assert f"all {span}" in out.split("Go on?")[1]  # the role sheet


@pytest.mark.parametrize("typed", ["7", "rung 7", "strike on leaders"])
def test_a_rung_opens_the_ladder_there(run, typed):
    out = asked(run, f"? {typed}")
    assert "== The ladder: rung 7, strike on leaders ==" in out
    assert "7. Strike on leaders. (this one)" in out


def test_a_number_of_a_list_that_is_shown_means_the_list(run):
    assert "== The ladder" not in asked(run, "", "? 7")


def test_l_lists_the_deeds_at_the_first_question(run):
    out = asked(run, "l", "hold")
    assert "1. Strike depots" in out.split("Your orders: Enter")[1].split("Your action?")[0]


def test_there_is_no_news_before_the_first_turn(run):
    assert "[Enter] n No news yet. Your orders" in asked(run, "n")


def test_inside_the_game_no_command_is_told_for_an_unknown_page(run):
    out = run(*PLAY, typed=["", "", "? xyzzyq"]).out
    told = out.split("? xyzzyq")[1].split("Your orders")[0]
    assert 'The rulebook has no page "xyzzyq"' in told
    assert "main.py" not in told


def test_the_kinds_of_pages_are_listed(run):
    out = run("rules", "lens", "--text").out
    for name in ("balanced", "deterrence", "proxy", "resolve", "spiral"):
        assert name in out
    assert "strike_depots" in run("rules", "actions").out.replace("us.", "")


def test_no_group_of_deeds_is_empty(run):
    out = run("rules", "--text").out
    assert not re.search(r"\n(?:Force|Posture|Politics|Economy):\n\n(?:\w|=)", out)


def test_an_answer_in_place_of_enter_is_kept_for_the_next_question(run):
    out = run(*PLAY, typed=["", "harden", "", "", "", "", "q", "y"]).out
    assert "Harden the bases" in out.split("Your orders:\n")[1].split("Commit?")[0]


def test_no_heading_has_two_stops(run):
    out = run(*PLAY, typed=["", "", "", "hold", "threaten", "q", "y"]).out
    assert "whom do you mean?\n" in out
    assert "?:" not in out


def test_the_end_tells_the_game_and_history_apart(run):
    out = run(*PLAY, typed=["", "", *TURN * 3, "", ""]).out  # Enter is yes in the practice game
    game, history = out.split("See all that happened in this game")[1].split("See what really")
    assert "The turn reached rung" in game
    assert "Five rockets landed inside the base of Ain al-Asad" not in game
    assert "3 December 2019: Five rockets landed inside the base of Ain al-Asad." in history
    assert "Where this is known from" in history
    assert "http" in history


def test_contested_events_are_marked(capsys):
    scenario = load_scenario("the_article")
    history_page(open_console(plain=True), scenario)
    told = one_line(capsys.readouterr().out)
    within = [e for e in scenario.events if scenario.turns[0].date <= e.date <= scenario.end]
    assert told.count("(contested)") == sum(event.contested for event in within) > 0
    for event in within:
        assert one_line(event.text) in told
    assert "Contested: accounts differ" in told


@pytest.mark.parametrize("seat", SEATS)
def test_ones_own_hold_is_told_alike(run, seat):
    out = run(
        "play", "turn_zero", "--seat", seat.name, "--seed", "3", "--text", "--no-save",
        typed=["", "", *TURN, *TURN],
    ).out  # fmt: skip
    assert "- You held" in out
    assert "your action, “Hold”" not in out
