"""Starts processes of which an interrupt reaches none: it is the first one's to act on."""

import ctypes
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import parent_process


@contextmanager
def interrupts_held() -> Iterator[None]:
    """An interrupt waits until this is over, and never reaches processes started meanwhile. On
    Windows nothing can wait: it is lost, and who wants to stop presses again.
    """
    with _masked(), _noted():
        yield


@contextmanager
def _masked() -> Iterator[None]:
    """Keeps interrupts from this thread, and from processes that it starts."""
    if sys.platform == "win32":  # where whoever is started by one who ignores them does, too
        ignore = ctypes.windll.kernel32.SetConsoleCtrlHandler
        ignore(None, True)
        try:
            yield
        finally:
            ignore(None, False)
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _noted() -> Iterator[None]:
    """Puts off an interrupt that reached another thread: Python acts on it in the main one."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if came:
            signal.raise_signal(signal.SIGINT)


def ready_worker() -> None:
    """Readies a worker: an interrupt is its parent's to act on, and it doesn't outlive that one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
