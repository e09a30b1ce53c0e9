"""A match that is not over keeps its secrets, whatever way round somebody takes to them."""

from pathlib import Path

import pytest

from game.futures.cast import cast
from game.session.forking import copy, fork
from game.session.home import matches_folder
from game.session.live import live_luck, live_origin
from game.session.match import Match
from game.session.reading import read
from tests.session.common import begin, play


def forked(source: Path, target: Path, turn: int = 1) -> Path:
    fork(source, turn, target)
    return target


def test_a_fork_knows_the_match_that_it_came_from(tmp_path: Path) -> None:
    match = play(begin(tmp_path), 1)
    match.close()
    son = forked(match.path, tmp_path / "son.match", 2)
    grandson = forked(son, tmp_path / "grandson.match")
    assert live_origin(son, read(son)) == match.path
    assert live_origin(grandson, read(grandson)) == son
    assert live_origin(match.path, read(match.path)) is None, "it is no fork"


def test_the_fork_of_a_fork_is_of_the_first(tmp_path: Path) -> None:
    match = begin(tmp_path)
    match.close()
    son = forked(match.path, tmp_path / "son.match")
    play(Match.open(son, cast)).close()
    grandson = forked(son, tmp_path / "grandson.match")
    assert live_origin(grandson, read(grandson)) == match.path


def test_nothing_is_hidden_when_it_is_over_or_elsewhere(tmp_path: Path) -> None:
    match = play(begin(tmp_path))
    match.close()
    son = forked(match.path, tmp_path / "son.match")
    assert live_origin(son, read(son)) is None
    other = begin(tmp_path, name="b.match")
    other.close()
    (tmp_path / "away").mkdir()
    far = forked(other.path, tmp_path / "away" / "far.match")
    assert live_origin(far, read(far)) is None


def test_where_a_match_between_is_gone_the_luck_tells(tmp_path: Path) -> None:
    match = begin(tmp_path)
    son = forked(match.path, tmp_path / "son.match")
    grandson = forked(son, tmp_path / "grandson.match")
    son.unlink()
    assert live_origin(grandson, read(grandson)) == match.path
    play(match).close()
    assert live_origin(grandson, read(grandson)) is None


def test_a_copy_knows_the_match_that_goes_on(tmp_path: Path) -> None:
    match = begin(tmp_path)
    copy(match.path, tmp_path / "copy.match")
    played = play(Match.open(tmp_path / "copy.match", cast))
    played.close()
    assert live_origin(played.path, read(played.path)) == match.path
    match.close()


def test_a_ring_of_forks_ends(tmp_path: Path) -> None:
    match = play(begin(tmp_path))
    match.close()
    record = read(match.path)
    record.game = record.game.model_copy(
        update={"parent": record.game.id, "parent_file": "a.match", "parent_turn": 1}
    )
    assert live_origin(match.path, record) is None


def test_the_luck_of_a_live_match_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESTORING_DETERRENCE_HOME", str(tmp_path))
    matches_folder().mkdir()
    match = begin(matches_folder(), seed=9)
    assert live_luck("turn_zero", 9, 0) == match.path
    assert live_luck("turn_zero", 8, 0) is None
    assert live_luck("turn_zero", 9, 1) is None
    assert live_luck("the_article", 9, 0) is None
    play(match)
    assert live_luck("turn_zero", 9, 0) is None
    match.close()
