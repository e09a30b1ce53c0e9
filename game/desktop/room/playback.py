"""The adjudication: what happened, one thing after the other, on the map and in words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pygame

from game.content.scenario import Scenario
from game.views.news import NewsItem

from ..map.controls import FramedMap
from ..map.happened import marker_of
from ..map.markers import Marker
from ..map.view import Flight, MapState
from ..texts import t
from ..widgets.base import Widget
from ..widgets.boxes import Column, Flow, Padded, Panel, Row, Rule
from ..widgets.choice import Choice
from ..widgets.press import Button
from ..widgets.scroll import Scroll
from ..widgets.text import Text
from .leaves.reading import item

HOLD = 2.4
"""Seconds that each thing stands alone, at ordinary speed."""
FLY = 0.9
"""Seconds of them in which missiles fly and rings spread."""
SPEEDS = (1.0, 2.0, 4.0)
FRAME = 1 / 30


@dataclass(slots=True)
class Playback:
    """One turn's happenings as they are shown."""

    items: Sequence[NewsItem]
    traces: Sequence[Marker] = ()
    """What earlier turns left on the map."""
    at: int = 0
    """Which of the items is being told."""
    speed: int = 0
    paused: bool = False
    _since: float | None = field(default=None)
    _share: float = 0.0

    @property
    def over(self) -> bool:
        """Whether the last of them is being told."""
        return self.at >= len(self.items) - 1

    def step(self, by: int) -> None:
        """Goes on to the next, or back."""
        self.at = max(0, min(len(self.items) - 1, self.at + by))
        self._since, self._share = None, 0.0

    def key(self, key: int) -> bool:
        """Acts on a key: right and left go on and back, P pauses; whether it was one of them."""
        if key in (pygame.K_RIGHT, pygame.K_LEFT):
            self.step(1 if key == pygame.K_RIGHT else -1)
        elif key == pygame.K_p:
            self.paused = not self.paused
            self.step(0)
        else:
            return False
        return True

    def tick(self, now: float, *, still: bool) -> tuple[float | None, bool]:
        """Moves with the time.

        Args:
            now: seconds.
            still: whether nothing may move by itself.

        Returns:
            Seconds until it wants to be asked again (None for never), and whether the next thing is
            told now.
        """
        if still or self.paused or not self.items:
            self._share = 1.0
            return None, False
        if self._since is None:
            self._since = now
        spent = (now - self._since) * SPEEDS[self.speed]
        self._share = min(1.0, spent / FLY)
        if spent < HOLD:
            return (FRAME if self._share < 1 else (HOLD - spent) / SPEEDS[self.speed]), False
        if self.over:
            return None, False
        self.step(1)
        return FRAME, True

    def markers(self, scenario: Scenario) -> list[Marker]:
        """The markers of all that has been told."""
        told = [marker_of(scenario, one) for one in self.items[: self.at + 1]]
        return [*self.traces, *(marker for marker in told if marker is not None)]

    def flights(self, scenario: Scenario) -> list[Flight]:
        """What moves on the map now."""
        if not self.items or self._share >= 1:
            return []
        marker = marker_of(scenario, self.items[self.at])
        return (
            [] if marker is None else [Flight(marker.point, marker.origin, self._share, marker.by)]
        )


@dataclass(slots=True)
class Controls:
    """What the buttons of a playback do."""

    change: Callable[[], None]
    """Something changed: build again."""
    leave: Callable[[], None]
    """Go on to what comes after."""
    label: str
    """What going on is called."""


def playback(
    scenario: Scenario,
    play: Playback,
    state: MapState,
    controls: Controls,
    *,
    title: str,
    aside: str,
    still: bool,
    wide: bool,
    above: Sequence[Widget] = (),
) -> Widget:
    """The whole screen of an adjudication.

    Args:
        scenario: what is played.
        play: how far it has come.
        state: the map's.
        controls: what the buttons do.
        title: what is told of.
        aside: who reads it, and when.
        still: nothing moves by itself: the reader goes on.
        wide: whether map and words stand beside each other.
        above: further buttons.
    """
    chart = FramedMap(
        state,
        play.markers(scenario),
        flights=play.flights(scenario),
        key="map",
        least=160 if wide else 110,
    )
    told = Scroll(_news_so_far(play), key=f"told{play.at}", focusable=True, height=60)
    buttons = _buttons(play, controls, still=still)
    if wide:
        words = Column(
            [
                Text(title, "title"),
                Text(aside, "small", "quiet"),
                *([Flow(above)] if above else []),
                told,
                Rule(),
                Flow(buttons, gap=8),
            ],
            gap=10,
            width=440,
        )
        row = Row([chart, words], gap=20, align="fill")
        return Padded(row, left=16, right=20, top=16, bottom=16)
    words = Column([Text(title, "subhead"), told, Flow([*buttons, *above], gap=8)], gap=8, grow=1)
    return Padded(Column([chart, words], gap=10), left=16, right=16, top=10, bottom=10)


def _news_so_far(play: Playback) -> Widget:
    """All that has been told, the newest on top and larger."""
    if not play.items:
        return Text(t("room.no_news"), "body", "quiet")
    rows: list[Widget] = [
        Panel(item(play.items[play.at]), pad=14, edge="accent", key=f"now{play.at}")
    ]
    rows += [item(told) for told in reversed(play.items[: play.at])]
    return Padded(Column(rows, gap=10), right=8)


def _buttons(play: Playback, controls: Controls, *, still: bool) -> list[Widget]:
    def stepping(by: int) -> Callable[[], None]:
        def stepped() -> None:
            play.step(by)
            controls.change()

        return stepped

    def pause() -> None:
        play.paused = not play.paused
        play.step(0)
        controls.change()

    def speed(place: int) -> None:
        play.speed = place
        controls.change()

    count = t("room.play_count", now=min(play.at + 1, len(play.items)), all=len(play.items))
    first = t("room.play_first") if play.at == 0 else ""
    last = t("room.play_last") if play.over else ""
    buttons: list[Widget] = [
        Button(controls.label, controls.leave, kind="primary", key="leave", default=True),
        Button(t("room.play_back"), stepping(-1), key="back", why_not=first, shortcut="←"),
        Button(t("room.play_next"), stepping(1), key="next", why_not=last, shortcut="→"),
    ]
    if not still:
        label = t("room.play_on") if play.paused else t("room.play_pause")
        buttons.append(Button(label, pause, key="pause", shortcut="P"))
        buttons.append(Choice([f"×{speed:g}" for speed in SPEEDS], play.speed, speed, key="speed"))
    buttons.append(Text(count, "small", "quiet"))
    return buttons
