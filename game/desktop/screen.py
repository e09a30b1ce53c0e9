"""What a screen is to the app."""

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any

import pygame

from game.rules.rulebook import Rulebook

from .ui import Ui
from .widgets.base import Widget

if TYPE_CHECKING:
    from .app import App


class Screen:
    """One screen of the window. `build` makes its widgets from what is; it is called again after
    every change, so it must be quick and change nothing.
    """

    name = ""
    """What pictures and tests call it."""

    def __init__(self, app: "App") -> None:
        self.app = app
        self._kept: dict[tuple[Hashable, float], Widget] = {}
        self.rules: Rulebook | None = None
        """The rules of the game that it shows: the handbook over it tells these."""
        self.state: dict[str, Any] = {}
        """What its widgets keep over a rebuild, such as how far they are scrolled."""

    @property
    def ui(self) -> Ui:
        """The frame of the window."""
        return self.app.ui

    def kept(self, key: Hashable, make: Callable[[], Widget]) -> Widget:
        """A part of the screen that costs much to build and stays the same: built once for each
        key and scale. `key` must differ wherever the part does; nothing outside it may use it twice
        in one window.
        """
        place = (key, self.ui.scale)
        if place not in self._kept:
            self._kept[place] = make()
        return self._kept[place]

    def build(self) -> Widget:
        """Everything in the window."""
        raise NotImplementedError

    def entered(self) -> None:
        """It has become the one that is shown, for the first time or again."""

    def left(self) -> None:
        """Another one is shown now, over it or in its place, or the window closes."""

    def closed(self) -> None:
        """It is gone for good: end the work that only this one needs."""

    def key_down(self, event: pygame.event.Event) -> bool:
        """A key that nothing in it has used; whether it used it."""
        return False

    def back(self) -> None:
        """Escape was pressed, or Back."""
        self.app.pop()

    def tick(self, now: float) -> float | None:
        """Called when its time has come; the seconds until the next time, None for never.

        Args:
            now: seconds, of a clock that only runs forward.
        """
        return None

    def closing(self) -> str:
        """What the window asks before it closes; empty where it may just close."""
        return ""
