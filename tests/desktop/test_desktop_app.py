"""The window's manners: keys, pointer, tips, questions, resizing, closing."""

import time

import pygame
import pytest

from game.desktop.flow import Flow
from game.desktop.look.faults import MissingAsset
from game.desktop.look.fonts import SEPARATORS
from game.desktop.look.theme import load_theme
from game.desktop.look.ui import LEAST
from game.desktop.screens.title import TitleScreen
from game.desktop.shell import settings
from game.desktop.shell.app import App
from game.desktop.shell.pointer import SEEN_AFTER, TIP_AFTER
from game.desktop.shell.screen import Screen
from game.desktop.shell.settings import Loaded, Settings
from game.desktop.widgets.boxes import Column
from game.desktop.widgets.choice import Choice
from game.desktop.widgets.entry import Field, Slider
from game.desktop.widgets.press import Button, Toggle
from game.desktop.widgets.scroll import Scroll
from game.desktop.widgets.select import Item, Select
from game.desktop.widgets.text import Text

from .common import click, go_round, hold, key, labelled, move, press, settle, window, words, write


class Desk(Screen):
    """One of each."""

    name = "desk"

    def __init__(self, app):
        super().__init__(app)
        self.pressed = []
        self.on, self.choice, self.place, self.text, self.item = False, 0, 2, "", 0
        self.question = ""
        self.ticks = 0

    def set(self, **values):
        for name, value in values.items():
            setattr(self, name, value)
        self.app.rebuild()

    def build(self):
        add = self.pressed.append
        return Scroll(
            Column(
                [
                    Button("Go", lambda: add("go"), default=True, tip="It goes."),
                    Button("Shut", lambda: add("shut"), why_not="No orders yet."),
                    Toggle("Light", self.on, lambda on: self.set(on=on)),
                    Choice(
                        ["One", "Two", "Three"],
                        self.choice,
                        lambda place: self.set(choice=place),
                        key="choice",
                        closed=["", "Not two.", ""],
                    ),
                    Slider(range(11), self.place, lambda p: self.set(place=p), key="slider"),
                    Field(self.text, lambda text: self.set(text=text), key="field"),
                    Select(
                        [Item("First"), Item("Second", "It comes second.")],
                        self.item,
                        lambda place: self.set(item=place),
                        key="select",
                        title="Which?",
                        over=self.app,
                    ),
                    Text("Read [the page](ledger) about it."),
                    *(Text(f"Line {number}") for number in range(60)),
                    Button("Last", lambda: add("last")),
                ]
            ),
            key="all",
        )

    def closing(self):
        return self.question

    def tick(self, now):
        self.ticks += 1
        return 0.01 if self.ticks < 3 else None


@pytest.fixture
def desk(app):
    app.push(Desk(app))
    settle(app)
    return app.screen


def of(app, key):
    return next(widget for widget in app.tree.top.walk() if widget.key == key)


def test_a_click_presses_and_a_click_that_is_moved_away_does_not(app, desk):
    press(app, "Go")
    assert desk.pressed == ["go"]
    pos = labelled(app, "Go").rect.center
    pygame.event.post(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=pos, button=1))
    pygame.event.post(pygame.event.Event(pygame.MOUSEBUTTONUP, pos=(5, 700), button=1))
    settle(app)
    assert desk.pressed == ["go"]


@pytest.mark.parametrize("when", ["before", "drawn", "between"])
def test_a_list_that_moves_under_a_resting_pointer_takes_no_press(app, monkeypatch, when):
    """What one meant lies elsewhere now, by no doing of the hand's: pressing there presses nothing
    until one can have seen it. The hand may tremble; once it has moved, it means what it points at.
    """

    class Rows(Screen):
        name = "rows"

        def __init__(self, app):
            super().__init__(app)
            self.warned, self.pressed = 0, []

        def build(self):
            names = ("hold", "harden", "strike", "withdraw")
            rows = [Button(name, lambda name=name: self.pressed.append(name)) for name in names]
            warned = Button("See", lambda: self.pressed.append("see"))
            return Column([*[warned] * self.warned, *rows])

    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now)
    app.push(rows := Rows(app))
    settle(app)
    pos = labelled(app, "strike").rect.center
    step = labelled(app, "strike").rect.y - labelled(app, "harden").rect.y
    move(app, pos)

    def button(kind, at):
        pygame.event.post(pygame.event.Event(kind, pos=at, button=1))

    def relayout():
        rows.warned = 1
        app.rebuild()
        if when == "drawn":
            app.frame()

    if when == "between":
        button(pygame.MOUSEBUTTONDOWN, pos)
        settle(app)
        relayout()
    else:
        relayout()
        button(pygame.MOUSEBUTTONDOWN, pos)
    button(pygame.MOUSEBUTTONUP, pos)
    settle(app)
    assert rows.pressed == []
    assert labelled(app, "harden").rect.collidepoint(pos)
    move(app, (pos[0] + 1, pos[1]))
    for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
        button(kind, (pos[0] + 1, pos[1]))
    settle(app)
    assert rows.pressed == []
    move(app, (pos[0], pos[1] + step))
    click(app, labelled(app, "strike"))
    assert rows.pressed == ["strike"]
    rows.warned = 2
    app.rebuild()
    settle(app)
    now += SEEN_AFTER
    click(app, labelled(app, "hold"))
    assert rows.pressed == ["strike", "hold"]


