"""The debrief's minds: marks and their parts, the ledger over time, beliefs against truth."""

from game.rules.seats import SEATS, Seat
from game.views.beliefs import AttackJudged, EstimateRow, attacks_judged, estimates
from game.views.deterrence import PairHistory, ledger_over_time
from game.views.forecasts import scores
from game.views.names import SEAT_NAMES, SEAT_TITLES, listed
from game.views.played import PlayedGame
from game.views.scoring import at_its_end
from game.views.situation import mark_sheet, total_mark

from ...shell.frame import section
from ...texts import t
from ...widgets.bars import Bar, Bars
from ...widgets.base import Widget
from ...widgets.boxes import Column, Grid, Panel, Row
from ...widgets.lines import Lines, Series
from ...widgets.seat import SeatIcon
from ...widgets.table import Head, table
from ...widgets.text import Text, points
from ..handbook.leaf import objectives

PAIRS = 8
"""Relations that are shown: those that moved most."""
REASONS = 4
"""Moves of a relation that are told."""


def marks(game: PlayedGame) -> list[Widget]:
    """Every seat's mark in its parts."""
    panels = []
    for seat in SEATS:
        total = total_mark(game.scenario, game.final, seat)
        title = t("debrief.marks.total", seat=SEAT_TITLES[seat], mark=f"{total:.0f}")
        bars = [
            Bar(
                line.name,
                max(0.0, line.points),
                t("debrief.marks.part", points=f"{line.points:.1f}", of=f"{line.of:g}")
                if line.of
                else t("debrief.marks.ending", points=f"{line.points:+g}"),
                seat.name,
            )
            for line in mark_sheet(game.scenario, game.final, seat)
        ]
        head = Row([SeatIcon(seat), Text(title, "heading", grow=1)])
        most = max(line.of for line in mark_sheet(game.scenario, game.final, seat))
        wanted = game.scenario.setting.rulebook.objectives(seat, int(game.final.agenda[seat, 0]))
        why = t("debrief.marks.why", parts=objectives(wanted))
        earned = {line.name: line.points for line in mark_sheet(game.scenario, game.final, seat)}
        ends = [
            f"{part.name}: {end[:1].lower()}{end[1:]}"
            for part in wanted
            if (end := at_its_end(part, earned.get(part.name, 0.0)))
        ]
        told = Text(" ".join([*ends, why]), "small", "quiet")
        panels.append(Panel(Column([head, Bars(bars, most=most, names=190), told], gap=10)))
    return [
        Text(t("debrief.marks.before_note"), "body", "quiet"),
        Grid(panels, least=430, most=2),
    ]


def ledger(game: PlayedGame) -> list[Widget]:
    """The relations that moved most, with why."""
    pairs = ledger_over_time(game)[:PAIRS]
    return [
        Text(t("debrief.ledger.how"), "body", "quiet"),
        Grid([_pair(pair) for pair in pairs], least=430, most=2),
    ]


def _pair(pair: PairHistory) -> Widget:
    title = t("debrief.ledger.pair", of=SEAT_TITLES[pair.of], at=SEAT_NAMES[pair.at])
    lines = [
        ("credible", "believed", "accent", False),
        ("spared", "spared", "quiet", True),
        ("feared", "feared", "text", False),
        ("anger", "anger", "bad", True),
    ]
    series = [
        Series(
            t(f"debrief.ledger.{name}"),
            [100 * getattr(standing, column) for standing in pair.standings],
            colour,
            dashed,
        )
        for column, name, colour, dashed in lines
    ]
    first, last = pair.standings[0], pair.standings[-1]
    chart = Lines(
        series,
        low=0,
        high=100,
        feet=[f"{turn}" for turn in range(len(pair.standings))],
        height=150,
        sides=("0", "100"),
        tip=t(
            "debrief.ledger.tip",
            c0=f"{first.credible * 100:.0f}",
            c1=f"{last.credible * 100:.0f}",
            s0=f"{first.spared * 100:.0f}",
            s1=f"{last.spared * 100:.0f}",
            f0=f"{first.feared * 100:.0f}",
            f1=f"{last.feared * 100:.0f}",
            a0=f"{first.anger * 100:.0f}",
            a1=f"{last.anger * 100:.0f}",
        ),
    )
    told = [
        t("debrief.ledger.move", turn=move.turn, reasons="; ".join(move.reasons))
        for move in pair.moves[:REASONS]
    ] or [t("debrief.ledger.none")]
    return Panel(Column([Text(title, "subhead"), chart, points(told, "small", "quiet")], gap=8))


