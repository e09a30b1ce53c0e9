"""A new class for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from .common import Hosted, held


@pytest.fixture
def hosted(tmp_path: Path) -> Iterator[Hosted]:
    with held(tmp_path) as one:
        yield one
