"""The orders: a deed, a word, a whisper, a forecast; each in its own leaf, then commit.

What may be ordered, and why not, comes from the rules; nothing of it is decided here.
"""

from collections.abc import Sequence

from game.futures.seen import Seen
from game.rules.orders import HOLD
from game.views.offers import sense

from ...shell.app import App
from ...texts import t
from ...widgets.base import Widget
from ...widgets.boxes import AtLeast, Column, Padded, Row, Rule
from ...widgets.choice import Choice
from ...widgets.scroll import Scroll
from ...widgets.text import Text
from .choices import ChoiceRow
from .deeds import Counsel, Deeds
from .forecasting import Forecasts
from .ordering import Leaf, Ordering
from .saying import Whispers, Words

LEAVES = ("deed", "word", "whisper", "forecast")
TOLD, LEAST_TOLD, MOST_TOLD = 0.115, 82, 128
"""The share of the window's height that what is told of an order has below the list, and the bounds
of it in units.
"""


class OrdersPanel:
    """Builds the leaves of the orders for one seat."""

    def __init__(
        self,
        app: App,
        seen: Seen,
        ordering: Ordering,
        counsel: Counsel,
        *,
        wide: bool,
        heard: Sequence[Widget] = (),
    ) -> None:
        """`counsel` is what the staff has found, and `heard` its voices in short, where they stand
        nowhere else; where it is `wide`, the order bar opens the leaves.
        """
        self._heard = heard
        self._app, self._seen, self._ordering = app, seen, ordering
        self._counsel, self._wide = counsel, wide

    def build(self) -> Widget:
        """The open leaf, in a narrow window under its tabs."""
        name = LEAVES[self._ordering.leaf]
        labels = [t(f"room.leaf.{name}") for name in LEAVES]
        tabs: list[Widget] = [Choice(labels, self._ordering.leaf, self.open_leaf, key="leaves")]
        leaf = self._leaf(name)
        above, about = leaf.above(), leaf.about()
        if about and name == LEAVES[0]:
            about = [*about, *self._heard]
        listed = Column(leaf.build(), gap=0 if above else 2)
        body = Padded(listed, right=6, bottom=8)
        chosen = [row.key for row in listed.walk() if isinstance(row, ChoiceRow) and row.chosen]
        picked = chosen[0] if chosen and leaf.order != HOLD else ""
        rows = Scroll(body, key=f"orders-{name}", steady=True, opens_at=picked)
        warned: list[Widget] = [Text(line, "small", "warn") for line in self._sense()]
        parts: list[Widget] = [] if self._wide else tabs
        if not about:
            parts += [*warned, rows]
        elif above:
            heads = [Padded(one, right=6 + Scroll.BAR) for one in above]
            parts += [*heads, rows, Rule(), self._below(Column([*warned, *about], gap=4))]
        else:
            told = Padded(Column([*warned, *about], gap=8), right=6, bottom=8)
            beside = Scroll(told, key="about")
            parts.append(Row([rows, beside], gap=12, align="fill", grow=1))
        return Column(parts, gap=4 if above else 10, grow=1, key="orders")

    def _below(self, told: Widget) -> Widget:
        """What is told of the row that is picked, under all rows: always as high, for what is told
        of one order may not move the others.
        """
        high = max(LEAST_TOLD, min(MOST_TOLD, TOLD * self._app.ui.units[1]))
        view = Scroll(Padded(told, right=6), key="about", height=high, grow=1)
        return AtLeast(view, high)

    def _sense(self) -> list[str]:
        """How the orders contradict each other, as far as they are given."""
        seen = self._seen
        order = self._ordering.draft.order
        return sense(seen.scenario.setting, seen.match.state, seen.seat, order)

    def _leaf(self, name: str) -> Leaf:
        if name == "deed":
            return Deeds(self._app, self._seen, self._ordering, self._counsel, wide=self._wide)
        known = self._app, self._seen, self._ordering
        if name == "whisper":
            told = self._app.estimates(self._seen.match)
            return Whispers(*known, (self._counsel.pledges or ()) if told else ())
        return Words(*known) if name == "word" else Forecasts(*known)

    def open_leaf(self, leaf: int) -> None:
        """Opens a leaf by its place."""
        self._ordering.leaf = leaf % len(LEAVES)
        self._app.rebuild()
