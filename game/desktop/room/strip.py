"""The strip that never hides: whose room it is, how near war is, who owes whom and for how long,
the dead, the score, the clock.
"""

from collections.abc import Callable, Sequence

import pygame

from game.futures.seen import Seen
from game.rules.endings import Ending
from game.rules.seats import Rung, Seat
from game.session.match import Match, Status
from game.views.names import RUNG_NAMES, SEAT_TITLES, counted, rung_name
from game.views.phrasebook import signed
from game.views.regard import Lapse
from game.views.stakes import Debt, Stakes, owes, price

from ..look.ui import Ui
from ..texts import t
from ..texts.dates import day
from ..widgets.base import Widget
from ..widgets.boxes import Column, Padded, Row
from ..widgets.charts import Canvas
from ..widgets.press import Button
from ..widgets.text import Text
from .clock import ClockFace
from .leaves.ladder import Ladder, lines_seen

ROOMY = 1180
"""Units from which every part tells all that it has to."""
DAYS = 12
"""Days that a debt's bar shows at the most."""


def turn_words(match: Match) -> str:
    """Which turn it is, and its day."""
    turns = match.scenario.turns
    turn = min(match.state.turn, len(turns) - 1)
    return t("room.turn", turn=turn + 1, turns=len(turns), date=day(turns[turn].date))


def clock(match: Match) -> list[Widget]:
    """That the game is a fork, that it is not kept, that it is paused, and what is left of the
    turn's time, in a match that has a limit.
    """
    shown: list[Widget] = []
    game = match.record.game if match.record else None
    if game is not None and game.parent_turn == match.turn:
        tip = t("room.fork_tip", turn=match.turn, name=game.parent_file or "")
        shown.append(Text(t("room.fork", turn=match.turn), "label", "accent", tip=tip))
    if match.path is None:
        shown.append(Text(t("room.not_kept"), "label", "warn", tip=t("room.menu_not_kept")))
    if match.status is Status.PAUSED:
        shown.append(Text(t("room.paused"), "strong", "warn", tip=t("room.paused_tip")))
    if match.clock.limit is not None:
        shown.append(ClockFace(match.clock))
    return shown


