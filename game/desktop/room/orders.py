"""The orders: a deed, a word, a message, a forecast; each in its own leaf, then commit.

What may be ordered, and why not, comes from the rules; nothing of it is decided here.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from game.rules.legal import (
    HIGHEST_LINE,
    LOWEST_LINE,
    site_mask,
    why_not_deed,
    why_not_whisper,
    why_not_word,
)
from game.rules.rulebook import ANY_SITE, NO_SEAT
from game.rules.seats import Seat
from game.views.handbook import amounts
from game.views.handbook.pages import GROUPS
from game.views.names import SEAT_NAMES, SEAT_TITLES, rung_name, sentence

from ..app import App
from ..texts import t
from ..widgets.base import Widget
from ..widgets.boxes import Column, Gap, Padded, Row
from ..widgets.entry import Item, Select, Slider
from ..widgets.press import Choice
from ..widgets.scroll import Scroll
from ..widgets.text import Text
from .choices import ChoiceRow
from .draft import Draft
from .seen import Seen

AMMUNITION = {Seat.IRAN: "missile", Seat.MILITIA: "rocket"}
LEAVES = ("deed", "word", "whisper", "forecast")
ODDS = (-1.0, *(share / 100 for share in range(0, 101, 5)))
"""What a forecast can be; below zero is none."""


@dataclass(slots=True)
class Ordering:
    """One seat's orders in the making, and which leaf of them is open."""

    draft: Draft = field(default_factory=Draft)
    leaf: int = 0


class Detail(Protocol):
    """Makes what is shown about a deed, such as the staff's estimate of it."""

    def __call__(self, deed: int) -> list[Widget]:
        """`deed` is an index into the seat's deeds."""


class Hint(Protocol):
    """Tells something about a deed in its tip."""

    def __call__(self, deed: int) -> str:
        """`deed` is an index into the seat's deeds."""