def test_other_buttons_of_the_mouse_press_nothing(app, desk):
    pos = labelled(app, "Go").rect.center
    for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
        pygame.event.post(pygame.event.Event(kind, pos=pos, button=3))
    settle(app)
    assert desk.pressed == []


@pytest.mark.parametrize("code", [pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE])
def test_a_key_that_is_held_presses_once(app, desk, code):
    app.focus_on(labelled(app, "Go").path)
    for _ in range(20):
        hold(app, code)
    assert desk.pressed == ["go"]
    pygame.event.post(pygame.event.Event(pygame.KEYUP, key=code, mod=0))
    hold(app, code)
    assert desk.pressed == ["go", "go"]
    pygame.event.post(pygame.event.Event(pygame.WINDOWFOCUSLOST))
    hold(app, code)
    assert desk.pressed == ["go", "go", "go"], "the key came up while another window had it"


def test_enter_presses_what_is_proposed_and_what_has_the_focus(app, desk):
    key(app, pygame.K_RETURN)
    assert desk.pressed == ["go"]
    for _ in range(3):
        key(app, pygame.K_TAB)
    key(app, pygame.K_RETURN)
    assert desk.on
    key(app, pygame.K_SPACE)
    assert not desk.on


def test_what_is_closed_says_why(app, desk):
    press(app, "Shut")
    assert desk.pressed == []
    assert app.toasts.shown == "No orders yet."
    press(app, "Two")
    assert desk.choice == 0
    assert app.toasts.shown == "Not two."


def test_the_reason_is_the_tip_for_pointer_and_keyboard(app, desk):
    move(app, labelled(app, "Shut").rect.center)
    time.sleep(TIP_AFTER + 0.05)
    before = app.surface.copy()
    go_round(app)
    app.frame()
    assert app.pointer.tipped().tip == "No orders yet."
    assert before.get_buffer().raw != app.surface.get_buffer().raw
    move(app, (1270, 710))
    key(app, pygame.K_TAB)
    key(app, pygame.K_TAB)
    assert app.pointer.tipped().label == "Shut"


def test_arrows_move_along_a_list(app):
    app.push(TitleScreen(app))
    settle(app)
    reached = []
    for code in (pygame.K_DOWN, pygame.K_DOWN, pygame.K_DOWN, pygame.K_UP):
        key(app, code)
        reached.append(app.tree.find(app.ui.focus).key)
    assert reached == ["begin", "play", "explore", "play"]
    key(app, pygame.K_UP)
    key(app, pygame.K_UP)
    assert app.tree.find(app.ui.focus).key == "begin"


def test_arrows_move_within_a_choice_over_what_is_closed(app, desk):
    app.focus_on(of(app, "choice").path)
    key(app, pygame.K_RIGHT)
    assert desk.choice == 2
    key(app, pygame.K_LEFT)
    assert desk.choice == 0


def test_a_slider_by_keys_and_by_dragging(app, desk):
    app.focus_on(of(app, "slider").path)
    key(app, pygame.K_RIGHT)
    key(app, pygame.K_RIGHT)
    assert desk.place == 4
    key(app, pygame.K_END)
    assert desk.place == 10
    slider = of(app, "slider")
    pos = (slider.rect.left + 2, slider.rect.centery)
    pygame.event.post(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=pos, button=1))
    settle(app)
    assert desk.place == 0
    far = (slider.rect.right, slider.rect.centery)
    pygame.event.post(
        pygame.event.Event(pygame.MOUSEMOTION, pos=far, rel=(0, 0), buttons=(1, 0, 0))
    )
    settle(app)
    assert desk.place == 10


