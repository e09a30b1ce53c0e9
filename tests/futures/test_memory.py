"""An ensemble streams: its memory grows by some bytes a game, not by its states."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BYTES_A_GAME = 24
"""Digests are eight, and a tally's counts grow a little wider with the rarer games; a state of one
game is some 1,430."""
PROGRAM = """
import resource, sys, tracemalloc
from pathlib import Path
sys.modules.update({HIDDEN})
from game.engine.play import use_compiled
from game.futures.ensemble import Ensemble, Gathering, run_chunks
use_compiled()

def peak(games):
    tracemalloc.start()
    gathering = Gathering(3, games)
    for part in run_chunks(Ensemble("turn_zero", games, 1)):
        gathering.add(part)
    assert gathering.tally.games == games
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most

def whole():
    # Linux hands getrusage's peak on from the process that began this one; its own is told here.
    own = Path("/proc/self/status")
    if own.exists():
        return next(int(line.split()[1]) for line in own.open() if line.startswith("VmHWM")) * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024

peak(4096)  # what is read or made once is no part of it
print(peak({SMALL}), peak({LARGE}), whole())
"""


@pytest.mark.parametrize(
    ("hidden", "small", "large"),
    [("", 60_000, 200_000), ("llvmlite=None", 20_000, 60_000)],
    ids=["compiled", "by the rules"],
)
def test_memory_does_not_grow_with_the_games(hidden: str, small: int, large: int) -> None:
    """What was asked for at most at one time, by Python's and numpy's own count: the process's
    size moves by megabytes from one run to the next.
    """
    pytest.importorskip("resource", reason="Windows has no such measure")
    program = PROGRAM
    for name, value in (("HIDDEN", hidden), ("SMALL", small), ("LARGE", large)):
        program = program.replace("{" + name + "}", str(value))
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT, capture_output=True, text=True, timeout=300, check=True,
    )  # fmt: skip
    of_small, of_large, whole = map(int, done.stdout.split())
    assert of_large - of_small < BYTES_A_GAME * (large - small)
    assert whole < 400e6
