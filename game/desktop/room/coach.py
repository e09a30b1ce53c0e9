"""Turn Zero's coach: eight short steps that point at what to look at."""

from collections.abc import Callable
from typing import NamedTuple

import pygame

from ..texts import t
from ..ui import Ui
from ..widgets.base import Widget
from ..widgets.boxes import Column, Flow, Panel
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


class CoachBox(Widget):
    """The step's words over the screen, and a frame around what they are about."""

    WIDTH = 320

    def __init__(
        self,
        step: Step,
        target: Callable[[], pygame.Rect | None],
        clear: Callable[[], pygame.Rect | None],
        go_on: Callable[[], None],
        skip: Callable[[], None],
        *,
        strip: bool,
    ) -> None:
        """
        Args:
            step: what is shown.
            target: where what it points at stands, once everything is placed.
            clear: what it must never cover, such as what commits the orders.
            go_on: to the next step.
            skip: ends the coaching.
            strip: whether it is as wide as the window, above what must stay clear: for a window
                in which nothing stands beside anything.
        """
        number = STEPS.index(step) + 1
        body = Column(
            [
                Text(t("coach.head", number=number, all=len(STEPS)), "label", "accent"),
                Text(t(f"coach.{step.name}"), "small" if strip else "body"),
                Flow(
                    [
                        Button(t("coach.next"), go_on, kind="primary", key="coach-next"),
                        Button(t("coach.skip"), skip, kind="quiet", key="coach-skip"),
                    ]
                ),
            ],
            gap=8,
        )
        super().__init__(
            [Panel(body, pad=8 if strip else 14, colour="raised", border="accent")], key="coach"
        )
        self._target, self._clear, self._strip = target, clear, strip

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        return 0

    def at(self, pos: tuple[int, int]) -> list[Widget]:
        """See `Widget`; beside its panel it is not there."""
        inner = self.children[0].at(pos)
        return [self, *inner] if inner else []

    def arrange(self, ui: Ui, rect: pygame.Rect) -> None:
        """See `Widget`: beside what it points at, or as a strip above the foot."""
        panel, clear = self.children[0], self._clear()
        if self._strip:
            width = rect.width - ui.px(16)
            box = pygame.Rect(rect.x + ui.px(8), 0, width, panel.height(ui, width))
            box.bottom = (clear.top if clear else rect.bottom) - ui.px(8)
            box.top = max(rect.top, box.top)
            panel.place(ui, box)
            return
        inner = rect.inflate(-2 * ui.px(20), -2 * ui.px(20))
        width = min(ui.px(self.WIDTH), inner.width)
        box = pygame.Rect(0, 0, width, panel.height(ui, width))
        panel.place(ui, _beside(box, inner, self._target() or inner, clear, ui.px(12)))

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`."""
        target = self._target()
        if target is not None:
            frame = target.inflate(ui.px(6), ui.px(6))
            pygame.draw.rect(surface, ui.theme["accent"], frame, ui.px(3), border_radius=ui.px(6))


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
