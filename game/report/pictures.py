"""The report's charts, each with the words for those who cannot see it."""

from itertools import pairwise

from markupsafe import Markup

from game.futures.inquiry import Findings, UseFound
from game.rules.seats import SEATS, Seat
from game.views.beliefs import attacks_judged
from game.views.deterrence import PairHistory
from game.views.names import SEAT_NAMES
from game.views.phrasebook import in_a_word, signed, widths
from game.views.played import PlayedGame
from game.views.situation import mark_sheet, total_mark
from game.views.summary import killed_in
from game.views.timeline import history, timeline

from .charts import FOURTH, GAME, OTHER, REAL, Axis, Bar, Interval, Series, bars, intervals, lines
from .telling import AIMS, SEAT_TITLES, aimed, lens_titles

SHARES = Axis(0, 1, [(0, "0"), (0.5, "50"), (1, "100")])
RUNGS = Axis(0, 10, [(rung, str(rung)) for rung in range(0, 11, 2)])


def _numbers(count: int, first: int = 1) -> list[str]:
    return [str(number) for number in range(first, first + count)]


def timeline_chart(
    game: PlayedGame, beside: PlayedGame | None, *, name: str = "timeline", height: float = 250
) -> Markup:
    """Rungs by turn: the game, history, and another game.

    Args:
        game: the game.
        beside: the other game; None for none.
        name: an id that no other chart of the document has.
        height: in pixels.
    """
    scenario = game.scenario
    played, real = timeline(game), history(scenario)
    series = [Series("history", [turn.rung for turn in real], REAL)]
    told = [f"history: {_format_rungs([(turn.turn, turn.rung) for turn in real])}"]
    if beside is not None:
        theirs = timeline(beside)
        values = [turn.rung for turn in theirs] + [None] * (len(real) - len(theirs))
        series.append(Series("the other game", values, OTHER))
        told.append(f"the other game: {_format_rungs([(turn.turn, turn.rung) for turn in theirs])}")
    ours = [turn.rung for turn in played] + [None] * (len(real) - len(played))
    deadly = [killed_in(game, turn.turn) > 0 for turn in played]
    series.append(Series("this game", ours, GAME, deadly + [True] * (len(real) - len(played))))
    told.append(f"this game: {_format_rungs([(turn.turn, turn.rung) for turn in played])}")
    return lines(
        name,
        "The highest rung of each turn",
        f"By turn, {'; '.join(reversed(told))}.",
        series,
        _numbers(len(real)),
        RUNGS,
        height,
    )


def _format_rungs(rungs: list[tuple[int, int | None]]) -> str:
    return ", ".join(f"{turn}: {'none known' if rung is None else rung}" for turn, rung in rungs)


def use_chart(findings: Findings, found: UseFound, reach: float) -> Markup:
    """What one use of force did to what it was to deter, under each lens."""
    use, aim = found.use, AIMS[found.use.seat]
    rows, told = [], []
    for lens, effect in zip(lens_titles(findings), found.effects, strict=True):
        change = aimed(effect, aim)
        ends, left_open = change.drawn, change.left_open
        rows.append(Interval(lens, change.mean, *ends, change.is_told_by_sign, left_open))
        told.append(f"{lens} {signed(change.mean)} {widths(change)}, {in_a_word(change)}")
    return intervals(
        f"use-{use.turn}-{use.seat.name.lower()}",
        f"{use.sentence}, turn {use.turn}: change in {aim.phrase}, by theory",
        f"Mean change with both widths: {'; '.join(told)}.",
        rows,
        reach,
        ("fewer", "more"),
    )


def pair_chart(game: PlayedGame, pair: PairHistory) -> Markup:
    """How one seat stood toward another over the game."""
    names = (
        ("credible", "believed", GAME),
        ("spared", "spared", FOURTH),
        ("feared", "feared", REAL),
        ("anger", "anger", OTHER),
    )
    series = [
        Series(told, [getattr(standing, name) for standing in pair.standings], style)
        for name, told, style in reversed(names)
    ]
    first, last = pair.standings[0], pair.standings[-1]
    changes = ", ".join(
        f"{told} {getattr(first, name) * 100:.0f} to {getattr(last, name) * 100:.0f}"
        for name, told, _ in names
    )
    return lines(
        f"pair-{pair.of.name.lower()}-{pair.at.name.lower()}",
        f"{SEAT_TITLES[pair.of]} toward {SEAT_NAMES[pair.at]}",
        f"Of 100, from before the first turn to the end: {changes}.",
        series,
        _numbers(len(pair.standings), 0),
        SHARES,
        150,
    )


