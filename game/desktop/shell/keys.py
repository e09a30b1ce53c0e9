"""The keyboard's way through the window."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import pygame

from ..widgets.base import Widget
from ..widgets.scroll import Scroll
from .tree import WidgetTree

ENTER = (pygame.K_RETURN, pygame.K_KP_ENTER)
PRESSING = (*ENTER, pygame.K_SPACE)
"""The keys that press what has the focus."""


class Shortcuts(NamedTuple):
    """The window's own keys, with what they do."""

    plain: Mapping[int, Callable[[], object]]
    with_ctrl: Mapping[int, Callable[[], object]]


class Keys:
    """Gives each key to whom it is meant for."""

    def __init__(
        self,
        tree: WidgetTree,
        shortcuts: Shortcuts,
        focus_on: Callable[[str], None],
        screen: Callable[[pygame.event.Event], bool],
    ) -> None:
        """
        Args:
            tree: the widgets.
            shortcuts: what the window's own keys do.
            focus_on: gives the keyboard to the widget with a path.
            screen: gives a key to the screen; whether it used it.
        """
        self._tree, self._ui, self._shortcuts = tree, tree.ui, shortcuts
        self._focus_on, self._screen = focus_on, screen
        self._held = set[int]()

    def up(self, event: pygame.event.Event) -> None:
        """A key came up."""
        self._held.discard(event.key)

    def lost(self, _event: pygame.event.Event) -> None:
        """The window has no keys any more: nothing is told of those that come up now."""
        self._held.clear()

    def down(self, event: pygame.event.Event) -> None:
        """A key went down: what has the focus comes first, then the screen, then the window. One
        that is held presses once only: what it led to may not be pressed by it, too.
        """
        is_held = event.key in self._held
        self._held.add(event.key)
        chain = self._tree.chain(self._ui.focus)
        if not (is_held and event.key in ENTER) and self._used(chain, event):
            return
        if is_held and event.key in (*PRESSING, pygame.K_ESCAPE):
            return
        ctrl = event.mod & (pygame.KMOD_CTRL | pygame.KMOD_META)
        if not ctrl and event.key in PRESSING:
            enters = event.key in ENTER
            # What was clicked last has no ring: Enter means what is proposed, not that once more.
            if enters and not self._ui.show_focus and self._press_default():
                return
            if chain and chain[-1].focusable:
                chain[-1].press(self._ui)
                return
            if enters and self._press_default():
                return
        if self._screen(event):
            return
        self._own_key(event, scrolls=not chain)

    def _used(self, chain: list[Widget], event: pygame.event.Event) -> bool:
        """Whether what has the focus, or what it is in, has used the key."""
        for place, widget in enumerate(reversed(chain)):
            if widget.key_down(self._ui, event):
                self._ui.show_focus = True
                self._ui.redraw()
                return True
            if not place and self._arrow(chain, event.key):
                return True
        return False

    def _arrow(self, chain: list[Widget], code: int) -> bool:
        """Moves the focus to what stands beside it, as what it is in says, or in the same list;
        whether there is such a thing.
        """
        for widget in reversed(chain[:-1]):
            if (there := widget.beside(chain[-1], code)) is not None:
                self._focus_on(there.path)
                return True
        step = {pygame.K_UP: -1, pygame.K_LEFT: -1, pygame.K_DOWN: 1, pygame.K_RIGHT: 1}.get(code)
        if step is None or len(chain) < 2:
            return False
        stops = [widget for widget in chain[-2].walk() if widget.focusable]
        place = stops.index(chain[-1]) + step if chain[-1] in stops else -1
        if not 0 <= place < len(stops) or stops[place] is chain[-2]:
            return False
        self._focus_on(stops[place].path)
        return True

    def _press_default(self) -> bool:
        """Presses what Enter means where nothing has the focus; whether there is such a thing."""
        for widget in self._tree.top.walk():
            if getattr(widget, "is_default", False):
                widget.press(self._ui)
                return True
        return False

    def _own_key(self, event: pygame.event.Event, *, scrolls: bool) -> None:
        ctrl = event.mod & (pygame.KMOD_CTRL | pygame.KMOD_META)
        if event.key == pygame.K_TAB:
            self._tab(-1 if event.mod & pygame.KMOD_SHIFT else 1)
        elif (act := self._shortcuts.plain.get(event.key)) is not None or (
            ctrl and (act := self._shortcuts.with_ctrl.get(event.key)) is not None
        ):
            act()
        elif scrolls:
            for widget in self._tree.top.walk():
                if isinstance(widget, Scroll) and widget.key_down(self._ui, event):
                    return
            if event.key in (pygame.K_UP, pygame.K_DOWN):
                self._tab(1 if event.key == pygame.K_DOWN else -1)

    def _tab(self, step: int) -> None:
        stops = [widget for widget in self._tree.top.walk() if widget.focusable]
        if not stops:
            return
        paths = [widget.path for widget in stops]
        if self._ui.focus in paths:
            place = (paths.index(self._ui.focus) + step) % len(paths)
        else:
            place = 0 if step > 0 else len(paths) - 1
        self._focus_on(paths[place])
