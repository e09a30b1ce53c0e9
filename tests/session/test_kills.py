"""kill -9 at 80 random moments, between and inside writes: nothing is lost, nothing doubled."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

KILLS = Path(__file__).with_name("kills.py")
KILLED = 80


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that can fork")
def test_nothing_is_lost_when_a_match_is_killed() -> None:
    """In a process of its own: one with threads should not fork."""
    done = subprocess.run(
        [sys.executable, str(KILLS), "--kills", str(KILLED), "--seed", "20200103"],
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    counts = json.loads(done.stdout)
    assert counts["kills"] == KILLED
    assert counts["matches"] > 1, "some were played to their end between the kills"
    assert counts["turns"] > 10
    assert counts["unreported"], "some kills hit a write between the disk and the report"
