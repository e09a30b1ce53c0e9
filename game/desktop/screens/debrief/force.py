"""The debrief's answer: what each use of force did, and which turn decided most."""

from collections.abc import Sequence
from math import ceil

from game.futures.inquiry import Findings
from game.futures.statistics import Paired
from game.futures.turning import decisive
from game.report.sections import UseDescription, decisive_turn, describe_uses
from game.report.telling import measured
from game.views.happenings import happenings, place
from game.views.names import CAPITALS, SEAT_NAMES, sentence
from game.views.phrasebook import INTERVAL, LUCK_ALONE, OTHERS, interval, others, signed
from game.views.played import PlayedGame
from game.views.uses import Use

from ...shell.frame import section
from ...texts import t
from ...widgets.bars import Bar, Bars, Intervals, Span
from ...widgets.base import Widget
from ...widgets.boxes import Column, Grid, Panel
from ...widgets.table import Head, table
from ...widgets.text import Text

_COUNTED = {"us_dead": "included", "all_dead": "included", "mark": "whole"}
"""From when a measure counts; what is not here counts from the turn after the deed."""
ROOM = 1.1
"""How much farther a chart reaches than its widest interval; rounded up to a tenth."""


def force(game: PlayedGame, findings: Findings) -> list[Widget]:
    """Each use of force with its measured effect, then the decisive turn."""
    how = t("debrief.force.how", futures=findings.futures, horizon=findings.horizon)
    parts: list[Widget] = []
    if told := measured(findings):
        parts.append(Column([Text(sentence, "subhead") for sentence in told], gap=4))
    parts.append(Text(how, "body", "quiet"))
    uses = describe_uses(findings)
    if not uses:
        parts.append(Text(t("debrief.force.none")))
    notable = [use for use in uses if use.is_notable]
    parts += [_use(game, use) for use in notable]
    if rest := [use for use in uses if not use.is_notable]:
        parts.append(_others(rest))
    return [*parts, _decisive(game, findings)]


def _use(game: PlayedGame, use: UseDescription) -> Widget:
    seat = use.found.use.seat
    change = t("debrief.force.change", aim=use.aim.phrase, span=use.span, interval=INTERVAL)
    chart = Column([Text(change, "small", "quiet"), _intervals(use)], gap=6)
    parts: list[Widget] = [
        Text(use.heading, "heading"),
        *([Text(did)] if (did := what_it_did(game, use.found.use)) else []),
        Text(use.verdict, "strong"),
        Text(f"{use.on_average} {use.in_futures} {use.caveat}".strip()),
        Grid([chart, _table(use)], least=480, most=2, gap=24),
    ]
    return Panel(Column(parts, gap=10), edge=seat.name)


def what_it_did(game: PlayedGame, use: Use) -> str:
    """What came of a use of force on its own day, in a sentence; empty where none tells it."""
    turn = game.turns[use.turn - 1]
    number = int(turn.outcome.orders.deed[use.seat, 0])
    deed = game.scenario.setting.rulebook.deeds[use.seat][number]
    who = SEAT_NAMES[use.seat]
    ways = (" fired", " set off", ", as Tehran had asked,")
    begins = [*(who + way for way in ways), f"an order of {CAPITALS[use.seat]} led to no attack"]
    if deed.visibility == "covert":
        begins = [CAPITALS[use.seat]]
    elif deed.fire is None:
        site = place(game.scenario, int(turn.outcome.deed_site[use.seat, 0]))
        begins = [deed.report.format(site=site).rstrip(".")]
    begun = tuple(sentence(words)[:-1] for words in begins)
    told = (one.text for one in happenings(game.scenario, turn))
    return next((text for text in told if text.startswith(begun)), "")


