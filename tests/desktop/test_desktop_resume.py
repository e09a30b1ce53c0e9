"""The list of games: other names, deleting and putting back, by keyboard and by mouse."""

import pygame
import pytest

from game.desktop.screens.games.resume import ResumeScreen
from game.desktop.screens.title import TitleScreen
from game.futures.cast import cast
from game.rules.seats import Seat
from game.session.home import matches_folder
from game.session.match import Match, Seating
from game.session.match_files import ASIDE
from game.session.places import matches, new_path

from .common import click, key, labelled, move, press, settle, words, write


def begun(seed=5):
    path = new_path(matches_folder(), "turn_zero", seed)
    Match.begin(path, "turn_zero", {Seat.US: Seating.person()}, cast, seed=seed).close()
    return path


@pytest.fixture
def listed(app):
    """The list with one game, over the title."""
    path = begun()
    app.push(TitleScreen(app))
    app.push(ResumeScreen(app))
    settle(app)
    return app, path


def row(app, name="open"):
    app.frame()
    return next(w for w in app.tree.top.walk() if w.path.endswith(f"going/0/{name}"))


def tool(app, name):
    app.frame()
    return next(w for w in app.tree.top.walk() if w.key == name)


def test_another_name_by_keyboard(listed):
    app, path = listed
    app.focus_on(row(app).path)
    key(app, pygame.K_F2)
    write(app, "Group: 2")
    assert 'cannot hold ":"' in words(app)
    key(app, pygame.K_RETURN)
    assert app.has_overlay
    for _ in range(3):
        key(app, pygame.K_BACKSPACE)
    write(app, " 2")
    key(app, pygame.K_RETURN)
    assert not app.has_overlay
    assert not path.exists()
    assert [p.name for p in matches_folder().glob("*.match")] == ["Group 2.match"]
    assert row(app).cells[0] == "Group 2: Turn Zero (seed 5)"
    assert app.ui.focus == row(app).path


def test_another_name_by_mouse(listed):
    app, path = listed
    click(app, tool(app, "rename"))
    write(app, "Tuesday")
    press(app, "Rename")
    assert path.with_name("Tuesday.match").exists()
    click(app, tool(app, "rename"))
    press(app, "Leave it")
    assert path.with_name("Tuesday.match").exists()


@pytest.mark.parametrize("hands", ["keys", "mouse"])
def test_deleting_asks_and_can_be_taken_back(listed, hands):
    app, path = listed
    before = path.read_bytes()

    def asked():
        if hands == "keys":
            app.focus_on(row(app).path)
            key(app, pygame.K_DELETE)
        else:
            click(app, tool(app, "delete"))
        assert "Turn Zero (seed 5)" in words(app)
        assert path.name in words(app)

    def answered(label, code):
        if hands == "keys":
            key(app, code)
        else:
            press(app, label)

    asked()
    answered("Keep it", pygame.K_ESCAPE)
    assert path.exists()
    asked()
    answered("Delete", pygame.K_RETURN)
    assert not path.exists()
    assert (matches_folder() / ASIDE / path.name).read_bytes() == before
    assert "was taken away" in words(app)
    press(app, "Put it back")
    assert path.read_bytes() == before
    assert "was taken away" not in words(app)


def test_a_game_that_is_played_elsewhere_is_not_touched(listed):
    app, path = listed
    match = Match.open(path, cast)
    click(app, tool(app, "delete"))
    press(app, "Delete")
    assert "close it there first" in app.toasts.shown
    assert path.exists()
    match.close()


def test_what_cannot_be_read_can_be_deleted(listed):
    app, path = listed
    broken = path.with_name("broken.match")
    broken.write_bytes(b"nonsense")
    app.screen.entered()
    app.rebuild()
    press(app, "Delete")
    press(app, "Delete")
    assert not broken.exists()
    assert [found.path for found in matches(matches_folder())[0]] == [path]


def test_the_title_offers_no_game_that_is_gone(listed):
    app, path = listed
    title = app._screens[0]
    title.offer(matches(matches_folder())[0][0])
    click(app, tool(app, "rename"))
    write(app, "Mine")
    press(app, "Rename")
    app.pop()
    assert labelled(app, "Resume: Mine, turn 1 of 3")
    press(app, "Resume")
    click(app, tool(app, "delete"))
    press(app, "Delete")
    app.pop()
    assert "Resume: Mine" not in str([getattr(w, "label", "") for w in app.tree.top.walk()])
    assert path.exists() is False


def test_what_is_told_stays_until_it_is_put_away(listed):
    app, _ = listed
    app.toast("First.")
    app.toast("Second, at /a/path.")
    app.mention("In passing.")
    assert app.toasts.shown == "In passing."
    app.toasts.pass_by(app.toasts.until)
    app.frame()
    key(app, pygame.K_DOWN)
    assert app.toasts.until is None
    assert app.toasts.shown == "Second, at /a/path."
    key(app, pygame.K_ESCAPE)
    assert app.toasts.shown == "First."
    pos = app.toasts._box.center
    move(app, pos)
    for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
        pygame.event.post(pygame.event.Event(kind, pos=pos, button=1))
        settle(app)
    assert app.toasts.shown == ""
    assert app.screen.name == "resume"
    key(app, pygame.K_ESCAPE)
    assert app.screen.name == "title"


def test_arrows_go_from_game_to_game_and_along_each(listed):
    app, _ = listed
    begun(6)
    app.screen.entered()
    app.rebuild()
    app.focus_on(row(app).path)
    went = []
    for code in (pygame.K_DOWN, pygame.K_RIGHT, pygame.K_UP, pygame.K_RIGHT, pygame.K_LEFT):
        key(app, code)
        went.append(app.ui.focus.rpartition("going/")[2])
    assert went == ["1/open", "1/rename", "0/rename", "0/delete", "0/rename"]
