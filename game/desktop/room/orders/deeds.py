"""The leaf of the deeds: what each is, costs and risks, and where."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from game.futures.consequences import may_be_said
from game.futures.seen import Seen
from game.rules.legal import site_mask, why_not_deed
from game.rules.orders import HOLD, Order
from game.rules.rulebook import ANY_SITE
from game.rules.seats import Seat
from game.rules.state import READY
from game.views.consequences import Consequences, sentences
from game.views.handbook import amounts
from game.views.handbook.orders import GROUPS
from game.views.names import sentence
from game.views.occasions import moment
from game.views.pledges import Pledge, made_by
from game.views.regard import Seen as Regarded

from ...shell.app import App
from ...texts import t
from ...widgets.base import Widget
from ...widgets.boxes import Padded, Row
from ...widgets.select import Item, Select
from ...widgets.text import Text, points
from .arrows import Figures, Heads, InWords, Legend, reaches
from .choices import ChoiceRow
from .ordering import Leaf, Ordering, not_now

AMMUNITION = {Seat.IRAN: "missile", Seat.MILITIA: "rocket"}
SITE = 236
"""Units of what asks for a place, beside the words."""


class Counsel(Protocol):
    """What the seat's staff has found about the deeds."""

    @property
    def consequences(self) -> Mapping[int, Consequences]:
        """By deed; empty where nobody was asked, or nothing is known yet."""

    @property
    def regard(self) -> Regarded | None:
        """How the others see the seat; None where it is not known."""

    @property
    def pledges(self) -> Sequence[Pledge] | None:
        """How long deals and a truce may last; None where it is not known."""


class Deeds(Leaf):
    """The deeds in their groups."""

    def __init__(
        self, app: App, seen: Seen, ordering: Ordering, counsel: Counsel, *, wide: bool
    ) -> None:
        """`counsel` is drawn in columns where it is `wide`, and else told under the deed that is
        picked.
        """
        super().__init__(app, seen, ordering)
        told = app.estimates(seen.match)
        self._counsel = counsel.consequences if told else {}
        self._regard = counsel.regard if told else None
        self._pledges = (counsel.pledges or ()) if told else ()
        self._wide = wide and told
        self._reach = reaches(self._counsel.values())
        self._owes = bool(seen.stakes.owed)
        spoken = may_be_said(self.book, seen.options, self.order)
        self._speaks = bool(spoken.word or spoken.whisper)
        """Whether the draft says anything: then holding is not holding in silence."""

    def above(self) -> list[Widget]:
        """See `Leaf`: the heads of the columns, and what their signs mean."""
        return [Legend(), Heads(self.seat)] if self._wide else []

    def build(self) -> list[Widget]:
        """See `Leaf`."""
        rows: list[Widget] = []
        deeds = self.book.deeds[self.seat]
        for group in GROUPS:
            own = [index for index, deed in enumerate(deeds) if deed.group == group]
            if own:
                name = Text(t(f"room.group.{group}"), "label", "accent")
                rows.append(Padded(name, top=1 if self._wide else 4))
            rows += [self._deed(index) for index in own]
        return rows

    def _deed(self, index: int) -> Widget:
        deed = self.book.deeds[self.seat][index]
        closed = "; ".join(why_not_deed(self.setting, self.state, self.seat, index))
        chosen = index == self.order.deed
        notes = self._notes(index)
        return ChoiceRow(
            self._name(index),
            self.set(deed=index, site=ANY_SITE),
            key=f"deed-{deed.id}",
            notes=self._costs(index),
            rung=deed.rung,
            closed=not_now(closed),
            chosen=chosen,
            tip="" if chosen else " ".join([deed.sentence, *(sentence(one) for one in notes)]),
            figures=self._figures(index),
            move=self.move,
        )

    def _name(self, index: int) -> str:
        """A deed's name; of holding, whether the draft's words are what moves anything."""
        name = self.book.deeds[self.seat][index].name
        with_words = index == HOLD.deed and self._speaks and self._wide
        return t("room.hold_with_words", hold=name) if with_words else name

    def _costs(self, index: int) -> str:
        deed = self.book.deeds[self.seat][index]
        return amounts.costs(deed.costs, deed.fire, AMMUNITION.get(self.seat, ""))

    def _notes(self, index: int) -> list[str]:
        """What a deed costs, and what the moment bears."""
        borne = moment(self.setting, self.seen.now, index)
        found = self._counsel.get(index)
        ends = found.ends.told if found is not None and index != self.order.deed else ""
        return [part for part in (self._costs(index), *borne, ends) if part]

    def about(self) -> list[Widget]:
        """See `Leaf`."""
        index = self.order.deed
        deed = self.book.deeds[self.seat][index]
        page = f"{self.seat.name.lower()}.{deed.id}"
        told = [deed.sentence, *(sentence(one) for one in self._notes(index))]
        words = Text(f"{' '.join(told)} {t('room.more', page=page)}", "small", "text")
        found = self._counsel.get(index)
        more: list[Widget] = []
        if (figures := self._figures(index)) is not None:
            more.append(InWords(self._name(index), figures))
        if index == HOLD.deed and self._speaks and found is not None:
            more.append(Text(t("room.words_alone"), "small", "quiet", key="words-alone"))
        if self._wide and found is not None and found.ends.told:
            more.append(Text(sentence(found.ends.told), "small", "warn"))
        alone = Order(deed=index)
        lasts = made_by(self.book, self.seat, alone, self._pledges)
        more += [Text(line, "small", "warn") for line in lasts]
        if deed.at is None:
            more.append(words)
        elif self._wide:
            words.grow = 1
            site = Padded(self._site(index), width=SITE)
            more.append(Row([words, site], gap=10, align="top"))
        else:
            more += [words, self._site(index)]
        if not self._wide and found is not None:
            more.append(points(sentences(found, self.seat), "small"))
        return more

    def _figures(self, deed: int) -> Figures | None:
        """What a deed may bring, for the columns."""
        if not self._wide:
            return None
        column = READY.get(self.seat) if self.book.deeds[self.seat][deed].heavy else None
        found, seen = self._counsel.get(deed), self._regard
        return Figures(
            found,
            self._reach,
            owes=self._owes,
            levels=deed == 0,
            regard=None
            if found is None or seen is None
            else next(one for one in seen.regards if one.rival is found.about),
            ready=None if column is None else float(self.seen.now.columns[column][0]),
        )

    def _site(self, deed: int) -> Widget:
        """Where: the staff's choice, or a place that the rules allow."""
        allowed = site_mask(self.setting, self.state, self.seat, deed)[:, 0]
        places = [ANY_SITE, *(i for i, may in enumerate(allowed) if may)]
        items = [
            Item(t("room.anywhere")),
            *(Item(_capital(self.book.sites[i].name)) for i in places[1:]),
        ]

        def pick(place: int) -> None:
            self.set(site=places[place])()

        chosen = places.index(self.order.site) if self.order.site in places else 0
        return Select(items, chosen, pick, key="site", title=t("room.where"), over=self.app)


def _capital(name: str) -> str:
    return name[0].upper() + name[1:]
