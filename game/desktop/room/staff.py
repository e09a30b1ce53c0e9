"""The staff estimate on screen: what each deed may bring, as ranges with their honest width."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from game.futures.plan import Forecast
from game.players.base import Dice
from game.views.effects import Range
from game.views.names import counted
from game.views.phrasebook import with_error

from ..app import App
from ..legend import of_distributions
from ..texts import t
from ..widgets.base import Widget
from ..widgets.boxes import Column, Gap, Padded, Row
from ..widgets.charts import Distribution, Progress
from ..widgets.choice import Choice
from ..widgets.scroll import Scroll
from ..widgets.table import Head, table
from ..widgets.text import Text
from .estimating import ROUNDS, TURNS, estimate
from .seen import Seen

MEASURES = ("attacks", "us_dead", "highest_rung", "mark")
JOB = "staff estimate"
BARS = 24
"""Bars of a distribution at the most."""


@dataclass(slots=True)
class Staff:
    """The estimate of one seat's turn, as far as it has come."""

    futures: int = 0
    """Imagined so far for each deed; 0 before the first part."""
    forecasts: list[Forecast] = field(default_factory=list)
    """The best own mark first."""
    measure: int = 3
    """Which of `MEASURES` is compared."""
    failed: str = ""
    asked_for: tuple[int, int] | None = None
    """The seat and the turn that it is for."""

    def ask(self, app: App, seen: Seen) -> None:
        """Has it made, unless it is under way or done."""
        wanted = (int(seen.seat), seen.turn)
        if self.asked_for == wanted or not app.estimates(seen.match):
            return
        self.asked_for, self.futures, self.forecasts, self.failed = wanted, 0, [], ""

        def part(value: tuple[int, list[Forecast]]) -> None:
            self.take(value, wanted)
            app.rebuild()

        def failed(text: str) -> None:
            self.failed = text or t("room.estimate_lost")
            app.rebuild()

        dice = Dice.of(seen.match.state, seen.seat)
        app.worker.submit(
            JOB, estimate, seen.scenario, seen.now, seen.options, dice, part=part, failed=failed
        )

    def take(self, part: tuple[int, list[Forecast]], wanted: tuple[int, int]) -> None:
        """Takes a round of the estimate for a seat's turn."""
        self.asked_for, self.futures = wanted, part[0]
        self.forecasts = sorted(part[1], key=lambda f: -f.mean("mark")[0])

    def drop(self, app: App) -> None:
        """Has it made no further: the seat has left its desk. What is whole is kept."""
        app.worker.cancel(JOB)
        if self.futures < ROUNDS[-1]:
            self.asked_for = None

    def of(self, deed: int) -> Forecast | None:
        """The forecast of a deed; None where there is none yet."""
        return next((forecast for forecast in self.forecasts if forecast.deed == deed), None)


def describe_estimate(measure: str, forecast: Forecast) -> str:
    """A measure in a few words: "2.3 ± 0.1 (0 to 6)"."""
    mean, error = forecast.mean(measure)
    low, _, high = forecast.quantiles(measure)
    return with_error(mean, error, Range(low, high), 2 if measure == "us_dead" else 1)


def turns_ahead(seen: Seen) -> int:
    """How many turns the staff looks ahead at the most."""
    return min(TURNS, len(seen.scenario.turns) - seen.turn)


def brief(staff: Staff, deed: int, ahead: int) -> list[Widget]:
    """What the staff says of one deed, in four lines, and how to read them.

    Args:
        staff: the staff.
        deed: an index into the seat's deeds.
        ahead: turns that it looks ahead.
    """
    forecast = staff.of(deed)
    if forecast is None:
        words = staff.failed or t("room.estimate_coming")
        return [Text(words, "small", "quiet")]
    lines = [
        Row(
            [
                Text(t(f"room.measure.{measure}"), "small", "quiet", grow=1),
                Text(describe_estimate(measure, forecast), "small"),
            ]
        )
        for measure in MEASURES
    ]
    head = Text(t("room.estimate_head", futures=staff.futures), "label", "accent")
    how = Text(t("room.estimate_key", turns=counted(ahead, "turn")), "small", "quiet")
    return [Column([head, *lines, how], gap=2)]


