"""One of several things, of which only the chosen one is shown: a list that opens."""

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

import pygame

from ..look.assets import icon as picture_of
from ..look.ui import Ui
from .base import Widget
from .boxes import Column, Gap, Panel
from .press import Button
from .scroll import Scroll
from .text import Text


class Item(NamedTuple):
    """One thing of a `Select`."""

    name: str
    text: str = ""
    """What is said of it in the list."""


class Overlays(Protocol):
    """What lists are laid over: the app."""

    def open_overlay(self, build: Callable[[], Widget]) -> None:
        """Lays something over the screen."""

    def close_overlay(self) -> None:
        """Takes it away again."""


class Select(Widget):
    """One of several, of which only the chosen is shown; pressing it opens the list."""

    focusable = True

    def __init__(
        self,
        items: Sequence[Item],
        chosen: int,
        change: Callable[[int], None],
        *,
        key: str,
        title: str,
        over: Overlays,
        grow: float = 0,
        width: float | None = None,
        tip: str = "",
    ) -> None:
        """
        Args:
            items: what there is to pick from.
            chosen: which of them is picked.
            change: called with the place of the new one.
            key: see `Widget`.
            title: stands over the list.
            over: what the list is laid over.
            grow: see `Widget`.
            width: see `Widget`.
            tip: see `Widget`.
        """
        super().__init__(key=key, grow=grow, width=width, tip=tip or items[chosen].text)
        self._items, self.chosen, self._change, self._title = items, chosen, change, title
        self._over = over

    def natural(self, ui: Ui) -> int:
        """See `Widget`."""
        return max(ui.text_width(item.name, "button") for item in self._items) + ui.px(52)

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        room = max(1, width - ui.px(52))
        return ui.block(self._items[self.chosen].name, "button", room).height + ui.px(18)

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`."""
        theme = ui.theme
        self.fill(surface, ui, theme["raised"], theme["accent" if self.is_hot(ui) else "line"])
        box = self.rect.inflate(-ui.px(24), -ui.px(18))
        box.width = self.rect.width - ui.px(52)
        name = self._items[self.chosen].name
        ui.draw_text(surface, name, "button", theme["text"], box, middle=True, where=self.path)
        arrow = picture_of("chevron-down", ui.px(18), theme["accent"])
        surface.blit(arrow, arrow.get_rect(center=(self.rect.right - ui.px(20), self.rect.centery)))

    def press(self, ui: Ui) -> None:
        """See `Widget`."""
        self._over.open_overlay(self._list)

    def _list(self) -> Widget:
        def pick(place: int) -> Callable[[], None]:
            def picked() -> None:
                self._over.close_overlay()
                self._change(place)

            return picked

        rows: list[Widget] = []
        for place, item in enumerate(self._items):
            button = Button(
                item.name, pick(place), align="left", chosen=place == self.chosen, key=f"{place}"
            )
            rows.append(button)
            if item.text:
                rows += [Text(item.text, "small", "quiet"), Gap(6)]
        return Panel(
            Column([Text(self._title, "heading"), Scroll(Column(rows), key="list", height=520)]),
            pad=24,
            border="accent",
        )

    def key_down(self, ui: Ui, event: pygame.event.Event) -> bool:
        """See `Widget`."""
        step = {pygame.K_LEFT: -1, pygame.K_RIGHT: 1}.get(event.key)
        if step is None:
            return False
        place = self.chosen + step
        if 0 <= place < len(self._items):
            self._change(place)
        return True
