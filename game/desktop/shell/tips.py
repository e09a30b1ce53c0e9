"""Tips: what is told of what the pointer rests on, beside it and on as little else as can be."""

from collections.abc import Iterable

import pygame

from ..look.ui import Ui
from ..widgets.base import Widget

WIDEST, PAD, APART = 360, 10, 6
"""Units: of a tip's width, of the room in it, and between it and what it is about."""
_WORDS, _PICTURE = 0.5, 0.2
"""How much it matters to cover words, and a picture, next to what can be pressed."""
_LARGE = 0.15
"""The share of the window from which something is a picture."""


def draw(ui: Ui, surface: pygame.Surface, widget: Widget, others: Iterable[Widget]) -> None:
    """A tip where it covers least of what it is about and of the others, all of them on the same
    screen: below it, above it, or beside it.
    """
    pad = ui.px(PAD)
    widest = min(ui.px(WIDEST), surface.get_width() - 4 * pad)
    block = ui.block(widget.tip, "small", widest)
    size = (block.width + 2 * pad, block.height + 2 * pad)
    box = _place(ui, surface.get_rect(), widget, list(others), size)
    theme = ui.theme
    pygame.draw.rect(surface, theme["raised"], box, border_radius=ui.px(4))
    pygame.draw.rect(surface, theme["line"], box, ui.px(1), border_radius=ui.px(4))
    inner = box.inflate(-2 * pad, -2 * pad)
    ui.draw_text(surface, widget.tip, "small", theme["text"], inner, where="tip")


def _place(
    ui: Ui, window: pygame.Rect, widget: Widget, others: list[Widget], size: tuple[int, int]
) -> pygame.Rect:
    """The best of the places around it."""
    anchor, apart = widget.rect.clip(window), ui.px(APART)
    room = window.inflate(-2 * ui.px(PAD), -2 * ui.px(PAD))
    above = anchor.top - apart
    corners = (
        {"midtop": (anchor.centerx, anchor.bottom + apart)},
        {"midbottom": (anchor.centerx, above)},
        {"midleft": (anchor.right + apart, anchor.centery)},
        {"midright": (anchor.left - apart, anchor.centery)},
    )
    places = []
    for order, at in enumerate(corners):
        box = pygame.Rect((0, 0), size)
        for corner, point in at.items():
            setattr(box, corner, point)
        box.clamp_ip(room)
        covered = 4 * _shared(box, anchor)
        covered += sum(_weight(one, window) * _shared(box, one.rect) for one in others)
        places.append((covered, order, box))
    return min(places, key=lambda place: place[:2])[2]


def _weight(widget: Widget, window: pygame.Rect) -> float:
    """How much it matters to cover something; what only holds other things matters nothing."""
    if not widget.focusable and not getattr(widget, "text", ""):
        return 0.0
    if widget.rect.width * widget.rect.height > _LARGE * window.width * window.height:
        return _PICTURE
    return 1.0 if widget.focusable else _WORDS


def _shared(first: pygame.Rect, second: pygame.Rect) -> float:
    """The area that two boxes share, in pixels."""
    both = first.clip(second)
    return both.width * both.height
