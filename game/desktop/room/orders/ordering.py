"""Orders in the making, and what the leaves that fill them in have in common."""

from collections.abc import Callable
from dataclasses import dataclass, field

from game.futures.seen import Seen
from game.rules.orders import Order
from game.rules.rulebook import NO_SEAT
from game.rules.seats import Seat
from game.session.drafting import Draft
from game.views.names import SEAT_TITLES

from ...shell.app import App
from ...texts import t
from ...widgets.base import Widget
from ...widgets.boxes import Column
from ...widgets.choice import Choice
from ...widgets.text import Text
from .choices import ChoiceRow


def _unkept(draft: Draft) -> None:
    """Keeps nothing: the match has no file."""


@dataclass(slots=True)
class Ordering:
    """One seat's orders in the making, and which leaf of them is open."""

    draft: Draft = field(default_factory=Draft)
    leaf: int = 0
    picked: bool = False
    """Whether anything of it was picked by hand, in this turn."""
    keep: Callable[[Draft], None] = _unkept
    """Keeps the draft, called after every change of it."""
    heed: Callable[[], None] = lambda: None
    """Called after every change of what would be done or said."""

    def change(self, **values: int) -> None:
        """Picks parts of the order, by their names in `Order`."""
        self.draft.pick(**values)
        self.picked = True
        self.keep(self.draft)
        self.heed()

    def forecast(self, about: Seat, odds: float | None) -> None:
        """Sets the odds that a rival uses force, 0 to 1; None for no forecast."""
        self.draft.forecast.pop(about, None)
        if odds is not None:
            self.draft.forecast[about] = odds
        self.keep(self.draft)

    def begin(self, draft: Draft | None = None) -> None:
        """Begins with another draft, or a new one; the first leaf is open."""
        self.draft, self.leaf, self.picked = draft or Draft(), 0, False
        self.keep(self.draft)


class Leaf:
    """One leaf of the orders: rows of which one is picked, and what is told about that one."""

    def __init__(self, app: App, seen: Seen, ordering: Ordering) -> None:
        self.app, self.seen, self.ordering = app, seen, ordering
        self.seat, self.state = seen.seat, seen.match.state
        self.setting = seen.scenario.setting
        self.book = self.setting.rulebook

    @property
    def order(self) -> Order:
        """What has been picked so far."""
        return self.ordering.draft.order

    def above(self) -> list[Widget]:
        """What keeps its place while the leaf is scrolled."""
        return []

    def build(self) -> list[Widget]:
        """What stands on the leaf."""
        raise NotImplementedError

    def about(self) -> list[Widget]:
        """What is told of the row that is picked, and asked about it: in a place of its own, so
        that no row ever moves. Empty where nothing is picked from rows.
        """
        return []

    def set(self, **values: int) -> Callable[[], None]:
        """What picks these parts of the orders."""

        def change() -> None:
            self.ordering.change(**values)
            self.app.rebuild()

        return change

    def move(self, path: str, step: int) -> None:
        """Takes the keyboard from one row to the next."""
        rows = [w.path for w in self.app.tree.top.walk() if isinstance(w, ChoiceRow)]
        place = rows.index(path) + step
        if 0 <= place < len(rows):
            self.app.focus_on(rows[place])

    def to(self, part: str, seats: tuple[Seat, ...] | list[Seat], title: str) -> Widget:
        """Which seat is meant: one of a few buttons."""
        now = getattr(self.order, part)
        chosen = seats.index(Seat(now)) if now != NO_SEAT else -1

        def pick(place: int) -> None:
            self.set(**{part: int(seats[place])})()

        labels = [SEAT_TITLES[seat] for seat in seats]
        return Column(
            [Text(title, "label", "quiet"), Choice(labels, chosen, pick, key=part)], gap=4
        )


def not_now(reasons: str) -> str:
    """Why something cannot be ordered now, in a sentence; empty where it can."""
    return t("room.not_now", why=reasons) if reasons else ""
