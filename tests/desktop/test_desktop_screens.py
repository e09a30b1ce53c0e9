"""Every screen at every size: all texts fit, nothing is cut off, the keyboard gets everywhere."""

import pygame
import pytest

from game.desktop.look.theme import theme_ids
from game.desktop.widgets.scroll import Scroll
from tests.desktop.gallery import SHOTS
from tests.desktop.shots import SIZES, draw, pictures

from .common import key, window, words

MOST_STOPS = 14
"""Stops of a screen that are gone through."""


def scrolled_on(app):
    """Scrolls everything on to what is not seen yet; whether there was anything."""
    views = [widget for widget in app.tree.top.walk() if isinstance(widget, Scroll)]
    moved = [view.scroll_to(app.ui, view.offset(app.ui) + view.rect.height) for view in views]
    return any(moved)


@pytest.mark.parametrize("size", SIZES)
def test_everything_fits(size):
    pixels, text_scale = SIZES[size]
    surface = window(pixels).surface
    wrong = {}
    for name, make in SHOTS.items():
        app = draw(surface, text_scale, make)
        while scrolled_on(app):
            app.frame()
        if app.misfits:
            wrong[name] = app.misfits[:3]
        app.close()
    assert not wrong


@pytest.mark.parametrize("theme", theme_ids()[1:])
def test_every_theme_draws_the_screens(theme):
    surface = window().surface
    for name in (
        *("title", "scenario", "explore", "room-orders", "room-ledger", "room-site", "peak-loud"),
        *("peak-quiet", "report", "ending", "debrief-front", "debrief-force"),
    ):
        app = draw(surface, 100, SHOTS[name], theme)
        assert not app.misfits
        app.close()


@pytest.mark.parametrize("name", SHOTS)
def test_tab_goes_round_and_shows_where_it_is(name):
    app = draw(window().surface, 100, SHOTS[name])
    stops = [widget.path for widget in app.tree.top.walk() if widget.focusable]
    assert stops
    app.ui.focus = ""  # where a name is asked for, its field has the keys already
    reached = []
    for _ in range(min(len(stops), MOST_STOPS) + 1):
        key(app, pygame.K_TAB)
        reached.append(app.ui.focus)
        widget = app.tree.find(app.ui.focus)
        assert widget is not None
        assert app.ui.show_focus
    assert reached[:-1] == stops[: len(reached) - 1]
    if len(stops) <= MOST_STOPS:
        assert reached[-1] == stops[0]
    app.close()


def test_the_debriefs_first_page_is_seen_without_scrolling():
    app = draw(window((1280, 800)).surface, 100, SHOTS["debrief-front"])
    assert "Three questions" in words(app)
    assert not scrolled_on(app)
    app.close()


def test_something_that_does_not_fit_is_noticed():
    from game.desktop.widgets.text import Text  # noqa: PLC0415

    app = draw(window().surface, 100, SHOTS["title"])
    wide = Text("Incomprehensibilities")
    wide.adopt("/wide")
    wide.place(app.ui, pygame.Rect(0, 0, 40, 400))
    low = Text("One line and another one, and some more that has no room")
    low.adopt("/low")
    low.place(app.ui, pygame.Rect(0, 0, 120, 20))
    assert {misfit.where for misfit in app.misfits} == {"/wide", "/low"}
    app.close()


def test_a_picture_is_kept_of_every_screen_at_every_size(tmp_path, monkeypatch):
    window().close()
    monkeypatch.setattr("tests.desktop.shots.SIZES", {"small": ((1024, 768), 100)})
    few = {name: make for name, make in SHOTS.items() if name in ("title", "settings")}
    assert [misfits for _, misfits in pictures(few, tmp_path)] == [[], []]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["settings-small.png", "title-small.png"]
