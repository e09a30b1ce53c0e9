"""The debrief's telling: the story, the turns one by one, and what to talk about."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from urllib.parse import urlsplit

from game.content.scenario import Source
from game.report.seats import TurnOrders, seat_pages
from game.rules.endings import Ending
from game.rules.seats import SEATS, Seat
from game.views.called import lens_name
from game.views.names import CAPITALS, SEAT_TITLES, rung_name, sentence
from game.views.played import PlayedGame
from game.views.secrets import revealed_agendas, revealed_theory
from game.views.signals import signals
from game.views.summary import put_in, summary, the_dead
from game.views.timeline import HistoryTurn, TimelineTurn, history, timeline

from ...shell.frame import section
from ...texts import t
from ...texts.dates import short_day
from ...widgets.base import Widget
from ...widgets.boxes import Column, Grid, Panel, Row
from ...widgets.lines import Lines, Series
from ...widgets.press import Button
from ...widgets.seat import SeatIcon
from ...widgets.text import Text, facts, points

TOP_RUNG = 10


def story(game: PlayedGame) -> list[Widget]:
    """How it ended, the story in half a page, the dead, and the line of rungs over history's."""
    parts: list[Widget] = []
    if game.ending is not Ending.NONE:
        text = game.scenario.setting.rulebook.endings[game.ending - 1]
        parts.append(
            Panel(Text(text.name, "heading"), edge="accent")  # the story has its sentence
        )
    theory = revealed_theory(game.scenario, game.final)
    world: list[Widget] = [Text(theory.sentence)]
    for seat, agenda in revealed_agendas(game.scenario, game.final).items():
        wanted = t("debrief.story.agenda", seat=sentence(CAPITALS[seat])[:-1], agenda=agenda.name)
        world.append(Row([SeatIcon(seat), Text(wanted, grow=1)]))
    parts.append(section(t("debrief.story.world", theory=theory.name), *world))
    parts.append(Column([Text(told) for told in summary(game)], gap=12))
    parts.append(section(t("debrief.story.line"), line(game)))
    dead = [(who, f"{count:,}") for who, count in the_dead(game) if count]
    parts.append(
        section(
            t("debrief.story.dead"),
            facts(dead) if dead else Text(t("debrief.story.nobody")),
        )
    )
    if added := [(what, f"{count:,}") for what, count in put_in(game) if count]:
        parts.append(section(t("debrief.story.put_in"), facts(added)))
    players = [
        Row(
            [SeatIcon(seat), Text(f"{sentence(CAPITALS[seat])[:-1]}: {game.players[seat]}", grow=1)]
        )
        for seat in SEATS
    ]
    key = "debrief.story.seed_game" if game.number else "debrief.story.seed"
    told = t(key, seed=game.seed, number=game.number, lens=lens_name(game.lens))
    parts.append(section(t("debrief.story.players"), *players, Text(told, "small", "quiet")))
    return parts


def line(game: PlayedGame) -> Lines:
    """The highest rung of each turn, the game's and history's."""
    real = history(game.scenario)
    ours: list[float | None] = [float(turn.rung) for turn in timeline(game)]
    ours += [None] * (len(real) - len(ours))
    theirs = [None if turn.rung is None else float(turn.rung) for turn in real]
    dates = [short_day(turn.date) for turn in game.scenario.turns]

    def format_values(values: list[float | None]) -> str:
        names = [t("debrief.story.none") if v is None else f"{v:.0f}" for v in values]
        return ", ".join(names)

    return Lines(
        [
            Series(t("debrief.story.this"), ours, "accent"),
            Series(t("debrief.story.history"), theirs, "quiet", dashed=True),
        ],
        low=0,
        high=TOP_RUNG,
        feet=dates,
        height=200,
        steps=True,
        sides=("0", f"{TOP_RUNG}"),
        tip=t("debrief.story.chart_tip", game=format_values(ours), history=format_values(theirs)),
        key="line",
    )


