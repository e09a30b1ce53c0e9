"""The leaf of the forecasts: how likely each rival is to use force."""

from collections.abc import Callable

from game.rules.seats import Seat
from game.views.names import SEAT_NAMES
from game.views.phrasebook import share

from ...texts import t
from ...widgets.base import Widget
from ...widgets.boxes import Gap, Row
from ...widgets.entry import Slider
from ...widgets.text import Text
from .ordering import Leaf

ODDS = (-1.0, *(share / 100 for share in range(0, 101, 5)))
"""What a forecast can be; below zero is none."""


class Forecasts(Leaf):
    """A slider for each rival."""

    def build(self) -> list[Widget]:
        """See `Leaf`."""
        rows: list[Widget] = [Text(t("room.forecast_note"), "small", "quiet"), Gap(6)]
        for seat in self.seat.rivals:
            odds = self.ordering.draft.forecast.get(seat, -1.0)
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
            odds = ODDS[place]
            self.ordering.forecast(seat, odds if odds >= 0 else None)
            self.app.rebuild()

        return change


def _nearest(odds: float) -> int:
    return min(range(len(ODDS)), key=lambda place: abs(ODDS[place] - odds))


def _odds(odds: float) -> str:
    return t("room.no_forecast") if odds < 0 else share(odds)
