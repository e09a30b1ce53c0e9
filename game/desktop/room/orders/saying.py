"""The leaves of what is said: in public, a word; in private to one seat, a whisper."""

from collections.abc import Sequence

from game.futures.seen import Seen
from game.rules.legal import HIGHEST_LINE, LOWEST_LINE, why_not_whisper, why_not_word
from game.rules.orders import Order
from game.rules.rulebook import NO_SEAT, Word
from game.rules.seats import Seat
from game.views.messages import when_heard
from game.views.names import rung_name, sentence
from game.views.offers import told_whisper
from game.views.pledges import Pledge, made_by

from ...shell.app import App
from ...texts import t
from ...widgets.base import Widget
from ...widgets.boxes import Column, Gap
from ...widgets.select import Item, Select
from ...widgets.text import Text
from .choices import ChoiceRow
from .ordering import Leaf, Ordering, not_now


class Words(Leaf):
    """What may be said in public."""

    def build(self) -> list[Widget]:
        """See `Leaf`."""
        rows: list[Widget] = [Text(t("room.word_note"), "small", "quiet"), Gap(6)]
        for index, word in enumerate(self.book.words):
            if self.seat not in word.seats:
                continue
            closed = "; ".join(why_not_word(self.setting, self.state, self.seat, index))
            chosen = index == self.order.word
            rows.append(
                ChoiceRow(
                    word.name,
                    self.set(word=index, word_to=NO_SEAT, word_rung=0),
                    key=f"word-{word.id}",
                    closed=not_now(closed),
                    chosen=chosen,
                    tip="" if chosen else self._told(word),
                    move=self.move,
                )
            )
        return rows

    def _told(self, word: Word) -> str:
        named = word.sentence.replace("rung {rung}", t("room.some_rung"))
        return named.format(to=t("room.some_seat"))

    def about(self) -> list[Widget]:
        """See `Leaf`."""
        word = self.book.words[self.order.word]
        told = f"{sentence(self._told(word))} {t('room.more', page=word.id)}"
        more: list[Widget] = [Text(told, "small")]
        if word.to_seat:
            more.append(self.to("word_to", self.seat.rivals, t("room.whom")))
        if word.to_rung:
            more.append(self._rung())
        return more

    def _rung(self) -> Widget:
        rungs = range(LOWEST_LINE, HIGHEST_LINE + 1)
        none = [] if self.order.word_rung else [Item(t("room.no_rung"))]
        items = none + [Item(f"{rung} · {rung_name(rung)}") for rung in rungs]

        def pick(place: int) -> None:
            if place >= len(none):
                self.set(word_rung=rungs[place - len(none)])()

        chosen = 0 if none else rungs.index(self.order.word_rung)
        select = Select(
            items, chosen, pick, key="word_rung", title=t("room.which_rung"), over=self.app
        )
        return Column([Text(t("room.which_rung"), "label", "quiet"), select], gap=4)


class Whispers(Leaf):
    """What may be said in private."""

    def __init__(self, app: App, seen: Seen, ordering: Ordering, pledges: Sequence[Pledge]) -> None:
        """`pledges`: how long deals may last, as far as the staff was asked."""
        super().__init__(app, seen, ordering)
        self._pledges = pledges

    def build(self) -> list[Widget]:
        """See `Leaf`."""
        rows: list[Widget] = [Text(t("room.whisper_note"), "small", "quiet"), Gap(6)]
        for index, whisper in enumerate(self.book.whispers):
            receivers = self._receivers(index)
            if index and not receivers:
                continue
            reasons = {to: self._why_not_to(index, to) for to in receivers}
            open_to = self._open_to(index)
            closed = "; ".join(dict.fromkeys(reasons.values())) if index and not open_to else ""
            chosen = index == self.order.whisper
            one = int(open_to[0]) if len(open_to) == 1 else NO_SEAT
            rows.append(
                ChoiceRow(
                    whisper.name,
                    self.set(whisper=index, whisper_to=one if index else NO_SEAT),
                    key=f"whisper-{whisper.id}",
                    notes=when_heard(whisper),
                    closed=not_now(closed),
                    chosen=chosen,
                    tip="" if chosen else self._told(index),
                    move=self.move,
                )
            )
        return rows

    def about(self) -> list[Widget]:
        """See `Leaf`."""
        index = self.order.whisper
        page = t("room.more", page=self.book.whispers[index].id)
        more: list[Widget] = [Text(f"{self._told(index)} {page}", "small")]
        if index and len(self._receivers(index)) > 1:
            more.append(self.to("whisper_to", self._open_to(index), t("room.to_whom")))
        said = Order(whisper=index, whisper_to=self.order.whisper_to)
        lasts = made_by(self.book, self.seat, said, self._pledges)
        return more + [Text(line, "small", "warn") for line in lasts]

    def _told(self, whisper: int) -> str:
        return told_whisper(self.setting, self.state, self.seat, whisper, t("room.some_seat"))

    def _receivers(self, whisper: int) -> list[Seat]:
        links = self.book.whispers[whisper].links
        return [to for to in self.seat.rivals if (self.seat, to) in links]

    def _open_to(self, whisper: int) -> list[Seat]:
        return [to for to in self._receivers(whisper) if not self._why_not_to(whisper, to)]

    def _why_not_to(self, whisper: int, to: Seat) -> str:
        return "; ".join(why_not_whisper(self.setting, self.state, self.seat, whisper, to))
