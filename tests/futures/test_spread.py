"""Work spread over processes can be interrupted at any moment."""

import os
import signal
import threading

import pytest

from game.futures.spread import _interrupts_held, spread

posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals")


def _span(offset: int, first: int, count: int) -> tuple[int, int]:
    return offset + first, count


def _ignores_interrupts(_: int, first: int, count: int) -> bool:
    os.kill(os.getpid(), signal.SIGINT)
    return first + count > 0


@posix
@pytest.mark.parametrize("threads", [0, 1])
def test_an_interrupt_while_a_process_starts_is_not_lost(threads: int) -> None:
    """Nor does it come too early where another thread gets it."""

    def starting() -> None:
        with _interrupts_held():
            os.kill(os.getpid(), signal.SIGINT)
            reached.append("the end of the start")

    reached: list[str] = []
    stop = threading.Event()
    others = [threading.Thread(target=stop.wait) for _ in range(threads)]
    for other in others:
        other.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            starting()
    finally:
        stop.set()
        for other in others:
            other.join()
    assert reached == ["the end of the start"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@posix
def test_a_worker_leaves_interrupts_to_its_parent() -> None:
    assert list(spread(_ignores_interrupts, 0, 4, chunk=1, workers=2)) == [True] * 4


@pytest.mark.parametrize("workers", [1, 2, 9])
def test_parts_come_in_order(workers: int) -> None:
    assert list(spread(_span, 10, 7, chunk=3, workers=workers)) == [(10, 3), (13, 3), (16, 1)]


def test_one_can_stop_in_the_middle() -> None:
    parts = spread(_span, 0, 1000, chunk=1, workers=2)
    assert next(parts) == (0, 1)
    parts.close()
