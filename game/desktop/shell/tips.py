"""Tips: what is told of what the pointer rests on, beside it and on as little else as can be."""

from collections.abc import Iterable, Sequence

import pygame

from ..look.ui import Ui
from ..widgets.base import Widget

WIDEST, PAD, APART = 360, 10, 6
"""Units: of a tip's width, of the room in it, and between it and what it is about."""
_WORDS, _PICTURE = 0.5, 0.03
"""How much it matters to cover words, and a picture, next to what can be pressed."""
_SMALL, _LARGE = 0.001, 0.15
"""The shares of the window to which something is a mark in a picture, and from which one."""


def draw(ui: Ui, surface: pygame.Surface, widget: Widget, others: Iterable[Widget]) -> None:
    """A tip where it covers least of what it is about, of its like and of the others, all of
    them on the same screen: below it, above it, or beside it.
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


def cover(box: pygame.Rect, widgets: Sequence[Widget], window: pygame.Rect) -> float:
    """How much a box over the window would hide, in pixels, by how much each thing matters."""
    return sum(_weight(one, window) * _shared(box, one.rect) for one in widgets)


def _place(
    ui: Ui, window: pygame.Rect, widget: Widget, others: list[Widget], size: tuple[int, int]
) -> pygame.Rect:
    """The best of the places around it."""
    anchor, apart = widget.rect.clip(window), ui.px(APART)
    room = window.inflate(-2 * ui.px(PAD), -2 * ui.px(PAD))
    above = anchor.top - apart
    below, right, left = anchor.bottom + apart, anchor.right + apart, anchor.left - apart
    corners = (
        {"midtop": (anchor.centerx, below)},
        {"midbottom": (anchor.centerx, above)},
        {"midleft": (right, anchor.centery)},
        {"midright": (left, anchor.centery)},
        {"topleft": (right, anchor.top)},
        {"bottomleft": (right, anchor.bottom)},
        {"topright": (left, anchor.top)},
        {"bottomright": (left, anchor.bottom)},
        {"topleft": (anchor.left, below)},
        {"topright": (anchor.right, below)},
    )
    like = [other.rect for other in others if type(other) is type(widget)]  # itself among them
    places = []
    for order, at in enumerate(corners):
        box = pygame.Rect((0, 0), size)
        for corner, point in at.items():
            setattr(box, corner, point)
        box.clamp_ip(room)
        covered = 4 * sum(_shared(box, rect) for rect in (anchor, *like))
        covered += cover(box, others, window)
        places.append((covered, order, box))
    return min(places, key=lambda place: place[:2])[2]


def matters(widget: Widget) -> bool:
    """Whether it matters to cover something: what only holds other things does not."""
    return widget.focusable or bool(widget.tip) or bool(getattr(widget, "text", ""))


def _weight(widget: Widget, window: pygame.Rect) -> float:
    """How much it matters to cover something."""
    if not matters(widget):
        return 0.0
    if is_picture(widget, window):
        return _PICTURE
    if widget.focusable:
        return 1.0
    if getattr(widget, "text", ""):
        return _WORDS
    # A rung of the ladder is read; a place on the map is part of its picture.
    size, least = widget.rect.width * widget.rect.height, _SMALL * window.width * window.height
    return 1.0 if size > least else _PICTURE


def is_picture(widget: Widget, window: pygame.Rect) -> bool:
    """Whether it is so large that something may lie over it."""
    return widget.rect.width * widget.rect.height > _LARGE * window.width * window.height


def _shared(first: pygame.Rect, second: pygame.Rect) -> float:
    """The area that two boxes share, in pixels."""
    both = first.clip(second)
    return both.width * both.height
