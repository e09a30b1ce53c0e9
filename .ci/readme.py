r"""Run the README's own commands, so that what it tells a reader to type is known to work.

    python3 .ci/readme.py                                  # from the project's folder
    python3 .ci/readme.py README.md game/terminal/README.md --tests "uv run pytest"

Every fenced block of the files named (README.md, if none is) that opens with ```sh is run, line by
line, in a fresh copy of the project, as a reader would in one terminal: a `cd`, an `export` or an
activated environment holds for the lines after it. A line that ends with a backslash goes on in
the next; lines that are empty or begin with # are left out. A command fails when it exits with
anything but 0, or when its time is up.

```sh no-ci is for a block that no machine can check (`git clone` of the project itself).

An HTML comment before a block says how to run each of its commands:

    <!-- ci: stdin="\n\nq\n" times=20 seconds=60 expect="The end" -->

    stdin    what is typed, with \n, \t, \" and \\ (without it, nothing: end of file)
    times    how often that is typed, one after the other (1)
    seconds  the command's time (300)
    expect   words that the command must print

Every link and picture of the README that stays inside the project must lead to a file or folder
that is there.

Needs nothing but Python and bash.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote

FENCE = re.compile(r"^ {0,3}(?P<ticks>`{3,}|~{3,})\s*(?P<info>[^`]*)$")
NOTE = re.compile(r"^\s*<!--\s*ci:\s*(?P<body>.*?)\s*-->\s*$")
PAIR = re.compile(r'(?P<key>\w+)=(?:"(?P<text>(?:[^"\\]|\\.)*)"|(?P<number>\d+))(?:\s+|$)')
LINK = re.compile(r"\]\(\s*<?(?P<target>[^)>\s]+)")
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|#", re.IGNORECASE)
ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}
OTHER_SHELLS = {"bash", "shell", "console", "shell-session", "zsh"}
SHOWN_LINES = 12

# What runs around each command: it takes over the folder and the environment from the line
# before, and leaves its own for the next.
WRAPPER = """
trap 'pwd >"$1/cwd"; env -0 >"$1/env"' EXIT
set -eo pipefail
eval "$2"
"""


class ReadmeError(Exception):
    """The README cannot be run as it is written; the message names the line."""


@dataclass(frozen=True)
class Manner:
    """How the commands of one block are run."""

    stdin: str | None = None
    times: int = 1
    seconds: int = 300
    expect: str | None = None


@dataclass(frozen=True)
class Command:
    """One command of the README and the line it stands on."""

    line: int
    text: str
    manner: Manner

    @property
    def bare(self) -> str:
        """The command without a comment behind it."""
        return re.sub(r"""\s+#[^'"]*$""", "", self.text)


def read_manner(body: str, line: int) -> Manner:
    """The manner that a `ci:` comment asks for."""
    manner, at = Manner(), 0
    while at < len(body):
        pair = PAIR.match(body, at)
        if pair is None:
            raise ReadmeError(f'README line {line}: cannot read "{body[at:]}" in the ci comment')
        key, text, number = pair["key"], pair["text"], pair["number"]
        if key in ("stdin", "expect") and text is not None:
            text = re.sub(r"\\(.)", lambda m: ESCAPES.get(m[1], m[0]), text)
            manner = replace(manner, stdin=text) if key == "stdin" else replace(manner, expect=text)
        elif key in ("times", "seconds") and number is not None:
            count = int(number)
            manner = (
                replace(manner, times=count) if key == "times" else replace(manner, seconds=count)
            )
        else:
            raise ReadmeError(
                f'README line {line}: the ci comment knows stdin="…", expect="…", times=N and '
                f'seconds=N, not "{pair[0].strip()}"'
            )
        at = pair.end()
    return manner


def join_lines(block: list[tuple[int, str]], manner: Manner) -> Iterator[Command]:
    """The commands of one block, continued lines joined."""
    start, parts = 0, list[str]()
    for number, raw in block:
        line = raw.strip()
        if not parts and (not line or line.startswith("#")):
            continue
        start = start if parts else number
        if line.endswith("\\"):
            parts.append(line[:-1].strip())
            continue
        yield Command(start, " ".join([*parts, line]), manner)
        parts = []
    if parts:
        raise ReadmeError(f"README line {start}: the block ends in the middle of a command")


