"""A thing that can be ordered, as a row: its name, its rung and cost, and why not."""

from collections.abc import Callable

import pygame

from ...look.assets import icon
from ...look.ui import Ui
from ...widgets.base import Widget
from .arrows import NAME, ROW, Figures, beside, chip

BADGE_GROUNDS, BADGE_INK = ("raised", "chosen"), "text"
"""A rung's badge: its ground where it is empty and where it is full, and its number."""


class ChoiceRow(Widget):
    """One of several that can be picked; what cannot be picked now keeps its place and says why."""

    focusable = True

    def __init__(
        self,
        name: str,
        pick: Callable[[], None],
        *,
        key: str,
        notes: str = "",
        rung: int | None = None,
        closed: str = "",
        chosen: bool = False,
        tip: str = "",
        figures: Figures | None = None,
        move: Callable[[str, int], None] = lambda path, step: None,
    ) -> None:
        """
        Args:
            name: what it is called.
            pick: picks it.
            key: see `Widget`.
            notes: its cost, in a few words.
            rung: where it stands on the ladder; None for words.
            closed: why it cannot be picked now; empty where it can.
            chosen: whether it is picked.
            tip: see `Widget`.
            figures: what it is likely to bring, drawn in columns.
            move: called with its path when the keyboard goes to the next row, or the one before.
        """
        super().__init__(key=key, tip=tip)
        self._move = move
        self._name, self._pick, self._notes, self._rung = name, pick, notes, rung
        self.closed, self.chosen, self._figures = closed, chosen, figures

    def _room(self, ui: Ui, width: int) -> int:
        if self._figures is not None:
            return round(width * NAME) - ui.px(14)
        return max(ui.px(60), width - ui.px(20) - (ui.px(44) if self._rung is not None else 0))

    def _below(self, ui: Ui, width: int) -> str:
        """What stands under the name: where there are figures, nothing but a refusal for which
        their place is too narrow.
        """
        if self._figures is None:
            return self.closed or self._notes
        return "" if self._is_beside(ui, width) else self.closed

    def _is_beside(self, ui: Ui, width: int) -> bool:
        """Whether a refusal stands where the figures would."""
        room = beside(ui, pygame.Rect(0, 0, width, 0)).width - self._lock(ui)
        return bool(self.closed) and ui.text_width(self.closed, "condensed") < room

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        room = self._room(ui, width)
        told = self._below(ui, width)
        tight = self._figures is not None and not told
        high = ui.block(self._name, "strong", room).height + ui.px(4 if tight else 10)
        if told:
            high += ui.block(told, "small", self._below_room(ui, width)).height
        if self._figures is not None:
            high = max(ui.px(ROW), high)
        return high

    def _below_room(self, ui: Ui, width: int) -> int:
        whole = width - ui.px(24) if self._figures is not None else self._room(ui, width)
        return whole - self._lock(ui)

    def _lock(self, ui: Ui) -> int:
        return ui.px(18) if self.closed else 0

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`."""
        theme, rect, room = ui.theme, self.rect, self._room(ui, self.rect.width)
        if self.chosen or self.is_hot(ui):
            pygame.draw.rect(surface, theme["chosen"], rect, border_radius=ui.px(3))
        if self.chosen:
            bar = pygame.Rect(rect.x, rect.y, ui.px(4), rect.height)
            pygame.draw.rect(surface, theme["accent"], bar, border_radius=ui.px(2))
        block = ui.block(self._name, "strong", room)
        top = ui.px(ROW) // 2 - block.line_height // 2 if self._figures is not None else ui.px(5)
        box = pygame.Rect(rect.x + ui.px(12), rect.y + max(0, top), room, block.height)
        ink = theme["quiet" if self.closed else "text"]
        ui.draw_text(surface, self._name, "strong", ink, box, where=self.path)
        if told := self._below(ui, rect.width):
            below = pygame.Rect(
                box.x + self._lock(ui),
                box.bottom,
                self._below_room(ui, rect.width),
                rect.bottom - box.bottom - ui.px(3),
            )
            ui.draw_text(surface, told, "small", theme["quiet"], below, where=self.path)
            if self.closed:
                self._paint_lock(ui, surface, (box.x - 1, below.y + ui.px(2)))
        elif self.closed:
            place = beside(ui, rect)
            self._paint_lock(ui, surface, (place.x, place.centery - ui.px(7)))
            place.x, place.width = place.x + self._lock(ui), place.width - self._lock(ui)
            ui.draw_text(
                surface, self.closed, "condensed", theme["quiet"], place, middle=True,
                where=self.path,
            )  # fmt: skip
        if self._rung is not None:
            self._paint_rung(ui, surface)
        if self._figures is not None:
            self._figures.paint(ui, surface, rect, where=self.path)

    def _paint_lock(self, ui: Ui, surface: pygame.Surface, place: tuple[int, int]) -> None:
        surface.blit(icon("lock", ui.px(14), ui.theme["quiet"]), place)

    def _paint_rung(self, ui: Ui, surface: pygame.Surface) -> None:
        """The rung as a chip: fuller the higher it stands."""
        theme, (empty, filled) = ui.theme, BADGE_GROUNDS
        box = chip(ui, self.rect)
        if self._figures is None:
            box.midright = (self.rect.right - ui.px(8), self.rect.centery)
        pygame.draw.rect(surface, theme[empty], box, border_radius=ui.px(3))
        full = box.copy()
        full.width = box.width * (self._rung or 0) // 10
        if full.width:
            pygame.draw.rect(surface, theme[filled], full, border_radius=ui.px(3))
        pygame.draw.rect(surface, theme["quiet"], box, 1, border_radius=ui.px(3))
        ui.draw_text(
            surface,
            str(self._rung),
            "label",
            theme[BADGE_INK],
            box,
            align="centre",
            middle=True,
            where=self.path,
        )

    def key_down(self, ui: Ui, event: pygame.event.Event) -> bool:
        """See `Widget`: up and down go from row to row."""
        step = {pygame.K_DOWN: 1, pygame.K_UP: -1}.get(event.key)
        if step is None or ui.focus != self.path:
            return False
        self._move(self.path, step)
        return True

    def press(self, ui: Ui) -> None:
        """See `Widget`."""
        if self.closed:
            ui.refuse(self.closed)
        else:
            self._pick()
