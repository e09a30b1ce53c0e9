"""How hypothesis runs here: the same examples every time, none of them timed.

`pytest --hypothesis-profile=deep` looks further, with other examples every time.
"""

import os

from hypothesis import HealthCheck, settings

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile(
    "quick", deadline=None, derandomize=True, database=None, suppress_health_check=_SLOW
)
settings.register_profile(
    "deep", deadline=None, derandomize=False, max_examples=500, suppress_health_check=_SLOW
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))
