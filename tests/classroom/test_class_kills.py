"""kill -9 of the host at random moments: nothing is lost, nothing doubled."""

import os

import pytest

from .kills import soak


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no kill -9")
def test_nothing_is_lost_when_the_host_is_killed() -> None:
    """A few times here; `python -m tests.classroom.kills` kills 300 times."""
    counts = soak(3, seed=20200103)
    assert counts["kills"] == 3
    assert counts["acts"] >= 3
