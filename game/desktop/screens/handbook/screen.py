"""The handbook: a list of pages by kind, a search, and the page that is open."""

from functools import cache

import pygame

from game.rules.rulebook import Rulebook
from game.rules.seats import Seat
from game.views.handbook.essays import FOLDER, KINDS
from game.views.handbook.naming import key
from game.views.handbook.topics import Topic, called, topics
from game.views.names import SEAT_TITLES

from ...shell.app import App
from ...shell.frame import page
from ...shell.screen import Screen
from ...texts import t
from ...widgets.base import Widget
from ...widgets.boxes import Column, Gap, Padded, Row
from ...widgets.entry import Field
from ...widgets.press import Button
from ...widgets.scroll import Scroll
from ...widgets.select import Item, Select
from ...widgets.text import Text
from .leaf import leaf, topic_title

GROUPS: dict[str, tuple[str, ...]] = {
    "guide": ("guide",),
    "theory": ("theory",),
    "rule": ("ladder", "ledger"),
    "rung": ("rung",),
    "seat": ("seat",),
    "deed": ("action",),
    "word": ("statement",),
    "message": ("message",),
    "world": ("world",),
    "lens": ("lens",),
    "doctrine": ("doctrine",),
    "ending": ("ending",),
    "agenda": ("agenda",),
    "objective": ("objective",),
    "place": ("place",),
    "figure": ("figure", "figure of pairs"),
    "parameter": ("group of parameters",),
}
"""The kinds of pages under each heading of the contents."""
OWNED = ("action", "agenda", "objective")
"""The kinds of pages of which each seat has its own."""
START = "how_to_play"
WIDE = 900
MOST_FOUND = 40


@cache
def contents() -> dict[str, list[Topic]]:
    """The pages under each heading."""
    return {
        group: [topic for topic in topics() if topic.kind in kinds]
        for group, kinds in GROUPS.items()
    }


def _proper(name: str) -> str:
    """A page's own name, where another one stands for it alone; "us.strike_depots"."""
    pages = called(name)
    return pages[0].name if len(pages) == 1 else name


def _key(name: str) -> str:
    """The key of a page in the list."""
    return f"page:{name}"


def _owner(topic: Topic) -> str:
    """The seat that a page of one of the `OWNED` kinds is for."""
    return SEAT_TITLES[Seat[topic.name.partition(".")[0].upper()]]


def found(typed: str) -> list[Topic]:
    """The pages whose names hold all the words that were typed, the closest first."""
    words = key(typed).split()
    hits = []
    for topic in topics():
        names = [key(name.replace(".", " ")) for name in (topic.name, *topic.others)]
        if all(any(word in name for name in names) for word in words):
            begins = any(name.startswith(key(typed)) for name in names)
            hits.append((not begins, len(names[0]), topic))
    return [topic for _, _, topic in sorted(hits, key=lambda hit: hit[:2])][:MOST_FOUND]


