"""Spreads numbered games over chunks and processes; neither changes any result."""

import os
import signal
import threading
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from typing import TypeVar

Job = TypeVar("Job")
Part = TypeVar("Part")


def spread(
    work: Callable[[Job, int, int], Part], job: Job, games: int, *, chunk: int, workers: int
) -> Generator[Part, None, None]:
    """What `work(job, first, games)` gives for each chunk, in the order of the games.

    A KeyboardInterrupt is for this process alone: the others end with the chunk that they are at.

    Args:
        work: a function of a module, so that other processes find it.
        job: what it works on; it is sent to them.
        games: all games together.
        chunk: games worked on at once; more is faster up to some thousands.
        workers: processes; 1 works in this one.
    """
    spans = [(first, min(chunk, games - first)) for first in range(0, games, chunk)]
    if workers == 1 or len(spans) < 2:
        for first, count in spans:
            yield work(job, first, count)
        return
    workers = min(workers, len(spans))
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_serve) as pool:
        waiting: list[Future[Part]] = []
        try:
            for first, count in spans:
                with _interrupts_held():  # from whatever process this may start
                    waiting.append(pool.submit(work, job, first, count))
                if len(waiting) >= 2 * workers:
                    yield waiting.pop(0).result()
            while waiting:
                yield waiting.pop(0).result()
        finally:
            for future in waiting:
                future.cancel()


def _serve() -> None:
    """Readies a worker: an interrupt is its parent's to act on, and it doesn't outlive that one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """An interrupt waits until this is over, and never reaches processes started meanwhile."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows: `_serve` has to be quick enough
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
