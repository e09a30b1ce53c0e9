"""Long work away from the window: a process of its own that sends parts as they are done.

A piece of work is a function of a module that yields parts; it and its arguments are sent to the
process. Parts arrive as events, so the window never waits for them. The process is started when
the first work is given, kept for the next, and ended with the window.
"""

from __future__ import annotations

import itertools
import os
import signal
import threading
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..texts import t

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

PATIENCE = 1.5
"""Seconds that cancelled work has to come to its next part before its process is ended."""
Work = Callable[..., Iterator[Any]]


@dataclass(slots=True)
class Job:
    """One piece of work, from the window's side."""

    number: int
    key: str
    work: Work
    arguments: tuple[Any, ...]
    part: Callable[[Any], None]
    done: Callable[[], None]
    failed: Callable[[str], None]
    ended: bool = False


@dataclass(slots=True)
class Message:
    """What came from the process."""

    number: int
    kind: str
    """"part", "done", "failed", "stopped", or "lost" when the process itself has ended."""
    value: Any = None


@dataclass(slots=True)
class Worker:
    """One process and the work that waits for it. All methods are the window's thread's."""

    wake: Callable[[Message], None]
    """Called from another thread with each message; it must hand it to the window's thread."""
    _process: BaseProcess | None = None
    _pipe: Connection[Any, Any] | None = None
    _waiting: list[Job] = field(default_factory=list)
    _current: Job | None = None
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def submit(
        self,
        key: str,
        work: Work,
        *arguments: Any,
        part: Callable[[Any], None] = lambda value: None,
        done: Callable[[], None] = lambda: None,
        failed: Callable[[str], None] = lambda text: None,
    ) -> Job:
        """Gives the process work; what has the same key and is not done is cancelled first.

        Args:
            key: what the work is for.
            work: a generator function of a module that does not import pygame; a part that is None
                is a rest, at which it may be stopped, and is not sent.
            arguments: must be picklable.
            part: called in the window's thread with each part.
            done: called when there are no more.
            failed: called with a sentence when the work raised, or its process was lost.
        """
        self.cancel(key)
        job = Job(next(self._numbers), key, work, arguments, part, done, failed)
        self._waiting.append(job)
        self._next()
        return job

    def cancel(self, key: str) -> None:
        """Ends the work of that key; nothing more is heard of it."""
        for job in [job for job in self._waiting if job.key == key]:
            job.ended = True
            self._waiting.remove(job)
        if self._current is not None and self._current.key == key and not self._current.ended:
            self._current.ended = True
            if self._pipe is not None:
                _send(self._pipe, ("stop", self._current.number))
            threading.Thread(
                target=_end_if_stuck,
                args=(self._process, self._current.number, lambda: self._current),
                daemon=True,
            ).start()

    def busy(self, key: str) -> bool:
        """Whether work of that key is waiting or being done."""
        jobs = [*self._waiting, *([self._current] if self._current else [])]
        return any(job.key == key and not job.ended for job in jobs)

    def take(self, message: Message) -> None:
        """Acts on a message; the window's thread calls it for what `wake` handed over."""
        if message.kind == "lost" and message.value is not self._process:
            return  # an older process, whose end was our own doing
        job = self._current
        if job is None or (message.kind != "lost" and job.number != message.number):
            return
        if message.kind == "part":
            if not job.ended:
                job.part(message.value)
            return
        self._current = None
        if message.kind == "lost":
            self._forget()
        was_wanted, job.ended = not job.ended, True
        self._next()
        if was_wanted and message.kind == "done":
            job.done()
        elif was_wanted and message.kind in ("failed", "lost"):
            job.failed(message.value if message.kind == "failed" else "")

    def close(self) -> None:
        """Ends the process at once."""
        self._waiting.clear()
        self._current = None
        process = self._process
        self._forget()
        if process is not None:
            process.kill()
            process.join(2)

    def _next(self) -> None:
        if self._current is not None or not self._waiting:
            return
        self._current = job = self._waiting.pop(0)
        pipe = self._started()
        _send(pipe, ("work", job.number, job.work, job.arguments))

    def _started(self) -> Connection[Any, Any]:
        if self._pipe is not None and self._process is not None and self._process.is_alive():
            return self._pipe
        self._forget()
        from multiprocessing import get_context  # noqa: PLC0415 (the title needs none)

        from game.futures.interrupts import interrupts_held  # noqa: PLC0415

        context = get_context("spawn")
        ours, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        with interrupts_held():
            self._process.start()
        theirs.close()
        self._pipe = ours
        threading.Thread(target=_listen, args=(ours, self._process, self.wake), daemon=True).start()
        return ours

    def _forget(self) -> None:
        self._pipe = self._process = None


