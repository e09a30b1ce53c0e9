"""Leads somebody through the coach's steps in the practice game."""

import pygame

from game.session.match import Match
from game.views.ending import PRACTICE

from ..shell.app import App
from ..widgets.base import Widget
from ..widgets.boxes import Layers
from .coach import Coach, Pointer, Step, card
from .layout import WIDE, Desk


def is_practice(match: Match) -> bool:
    """Whether a game is practice, which begins at once and with a coach."""
    return match.scenario.id == PRACTICE


class Coaching:
    """The coach in one room, for whichever seat is there."""

    def __init__(self, app: App, match: Match) -> None:
        self._app, self._match = app, match
        self._room = Widget()

    @property
    def _kept_as(self) -> str:
        """The id of the game in its file; empty where it has none."""
        return self._match.record.game.id if self._match.record else ""

    @property
    def _strip(self) -> bool:
        """Whether the window has no room beside what the coach points at."""
        return self._app.ui.units[0] < WIDE

    def coach(self) -> Coach | None:
        """A coach for one more seat; None where the game is no practice."""
        if not is_practice(self._match):
            return None
        skipped = self._kept_as in self._app.settings.uncoached
        return Coach(self._match.state.turn, skipped=skipped)

    def step(self, desk: Desk) -> Step | None:
        """What the coach shows a seat now."""
        return desk.coach.step(self._match.state.turn) if desk.coach else None

    def point(self, desk: Desk) -> None:
        """Opens the leaf that the coach is about to point at."""
        step = self.step(desk)
        if step is None:
            return
        if step.leaf and (self._strip or step.leaf != "map"):
            desk.leaf = step.leaf
        if step.orders >= 0:
            desk.ordering.leaf = step.orders

    def over(self, room: Widget, desk: Desk) -> Widget:
        """The room, and what the coach lays over it."""
        step = self.step(desk)
        if step is None:
            return room
        self._room = room

        def target() -> pygame.Rect | None:
            return self._target(step.target)

        return Layers([room, Pointer(target)])

    def put_away(self, desk: Desk) -> bool:
        """Puts the card away until the next turn; whether there was one."""
        if desk.coach is None or self.step(desk) is None:
            return False
        desk.coach.closed = True
        self._app.rebuild()
        return True

    def card(self, desk: Desk) -> Widget | None:
        """The coach's card, for its place in the room; None where there is nothing to show."""
        step, coach = self.step(desk), desk.coach
        if step is None or coach is None:
            return None

        def go_on() -> None:
            coach.at += 1
            self.point(desk)
            self._app.rebuild()

        def skip() -> None:
            coach.skipped = True
            if self._kept_as:
                uncoached = self._app.settings.with_uncoached(self._kept_as)
                self._app.change_settings(uncoached=uncoached)
            self._app.rebuild()

        return card(step, go_on, skip, wide=not self._strip)

    def _target(self, key: str) -> pygame.Rect | None:
        """Where the widget with a key stands."""
        found = (w.rect for w in self._room.walk() if w.key == key and w.rect.width)
        return next(found, None)
