"""The orders: a deed, a word, a whisper, a forecast; each in its own leaf, then commit.

What may be ordered, and why not, comes from the rules; nothing of it is decided here.
"""

from game.futures.seen import Seen
from game.views.offers import sense

from ...shell.app import App
from ...texts import t
from ...widgets.base import Widget
from ...widgets.boxes import Column, Padded
from ...widgets.choice import Choice
from ...widgets.scroll import Scroll
from ...widgets.text import Text
from .deeds import Counsel, Deeds
from .forecasting import Forecasts
from .ordering import Leaf, Ordering
from .saying import Whispers, Words

LEAVES = ("deed", "word", "whisper", "forecast")


class OrdersPanel:
    """Builds the leaves of the orders for one seat."""

    def __init__(
        self, app: App, seen: Seen, ordering: Ordering, counsel: Counsel, *, wide: bool
    ) -> None:
        """`counsel` is what the staff has found; where it is `wide`, the order bar opens the
        leaves.
        """
        self._app, self._seen, self._ordering = app, seen, ordering
        self._counsel, self._wide = counsel, wide

    def build(self) -> Widget:
        """The open leaf, in a narrow window under its tabs."""
        name = LEAVES[self._ordering.leaf]
        labels = [t(f"room.leaf.{name}") for name in LEAVES]
        tabs: list[Widget] = [Choice(labels, self._ordering.leaf, self.open_leaf, key="leaves")]
        leaf = self._leaf(name)
        body = Padded(Column(leaf.build(), gap=0 if leaf.above() else 2), right=6, bottom=8)
        head = [Padded(one, right=6 + Scroll.BAR) for one in leaf.above()]
        return Column(
            [
                *([] if self._wide else tabs),
                *(Text(line, "small", "warn") for line in self._sense()),
                *head,
                Scroll(body, key=f"orders-{name}"),
            ],
            gap=4 if head else 10,
            grow=1,
            key="orders",
        )

    def _sense(self) -> list[str]:
        """How the orders contradict each other, as far as they are given."""
        seen = self._seen
        order = self._ordering.draft.order
        return sense(seen.scenario.setting, seen.match.state, seen.seat, order)

    def _leaf(self, name: str) -> Leaf:
        if name == "deed":
            return Deeds(self._app, self._seen, self._ordering, self._counsel, wide=self._wide)
        kind = {"word": Words, "whisper": Whispers, "forecast": Forecasts}[name]
        return kind(self._app, self._seen, self._ordering)

    def open_leaf(self, leaf: int) -> None:
        """Opens a leaf by its place."""
        self._ordering.leaf = leaf % len(LEAVES)
        self._app.rebuild()
