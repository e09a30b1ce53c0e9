"""What is not over is not told by a way round; what cannot be kept is said before the work."""

from pathlib import Path

import pytest

from game.futures.cast import cast
from game.session.match import Match
from game.terminal import validate
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
        assert "this is a fork of live.match, which is not over" in folded(refused.err)
    assert run("replay", fork.name, "--spoil", "--text").status == 0


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


def test_what_cannot_be_adopted_is_told_before_it_is_measured(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(validate, "VALIDATION", Path("/dev/null/validation.json"))
    monkeypatch.setattr(validate, "validate", lambda *_: pytest.fail("it was measured"))
    result = run("validate", "--adopt")
    assert result.status == 2
    assert "--adopt writes into the game's own folder" in folded(result.err)
    assert "leave --adopt out" in folded(result.err)
