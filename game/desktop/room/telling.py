"""Tells a seat what came of a turn: its peaks one by one, its report, and from there, for who wants
to see it, everything on the map one after the other.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import pygame

from game.futures.seen import Seen
from game.rules.endings import Ending
from game.session.match import Match
from game.views.peaks import Kind

from ..map.happened import traces
from ..shell.app import App
from ..texts import t
from ..texts.dates import day
from ..widgets.base import Widget
from ..widgets.boxes import Column
from .layout import WIDE, Desk
from .leaves.reading import read_in
from .peak import PeakActions, PeakShow, peak_screen
from .playback import Controls, Playback, playback
from .report import Judged, ReportActions, report_screen
from .strip import Strip


class Part(Enum):
    """What is being shown."""

    PEAK = "peak"
    REPORT = "report"
    PLAYBACK = "playback"


@dataclass(frozen=True, slots=True)
class Ways:
    """Where the telling leads."""

    leave: Callable[[], None]
    """On from the report: to the room, or to the end of the game."""
    news: Callable[[], None]
    """To the room's news."""
    menu: Callable[[], None]


class Telling:
    """One turn, told to one seat."""

    def __init__(self, app: App, match: Match, seen: Seen, desk: Desk, ways: Ways) -> None:
        self._app, self._match, self._seen, self._desk = app, match, seen, desk
        self._ways = ways
        self.part = Part.REPORT
        self.show: PeakShow | None = None
        """The peaks, while they are shown."""
        self.play: Playback | None = None
        """The map, while it is shown."""

    def begin(self) -> None:
        """From the first peak on; without peaks, at the report."""
        if self._seen.peaks:
            self.part, self.show = Part.PEAK, PeakShow(self._seen.peaks)
            self._new_peak()
        else:
            self.report()

    def report(self) -> None:
        """Shows the report."""
        self.part, self.show, self.play = Part.REPORT, None, None
        self._fresh()

    def watch(self, step: int = 0) -> None:
        """Shows everything on the map, from one of its steps on."""
        seen = self._seen
        before = traces(seen.scenario, seen.news[:-1], first_age=1)
        self.part, self.show = Part.PLAYBACK, None
        self.play = Playback(list(seen.news[-1]), before)
        self.play.step(step)
        self._fresh()

    def _fresh(self) -> None:
        """Another page is shown now."""
        self._app.ui.focus = ""
        self._app.rebuild()
        self._app.wake_in(0)

    # --- peaks

    def _new_peak(self) -> None:
        if self.show is not None:
            kind = self.show.peak.kind
            quiet = {Kind.LAPSED: "lapse", Kind.BROKEN: "broken"}.get(kind, "quiet")
            self._app.sound("loud" if kind.is_loud else quiet)
        self._fresh()

    def go_on(self) -> None:
        """On to the next peak, or to the report; not before the pause is over."""
        if self.show is None or not self.show.may_go_on:
            return
        if self.show.next():
            self._new_peak()
        else:
            self.report()

    def show_all(self) -> None:
        """Ends a peak's pause."""
        if self.show is not None:
            self.show.show_all()
            self._app.rebuild()

    def _again(self) -> None:
        if self.show is not None:
            self.show.again()
            self._new_peak()

    # --- time and keys

    def tick(self, now: float) -> float | None:
        """Moves with the time; the seconds until it wants to be asked again, None for never."""
        still = self._app.ui.reduced_motion
        if self.show is not None:
            self._app.rebuild()
            return self.show.tick(now, still=still)
        if self.play is None:
            return None
        again, moved = self.play.tick(now, still=still)
        if again is not None or moved:
            self._app.rebuild()
        return again

    def key(self, code: int) -> bool:
        """Acts on a key; whether it was one of its own."""
        if self.show is not None:
            return self._peak_key(code)
        if self.play is not None and self.play.key(code):
            self._app.rebuild()
            self._app.wake_in(0)
            return True
        return False

    def _peak_key(self, code: int) -> bool:
        if code == pygame.K_SPACE:
            self.show_all()
        elif code == pygame.K_r and self.show is not None and self.show.may_go_on:
            self._again()
        else:
            return False
        return True

    # --- building

    def build(self) -> Widget:
        """What is shown now."""
        if self.play is not None:
            return self._playback(self.play)
        ui, staff, over = self._app.ui, self._desk.staff, self._match.ending is not Ending.NONE
        if self.show is not None:
            actions = PeakActions(self.go_on, self.show_all, self._again)
            turn = self._match.state.turn
            page = peak_screen(ui, self._match.scenario, self.show, turn, actions)
        else:
            ways = ReportActions(self._ways.leave, self.watch, self._ways.news)
            asked = self._app.estimates(self._match)
            judged = Judged(asked, staff.regard, staff.belief)
            page = report_screen(ui, self._seen, judged, ways, over=over)
        strip = Strip(ui, self._match, self._seen, staff.lapses, None, self._ways.menu)
        return Column([strip.build(), page], gap=0)

    def _playback(self, play: Playback) -> Widget:
        scenario, turn = self._match.scenario, self._match.state.turn
        controls = Controls(self._app.rebuild, self.report, t("room.play_back_to"))
        text = scenario.turns[turn - 1]
        return playback(
            scenario,
            play,
            self._desk.map,
            controls,
            title=t("room.play_title", turn=turn, title=text.title),
            aside=f"{day(text.date)} · {read_in(self._seen.seat)}",
            still=self._app.ui.reduced_motion,
            wide=self._app.ui.units[0] >= WIDE,
        )
