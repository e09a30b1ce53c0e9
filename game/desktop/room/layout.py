"""The room as it is laid out: everything beside each other in a wide window, leaf by leaf in a
narrow one.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from game.futures.seen import Seen
from game.rules.orders import HOLD
from game.session.match import Match
from game.views.places import readiness
from game.views.timeline import history

from ..map.controls import FramedMap
from ..map.happened import traces
from ..map.view import MapState, Targets
from ..shell import overlays
from ..shell.app import App
from ..texts import t
from ..texts.dates import day
from ..widgets.base import Widget
from ..widgets.boxes import AtLeast, Column, Flow, Gap, Padded, Row, Rule
from ..widgets.choice import Choice
from ..widgets.press import Button, Toggle
from ..widgets.scroll import Scroll
from ..widgets.text import Text
from .coach import Coach
from .leaves.intelligence import intelligence
from .leaves.ledger import LedgerPanel
from .leaves.reading import NewsPanel, figures, read_in, turn_news
from .leaves.staff import Staff, StaffPanel, debate, debaters
from .leaves.timeline import Seismograph, points
from .leaves.world import world
from .orders.bar import Slots, parts
from .orders.draft import (
    crossing_sentences,
    forecast_sentences,
    order_sentences,
    what_is_missing,
)
from .orders.ordering import Ordering
from .orders.panel import LEAVES as PARTS
from .orders.panel import OrdersPanel
from .report import Judged, what_moved
from .site import site_card
from .site import targets as site_targets
from .strip import ROOMY, Strip
from .table import table

SIDE = ("orders", "news", "staff", "ledger", "world", "intelligence", "figures", "timeline")
"""The leaves beside the map."""
ALL = ("map", *SIDE)
"""The leaves of a window that is too narrow for more than one."""
WIDE = 940
"""Units from which map and leaves stand beside each other."""
MAP_SHARE = 0.43
"""Of the width, in a wide window."""
GAP = 16
LINE = 19
"""Units of a line of small text: the order in words has its lines kept, so that nothing moves when
it grows.
"""
NARROW_LINES = 2
VOICES, VOICES_FROM = 100, 660
"""Units of the two voices, as high as they mostly are; and of the window that has room for them."""


class Desk:
    """What one seat has on its desk: orders in the making, the staff's papers, its view of the map.
    None of it is the game's.
    """

    def __init__(self) -> None:
        self.ordering = Ordering()
        self.staff = Staff()
        self.map = MapState()
        self.leaf = "orders"
        self.site = -1
        """The place that is looked at on the map; -1 for none."""
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
        self.ordering.heed()
        app.rebuild()


class RoomActions(NamedTuple):
    """What the room's own buttons do."""

    commit: Callable[[], None]
    menu: Callable[[], None]
    role: Callable[[], None]


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
        """`coach` is the coach's card: it stands below the map, or in a narrow window above the
        orders.
        """
        self._app, self._match, self._seen, self._desk = app, match, seen, desk
        self._actions, self._coach = actions, coach
        self._is_wide = app.ui.units[0] >= WIDE

    def build(self) -> Widget:
        """The whole screen."""
        strip = Strip(
            self._app.ui,
            self._match,
            self._seen,
            self._desk.staff.lapses,
            self._actions.role,
            self._actions.menu,
        ).build()
        inner = self._wide() if self._is_wide else self._narrow()
        return Column([strip, inner], gap=0)

    def _wide(self) -> Widget:
        units = self._app.ui.units[0] - 32 - GAP
        parts: list[Widget] = [self._map()]
        if (card := self._site()) is not None:
            parts.append(card)
        if (deals := self._table()) is not None and self._coach is None:
            parts.append(deals)
        if self._coach is not None:
            parts.append(self._coach)
        share = MAP_SHARE if self._app.ui.units[0] >= ROOMY else 0.39
        left = Column(parts, gap=8, width=round(units * share))
        leaf = [self._tabs(SIDE), self._leaf(self._side_leaf())]
        if self._side_leaf() == "orders" and (voices := self._voices()) is not None:
            leaf.append(voices)
        right = Column(leaf, gap=8, grow=1)
        body = Row([left, right], gap=GAP, align="fill", grow=1)
        return Padded(
            Column([body, *self._foot()], gap=8), left=16, right=16, top=8, bottom=8, grow=1
        )

    def _narrow(self) -> Widget:
        leaf = self._desk.leaf
        parts: list[Widget] = [self._tabs(ALL)]
        if leaf == "map":
            card = self._site()
            deals = self._table() if card is None else None
            parts += [self._map()]
            if card is not None:
                parts.append(card)
            if deals is not None:  # where letters are large the map keeps its place
                height = max(84, self._app.ui.units[1] - 380)
                parts.append(Scroll(deals, key="deals", grow=0, height=height, focusable=True))
        else:
            parts.append(self._leaf(leaf))
        if self._coach is not None:
            parts.append(self._coach)
        parts += self._foot()
        return Padded(Column(parts, gap=6), left=12, right=12, top=4, bottom=6, grow=1)

    def _tabs(self, leaves: Sequence[str]) -> Widget:
        leaf = self._side_leaf() if leaves is SIDE else self._desk.leaf
        labels = [t(f"room.tab.{name}") for name in leaves]
        if self._app.ui.units[0] < ROOMY:
            labels[leaves.index("ledger")] = t("room.tab_short.ledger")
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
            panel = OrdersPanel(
                self._app,
                seen,
                desk.ordering,
                desk.staff,
                wide=self._is_wide,
                heard=[] if self._is_wide and not self._is_low else self._heard(),
            )
            return panel.build()
        if leaf == "timeline":
            made: Widget = Column(self._timeline(), gap=8, grow=1)
        elif leaf == "staff":
            made = StaffPanel(self._app, seen, desk.staff).build(desk.ordering.draft.order)
        elif leaf == "ledger":
            made = LedgerPanel(self._app, seen, desk.staff.regard).build()
        elif leaf == "world":
            made = world(seen, desk.staff.belief)
        elif leaf == "intelligence":
            made = intelligence(seen)
        elif leaf == "figures":
            made = figures(seen)
        else:
            coached = self._coach is not None
            told = Judged(self._app.estimates(self._match), desk.staff.regard, desk.staff.belief)
            moved = what_moved(seen, told)
            made = NewsPanel(seen, desk.unfolded, self._fold, coached=coached, moved=moved).build()
        made.key = "turns" if leaf == "timeline" else leaf
        return made

    def _voices(self) -> Widget | None:
        """The staff's two voices below the list of deeds; their place is kept for them."""
        desk = self._desk
        if self._is_low or not self._app.estimates(self._match) or desk.ordering.leaf:
            return None
        if self._is_untouched:
            return AtLeast(Text(t("room.voices_wait"), "small", "quiet", key="voices-wait"), VOICES)
        heard = debaters(desk.staff, self._seen, desk.ordering.draft.order, wide=True)
        return AtLeast(heard or Gap(), VOICES)

    @property
    def _is_low(self) -> bool:
        return self._app.ui.units[1] < VOICES_FROM

    def _heard(self) -> list[Widget]:
        """The two voices in short, and the way to them, where they have no place of their own."""
        desk = self._desk
        if not self._app.estimates(self._match) or self._is_untouched:
            return []
        heard = debate(desk.staff, self._seen, desk.ordering.draft.order)
        if heard is None:
            return []
        hawk, dove = heard
        told = t("room.voices_brief", hawk=hawk.attacks, dove=dove.attacks)
        hear = Button(t("room.voices_hear"), self._hear, kind="link", key="hear")
        return [Flow([Text(told, "small", "quiet"), hear], gap=10)]

    def _hear(self) -> None:
        self._desk.open(self._app, "staff")

    @property
    def _is_untouched(self) -> bool:
        """Whether a game's first orders are still to be thought of: little is to be read then."""
        ordering = self._desk.ordering
        new = not self._seen.turn and not ordering.picked and ordering.draft.order == HOLD
        return new and self._desk.coach is None

    def _fold(self, turn: int) -> None:
        self._desk.unfolded ^= {turn}
        self._app.rebuild()

    def _map(self) -> Widget:
        seen, order = self._seen, self._desk.ordering.draft.order
        sites = seen.scenario.setting.rulebook.sites
        least = 160 if self._is_wide else 120
        targets = Targets(
            self._look_at,
            frozenset(sites[site].id for site in site_targets(seen, order)),
            sites[self._desk.site].id if self._desk.site >= 0 else "",
            sites[order.site].id if order.site >= 0 else "",
        )
        marks = traces(seen.scenario, seen.news)
        ready = readiness(seen.now)
        return FramedMap(
            self._desk.map, marks, targets=targets, readiness=ready, key="map", least=least
        )

    def _look_at(self, site: str) -> None:
        """Opens the card of a site, by its id; a second time puts it away."""
        number = self._seen.scenario.setting.rulebook.site(site)
        self._desk.site = -1 if self._desk.site == number else number
        self._app.rebuild()

    def _aim(self, site: int) -> None:
        self._desk.ordering.change(site=site)
        self._app.rebuild()

    def _close_site(self) -> None:
        self._desk.site = -1
        self._app.rebuild()

    def _site(self) -> Widget | None:
        """The card of the place that is looked at."""
        if self._desk.site < 0:
            return None
        order = self._desk.ordering.draft.order
        return site_card(self._seen, self._desk.site, order, self._aim, self._close_site)

    def _table(self) -> Widget | None:
        """What is offered to the seat, and what holds."""
        told = self._app.estimates(self._match)
        staff = self._desk.staff
        hold = staff.consequences.get(HOLD.deed) if told else None
        pledges = (staff.pledges or ()) if told else ()
        order = self._desk.ordering.draft.order
        # Holding is not set against itself.
        ends = hold.ends._replace(held=hold.ends.soon).told if hold else ""
        return table(self._seen, order, self._sign, pledges, ends)

    def _sign(self, whisper: int, to: int) -> None:
        """Orders the message that signs a deal."""
        self._desk.ordering.change(whisper=whisper, whisper_to=to)
        self._open_part(PARTS.index("whisper"))

    def _timeline(self) -> list[Widget]:
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
        chart = Seismograph(points(seen, real), seen.turn, self._open_turn, grow=1)
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

    # --- the order bar

    def _foot(self) -> list[Widget]:
        book = self._seen.scenario.setting.rulebook
        draft = self._desk.ordering.draft
        told = order_sentences(book, self._seen.seat, draft.order)
        told += crossing_sentences(book, self._seen.now, draft.order)
        missing = what_is_missing(book, draft.order)
        words = missing or " ".join(told)
        told += forecast_sentences(draft.forecast)  # the bar shows them; nobody else is told
        commit = Button(
            t("room.commit"),
            self._actions.commit,
            kind="primary",
            why_not=missing,
            key="commit",
            shortcut="Ctrl+Enter",
            tip=" ".join(told),
        )
        line = Text(words, "small", "warn" if missing else "quiet", key="ordered")
        if not self._is_wide:
            kept = AtLeast(line, LINE * NARROW_LINES, grow=1)
            return [Rule(), Row([kept, commit], gap=10)]
        open_now = self._desk.ordering.leaf if self._side_leaf() == "orders" else -1
        slots = Slots(parts(book, self._seen.seat, draft), open_now, self._open_part)
        return [Rule(), Row([slots, commit], gap=10), AtLeast(line, LINE * 2)]

    def _open_part(self, place: int) -> None:
        self._desk.ordering.leaf = place
        self._desk.open(self._app, "orders")
