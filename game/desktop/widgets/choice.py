"""One of several things, all to be seen: choices and tabs."""

from collections.abc import Callable, Sequence

import pygame

from ..look.ui import Ui
from .base import Widget
from .boxes import Flow


class Option(Widget):
    """One of the options of a `Choice` or `Tabs`."""

    PAD, TAB_PAD = 28, 20
    """Units beside its label, both sides together; tabs have no frame around them."""

    def __init__(self, label: str, *, chosen: bool, tab: bool, closed: str) -> None:
        super().__init__(key=label, tip=closed)
        self.label, self._chosen, self._tab, self._closed = label, chosen, tab, closed
        self._pad = self.TAB_PAD if tab else self.PAD

    def natural(self, ui: Ui) -> int:
        """See `Widget`."""
        return ui.text_width(self.label, "button") + ui.px(self._pad) + 1

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        return ui.block(self.label, "button", max(1, width - ui.px(self._pad))).height + ui.px(14)

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`."""
        theme = ui.theme
        hot = self.is_hot(ui) and not self._closed
        if not self._tab:
            ground, border = ("chosen", "accent") if self._chosen else ("raised", "line")
            self.fill(surface, ui, theme[ground], theme["accent" if hot else border])
        if self._chosen:
            bar = pygame.Rect(self.rect.x, self.rect.bottom - ui.px(3), self.rect.width, ui.px(3))
            surface.fill(theme["accent"], bar)
        ink = "quiet" if self._closed or not (self._chosen or hot) else "text"
        ui.draw_text(
            surface,
            self.label,
            "button",
            theme[ink],
            self.rect.inflate(-ui.px(self._pad), 0),
            align="centre",
            middle=True,
            where=self.path,
        )


class Choice(Flow):
    """One of several, all to be seen; one stop for Tab, the arrows move within."""

    focusable = True

    def __init__(
        self,
        labels: Sequence[str],
        chosen: int,
        change: Callable[[int], None],
        *,
        key: str,
        closed: Sequence[str] = (),
        tab: bool = False,
    ) -> None:
        """`closed` says for each option why it cannot be picked; `tab` draws them as tabs."""
        reasons = list(closed) or [""] * len(labels)
        super().__init__(
            [
                Option(label, chosen=place == chosen, tab=tab, closed=why)
                for place, (label, why) in enumerate(zip(labels, reasons, strict=True))
            ],
            gap=4,
            key=key,
        )
        self.chosen, self._change, self._closed, self._tab = chosen, change, reasons, tab

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`."""
        if self._tab:
            surface.fill(
                ui.theme["line"],
                pygame.Rect(self.rect.x, self.rect.bottom - 1, self.rect.width, 1),
            )

    def down(self, ui: Ui, pos: tuple[int, int]) -> None:
        """See `Widget`; an option is picked as soon as the button goes down."""
        for place, child in enumerate(self.children):
            if child.rect.collidepoint(pos):
                self._pick(ui, place)

    def _pick(self, ui: Ui, place: int) -> None:
        if self._closed[place]:
            ui.refuse(self._closed[place])
        elif place != self.chosen:
            self._change(place)

    def key_down(self, ui: Ui, event: pygame.event.Event) -> bool:
        """See `Widget`."""
        step = {
            pygame.K_LEFT: -1,
            pygame.K_UP: -1,
            pygame.K_RIGHT: 1,
            pygame.K_DOWN: 1,
        }.get(event.key)
        if step is None or ui.focus != self.path:
            return False
        place = self.chosen + step
        while 0 <= place < len(self.children) and self._closed[place]:
            place += step
        if 0 <= place < len(self.children):
            self._pick(ui, place)
        return True


def tabs(labels: Sequence[str], chosen: int, change: Callable[[int], None], *, key: str) -> Choice:
    """A row of tabs."""
    return Choice(labels, chosen, change, key=key, tab=True)
