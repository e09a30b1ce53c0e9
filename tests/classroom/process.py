"""The command as a teacher starts it: a process that can be killed, and started again."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

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
        self._running = subprocess.Popen(
            [sys.executable, "main.py", "host", *arguments, "--no-open", "--address", "127.0.0.1"],
            cwd=ROOT,
            env=os.environ | {HOME: str(self._home), "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        told = ""
        assert self._running.stdout is not None
        for line in self._running.stdout:
            told += line
            if line.startswith("Ctrl-C"):
                break
        found = re.search(r"(http://\S+?)(/enter/\S+)", told)
        assert found, told
        self.address, self.secret = found[1], found[2]
        self.code = re.search(r"the code +([A-Z]{4})", told)[1]  # type: ignore[index]

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
        running = self._running
        running.send_signal(how)
        status = running.wait(60)
        assert running.stdout is not None
        running.stdout.close()
        return status
