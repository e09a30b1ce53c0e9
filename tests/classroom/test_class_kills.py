"""kill -9 of the host at random moments: nothing is lost, nothing doubled, nothing left at work."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .kills import soak
from .process import ROOT

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows knows no kill -9")


def test_nothing_is_lost_when_the_host_is_killed() -> None:
    """A few times here; `python -m tests.classroom.kills` kills 300 times."""
    counts = soak(3, seed=20200103)
    assert counts["kills"] == 3
    assert counts["acts"] >= 3


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
