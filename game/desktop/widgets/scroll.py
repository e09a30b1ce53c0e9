"""A view on something higher than its place."""

import pygame

from ..look.ui import Ui
from .base import Widget


class Scroll(Widget):
    """A view on something higher than its place, with a bar; by wheel, keys and dragging the bar.

    The keyboard scrolls it while the focus is in it; give `focusable` where nothing in it can have
    the focus.
    """

    BAR = 10
    STEP = 48

    def __init__(
        self,
        child: Widget,
        *,
        key: str,
        grow: float = 1,
        height: float = 96,
        focusable: bool = False,
        width: float | None = None,
        shows: str = "",
        opens_at: str = "",
        steady: bool = False,
    ) -> None:
        """`height` is the least that it asks for, in units; whenever `shows`, the key of something
        in it, is another one, that is scrolled into view; what it `opens_at` only when it is first
        seen. What is `steady`
        stays where it was scrolled to even when the view grows beyond its end: nothing in it may
        move but by the hand that scrolls.
        """
        super().__init__([child], key=key, grow=grow, width=width)
        self._least, self.focusable = height, focusable
        self._lower = 0
        self._shows, self._opens_at, self._steady = shows, opens_at, steady

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        inner = self.children[0].height(ui, width - ui.px(self.BAR))
        return max(0, min(ui.px(self._least), inner) - self._lower)

    def lower_by(self, pixels: int) -> None:
        """Makes it ask for less height."""
        self._lower += pixels

    def _inner_height(self, ui: Ui) -> int:
        return self.children[0].height(ui, self.rect.width - ui.px(self.BAR))

    def _most(self, ui: Ui) -> int:
        return max(0, self._inner_height(ui) - self.rect.height)

    def offset(self, ui: Ui) -> int:
        """How far it is scrolled, in pixels."""
        stored = int(max(0, ui.state.get(self.path, 0)))
        same = ui.state.get(self.path + "#of") == self._of(ui)
        return stored if self._steady and same else min(self._most(ui), stored)

    def _of(self, ui: Ui) -> tuple[object, ...]:
        """What it was scrolled in: another window, or more or less in it, is another view."""
        return ui.size, ui.text_scale, self._inner_height(ui)

    def scroll_to(self, ui: Ui, offset: int) -> bool:
        """Scrolls there, or as far as it goes; whether that moved anything."""
        before = self.offset(ui)
        ui.state[self.path] = max(0, min(self._most(ui), offset))
        ui.state[self.path + "#of"] = self._of(ui)
        if ui.state[self.path] == before:
            return False
        self.arrange(ui, self.rect)
        ui.redraw()
        return True

    def show(self, ui: Ui, rect: pygame.Rect) -> None:
        """Scrolls until a box inside it can be seen."""
        margin = ui.px(16)
        if rect.top < self.rect.top + margin or rect.height > self.rect.height:
            self.scroll_to(ui, self.offset(ui) + rect.top - self.rect.top - margin)
        elif rect.bottom > self.rect.bottom - margin:
            self.scroll_to(ui, self.offset(ui) + rect.bottom - self.rect.bottom + margin)

    def arrange(self, ui: Ui, rect: pygame.Rect) -> None:
        """See `Widget`."""
        width = rect.width - ui.px(self.BAR)
        height = max(rect.height, self._inner_height(ui))
        self.children[0].place(ui, pygame.Rect(rect.x, rect.y - self.offset(ui), width, height))
        if not ui.state.get(self.path + "#opened"):
            ui.state[self.path + "#opened"] = True
            self._show_key(ui, self._opens_at)
        if self._shows and ui.state.get(self.path + "#shown") != self._shows:
            ui.state[self.path + "#shown"] = self._shows
            self._show_key(ui, self._shows)

    def _show_key(self, ui: Ui, key: str) -> None:
        found = (widget for widget in self.children[0].walk() if key and widget.key == key)
        if (widget := next(found, None)) is not None:
            self.show(ui, widget.rect)

    def at(self, pos: tuple[int, int]) -> list[Widget]:
        """See `Widget`; what is scrolled out of sight is not there, and the bar is its own."""
        if not self.rect.collidepoint(pos):
            return []
        return [self, *self.children[0].at(pos)]

    def draw(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`."""
        before = surface.get_clip()
        # The rings around what has the focus reach a little over the edge.
        surface.set_clip(self.rect.inflate(ui.px(8), ui.px(2)).clip(before))
        self.children[0].draw(ui, surface)
        surface.set_clip(before)
        self._paint_bar(ui, surface)
        if self.focusable and ui.show_focus and ui.focus == self.path:
            self.paint_focus(ui, surface)

    def _knob(self, ui: Ui) -> pygame.Rect | None:
        most = self._most(ui)
        if not most:
            return None
        inner = self._inner_height(ui)
        high = max(ui.px(24), self.rect.height * self.rect.height // inner)
        y = self.rect.y + (self.rect.height - high) * min(most, self.offset(ui)) // most
        width = ui.px(6)
        return pygame.Rect(self.rect.right - width, y, width, high)

    def _paint_bar(self, ui: Ui, surface: pygame.Surface) -> None:
        knob = self._knob(ui)
        if knob is not None:
            hot = self.path in (ui.hover, ui.pressed)
            colour = ui.theme["quiet" if hot else "line"]
            pygame.draw.rect(surface, colour, knob, border_radius=knob.width // 2)

    def down(self, ui: Ui, pos: tuple[int, int]) -> None:
        """See `Widget`."""
        knob = self._knob(ui)
        if knob is not None and pos[0] >= self.rect.right - ui.px(self.BAR):
            inside = knob.collidepoint((knob.x, pos[1]))
            ui.state[self.path + "#grip"] = pos[1] - knob.y if inside else knob.height // 2
            self.drag(ui, pos)
        else:
            ui.state.pop(self.path + "#grip", None)

    def drag(self, ui: Ui, pos: tuple[int, int]) -> None:
        """See `Widget`."""
        knob, grip = self._knob(ui), ui.state.get(self.path + "#grip")
        if knob is None or grip is None:
            return
        room = self.rect.height - knob.height
        if room > 0:
            self.scroll_to(ui, (pos[1] - grip - self.rect.y) * self._most(ui) // room)

    def wheel(self, ui: Ui, steps: float) -> bool:
        """See `Widget`."""
        return self.scroll_to(ui, self.offset(ui) - round(steps * ui.px(self.STEP)))

    def key_down(self, ui: Ui, event: pygame.event.Event) -> bool:
        """See `Widget`."""
        page = self.rect.height - ui.px(self.STEP)
        step = {
            pygame.K_UP: -ui.px(self.STEP),
            pygame.K_DOWN: ui.px(self.STEP),
            pygame.K_PAGEUP: -page,
            pygame.K_PAGEDOWN: page,
            pygame.K_HOME: -self._most(ui),
            pygame.K_END: self._most(ui),
        }.get(event.key)
        return step is not None and self.scroll_to(ui, self.offset(ui) + step)