def test_typing_moving_and_deleting(app, desk):
    click(app, of(app, "field"))
    write(app, "iraq")
    key(app, pygame.K_HOME)
    write(app, "x ")
    key(app, pygame.K_DELETE)
    key(app, pygame.K_BACKSPACE)
    assert desk.text == "xraq"
    key(app, pygame.K_END)
    pygame.event.post(pygame.event.Event(pygame.TEXTINPUT, text="é\n" + "a" * 99))
    settle(app)
    assert desk.text == ("xraqé" + "a" * 99)[:60]


def test_the_whole_text_is_marked_replaced_copied_and_cut(app, desk):
    click(app, of(app, "field"))
    write(app, "iraq")
    key(app, pygame.K_a, pygame.KMOD_LCTRL)
    write(app, "us")
    assert desk.text == "us"
    key(app, pygame.K_a, pygame.KMOD_LCTRL)
    key(app, pygame.K_x, pygame.KMOD_LCTRL)
    assert desk.text == ""
    key(app, pygame.K_v, pygame.KMOD_LCTRL)
    assert desk.text == "us"
    key(app, pygame.K_a, pygame.KMOD_LCTRL)
    key(app, pygame.K_LEFT)
    write(app, "x")
    assert desk.text == "uxs", "a key that moves takes the mark away"


def test_a_small_window_has_room_whatever_the_text_is_set_to(app, desk):
    for size in ((640, 480), (800, 600), (1024, 600)):
        small = window(size, 175)
        assert small.ui.units[0] >= min(LEAST[0], size[0])
        assert small.ui.units[1] >= LEAST[1]
        assert small.ui.is_cramped
    assert not window((1280, 720), 175).ui.is_cramped


def test_a_path_is_broken_behind_its_separators(app):
    path = "/home/somebody/restoring-deterrence/reports/2026-11-22_turn_zero_seed-42_game-0.html"
    block = app.ui.block(path, "body", 300)
    lines = ["".join(run.text for run in line.runs) for line in block.lines]
    assert "".join(lines) == path
    assert len(lines) > 1
    assert all(line[-1] in SEPARATORS for line in lines[:-1])


def test_a_list_opens_is_picked_from_and_shut(app, desk):
    app.focus_on(of(app, "select").path)
    key(app, pygame.K_RETURN)
    assert "It comes second." in words(app)
    key(app, pygame.K_ESCAPE)
    assert not app.has_overlay
    assert app.ui.focus == of(app, "select").path
    key(app, pygame.K_RETURN)
    press(app, "Second")
    assert desk.item == 1
    assert not app.has_overlay


def test_a_click_beside_a_list_shuts_it(app, desk):
    click(app, of(app, "select"))
    assert app.has_overlay
    for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
        pygame.event.post(pygame.event.Event(kind, pos=(3, 3), button=1))
    settle(app)
    assert not app.has_overlay


def test_nothing_below_a_question_can_be_reached(app, desk):
    answers = []
    app.ask("Sure?", "Think.", [("Yes", lambda: answers.append(1)), ("No", lambda: None)])
    reached = set()
    for _ in range(4):
        key(app, pygame.K_TAB)
        reached.add(app.tree.find(app.ui.focus).label)
    assert reached == {"Yes", "No"}
    key(app, pygame.K_ESCAPE)
    assert answers == []
    app.ask("Sure?", "Think.", [("Yes", lambda: answers.append(1)), ("No", lambda: None)])
    settle(app)
    key(app, pygame.K_RETURN)
    assert answers == [1]


def test_the_wheel_and_the_keys_scroll_and_focus_comes_into_view(app, desk):
    scroll = of(app, "all")
    move(app, (300, 300))
    pygame.event.post(pygame.event.Event(pygame.MOUSEWHEEL, x=0, y=-2, precise_y=-2.0))
    settle(app)
    assert scroll.offset(app.ui) == 2 * Scroll.STEP
    key(app, pygame.K_END)
    end = of(app, "all").offset(app.ui)
    assert end > 500
    key(app, pygame.K_HOME)
    app.focus_on(labelled(app, "Last").path)
    settle(app)
    assert labelled(app, "Last").rect.bottom <= 720
    assert of(app, "all").offset(app.ui) == pytest.approx(end, abs=40)


