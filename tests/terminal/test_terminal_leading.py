"""A game that a teacher leads at one keyboard: without the PIN nothing of the leader's hand."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from game.rules.seats import Seat
from game.session.home import matches_folder
from game.session.match import Match, Status
from game.session.match_files import rename
from game.session.view import MatchView

US, IRAN = Seat.US, Seat.IRAN
PLAY = ["play", "turn_zero", "--seed", "3", "--pin"]
BEGIN = ["2468", "", ""]
"""The PIN, and two times Enter to the first question of a game of one seat."""
TURN = ["", "hold", "", "", "", ""]


def match_file() -> Path:
    return next(matches_folder().glob("*.match"))


def lead(what: str, *answers: str, pin: str = "2468") -> list[str]:
    return ["t", pin, what, *answers]


def test_the_hand_is_behind_the_pin(run) -> None:
    result = run(*PLAY, "--seat", "US", typed=[*BEGIN, *lead("news", "1", pin="0000"), "", "", "q"])
    assert "That is not the PIN." in result.out
    assert MatchView.read(match_file()).match_state.injects == []
    assert MatchView.read(match_file()).is_pin("2468")
    assert b"2468" not in match_file().read_bytes(), "only a digest is kept"


def test_what_the_leader_does_is_in_the_match(run) -> None:
    in_again = ["", "one"]
    typed = ["2468", "", *in_again]
    for answers in (
        ("news", "1"),
        ("own", "A storm", "Sand over Anbar."),
        ("set", "us_troops", "6000", "to see what it does"),
        ("minutes", "5"),
    ):
        typed += [*lead(*answers), *in_again]
    typed += [*lead("computer", "IRAQ"), "", "q", "y"]
    result = run(*PLAY, "--seat", "US", "--seat", "IRAQ", typed=typed)
    match = MatchView.read(match_file())
    assert [inject.title for inject in match.match_state.injects][1:] == ["A storm"], result.out
    assert float(match.state.us_troops[0]) == 6000
    assert match.match_state.limit == 300
    assert [seat.name for seat in match.people] == ["US"]


def test_a_pause_is_lifted_by_the_pin_alone(run) -> None:
    run(*PLAY, "--seat", "US", typed=[*BEGIN, *lead("pause"), "1111", "1112", "1113"])
    assert MatchView.read(match_file()).status is Status.PAUSED
    again = run("resume", str(match_file()), "--text", typed=["1111", "nothing", ""])
    assert "Paused" in again.out
    assert MatchView.read(match_file()).status is Status.PAUSED, "resuming lifts nothing"
    run("resume", str(match_file()), "--text", typed=["2468", "", "", "q", "y"])
    assert MatchView.read(match_file()).status is Status.WAITING


def test_without_a_pin_a_pause_is_not_lifted_silently(run) -> None:
    run("play", "turn_zero", "--seat", "US", "--text", typed=["", "", "q", "y"])
    from game.futures.cast import cast  # noqa: PLC0415

    match = Match.open(match_file(), cast)
    match.pause()
    match.close()
    told = run("resume", str(match_file()), "--text", typed=["no"])
    assert "paused by whoever led it" in told.out
    assert MatchView.read(match_file()).status is Status.PAUSED
    run("resume", str(match_file()), "--text", typed=["yes", "", "q", "y"])
    assert MatchView.read(match_file()).status is Status.WAITING


def test_the_staff_estimate_is_off_until_the_leader_allows_it(run) -> None:
    typed = [*BEGIN, "", "e", *lead("estimate"), "", "", "e", "q", "y"]
    result = run(*PLAY, "--seat", "US", typed=typed)
    assert result.out.count("switched the staff estimate off") == 1
    assert "The staff estimate is allowed" in result.out


def test_a_seat_is_let_in_by_its_own_passcode(run) -> None:
    typed = ["2468", "", "", "red", "", *TURN, "", "blue", "", *TURN, "", "no", "nope", "never"]
    result = run(*PLAY, "--seat", "US", "--seat", "IRAN", typed=typed)
    assert "choose a passcode" in result.out
    assert result.out.count("your passcode?") == 3
    assert len(MatchView.read(match_file()).played) == 1


def test_the_passcodes_are_in_the_match(run) -> None:
    run(*PLAY, "--seat", "US", "--seat", "IRAN", typed=["2468", "", "", "red", "", *TURN, "", "q"])
    match = MatchView.read(match_file())
    assert match.has_passcode(US)
    assert not match.has_passcode(IRAN)
    assert match.lets_in(US, "red")
    assert match.lets_in(US, "2468"), "the PIN opens every seat"
    assert not match.lets_in(US, "blue")
    assert b"red" not in sealed(match_file())
    again = run("resume", str(match_file()), "--text", typed=["", "", "blue", "", "q", "y"])
    assert "Iran: choose a passcode" in again.out


def sealed(path) -> bytes:
    """What the table of locks holds."""
    with closing(sqlite3.connect(path)) as connection:
        return repr(connection.execute("SELECT seat, digest FROM lock").fetchall()).encode()


def test_a_passcode_cannot_be_left_out(run) -> None:
    typed = ["2468", "", "", "", "red", "", "q", "y"]
    result = run(*PLAY, "--seat", "US", "--seat", "IRAN", typed=typed)
    assert "A passcode is needed" in result.out
    assert MatchView.read(match_file()).lets_in(US, "red")


def test_a_pin_goes_with_its_match(run) -> None:
    run(*PLAY, "--seat", "US", typed=[*BEGIN, "q", "y"])
    moved = rename(match_file(), "ours")
    assert MatchView.read(moved).is_pin("2468")
    assert not MatchView.read(moved).is_pin("2469")


def test_a_game_that_nobody_keeps_is_led_too(run) -> None:
    typed = [*BEGIN, *lead("own", "A storm", "Sand over Anbar."), "", "", "n", "q", "y"]
    result = run(*PLAY, "--seat", "US", "--no-save", typed=typed)
    assert result.status == 0
    assert "A storm" in result.out


def test_whoever_begins_may_lead_from_the_first_turn(run) -> None:
    typed = ["", "", "t", "yes", "2468", "", "", "q", "y"]
    run("play", "turn_zero", "--seat", "US", "--text", typed=typed)
    assert MatchView.read(match_file()).is_pin("2468")


def test_nobody_takes_the_lead_of_a_game_under_way(run) -> None:
    typed = ["", "", *TURN, "t", "q", "y"]
    result = run("play", "turn_zero", "--seat", "US", "--text", typed=typed)
    assert "it is under way" in result.out
    assert not MatchView.read(match_file()).is_led


def test_a_player_alone_takes_no_turn_back_where_somebody_leads(run) -> None:
    result = run(*PLAY, "--seat", "US", typed=[*BEGIN, *TURN, "u", "q", "y"])
    assert "Whoever leads this game takes turns back" in result.out
    assert len(MatchView.read(match_file()).played) == 1


def test_the_leader_takes_a_turn_back_forks_calls_time_and_ends(run) -> None:
    again = ["", ""]
    typed = [*BEGIN, *TURN, *lead("undo"), *again, *TURN]
    typed += [*lead("fork", "1"), *again, *lead("more", "2"), *again, *lead("time"), *lead("end")]
    result = run(*PLAY, "--seat", "US", typed=typed)
    forked = next(p for p in matches_folder().glob("*.match") if "_2.match" in p.name)
    first = MatchView.read(match_file_of(forked))
    assert [type(event).__name__ for event in first.record.events].count("Undone") == 1
    assert "Held for want of orders: United States" in result.out
    assert first.ended_early == "ended by the teacher"
    assert MatchView.read(forked).is_pin("2468")
    assert not MatchView.read(forked).played


def match_file_of(fork):
    return next(p for p in matches_folder().glob("*.match") if p != fork)


@pytest.mark.parametrize("pin", ["", "123"])
def test_a_pin_has_four_signs(run, pin: str) -> None:
    result = run(*PLAY, "--seat", "US", typed=[pin, "2468", "", "", "q", "y"])
    assert "A PIN has from 4 to 100 signs." in result.out
    assert MatchView.read(match_file()).is_led
