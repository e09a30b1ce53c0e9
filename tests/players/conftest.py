"""Runs a contract for every player of the class that inherits it."""

import pytest

from tests.common import ids
from tests.players.contract import PlayerContract


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if metafunc.cls is not None and issubclass(metafunc.cls, PlayerContract):
        wanted = {"name", "seat"} <= set(metafunc.fixturenames)
        if wanted and not hasattr(metafunc.function, "own_players"):
            players = metafunc.cls.players
            metafunc.parametrize(("name", "seat"), players, ids=ids(players))
