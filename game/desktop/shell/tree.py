"""The widgets in the window as one tree: what lies where, and which of them has the keyboard."""

from ..look.ui import Ui
from ..widgets.base import Widget
from ..widgets.scroll import Scroll


class WidgetTree:
    """What the last frame was built of."""

    def __init__(self, ui: Ui) -> None:
        self.ui = ui
        self.root = Widget()

    @property
    def top(self) -> Widget:
        """What has the keys and clicks: the screen, or what lies over it."""
        return self.root.children[-1] if self.root.children else self.root

    def chain(self, path: str) -> list[Widget]:
        """The widgets from the top to the one with that path; empty if it is gone."""
        return self.top.chain(path) if path else []

    def find(self, path: str) -> Widget | None:
        """The widget with that path."""
        chain = self.chain(path)
        return chain[-1] if chain else None

    def focus_on(self, path: str) -> None:
        """Gives the keyboard to the widget with that path and brings it into view."""
        self.ui.focus, self.ui.show_focus = path, True
        chain = self.chain(path)
        for widget in chain[:-1]:
            if isinstance(widget, Scroll):
                widget.show(self.ui, chain[-1].rect)
        self.ui.redraw()
