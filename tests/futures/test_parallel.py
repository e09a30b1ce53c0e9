"""Work spread over processes can be interrupted at any moment."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from game.futures import interrupts
from game.futures.parallel import spread

posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals")


def _span(offset: int, first: int, count: int) -> tuple[int, int]:
    return offset + first, count


def _where(_: int, _first: int, _count: int) -> int:
    return os.getpid()


def _ignores_interrupts(_: int, _first: int, _count: int) -> int:
    os.kill(os.getpid(), signal.SIGINT)
    return os.getpid()


STARTING = """
import signal, sys, threading, time
from game.futures.interrupts import interrupts_held

signal.signal(signal.SIGINT, signal.default_int_handler)
stop = threading.Event()
other = threading.Thread(target=stop.wait)
other.start()
hit = {"main": threading.main_thread(), "other": other}[sys.argv[1]]
try:
    with interrupts_held():
        signal.pthread_kill(hit.ident, signal.SIGINT)
        time.sleep(0.5)
        print("the end of the start")
    time.sleep(5)
    print("lost")
except KeyboardInterrupt:
    print("interrupted")
assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
stop.set()
"""


@posix
@pytest.mark.parametrize("thread", ["main", "other"])
def test_an_interrupt_while_a_process_starts_is_not_lost(thread: str) -> None:
    """Nor does it come too early where another thread gets it."""
    done = subprocess.run(
        [sys.executable, "-c", STARTING, thread],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.split("\n") == ["the end of the start", "interrupted", ""]


def test_on_windows_a_process_is_started_by_one_who_ignores_ctrl_c(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What it starts inherits that, and so is not torn out of its first imports."""
    calls: list[object] = []
    kernel32 = SimpleNamespace(SetConsoleCtrlHandler=lambda *given: calls.append(given))
    system = SimpleNamespace(windll=SimpleNamespace(kernel32=kernel32))
    monkeypatch.setattr(interrupts, "ctypes", system)
    monkeypatch.setattr(interrupts, "sys", SimpleNamespace(platform="win32"))
    with interrupts.interrupts_held():
        calls.append("started")
    assert calls == [(None, True), "started", (None, False)]


@posix
def test_a_worker_leaves_interrupts_to_its_parent() -> None:
    workers = list(spread(_ignores_interrupts, 0, 4, chunk=1, workers=2))
    assert len(workers) == 4
    assert os.getpid() not in workers


@pytest.mark.parametrize(("chunk", "workers"), [(1, 1), (4, 9)])
def test_what_one_can_do_alone_starts_no_process(chunk: int, workers: int) -> None:
    """One worker, or one chunk for however many."""
    assert set(spread(_where, 0, 4, chunk=chunk, workers=workers)) == {os.getpid()}


ORPHANED = """
import os, signal
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from game.futures.interrupts import ready_worker

pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=ready_worker)
print(pool.submit(os.getpid).result(), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@posix
def test_a_worker_does_not_outlive_its_parent() -> None:
    """It holds the pipe that its parent wrote to: the end of that is its own end."""
    with subprocess.Popen(
        [sys.executable, "-c", ORPHANED],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        try:
            parent.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            os.kill(worker, signal.SIGKILL)
            raise
        assert parent.returncode == -signal.SIGKILL


@pytest.mark.parametrize("workers", [1, 2])
def test_parts_come_in_order(workers: int) -> None:
    assert list(spread(_span, 10, 7, chunk=3, workers=workers)) == [(10, 3), (13, 3), (16, 1)]


def test_one_can_stop_in_the_middle() -> None:
    parts = spread(_span, 0, 1000, chunk=1, workers=2)
    assert next(parts) == (0, 1)
    parts.close()
