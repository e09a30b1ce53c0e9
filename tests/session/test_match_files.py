"""Files of matches under other names and put aside: never while somebody plays, never lost."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from game.session.errors import HeldError, NotAMatchError, WriteError
from game.session.match import Match
from game.session.match_files import (
    ASIDE,
    LONGEST,
    given_name,
    objection,
    put_aside,
    put_back,
    rename,
)
from game.session.places import matches, new_path, summary
from tests.session.common import begin, play

HOLD = """
import sys
from pathlib import Path
from game.futures.cast import cast
from game.session.match import Match
match = Match.open(Path(sys.argv[1]), cast)
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A match of which one turn has been played."""
    match = play(begin(tmp_path), 1)
    match.close()
    return match.path


def test_a_match_under_another_name_is_the_same(path: Path) -> None:
    before = path.read_bytes()
    there = rename(path, "  Tuesday, group 2 ")
    assert there == path.with_name("Tuesday, group 2.match")
    assert there.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == [there.name]
    assert given_name(there) == "Tuesday, group 2"
    assert given_name(new_path(path.parent, "turn_zero", 5)) == ""
    assert rename(there, given_name(there)) == there
    assert objection(there, "ä" * LONGEST) == ""


def test_what_lies_beside_a_match_goes_with_it(path: Path) -> None:
    """The log of a file that cannot be read: nobody has worked it in."""
    path.write_bytes(b"hello")
    path.with_name(f"{path.name}-wal").write_bytes(b"what was left")
    there = rename(path, "b")
    assert {p.name for p in path.parent.iterdir()} == {there.name, f"{there.name}-wal"}


@pytest.mark.parametrize(
    ("name", "why"),
    [
        (" ", "needs a name"),
        ("a/b", 'cannot hold "/"'),
        ("..", "on every computer"),
        ("nul", "on every computer"),
        ("ä" * (LONGEST + 1), "too long"),
        ("\N{FAMILY}" * 60, "too long"),
        ("taken", "already"),
    ],
)
def test_a_name_that_cannot_be_is_refused(path: Path, name: str, why: str) -> None:
    path.with_name("taken.match").write_bytes(b"")
    assert why in objection(path, name)
    with pytest.raises(WriteError, match="choose another"):
        rename(path, name)
    assert path.exists()


def test_what_is_put_aside_comes_back(path: Path) -> None:
    before = path.read_bytes()
    aside = put_aside(path)
    assert aside.parent == path.parent / ASIDE
    assert matches(path.parent) == ([], [])
    path.write_bytes(before)
    second = put_aside(path)
    assert second != aside
    assert put_back(aside, path) == path
    assert put_back(second, path) != path
    assert path.read_bytes() == before
    assert len(matches(path.parent)[0]) == 2


def test_what_somebody_plays_is_left_alone(path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        for change in (put_aside, lambda held: rename(held, "other")):
            with pytest.raises(HeldError, match="close it there first"):
                change(path)
        other.kill()
    assert summary(path).played == 1
    assert put_aside(path).exists()


def test_what_this_program_plays_is_left_alone(path: Path) -> None:
    from game.futures.cast import cast  # noqa: PLC0415

    match = Match.open(path, cast)
    with pytest.raises(HeldError, match="close it there first"):
        put_aside(path)
    play(match, 1)
    match.close()
    assert summary(path).played == 2
    with pytest.raises(NotAMatchError, match="no such file"):
        put_aside(path.with_name("gone.match"))


def test_what_cannot_be_read_can_be_put_aside(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])
    content = path.read_bytes()
    assert put_aside(path).read_bytes() == content
