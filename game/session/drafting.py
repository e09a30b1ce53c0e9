"""One seat's orders in the making: what every screen that asks for orders fills in."""

from dataclasses import dataclass, field, replace

from game.rules.orders import HOLD, Order
from game.rules.seats import Seat


@dataclass(slots=True)
class Draft:
    """What has been picked so far."""

    order: Order = HOLD
    forecast: dict[Seat, float] = field(default_factory=dict)
    """Odds, 0 to 1, of each rival's using force this turn; empty where none were given."""

    def pick(self, **parts: int) -> None:
        """Picks parts of the order, by their names in `Order`."""
        self.order = replace(self.order, **parts)