def _intervals(use: UseDescription) -> Intervals:
    """On a scale of its own: one deed may have done a hundred times as much as another."""
    ends = [
        abs(end)
        for lens in use.lenses
        if (change := lens.pairs[use.aim.measure].difference).is_told
        for end in (*change.luck, *(change.left_open or ()))
    ]
    reach = max(1, ceil(10 * ROOM * max(ends, default=0.0))) / 10
    spans = []
    for lens in use.lenses:
        change = lens.pairs[use.aim.measure].difference
        spans.append(
            Span(
                lens.name,
                change.drawn.low,
                change.mean,
                change.drawn.high,
                interval(change),
                "accent",
                filled=change.is_told_by_sign,
                around=change.left_open,
            )
        )
    sides = (
        t("debrief.force.fewer", value=signed(-reach, 1)),
        t("debrief.force.more", value=signed(reach, 1)),
    )
    return Intervals(spans, names=110, reach=reach, key=use.anchor, sides=sides)


def _table(use: UseDescription) -> Widget:
    """What it did under the first lens, by measure."""
    heads = [
        Head(t("debrief.force.measure"), 1.4),
        Head(t("debrief.force.with"), 0.9, right=True),
        Head(t("debrief.force.without"), 1.1, right=True),
        Head(t("debrief.force.difference"), 1.2, right=True),
        Head(INTERVAL, 1.5, right=True),
        Head(OTHERS, 1.5, right=True),
    ]
    first = use.lenses[0]
    rows = [
        (
            t(f"debrief.force.{_COUNTED.get(measure, 'later')}", measure=label),
            *_compared(first.pairs[measure]),
        )
        for measure, label in use.measures
    ]
    title = t("debrief.force.measures", lens=first.name)
    return Column(
        [Text(title, "small", "quiet"), table(heads, rows, key="measures", style="small")], gap=6
    )


def _compared(paired: Paired) -> tuple[str, ...]:
    """With it, without it, the difference of the two as they are told, and its two widths."""
    with_it, without = round(paired.mean_a, 2), round(paired.mean_b, 2)
    return (
        f"{with_it:.2f}",
        f"{without:.2f}",
        signed(with_it - without),
        interval(paired.difference),
        others(paired.difference),
    )


def _others(uses: Sequence[UseDescription]) -> Widget:
    """The uses of force that clearly changed little or nothing, in one table."""
    lenses = [lens.name for lens in uses[0].lenses]
    heads = [Head(t("debrief.force.use"), 2.6), *(Head(name, 1.3) for name in lenses)]
    rows = [
        (use.heading, *(_describe_use(use, place) for place in range(len(lenses)))) for use in uses
    ]
    return section(
        t("debrief.force.others"),
        table(heads, rows, key="others", style="small"),
        note=t("debrief.force.others_note"),
    )


def _describe_use(use: UseDescription, place: int) -> str:
    if use.chart is None:
        return t("debrief.force.last")
    lens = use.lenses[place]
    mean = signed(lens.pairs[use.aim.measure].difference.mean)
    return t("debrief.force.way", way=lens.direction, mean=mean)


def _decisive(game: PlayedGame, findings: Findings) -> Widget:
    swing = decisive(findings.swings)
    told = t(
        "debrief.force.decisive_text",
        turn=swing.turn,
        title=game.scenario.turns[swing.turn - 1].title,
        weight=f"{swing.weight:.1f}",
        error=f"{swing.error:.1f}",
        alone=LUCK_ALONE,
    )
    if decisive_turn(game, findings).is_close:
        told = f"{told} {t('debrief.force.decisive_close')}"
    bars = [
        Bar(
            t("debrief.force.turn", turn=one.turn),
            one.weight,
            f"{one.weight:.1f} ± {one.error:.1f}",
            "accent" if one.turn == swing.turn else "text",
        )
        for one in findings.swings
    ]
    return section(
        t("debrief.force.decisive"),
        Text(told),
        Text(t("debrief.force.moved"), "small", "quiet"),
        Bars(bars, most=swing.weight, names=90, key="swings"),
    )
