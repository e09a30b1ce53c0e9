"""Hands that play a game in the situation room: by keyboard alone, or by mouse alone."""

import time
from collections.abc import Callable

import pygame

from game.desktop.room.orders.choices import ChoiceRow
from game.desktop.screens.room import Mode, RoomScreen
from game.desktop.screens.title import TitleScreen
from game.desktop.shell.app import App
from game.desktop.widgets.base import Widget
from game.desktop.widgets.scroll import Scroll
from game.futures.cast import cast
from game.rules.seats import SEATS, Seat
from game.session.match import Match
from game.views.names import SEAT_TITLES
from tests.common import scenario as read

from .common import click, go_round, key, move, press, settle, window

CTRL = pygame.KMOD_LCTRL


def match_of(scenario: str, *people: Seat, seed: int = 7) -> Match:
    """A game in memory."""
    chosen = read(scenario)
    players = cast(chosen, {}, [seat for seat in SEATS if seat not in people])
    return Match(chosen, players, seed)


def room_of(match: Match, size=(1280, 720), text_scale=100, **settings) -> App:
    """A window with the game's room over the title; the caller closes it."""
    settings = {"reduced_motion": True, "estimate": False} | settings
    app = window(size, text_scale, **settings)
    app.push(TitleScreen(app))
    app.push(RoomScreen(app, match))
    app.frame()
    return app


def rows(app: App) -> list[ChoiceRow]:
    """The deeds, words or messages that are listed now."""
    return [w for w in app.tree.top.walk() if isinstance(w, ChoiceRow)]


def focused(app: App) -> Widget | None:
    return app.tree.find(app.ui.focus)


def tab_to(app: App, wanted) -> None:
    """Presses Tab until something wanted has the focus."""
    for _ in range(200):
        key(app, pygame.K_TAB)
        widget = focused(app)
        if widget is not None and wanted(widget):
            return
    raise AssertionError("Tab does not lead there")


def named(app: App, name: str) -> Widget:
    """What has that key."""
    app.frame()
    return next(w for w in app.tree.top.walk() if w.key == name)


def told(app: App) -> str:
    """Where the window stands, for an assertion that fails."""
    screen = app.screen
    return (
        f"{type(screen).__name__} {shown(app)}, focus {app.ui.focus!r}, pressed "
        f"{app.ui.pressed!r}, over it {app.has_overlay}, told {app.toasts.shown}"
    )


def there(app: App, name: str) -> bool:
    """Whether anything has that key."""
    app.frame()
    return any(w.key == name for w in app.tree.top.walk())


def in_peak(app: App) -> bool:
    """Whether something is told that nobody may pass over."""
    return there(app, "peak")


def shown(app: App) -> Mode:
    """What the room shows, by what is to be seen of it."""
    if there(app, "reveal"):
        return Mode.CURTAIN
    if in_peak(app) or there(app, "leave"):
        return Mode.TELLING
    return Mode.ROOM if there(app, "commit") else Mode.WAITING


def whose(app: App) -> Seat:
    """Whose room it is, or who is to come, as it stands on the screen."""
    sign = named(app, "reveal" if there(app, "reveal") else "role")
    return next(seat for seat in SEATS if SEAT_TITLES[seat] in getattr(sign, "label", ""))


def settle_room(app: App, seconds: float = 120) -> None:
    """Until an adjudication is over."""
    until = time.monotonic() + seconds
    while isinstance(app.screen, RoomScreen) and shown(app) is Mode.WAITING:
        assert time.monotonic() < until
        go_round(app)
        time.sleep(0.005)
    settle(app)


def while_the_staff_works(app: App, until: Callable[[], bool]) -> None:
    """The window goes on while another process works."""
    for _ in range(12_000):
        if until():
            return
        go_round(app)
        settle(app)
        pygame.time.wait(5)
    raise AssertionError("the staff has found nothing")


