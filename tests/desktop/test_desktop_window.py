"""What keeps the window from opening is told in a sentence."""

import importlib.metadata
import json

import pytest

from game.desktop.look import assets
from game.desktop.look.faults import DesktopFault, MissingAsset
from game.desktop.look.theme import ASSETS
from game.desktop.screens.about import credits_of_assets
from game.desktop.shell import window


def installed(monkeypatch, *names):
    def version(name):
        if name not in names:
            raise importlib.metadata.PackageNotFoundError(name)
        return "2.5"

    monkeypatch.setattr(importlib.metadata, "version", version)


def test_both_pygames_are_one_too_many(monkeypatch):
    installed(monkeypatch, "pygame", "pygame-ce")
    with pytest.raises(DesktopFault, match="Remove pygame and put pygame-ce back"):
        window.check_packages()


@pytest.mark.parametrize("names", [(), ("pygame",)])
def test_no_pygame_or_the_other_one(monkeypatch, names):
    installed(monkeypatch, *names)
    with pytest.raises(DesktopFault, match=r'install "pygame-ce>=2\.5,<3"'):
        window.check_packages()


def test_the_right_one_is_enough(monkeypatch):
    installed(monkeypatch, "pygame-ce")
    window.check_packages()


def test_no_screen_names_the_way_out(monkeypatch):
    for name in ("SDL_VIDEODRIVER", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(window, "has_display", lambda: False)
    monkeypatch.delenv("UV", raising=False)
    with pytest.raises(DesktopFault, match=r": python main\.py play --text"):
        window.open_window()
    monkeypatch.setenv("UV", "/usr/bin/uv")
    with pytest.raises(DesktopFault, match=r": uv run main\.py play --text"):
        window.open_window()


def test_a_missing_asset_is_named():
    with pytest.raises(MissingAsset, match=r"no_such\.svg is missing"):
        assets.read_asset("icons/no_such.svg")


def test_all_that_the_assets_are_made_of_is_credited():
    sources = json.loads((ASSETS / "manifest.json").read_text(encoding="utf-8"))["sources"]
    shown = {credit.package for credit in credits_of_assets()}
    assert shown == {source["package"] for source in sources}
    assert all(credit.licence for credit in credits_of_assets())
    for folder in ("fonts", "icons", "map"):
        assert (ASSETS / folder / "LICENCE.txt").stat().st_size > 100
