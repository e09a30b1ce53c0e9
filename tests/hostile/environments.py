"""Surroundings that a program is started in: variables, folders, limits, closed doors."""

import os
import random
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import main

from .matches import over
from .trial import Answer, Failure, Trial, judge

VARIABLES: dict[str, tuple[str | None, ...]] = {
    "LC_ALL": ("C", "POSIX", "C.UTF-8", "xx_YY", "tr_TR.UTF-8", ""),
    "PYTHONIOENCODING": ("ascii", "latin-1", "utf-8", "cp1252", "cp437", None),
    "PYTHONUTF8": ("0", "1", None),
    "HOME": (None, "", "/nonexistent", "~nosuchuser", "/dev/null", "relative"),
    "RESTORING_DETERRENCE_HOME": (
        "", "~nosuchuser/x", "/dev/null", "/proc", "/nonexistent/x", "FOLDER", "FOLDER/a\x1b[2J",
        "x" * 300, "relative",
    ),
    "XDG_DATA_HOME": ("", "relative", "/dev/null", None),
    "XDG_CONFIG_HOME": ("", "relative", "/dev/null", None),
    "TMPDIR": ("/nonexistent", "/dev/null", "FOLDER", None),
    "COLUMNS": ("0", "1", "-5", "999999", "abc", None),
    "LINES": ("0", "1", "abc", None),
    "TERM": ("dumb", "", "unknown", "xterm-256color", None),
    "TZ": ("Asia/Baghdad", "nowhere", ":", "", "UTC+25"),
    "NO_COLOR": ("1", None),
    "FORCE_COLOR": ("1", None),
    "UV": ("1", None),
    "PYTHONOPTIMIZE": ("2", None),
    "PYTHONHASHSEED": ("0", "4294967295"),
    "PYTHONWARNINGS": ("error", "default", None),
    "NUMBA_DISABLE_JIT": ("1", None),
    "OMP_NUM_THREADS": ("0", "x", None),
}  # fmt: skip
COMMANDS = (
    ("matches",), ("matches", "--text"), ("rules", "harden"), ("check",),
    ("simulate", "turn_zero", "--games", "3"), ("replay", "turn_zero", "--game", "0"),
    ("replay", "FOLDER/b.match"), ("play", "turn_zero", "--seat", "US"),
    ("play", "turn_zero", "--seat", "US", "--text"), ("resume",), ("fork", "FOLDER/b.match",
    "--turn", "1"), ("export", "FOLDER/b.match", "--csv", "FOLDER/out"), ("--help",), ("nonsense",),
    ("simulate", "turn_zero", "--games", "3", "--json", "FOLDER/x.json"),
)  # fmt: skip
CLOSED = (
    "<&-",
    ">&-",
    "2>&-",
    "<&- >&-",
    ">&- 2>&-",
    "</dev/full",
    ">/dev/full",
    "2>/dev/full",
    "| true",
)
PLACES = ("gone", "closed", "read-only", "")
LIMITS = {
    "files of 20 kB": (resource.RLIMIT_FSIZE, 20_000),
    "files of no size": (resource.RLIMIT_FSIZE, 0),
    "twenty open files": (resource.RLIMIT_NOFILE, 20),
}
FULL_WHEN_CLOSED = ("2>&-", ">&- 2>&-", "2>/dev/full")
"""With these nobody can be told anything."""


def trials(luck: random.Random) -> Iterator[Trial]:
    """One surrounding after another, without an end."""
    while True:
        given = luck.sample(sorted(VARIABLES), luck.choice((0, 1, 1, 2, 4)))
        variables = {name: luck.choice(VARIABLES[name]) for name in given}
        command = luck.choice(COMMANDS)
        closed = luck.choice(CLOSED) if luck.random() < 0.25 else ""
        place = luck.choice(PLACES) if luck.random() < 0.25 else ""
        limit = luck.choice(sorted(LIMITS)) if luck.random() < 0.2 else ""
        told = f"{' '.join(command)} {closed}; {variables}; folder {place or 'usual'}; {limit}"
        go = _go(command, variables, closed, place, limit)
        yield Trial(told, go, {"b.match": over()})


def _go(
    command: tuple[str, ...],
    variables: dict[str, str | None],
    closed: str,
    place: str,
    limit: str,
) -> Callable[[Path], None]:
    def go(folder: Path) -> None:
        home = {"RESTORING_DETERRENCE_HOME": str(folder / "home"), "PATH": os.environ["PATH"]}
        surroundings = {**os.environ, **home}
        for name, value in variables.items():
            surroundings.pop(name, None)
            if value is not None:
                surroundings[name] = value.replace("FOLDER", str(folder))
        arguments = [part.replace("FOLDER", str(folder)) for part in command]
        cwd = folder / (place or "usual")
        cwd.mkdir()
        cwd.chmod({"closed": 0o311, "read-only": 0o555}.get(place, 0o755))
        folder.chmod(0o777)
        line = " ".join(f"'{part}'" for part in [sys.executable, main.__file__, *arguments])
        script = f"rmdir '{cwd}'; {line} {closed}" if place == "gone" else f"{line} {closed}"

        def before() -> None:
            if limit:
                kind, most = LIMITS[limit]
                resource.setrlimit(kind, (most, most))

        done = subprocess.run(
            ["bash", "-c", script], cwd=cwd, env=surroundings, preexec_fn=before,
            input=b"\n" * 400, capture_output=True, timeout=300, check=False,
        )  # fmt: skip
        out, err = (text.decode("utf-8", "replace") for text in (done.stdout, done.stderr))
        if "Traceback" in err + out:
            raise Failure(f"a traceback:\n{out[-500:]}\n{err[-3000:]}")
        if closed in FULL_WHEN_CLOSED or "FORCE_COLOR" in variables:
            return
        if "| true" in closed:
            return
        allowed = (0, 1, 2) if command[0] == "replay" else (0, 2)
        judge(command, Answer(done.returncode, out, _without_noise(err)), allowed=allowed)

    return go


def _without_noise(err: str) -> str:
    """What the shell and Python itself say about their surroundings is not the game's."""
    noise = ("bash: warning", "bash: ", "/bin/bash: ", "perl: warning")
    return "\n".join(line for line in err.splitlines() if not line.startswith(noise))
