"""Turn Zero's coach: eight short steps that point at what to look at."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import pygame

from ..texts import t
from ..ui import Ui
from ..widgets.base import Widget
from ..widgets.boxes import Column, Flow, Panel, Row
from ..widgets.press import Button
from ..widgets.text import Text


class Step(NamedTuple):
    """One thing to look at."""

    name: str
    """Its texts: coach.NAME."""
    turn: int
    """The turn in which it is shown, from 0."""
    target: str
    """The key of the widget that it points at."""
    leaf: str = ""
    """The leaf that is opened for it; empty where it does not matter."""
    orders: int = -1
    """The leaf of the orders that is opened for it."""


STEPS = (
    Step("map", 0, "map", "map"),
    Step("ladder", 0, "ladder", "ladder"),
    Step("deed", 0, "orders", "orders", 0),
    Step("word", 0, "orders", "orders", 1),
    Step("commit", 0, "commit"),
    Step("news", 1, "news", "news"),
    Step("ledger", 1, "ledger", "ledger"),
    Step("staff", 2, "staff", "staff"),
)


class Coach:
    """How far somebody has come with the steps."""

    def __init__(self, turn: int = 0, *, skipped: bool = False) -> None:
        """Begins with the steps of a turn, from 0."""
        later = (place for place, step in enumerate(STEPS) if step.turn >= turn)
        self.at = next(later, len(STEPS))
        self.skipped = skipped
        self.closed = False
        """Whether the card is put away until the next turn."""

    def step(self, turn: int) -> Step | None:
        """The step to show in a turn, from 0; None where there is none."""
        done = self.skipped or self.closed or self.at >= len(STEPS)
        return None if done or STEPS[self.at].turn > turn else STEPS[self.at]


class Pointer(Widget):
    """A frame around what the coach speaks of, over the screen."""

    def __init__(
        self, target: Callable[[], pygame.Rect | None], children: Sequence[Widget] = ()
    ) -> None:
        """`target` tells where it stands, once everything is placed."""
        super().__init__(children, key="pointer")
        self._target = target

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        return 0

    def at(self, pos: tuple[int, int]) -> list[Widget]:
        """See `Widget`; beside what is in it it is not there."""
        for child in self.children:
            if inner := child.at(pos):
                return [self, *inner]
        return []

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`."""
        target = self._target()
        if target is not None:
            frame = target.inflate(ui.px(6), ui.px(6))
            pygame.draw.rect(surface, ui.theme["accent"], frame, ui.px(3), border_radius=ui.px(6))


class CoachBox(Pointer):
    """The coach's card beside what it points at, over the screen."""

    WIDTH = 320

    def __init__(
        self,
        card: Widget,
        target: Callable[[], pygame.Rect | None],
        clear: Callable[[], pygame.Rect | None],
    ) -> None:
        """
        Args:
            card: the coach's.
            target: where what it points at stands, once everything is placed.
            clear: what it must never cover, such as what commits the orders.
        """
        super().__init__(target, [card])
        self._clear = clear

    def arrange(self, ui: Ui, rect: pygame.Rect) -> None:
        """See `Widget`."""
        card, inner = self.children[0], rect.inflate(-2 * ui.px(20), -2 * ui.px(20))
        width = min(ui.px(self.WIDTH), inner.width)
        box = pygame.Rect(0, 0, width, card.height(ui, width))
        card.place(ui, _beside(box, inner, self._target() or inner, self._clear(), ui.px(12)))


def card(step: Step, go_on: Callable[[], None], skip: Callable[[], None], *, strip: bool) -> Widget:
    """The coach's words.

    Args:
        step: what is shown.
        go_on: to the next step.
        skip: ends the coaching.
        strip: whether it is low and wide, with a place of its own in the room.
    """
    number = STEPS.index(step) + 1
    head = Text(t("coach.head", number=number, all=len(STEPS)), "label", "accent", grow=1)
    words = Text(t(f"coach.{step.name}"), "small" if strip else "body")
    buttons: list[Widget] = [
        Button(t("coach.next"), go_on, kind="quiet" if strip else "primary", key="coach-next"),
        Button(t("coach.skip"), skip, kind="quiet", key="coach-skip"),
    ]
    if strip:
        body = Column([Row([head, *buttons]), words], gap=2)
        return Panel(body, pad=8, colour="raised", border="accent", key="coach")
    body = Column([head, words, Flow(buttons)], gap=8)
    return Panel(body, pad=14, colour="raised", border="accent", key="coach")


def _beside(
    box: pygame.Rect,
    inner: pygame.Rect,
    target: pygame.Rect,
    clear: pygame.Rect | None,
    gap: int,
) -> pygame.Rect:
    """The place around `target`, within `inner`, that hides least of it, and of `clear` nothing if
    that can be.
    """
    middle = target.center
    around = (
        {"midright": (target.left - gap, middle[1])},
        {"midleft": (target.right + gap, middle[1])},
        {"midbottom": (middle[0], target.top - gap)},
        {"midtop": (middle[0], target.bottom + gap)},
        *({corner: getattr(inner, corner)} for corner in ("topleft", "topright", "bottomleft")),
    )
    places = []
    for order, at in enumerate(around):
        there = box.copy()
        for anchor, point in at.items():
            setattr(there, anchor, point)
        there.clamp_ip(inner)
        covers = _shared(there, clear) if clear else 0
        places.append((covers, _shared(there, target), order, there))
    return min(places, key=lambda place: place[:3])[3]


def _shared(first: pygame.Rect, second: pygame.Rect) -> int:
    """The area that two boxes share, in pixels."""
    both = first.clip(second)
    return both.width * both.height
