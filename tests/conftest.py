"""How hypothesis runs here: the same examples every time, none of them timed.

`pytest --hypothesis-profile=deep` looks further, with other examples every time.

No test writes into the folders of whoever runs it.
"""

import os
import signal
from collections.abc import Generator
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, settings

HOME = TemporaryDirectory(prefix="matches-")
os.environ["RESTORING_DETERRENCE_HOME"] = HOME.name

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile(
    "quick", deadline=None, derandomize=True, database=None, suppress_health_check=_SLOW
)
settings.register_profile(
    "deep", deadline=None, derandomize=False, max_examples=500, suppress_health_check=_SLOW
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

# A shell that starts the tests in the background has them ignore interrupts, and whatever they
# start would inherit that: Ctrl-C could not be tested.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(wrapper=True)
def pytest_xdist_auto_num_workers() -> Generator[None, int, int]:
    """One worker more than there are cores: while one waits for a disk, a browser or a clock,
    another works.
    """
    return (yield) + 1