def test_the_bar_is_dragged(app, desk):
    scroll = of(app, "all")
    pos = (scroll.rect.right - 3, 20)
    pygame.event.post(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=pos, button=1))
    settle(app)
    far = (pos[0], 715)
    pygame.event.post(
        pygame.event.Event(pygame.MOUSEMOTION, pos=far, rel=(0, 0), buttons=(1, 0, 0))
    )
    settle(app)
    assert scroll.offset(app.ui) == scroll._most(app.ui)


def test_links_lead_to_the_handbook(app, desk):
    opened = []

    class Handbook(Flow):
        def open_page(self, app, page):
            opened.append(page)

    app.routes = Handbook()
    link = next(w for w in app.tree.top.walk() if type(w).__name__ == "Link")
    click(app, link)
    key(app, pygame.K_F1)
    assert opened == ["ledger", ""]


def test_the_text_grows_by_keys_and_is_kept(tmp_path):
    from .common import window  # noqa: PLC0415

    path = tmp_path / "settings.json"
    plain = window()
    app = App(plain.surface, Loaded(Settings()), Flow(), path)
    app.push(Desk(app))
    settle(app)
    before = labelled(app, "Go").rect.height
    key(app, pygame.K_PLUS, pygame.KMOD_CTRL)
    key(app, pygame.K_PLUS, pygame.KMOD_CTRL)
    assert app.settings.text_scale == 130
    assert labelled(app, "Go").rect.height > before
    assert settings.load(path).settings.text_scale == 130
    app.close()


def test_settings_that_cannot_be_kept_count_and_it_is_told(tmp_path):
    from .common import window  # noqa: PLC0415

    (tmp_path / "file").write_text("")
    app = App(window().surface, Loaded(Settings()), Flow(), tmp_path / "file" / "settings.json")
    app.push(Desk(app))
    app.change_settings(theme="light")
    assert app.ui.theme.id == "light"
    assert "could not be written" in app.toasts.shown
    app.close()


def test_resizing_at_any_moment(app, desk):
    for size in ((900, 620), (1920, 1080), (640, 480), (1280, 720)):
        pygame.event.post(pygame.event.Event(pygame.VIDEORESIZE, size=size, w=size[0], h=size[1]))
        pygame.display.set_mode(size)
        settle(app)
        assert app.surface.get_size() == size
        assert app.tree.root.rect.size == size


def test_minimised_restored_and_out_of_focus(app, desk):
    for kind in (
        pygame.WINDOWMINIMIZED,
        pygame.WINDOWFOCUSLOST,
        pygame.WINDOWLEAVE,
        pygame.WINDOWRESTORED,
        pygame.WINDOWEXPOSED,
        pygame.WINDOWFOCUSGAINED,
    ):
        pygame.event.post(pygame.event.Event(kind))
        settle(app)
    press(app, "Go")
    assert desk.pressed == ["go"]


def test_closing_asks_where_something_is_under_way(app, desk):
    desk.question = "Your orders are not committed."
    pygame.event.post(pygame.event.Event(pygame.QUIT))
    settle(app)
    assert app.running
    assert "Your orders are not committed." in words(app)
    pygame.event.post(pygame.event.Event(pygame.QUIT))
    settle(app)
    key(app, pygame.K_ESCAPE)
    assert app.running
    assert not app.has_overlay
    app.push(TitleScreen(app))  # what lies over it does not hide the question
    pygame.event.post(pygame.event.Event(pygame.QUIT))
    settle(app)
    press(app, "Close")
    assert not app.running


def test_the_loop_runs_ticks_and_ends(app, desk):
    pygame.time.set_timer(pygame.QUIT, 150, 1)
    start = time.monotonic()
    app.run()
    assert desk.ticks == 3
    assert time.monotonic() - start < 5


def test_waiting_costs_next_to_nothing(app, desk):
    pygame.time.set_timer(pygame.QUIT, 3000, 1)
    app.waiting.last = 0
    cpu, start = time.process_time(), time.monotonic()
    while app.running:
        app.turn()
    share = (time.process_time() - cpu) / (time.monotonic() - start)
    assert share < 0.03


def test_pictures_of_letters_are_kept_within_bounds(app, desk):
    from game.desktop.look import fonts  # noqa: PLC0415

    for number in range(4000):
        app.ui.fonts.drawn("sans", 40, f"Number {number} of many", (200, 200, 200))
    assert app.ui.fonts._pixels <= fonts.CACHE_PIXELS


def test_a_missing_theme_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr("game.desktop.look.theme.THEMES", tmp_path)
    load_theme.cache_clear()
    with pytest.raises(MissingAsset, match=r"night\.toml is missing"):
        load_theme("night")
