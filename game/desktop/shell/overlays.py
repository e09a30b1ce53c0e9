"""What lies over a screen: questions, sheets, tips."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pygame

from ..look.ui import Ui
from ..widgets.base import Widget
from ..widgets.boxes import Column, Flow, Panel
from ..widgets.press import Button
from ..widgets.scroll import Scroll
from ..widgets.text import Text


@dataclass(slots=True, eq=False)
class Overlay:
    """Something over the screen that has all keys and clicks until it is gone."""

    build: Callable[[], Widget]
    dismiss: Callable[[], None]
    """What Escape, and a click beside it, do."""
    focus_before: str
    focus: str = ""
    """The key of what is to have the keyboard first; empty once it has."""


class Root(Widget):
    """The whole window: the screen, and over it what lies there, each filling it."""


class Shade(Widget):
    """What lies over the screen, in the middle of a darkened window."""

    WIDEST = 560

    def __init__(self, child: Widget) -> None:
        super().__init__([child])

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        return 0

    def arrange(self, ui: Ui, rect: pygame.Rect) -> None:
        """See `Widget`."""
        width = min(ui.px(self.WIDEST), rect.width - ui.px(32))
        child = self.children[0]
        room = rect.height - ui.px(32)
        if child.height(ui, width) > room:
            _shrink(child, child.height(ui, width) - room)
        height = min(child.height(ui, width), room)
        place = pygame.Rect(0, 0, width, height)
        place.center = rect.center
        child.place(ui, place)

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`."""
        veil = pygame.Surface(self.rect.size)
        veil.fill(ui.theme["shade"])
        veil.set_alpha(190)
        surface.blit(veil, self.rect)


def _shrink(child: Widget, by: int) -> None:
    """Makes what scrolls in it lower."""
    for widget in child.walk():
        if isinstance(widget, Scroll):
            widget.lower_by(by)
        widget.forget_layout()


def root(screen: Widget, above: Sequence[Widget]) -> Root:
    """The window's widgets: the last one has the keys and clicks."""
    return Root([screen, *above])


def shaded(child: Widget) -> Shade:
    """The widget over a darkened window."""
    return Shade(child)


def question(
    title: str,
    text: str,
    answers: Sequence[tuple[str, Callable[[], None]]],
    *,
    dangerous: bool = False,
    default: int = 0,
) -> Widget:
    """A question with its answers; Enter gives the first, or the one at `default`; -1: the last."""
    given = default % len(answers)
    buttons: list[Widget] = [
        Button(
            label,
            action,
            kind="plain" if place != given else ("danger" if dangerous else "primary"),
            default=place == given,
        )
        for place, (label, action) in enumerate(answers)
    ]
    return Panel(
        Column(
            [Text(title, "heading"), Text(text), Flow(buttons)],
            gap=16,
        ),
        pad=24,
        border="accent",
    )


def sheet(title: str, body: Widget, close: Callable[[], None], label: str) -> Widget:
    """Something to read over the screen, as high as it needs, scrolled where it is higher."""
    return Panel(
        Column(
            [
                Text(title, "heading"),
                Scroll(body, key="sheet", height=480, focusable=True),
                Flow([Button(label, close, kind="primary", default=True)]),
            ],
            gap=16,
        ),
        pad=24,
        border="accent",
    )
