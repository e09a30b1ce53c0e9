"""The door, run in this process."""

from tests.terminal.conftest import outside, run

__all__ = ["outside", "run"]
