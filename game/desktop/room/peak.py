"""A peak of the turn: the whole window for one thing that happened, its place, its
dead, and a pause.

A loud one breaks in, with rings that go out from its place; a quiet one makes all else fall silent.
What is moved or held back is shown at once where somebody asks for it, or wants less motion.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import pygame

from game.content.scenario import Scenario
from game.views.names import rung_name
from game.views.news import NewsItem
from game.views.peaks import Kind, Peak

from ..look.ui import Ui
from ..map.happened import marker_of
from ..map.stage import SPREAD, Stage, StageState
from ..texts import t
from ..texts.dates import day
from ..widgets.base import Widget
from ..widgets.boxes import Column, Flow, Gap, Padded, Row
from ..widgets.press import Button
from ..widgets.scroll import Scroll
from ..widgets.text import Text
from ..widgets.toll import Toll

FRAME = 1 / 30
BAND, BAND_FROM = 190, 560
"""Units of height of a small window's band of the map, and of the window from which it has one."""


@dataclass(frozen=True, slots=True)
class Pace:
    """When a peak's parts come, in seconds from its beginning."""

    headline: float
    told: float
    toll: float
    mark: float
    """Between two marks of the dead."""
    aside: float
    go_on: float


LOUD = Pace(headline=0.25, told=0.65, toll=1.0, mark=0.12, aside=2.0, go_on=3.0)
QUIET = Pace(headline=0.6, told=1.6, toll=1.6, mark=0.7, aside=3.2, go_on=4.0)


@dataclass(slots=True)
class PeakShow:
    """The peaks of one turn as they are shown."""

    peaks: Sequence[Peak]
    at: int = 0
    stage: StageState = field(default_factory=StageState)
    _since: float | None = None
    _spent: float = 0.0
    _whole: bool = False
    """Whether all of it is shown already, because somebody has asked for it."""

    @property
    def peak(self) -> Peak:
        """The one that is shown."""
        return self.peaks[self.at]

    @property
    def pace(self) -> Pace:
        """Its pace."""
        return LOUD if self.peak.kind.is_loud else QUIET

    @property
    def spent(self) -> float:
        """Seconds that it has been shown; a very long time where all is shown at once."""
        return 1e6 if self._whole else self._spent

    @property
    def may_go_on(self) -> bool:
        """Whether the pause is over."""
        return self.spent >= self.pace.go_on

    def show_all(self) -> None:
        """Shows all of it at once."""
        self._whole = True

    def next(self) -> bool:
        """Goes on to the next; whether there is one."""
        if self.at + 1 >= len(self.peaks):
            return False
        self.at += 1
        self._since, self._spent, self._whole = None, 0.0, False
        return True

    def again(self) -> None:
        """Shows the present one from its beginning."""
        self._since, self._spent, self._whole = None, 0.0, False

    def tick(self, now: float, *, still: bool) -> float | None:
        """Moves with the time.

        Args:
            now: seconds.
            still: whether nothing may move by itself; the pause stays.

        Returns:
            Seconds until it wants to be asked again; None once all of it is shown.
        """
        if self._since is None:
            self._since = now
        self._spent = now - self._since
        if self.may_go_on:
            return None
        return max(FRAME, self.pace.go_on - self._spent) if still else FRAME


@dataclass(frozen=True, slots=True)
class PeakActions:
    """What the buttons of a peak do."""

    go_on: Callable[[], None]
    show_all: Callable[[], None]
    again: Callable[[], None]


