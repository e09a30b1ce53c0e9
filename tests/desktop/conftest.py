"""A folder of its own for everything that a test's window keeps, and a window that is closed."""

import pytest

from . import common


@pytest.fixture(autouse=True)
def _apart(tmp_path, monkeypatch):
    """Nothing is drawn on anybody's screen, nothing kept in anybody's folder."""
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    monkeypatch.setenv("RESTORING_DETERRENCE_HOME", str(tmp_path / "home"))


@pytest.fixture
def app():
    """A window without a screen."""
    app = common.window()
    yield app
    app.close()