def beliefs(game: PlayedGame) -> list[Widget]:
    """Who did it, what could only be estimated, and the forecasts."""
    return [_who(game), _hidden(game), _forecasts(game)]


def _who(game: PlayedGame) -> Widget:
    judged = attacks_judged(game)
    if not judged:
        return section(t("debrief.beliefs.who"), Text(t("debrief.beliefs.all_signed")))
    heads = [
        Head(t("debrief.beliefs.turn"), 0.6),
        Head(t("debrief.beliefs.truth"), 1.5),
        *(Head(SEAT_TITLES[seat], 1.8) for seat in SEATS),
    ]
    rows = [
        (
            f"{one.turn}",
            _truth(one),
            *(_guess(one, seat) for seat in SEATS),
        )
        for one in judged
    ]
    return section(
        t("debrief.beliefs.who"),
        Text(t("debrief.beliefs.how"), "body", "quiet"),
        table(heads, rows, key="who", style="small"),
    )


def _truth(one: AttackJudged) -> str:
    """Who did the attack that was judged, and who else fired in that turn, each with its place."""
    told = [
        t("debrief.beliefs.at", cause=t(f"debrief.causes.{fired.cause.name}"), site=fired.site)
        for fired in one.fired
    ]
    if len(told) < len(("judged", "another")):
        return "".join(told) or t(f"debrief.causes.{one.truth.name}")
    return t("debrief.beliefs.besides", judged=told[0], others=listed(told[1:]))


def _guess(one: AttackJudged, seat: Seat) -> str:
    first = one.suspected[seat].first
    return t(
        "debrief.beliefs.guess",
        tick="✓ " if first is one.truth else "",
        cause=t(f"debrief.causes.{first.name}"),
        share=f"{one.on_truth(seat) * 100:.0f}",
    )


def _hidden(game: PlayedGame) -> Widget:
    heads = [
        Head(t("debrief.beliefs.seat"), 1.5),
        Head(t("debrief.beliefs.figure"), 2),
        Head(t("debrief.beliefs.in_truth"), 2),
        Head(t("debrief.beliefs.taken_for"), 2),
        Head(t("debrief.beliefs.error"), 1.2, right=True),
    ]
    rows = [
        (
            SEAT_TITLES[row.seat],
            row.label,
            _span(row, row.truth),
            _span(row, row.taken_for),
            t("debrief.beliefs.percent", value=f"{row.mean_error * 100:.0f}"),
        )
        for row in estimates(game)
    ]
    return section(t("debrief.beliefs.hidden"), table(heads, rows, key="hidden", style="small"))


def _span(row: EstimateRow, values: tuple[float, ...]) -> str:
    def format_belief(value: float) -> str:
        return f"{value * 100:.0f}" if row.unit == "share" else f"{value:,.0f}"

    return t("debrief.beliefs.span", first=format_belief(values[0]), last=format_belief(values[-1]))


def _forecasts(game: PlayedGame) -> Widget:
    found = scores(game)
    if not found:
        return section(t("debrief.beliefs.forecasts"), Text(t("debrief.beliefs.forecasts_none")))
    heads = [
        Head(t("debrief.beliefs.seat"), 2),
        Head(t("debrief.beliefs.given"), 1, right=True),
        Head(t("debrief.beliefs.score"), 1, right=True),
        Head(t("debrief.beliefs.base"), 1, right=True),
    ]
    given = [
        Head(t("debrief.beliefs.turn"), 0.6),
        Head(t("debrief.beliefs.by"), 2),
        Head(t("debrief.beliefs.about"), 2),
        Head(t("debrief.beliefs.odds"), 1, right=True),
        Head(t("debrief.beliefs.came"), 1.4, right=True),
    ]
    each = [
        (
            f"{one.turn}",
            SEAT_TITLES[one.by],
            SEAT_TITLES[one.of],
            f"{one.odds * 100:.0f}",
            t("debrief.beliefs.force_came" if one.came else "debrief.beliefs.no_force"),
        )
        for score in found
        for one in score.forecasts
    ]
    rows = [
        (
            SEAT_TITLES[score.seat],
            f"{len(score.forecasts)}",
            f"{score.brier:.3f}",
            f"{score.base:.3f}",
        )
        for score in found
    ]
    return section(
        t("debrief.beliefs.forecasts"),
        Text(t("debrief.beliefs.forecasts_how"), "body", "quiet"),
        table(heads, rows, key="forecasts"),
        Text(t("debrief.beliefs.each"), "body", "quiet"),
        table(given, each, key="given", style="small"),
    )
