"""Work on other machines: a Dask cluster, told by the address of its scheduler.

Every worker needs this project, in the same edition, and a Python that has its packages.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from .edition import edition
from .errors import FuturesError
from .executor import Executor, Future

if TYPE_CHECKING:
    from distributed import Client

Job = TypeVar("Job")
Part = TypeVar("Part")

SECONDS_TO_ANSWER = 5
"""How long a scheduler may take to answer, and a first worker to be there."""
FORM = "write it like tcp://10.0.0.5:8786"
START = "start one in this project's folder with python -m dask worker"


class ClusterError(FuturesError):
    """The cluster cannot be used; its text says why and what to do."""


@contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """The workers of a scheduler, for as long as they are needed.

    Args:
        address: such as tcp://10.0.0.5:8786.

    Raises:
        ClusterError: there is none there, or it is lost, or its workers are of no use.
    """
    try:
        import distributed  # noqa: PLC0415 (an extra, and slow to import)
        from distributed.comm.core import CommClosedError  # noqa: PLC0415
    except ImportError:
        raise ClusterError(
            f"{address}: a cluster needs the packages of the extra `cluster`; install them with "
            "uv sync --extra cluster, or leave --scheduler out"
        ) from None
    _quieten()
    hands = _hands(address)
    try:
        with distributed.Client(address, set_as_default=False) as client:
            yield _Machines(client, hands)
    except distributed.KilledWorker:
        raise ClusterError(
            f"{address}: several workers died of the same piece of work; give them more memory, or "
            "ask for a smaller --chunk"
        ) from None
    except (ConnectionError, TimeoutError, CancelledError, CommClosedError):
        raise ClusterError(f"{address}: the scheduler was lost; start it again") from None
    except ModuleNotFoundError as error:
        raise ClusterError(
            f"{address}: a worker finds no {error.name}; {START} {address}"
        ) from None


def _quieten() -> None:
    """What goes wrong is told in a sentence; Dask's own logs would tell it in a hundred lines."""
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] == "distributed":
            logging.getLogger(name).setLevel(logging.CRITICAL)


def _hands(address: str) -> int:
    """How many pieces the cluster works on at once.

    Raises:
        ClusterError: no scheduler answers, or it has no worker.
    """
    _refuse_no_address(address)
    until = time.monotonic() + SECONDS_TO_ANSWER
    hands = 0
    while not hands and time.monotonic() < until:
        try:
            hands = asyncio.run(asyncio.wait_for(_threads(address), SECONDS_TO_ANSWER))
        except Exception:  # what answers may be anything, and Dask trusts the lengths that it tells
            raise ClusterError(
                f"{address}: no scheduler answers there; start one with python -m dask scheduler, "
                "or look its address up where it was started"
            ) from None
        time.sleep(0 if hands else 0.5)
    if not hands:
        raise ClusterError(f"{address}: the scheduler has no workers; {START} {address}")
    return hands


def _refuse_no_address(address: str) -> None:
    from distributed.comm.addressing import get_address_host_port  # noqa: PLC0415 (an extra)

    try:
        get_address_host_port(address, strict=False)
    except ValueError:
        raise ClusterError(
            f"--scheduler: {address!r} is no address of a scheduler; {FORM}"
        ) from None


async def _threads(address: str) -> int:
    from distributed.core import rpc  # noqa: PLC0415 (an extra)

    async with rpc(address, timeout=SECONDS_TO_ANSWER) as scheduler:
        told: dict[str, Any] = await scheduler.identity()
        return sum(worker["nthreads"] for worker in told["workers"].values())


class _Machines:
    """The crew of a cluster."""

    def __init__(self, client: "Client", hands: int) -> None:
        self._client = client
        self.hands = hands

    def submit(
        self, work: Callable[[Job, int, int], Part], job: Job, first: int, count: int
    ) -> Future[Part]:
        """See `Crew`."""
        return self._client.submit(_here, edition(), work, job, first, count, pure=False)


def _here(
    wanted: str, work: Callable[[Job, int, int], Part], job: Job, first: int, count: int
) -> Part:
    """One piece of work, on a worker.

    Raises:
        ClusterError: the worker has another edition of the game.
    """
    if edition() != wanted:
        raise ClusterError(
            "a worker of the cluster has another edition of the game; bring its folder to the same "
            "version as yours, with the same data, and start it again"
        )
    return work(job, first, count)