def read_commands(text: str) -> Iterator[Command]:
    """The commands of all blocks that are to be run, in their order."""
    note: tuple[int, Manner] | None = None
    lines = iter(enumerate(text.splitlines(), start=1))
    for number, line in lines:
        comment = NOTE.match(line)
        fence = FENCE.match(line)
        if comment is not None:
            note = number, read_manner(comment["body"], number)
        elif fence is not None:
            closing = re.compile(rf"^ {{0,3}}{fence['ticks'][0]}{{{len(fence['ticks'])},}}\s*$")
            block = list[tuple[int, str]]()
            for inner, content in lines:
                if closing.match(content):
                    break
                block.append((inner, content))
            else:
                raise ReadmeError(f"README line {number}: this block is never closed")
            language, *words = fence["info"].split() or [""]
            if language in OTHER_SHELLS:
                raise ReadmeError(
                    f'README line {number}: open a block of commands with "sh" (it runs in CI) or '
                    f'"sh no-ci" (it does not), not with "{language}"'
                )
            if language == "sh" and words not in ([], ["no-ci"]):
                raise ReadmeError(
                    f'README line {number}: after "sh" only "no-ci" may stand, not '
                    f'"{" ".join(words)}"'
                )
            if language == "sh" and not words:
                yield from join_lines(block, note[1] if note else Manner())
            elif note is not None:
                raise ReadmeError(f"README line {note[0]}: this ci comment is for no block")
            note = None
        elif note is not None and line.strip():
            raise ReadmeError(f"README line {note[0]}: this ci comment is for no block")
    if note is not None:
        raise ReadmeError(f"README line {note[0]}: this ci comment is for no block")


def prose(text: str) -> str:
    """The text without its blocks of code, line for line."""
    inside, lines = "", list[str]()
    for line in text.splitlines():
        fence = FENCE.match(line)
        lines.append("" if inside or fence else line)
        if fence and not inside:
            inside = fence["ticks"]
        elif inside and line.strip().startswith(inside) and not line.strip().strip(inside[0]):
            inside = ""
    return "\n".join(lines)


def broken_links(text: str, folder: Path) -> Iterator[str]:
    """A sentence for every link to a file or folder of the project that is not there."""
    told = prose(text)
    for link in LINK.finditer(told):
        target = link["target"].split("#")[0]
        if ELSEWHERE.match(link["target"]) or (folder / unquote(target)).exists():
            continue
        line = told.count("\n", 0, link.start("target")) + 1
        yield f'README line {line}: the link leads to "{target}", which is not there'


