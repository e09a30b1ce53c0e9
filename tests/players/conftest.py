"""Runs a contract for every player of the class that inherits it."""

import pytest

from tests.common import ids
from tests.players.contract import PlayerContract


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if metafunc.cls is None or not issubclass(metafunc.cls, PlayerContract):
        return
    if "seat" in metafunc.fixturenames:
        players = metafunc.cls.players
        metafunc.parametrize(("name", "seat"), players, ids=ids(players))
    if "scenario_id" in metafunc.fixturenames:
        metafunc.parametrize("scenario_id", metafunc.cls.scenarios)
