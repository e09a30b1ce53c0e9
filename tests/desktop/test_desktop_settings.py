"""What is set is kept; what cannot be read is kept aside."""

import json

import pytest

from game.desktop.shell.settings import MOST_UNCOACHED, Settings, folder, load, save
from game.session.home import matches_folder


def test_everything_is_kept_in_the_folder_that_the_environment_names(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("RESTORING_DETERRENCE_HOME", "~/school")
    assert folder() == tmp_path / "school" == matches_folder().parent


def test_settings_come_back(tmp_path):
    path = tmp_path / "deep" / "settings.json"
    settings = Settings(theme="light", text_scale=150, estimate=False, uncoached=["0" * 32])
    save(settings, path)
    assert load(path).settings == settings
    assert [p.name for p in path.parent.iterdir()] == ["settings.json"]


def test_no_file_is_no_trouble(tmp_path):
    loaded = load(tmp_path / "settings.json")
    assert loaded.settings == Settings()
    assert loaded.kept_aside is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[1]",
        b"\xff\xfe",
        b'{"theme": "pink"}',
        b'{"theme": ["night"]}',
        b'{"text_scale": 9}',
        b'{"text_scale": true}',
        b'{"estimate": "yes"}',
        b'{"uncoached": [1]}',
        b"[" * 100_000,
    ],
)
def test_what_cannot_be_read_is_kept_aside(tmp_path, content):
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    loaded = load(path)
    assert loaded.settings == Settings()
    assert loaded.kept_aside is not None
    assert loaded.kept_aside.read_bytes() == content
    assert not path.exists()


def test_nothing_that_was_kept_aside_is_lost(tmp_path):
    path = tmp_path / "settings.json"
    for number in range(3):
        path.write_text(f"no {number}")
        load(path)
    assert {p.read_text() for p in tmp_path.iterdir()} == {"no 0", "no 1", "no 2"}


def test_settings_of_another_version_are_read_as_far_as_they_go(tmp_path):
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"theme": "light", "music": "loud", "uncoached": "a.match"}))
    assert load(path).settings == Settings(theme="light")


def test_games_without_coaching_are_remembered_and_the_oldest_forgotten():
    settings = Settings()
    for game in ["a", "b", "a", *map(str, range(MOST_UNCOACHED - 1))]:
        settings.uncoached = settings.with_uncoached(game)
    assert settings.uncoached == ["a", *map(str, range(MOST_UNCOACHED - 1))]
