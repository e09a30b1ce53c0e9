"""What is not over is not told by a way round; what cannot be kept is said before the work."""

from pathlib import Path

import pytest

from game.futures.cast import cast
from game.session.match import Match
from tests.session.common import begin, play
from tests.terminal.conftest import Run


def folded(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture
def live(home: Path) -> Path:
    """A match of the user's own in its second turn."""
    (home / "matches").mkdir()
    match = play(begin(home / "matches", {}, name="live.match", seed=6), 1)
    match.close()
    return home / "matches" / "live.match"


def test_a_live_match_is_forked_only_by_who_may_know(run: Run, live: Path) -> None:
    refused = run("fork", "live.match", "--turn", "1")
    assert refused.status == 2
    assert "this match is not over, and a fork tells what its seats cannot know" in folded(
        refused.err
    )
    assert [path.name for path in live.parent.iterdir()] == ["live.match"]
    assert run("fork", "live.match", "--turn", "1", "--spoil").status == 0


def test_a_fork_of_a_live_match_is_guarded_as_that_is(run: Run, live: Path, tmp_path: Path) -> None:
    run("fork", "live.match", "--turn", "1", "--spoil")
    (fork,) = (path for path in live.parent.glob("*.match") if path != live)
    match = play(Match.open(fork, cast))
    match.close()
    for command in (
        ["replay", fork.name],
        ["export", fork.name, "--csv", str(tmp_path / "csv")],
        ["report", fork.name, "-o", str(tmp_path / "a.html")],
    ):
        refused = run(*command)
        assert refused.status == 2
        assert "this game has the luck of live.match, which is not over" in folded(refused.err)
    assert run("replay", fork.name, "--spoil", "--text").status == 0


def test_a_fork_of_a_live_match_lies_where_that_is_found(
    run: Run, live: Path, tmp_path: Path
) -> None:
    """The user's own folder is looked at from everywhere, no other one."""
    away = tmp_path / "away"
    assert run("fork", "live.match", "--turn", "1", "--spoil", "--folder", str(away)).status == 0
    (fork,) = away.glob("*.match")
    play(Match.open(fork, cast)).close()
    assert "luck of live.match, which is not over" in folded(run("replay", str(fork)).err)
    fork.unlink()
    far = live.rename(away / "far.match")
    refused = run("fork", str(far), "--turn", "1", "--spoil", "--folder", str(tmp_path / "b"))
    assert refused.status == 2
    assert "its fork keeps its secrets only beside it; leave --folder out" in folded(refused.err)
    assert not (tmp_path / "b").exists()
    assert run("fork", str(far), "--turn", "1", "--spoil").status == 0
    (fork,) = (path for path in away.glob("*.match") if path != far)
    play(Match.open(fork, cast)).close()
    refused = run("fork", str(fork), "--turn", "1", "--spoil", "--folder", str(tmp_path / "b"))
    assert "far.match is not over" in folded(refused.err), "so with the fork of a fork"


def test_a_copy_of_a_live_match_is_guarded_as_that_is(run: Run, live: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.match"
    assert run("export", "live.match", "--match", str(copy)).status == 0
    play(Match.open(copy, cast)).close()
    refused = run("replay", str(copy))
    assert refused.status == 2
    assert "this game has the luck of live.match, which is not over" in folded(refused.err)


def test_the_luck_of_a_live_match_is_not_told(run: Run, live: Path, tmp_path: Path) -> None:
    game = ["--game", "0", "--seed", "6"]
    for command in (
        ["replay", "turn_zero", *game],
        ["report", "turn_zero", *game, "-o", str(tmp_path / "a.html")],
    ):
        refused = run(*command)
        assert refused.status == 2
        assert "live.match: this match is not over, and has the same luck" in folded(refused.err)
    assert run("replay", "turn_zero", *game, "--spoil", "--text").status == 0
    assert run("replay", "turn_zero", "--game", "0", "--seed", "7", "--text").status == 0


@pytest.mark.parametrize(
    ("command", "place", "measures"),
    [
        (["validate"], "validate.VALIDATION", "validate.validate"),
        (["calibrate"], "calibrate.CALIBRATION", "calibrate.calibrate"),
        (["recovery"], "recovery.RECOVERY", "recovery.measured"),
        (["sensitivity"], "sensitivity.SENSITIVITY", "sensitivity.sensitivity"),
        (["depth", "turn_zero"], "depth.place", "depth.measured"),
    ],
)
def test_what_cannot_be_adopted_is_told_before_it_is_measured(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: list[str], place: str,
    measures: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    nowhere = Path("/dev/null/kept.json")
    monkeypatch.setattr(
        f"game.terminal.{place}", (lambda _: nowhere) if place == "depth.place" else nowhere
    )
    monkeypatch.setattr(f"game.terminal.{measures}", lambda *_, **__: pytest.fail("measured"))
    result = run(*command, "--adopt")
    assert result.status == 2
    assert "--adopt writes into the game's own folder" in folded(result.err)
    assert "leave --adopt out" in folded(result.err)
    assert not list(tmp_path.iterdir())