class Strip:
    """Builds the strip of one seat's room."""

    def __init__(
        self,
        ui: Ui,
        match: Match,
        seen: Seen,
        lapses: Sequence[Lapse],
        role: Callable[[], None] | None,
        menu: Callable[[], None],
    ) -> None:
        """
        Args:
            ui: the frame.
            match: the game.
            seen: what the seat sees.
            lapses: what letting its debts pass would cost, as far as its staff knows.
            role: opens the role sheet; None where that may not be now.
            menu: opens the menu.
        """
        self._match, self._seen, self._role, self._menu = match, seen, role, menu
        self._stakes: Stakes = seen.stakes
        self._prices = {lapse.rival: lapse for lapse in lapses}
        self._roomy = ui.units[0] >= ROOMY
        self._narrow = ui.units[0] < 940

    def build(self) -> Widget:
        """The strip."""
        debts = self._debts_in_short() if self._narrow else self._debts()
        parts = [self._who(), self._ladder(), debts, self._dead(), self._score()]
        if not self._narrow and (side := clock(self._match)):
            parts.append(Column(side, gap=0))
        parts.append(self._menu_button())
        gap, side_room = (8, 8) if self._narrow else (14, 14)
        row = Row(parts, gap=gap)
        return _Band(Padded(row, left=side_room, right=8, top=5, bottom=5))

    def _menu_button(self) -> Button:
        tip = t("room.menu_tip")
        return Button("", self._menu, kind="quiet", key="menu", icon="menu-2", tip=tip)

    def _who(self) -> Widget:
        seat = self._seen.seat
        button = Button(
            SEAT_TITLES[seat],
            self._role or (lambda: None),
            kind="link",
            seat=seat,
            key="role",
            tip=t("room.role_tip"),
        )
        turns, turn = self._seen.scenario.turns, self._seen.turn
        is_over = self._match.ending is not Ending.NONE
        number = turn if is_over else min(turn + 1, len(turns))
        short = t("room.turn_short", turn=number, turns=len(turns))
        date = turns[number - 1].date
        told = f"{short} · {date.day} {date:%b %Y}" if not self._narrow else short
        below: list[Widget] = [Text(told, "condensed", "quiet")]
        if self._narrow and (side := clock(self._match)):
            below = [Row([*below, *side], gap=6)]
        return Column([button, *below], gap=0, align="left", key="who")

    def _ladder(self) -> Widget:
        found, seen = self._stakes, self._seen
        war = t("room.strip.war", war=found.war)
        begun = bool(seen.accounts)
        name = RUNG_NAMES[Rung(found.rung)] if begun else t("room.ladder_none")
        tip = "" if begun else t("room.ladder_none_tip")
        ladder = Ladder(lines_seen(seen.now), seen.seat, found, begun=begun)
        war_text = Text(war, "condensed", tip=t("room.strip.war_tip"))
        label = Row([Text(t("room.strip.nearness"), "tiny", "quiet", grow=1), war_text], gap=8)
        rows: list[Widget] = [label, ladder]
        if self._roomy:
            where = Text(name, "condensed", "quiet", width=124, tip=tip)
            rows = [label, Row([ladder, where], gap=8, align="top")]
        return Column(
            rows,
            gap=2,
            width=392 if self._roomy else 252 if not self._narrow else 214,
            key="nearness",
        )

    def _debts(self) -> Widget:
        found, seat = self._stakes, self._seen.seat
        told = [*found.owed, *found.due]
        tip = " ".join(_debt_told(debt, seat) for debt in told) or t("room.strip.no_debt_tip")
        first = told[0] if told else None
        label = Row(
            [
                Text(t("room.strip.debts"), "tiny", "quiet", grow=1),
                Text(self._price(first), "condensed", "warn" if self._price(first) else "quiet"),
            ],
            gap=8,
        )
        rows: list[Widget] = [label]
        if first is None:
            rows += [Text(t("room.strip.no_debt"), "label"), Text("", "condensed")]
        else:
            owed = owes(first, seat) + "."
            more = t("room.strip.more", count=len(told) - 1) if len(told) > 1 else ""
            rows += [
                Row([Text(owed, "label", grow=1), Text(more, "condensed", "quiet")], gap=6),
                Row([_days(first.days), Text(first.turns_note, "condensed", "accent")], gap=8),
            ]
        return Column(rows, gap=1, grow=1, key="debts").told(tip)

    def _debts_in_short(self) -> Widget:
        """The most pressing debt in two short lines."""
        found, seat = self._stakes, self._seen.seat
        told = [*found.owed, *found.due]
        tip = " ".join(_debt_told(debt, seat) for debt in told) or t("room.strip.no_debt_tip")
        if not told:
            return Text(t("room.strip.no_debt"), "condensed", "quiet", grow=1, key="debts")
        first = told[0]
        key = "room.strip.due" if not first.days else "room.strip.day"
        days = t(key if first.days < 2 else "room.strip.days", days=first.days)
        own = first.debtor is seat
        who = owes(first, seat).removesuffix(" an answer").removesuffix(" a blow")
        cost = self._price(first)
        lines = [Text(who, "condensed"), Text(days, "label", "warn" if own else "text")]
        return Column(lines, gap=0, grow=1, key="debts").told(f"{tip} {cost}".strip())

    def _price(self, debt: Debt | None) -> str:
        if debt is None or debt.debtor is not self._seen.seat:
            return ""
        return price(self._prices.get(debt.offender))

    def _dead(self) -> Widget:
        cells: list[Widget] = [
            Column(
                [
                    Text(str(dead.number), "number", "text" if dead.number else "quiet"),
                    Text(t(f"room.strip.dead_of.{dead.seat.name}"), "tiny", dead.seat.name),
                ],
                gap=0,
                align="centre",
                key=f"dead-{dead.seat.name}",
            ).told(f"{dead.name}: {dead.number}")
            for dead in self._stakes.dead
        ]
        head = Text(t("room.strip.dead"), "tiny", "quiet")
        return Column([head, Row(cells, gap=12)], gap=0, align="left", key="dead")

    def _score(self) -> Widget:
        found = self._stakes
        moved = ""
        if self._seen.turn:
            moved = signed(found.moved, 0) if found.moved else t("room.strip.same")
        return Column(
            [
                Text(t("room.strip.score"), "tiny", "quiet"),
                Text(str(found.score), "number"),
                Text(moved, "tiny", "quiet"),
            ],
            gap=0,
            align="left",
            key="score",
        ).told(t("room.strip.score_tip"))


def _debt_told(debt: Debt, seat: Seat) -> str:
    told = f"{owes(debt, seat)}: rung {debt.rung}, {rung_name(debt.rung)}; {debt.turns_note}."
    if debt.debtor is seat:
        told += " " + t("room.strip.answer", least=debt.least)
    return told


def _days(days: int) -> Widget:
    """The days that are left, as small blocks."""

    def draw(ui: Ui, surface: pygame.Surface, rect: pygame.Rect) -> None:
        size, step = ui.px(4), ui.px(6)
        for place in range(min(DAYS, max(days, 1))):
            box = pygame.Rect(rect.x + place * step, rect.centery - ui.px(5), size, ui.px(10))
            full = place < days
            pygame.draw.rect(surface, ui.theme["accent" if full else "quiet"], box, not full)

    shown = Canvas(draw, height=14, key="days", tip=counted(days, "day"))
    shown.width = 6 * min(DAYS, max(days, 1))
    return shown


class _Band(Widget):
    """The strip's own ground, with a line below it."""

    def __init__(self, child: Widget) -> None:
        super().__init__([child], key="strip")

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`."""
        surface.fill(ui.theme["shade"] if ui.theme.id == "night" else ui.theme["panel"], self.rect)
        foot = pygame.Rect(self.rect.x, self.rect.bottom - 1, self.rect.width, 1)
        surface.fill(ui.theme["line"], foot)