class Keyboard:
    """A person without a mouse."""

    def reveal(self, app: App) -> None:
        tab_to(app, lambda w: w.key == "reveal")
        key(app, pygame.K_RETURN)

    def go_on(self, app: App) -> None:
        """Past the turn's peaks, and on from its report."""
        while in_peak(app):
            key(app, pygame.K_SPACE)
            key(app, pygame.K_RETURN)
        key(app, pygame.K_RETURN)

    def debrief(self, app: App) -> None:
        """From the last scene to the debrief, without a word on which world it was."""
        key(app, pygame.K_ESCAPE)
        if app.has_overlay:
            key(app, pygame.K_RETURN)

    def order(self, app: App, turn: int) -> None:
        """Another deed each turn, sometimes a word and a message, and a forecast."""
        key(app, pygame.K_d)
        self._pick(app, turn)
        if turn % 2:
            key(app, pygame.K_w)
            self._down_to(app, "word-threaten")
            tab_to(app, lambda w: w.key == "word_to")
            key(app, pygame.K_RIGHT)
            tab_to(app, lambda w: w.key == "word_rung")
            key(app, pygame.K_RIGHT)
            key(app, pygame.K_RIGHT)
            key(app, pygame.K_p)
            self._pick(app, 1)
            if there(app, "whisper_to"):
                tab_to(app, lambda w: w.key == "whisper_to")
                key(app, pygame.K_RIGHT)
        key(app, pygame.K_f)
        tab_to(app, lambda w: w.key.startswith("forecast-"))
        for _ in range(3):
            key(app, pygame.K_RIGHT)

    def _pick(self, app: App, which: int) -> None:
        free = [row.key for row in rows(app) if not row.closed]
        self._down_to(app, free[which % len(free)])

    def _down_to(self, app: App, name: str) -> None:
        """Up and down from row to row, then Enter."""
        names = [row.key for row in rows(app)]
        assert focused(app).key in names
        step = names.index(name) - names.index(focused(app).key)
        for _ in range(abs(step)):
            key(app, pygame.K_DOWN if step > 0 else pygame.K_UP)
        assert focused(app).key == name
        key(app, pygame.K_RETURN)

    def commit(self, app: App) -> None:
        key(app, pygame.K_RETURN, CTRL)


class Mouse:
    """A person without a keyboard."""

    def reveal(self, app: App) -> None:
        click(app, named(app, "reveal"))

    def go_on(self, app: App) -> None:
        """Past the turn's peaks, and on from its report."""
        while in_peak(app):
            if there(app, "all"):
                click(app, named(app, "all"))
            click(app, named(app, "on"))
        click(app, named(app, "leave"))

    def debrief(self, app: App) -> None:
        """From the last scene to the debrief, without a word on which world it was."""
        click(app, named(app, "leave"))
        if app.has_overlay:
            press(app, "I cannot tell")

    def order(self, app: App, turn: int) -> None:
        """Another deed each turn, sometimes a word and a message, and a forecast."""
        if there(app, "coach-skip"):
            click(app, named(app, "coach-skip"))
        self._open(app, "tabs", 0)
        self._open(app, "leaves", 0)
        self._pick(app, turn)
        if turn % 2:
            self._open(app, "leaves", 1)
            bring(app, named(app, "word-threaten").path)
            click(app, named(app, "word-threaten"))
            bring(app, named(app, "word_to").path)
            click(app, named(app, "word_to").children[0])
            bring(app, named(app, "word_rung").path)
            click(app, named(app, "word_rung"))
            items = [w for w in app.tree.top.walk() if w.key == "3"]
            click(app, items[0])
            self._open(app, "leaves", 2)
            self._pick(app, 1)
            if there(app, "whisper_to"):
                bring(app, named(app, "whisper_to").path)
                click(app, named(app, "whisper_to").children[0])
        self._open(app, "leaves", 3)
        slider = next(w for w in app.tree.top.walk() if w.key.startswith("forecast-"))
        click(app, slider)

    def _open(self, app: App, choice: str, place: int) -> None:
        click(app, named(app, choice).children[place])

    def _pick(self, app: App, which: int) -> None:
        free = [row.key for row in rows(app) if not row.closed]
        wanted = free[which % len(free)]
        bring(app, named(app, wanted).path)
        click(app, named(app, wanted))

    def commit(self, app: App) -> None:
        if there(app, "coach-skip"):
            click(app, named(app, "coach-skip"))
        click(app, named(app, "commit"))


def bring(app: App, path: str) -> None:
    """Turns the wheel over a list until something in it can be clicked."""
    for _ in range(60):
        app.frame()
        chain = app.tree.chain(path)
        scroll = next(w for w in reversed(chain) if isinstance(w, Scroll))
        middle = chain[-1].rect.centery
        if scroll.rect.top <= middle < scroll.rect.bottom:
            return
        move(app, scroll.rect.center)
        step = 1 if middle < scroll.rect.top else -1
        pygame.event.post(pygame.event.Event(pygame.MOUSEWHEEL, x=0, y=step, flipped=False))
        settle(app)
    raise AssertionError(f"{path} cannot be brought into view")


ORDERED = 3
"""Turns with orders of their own; afterwards the person holds, which is quicker to test."""


def play_turn(app: App, hands: Keyboard | Mouse, turn: int) -> None:
    """One person alone: from the room to the next one, or to the debrief."""
    if turn < ORDERED:
        hands.order(app, turn)
    hands.commit(app)
    settle_room(app)
    assert shown(app) is Mode.TELLING, told(app)
    hands.go_on(app)