def peak_screen(
    ui: Ui, scenario: Scenario, show: PeakShow, turn: int, actions: PeakActions
) -> Widget:
    """The window below the strip.

    Args:
        ui: the frame.
        scenario: what is played.
        show: what is shown, and how far it has come.
        turn: the turn that it happened in, from 1.
        actions: what the buttons do.
    """
    peak, pace = show.peak, show.pace
    still = ui.reduced_motion

    def out(when: float) -> bool:
        return still or show.spent >= when

    def shown_marks() -> int:
        return 999 if still else int(max(0.0, show.spent - pace.toll) / pace.mark)

    low = ui.units[0] < 940 or ui.units[1] < 560
    date = day(scenario.turns[turn - 1].date)
    side = 88.0 if ui.units[0] >= 1100 else 24.0
    headline = Text(peak.headline, "scene-low" if low else "scene", _ink(out(pace.headline)))
    told = [Text(line, "body" if low else "lead", _ink(out(pace.told))) for line in peak.told]
    toll = Toll(peak.toll, shown_marks, tip=" ".join(peak.told))
    asides = [Text(line, "body", _ink(out(pace.aside), "quiet")) for line in peak.aside]
    buttons = Flow(_buttons(show, actions, ui), gap=12)
    label = _label(scenario, peak, date)
    point = _point(scenario, peak)
    if peak.kind.is_loud:
        left = Column([*told, *([toll] if toll.count else [])], gap=10, grow=1)
        right = Column(asides, gap=8, grow=0.62)
        words: Widget = Row([left, right], gap=32, align="top")
        stamp = Text(_stamp(peak, date), "label", "accent")
        rings = point is not None and peak.kind is not Kind.VOTE
        if low:
            band = _Band(point, lambda: SPREAD if still else show.spent, rings, label)
            return _low(ui, show, [stamp, headline, *left.children, *right.children], buttons, band)
        body = Column([stamp, headline, words, Gap(grow=1), buttons], gap=10)
        picture = Stage(
            show.stage,
            point,
            lambda: SPREAD if still else show.spent,
            rings=rings,
            label=label if point is not None else (),
            grow=1,
            height=110,
            aside=0.62,
        )
        room = Padded(body, left=side, right=side, top=14, bottom=14, grow=0.3)
        return Column([picture, _Edge(), room], gap=0, grow=1, key="peak")
    parts = [
        Text(date, "mono", "quiet"),
        headline,
        *([toll] if toll.count else []),
        *told,
        *asides,
    ]
    if low:
        band = _Band(point, lambda: show.spent, False, label[:1])
        return _low(ui, show, parts, buttons, band)
    dimmed = Stage(
        show.stage,
        point,
        lambda: show.spent,
        rings=False,
        dim=120,
        fades=True,
        label=label[:1],
        grow=1,
    )
    body = Column([*parts, Gap(grow=1), buttons], gap=14, grow=1.2)
    words = Padded(body, left=side, right=24, top=64, bottom=16, grow=1.2)
    return Row([words, dimmed], gap=0, align="fill", grow=1, key="peak")


class _Band(NamedTuple):
    """The place of a peak in a small window."""

    point: tuple[float, float] | None
    spent: Callable[[], float]
    rings: bool
    label: tuple[str, ...]


def _low(ui: Ui, show: PeakShow, parts: Sequence[Widget], buttons: Widget, band: _Band) -> Widget:
    """A peak in a small window: the words, scrolled where they are many, and above them a band of
    the map with its place, where there is room for it.
    """
    words = Scroll(
        Padded(Column(list(parts), gap=10), right=8), key=f"peak{show.at}", focusable=True
    )
    body = Column([words, buttons], gap=8, grow=1)
    if band.point is None or ui.units[1] < BAND_FROM:
        return Padded(body, left=24, right=16, top=12, bottom=12, grow=1, key="peak")
    picture = Stage(
        show.stage, band.point, band.spent, rings=band.rings, label=band.label, height=BAND, grow=0,
        dim=0 if band.rings else 120,
    )  # fmt: skip
    room = Padded(body, left=24, right=16, top=12, bottom=12, grow=1)
    return Column([picture, _Edge(), room], gap=0, grow=1, key="peak")


def _ink(out: bool, colour: str = "text") -> str:
    """What is not out yet keeps its place and cannot be seen."""
    return colour if out else "ground"


def _stamp(peak: Peak, date: str) -> str:
    if peak.rung:
        return t("room.peak_rung", rung=peak.rung, name=rung_name(peak.rung), date=date)
    return date


def _label(scenario: Scenario, peak: Peak, date: str) -> tuple[str, ...]:
    if peak.site >= 0:
        name = scenario.setting.rulebook.sites[peak.site].name
        return (name[:1].upper() + name[1:], date)
    return (t("room.peak_near_baghdad"), date)


def _point(scenario: Scenario, peak: Peak) -> tuple[float, float] | None:
    """Where it happened: at its site, else where the news of its kind is marked."""
    if peak.kind in (Kind.BROKEN, Kind.LAPSED, Kind.WAR):
        return None
    kind = "politics" if peak.kind is Kind.VOTE else "strike"
    text = " ".join((peak.headline, *peak.told))
    item = NewsItem(text, kind, peak.site, rung=peak.rung)
    marker = marker_of(scenario, item)
    return None if marker is None else marker.point


def _buttons(show: PeakShow, actions: PeakActions, ui: Ui) -> list[Widget]:
    if show.may_go_on:
        more = len(show.peaks) - show.at - 1
        label = t("room.peak_next", more=more) if more else t("room.peak_on")
        buttons: list[Widget] = [
            Button(
                label,
                actions.go_on,
                kind="primary",
                key="on",
                default=True,
                shortcut=t("room.enter"),
            )
        ]
        if not ui.reduced_motion:
            buttons.append(Button(t("room.peak_again"), actions.again, key="again", shortcut="R"))
        return buttons
    label = t("room.peak_skip" if ui.reduced_motion else "room.peak_all")
    return [Button(label, actions.show_all, key="all", shortcut=t("room.space"))]


class _Edge(Widget):
    """The line between the map and the words."""

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        return ui.px(2)

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`."""
        surface.fill(ui.theme["accent"], self.rect)
