"""Watching a game that is over, or one that the computer played: every turn as it really was."""

from collections.abc import Callable

import pygame

from game.session.view import MatchView
from game.views.news import NewsItem
from game.views.played import Turn

from ..map.happened import traces, whole_truth
from ..map.markers import Marker
from ..map.view import MapState
from ..room.layout import WIDE
from ..room.playback import Controls, Playback, playback
from ..shell.app import App
from ..shell.frame import page
from ..shell.screen import Screen
from ..texts import t
from ..texts.dates import day
from ..widgets.base import Widget
from ..widgets.press import Button
from ..widgets.text import Text


class WatchScreen(Screen):
    """The adjudications of all turns, hidden things included. Only for games that are over."""

    name = "watch"

    def __init__(self, app: App, match: MatchView) -> None:
        super().__init__(app)
        self._match, self._turn, self._map = match, 0, MapState()
        self._told = tuple(tuple(told) for told in _truth(match))
        self._play = self._begin(0)

    def _begin(self, turn: int) -> Playback:
        before: list[Marker] = traces(self._match.scenario, self._told[:turn], first_age=1)
        return Playback(self._told[turn] if turn < len(self._told) else (), before)

    def _to(self, turn: int) -> Callable[[], None]:
        def go() -> None:
            self._turn = turn
            self._play = self._begin(turn)
            self.app.rebuild()
            self.app.wake_in(0)

        return go

    def build(self) -> Widget:
        """See `Screen`."""
        scenario, turn = self._match.scenario, self._turn
        if not self._told:
            return page(self, scenario.title, [Text(t("room.watch_none"))])
        text = scenario.turns[turn]
        first = "" if turn else t("room.watch_first")
        last = "" if turn + 1 < len(self._told) else t("room.watch_last")
        turns = [
            Button(t("room.watch_back"), self._to(turn - 1), key="turn-back", why_not=first),
            Button(t("room.watch_next"), self._to(turn + 1), key="turn-next", why_not=last),
        ]
        return playback(
            scenario,
            self._play,
            self._map,
            Controls(self.app.rebuild, self.back, t("room.watch_leave")),
            title=t("room.watch_title", turn=turn + 1, turns=len(self._told), title=text.title),
            aside=t("room.watch_aside", date=day(text.date)),
            still=self.ui.reduced_motion,
            wide=self.ui.units[0] >= WIDE,
            above=turns,
        )

    def step(self, by: int) -> None:
        """Goes on with the turn that is told, or back."""
        self._play.step(by)
        self.app.rebuild()

    def tick(self, now: float) -> float | None:
        """See `Screen`."""
        again, moved = self._play.tick(now, still=self.ui.reduced_motion)
        if again is not None or moved:
            self.app.rebuild()
        return again

    def key_down(self, event: pygame.event.Event) -> bool:
        """See `Screen`."""
        turn = {pygame.K_PAGEDOWN: 1, pygame.K_PAGEUP: -1}.get(event.key)
        if turn is not None and 0 <= self._turn + turn < len(self._told):
            self._to(self._turn + turn)()
        elif not self._play.key(event.key):
            return False
        self.app.rebuild()
        self.app.wake_in(0)
        return True


def _truth(match: MatchView) -> list[list[NewsItem]]:
    return [
        whole_truth(match.scenario, Turn(played.before, played.orders, played.outcome, after))
        for played, after in zip(match.played, match.match_state.after, strict=True)
    ]
