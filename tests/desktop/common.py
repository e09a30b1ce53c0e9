"""A window on a driver that draws on nothing, and hands to use it: posted events, the real loop."""

from collections.abc import Callable

import pygame

from game.desktop.flow import Flow
from game.desktop.shell.app import App
from game.desktop.shell.settings import Loaded, Settings
from game.desktop.shell.window import open_window
from game.desktop.widgets.base import Widget
from game.desktop.widgets.scroll import Scroll


def window(size: tuple[int, int] = (1280, 720), text_scale: int = 100, **settings) -> App:
    """An app without a screen; the caller closes it."""
    surface = open_window(size)
    pygame.event.clear()
    return App(surface, Loaded(Settings(text_scale=text_scale, **settings)), Flow())


def settle(app: App) -> None:
    """Lets the app act on everything that has been posted."""
    app.frame()
    for event in pygame.event.get():
        app.handle(event)
    app.frame()


def go_round(app: App) -> None:
    """One round of the window's loop, which waits for nothing."""
    pygame.event.post(pygame.event.Event(pygame.USEREVENT))
    app.turn()
    app.frame()


def key(app: App, code: int, mod: int = 0, text: str = "") -> None:
    """Presses and releases a key."""
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=code, mod=mod, unicode=text))
    if text:
        pygame.event.post(pygame.event.Event(pygame.TEXTINPUT, text=text))
    pygame.event.post(pygame.event.Event(pygame.KEYUP, key=code, mod=mod))
    settle(app)


def hold(app: App, code: int) -> None:
    """A key goes down, or goes down again because it is held; it does not come up."""
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=code, mod=0, unicode=""))
    settle(app)


def write(app: App, text: str) -> None:
    """Types a text, letter by letter."""
    for letter in text:
        key(app, ord(letter), text=letter)


def move(app: App, pos: tuple[int, int]) -> None:
    """Moves the pointer."""
    pygame.event.post(
        pygame.event.Event(pygame.MOUSEMOTION, pos=pos, rel=(0, 0), buttons=(0, 0, 0))
    )
    settle(app)


def click(app: App, widget: Widget) -> None:
    """Clicks in the middle of a widget, scrolled into view."""
    app.frame()
    for above in app.tree.chain(widget.path)[:-1]:
        if isinstance(above, Scroll):
            above.show(app.ui, widget.rect)
    pos = widget.rect.center
    move(app, pos)
    for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
        pygame.event.post(pygame.event.Event(kind, pos=pos, button=1))
        settle(app)


def labelled(app: App, label: str) -> Widget:
    """The widget with that label in what has the keys now."""
    app.frame()
    found = [w for w in app.tree.top.walk() if getattr(w, "label", None) == label]
    assert found, (
        f"no {label!r} among {[w.label for w in app.tree.top.walk() if hasattr(w, 'label')]}"
    )
    return found[0]


def press(app: App, label: str) -> None:
    """Clicks what has that label."""
    click(app, labelled(app, label))


def words(app: App) -> str:
    """Every text in what has the keys now."""
    app.frame()
    return "\n".join(w.text for w in app.tree.top.walk() if hasattr(w, "text"))


def drawn_by(app: App, act: Callable[[], object]) -> list[str]:
    """The texts that are drawn while something is done."""
    found = []
    plain = type(app.ui).draw_text

    def draw(ui, surface, text, *rest, **more):
        found.append(text)
        return plain(ui, surface, text, *rest, **more)

    type(app.ui).draw_text = draw
    try:
        act()
    finally:
        type(app.ui).draw_text = plain
    return found
