"""The room as it is laid out: everything beside each other in a wide window, leaf by leaf in a
narrow one.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from game.rules.rulebook import ANY_SITE
from game.session.match import Match, Status
from game.session.view import MatchView
from game.views.names import SEAT_TITLES
from game.views.timeline import history

from .. import overlays
from ..app import App
from ..dates import day
from ..map.controls import FramedMap
from ..map.view import MapState
from ..texts import t
from ..widgets.base import Widget
from ..widgets.boxes import Column, Padded, Row, Rule
from ..widgets.choice import Choice
from ..widgets.press import Button, Toggle
from ..widgets.scroll import Scroll
from ..widgets.text import Text
from .clock import ClockFace
from .coach import Coach
from .draft import forecast_sentences, order_sentences, what_is_missing
from .happened import traces
from .intelligence import intelligence
from .ladder import ladder
from .ledger import LedgerPanel
from .ordering import Ordering
from .orders import OrdersPanel
from .reading import NewsPanel, figures, read_in, turn_news
from .seen import Seen
from .staff import Staff, StaffPanel, brief, hint, turns_ahead
from .timeline import Seismograph, points

SIDE = ("orders", "news", "staff", "ledger", "intelligence", "figures")
"""The leaves beside the map."""
ALL = ("map", *SIDE, "ladder", "timeline")
"""The leaves of a window that is too narrow for more than one."""
WIDE = 940
"""Units from which map and leaves stand beside each other."""


class Desk:
    """What one seat has on its desk: orders in the making, the staff's papers, its view of the map.
    None of it is the game's.
    """

    def __init__(self) -> None:
        self.ordering = Ordering()
        self.staff = Staff()
        self.map = MapState()
        self.leaf = "orders"
        self.unfolded: set[int] = set()
        self.caught_up = 0
        """Turns whose adjudication it has been shown."""
        self.coach: Coach | None = None
        """Who points at things in the practice game; None in others."""
        self.restored = False
        """Whether its orders were picked before the window was closed the last time."""
        self.history = False
        """Whether history's line lies over the timeline."""

    def open(self, app: App, leaf: str) -> None:
        """Opens a leaf."""
        self.leaf = leaf
        app.rebuild()


class RoomActions(NamedTuple):
    """What the room's own buttons do."""

    commit: Callable[[], None]
    menu: Callable[[], None]
    role: Callable[[], None]


def turn_words(match: MatchView) -> str:
    """Which turn it is, and its day."""
    turns, turn = match.scenario.turns, match.state.turn
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