class HandbookScreen(Screen):
    """Everything that can be looked up."""

    name = "handbook"

    def __init__(self, app: App, open_at: str = START, rules: Rulebook | None = None) -> None:
        """`rules` are those of a match, which may be other than the game's own."""
        super().__init__(app)
        self.rules = rules
        self._open = _proper(open_at or START)
        self._before: list[str] = []
        self._group = self._group_of(self._open)
        self._typed = ""

    @staticmethod
    def _group_of(name: str) -> str:
        topic = next(iter(called(name)), None)
        if topic is None:
            return "guide"
        return next((g for g, kinds in GROUPS.items() if topic.kind in kinds), "parameter")

    def show(self, name: str) -> None:
        """Opens a page; the one before can be gone back to."""
        name = _proper(name)
        if name and name != self._open:
            self._before.append(self._open)
            self._open = name
            self._group = self._group_of(name)
        self.app.rebuild()

    def back(self) -> None:
        """See `Screen`; goes to the page before first."""
        if self._before:
            self._open = self._before.pop()
            self._group = self._group_of(self._open)
            self.app.rebuild()
        else:
            self.app.pop()

    def key_down(self, event: pygame.event.Event) -> bool:
        """See `Screen`; F1 leads back out."""
        if event.key == pygame.K_F1:
            self.app.pop()
            return True
        return False

    def build(self) -> Widget:
        """See `Screen`."""
        wide = self.ui.units[0] >= WIDE
        body = Scroll(
            self.kept(
                (self._open, wide),
                lambda: Padded(Column(self._page(), gap=10), right=16, bottom=24),
            ),
            key=f"page-{self._open}",
            focusable=True,
        )
        field = Field(
            self._typed,
            self._type,
            key="search",
            hint=t("handbook.search_hint"),
            width=None,
            enter=self._open_first,
        )
        parts: list[Widget]
        if wide:
            listed = Scroll(
                Padded(Column(self._list(), gap=2), right=8),
                key="found" if self._typed else f"list-{self._group}",
                shows=_key(self._open),
            )
            left = Column([field, self._groups(), listed], gap=10, width=300)
            parts = [Row([left, Column([body], grow=1)], gap=32, align="fill", grow=1)]
        elif self._typed:
            parts = [field, Scroll(Column(self._list(), gap=2), key="list")]
        else:
            parts = [Row([self._groups(grow=1), self._pages(grow=1)], gap=8), field, body]
        aside = t("handbook.own") if self.rules is not None else ""
        return page(self, t("handbook.title"), parts, aside=aside, scrolls=False, widest=1180)

    def _type(self, text: str) -> None:
        self._typed = text
        self.app.rebuild()

    def _open_first(self) -> None:
        """Opens the first page that was found; in a narrow window it takes the list's place."""
        hits = found(self._typed) if self._typed.strip() else []
        if not hits:
            return
        if self.ui.units[0] < WIDE:
            self._typed = ""
        self.show(hits[0].name)

    def _groups(self, grow: float = 0) -> Select:
        names = list(GROUPS)

        def pick(place: int) -> None:
            self._group, self._typed = names[place], ""
            first = contents()[self._group]
            if first:
                self.show(first[0].name)
            self.app.rebuild()

        return Select(
            [Item(t(f"handbook.kind.{name}")) for name in names],
            names.index(self._group),
            pick,
            key="groups",
            title=t("handbook.contents"),
            over=self.app,
            grow=grow,
        )

    def _pages(self, grow: float) -> Select:
        """Narrow windows pick the page from a list that opens."""
        pages = contents()[self._group]
        names = [topic.name for topic in pages]
        return Select(
            [Item(self._label(topic)) for topic in pages],
            names.index(self._open) if self._open in names else 0,
            lambda place: self.show(names[place]),
            key="pages",
            title=t(f"handbook.kind.{self._group}"),
            over=self.app,
            grow=grow,
        )

    def _list(self) -> list[Widget]:
        """The pages of the chosen kind, or what was found."""
        shown = found(self._typed) if self._typed.strip() else contents()[self._group]
        if not shown:
            return [Text(t("handbook.nothing"), "body", "quiet")]
        widgets: list[Widget] = []
        heading = ""
        for topic in shown:
            if not self._typed and topic.kind in OWNED and _owner(topic) != heading:
                heading = _owner(topic)
                widgets += [Gap(6), Text(heading, "label", "quiet")]
            widgets.append(
                Button(
                    self._label(topic),
                    lambda name=topic.name: self._pick(name),  # type: ignore[misc]
                    kind="row",
                    align="left",
                    chosen=topic.name == self._open,
                    key=_key(topic.name),
                )
            )
        return widgets

    def _label(self, topic: Topic) -> str:
        """What the list calls a page; among what was found, with what it is and whose."""
        title = topic_title(topic)
        if not self._typed:
            return title
        kind = t(f"handbook.one.{self._kind(topic)}")
        if topic.kind in OWNED:
            kind = f"{kind}, {_owner(topic)}"
        return f"{title} ({kind})"

    @staticmethod
    def _kind(topic: Topic) -> str:
        return next((g for g, kinds in GROUPS.items() if topic.kind in kinds), "parameter")

    def _pick(self, name: str) -> None:
        self.show(name)

    @staticmethod
    def _why_missing() -> str:
        """Why a page is not there: a file of the game is missing, or there is none of that name."""
        files = [FOLDER / f"{name}.toml" for name in KINDS]
        lost = ", ".join(str(path) for path in files if not path.is_file())
        return t("handbook.file_missing", path=lost) if lost else t("handbook.missing")

    def _page(self) -> list[Widget]:
        shown = called(self._open, self.rules)
        if not shown:
            return [Text(self._why_missing())]
        width = 230 if self.ui.units[0] >= WIDE else 160
        return leaf(shown, width).widgets


def open_handbook(app: App, name: str) -> None:
    """Opens the handbook at a page, over whatever is shown; inside of it, turns to the page."""
    if isinstance(app.screen, HandbookScreen):
        app.screen.show(name)
    else:
        app.push(HandbookScreen(app, name, app.rules))
