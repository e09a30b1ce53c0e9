"""Work that would keep the class waiting, done in a process of its own."""

import asyncio
import multiprocessing
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any, TypeVar

from game.content.problems import ContentError
from game.futures.errors import FuturesError
from game.futures.interrupts import interrupts_held, ready_worker
from game.session.errors import FileError

from .faults import ClassroomFault
from .texts import t

Made = TypeVar("Made")


class Apart:
    """One piece of work at a time; the next one stops the one before."""

    def __init__(self) -> None:
        self._process: SpawnProcess | None = None

    async def do(self, work: Callable[..., Made], *given: Any) -> Made:
        """Does the work and returns what it returns.

        Args:
            work: a function of a module; it may not change anything of the class.
            given: what it is called with; all of it is copied.

        Raises:
            ClassroomFault: it cannot be done, or was stopped; the text says why.
        """
        self.stop()
        spawn = multiprocessing.get_context("spawn")
        ours, theirs = spawn.Pipe(duplex=False)
        process = spawn.Process(target=_send, args=(work, given, theirs), daemon=True)
        self._process = process
        try:
            # What is given goes to the process as it starts: the class does not wait for that.
            await asyncio.to_thread(_start, process)
            theirs.close()
            fault, made = await asyncio.to_thread(ours.recv)
        except EOFError:
            fault, made = t("debrief.stopped"), None
        finally:
            if process.pid is not None:
                process.terminate()
            ours.close()
        if fault:
            raise ClassroomFault(fault)
        done: Made = made
        return done

    def stop(self) -> None:
        """Leaves the work, where there is any."""
        if self._process is not None and self._process.pid is not None:
            self._process.terminate()
        self._process = None


def _start(process: SpawnProcess) -> None:
    with interrupts_held():
        process.start()


def _send(work: Callable[..., Any], given: tuple[Any, ...], pipe: Connection) -> None:
    """Sends what came of the work, or why there is nothing."""
    ready_worker()
    with suppress(BrokenPipeError):  # the class has gone meanwhile: nobody waits for it any more
        try:
            pipe.send(("", work(*given)))
        except (FileError, ContentError, FuturesError, ValueError) as error:
            pipe.send((str(error) or type(error).__name__, None))
