"""What an exploration found, as widgets: endings, distributions, games, assumptions."""

from collections.abc import Callable, Sequence
from math import isfinite

from game.futures.ensemble import MEASURES
from game.views.effects import Estimate, Range
from game.views.handbook.topics import called
from game.views.phrasebook import figure, share, span

from ...shell.frame import section
from ...texts import t
from ...widgets.bars import Bar, Bars, Span, Tornado
from ...widgets.base import Widget
from ...widgets.boxes import Column, Flow, Grid, Panel
from ...widgets.charts import Distribution
from ...widgets.choice import Choice
from ...widgets.legend import of_distributions
from ...widgets.press import Button
from ...widgets.table import Head, table
from ...widgets.text import Text
from ...work import tasks
from ..handbook.leaf import link, topic_title
from .explored import Bin, Explored

Pick = Callable[[int], None]
NOTABLE = 0.05
"""Assumptions that move a mean by less are not drawn."""
MOST_SWINGS = 12
LAST_MARKS = 95
"""Where the last bar of a chart of marks begins."""


def distributions(
    found: Explored,
    picked: Bin | None,
    pick: Callable[[Bin], None],
    list_them: Callable[[], None],
) -> list[Widget]:
    """How the games ended, and how each measure came out."""
    ended = [Bar(name, count, share(count / found.games)) for name, count in found.endings()]
    panels = [_panel(found, measure, picked, pick) for measure in MEASURES]
    return [
        section(t("explore.endings"), Bars(ended, most=found.games, names=240)),
        *_describe_pick(found, picked, list_them),
        of_distributions(),
        Grid(panels, least=330, most=2),
    ]


def _describe_pick(
    found: Explored, picked: Bin | None, list_them: Callable[[], None]
) -> list[Widget]:
    """Which bar is picked, and the way to its games."""
    if picked is None:
        return [Text(t("explore.press"), "small", "quiet")]
    told = describe_bin(found, picked, len(found.numbers(picked)))
    return [Flow([Text(told, "strong"), Button(t("explore.list_them"), list_them)], gap=16)]


def _panel(
    found: Explored, measure: str, picked: Bin | None, pick: Callable[[Bin], None]
) -> Widget:
    spread = found.spread(measure)
    digits = 2 if measure == "us_dead" else 1
    told = t(
        "explore.spread",
        mean=f"{spread.mean:.{digits}f}",
        low=f"{spread.low:.0f}",
        high=f"{spread.high:.0f}",
    )
    widths = _widths(spread.known, digits)
    chosen = picked.place if picked is not None and picked.measure == measure else -1
    chart = Distribution(
        [one.low for one in spread.bins],
        spread.counts,
        low=spread.low,
        high=spread.high,
        mean=spread.mean,
        told=_end if measure.startswith("mark_") else "{:.0f}".format,
        key=measure,
        tip=told,
        press=lambda place: pick(spread.bins[place]),
        chosen=chosen,
    )
    return Panel(
        Column(
            [
                Text(t(f"explore.{measure}"), "subhead"),
                chart,
                Text(told, "small", "quiet"),
                *([Text(widths, "small", "quiet")] if widths else []),
            ],
            gap=8,
        )
    )


def _widths(mean: Estimate | None, digits: int) -> str:
    """How far the mean is known; empty until other numbers were asked."""
    if mean is None or mean.left_open is None:
        return ""
    luck, others = (
        f"{figure(low, digits)} to {figure(high, digits)}"
        for low, high in (mean.luck, mean.left_open)
    )
    return t("explore.widths", luck=luck, others=others)


def _end(mark: float) -> str:
    """The ends of the marks' chart: its last bar reaches to 100."""
    return "100" if mark >= LAST_MARKS else f"{mark:.0f}"


def describe_bin(found: Explored, picked: Bin | None, count: int) -> str:
    """Which games are listed."""
    if picked is None:
        return t("explore.listed_all")
    return t(
        "explore.listed",
        measure=t(f"explore.{picked.measure}"),
        low=f"{picked.low:g}",
        high=f"{picked.high:g}",
        count=f"{count:,}",
        of=f"{found.games:,}",
    )


def games(found: Explored, numbers: Sequence[int], open_game: Pick) -> Column:
    """A row for each game."""
    heads = [
        Head(t("explore.future"), 1),
        Head(t("explore.ending"), 3.4),
        Head(t("explore.col_attacks"), 1.1, right=True),
        Head(t("explore.col_dead"), 1.3, right=True),
        Head(t("explore.col_rung"), 1.1, right=True),
        Head(t("explore.col_marks"), 2.6, right=True),
    ]
    rows = []
    for number in numbers:
        ending, attacks, dead, rung, marks = found.row(number)
        told = "  ".join(f"{mark:.0f}" for mark in marks)
        rows.append((f"{number}", ending, f"{attacks}", f"{dead}", f"{rung}", told))
    return table(heads, rows, key="games", press=lambda row: open_game(numbers[row]), style="small")


def tornado(swings: Sequence[tasks.Swung], measure: int, change: Pick) -> list[Widget]:
    """How far each assumption moves the mean of a measure."""
    name = MEASURES[measure]
    moved: list[tuple[str, Span]] = []
    for swung in swings:
        ends = [estimate.mean for estimate in swung.changes[name]]
        low, high = min(0.0, *ends), max(0.0, *ends)
        if high - low >= NOTABLE:
            told = span(Range(*ends))
            bar = Span(_parameter(swung.name), low, 0.0, high, told, "accent", filled=False)
            moved.append((swung.name, bar))
    moved.sort(key=lambda one: one[1].low - one[1].high)
    drawn = moved[:MOST_SWINGS]
    left_out = len(swings) - len(drawn)
    notes = [t("explore.about", numbers=", ".join(link(named) for named, _ in drawn))]
    if left_out:
        notes.append(t("explore.tie", least=NOTABLE, count=left_out))
    halves = [(e.high - e.low) / 2 for swung in swings for e in swung.changes[name]]
    if all(isfinite(half) for half in halves):  # too few games have no interval
        notes.append(t("explore.luck", by=f"{max(halves, default=0.0):.2f}"))
    return [
        Text(t("explore.measure"), "label", "quiet"),
        Choice([t(f"explore.{m}") for m in MEASURES], measure, change, key="measure"),
        Tornado([span for _, span in drawn], names=240, key="tornado"),
        *(Text(note, "small", "quiet") for note in notes if drawn or note is not notes[0]),
    ]


def _parameter(name: str) -> str:
    found = called(name)
    title = topic_title(found[0]) if found else name
    return title[:1].upper() + title[1:]
