"""The command as a teacher starts it: a process that can be killed, and started again."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from game.session.home import HOME

ROOT = Path(__file__).parents[2]


class Process:
    """A class, held by the command."""

    def __init__(self, home: Path, *arguments: str) -> None:
        """
        Args:
            home: where it keeps its files.
            arguments: of `host`: the scenario, and what else is asked for.
        """
        self._home = home
        self._start(*arguments)
        self.match = next((home / "matches").glob("*.match"))

    def _start(self, *arguments: str) -> None:
        host = ["host", *arguments, "--no-open", "--address", "127.0.0.1"]
        told = ""
        for line in self._run(host):
            told += line
            if line.startswith("Ctrl-C"):
                break
        found = re.search(r"(http://\S+?)(/enter/\S+)", told)
        assert found, told
        self.address, self.secret = found[1], found[2]
        self.code = re.search(r"the code +([A-Z]{4})", told)[1]  # type: ignore[index]

    def _run(self, arguments: list[str]) -> TextIO:
        """Runs the command; returns what it says."""
        self._running = subprocess.Popen(
            [sys.executable, "main.py", *arguments],
            cwd=ROOT,
            env=os.environ | {HOME: str(self._home), "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self._running.stdout is not None
        self._says: TextIO = self._running.stdout  # type: ignore[assignment]
        self.pid = self._running.pid
        return self._says

    def again(self) -> None:
        """Starts the class again."""
        self._start(str(self.match))

    def kill(self) -> None:
        """kill -9."""
        self._end(signal.SIGKILL)

    def end(self) -> int:
        """Ctrl-C."""
        return self._end(signal.SIGINT)

    def _end(self, how: signal.Signals) -> int:
        os.kill(self.pid, how)
        status = self._left()
        self.last_words = self._says.read() if how is signal.SIGINT else ""
        self._says.close()
        return status

    def _left(self) -> int:
        """Waits until it is gone; returns its status."""
        return self._running.wait(60)


NURSERY = """
import json, os, sys

import main
from game.classroom import app, serving
from game.content.load import load_scenario
from game.door import classroom, command_line
from game.terminal import casting, match_paths

load_scenario("turn_zero")
for line in sys.stdin:
    given = json.loads(line)
    if "wait" in given:
        print(os.waitstatus_to_exitcode(os.waitpid(given["wait"], 0)[1]), flush=True)
    elif child := os.fork():
        print(child, flush=True)
    else:
        os.environ |= given["surroundings"]
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(os.open(given["says"], os.O_WRONLY), 1)
        os.dup2(1, 2)
        sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")
        os._exit(main.main(given["arguments"]))
"""


class Nursery:
    """A process in which all is loaded; each class is a process of its own, forked from it at once.
    What is killed is the same, and it is started ten times as fast.
    """

    def __init__(self) -> None:
        self._running = subprocess.Popen(
            [sys.executable, "-c", NURSERY],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, **given: Any) -> int:
        """Has it start a process, or wait for one; returns what it answers."""
        assert self._running.stdin is not None
        assert self._running.stdout is not None
        self._running.stdin.write(json.dumps(given) + "\n")
        self._running.stdin.flush()
        return int(self._running.stdout.readline())

    def close(self) -> None:
        """Ends it."""
        self._running.communicate()


@contextmanager
def nursery() -> Iterator[Nursery]:
    """A nursery, as long as it is needed."""
    one = Nursery()
    try:
        yield one
    finally:
        one.close()


class Forked(Process):
    """A class, held by a process of a nursery."""

    def __init__(self, nursery: Nursery, home: Path, *arguments: str) -> None:
        """Arguments as for `Process`."""
        self._nursery = nursery
        super().__init__(home, *arguments)

    def _run(self, arguments: list[str]) -> TextIO:
        says = self._home / "says"
        says.unlink(missing_ok=True)
        os.mkfifo(says)
        surroundings = {HOME: str(self._home)}
        self.pid = self._nursery.ask(arguments=arguments, surroundings=surroundings, says=str(says))
        self._says = says.open(encoding="utf-8")
        return self._says

    def _left(self) -> int:
        return self._nursery.ask(wait=self.pid)