def belief_charts(game: PlayedGame) -> list[tuple[Seat, Markup]]:
    """The share that each seat gave to the truth, by turn with an unsigned attack."""
    judged = {one.turn: one for one in attacks_judged(game)}
    if not judged:
        return []
    numbers = [turn.number for turn in game.turns]
    charts = []
    for seat in SEATS:
        values = [judged[n].on_truth(seat) if n in judged else None for n in numbers]
        told = ", ".join(
            f"turn {n}: {value * 100:.0f}"
            for n, value in zip(numbers, values, strict=True)
            if value is not None
        )
        chart = lines(
            f"belief-{seat.name.lower()}",
            f"{SEAT_TITLES[seat]}: the share given to the true author",
            f"Of 100: {told}.",
            [Series("on the truth", values, GAME)],
            [str(n) for n in numbers],
            SHARES,
            120,
        )
        charts.append((seat, chart))
    return charts


def marks_chart(game: PlayedGame, beside: PlayedGame | None) -> Markup:
    """Every seat's mark as a bar of its parts."""
    rows, told = [], []
    for one, filled in ((game, True), (beside, False)):
        if one is None:
            continue
        for seat in SEATS:
            total = total_mark(one.scenario, one.final, seat)
            label = SEAT_TITLES[seat] if filled else "other game"
            rows.append((seat, Bar(label, _parts(one, seat, total), filled)))
            which = "" if filled else " in the other game"
            told.append(f"{SEAT_TITLES[seat]}{which} {total:.0f}")
    ordered = [bar for _, bar in sorted(rows, key=lambda row: row[0])]
    return bars("marks", "Marks of 100, cut into their parts", f"{'; '.join(told)}.", ordered, 100)


def _parts(game: PlayedGame, seat: Seat, total: float) -> list[float]:
    """The parts that make up the bar; what the ending took away is taken from the last ones."""
    left, parts = total, []
    for line in mark_sheet(game.scenario, game.final, seat):
        part = min(max(line.points, 0.0), left)
        left -= part
        if part > 0:
            parts.append(part)
    return parts


def outlook_charts(game: PlayedGame, findings: Findings) -> list[tuple[Seat, Markup]]:
    """What mark each seat could still expect, by turn."""
    charts = []
    courses = {seat: _outlook(findings, seat) for seat in SEATS}
    axis = _marks_axis([value for values in courses.values() for value in values])
    for seat, values in courses.items():
        steps = [abs(b - a) for a, b in pairwise(values)]
        largest = steps.index(max(steps)) + 1
        chart = lines(
            f"outlook-{seat.name.lower()}",
            f"{SEAT_TITLES[seat]}: the score it could expect",
            f"Before the first turn {values[0]:.0f}, at the end {values[-1]:.0f} of 100; the "
            f"largest step was in turn {largest}.",
            [Series("expected score", values, GAME)],
            _numbers(len(values), 0),
            axis,
            120,
        )
        charts.append((seat, chart))
    return charts


def _outlook(findings: Findings, seat: Seat) -> list[float]:
    """A seat's expected mark before the first turn and after every one."""
    pairs = [swing.pairs[seat] for swing in findings.swings]
    return [pairs[0].mean_b, *(paired.mean_a for paired in pairs)]


def _marks_axis(values: list[float]) -> Axis:
    """The tens that hold all values: what moves little can still be seen to move."""
    low, high = int(min(values) // 10) * 10, int(-(-max(values) // 10)) * 10
    high = max(high, low + 20)
    middle = (low + high) // 2
    return Axis(low, high, [(tick, str(tick)) for tick in (low, middle, high)])
