"""kill -9 of the host at random moments: nothing is lost, nothing doubled, nothing left at work."""

import os
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from game.classroom.serving import unfinished

from .kills import soak
from .process import ROOT, Process

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows knows no kill -9")


def test_nothing_is_lost_when_the_host_is_killed() -> None:
    """A few times here; `python -m tests.classroom.kills` kills 300 times."""
    counts = soak(3, seed=20200103)
    assert counts["kills"] == 3
    assert counts["acts"] >= 3


def test_a_class_ends_in_a_sentence(tmp_path: Path) -> None:
    """Also while pages are open; and the next one that begins tells of it."""
    server = Process(tmp_path, "turn_zero")
    with httpx.Client(base_url=server.address, timeout=60) as host:
        host.get(server.secret)
        own = {"origin": server.address}
        for what in ("begin", "time"):
            host.post("/host/1/do", data={"what": what, "minutes": ""}, headers=own)
        with host.stream("GET", "/host/1/stream") as page:
            next(page.iter_text())
            assert server.end() == 0
    assert server.last_words.startswith("The class is closed."), server.last_words
    assert server.last_words.count("\n") == 1
    told = unfinished(tmp_path / "matches")
    assert told is not None
    assert told.startswith("A class of today is not over")
    assert told.endswith(str(server.match))
    assert unfinished(tmp_path) is None


def works_long(told: Path) -> None:
    """Says that it has begun, and a minute later that it is still there."""
    with told.open("w", encoding="utf-8", buffering=1) as out:
        print("begun", file=out)
        time.sleep(60)
        print("still there", file=out)


HELD = """
import asyncio, sys
from pathlib import Path

from game.classroom.apart import Apart
from tests.classroom.test_class_kills import works_long

asyncio.run(Apart().do(works_long, Path(sys.argv[1])))
"""


def test_work_for_a_class_that_was_killed_is_left(tmp_path: Path) -> None:
    """Else its debrief would keep the machine from the class that is started again."""
    told = tmp_path / "told"
    os.mkfifo(told)
    held = subprocess.Popen([sys.executable, "-c", HELD, told], cwd=ROOT)
    with told.open(encoding="utf-8") as out:
        assert out.readline() == "begun\n"
        held.kill()
        held.wait()
        assert out.read() == ""