class OrdersPanel:
    """Builds the leaves of the orders for one seat."""

    def __init__(
        self, app: App, seen: Seen, ordering: Ordering, detail: Detail, hint: Hint
    ) -> None:
        """`detail` adds to the deed that is picked, `hint` to the tip of the one pointed at."""
        self._app, self._seen, self._ordering = app, seen, ordering
        self._detail, self._hint = detail, hint
        self._seat, self._match = seen.seat, seen.match
        self._setting = seen.scenario.setting
        self._book = self._setting.rulebook
        self.draft = ordering.draft

    def build(self) -> Widget:
        """The open leaf under its tabs."""
        leaf = LEAVES[self._ordering.leaf]
        body = {
            "deed": self._deeds,
            "word": self._words,
            "whisper": self._whispers,
            "forecast": self._forecast,
        }[leaf]()
        labels = [t(f"room.leaf.{name}") for name in LEAVES]
        return Column(
            [
                Choice(labels, self._ordering.leaf, self.open_leaf, key="leaves"),
                Scroll(Padded(Column(body, gap=2), right=6, bottom=8), key=f"orders-{leaf}"),
            ],
            gap=10,
            grow=1,
            key="orders",
        )

    def open_leaf(self, leaf: int) -> None:
        """Opens a leaf by its place."""
        self._ordering.leaf = leaf % len(LEAVES)
        self._app.rebuild()

    def _move(self, path: str, step: int) -> None:
        """Takes the keyboard from one row to the next."""
        rows = [w.path for w in self._app.top.walk() if isinstance(w, ChoiceRow)]
        place = rows.index(path) + step
        if 0 <= place < len(rows):
            self._app.focus_on(rows[place])

    def _set(self, **values: int) -> Callable[[], None]:
        def change() -> None:
            for name, value in values.items():
                setattr(self.draft, name, value)
            self._app.rebuild()

        return change

    def _select(
        self,
        key: str,
        title: str,
        items: list[Item],
        chosen: int,
        pick: Callable[[int], None],
    ) -> Widget:
        return Select(
            items,
            chosen,
            pick,
            key=key,
            title=title,
            open_list=lambda build: self._app.open_overlay(build, None),
            close_list=self._app.close_overlay,
        )

    # --- the deed

    def _deeds(self) -> list[Widget]:
        rows: list[Widget] = []
        deeds = self._book.deeds[self._seat]
        for group in GROUPS:
            own = [index for index, deed in enumerate(deeds) if deed.group == group]
            if own:
                rows.append(Padded(Text(t(f"room.group.{group}"), "label", "accent"), top=8))
            for index in own:
                rows += self._deed(index)
        return rows

    def _deed(self, index: int) -> list[Widget]:
        deed = self._book.deeds[self._seat][index]
        closed = "; ".join(why_not_deed(self._setting, self._match.state, self._seat, index))
        chosen = index == self.draft.deed
        row = ChoiceRow(
            deed.name,
            self._set(deed=index, site=ANY_SITE),
            key=f"deed-{deed.id}",
            notes=amounts.costs(deed.costs, deed.fire, AMMUNITION.get(self._seat, "")),
            rung=deed.rung,
            closed=t("room.not_now", why=closed) if closed else "",
            chosen=chosen,
            tip=f"{deed.sentence} {self._hint(index)}".strip(),
            move=self._move,
        )
        if not chosen:
            return [row]
        page = f"{self._seat.name.lower()}.{deed.id}"
        more: list[Widget] = [Text(f"{deed.sentence} {t('room.more', page=page)}", "small", "text")]
        if deed.at is not None:
            more.append(self._site(index))
        more += self._detail(index)
        return [row, Padded(Column(more, gap=8), left=14, right=8, top=6, bottom=10)]

    def _site(self, deed: int) -> Widget:
        """Where: the staff's choice, or a place that the rules allow."""
        allowed = site_mask(self._setting, self._match.state, self._seat, deed)[:, 0]
        places = [ANY_SITE, *(i for i, may in enumerate(allowed) if may)]
        items = [
            Item(t("room.anywhere")),
            *(Item(_capital(self._book.sites[i].name)) for i in places[1:]),
        ]

        def pick(place: int) -> None:
            self._set(site=places[place])()

        chosen = places.index(self.draft.site) if self.draft.site in places else 0
        return self._select("site", t("room.where"), items, chosen, pick)

    # --- the word

    def _words(self) -> list[Widget]:
        rows: list[Widget] = [Text(t("room.word_note"), "small", "quiet"), Gap(6)]
        for index, word in enumerate(self._book.words):
            if self._seat not in word.seats:
                continue
            closed = "; ".join(why_not_word(self._setting, self._match.state, self._seat, index))
            chosen = index == self.draft.word
            named = word.sentence.replace("rung {rung}", t("room.some_rung"))
            told = named.format(to=t("room.some_seat"))
            rows.append(
                ChoiceRow(
                    word.name,
                    self._set(word=index, word_to=NO_SEAT, word_rung=0),
                    key=f"word-{word.id}",
                    closed=t("room.not_now", why=closed) if closed else "",
                    chosen=chosen,
                    tip=told,
                    move=self._move,
                )
            )
            if chosen:
                more: list[Widget] = [
                    Text(f"{sentence(told)} {t('room.more', page=word.id)}", "small")
                ]
                if word.to_seat:
                    more.append(self._to("word_to", self._seat.rivals, t("room.whom")))
                if word.to_rung:
                    more.append(self._rung())
                rows.append(Padded(Column(more, gap=8), left=14, right=8, top=4, bottom=10))
        return rows

    def _to(self, part: str, seats: tuple[Seat, ...] | list[Seat], title: str) -> Widget:
        """Which seat is meant: one of a few buttons."""
        now = getattr(self.draft, part)
        chosen = seats.index(Seat(now)) if now != NO_SEAT else -1

        def pick(place: int) -> None:
            self._set(**{part: int(seats[place])})()

        labels = [SEAT_TITLES[seat] for seat in seats]
        return Column(
            [Text(title, "label", "quiet"), Choice(labels, chosen, pick, key=part)], gap=4
        )

    def _rung(self) -> Widget:
        rungs = range(LOWEST_LINE, HIGHEST_LINE + 1)
        none = [] if self.draft.word_rung else [Item(t("room.no_rung"))]
        items = none + [Item(f"{rung} · {rung_name(rung)}") for rung in rungs]

        def pick(place: int) -> None:
            if place >= len(none):
                self._set(word_rung=rungs[place - len(none)])()

        chosen = 0 if none else rungs.index(self.draft.word_rung)
        select = self._select("word_rung", t("room.which_rung"), items, chosen, pick)
        return Column([Text(t("room.which_rung"), "label", "quiet"), select], gap=4)

    # --- the message

    def _whispers(self) -> list[Widget]:
        rows: list[Widget] = [Text(t("room.whisper_note"), "small", "quiet"), Gap(6)]
        for index, whisper in enumerate(self._book.whispers):
            receivers = [to for to in self._seat.rivals if (self._seat, to) in whisper.links]
            if index and not receivers:
                continue
            reasons = {to: self._why_not_to(index, to) for to in receivers}
            open_to = [to for to in receivers if not reasons[to]]
            closed = "; ".join(dict.fromkeys(reasons.values())) if index and not open_to else ""
            chosen = index == self.draft.whisper
            one = int(open_to[0]) if len(open_to) == 1 else NO_SEAT
            to = SEAT_NAMES[receivers[0]] if len(receivers) == 1 else t("room.some_seat")
            told = sentence(whisper.sentence.format(to=to))
            rows.append(
                ChoiceRow(
                    whisper.name,
                    self._set(whisper=index, whisper_to=one if index else NO_SEAT),
                    key=f"whisper-{whisper.id}",
                    closed=t("room.not_now", why=closed) if closed else "",
                    chosen=chosen,
                    tip=told,
                    move=self._move,
                )
            )
            if chosen:
                more: list[Widget] = [Text(f"{told} {t('room.more', page=whisper.id)}", "small")]
                if index and len(receivers) > 1:
                    more.append(self._to("whisper_to", open_to, t("room.to_whom")))
                rows.append(Padded(Column(more, gap=8), left=14, right=8, top=4, bottom=10))
        return rows

    def _why_not_to(self, whisper: int, to: Seat) -> str:
        return "; ".join(why_not_whisper(self._setting, self._match.state, self._seat, whisper, to))

    # --- the forecast

    def _forecast(self) -> list[Widget]:
        rows: list[Widget] = [Text(t("room.forecast_note"), "small", "quiet"), Gap(6)]
        for seat in self._seat.rivals:
            odds = self.draft.forecast.get(seat, -1.0)
            place = _nearest(odds)
            rows += [
                Row([Text(t("room.forecast_of", seat=SEAT_NAMES[seat]), "strong", grow=1)]),
                Slider(
                    ODDS,
                    place,
                    self._forecasting(seat),
                    key=f"forecast-{seat.name}",
                    told=_odds,
                    tip=t("room.forecast_tip", seat=SEAT_NAMES[seat]),
                ),
                Gap(8),
            ]
        return rows

    def _forecasting(self, seat: Seat) -> Callable[[int], None]:
        def change(place: int) -> None:
            if ODDS[place] < 0:
                self.draft.forecast.pop(seat, None)
            else:
                self.draft.forecast[seat] = ODDS[place]
            self._app.rebuild()

        return change


def _nearest(odds: float) -> int:
    return min(range(len(ODDS)), key=lambda place: abs(ODDS[place] - odds))


def _odds(share: float) -> str:
    return t("room.no_forecast") if share < 0 else t("room.odds", odds=round(share * 100))


def _capital(name: str) -> str:
    return name[0].upper() + name[1:]
