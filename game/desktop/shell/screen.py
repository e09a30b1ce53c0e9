"""A screen of the game, and what all of them have in common."""

from collections.abc import Callable, Hashable

from ..look.ui import Ui
from ..widgets.base import Widget
from .app import App
from .stack import StackedScreen


class Screen(StackedScreen):
    """One screen of the window."""

    def __init__(self, app: App) -> None:
        super().__init__()
        self.app = app
        self._kept: dict[tuple[Hashable, float], Widget] = {}

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

    def back(self) -> None:
        """See `StackedScreen`: leads back to the screen below."""
        self.app.pop()
