"""The briefing: one seat's role on one page, before its first order."""

from collections.abc import Callable

from game.rules.seats import Seat
from game.session.view import MatchView
from game.views.handbook.orders import GROUPS
from game.views.names import SEAT_TITLES, counted
from game.views.secrets import has_secret, own_agenda, own_objectives

from ...shell.app import App
from ...shell.frame import page, section
from ...shell.screen import Screen
from ...texts import t
from ...texts.dates import day
from ...widgets.bars import Bar, Bars
from ...widgets.base import Widget
from ...widgets.boxes import Column, Grid, Panel
from ...widgets.press import Button
from ...widgets.text import Text, points
from ..handbook.leaf import objectives


class BriefingScreen(Screen):
    """Who the seat is, what it wants, what it knows, what it can do."""

    name = "briefing"

    def __init__(self, app: App, match: MatchView, seat: Seat, go_on: Callable[[], None]) -> None:
        """`go_on` is what the one button does."""
        super().__init__(app)
        self._match, self._seat, self._go_on = match, seat, go_on
        self.rules = match.scenario.setting.rulebook

    def build(self) -> Widget:
        """See `Screen`."""
        scenario, seat = self._match.scenario, self._seat
        role = scenario.roles[seat]
        colour = seat.name
        aims = section(t("briefing.want"), points(role.goals))
        lines = section(t("briefing.lines"), points(role.red_lines))
        situation = section(t("briefing.situation"), Text(scenario.prologue))
        knows = section(t("briefing.know"), points(role.knows))
        return page(
            self,
            t("briefing.title", seat=SEAT_TITLES[seat], role=role.title),
            [
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
            ],
            below_title=[
                Text(
                    t(
                        "briefing.aside",
                        scenario=scenario.title,
                        turns=counted(len(scenario.turns), "turn"),
                        start=day(scenario.turns[0].date),
                        end=day(scenario.end),
                    ),
                    "small",
                    "quiet",
                )
            ],
            actions=[Button(t("briefing.go_on"), self._go_on, kind="primary", default=True)],
            gap=24,
        )

    def _agenda(self) -> list[Widget]:
        scenario = self._match.scenario
        if not has_secret(scenario, self._seat):
            return []
        agenda = own_agenda(scenario, self._match.observation(self._seat))
        title = t("briefing.agenda", name=agenda.name)
        return [section(title, Text(agenda.text), note=t("briefing.agenda_note"))]

    def _mark(self) -> Column:
        parts = own_objectives(self._match.scenario, self._match.observation(self._seat))
        most = max(part.points for part in parts)
        bars = [Bar(part.name, part.points, f"{part.points:.3g}", "accent") for part in parts]
        why = objectives(parts)
        return section(
            t("briefing.mark"),
            Bars(bars, most=most, names=200),
            Text(t("briefing.why", parts=why), "small", "quiet"),
        )

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
