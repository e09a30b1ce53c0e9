"""Spreads numbered games over chunks, processes and machines; none of it changes any result."""

from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from multiprocessing import get_context
from typing import TypeVar

from .cluster import cluster
from .executor import Executor, Future
from .interrupts import interrupts_held, ready_worker

Job = TypeVar("Job")
Part = TypeVar("Part")


def spread(
    work: Callable[[Job, int, int], Part],
    job: Job,
    games: int,
    *,
    chunk: int,
    workers: int,
    scheduler: str | None = None,
    threads: bool = False,
) -> Generator[Part, None, None]:
    """What `work(job, first, games)` gives for each chunk, in the order of the games.

    A KeyboardInterrupt is for this process alone: the others end with the chunk that they are at.

    Args:
        work: a function of a module, so that other processes find it.
        job: what it works on; it is sent to them.
        games: all games together.
        chunk: games worked on at once; more is faster up to some thousands.
        workers: processes; 1 works in this one.
        threads: the workers are threads of this process: where machine code does the work, which
            lets other threads go on meanwhile, they need no start and share what was compiled.
        scheduler: the address of a Dask scheduler whose workers do all of it instead.

    Raises:
        ClusterError: the cluster cannot be used.
    """
    firsts = range(0, games, chunk)
    if scheduler is None and (workers == 1 or len(firsts) < 2):
        for first in firsts:
            yield work(job, first, min(chunk, games - first))
        return
    with _crew(min(workers, len(firsts)), scheduler, threads=threads) as crew:
        waiting: deque[Future[Part]] = deque()
        try:
            for first in firsts:
                waiting.append(crew.submit(work, job, first, min(chunk, games - first)))
                if len(waiting) >= 2 * crew.hands:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for promise in waiting:
                promise.cancel()


def _crew(
    workers: int, scheduler: str | None, *, threads: bool
) -> AbstractContextManager[Executor]:
    if scheduler is not None:
        return cluster(scheduler)
    return _threads(workers) if threads else _processes(workers)


class _Threads:
    """Threads of this process."""

    def __init__(self, pool: ThreadPoolExecutor, hands: int) -> None:
        self._pool = pool
        self.hands = hands

    def submit(
        self, work: Callable[[Job, int, int], Part], job: Job, first: int, count: int
    ) -> Future[Part]:
        """See `Executor`."""
        return self._pool.submit(work, job, first, count)


@contextmanager
def _threads(workers: int) -> Iterator[Executor]:
    with ThreadPoolExecutor(workers) as pool:
        yield _Threads(pool, workers)


class _Processes:
    """A crew of this machine."""

    def __init__(self, pool: ProcessPoolExecutor, hands: int) -> None:
        self._pool = pool
        self.hands = hands

    def submit(
        self, work: Callable[[Job, int, int], Part], job: Job, first: int, count: int
    ) -> Future[Part]:
        """See `Crew`."""
        with interrupts_held():  # from whatever process this may start
            return self._pool.submit(work, job, first, count)


@contextmanager
def _processes(workers: int) -> Iterator[Executor]:
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=ready_worker)
    try:
        yield _Processes(pool, workers)
    finally:
        # Who presses twice would tear this apart, and the end of the program then waits for ever.
        with interrupts_held():
            pool.shutdown(cancel_futures=True)
