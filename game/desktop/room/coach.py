"""Turn Zero's coach: eight short steps that point at what to look at."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import pygame

from ..look.ui import Ui
from ..texts import t
from ..widgets.base import Widget
from ..widgets.boxes import Column, Panel, Row
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
    Step("ladder", 0, "strip"),
    Step("deed", 0, "orders", "orders", 0),
    Step("commit", 0, "commit"),
    Step("news", 1, "news", "news"),
    Step("word", 1, "orders", "orders", 1),
    Step("ledger", 2, "ledger", "ledger"),
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

    def __init__(self, target: Callable[[], pygame.Rect | None]) -> None:
        """`target` tells where it stands, once everything is placed."""
        super().__init__(key="pointer")
        self._target = target

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        return 0

    def at(self, pos: tuple[int, int]) -> list[Widget]:
        """See `Widget`; it takes no clicks."""
        return []

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`."""
        target = self._target()
        if target is not None:
            frame = target.inflate(2 * ui.px(6), 2 * ui.px(6)).clip(surface.get_rect())
            pygame.draw.rect(surface, ui.theme["accent"], frame, ui.px(2), border_radius=ui.px(6))


class Steady(Widget):
    """What is shown of several things that are shown one after the other: as high as the highest of
    them, so that nothing around it moves.
    """

    def __init__(self, all_of_them: Sequence[Widget], shown: int) -> None:
        super().__init__([all_of_them[shown]])
        self._all = list(all_of_them)

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        return max(widget.height(ui, width) for widget in self._all)


def card(step: Step, go_on: Callable[[], None], skip: Callable[[], None], *, wide: bool) -> Widget:
    """The coach's words, in a place of their own in the room; its buttons stay where they are from
    step to step.

    Args:
        step: what is shown.
        go_on: to the next step.
        skip: ends the coaching.
        wide: whether there is much room for it.
    """
    place = STEPS.index(step)
    head = Text(t("coach.head", number=place + 1, all=len(STEPS)), "label", "accent", grow=1)
    style = "body" if wide else "small"
    words = [Text(t(f"coach.{one.name}"), style) for one in STEPS]
    buttons: list[Widget] = [
        Button(t("coach.skip"), skip, kind="quiet", key="coach-skip"),
        Button(
            t("coach.next"),
            go_on,
            kind="primary" if wide else "quiet",
            key="coach-next",
            shortcut=t("coach.enter"),
            default=True,
        ),
    ]
    body = Column([Row([head, *buttons]), Steady(words, place)], gap=6 if wide else 2)
    return Panel(body, pad=12 if wide else 8, colour="raised", border="accent", key="coach")