def hint(staff: Staff, deed: int) -> str:
    """What the staff says of a deed, in a line for its tip; empty where there is nothing yet."""
    forecast = staff.of(deed)
    if forecast is None:
        return ""
    lines = [
        f"{t(f'room.measure.{measure}')}: {describe_estimate(measure, forecast)}."
        for measure in MEASURES
    ]
    return f"{t('room.estimate_head', futures=staff.futures)}. {' '.join(lines)}"


class StaffPanel:
    """Builds the leaf that compares all deeds."""

    def __init__(self, app: App, seen: Seen, staff: Staff, pick: Callable[[int], None]) -> None:
        """`pick` takes a deed into the orders."""
        self._app, self._seen, self._staff, self._pick = app, seen, staff, pick
        self._deeds = seen.scenario.setting.rulebook.deeds[seen.seat]

    def build(self, chosen: int) -> Widget:
        """The leaf; `chosen` is the deed that is picked."""
        staff = self._staff
        match = self._seen.match
        if not self._app.estimates(match):
            off = t("room.estimate_off" if match.may_estimate else "room.estimate_led")
            return Column([Text(off, "body", "quiet"), Gap(grow=1)], grow=1)
        ahead = turns_ahead(self._seen)
        rows: list[Widget] = [
            Text(t("room.estimate_note", turns=counted(ahead, "turn")), "small", "quiet"),
        ]
        if staff.failed:
            rows.append(Text(staff.failed, "small", "bad"))
        elif staff.futures < ROUNDS[-1]:
            rows.append(Progress(staff.futures / ROUNDS[-1]))
        if staff.forecasts:
            rows += self._compared(chosen)
        return Column(
            [Scroll(Padded(Column(rows, gap=10), right=6, bottom=8), key="staff", focusable=True)],
            grow=1,
        )

    def _compared(self, chosen: int) -> list[Widget]:
        staff = self._staff
        measure = MEASURES[staff.measure]
        labels = [t(f"room.measure_short.{name}") for name in MEASURES]
        ordered = sorted(
            staff.forecasts, key=lambda f: f.mean(measure)[0] * (-1 if measure == "mark" else 1)
        )
        heads = [Head(t("room.deed"), 1.2), Head(t(f"room.measure.{measure}"), 1, right=True)]
        rows = [(self._deeds[f.deed].name, describe_estimate(measure, f)) for f in ordered]
        places = [f.deed for f in ordered]
        widgets: list[Widget] = [
            Choice(labels, staff.measure, self._measure, key="measure"),
            table(
                heads,
                rows,
                key="compared",
                press=lambda row: self._pick(places[row]),
                chosen=places.index(chosen) if chosen in places else -1,
                style="small",
            ),
            Text(t("room.estimate_width"), "small", "quiet"),
        ]
        forecast = staff.of(chosen)
        if forecast is not None:
            name = self._deeds[chosen].name
            head = Text(t("room.estimate_spread", deed=name), "label", "accent")
            widgets += [Gap(4), head, spread(forecast, measure), of_distributions()]
        return widgets

    def _measure(self, place: int) -> None:
        self._staff.measure = place
        self._app.rebuild()


def spread(forecast: Forecast, measure: str) -> Widget:
    """The distribution of one measure over the futures."""
    values = np.asarray(getattr(forecast.outlook, measure), np.float64)
    low, high = float(np.floor(values.min())), float(np.ceil(values.max()))
    step = max(1.0, np.ceil((high - low + 1) / BARS))
    edges = np.arange(low, high + step + 0.5, step)
    counts, _ = np.histogram(values, bins=edges)
    fifth, _, last = forecast.quantiles(measure)
    start = float(edges[np.searchsorted(edges, fifth, side="right") - 1])
    return Distribution(
        [float(edge) for edge in edges[:-1]],
        [int(count) for count in counts],
        low=start,
        high=last,
        mean=forecast.mean(measure)[0],
        height=92,
        tip=f"{t(f'room.measure.{measure}')}: {describe_estimate(measure, forecast)}",
        key=f"spread-{measure}",
    )
