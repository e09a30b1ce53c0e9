"""Keys on every layout, letters of input methods, and what Enter means."""

from pathlib import Path

import pygame
import pytest

from game.desktop.screens.games.scenario import ScenarioScreen
from game.desktop.screens.room import Mode
from game.desktop.screens.title import TitleScreen
from game.desktop.widgets.entry import Field
from game.futures.cast import cast
from game.rules.seats import Seat
from game.session.match import Match, Seating

from .common import click, drawn_by, hold, key, press, settle, window, words, write
from .playing import CTRL, match_of, named, room_of, shown, there

US, IRAN = Seat.US, Seat.IRAN
LAYOUTS: dict[str, dict[str, tuple[int, str]]] = {
    "us": {},
    "ru": {k: (ord(own), k) for k, own in zip("dwpfnq", "вцзфтй", strict=True)},
    "ara": {k: (ord(own), k) for k, own in zip("dwpfnq", "يصحبىض", strict=True)},
    "ir": {k: (ord(own), k) for k, own in zip("dwpfnq2468", "یصحبدض۲۴۶۸", strict=True)},
    "fr": {"w": (ord("w"), "z"), "q": (ord("q"), "a"), "-": (ord("-"), "6")}
    | {k: (ord(own), k) for k, own in zip("2468", "é'-_", strict=True)},
    "de": {"+": (ord("+"), "rightbracket"), "-": (ord("-"), "slash")},
}
"""What a keyboard sends for an English key, where it is not the same: the code, and the English
name of the key that it stands on. What writes Latin letters is pressed where it is printed."""
PLACES = {"-": "minus", "+": "equals"}


def physical(app, wanted: str, layout: str, mod: int = 0) -> None:
    """Presses the key of a letter, digit or sign on the keyboard of a layout."""
    code, place = LAYOUTS[layout].get(wanted, (ord(wanted), PLACES.get(wanted, wanted)))
    where = getattr(pygame, f"KSCAN_{place.upper()}")
    for kind in (pygame.KEYDOWN, pygame.KEYUP):
        pygame.event.post(pygame.event.Event(kind, key=code, scancode=where, mod=mod, unicode=""))
    settle(app)


@pytest.fixture
def room():
    app = room_of(match_of("the_article", US))
    yield app
    app.close()


def test_every_key_of_the_room_works_on_every_layout(room) -> None:
    """Letters for orders and the note, digits for leaves, signs for the text size, Ctrl+Q."""
    desk = room.screen.desk_of(US)
    for layout in LAYOUTS:
        for place, letter in enumerate("dwpf"):
            physical(room, letter, layout)
            assert (desk.leaf, desk.ordering.leaf) == ("orders", place), (layout, letter)
        for digit, leaf in zip("2468", ("news", "ledger", "intelligence", "timeline"), strict=True):
            physical(room, digit, layout)
            assert desk.leaf == leaf, (layout, digit)
        physical(room, "+", layout, CTRL)
        assert room.settings.text_scale == 115, layout
        physical(room, "-", layout, CTRL)
        assert room.settings.text_scale == 100, layout
        physical(room, "n", layout)
        assert there(room, "note"), layout
        key(room, pygame.K_ESCAPE)
        physical(room, "q", layout, CTRL)
        press(room, "Close")
        assert not room.running, layout
        room.running = True


def test_escape_that_is_held_takes_one_step_back(app) -> None:
    app.push(TitleScreen(app))
    app.push(ScenarioScreen(app))
    for _ in range(5):
        hold(app, pygame.K_ESCAPE)
    assert app.screen.name == "title"
    assert not app.has_overlay, "the key that led here does not ask to leave as well"


def test_digits_of_the_keypad_open_leaves(room) -> None:
    key(room, pygame.K_KP2)
    assert room.screen.desk_of(US).leaf == "news"


# --- input methods


def compose(app, text: str) -> None:
    pygame.event.post(pygame.event.Event(pygame.TEXTEDITING, text=text, start=0, length=0))
    settle(app)


def test_letters_that_are_still_composed_are_shown_and_not_taken(app) -> None:
    taken = []

    class Page(ScenarioScreen):
        def build(self):
            return Field(taken[-1] if taken else "", taken.append, key="name")

    app.push(Page(app))
    click(app, named(app, "name"))
    drawn = drawn_by(app, lambda: compose(app, "にほ"))
    assert any("にほ" in text for text in drawn)
    assert taken == []
    for code in (pygame.K_BACKSPACE, pygame.K_RETURN, pygame.K_ESCAPE, pygame.K_TAB):
        key(app, code)
    assert app.ui.composition == "にほ", "these keys were the input method's"
    assert app.ui.focus.endswith("name")
    pygame.event.post(pygame.event.Event(pygame.TEXTINPUT, text="日本"))
    settle(app)
    assert taken == ["日本"]
    assert app.ui.composition == ""


