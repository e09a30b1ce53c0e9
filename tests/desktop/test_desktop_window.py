"""What keeps the window from opening is told in a sentence."""

import importlib.metadata
import json

import pygame
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


# --- screens of every kind

ONE, TWO, FINE = [(1920, 1080)], [(1920, 1080), (1280, 1024)], [(3840, 2160)]


class Screens:
    """Screens that stand beside each other, and a window on them."""

    def __init__(self, monkeypatch, sizes, place=(0, 0), size=window.SIZE):
        self.place, self.size = place, size
        for name, answer in {
            "get_driver": lambda: "x11",
            "is_fullscreen": lambda: False,
            "get_desktop_sizes": lambda: sizes,
            "get_window_position": lambda: self.place,
            "get_window_size": lambda: self.size,
            "set_window_position": lambda place: setattr(self, "place", place),
        }.items():
            monkeypatch.setattr(pygame.display, name, answer)


@pytest.mark.parametrize(
    ("sizes", "place"),
    [
        (ONE, (320, 180)),
        (ONE, (1800, 1000)),  # a corner is enough to take hold of it
        (TWO, (2200, 100)),  # on the second screen, to the right
        (TWO, (-1280, 100)),  # … to the left
        (TWO, (300, -900)),  # … above
        (FINE, (2000, 1500)),
    ],
)
def test_a_window_that_can_be_reached_stays_where_it_is(monkeypatch, sizes, place):
    screens = Screens(monkeypatch, sizes, place)
    assert not window.bring_into_view()
    assert screens.place == place


@pytest.mark.parametrize(
    ("sizes", "place"),
    [
        (ONE, (2200, 100)),  # the second screen was taken away
        (ONE, (-1270, 100)),
        (ONE, (100, 1070)),
        (TWO, (5000, 100)),
    ],
)
def test_a_window_whose_screen_went_away_comes_back(monkeypatch, sizes, place):
    screens = Screens(monkeypatch, sizes, place)
    assert window.bring_into_view()
    shown = pygame.Rect(screens.place, screens.size)
    assert pygame.Rect((0, 0), sizes[0]).contains(shown)


def test_a_window_larger_than_its_screen_keeps_its_top_in_reach(monkeypatch):
    screens = Screens(monkeypatch, [(1024, 600)], (3000, 3000), (1920, 1080))
    assert window.bring_into_view()
    assert screens.place == (0, 0)


@pytest.mark.parametrize(
    ("sizes", "opened"),
    [
        (ONE, (1280, 720)),
        (FINE, (2560, 1440)),  # as large to the eye as on a screen of half the pixels
        ([(2560, 1440)], (1707, 960)),
        ([(1024, 768)], (1024, 720)),
        ([(3440, 1440)], (1707, 960)),
    ],
)
def test_it_opens_as_large_as_its_screen_is_fine(monkeypatch, sizes, opened):
    Screens(monkeypatch, sizes)
    asked = []

    def set_mode(size, flags):
        asked.append(size)
        raise pygame.error("only asked")

    monkeypatch.setattr(pygame.display, "set_mode", set_mode)
    with pytest.raises(DesktopFault):
        window.open_window()
    assert asked == [opened]
