"""Sentences over the foot of the window: some pass, the others stay until they are put away."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field

import pygame

from ..look.ui import Ui
from ..texts import t
from ..widgets.base import Widget
from .tips import cover, is_picture, matters

PASSES_AFTER = 6.0
"""Seconds that a passing sentence stays at the least."""
LETTERS_A_SECOND = 14.0
"""How fast a longer one is read."""
_WIDEST, _LEAST, _PAD, _ABOVE_FOOT = 420, 200, 12, 64
_COLUMNS, _ROWS = 8, 6
"""Places that are looked at, across the window and up."""


@dataclass(slots=True)
class Toasts:
    """What is told over the screen, without keeping anybody from using it."""

    _standing: list[str] = field(default_factory=list)
    _passing: tuple[float, str] | None = None
    _box: pygame.Rect = field(default_factory=lambda: pygame.Rect(0, 0, 0, 0))
    _place: pygame.Rect = field(default_factory=lambda: pygame.Rect(0, 0, 0, 0))
    _placed_for: tuple[object, ...] = ()
    """What was told over which things, when its place was looked for."""

    def tell(self, text: str) -> None:
        """Tells something that stays until it is put away; what stood before comes back then."""
        text = _sentence(text)
        self._passing = None
        self._standing = [*(told for told in self._standing if told != text), text]

    def untell(self, text: str) -> bool:
        """Takes away what was told and is no longer true; whether it stood there."""
        before = len(self._standing)
        self._standing = [told for told in self._standing if told != _sentence(text)]
        return len(self._standing) < before

    def mention(self, text: str) -> None:
        """Tells something in passing; what stands comes back after it."""
        seconds = max(PASSES_AFTER, len(text) / LETTERS_A_SECOND)
        self._passing = (time.monotonic() + seconds, text)

    @property
    def shown(self) -> str:
        """What is told now; empty for nothing."""
        if self._passing is not None:
            return self._passing[1]
        return self._standing[-1] if self._standing else ""

    @property
    def until(self) -> float | None:
        """When the one that passes has passed, on the clock that only runs forward."""
        return self._passing[0] if self._passing is not None else None

    def pass_by(self, now: float) -> bool:
        """Takes away what has passed; whether anything has."""
        if self._passing is None or now < self._passing[0]:
            return False
        self._passing = None
        return True

    def is_at(self, at: tuple[int, int]) -> bool:
        """Whether something is told at a place of the window."""
        return bool(self.shown) and self._box.collidepoint(at)

    def put_away(self, at: tuple[int, int] | None = None) -> bool:
        """Puts away what stands, or whatever is shown where somebody clicked; whether anything was
        put away.
        """
        if at is not None and not self.is_at(at):
            return False
        if not self._standing and (at is None or self._passing is None):
            return False
        if self._passing is not None:
            self._passing = None
        else:
            self._standing.pop()
        return True

    def clear(self) -> None:
        """Forgets all of them."""
        self._standing.clear()
        self._passing = None

    def draw(self, ui: Ui, surface: pygame.Surface, others: Iterable[Widget]) -> None:
        """Draws the one that is shown where it covers least of what else is on the screen, above
        the foot of the window rather than elsewhere.
        """
        text = self.shown
        if not text:
            return
        pad = ui.px(_PAD)
        window, told = surface.get_rect(), list(others)
        pictures = [one.rect.width for one in told if is_picture(one, window)]
        widest = min([ui.px(_WIDEST), *(wide - 2 * pad for wide in pictures)])
        block = ui.block(text, "small", max(widest, ui.px(_LEAST)))
        closing = "" if self._passing else t("frame.put_away")
        foot = ui.block(closing, "label", block.width).height if closing else 0
        width = max(block.width, ui.text_width(closing, "label"))
        box = pygame.Rect(0, 0, width + 2 * pad, block.height + foot + 2 * pad)
        self._box = box = self._placed(ui, window, box.size, text, told)
        pygame.draw.rect(surface, ui.theme["raised"], box, border_radius=ui.px(4))
        pygame.draw.rect(surface, ui.theme["accent"], box, ui.px(1), border_radius=ui.px(4))
        inner = box.inflate(-2 * pad, -2 * pad)
        inner.height -= foot
        ui.draw_text(surface, text, "small", ui.theme["text"], inner, where="toast")
        if closing:
            below = pygame.Rect(inner.x, inner.bottom, inner.width, foot)
            shade = ui.theme["accent"]
            ui.draw_text(surface, closing, "label", shade, below, align="right", where="toast")

    def _placed(
        self, ui: Ui, window: pygame.Rect, size: tuple[int, int], text: str, others: list[Widget]
    ) -> pygame.Rect:
        """Where it stands; it stays there for as long as it covers nothing more by that."""
        room = window.inflate(-2 * ui.px(_PAD), -2 * ui.px(_PAD))
        first = pygame.Rect((0, 0), size)
        first.midbottom = (window.centerx, window.bottom - ui.px(_ABOVE_FOOT))
        first.clamp_ip(room)
        places = [first]
        across = max(1, room.width - size[0])
        for y in range(first.y, room.y - 1, -max(1, (first.y - room.y) // _ROWS or 1)):
            places += [
                pygame.Rect((room.x + across * k // _COLUMNS, y), size) for k in range(_COLUMNS + 1)
            ]
        for one in others:
            if is_picture(one, window):
                for corner in ("midbottom", "center", "midtop"):
                    place = first.copy()
                    setattr(place, corner, getattr(one.rect, corner))
                    places.append(place.clamp(room))
        kept = (text, window.size, tuple(w.rect[:] for w in others if w.focusable))
        if self._placed_for != kept:
            self._placed_for = kept
            told = [w for w in others if matters(w)]
            covers = [(cover(place, told, window), k) for k, place in enumerate(places)]
            self._place = places[min(covers)[1]]
        return self._place.copy()


def _sentence(text: str) -> str:
    """With its full stop, which errors' own words have not."""
    return text if text.endswith((".", "!", "?")) else f"{text}."
