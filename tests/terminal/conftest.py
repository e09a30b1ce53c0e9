"""Runs the door, `main.py`, with typed input, in this process or in one of its own."""

import io
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import pytest

import main

ROOT = Path(main.__file__).parent


class Result(NamedTuple):
    """What a command left behind."""

    status: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that stands for the user's own: its `matches` are where games are kept."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("RESTORING_DETERRENCE_HOME", str(folder))
    monkeypatch.delenv("UV", raising=False)  # which would be told in the commands
    return folder


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command line in this process; `typed` are the lines that somebody types."""

    def go(*arguments: str, typed: Iterable[str] = ()) -> Result:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in typed)))
        try:
            status = main.main(arguments)
        except SystemExit as leaving:  # argparse
            status = int(leaving.code or 0)
        captured = capsys.readouterr()
        return Result(status, captured.out, captured.err)

    return go


@pytest.fixture
def outside() -> Run:
    """Runs a command line in a process of its own."""

    def go(*arguments: str, typed: str = "", cwd: Path = ROOT) -> Result:
        done = subprocess.run(
            [sys.executable, str(ROOT / "main.py"), *arguments],
            input=typed,
            cwd=cwd,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        return Result(done.returncode, done.stdout, done.stderr)

    return go
