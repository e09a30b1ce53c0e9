"""The pointer: what is under it, what is pressed with it, and the tips that it brings up."""

import time
from typing import TYPE_CHECKING

import pygame

from .widgets.base import Widget
from .widgets.scroll import Scroll

if TYPE_CHECKING:
    from .app import App

TIP_AFTER = 0.5
"""Seconds after which a tip is shown."""


class Pointer:
    """The mouse of one window."""

    def __init__(self, app: "App") -> None:
        self._app = app
        self.tip_at: float | None = None
        """When the next tip is to be shown; None for no time."""
        self._shown = False
        self._at: tuple[int, int] | None = None

    def gone(self, _event: pygame.event.Event) -> None:
        """It left the window."""
        self._at = None
        self._hover("")

    def moved(self, event: pygame.event.Event) -> None:
        """It moved, perhaps with a button held down."""
        self._at = event.pos
        if self._app.ui.pressed:
            widget = self._app.find(self._app.ui.pressed)
            if widget is not None:
                widget.drag(self._app.ui, event.pos)
                return
        self.refresh()

    def refresh(self) -> None:
        """Looks again at what is under it."""
        chain = self._app.top.at(self._at) if self._at is not None else []
        self._hover(chain[-1].path if chain else "")

    def _hover(self, path: str) -> None:
        if path != self._app.ui.hover:
            self._app.ui.hover = path
            self.start_tip()
            self._app.redraw()

    def start_tip(self) -> None:
        """Shows the tip of what it has come to, in a while."""
        self._shown = False
        self.tip_at = time.monotonic() + TIP_AFTER if self.tipped() else None

    def hide_tip(self) -> None:
        """Takes the tip away until the pointer or the focus moves."""
        self.tip_at, self._shown = None, False

    def act_on_time(self, now: float) -> None:
        """Shows the tip when its time has come."""
        if self.tip_at is not None and now >= self.tip_at:
            self.tip_at, self._shown = None, True
            self._app.redraw()

    def tip(self) -> Widget | None:
        """The widget whose tip is shown now."""
        return self.tipped() if self._shown else None

    def tipped(self) -> Widget | None:
        """The innermost widget with a tip under the pointer, or else under the keyboard."""
        for path in (self._app.ui.hover, self._app.ui.focus if self._app.ui.show_focus else ""):
            for widget in reversed(self._app.chain(path)):
                if widget.tip:
                    return widget
        return None

    def down(self, event: pygame.event.Event) -> None:
        """A button went down."""
        self.tip_at, self._shown = None, False
        if event.button != 1:
            return
        self._at = event.pos
        if self._app.put_away(at=event.pos):
            return
        chain = self._app.top.at(event.pos)
        self._app.ui.hover = chain[-1].path if chain else ""
        widget = _innermost_focusable(chain)
        if len(chain) == 1 and self._app.dismiss():  # it was on the shade beside it
            return
        self._app.ui.pressed = widget.path if widget else ""
        if widget is not None:
            self._app.ui.show_focus = False
            if widget.focusable:
                self._app.ui.focus = widget.path
            widget.down(self._app.ui, event.pos)
        self._app.redraw()

    def up(self, event: pygame.event.Event) -> None:
        """A button came up again."""
        if event.button != 1 or not self._app.ui.pressed:
            return
        pressed, self._app.ui.pressed = self._app.ui.pressed, ""
        widget = self._app.find(pressed)
        self._app.redraw()
        if widget is not None and widget in self._app.top.at(event.pos):
            widget.press(self._app.ui)
        self.refresh()

    def wheel(self, event: pygame.event.Event) -> None:
        """The wheel was turned."""
        steps = getattr(event, "precise_y", 0.0) or float(event.y)
        if pygame.key.get_mods() & pygame.KMOD_CTRL:
            self._app.step_text(1 if steps > 0 else -1)
            return
        for widget in reversed(self._app.top.at(self._at or (0, 0))):
            if widget.wheel(self._app.ui, steps):
                self.tip_at, self._shown = None, False
                self.refresh()
                return


def _innermost_focusable(chain: list[Widget]) -> Widget | None:
    """What a click is meant for: the innermost that can have the focus, or that scrolls."""
    for widget in reversed(chain):
        if widget.focusable or isinstance(widget, Scroll):
            return widget
    return None
