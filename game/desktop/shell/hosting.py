"""A class that the title screen opens: the command `host`, in a process of its own, which ends with
the window.
"""

import atexit
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

MAIN = Path(__file__).parents[3] / "main.py"
OPEN = "Ctrl-C"
"""How the line begins with which the command has told everything."""


class HostedClass:
    """The class's process, and what it tells its teacher."""

    def __init__(self) -> None:
        self._running: subprocess.Popen[str] | None = None
        self._listening: threading.Thread | None = None
        self._told: list[str] = []

    @property
    def is_open(self) -> bool:
        """Whether the class is held."""
        return self._running is not None and self._running.poll() is None

    @property
    def told(self) -> str:
        """What the command has said: where teams join, and where the teacher leads."""
        return "\n".join(line for line in self._told if not line.startswith(OPEN))

    def open(self, ready: Callable[[], None], *options: str) -> None:
        """Begins to hold a class; the command opens the teacher's page in a browser.

        Args:
            ready: called from another thread once the class is open, or cannot be.
            options: further words of the command.
        """
        self._told.clear()
        self._running = subprocess.Popen(
            [sys.executable, "-u", str(MAIN), "host", *options],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            env=os.environ | {"PYTHONIOENCODING": "utf-8"},  # else it writes in the locale's
        )
        atexit.register(self.close)
        self._listening = threading.Thread(target=self._listen, args=(ready,), daemon=True)
        self._listening.start()

    def close(self) -> None:
        """Ends the class; its match and its code are kept."""
        if self._running is not None and self.is_open:
            stop = signal.SIGINT if sys.platform != "win32" else signal.SIGTERM
            self._running.send_signal(stop)
            try:
                self._running.wait(5)
            except subprocess.TimeoutExpired:
                self._running.kill()
        if self._listening is not None and self._listening is not threading.current_thread():
            self._listening.join(5)
        atexit.unregister(self.close)

    def _listen(self, ready: Callable[[], None]) -> None:
        assert self._running is not None
        assert self._running.stdout is not None
        told = False
        with self._running.stdout as lines:
            for line in lines:
                self._told.append(line.rstrip())
                if line.startswith(OPEN):
                    told = True
                    ready()
        if not told:
            ready()
