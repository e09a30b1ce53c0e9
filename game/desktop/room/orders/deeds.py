"""The leaf of the deeds: what each is, costs and risks, and where."""

from typing import Protocol

from game.rules.legal import site_mask, why_not_deed
from game.rules.rulebook import ANY_SITE
from game.rules.seats import Seat
from game.views.handbook import amounts
from game.views.handbook.orders import GROUPS

from ...shell.app import App
from ...texts import t
from ...widgets.base import Widget
from ...widgets.boxes import Padded
from ...widgets.select import Item
from ...widgets.text import Text
from ..seen import Seen
from .choices import ChoiceRow
from .ordering import Leaf, Ordering, more_about, not_now

AMMUNITION = {Seat.IRAN: "missile", Seat.MILITIA: "rocket"}


class Detail(Protocol):
    """Makes what is shown about a deed, such as the staff's estimate of it."""

    def __call__(self, deed: int) -> list[Widget]:
        """`deed` is an index into the seat's deeds."""


class Hint(Protocol):
    """Tells something about a deed in its tip."""

    def __call__(self, deed: int) -> str:
        """`deed` is an index into the seat's deeds."""


class Deeds(Leaf):
    """The deeds in their groups."""

    def __init__(
        self, app: App, seen: Seen, ordering: Ordering, detail: Detail, hint: Hint
    ) -> None:
        """`detail` adds to the deed that is picked, `hint` to the tip of the one pointed at."""
        super().__init__(app, seen, ordering)
        self._detail, self._hint = detail, hint

    def build(self) -> list[Widget]:
        """See `Leaf`."""
        rows: list[Widget] = []
        deeds = self.book.deeds[self.seat]
        for group in GROUPS:
            own = [index for index, deed in enumerate(deeds) if deed.group == group]
            if own:
                rows.append(Padded(Text(t(f"room.group.{group}"), "label", "accent"), top=8))
            for index in own:
                rows += self._deed(index)
        return rows

    def _deed(self, index: int) -> list[Widget]:
        deed = self.book.deeds[self.seat][index]
        closed = "; ".join(why_not_deed(self.setting, self.state, self.seat, index))
        chosen = index == self.order.deed
        row = ChoiceRow(
            deed.name,
            self.set(deed=index, site=ANY_SITE),
            key=f"deed-{deed.id}",
            notes=amounts.costs(deed.costs, deed.fire, AMMUNITION.get(self.seat, "")),
            rung=deed.rung,
            closed=not_now(closed),
            chosen=chosen,
            tip="" if chosen else f"{deed.sentence} {self._hint(index)}".strip(),
            move=self.move,
        )
        if not chosen:
            return [row]
        page = f"{self.seat.name.lower()}.{deed.id}"
        more: list[Widget] = [Text(f"{deed.sentence} {t('room.more', page=page)}", "small", "text")]
        if deed.at is not None:
            more.append(self._site(index))
        more += self._detail(index)
        return [row, more_about(more)]

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
        return self.select("site", t("room.where"), items, chosen, pick)


def _capital(name: str) -> str:
    return name[0].upper() + name[1:]
