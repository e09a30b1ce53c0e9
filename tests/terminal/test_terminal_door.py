"""The door itself: what it refuses before it opens a room."""

import ast
import os
import random
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

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
    tree = ast.parse(Path(main.__file__).read_text(encoding="utf-8"), feature_version=(3, 4))
    assert not any(isinstance(node, ast.NamedExpr | ast.JoinedStr) for node in ast.walk(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            given = [argument.annotation for argument in node.args.args] + [node.returns]
            assert not any(isinstance(kind, ast.Subscript | ast.BinOp) for kind in given)
    first = {n.module if isinstance(n, ast.ImportFrom) else n.names[0].name for n in tree.body
             if isinstance(n, ast.Import | ast.ImportFrom)}  # fmt: skip
    assert first == {"argparse", "sys", "collections.abc"}


def test_an_old_sqlite_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 31, 1))
    monkeypatch.setattr(sqlite3, "sqlite_version", "3.31.1")
    result = run("matches")
    assert result.status == 2
    assert "needs SQLite 3.37 or newer, and this Python has 3.31.1" in result.err


@posix
def test_a_deleted_folder_is_told(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    script = f'cd "{gone}" && rmdir "{gone}" && "{sys.executable}" "{main.__file__}" matches'
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == (
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


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["simulate", "turn_zero", "--us", ""], "--us: an empty text names nothing"),
        (["simulate", ""], "SCENARIO: an empty text names nothing"),
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
