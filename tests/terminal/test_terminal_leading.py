"""A game that a teacher leads at one keyboard: without the PIN nothing of the leader's hand."""

from pathlib import Path

import pytest

from game.session.match import Match, Status
from game.session.match_files import rename
from game.session.pin import has_pin, is_pin, pin_path, set_pin
from game.session.places import matches_folder
from game.session.view import MatchView

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
    assert "2468" not in pin_path(match_file()).read_text(encoding="utf-8")


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


def test_a_pin_goes_with_its_match(tmp_path: Path, run) -> None:
    run("play", "turn_zero", "--seat", "US", "--text", typed=["", "", "q", "y"])
    set_pin(match_file(), "abcd")
    moved = rename(match_file(), "ours")
    assert has_pin(moved)
    assert is_pin(moved, "abcd")
    assert not is_pin(moved, "abce")
    assert not is_pin(tmp_path / "nothing.match", "abcd")


def test_a_pin_needs_a_file(run) -> None:
    result = run(*PLAY, "--seat", "US", "--no-save")
    assert result.status == 2
    assert "--pin needs a game that is kept" in result.err


@pytest.mark.parametrize("pin", ["", "123"])
def test_a_pin_has_four_signs(run, pin: str) -> None:
    result = run(*PLAY, "--seat", "US", typed=[pin, "2468", "", "", "q", "y"])
    assert "4 signs at the least" in result.out
    assert has_pin(match_file())