def turns(game: PlayedGame, play_on: Callable[[int], None] | None) -> list[Widget]:
    """Every turn: what was ordered, what happened, what was said, what really happened."""
    real = {turn.turn: turn for turn in history(game.scenario)}
    orders_of = {one.seat: one.orders for one in seat_pages(game, signals(game))}
    numbers = game.scenario.source_numbers()
    return [
        _turn(game, told, _real(real[told.turn], numbers), orders_of, play_on)
        for told in timeline(game)
    ]


def _turn(
    game: PlayedGame,
    told: TimelineTurn,
    real: Sequence[Widget],
    orders_of: Mapping[Seat, Sequence[TurnOrders]],
    play_on: Callable[[int], None] | None,
) -> Widget:
    heading = t("debrief.turns.heading", turn=told.turn, title=told.title)
    rung = t("debrief.turns.rung", rung=told.rung, name=rung_name(told.rung))
    head: list[Widget] = [
        Column(
            [
                Text(heading, "heading"),
                Text(f"{short_day(told.opens)}. {sentence(rung)}", "small", "quiet"),
            ],
            gap=0,
            grow=1,
        )
    ]
    if play_on is not None:
        head.append(
            Button(
                t("debrief.turns.play_on"),
                partial(play_on, told.turn),
                tip=t("debrief.turns.play_on_tip"),
                key=f"fork-{told.turn}",
                icon="git-fork",
            )
        )
    happened = [happening.text for happening in told.happened] or [t("debrief.turns.quiet")]
    orders = [
        Row(
            [
                SeatIcon(seat),
                Text(_order(seat, orders_of[seat][told.turn - 1]), "small", "quiet", grow=1),
            ],
            gap=8,
            align="top",
        )
        for seat in SEATS
    ]
    left = Column([points(happened), *_spoken(told), *_remarks(game, told.turn)], gap=10)
    right = Column([Text(t("debrief.turns.orders"), "label", "quiet"), *orders, *real], gap=6)
    return Panel(
        Column([Row(head, gap=16, align="top"), Grid([left, right], least=380, most=2, gap=24)])
    )


def _order(seat: Seat, ordered: TurnOrders) -> str:
    parts = [t("debrief.turns.order", seat=SEAT_TITLES[seat], deed=ordered.deed)]
    if ordered.said:
        parts.append(t("debrief.turns.word", word=ordered.said))
    if ordered.whispered:
        parts.append(t("debrief.turns.whisper", whisper=ordered.whispered))
    return "; ".join(parts)


def _spoken(told: TimelineTurn) -> list[Widget]:
    lines = [*told.said, *told.whispered]
    if not lines:
        return []
    return [Text(t("debrief.turns.said"), "label", "quiet"), points(lines, "small")]


def _remarks(game: PlayedGame, turn: int) -> list[Widget]:
    noted = [
        t("debrief.turns.remark", by=remark.by, text=remark.text)
        for remark in game.remarks
        if remark.turn == turn
    ]
    if not noted:
        return []
    return [Text(t("debrief.turns.remarks"), "label", "quiet"), points(noted, "small")]


def _real(real: HistoryTurn, numbers: Mapping[str, int]) -> list[Widget]:
    if not real.events:
        return []
    told = [
        f"{short_day(event.date)}: {event.text}"
        + (f" {t('debrief.turns.contested')}" if event.contested else "")
        + f" [{', '.join(str(numbers[source]) for source in event.sources)}]"
        for event in real.events
    ]
    return [Text(t("debrief.turns.real"), "label", "quiet"), points(told, "small", "quiet")]


def questions(game: PlayedGame) -> list[Widget]:
    """What to talk about, and where the facts come from."""
    scenario = game.scenario
    sources = [
        f"{number}. {source.title}{_where(source)}"
        for number, source in enumerate(scenario.sources, 1)
    ]
    return [
        section(t("debrief.questions.scenario"), points(scenario.questions)),
        section(t("debrief.questions.aims"), points(scenario.aims)),
        section(
            t("debrief.questions.sources"),
            points(sources, "small", "quiet"),
            note=t("debrief.questions.addresses"),
        ),
    ]


def _where(source: Source) -> str:
    """The site of a source, in brackets; its whole address is wider than the window."""
    return f" ({urlsplit(source.url).netloc.removeprefix('www.')})" if source.url else ""
