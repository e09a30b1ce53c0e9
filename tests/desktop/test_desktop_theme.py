"""Themes: the same colours in each, and enough contrast for every text."""

import pytest

from game.desktop.look.theme import TEXT_ON, load_theme, theme_ids
from game.desktop.room.orders.choices import BADGE_GROUNDS, BADGE_INK
from tests.contrast import contrast

LEAST = 4.5


def test_the_night_comes_first_and_there_are_three():
    assert theme_ids() == ("night", "contrast", "light")


@pytest.mark.parametrize("name", theme_ids())
def test_every_text_can_be_read(name):
    theme = load_theme(name)
    for ground, inks in TEXT_ON:
        for ink in inks:
            found = contrast(theme[ground], theme[ink])
            assert found >= LEAST, f"{ink} on {ground}: {found:.2f}"


@pytest.mark.parametrize("name", theme_ids())
def test_the_rung_on_a_badge_can_be_read(name):
    theme = load_theme(name)
    for ground in BADGE_GROUNDS:
        assert contrast(theme[ground], theme[BADGE_INK]) >= LEAST


@pytest.mark.parametrize("name", theme_ids())
def test_what_has_the_keyboard_can_be_seen(name):
    theme = load_theme(name)
    for ground in ("ground", "panel", "raised"):
        assert contrast(theme[ground], theme["focus"]) >= 3


@pytest.mark.parametrize("name", theme_ids())
def test_themes_have_the_same_colours(name):
    night, theme = load_theme("night"), load_theme(name)
    assert theme.colours.keys() == night.colours.keys()
    assert theme.map.keys() == night.map.keys()
