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
    Step("word", 0, "leaves", "orders", 1),
    Step("commit", 0, "commit"),
    Step("news", 1, "news", "news"),
    Step("ledger", 1, "ledger", "ledger"),
    Step("staff", 2, "staff", "staff"),
)


class Coach:
    """How far somebody has come with the steps."""

    def __init__(self) -> None:
        self.at = 0
        self.skipped = False

    def step(self, turn: int) -> Step | None:
        """The step to show in a turn, from 0; None where there is none."""
        if self.skipped or self.at >= len(STEPS) or STEPS[self.at].turn > turn:
            return None
        return STEPS[self.at]


class CoachBox(Widget):
    """The step's words over the screen, and a frame around what they are about."""

    WIDTH = 320

    def __init__(
        self,
        step: Step,
        target: Callable[[], pygame.Rect | None],
        go_on: Callable[[], None],
        skip: Callable[[], None],
    ) -> None:
        """
        Args:
            step: what is shown.
            target: where what it points at stands, once everything is placed.
            go_on: to the next step.
            skip: ends the coaching.
        """
        number = STEPS.index(step) + 1
        body = Column(
            [
                Text(t("coach.head", number=number, all=len(STEPS)), "label", "accent"),
                Text(t(f"coach.{step.name}")),
                Flow(
                    [
                        Button(t("coach.next"), go_on, kind="primary", key="coach-next"),
                        Button(t("coach.skip"), skip, kind="quiet", key="coach-skip"),
                    ]
                ),
            ],
            gap=8,
        )
        super().__init__([Panel(body, pad=14, colour="raised", border="accent")], key="coach")
        self._target = target

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        return 0

    def at(self, pos: tuple[int, int]) -> list[Widget]:
        """See `Widget`; beside its panel it is not there."""
        inner = self.children[0].at(pos)
        return [self, *inner] if inner else []

    def arrange(self, ui: Ui, rect: pygame.Rect) -> None:
        """See `Widget`: in the corner that hides least of what it points at."""
        panel, edge = self.children[0], ui.px(20)
        width = min(ui.px(self.WIDTH), rect.width - 2 * edge)
        box = pygame.Rect(0, 0, width, panel.height(ui, width))
        inner = rect.inflate(-2 * edge, -2 * edge)
        target = self._target()
        places: list[tuple[int, int, pygame.Rect]] = []
        for corner in ("bottomleft", "topleft", "bottomright", "topright", "center"):
            there = box.copy()
            setattr(there, corner, getattr(inner, corner))
            hidden = there.clip(target) if target else pygame.Rect(0, 0, 0, 0)
            places.append((hidden.width * hidden.height, len(places), there))
        panel.place(ui, min(places, key=lambda found: found[:2])[2])

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`."""
        target = self._target()
        if target is not None:
            frame = target.inflate(ui.px(6), ui.px(6))
            pygame.draw.rect(surface, ui.theme["accent"], frame, ui.px(3), border_radius=ui.px(6))
