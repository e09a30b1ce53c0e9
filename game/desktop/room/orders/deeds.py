"""The leaf of the deeds: what each is, costs and risks, and where."""

from collections.abc import Mapping
from typing import Protocol

from game.futures.seen import Seen
from game.rules.legal import site_mask, why_not_deed
from game.rules.rulebook import ANY_SITE
from game.rules.seats import Seat
from game.rules.state import READY
from game.views.consequences import Consequences, sentences
from game.views.handbook import amounts
from game.views.handbook.orders import GROUPS
from game.views.names import sentence
from game.views.occasions import moment

from ...shell.app import App
from ...texts import t
from ...widgets.base import Widget
from ...widgets.boxes import Padded
from ...widgets.select import Item, Select
from ...widgets.text import Text, points
from .arrows import Figures, Heads, reaches
from .choices import ChoiceRow
from .ordering import Leaf, Ordering, more_about, not_now

AMMUNITION = {Seat.IRAN: "missile", Seat.MILITIA: "rocket"}


class Counsel(Protocol):
    """What the seat's staff has found about the deeds."""

    @property
    def consequences(self) -> Mapping[int, Consequences]:
        """By deed; empty where nobody was asked, or nothing is known yet."""


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
        self._wide = wide and told
        self._reach = reaches(self._counsel.values())
        self._owes = bool(seen.stakes.owed)

    def above(self) -> list[Widget]:
        """See `Leaf`: the heads of the columns."""
        return [Heads(self.seat)] if self._wide else []

    def build(self) -> list[Widget]:
        """See `Leaf`."""
        rows: list[Widget] = []
        deeds = self.book.deeds[self.seat]
        for group in GROUPS:
            own = [index for index, deed in enumerate(deeds) if deed.group == group]
            if own:
                rows.append(Padded(Text(t(f"room.group.{group}"), "label", "accent"), top=4))
            for index in own:
                rows += self._deed(index)
        return rows

    def _deed(self, index: int) -> list[Widget]:
        deed = self.book.deeds[self.seat][index]
        closed = "; ".join(why_not_deed(self.setting, self.state, self.seat, index))
        chosen = index == self.order.deed
        borne = moment(self.setting, self.seen.now, index)
        costs = amounts.costs(deed.costs, deed.fire, AMMUNITION.get(self.seat, ""))
        notes = [part for part in (costs, *borne) if part]
        row = ChoiceRow(
            deed.name,
            self.set(deed=index, site=ANY_SITE),
            key=f"deed-{deed.id}",
            notes="; ".join(notes),
            rung=deed.rung,
            closed=not_now(closed),
            chosen=chosen,
            tip="" if chosen else " ".join([deed.sentence, *(sentence(one) for one in notes)]),
            figures=self._figures(index),
            move=self.move,
        )
        if not chosen:
            return [row]
        page = f"{self.seat.name.lower()}.{deed.id}"
        told = [deed.sentence, *(sentence(one) for one in notes if self._wide)]
        words = f"{' '.join(told)} {t('room.more', page=page)}"
        more: list[Widget] = [Text(words, "small", "text")]
        found = self._counsel.get(index)
        if self._wide and found is not None and found.may_end:
            more.append(Text(sentence(found.may_end), "small", "warn"))
        if deed.at is not None:
            more.append(self._site(index))
        if not self._wide and found is not None:
            more.append(points(sentences(found, self.seat), "small"))
        return [row, more_about(more)]

    def _figures(self, deed: int) -> Figures | None:
        """What a deed may bring, for the columns."""
        if not self._wide:
            return None
        column = READY.get(self.seat) if self.book.deeds[self.seat][deed].heavy else None
        return Figures(
            self._counsel.get(deed),
            self._reach,
            owes=self._owes,
            levels=deed == 0,
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
