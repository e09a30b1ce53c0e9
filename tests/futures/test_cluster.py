"""A Dask cluster plays the same games, whatever becomes of its workers."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Thread

import pytest

from game.content.problems import ContentError
from game.futures import cluster
from game.futures.cluster import ClusterError
from game.futures.ensemble import Ensemble, Gathering, run_chunks
from game.futures.parallel import spread
from game.futures.whatif import Effect, Question, WhatIf
from game.futures.whatif import run as run_what_if
from game.rules.seats import Seat
from tests.common import setting

distributed = pytest.importorskip("distributed")
ROOT = Path(__file__).parents[2]
GAMES, CHUNK = 160, 10
ENSEMBLE = Ensemble("turn_zero", GAMES, 5)


@dataclass(frozen=True)
class Cluster:
    """A scheduler and two workers, each a process of its own."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: tuple[subprocess.Popen[bytes], ...]


@pytest.fixture(scope="module")
def machines() -> Iterator[Cluster]:
    port = free_port()
    address = f"tcp://127.0.0.1:{port}"
    with ExitStack() as stack:
        scheduler = started(
            stack, "scheduler", "--host", "127.0.0.1", "--port", f"{port}", "--no-dashboard"
        )
        workers = tuple(
            started(
                stack, "worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard",
                "--host", "127.0.0.1", "--name", name,
            )
            for name in ("first", "second")
        )  # fmt: skip
        with distributed.Client(address, timeout=30, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=30)
        yield Cluster(address, scheduler, workers)


def free_port() -> int:
    with socket.socket() as somewhere:
        somewhere.bind(("127.0.0.1", 0))
        return int(somewhere.getsockname()[1])


def started(stack: ExitStack, *words: str) -> subprocess.Popen[bytes]:
    """A process of Dask's that ends with the tests."""
    process = stack.enter_context(
        subprocess.Popen(
            [sys.executable, "-m", "dask", *words],
            cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
    )  # fmt: skip
    stack.callback(process.kill)
    return process


@cache
def one_process() -> str:
    return gathered(None)


def gathered(scheduler: str | None, after: int = 0, then: Callable[[], None] | None = None) -> str:
    """The state hash; `then` is called after so many chunks."""
    total = Gathering(setting("turn_zero").turns, GAMES)
    for number, part in enumerate(run_chunks(ENSEMBLE, chunk=CHUNK, scheduler=scheduler), 1):
        total.add(part)
        if then and number == after:
            then()
    return total.state_hash


def where(_: int, first: int, count: int) -> tuple[int, int, int]:
    return os.getpid(), first, count


def slowly(_: int, first: int, count: int) -> int:
    time.sleep(0.05)
    return first


def test_the_cluster_plays_the_same_games(machines: Cluster) -> None:
    assert gathered(machines.address) == one_process()


def test_a_what_if_is_the_same_there(machines: Cluster) -> None:
    asked = WhatIf("turn_zero", Question(2, Seat.US, "strike_fighters", "hold", 2), 90, 3)
    answers = []
    for scheduler in (None, machines.address):
        total = Effect()
        for part in run_what_if(asked, chunk=40, workers=1, scheduler=scheduler):
            total.merge(part)
        answers.append(total)
    assert answers[0] == answers[1]


def test_the_workers_do_the_work(machines: Cluster) -> None:
    parts = list(spread(where, 0, 40, chunk=3, workers=1, scheduler=machines.address))
    assert [(first, count) for _, first, count in parts] == [
        (first, min(3, 40 - first)) for first in range(0, 40, 3)
    ]
    assert {pid for pid, _, _ in parts} == {worker.pid for worker in machines.workers}


def test_a_mistake_is_told_as_at_home(machines: Cluster) -> None:
    missing = Ensemble("no/such/file.toml", 50, 5)
    told = []
    for scheduler in (None, machines.address):
        with pytest.raises(ContentError) as caught:
            list(run_chunks(missing, chunk=10, scheduler=scheduler))
        told.append(caught.value.problems)
    assert told[0] == told[1]


def test_another_edition_is_refused(machines: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "edition", lambda: "another")
    with pytest.raises(ClusterError, match="another edition of the game"):
        gathered(machines.address)


def test_one_can_stop_in_the_middle(machines: Cluster) -> None:
    with closing(spread(slowly, 0, 1000, chunk=1, workers=1, scheduler=machines.address)) as parts:
        assert next(parts) == 0
    assert len(list(spread(where, 0, 9, chunk=1, workers=1, scheduler=machines.address))) == 9


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("nowhere", "is no address of a scheduler; write it like tcp://"),
        ("http://127.0.0.1:80", "is no address of a scheduler; write it like tcp://"),
        ("tcp://127.0.0.1:{port}", "no scheduler answers there"),
    ],
)
def test_an_address_that_will_not_do(
    address: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "SECONDS_TO_ANSWER", 1)
    with pytest.raises(ClusterError, match=sentence):
        gathered(address.format(port=free_port()))


def test_another_kind_of_server_is_no_scheduler(monkeypatch: pytest.MonkeyPatch) -> None:
    """A web server's answer, read as Dask's, begins with an unheard-of number of parts."""
    monkeypatch.setattr(cluster, "SECONDS_TO_ANSWER", 1)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            with suppress(OSError):
                while True:
                    caller = server.accept()[0]
                    callers.append(caller)
                    caller.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")

        callers: list[socket.socket] = []
        Thread(target=answer, daemon=True).start()
        with pytest.raises(ClusterError, match="no scheduler answers there"):
            gathered(f"tcp://127.0.0.1:{server.getsockname()[1]}")
        for caller in callers:
            caller.close()


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError, match="uv sync --extra cluster"):
        gathered("tcp://127.0.0.1:8786")


def test_without_workers(machines: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    async def nobody(_address: str) -> int:
        return 0

    monkeypatch.setattr(cluster, "SECONDS_TO_ANSWER", 1)
    monkeypatch.setattr(cluster, "_threads", nobody)
    with pytest.raises(ClusterError, match="has no workers; start one"):
        gathered(machines.address)


def test_a_worker_that_dies_half_way_changes_nothing(machines: Cluster) -> None:
    """Killed with work in its hands; the other one does it again."""
    first, second = machines.workers
    half = GAMES // CHUNK // 2
    killed = gathered(machines.address, half, lambda: first.send_signal(signal.SIGKILL))
    assert first.wait(timeout=5) == -signal.SIGKILL
    assert killed == one_process()
    parts = list(spread(where, 0, 4, chunk=1, workers=1, scheduler=machines.address))
    assert {pid for pid, _, _ in parts} == {second.pid}


def test_a_scheduler_that_dies_half_way_is_told(
    machines: Cluster, capfd: pytest.CaptureFixture[str]
) -> None:
    """The last test with this cluster."""
    parts = spread(slowly, 0, 1000, chunk=1, workers=1, scheduler=machines.address)
    assert next(parts) == 0
    machines.scheduler.kill()
    with pytest.raises(ClusterError, match="the scheduler was lost"):
        list(parts)
    assert "Traceback" not in capfd.readouterr().err
