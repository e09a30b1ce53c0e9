"""Long work in another process: parts, cancelling, failing, ending."""

import os
import time

import pytest

from game.desktop.texts import t
from game.desktop.work.worker import Worker

from . import jobs


class Desk:
    """A window's side of a worker: messages are taken in this thread."""

    def __init__(self):
        self.messages = []
        self.worker = Worker(wake=self.messages.append)
        self.parts, self.ends = [], []

    def give(self, key, work, *arguments):
        self.worker.submit(
            key,
            work,
            *arguments,
            part=self.parts.append,
            done=lambda: self.ends.append("done"),
            failed=lambda why: self.ends.append(f"failed: {why}"),
        )

    def until(self, what, seconds=20):
        end = time.monotonic() + seconds
        while not what():
            assert time.monotonic() < end, (self.parts, self.ends)
            while self.messages:
                self.worker.take(self.messages.pop(0))
            time.sleep(0.005)


@pytest.fixture
def desk():
    desk = Desk()
    yield desk
    desk.worker.close()


def test_parts_come_in_order_and_then_the_end(desk):
    desk.give("a", jobs.count, 5)
    assert desk.worker.busy("a")
    desk.until(lambda: desk.ends)
    assert desk.parts == [0, 1, 2, 3, 4]
    assert desk.ends == ["done"]
    assert not desk.worker.busy("a")


def test_nothing_more_is_heard_of_cancelled_work_and_the_process_goes_on(desk):
    desk.give("a", jobs.own_process)
    desk.until(lambda: desk.ends)
    process = desk.parts.pop()
    desk.give("b", jobs.slow, 1000)
    desk.until(lambda: desk.parts)
    desk.worker.cancel("b")
    heard = len(desk.parts)
    desk.give("c", jobs.own_process)
    desk.until(lambda: len(desk.ends) > 1)
    assert desk.parts[heard:] == [process]
    assert desk.ends == ["done", "done"]


def test_work_can_be_stopped_where_it_rests_and_rests_are_no_parts(desk):
    desk.give("a", jobs.own_process)
    desk.give("b", jobs.rests, 2)
    desk.until(lambda: len(desk.ends) == 2)
    process = desk.parts.pop(0)
    assert desk.parts == ["rested"]
    desk.give("b", jobs.rests, 100_000)
    desk.give("b", jobs.own_process)
    desk.until(lambda: len(desk.ends) == 3)
    assert desk.parts == ["rested", process], "stopped, and not ended with its process"


def test_new_work_takes_the_place_of_old_work_with_its_key(desk):
    desk.give("a", jobs.slow, 1000)
    desk.until(lambda: desk.parts)
    before = len(desk.parts)
    desk.give("a", jobs.count, 2)
    desk.until(lambda: desk.ends)
    assert desk.parts[before:] == [0, 1]


def test_work_that_does_not_stop_is_ended_with_its_process(desk):
    desk.give("a", jobs.stuck)
    desk.until(lambda: desk.parts == ["begun"])
    desk.worker.cancel("a")
    desk.give("b", jobs.count, 1)
    desk.until(lambda: desk.ends)
    assert desk.parts == ["begun", 0]


def test_a_failure_is_told_and_the_next_work_is_done(desk):
    desk.give("a", jobs.fails)
    desk.give("b", jobs.count, 1)
    desk.until(lambda: len(desk.ends) == 2)
    assert desk.ends == [f"failed: {t('frame.work_fault')}", "done"]


def test_a_failure_of_the_disk_is_told_and_the_process_goes_on(desk):
    desk.give("a", jobs.own_process)
    desk.give("b", jobs.cannot_read)
    desk.give("c", jobs.own_process)
    desk.until(lambda: len(desk.ends) == 3)
    assert desk.ends[1].startswith("failed: No such file or directory: ")
    assert "map.png" in desk.ends[1]
    assert desk.parts[0] == desk.parts[2]


def test_the_game_s_own_errors_are_told_in_their_words_alone(desk):
    desk.give("a", jobs.fails_in_words)
    desk.until(lambda: desk.ends)
    assert desk.ends == ["failed: the game is over"]


def test_a_process_that_dies_is_told_and_started_again(desk):
    desk.give("a", jobs.dies)
    desk.until(lambda: desk.ends)
    assert desk.ends == ["failed: "]
    desk.give("b", jobs.count, 1)
    desk.until(lambda: len(desk.ends) == 2)
    assert desk.ends[1] == "done"


@pytest.mark.skipif(os.name != "posix", reason="asks the system for a process in the POSIX way")
def test_closing_leaves_no_process(desk):
    desk.give("a", jobs.own_process)
    desk.until(lambda: desk.parts)
    desk.give("b", jobs.stuck)
    desk.worker.close()
    with pytest.raises(ProcessLookupError):
        os.kill(desk.parts[0], 0)
