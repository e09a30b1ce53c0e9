"""The door itself: what it refuses before it opens a room."""

import ast
import os
import random
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import main
from tests.terminal.conftest import ROOT, Run

posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals and folders")


def test_an_old_python_reads_why_it_cannot(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 8, 18))
    result = run("matches")
    assert (result.status, result.out) == (2, "")
    assert result.err == "The game needs Python 3.11 or newer.\n"


def test_an_old_python_can_read_the_door() -> None:
    """Python 2, too: it reads all of a file before it does any of it."""
    text = Path(main.__file__).read_text(encoding="ascii")
    nodes = list(ast.walk(ast.parse(text)))
    assert {type(node).__name__ for node in nodes} <= ALWAYS_KNOWN
    for node in nodes:
        if isinstance(node, ast.FunctionDef):
            given = node.args
            assert not [*given.kwonlyargs, *given.posonlyargs]
            assert {node.returns, *(argument.annotation for argument in given.args)} == {None}
    first = [node for node in ast.parse(text).body if isinstance(node, ast.Import | ast.ImportFrom)]
    assert [ast.unparse(node) for node in first] == ["import sys"]


ALWAYS_KNOWN = {
    "Module", "Expr", "Constant", "Name", "Load", "Attribute", "Tuple", "Call", "Import", "alias",
    "FunctionDef", "arguments", "arg", "If", "IfExp", "Compare", "Lt", "Eq", "Is", "Return", "Try",
    "ImportFrom", "ExceptHandler", "Subscript", "Slice",
}  # fmt: skip
"""What both the oldest and the newest Python can read."""


def test_an_old_sqlite_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 31, 1))
    monkeypatch.setattr(sqlite3, "sqlite_version", "3.31.1")
    result = run("matches")
    assert result.status == 2
    assert "needs SQLite 3.37 or newer, and this Python has 3.31.1" in result.err


@posix
@pytest.mark.parametrize("command", [[], ["matches"], ["check"], ["host"], ["--help"]])
def test_a_deleted_folder_is_told(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    """Whatever was to be done there, the window included."""
    (tmp_path / "gone").mkdir()
    with monkeypatch.context() as there:
        there.chdir(tmp_path / "gone")
        (tmp_path / "gone").rmdir()
        result = run(*command)
    assert (result.status, result.out) == (2, "")
    assert result.err == (
        "The current folder is not there any more; go to another one and try again.\n"
    )


@posix
def test_ctrl_c_while_it_starts_is_no_traceback() -> None:
    luck = random.Random(3)
    for _ in range(6):
        started = subprocess.Popen(
            [sys.executable, "-c", STARTED, str(ROOT)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert started.stdout is not None
        started.stdout.readline()
        with pytest.raises(subprocess.TimeoutExpired):
            started.wait(luck.uniform(0, 0.25))
        started.send_signal(signal.SIGINT)
        _, told = started.communicate(timeout=60)
        assert "Traceback" not in told
        assert started.returncode in (130, 0)


STARTED = """
import sys
sys.path.insert(0, sys.argv[1])
import main
print("begun", flush=True)
sys.exit(main.main(["simulate", "turn_zero", "--games", "20000"]))
"""


@pytest.mark.parametrize("name", ["CON", "aux.json", "some/folder/Com1.x.json"])
def test_a_device_s_name_is_told_where_there_are_such(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "some" / "folder").mkdir(parents=True)
    command = ["simulate", "turn_zero", "--games", "1", "--json"]
    assert run(*command, name).status == 0
    monkeypatch.setattr("game.door.given.sys", SimpleNamespace(platform="win32"))
    result = run(*command, name)
    assert result.status == 2
    assert f"--json: on Windows, {Path(name).name} is no name for a file" in result.err
    assert run(*command, "nul").status == 0, "that takes whatever is thrown away"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["simulate", "turn_zero", "--us", ""], "--us: an empty text names nothing"),
        (["simulate", ""], "SCENARIO: an empty text names nothing; write a name"),
        (["matches", "--folder", " "], "--folder: an empty text names nothing"),
        (["check", ""], "FILES: an empty text names nothing"),
        (["sweep", "turn_zero", "--us", "all", "", "--out", "x.csv"], "--us: an empty text"),
        (
            ["explore", "turn_zero", "--csv", "F", "--json", "F"],
            "--csv: --json names the same; give each its own file",
        ),
        (["explore", "turn_zero", "--csv", "-", "--json", "-"], "--csv: --json names the same"),
        (["simulate", "a.toml", "--json", "./a.toml", "--replace"], "SCENARIO names the same"),
        (
            ["play", "turn_zero", "--no-save", "--folder", "x"],
            "--no-save keeps nothing: leave it out, or leave out --folder",
        ),
        (["simulate", "turn_zero", "--seed", str(2**64)], "too many digits for a seed"),
        (["simulate", "turn_zero", "--seed", "9" * 5000], "is no seed"),
    ],
)
def test_what_was_mistyped_is_told(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.status == 2
    assert told in result.err
    assert not list(tmp_path.iterdir())


def test_a_seed_of_64_bits_is_taken(run: Run) -> None:
    assert run("simulate", "turn_zero", "--games", "1", "--seed", str(2**64 - 1)).status == 0