def _send(pipe: Connection[Any, Any], what: Any) -> None:
    try:
        pipe.send(what)
    except OSError:
        return  # its end is told by `_listen`


def _listen(
    pipe: Connection[Any, Any], process: BaseProcess, wake: Callable[[Message], None]
) -> None:
    """Hands over messages until the process ends; a thread of its own."""
    while True:
        try:
            number, kind, value = pipe.recv()
        except (EOFError, OSError):
            wake(Message(-1, "lost", process))
            return
        wake(Message(number, kind, value))


def _end_if_stuck(
    process: BaseProcess | None, number: int, current: Callable[[], Job | None]
) -> None:
    if process is None:
        return
    process.join(PATIENCE)
    job = current()
    if job is not None and job.number == number and process.is_alive():
        process.kill()


# --- the process's side


def _serve(pipe: Connection[Any, Any]) -> None:
    """Does work until the pipe closes. An interrupt is the window's to act on."""
    from game.engine.play import use_compiled  # noqa: PLC0415 (here alone anything is played)

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(5)  # the window comes first
    threading.Thread(target=_end_with_parent, daemon=True).start()
    use_compiled()  # this process lives on: estimates are worth it
    stopped: set[int] = set()
    while True:
        try:
            message = pipe.recv()
        except (EOFError, OSError):
            return
        if message[0] == "work":
            _, number, work, arguments = message
            _do(pipe, number, work, arguments, stopped)


def _do(
    pipe: Connection[Any, Any],
    number: int,
    work: Work,
    arguments: tuple[Any, ...],
    stopped: set[int],
) -> None:
    try:
        for part in work(*arguments):
            if _is_stopped(pipe, number, stopped):
                _tell(pipe, number, "stopped")
                return
            if part is not None:
                _tell(pipe, number, "part", part)
    except Exception as error:  # whatever went wrong is told in the window
        _tell(pipe, number, "failed", _sentence(error))
        return
    _tell(pipe, number, "done")


def _is_stopped(pipe: Connection[Any, Any], number: int, stopped: set[int]) -> bool:
    """Whether the window has cancelled the work."""
    try:
        while pipe.poll():
            message = pipe.recv()
            if message[0] == "stop":
                stopped.add(message[1])
    except (EOFError, OSError):
        os._exit(0)  # the window is gone
    return number in stopped


def _tell(pipe: Connection[Any, Any], number: int, kind: str, value: Any = None) -> None:
    try:
        pipe.send((number, kind, value))
    except OSError:
        os._exit(0)  # the window is gone


def _sentence(error: Exception) -> str:
    """What went wrong; the game's own errors are sentences already, and what is meant for who
    looks after the program goes to the terminal.
    """
    if type(error).__module__.startswith("game."):
        return str(error)
    traceback.print_exception(error)
    if isinstance(error, OSError) and error.strerror:
        return t("frame.work_file", why=error.strerror, path=error.filename or "")
    return t("frame.work_fault")


def _end_with_parent() -> None:
    from multiprocessing import parent_process  # noqa: PLC0415 (see `_started`)

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