class RoomLayout:
    """Builds one seat's room."""

    def __init__(
        self,
        app: App,
        match: Match,
        seen: Seen,
        desk: Desk,
        actions: RoomActions,
        coach: Widget | None,
    ) -> None:
        """`coach` is the coach's card: it takes the place of the timeline, or in a narrow window
        one above the orders.
        """
        self._app, self._match, self._seen, self._desk = app, match, seen, desk
        self._actions, self._coach = actions, coach

    def build(self) -> Widget:
        """The whole screen."""
        return self._wide() if self._app.ui.units[0] >= WIDE else self._narrow()

    def _wide(self) -> Widget:
        roomy = self._app.ui.units[0] >= 1200
        left = Column(
            [Text(t("room.ladder"), "label", "quiet", tip=t("room.ladder_tip")), self._ladder()],
            gap=6,
            width=176 if roomy else 144,
        )
        below = self._timeline() if self._coach is None else [self._coach]
        middle = Column([self._map(), *below], gap=8 if self._coach is None else 14, grow=1)
        side = Column(
            [self._tabs(SIDE), self._leaf(self._side_leaf()), *self._foot()],
            gap=10,
            width=472 if roomy else 372,
        )
        body = Row([left, middle, side], gap=14, align="fill", grow=1)
        return Padded(Column([self._head(), body], gap=10), left=14, right=14, top=10, bottom=12)

    def _narrow(self) -> Widget:
        leaf = self._desk.leaf
        parts: list[Widget] = [self._head(), self._tabs(ALL)]
        if leaf == "map":
            parts.append(self._map())
        elif leaf == "ladder":
            parts.append(Scroll(self._ladder(), key="ladder", focusable=True))
        elif leaf == "timeline":
            parts.append(Column(self._timeline(grow=1), gap=8, grow=1))
        else:
            parts.append(self._leaf(leaf))
        if self._coach is not None:
            parts.append(self._coach)
        parts += self._foot()
        return Padded(Column(parts, gap=8), left=12, right=12, top=8, bottom=8)

    def _head(self) -> Widget:
        turns, turn = self._seen.scenario.turns, self._seen.turn
        wide = self._app.ui.units[0] >= WIDE
        words = (
            f"{turn_words(self._seen.match)} · {turns[turn].title}"
            if wide
            else turn_words(self._seen.match)
        )
        return Row(
            [
                Button(
                    SEAT_TITLES[self._seen.seat],
                    self._actions.role,
                    kind="quiet",
                    seat=self._seen.seat,
                    key="role",
                    tip=t("room.role_tip"),
                ),
                Text(words, "strong" if wide else "small", grow=1),
                *clock(self._match),
                Button(
                    t("room.handbook"),
                    lambda: self._app.open_page(""),
                    kind="quiet",
                    key="book",
                    shortcut="F1",
                ),
                Button(
                    t("room.menu"), self._actions.menu, kind="quiet", key="menu", shortcut="Esc"
                ),
            ],
            gap=10,
        )

    def _tabs(self, leaves: Sequence[str]) -> Widget:
        leaf = self._side_leaf() if leaves is SIDE else self._desk.leaf
        labels = [t(f"room.tab.{name}") for name in leaves]
        return Choice(
            labels,
            leaves.index(leaf),
            lambda place: self._desk.open(self._app, leaves[place]),
            key="tabs",
            tab=True,
        )

    def _side_leaf(self) -> str:
        return self._desk.leaf if self._desk.leaf in SIDE else "orders"

    def _leaf(self, leaf: str) -> Widget:
        seen, desk = self._seen, self._desk
        if leaf == "orders":
            return OrdersPanel(self._app, seen, desk.ordering, self._detail, self._hint).build()
        if leaf == "staff":
            chosen = desk.ordering.draft.order.deed
            panel = StaffPanel(self._app, seen, desk.staff, self._pick_deed).build(chosen)
        elif leaf == "ledger":
            panel = LedgerPanel(self._app, seen).build()
        elif leaf == "intelligence":
            panel = intelligence(seen)
        elif leaf == "figures":
            panel = figures(seen)
        else:
            coached = self._coach is not None
            panel = NewsPanel(seen, desk.unfolded, self._fold, coached=coached).build()
        panel.key = leaf
        return panel

    def _detail(self, deed: int) -> list[Widget]:
        if not self._app.estimates(self._match):
            return []
        return brief(self._desk.staff, deed, turns_ahead(self._seen))

    def _hint(self, deed: int) -> str:
        return hint(self._desk.staff, deed) if self._app.estimates(self._match) else ""

    def _pick_deed(self, deed: int) -> None:
        if self._desk.ordering.draft.order.deed != deed:
            self._desk.ordering.change(deed=deed, site=ANY_SITE)
        self._app.rebuild()

    def _fold(self, turn: int) -> None:
        self._desk.unfolded ^= {turn}
        self._app.rebuild()

    def _map(self) -> Widget:
        seen = self._seen
        least = 160 if self._app.ui.units[0] >= WIDE else 120
        return FramedMap(self._desk.map, traces(seen.scenario, seen.news), key="map", least=least)

    def _ladder(self) -> Widget:
        return ladder(self._seen.now, [account.rung for account in self._seen.accounts])

    def _timeline(self, grow: float = 0) -> list[Widget]:
        seen = self._seen
        real: list[int | None] = []
        if self._desk.history:
            real = [turn.rung for turn in history(seen.scenario)[: seen.turn]]
        head = Row(
            [
                Text(t("room.timeline"), "label", "quiet", grow=1),
                Toggle(
                    t("room.history"),
                    self._desk.history,
                    self._show_history,
                    key="history",
                    tip=t("room.history_tip"),
                ),
            ]
        )
        chart = Seismograph(points(seen, real), seen.turn, self._open_turn, grow=grow)
        return [head, chart]

    def _show_history(self, shown: bool) -> None:
        self._desk.history = shown
        self._app.rebuild()

    def _open_turn(self, index: int) -> None:
        seen = self._seen
        text = seen.scenario.turns[index]

        def build() -> Widget:
            title = t("room.news_turn", turn=index + 1, date=day(text.date), title=text.title)
            body = Column(
                [Text(read_in(self._seen.seat), "small", "quiet"), turn_news(seen.news[index])]
            )
            return overlays.sheet(title, body, self._app.close_overlay, t("room.close"))

        self._app.open_overlay(build)

    def _foot(self) -> list[Widget]:
        book = self._seen.scenario.setting.rulebook
        draft = self._desk.ordering.draft
        told = order_sentences(book, self._seen.seat, draft.order)
        told += forecast_sentences(draft.forecast)
        wide = self._app.ui.units[0] >= WIDE
        words = "\n".join(told) if wide else " ".join(told)
        missing = what_is_missing(book, draft.order)
        commit = Button(
            t("room.commit"),
            self._actions.commit,
            kind="primary",
            why_not=missing,
            key="commit",
            shortcut="Ctrl+Enter",
            tip=" ".join(told),
        )
        if wide:
            head = Text(t("room.your_orders"), "label", "accent")
            lacks = [Text(missing, "small", "warn")] if missing else []
            return [Rule(), head, Text(words, "small", "quiet"), *lacks, commit]
        line = Text(missing or words, "small", "warn" if missing else "quiet", grow=1)
        return [Rule(), Row([line, commit], gap=10)]
