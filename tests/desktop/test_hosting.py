"""A class opened from the title screen: the command in a process of its own."""

import threading
from pathlib import Path

import pytest

from game.desktop.shell.hosting import HostedClass


def opened(*options: str) -> HostedClass:
    hosted, ready = HostedClass(), threading.Event()
    hosted.open(ready.set, "--no-open", *options)
    assert ready.wait(60)
    return hosted


def test_a_class_is_opened_and_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the system writes in another encoding, as Windows does."""
    monkeypatch.setenv("PYTHONIOENCODING", "latin-1")
    folder = tmp_path / "é"
    hosted = opened("turn_zero", "--address", "127.0.0.1", "--folder", str(folder))
    try:
        assert str(folder) in hosted.told
        assert hosted.is_open
        assert "Teams join at" in hosted.told
        assert "with the code" in hosted.told
    finally:
        hosted.close()
    assert not hosted.is_open


def test_what_keeps_it_from_opening_is_told() -> None:
    hosted = opened("turn_zero", "--address", "203.0.113.9")
    hosted.close()
    assert not hosted.is_open
    assert "This machine has no address 203.0.113.9" in hosted.told