def test_input_methods_work_only_where_something_is_typed(app, monkeypatch) -> None:
    """Elsewhere a letter is a key: an input method must not keep it."""
    asked = []
    monkeypatch.setattr(pygame.key, "start_text_input", lambda: asked.append("start"))
    monkeypatch.setattr(pygame.key, "stop_text_input", lambda: asked.append("stop"))
    monkeypatch.setattr(pygame.key, "set_text_input_rect", lambda rect: asked.append(rect.size))
    app.push(TitleScreen(app))
    app.push(ScenarioScreen(app))
    settle(app)
    assert "start" not in asked
    click(app, named(app, "more"))
    click(app, named(app, "seed"))
    assert "start" in asked
    assert named(app, "seed").rect.size in asked
    compose(app, "1")
    key(app, pygame.K_ESCAPE)
    pygame.event.post(pygame.event.Event(pygame.TEXTINPUT, text="1"))
    settle(app)
    key(app, pygame.K_TAB)
    assert asked[-1] == "stop"


# --- what Enter means


def test_the_coachs_next_goes_on_after_another_leaf_was_clicked() -> None:
    app = room_of(match_of("turn_zero", US))
    try:
        step = app.screen.desk_of(US).coach
        click(app, named(app, "tabs").children[1])
        key(app, pygame.K_RETURN)
        assert step.at == 1
        click(app, named(app, "tabs").children[3])
        click(app, named(app, "coach-next"))
        assert step.at == 2
    finally:
        app.close()


def test_enter_lets_a_seat_in_at_the_curtain() -> None:
    app = room_of(match_of("the_article", US, IRAN))
    try:
        assert shown(app) is Mode.CURTAIN
        key(app, pygame.K_RETURN)
        assert app.screen.name == "briefing"
    finally:
        app.close()


def test_enter_presses_what_tab_has_come_to(room) -> None:
    """A ring shows where the keyboard is: that is what Enter means then."""
    key(room, pygame.K_ESCAPE)
    key(room, pygame.K_TAB)
    key(room, pygame.K_TAB)
    labels = [getattr(w, "label", "") for w in room.tree.chain(room.ui.focus)]
    key(room, pygame.K_RETURN)
    assert labels[-1] != "Leave to the title"
    assert room.screen.name != "title"


# --- back from the first briefing


def test_back_from_the_first_briefing_finds_what_was_picked() -> None:
    app = window()
    try:
        app.push(TitleScreen(app))
        app.push(ScenarioScreen(app))
        press(app, "After Taji")
        click(app, named(app, "who-IRAN").children[0])
        click(app, named(app, "who-US").children[1])
        press(app, "Begin")
        assert app.screen.name == "briefing"
        first = app.match_path
        key(app, pygame.K_ESCAPE)
        assert app.screen.name == "scenario"
        assert app.screen._picked.scenario == "after_taji"
        assert app.screen._picked.people == {IRAN}
        press(app, "Begin")
        assert app.match.scenario.id == "after_taji"
        assert app.match.people == (IRAN,)
        kept = list(first.parent.glob("*.match"))
        assert kept == [app.match_path], "what nobody had touched is out of the list"
        key(app, pygame.K_RETURN)
        assert app.screen.name == "room"
    finally:
        app.close()


# --- notes, and a file that goes away


def kept_room(folder: Path, *people: Seat):
    seats = {seat: Seating.person() for seat in people}
    match = Match.begin(folder / "a.match", "the_article", seats, cast, seed=7)
    app = room_of(match)
    app.hold(match, match.path)
    return match, app


def test_a_note_is_written_down_in_the_window(tmp_path: Path) -> None:
    match, app = kept_room(tmp_path, US)
    try:
        key(app, pygame.K_n)
        write(app, "we are wavering")
        key(app, pygame.K_RETURN)
        assert not app.has_overlay
        note = match.match_state.notes[-1]
        assert (note.words, note.seat) == ("we are wavering", US)
        press_in_menu(app, "A note for the debrief")
        key(app, pygame.K_RETURN)
        assert app.toasts.shown == "A note is missing."
        write(app, "half")
        key(app, pygame.K_ESCAPE)
        key(app, pygame.K_ESCAPE)
        press_in_menu(app, "A note for the debrief")
        assert "half" in words(app), "what was begun is not lost"
    finally:
        app.close()


def press_in_menu(app, label: str) -> None:
    if app.has_overlay:
        key(app, pygame.K_ESCAPE)
    click(app, named(app, "menu"))
    press(app, label)


@pytest.mark.parametrize("how", ["renamed", "deleted", "replaced"])
def test_a_match_that_goes_away_while_it_is_played_is_told(tmp_path: Path, how: str) -> None:
    match, app = kept_room(tmp_path, US)
    try:
        come_to(app)
        assert app.toasts.shown == ""
        whole = match.path.read_bytes()
        other = match.path.with_name("other.match")
        if how == "deleted":
            match.path.unlink()
        else:
            match.path.rename(other)
        if how == "replaced":
            match.path.write_bytes(whole)
        come_to(app)
        assert "was deleted or moved while it was played" in app.toasts.shown
        key(app, pygame.K_ESCAPE)
        come_to(app)
        assert app.toasts.shown == "", "once is enough"
        if how != "deleted":
            other.replace(match.path)
            come_to(app)
            assert match.lost == ""
    finally:
        app.close()


def come_to(app) -> None:
    """Somebody comes back to the window."""
    pygame.event.post(pygame.event.Event(pygame.WINDOWFOCUSGAINED))
    settle(app)


def test_a_match_in_memory_is_never_lost() -> None:
    assert match_of("turn_zero", US).lost == ""
