"""The door, run in this process."""

from tests.terminal.conftest import home, outside, run

__all__ = ["home", "outside", "run"]