def copy_project(source: Path, target: Path) -> None:
    """The files that git has or would take, copied: what a reader gets."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=source,
        check=True,
        stdout=subprocess.PIPE,
    ).stdout
    for name in filter(None, os.fsdecode(listed).split("\0")):
        if (source / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source / name, target / name, follow_symlinks=False)


class Terminal:
    """One reader's terminal: its folder and environment last from command to command."""

    def __init__(self, folder: Path, scratch: Path) -> None:
        self.folder = str(folder)
        self.scratch = scratch
        # The reader's uv makes the project's .venv, wherever the caller's uv keeps another.
        hidden = {"VIRTUAL_ENV", "UV_PROJECT_ENVIRONMENT", "PYTEST_ADDOPTS"}
        self.environment = {k: v for k, v in os.environ.items() if k not in hidden}

    def run(self, command: Command) -> tuple[str | None, str]:
        """Why the command failed (None when it did not), and what it printed."""
        manner = command.manner
        typed = None if manner.stdin is None else (manner.stdin * manner.times).encode()
        with (self.scratch / "output").open("w+b") as output:
            process = subprocess.Popen(
                ["bash", "-c", WRAPPER, "readme", str(self.scratch), command.text],
                cwd=self.folder,
                env=self.environment,
                stdin=subprocess.DEVNULL if typed is None else subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            try:
                process.communicate(typed, timeout=manner.seconds)
                failure = f"exit code {process.returncode}" if process.returncode else None
            except subprocess.TimeoutExpired:
                failure = f"not done after {manner.seconds} s"
            finally:
                # Whatever the command left running ends with it.
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()
            output.seek(0)
            printed = output.read().decode(errors="replace")
        if failure is None:
            self.remember()
            if manner.expect is not None and manner.expect not in printed:
                failure = f'"{manner.expect}" was not printed'
        return failure, printed

    def remember(self) -> None:
        """Take over the folder and the environment that the command left."""
        self.folder = (self.scratch / "cwd").read_text().removesuffix("\n")
        pairs = os.fsdecode((self.scratch / "env").read_bytes()).split("\0")
        self.environment = dict(pair.split("=", 1) for pair in pairs if "=" in pair)


def show(printed: str, failed: bool) -> None:
    """What a command printed: all of it when it failed, else its beginning and end."""
    lines = printed.rstrip("\n").split("\n") if printed.strip() else []
    if not failed and len(lines) > 2 * SHOWN_LINES:
        left_out = len(lines) - 2 * SHOWN_LINES
        lines[SHOWN_LINES:-SHOWN_LINES] = [f"[… {left_out} lines …]"]
    for line in lines:
        print(f"    | {line}")


def read_all(readmes: list[Path], tests: str | None) -> list[tuple[Path, Command]]:
    """Every command of the files, each with the file that it stands in."""
    found: list[tuple[Path, Command]] = []
    for readme in readmes:
        text = readme.read_text(encoding="utf-8")
        if broken := list(broken_links(text, readme.resolve().parent)):
            raise ReadmeError("\n".join(broken))
        commands = list(read_commands(text))
        if not commands:
            raise ReadmeError(
                f'{readme}: no command to run: open its blocks of commands with "```sh"'
            )
        found += [(readme, command) for command in commands]
    if tests is not None and tests not in [command.bare for _, command in found]:
        raise ReadmeError(f'{readmes[0]}: the test command "{tests}" stands in none of its blocks')
    return found


def run_readmes(readmes: list[Path], tests: str | None, own: list[str]) -> int:
    """Run every command of the files, in one copy of the project; returns the exit code."""
    commands = read_all(readmes, tests)
    left_to_caller = {*own, tests}
    ran = 0
    with tempfile.TemporaryDirectory(prefix="readme-") as name:
        scratch, project = Path(name) / "scratch", Path(name) / "project"
        scratch.mkdir()
        project.mkdir()
        copy_project(Path.cwd(), project)
        terminal = Terminal(project, scratch)
        for readme, command in commands:
            where = f"{readme}:{command.line}"
            if command.bare in left_to_caller:
                print(f"{where}  $ {command.text}\n    (a step of its own)", flush=True)
                continue
            print(f"{where}  $ {command.text}", flush=True)
            start = time.monotonic()
            failure, printed = terminal.run(command)
            show(printed, failure is not None)
            spent = time.monotonic() - start
            if failure is not None:
                print(f"    FAILED after {spent:.1f} s: {failure}", flush=True)
                return 1
            print(f"    ({spent:.1f} s)", flush=True)
            ran += 1
    print(f"The READMEs' commands work: {ran} run, {len(commands) - ran} left to other steps.")
    return 0


def main() -> int:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description="Run the README's own commands.")
    parser.add_argument("readmes", nargs="*", type=Path, default=[Path("README.md")])
    parser.add_argument("--tests", help="the test command: must stand there, is run by the caller")
    parser.add_argument(
        "--own",
        action="append",
        default=[],
        metavar="COMMAND",
        help="another command that the caller runs or is (may be given more than once)",
    )
    options = parser.parse_args()
    try:
        return run_readmes(options.readmes, options.tests, options.own)
    except ReadmeError as error:
        print(error, file=sys.stderr)
    except FileNotFoundError as error:
        print(f"{error.filename}: no such file", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
