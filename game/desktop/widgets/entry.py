"""What takes a value: sliders, and fields for typing."""

from collections.abc import Callable, Sequence

import pygame

from ..look.ui import Ui
from .base import Widget

DOT = "•"
"""What is shown for a letter of a secret."""


class Slider(Widget):
    """A number from a list of steps, by dragging, clicking and the arrow keys."""

    focusable = True

    def __init__(
        self,
        steps: Sequence[float],
        place: int,
        change: Callable[[int], None],
        *,
        key: str,
        told: Callable[[float], str] = "{:g}".format,
        grow: float = 0,
        width: float | None = None,
        tip: str = "",
    ) -> None:
        """
        Args:
            steps: the values that it can have, in order.
            place: which of them it has.
            change: called with the place of the new one.
            key: see `Widget`.
            told: how a value is written beside it.
            grow: see `Widget`.
            width: see `Widget`.
            tip: see `Widget`.
        """
        super().__init__(key=key, grow=grow, width=width, tip=tip)
        self._steps, self.chosen, self._change, self._told = list(steps), place, change, told

    def _label_width(self, ui: Ui) -> int:
        return max(ui.text_width(self._told(step), "strong") for step in self._steps)

    def natural(self, ui: Ui) -> int:
        """See `Widget`."""
        return ui.px(200) + self._label_width(ui)

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        return ui.px(36)

    def _track(self, ui: Ui) -> pygame.Rect:
        knob = ui.px(10)
        width = self.rect.width - self._label_width(ui) - ui.px(16) - 2 * knob
        return pygame.Rect(self.rect.x + knob, self.rect.centery, max(1, width), ui.px(3))

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`."""
        theme, track = ui.theme, self._track(ui)
        x = track.x + track.width * self.chosen // max(1, len(self._steps) - 1)
        pygame.draw.rect(surface, theme["line"], track)
        done = pygame.Rect(track.x, track.y, x - track.x, track.height)
        pygame.draw.rect(surface, theme["accent"], done)
        size = ui.px(9 if self.is_hot(ui) else 8)
        pygame.draw.aacircle(surface, theme["accent"], (x, track.centery), size)
        pygame.draw.aacircle(surface, theme["ground"], (x, track.centery), size - ui.px(3))
        text = pygame.Rect(
            track.right + ui.px(10) + ui.px(16),
            self.rect.y,
            self._label_width(ui),
            self.rect.height,
        )
        label = self._told(self._steps[self.chosen])
        ui.draw_text(surface, label, "strong", theme["text"], text, middle=True, where=self.path)

    def down(self, ui: Ui, pos: tuple[int, int]) -> None:
        """See `Widget`."""
        self.drag(ui, pos)

    def drag(self, ui: Ui, pos: tuple[int, int]) -> None:
        """See `Widget`."""
        track = self._track(ui)
        share = (pos[0] - track.x) / track.width
        self._set(round(share * (len(self._steps) - 1)))

    def key_down(self, ui: Ui, event: pygame.event.Event) -> bool:
        """See `Widget`."""
        last = len(self._steps) - 1
        place = {
            pygame.K_LEFT: self.chosen - 1,
            pygame.K_DOWN: self.chosen - 1,
            pygame.K_RIGHT: self.chosen + 1,
            pygame.K_UP: self.chosen + 1,
            pygame.K_HOME: 0,
            pygame.K_END: last,
        }.get(event.key)
        if place is None:
            return False
        self._set(place)
        return True

    def _set(self, place: int) -> None:
        place = max(0, min(len(self._steps) - 1, place))
        if place != self.chosen:
            self._change(place)


class Field(Widget):
    """A line of text that is typed."""

    focusable = takes_text = True

    def __init__(
        self,
        text: str,
        change: Callable[[str], None],
        *,
        key: str,
        hint: str = "",
        most: int = 60,
        allowed: Callable[[str], bool] = lambda letter: letter.isprintable(),
        width: float | None = 240,
        grow: float = 0,
        tip: str = "",
        enter: Callable[[], None] | None = None,
        secret: bool = False,
    ) -> None:
        """
        Args:
            text: what stands in it.
            change: called with the new text after every key.
            key: see `Widget`.
            hint: shown while it is empty.
            most: letters that it takes.
            allowed: which letters it takes.
            width: see `Widget`.
            grow: see `Widget`.
            tip: see `Widget`.
            enter: what Enter does in it; None for nothing.
            secret: whether dots are shown in its place, and nothing of it can be copied.
        """
        super().__init__(key=key, width=width, grow=grow, tip=tip)
        self._secret = secret
        self._enter = enter
        self.text, self._change, self._hint = text, change, hint
        self._most, self._allowed = most, allowed

    @property
    def _seen(self) -> str:
        """The text as it is drawn."""
        return DOT * len(self.text) if self._secret else self.text

    def _caret(self, ui: Ui) -> int:
        return min(len(self.text), int(ui.state.get(self.path + "#caret", len(self.text))))

    def _is_all_marked(self, ui: Ui) -> bool:
        """Whether the whole text is marked: the next letter takes its place."""
        return bool(self.text) and ui.state.get(self.path + "#marked") == self.text

    def natural(self, ui: Ui) -> int:
        """See `Widget`."""
        return ui.px(240)

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        return ui.px(38)

    def down(self, ui: Ui, pos: tuple[int, int]) -> None:
        """See `Widget`; a click takes the mark away."""
        ui.state.pop(self.path + "#marked", None)

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`."""
        has_keys = ui.focus == self.path
        hot = self.is_hot(ui) or has_keys
        self.fill(surface, ui, ui.theme["raised"], ui.theme["accent" if hot else "line"])
        inner = self.rect.inflate(-ui.px(20), -ui.px(8))
        before = surface.get_clip()
        surface.set_clip(inner.clip(before))
        caret_x = ui.text_width(self._seen[: self._caret(ui)], "body") if self.text else 0
        shift = max(0, caret_x - inner.width + ui.px(4))
        hint_beside = ui.px(6) if has_keys and not self.text else 0
        place = pygame.Rect(inner.x - shift + hint_beside, inner.y, 100_000, inner.height)
        composed = DOT * len(ui.composition) if self._secret else ui.composition
        composed = composed if has_keys else ""
        before_it, after_it = self._seen[: self._caret(ui)], self._seen[self._caret(ui) :]
        shown = before_it + composed + after_it or self._hint
        shade = ui.theme["text" if self.text or composed else "quiet"]
        if has_keys and self._is_all_marked(ui):
            marked = place.copy()
            marked.width = ui.text_width(self._seen, "body")
            pygame.draw.rect(surface, ui.theme["chosen"], marked)
            pygame.draw.rect(surface, ui.theme["accent"], marked, ui.px(1))
        ui.draw_text(surface, shown, "body", shade, place, middle=True, where=self.path)
        if has_keys:
            x = inner.x - shift + caret_x
            if composed:  # what is not settled yet is underlined
                wide = ui.text_width(composed, "body")
                line = pygame.Rect(x, inner.bottom - ui.px(4), wide, ui.px(1))
                surface.fill(ui.theme["accent"], line)
                x += wide
            pygame.draw.line(
                surface, ui.theme["accent"], (x, inner.y + 2), (x, inner.bottom - 3), ui.px(2)
            )
        surface.set_clip(before)

    def typed(self, ui: Ui, text: str) -> bool:
        """See `Widget`."""
        letters = "".join(letter for letter in text if self._allowed(letter))
        if letters and self._is_all_marked(ui):
            self._set(ui, letters[: self._most], len(letters))
        else:
            self._put(ui, letters[: max(0, self._most - len(self.text))])
        return True

    def _put(self, ui: Ui, letters: str) -> None:
        caret = self._caret(ui)
        self._set(ui, self.text[:caret] + letters + self.text[caret:], caret + len(letters))

    def _set(self, ui: Ui, text: str, caret: int) -> None:
        ui.state[self.path + "#caret"] = caret
        ui.state.pop(self.path + "#marked", None)
        if text != self.text:
            self.text = text
            self._change(text)
        ui.redraw()

    def key_down(self, ui: Ui, event: pygame.event.Event) -> bool:
        """See `Widget`."""
        caret = self._caret(ui)
        ctrl = bool(event.mod & (pygame.KMOD_CTRL | pygame.KMOD_META))
        erases = event.key in (pygame.K_BACKSPACE, pygame.K_DELETE)
        if ctrl and event.key in (pygame.K_a, pygame.K_c, pygame.K_x):
            self._mark_or_copy(ui, event.key)
        elif erases and self._is_all_marked(ui):
            self._set(ui, "", 0)
        elif event.key == pygame.K_BACKSPACE and caret:
            self._set(ui, self.text[: caret - 1] + self.text[caret:], caret - 1)
        elif event.key == pygame.K_DELETE:
            self._set(ui, self.text[:caret] + self.text[caret + 1 :], caret)
        elif ctrl and event.key == pygame.K_v:
            self.typed(ui, _pasted())
        elif event.key in (pygame.K_LEFT, pygame.K_RIGHT, pygame.K_HOME, pygame.K_END):
            to = {
                pygame.K_LEFT: caret - 1,
                pygame.K_RIGHT: caret + 1,
                pygame.K_HOME: 0,
                pygame.K_END: len(self.text),
            }[event.key]
            self._set(ui, self.text, max(0, min(len(self.text), to)))
        elif self._enter is not None and event.key in (pygame.K_RETURN, pygame.K_KP_ENTER):
            self._enter()
        else:
            return bool(event.key == pygame.K_SPACE)  # a blank is typed, nothing is pressed
        return True

    def _mark_or_copy(self, ui: Ui, code: int) -> None:
        """Marks the whole text, or copies what is marked, and cuts it out."""
        if code == pygame.K_a:
            ui.state[self.path + "#marked"] = self.text
            ui.state[self.path + "#caret"] = len(self.text)
            ui.redraw()
        elif self._is_all_marked(ui) and not self._secret:
            copy(self.text)
            if code == pygame.K_x:
                self._set(ui, "", 0)


def copy(text: str) -> bool:
    """Puts a text where other programs can paste it from; whether the system took it."""
    try:
        pygame.scrap.put_text(text)
    except pygame.error:
        return False
    return True


def _pasted() -> str:
    try:
        return pygame.scrap.get_text()
    except pygame.error:
        return ""
