"""The briefing: what a seat needs for its first order; the whole role sheet for who wants it."""

import re
from collections.abc import Callable

from game.rules.seats import Seat
from game.session.view import MatchView
from game.views.handbook.orders import GROUPS
from game.views.handbook.players import scale
from game.views.names import SEAT_TITLES, counted
from game.views.secrets import has_secret, own_agenda, own_objectives

from ...map.backdrop import Backdrop
from ...shell.app import App
from ...shell.frame import page, section
from ...shell.screen import Screen
from ...texts import t
from ...texts.dates import day
from ...widgets.bars import Bar, Bars
from ...widgets.base import Widget
from ...widgets.boxes import Column, Grid, Layers, Panel, Row
from ...widgets.press import Button
from ...widgets.text import Text, points
from ..handbook.leaf import objectives

WIDE = 900
"""Units from which what has happened and the score stand beside each other."""
AT_FIRST = 40
"""Words of what has happened that stand on the short page, in whole sentences."""


class BriefingScreen(Screen):
    """Who the seat is, what it wants, what it knows, what it can do."""

    name = "briefing"

    def __init__(
        self,
        app: App,
        match: MatchView,
        seat: Seat,
        go_on: Callable[[], None],
        *,
        whole: bool = True,
    ) -> None:
        """
        Args:
            app: the window.
            match: the game.
            seat: whose role it is.
            go_on: what the first button does.
            whole: whether all of it is there at once, or what the first order needs.
        """
        super().__init__(app)
        self._match, self._seat, self._go_on, self._whole = match, seat, go_on, whole
        self.rules = match.scenario.setting.rulebook

    def build(self) -> Widget:
        """See `Screen`."""
        go_on = Button(t("briefing.go_on"), self._go_on, kind="primary", default=True)
        if self._whole:
            return self._page(self._sheet(), [go_on], key="page")
        more = Button(t("briefing.whole"), self._read_on, key="whole", icon="file-text")
        return Layers([Backdrop(), self._page(self._short(), [go_on, more], key="short")])

    def _read_on(self) -> None:
        self._whole = True
        self.app.rebuild()

    def _page(self, body: list[Widget], actions: list[Widget], key: str) -> Widget:
        scenario, seat = self._match.scenario, self._seat
        about = t(
            "briefing.aside",
            scenario=scenario.title,
            turns=counted(len(scenario.turns), "turn"),
            start=day(scenario.turns[0].date),
            end=day(scenario.end),
        )
        title = t("briefing.title", seat=SEAT_TITLES[seat], role=scenario.roles[seat].title)
        below = [Text(about, "small", "quiet")] if self._whole else []
        return page(self, title, body, below_title=below, actions=actions, gap=24, key=key)

    def _short(self) -> list[Widget]:
        """What has happened, and what the score is made of."""
        happened = Text(first_sentences(self._match.scenario.prologue, AT_FIRST), "lead")
        left = Panel(happened, pad=18, edge=self._seat.name, grow=1)
        right = Column([*self._agenda(short=True), self._mark(short=True)], gap=14, grow=1)
        both = Row([left, right], gap=32, align="top")
        return [both if self.ui.units[0] >= WIDE else Column([left, right], gap=20)]

    def _sheet(self) -> list[Widget]:
        """The whole role."""
        scenario, seat = self._match.scenario, self._seat
        role = scenario.roles[seat]
        colour = seat.name
        aims = section(t("briefing.want"), points(role.goals))
        lines = section(t("briefing.lines"), points(role.red_lines))
        situation = section(t("briefing.situation"), Text(scenario.prologue))
        knows = section(t("briefing.know"), points(role.knows))
        return [
            Panel(Text(role.who, "body"), edge=colour),
            Grid(
                [
                    Column([aims, lines, *self._agenda(), self._mark()], gap=20),
                    Column([situation, knows], gap=20),
                ],
                least=400,
                most=2,
                gap=32,
            ),
            self._deeds(),
        ]

    def _agenda(self, *, short: bool = False) -> list[Widget]:
        scenario = self._match.scenario
        if not has_secret(scenario, self._seat):
            return []
        agenda = own_agenda(scenario, self._match.observation(self._seat))
        title = t("briefing.agenda", name=agenda.name)
        if short:
            return [section(title, note=t("briefing.agenda_short"))]
        return [section(title, Text(agenda.text), note=t("briefing.agenda_note"))]

    def _mark(self, *, short: bool = False) -> Column:
        parts = own_objectives(self._match.scenario, self._match.observation(self._seat))
        most = max(part.points for part in parts)
        bars = [Bar(part.name, part.points, f"{part.points:.3g}", "accent") for part in parts]
        ends = "; ".join(f"{part.name}: {scale(part).partition(': ')[2]}" for part in parts)
        told = t("briefing.why", ends=ends, parts=objectives(parts))
        why = Text(told, "small", "quiet")
        drawn = Bars(bars, most=most, names=200)
        if short:
            return section(t("briefing.mark_short"), drawn)
        return section(t("briefing.mark"), drawn, why)

    def _deeds(self) -> Column:
        deeds = self._match.scenario.setting.rulebook.deeds[self._seat]
        panels: list[Widget] = []
        for group in GROUPS:
            named = [
                f"[{deed.name}]({self._seat.name.lower()}.{deed.id})"
                for deed in deeds
                if deed.group == group
            ]
            if named:
                title = Text(t(f"briefing.group.{group}"), "subhead")
                panels.append(Panel(Column([title, *(Text(name) for name in named)], gap=4)))
        return section(
            t("briefing.deeds"), Grid(panels, least=210, most=4), note=t("briefing.deeds_note")
        )


def first_sentences(text: str, words: int) -> str:
    """The first sentences of a text, whole ones, up to so many words; one at the least."""
    sentences = re.split(r"(?<=[.?!])\s+", text)
    kept = sentences[:1]
    for one in sentences[1:]:
        if len(" ".join([*kept, one]).split()) > words:
            break
        kept.append(one)
    return " ".join(kept)
