"""The pointer: what is under it, what is pressed with it, and the tips that it brings up."""

import time
from collections.abc import Callable
from typing import NamedTuple

import pygame

from ..widgets.base import Widget
from ..widgets.scroll import Scroll
from .tree import WidgetTree

TIP_AFTER = 0.5
"""Seconds after which a tip is shown."""
SEEN_AFTER = 0.35
"""Seconds that somebody needs to see that something else has come under the pointer."""
AT_REST = 4
"""Units within which a hand that rests may tremble."""


class Commands(NamedTuple):
    """What the mouse does to a window, beside what its widgets do."""

    put_away: Callable[[tuple[int, int]], bool]
    """Puts away what is told at a place; whether it stood there."""
    dismiss: Callable[[], bool]
    """Dismisses what lies over the screen; whether there was anything."""
    step_text: Callable[[int], None]
    """Makes the text larger or smaller by so many steps."""


class Pointer:
    """The mouse of one window."""

    def __init__(self, tree: WidgetTree, commands: Commands) -> None:
        self._tree, self._ui, self._commands = tree, tree.ui, commands
        self.tip_at: float | None = None
        """When the next tip is to be shown; None for no time."""
        self._shown = False
        self._at: tuple[int, int] | None = None
        self._under = ""
        """The path of what a click would be meant for."""
        self._slipped: tuple[float, tuple[int, int]] | None = None
        """When that moved away from under it, and where it rested then."""

    def gone(self, _event: pygame.event.Event) -> None:
        """It left the window."""
        self._at = None
        self._hover("")

    def moved(self, event: pygame.event.Event) -> None:
        """It moved, perhaps with a button held down."""
        self._at = event.pos
        if self._slipped is not None and not self._rests_at(self._slipped[1]):
            self._slipped = None
        if self._ui.pressed:
            widget = self._tree.find(self._ui.pressed)
            if widget is not None:
                widget.drag(self._ui, event.pos)
                return
        self.refresh()

    def refresh(self) -> None:
        """Looks again at what is under it."""
        chain = self._tree.top.at(self._at) if self._at is not None else []
        meant = _innermost_focusable(chain)
        self._under = meant.path if meant else ""
        self._hover(chain[-1].path if chain else "")

    def laid_out(self) -> None:
        """Everything was laid out anew. Where what lay under it now lies elsewhere, a press counts
        for nothing until somebody can have seen that: it was meant for what lay there before.
        """
        before = self._under
        self.refresh()
        if before != self._under and self._at is not None and self._tree.find(before) is not None:
            self._slipped = time.monotonic(), self._at

    def _rests_at(self, pos: tuple[int, int]) -> bool:
        assert self._at is not None
        far = self._ui.px(AT_REST)
        return abs(self._at[0] - pos[0]) <= far and abs(self._at[1] - pos[1]) <= far

    def _is_too_soon(self) -> bool:
        """Whether what lies under it has come there a moment ago, it having rested."""
        if self._slipped is None or not self._rests_at(self._slipped[1]):
            return False
        return time.monotonic() - self._slipped[0] < SEEN_AFTER

    def _hover(self, path: str) -> None:
        if path != self._ui.hover:
            self._ui.hover = path
            self.start_tip()
            self._ui.redraw()

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
            self._ui.redraw()

    def tip(self) -> Widget | None:
        """The widget whose tip is shown now."""
        return self.tipped() if self._shown else None

    def tipped(self) -> Widget | None:
        """The innermost widget with a tip under the pointer, or else under the keyboard."""
        for path in (self._ui.hover, self._ui.focus if self._ui.show_focus else ""):
            for widget in reversed(self._tree.chain(path)):
                if widget.tip:
                    return widget
        return None

    def down(self, event: pygame.event.Event) -> None:
        """A button went down."""
        self.tip_at, self._shown = None, False
        if event.button != 1:
            return
        self._at = event.pos
        if self._is_too_soon():
            return
        if self._commands.put_away(event.pos):
            return
        chain = self._tree.top.at(event.pos)
        self._ui.hover = chain[-1].path if chain else ""
        widget = _innermost_focusable(chain)
        if len(chain) == 1 and self._commands.dismiss():  # it was on the shade beside it
            return
        self._ui.pressed = widget.path if widget else ""
        if widget is not None:
            self._ui.show_focus = False
            if widget.focusable:
                self._ui.focus = widget.path
            widget.down(self._ui, event.pos)
        self._ui.redraw()

    def up(self, event: pygame.event.Event) -> None:
        """A button came up again."""
        if event.button != 1 or not self._ui.pressed:
            return
        pressed, self._ui.pressed = self._ui.pressed, ""
        widget = self._tree.find(pressed)
        self._ui.redraw()
        if widget is not None and widget in self._tree.top.at(event.pos):
            widget.press(self._ui)
        self.refresh()

    def wheel(self, event: pygame.event.Event) -> None:
        """The wheel was turned."""
        steps = getattr(event, "precise_y", 0.0) or float(event.y)
        if pygame.key.get_mods() & pygame.KMOD_CTRL:
            self._commands.step_text(1 if steps > 0 else -1)
            return
        for widget in reversed(self._tree.top.at(self._at or (0, 0))):
            if widget.wheel(self._ui, steps):
                self.tip_at, self._shown = None, False
                self.refresh()
                return


def _innermost_focusable(chain: list[Widget]) -> Widget | None:
    """What a click is meant for: the innermost that can have the focus, or that scrolls."""
    for widget in reversed(chain):
        if widget.focusable or isinstance(widget, Scroll):
            return widget
    return None
