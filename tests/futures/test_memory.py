"""An ensemble streams: its memory grows by some bytes a game, not by its states."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SMALL, LARGE = 20_000, 200_000
BYTES_A_GAME = 71
"""Digests are eight; a state of one game is some 1,430, twenty times as much."""
PROGRAM = f"""
import resource, sys
from pathlib import Path
sys.modules.update({{HIDDEN}})
from game.engine.play import use_compiled
from game.futures.ensemble import Ensemble, Gathering, run_chunks
use_compiled()

def peak(games):
    gathering = Gathering(3, games)
    for part in run_chunks(Ensemble("turn_zero", games, 1)):
        gathering.add(part)
    assert gathering.tally.games == games
    # Linux hands getrusage's peak on from the process that began this one; its own is told here.
    own = Path("/proc/self/status")
    if own.exists():
        return next(int(line.split()[1]) for line in own.open() if line.startswith("VmHWM"))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

print(peak({SMALL}), peak({LARGE}))
"""


@pytest.mark.parametrize("hidden", ["", "llvmlite=None"], ids=["compiled", "by the rules"])
def test_memory_does_not_grow_with_the_games(hidden: str) -> None:
    pytest.importorskip("resource", reason="Windows has no such measure")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.replace("{HIDDEN}", hidden)],
        cwd=ROOT, capture_output=True, text=True, timeout=300, check=True,
    )  # fmt: skip
    small, large = map(int, done.stdout.split())
    unit = 1 if sys.platform == "darwin" else 1024
    assert (large - small) * unit < BYTES_A_GAME * (LARGE - SMALL)
    assert large * unit < 400e6
