"""What is read in the room: the news, turn by turn, and the figures that the seat knows."""

from collections.abc import Callable, Sequence

import pygame

from game.futures.seen import Seen
from game.rules.seats import Seat
from game.rules.state import COLUMNS
from game.session.view import MatchView
from game.views.handbook import amounts
from game.views.names import CAPITALS
from game.views.news import NewsItem
from game.views.situation import Figure, situation

from ...look.assets import icon
from ...look.ui import Ui
from ...texts import t
from ...texts.dates import day, short_day
from ...widgets.base import Widget
from ...widgets.boxes import Column, Gap, Padded, Panel, Row
from ...widgets.charts import Canvas
from ...widgets.press import Button
from ...widgets.scroll import Scroll
from ...widgets.text import Text

ICONS = {
    "strike": "target",
    "fire": "flame",
    "toll": "users",
    "deed": "send",
    "politics": "building-bank",
    "word": "speakerphone",
    "whisper": "ear",
    "private": "eye",
    "line": "ladder",
}


def item(told: NewsItem) -> Widget:
    """One piece of news behind the drawing of its kind."""
    name = ICONS.get(told.kind, "news")

    def draw(ui: Ui, surface: pygame.Surface, rect: pygame.Rect) -> None:
        size = ui.px(16)
        colour = ui.theme["accent" if told.rung >= 3 else "quiet"]
        surface.blit(icon(name, size, colour), (rect.x, rect.y + ui.px(2)))

    sign = Padded(Canvas(draw, height=20), width=18)
    return Row([sign, Text(told.text, grow=1)], gap=8, align="top")


def read_in(seat: Seat) -> str:
    """Where the news is read."""
    if seat is Seat.MILITIA:
        return t("room.read_among")
    return t("room.read_in", place=CAPITALS[seat])


class NewsPanel:
    """Builds the leaf of the news: the last turn's in full, earlier ones to unfold."""

    def __init__(
        self,
        seen: Seen,
        unfolded: set[int],
        fold: Callable[[int], None],
        *,
        coached: bool,
        moved: Sequence[Widget] = (),
    ) -> None:
        """
        Args:
            seen: what the seat sees.
            unfolded: turns from 0 whose news are shown, beside the last.
            fold: turns one.
            coached: whether the coach speaks: the turn's own advice waits until it has.
            moved: what moved the seat's score in the last turn.
        """
        self._moved = moved
        self._seen, self._unfolded, self._fold = seen, unfolded, fold
        self._coached = coached

    def build(self) -> Widget:
        """The leaf."""
        seen = self._seen
        body: list[Widget] = [*self._morning(), *injected(seen.match)]
        last = len(seen.news) - 1
        for index in range(last, -1, -1):
            turn = seen.scenario.turns[index]
            head = t("room.news_turn", turn=index + 1, date=short_day(turn.date), title=turn.title)
            shown = index == last or index in self._unfolded
            if index == last:
                body.append(Text(read_in(seen.seat), "subhead"))
                body.append(Text(head, "label", "accent"))
            else:
                body.append(
                    Button(
                        head,
                        self._folding(index),
                        kind="quiet",
                        align="left",
                        icon="chevron-down" if shown else "chevron-right",
                        key=f"fold{index}",
                    )
                )
            if shown:
                body.append(turn_news(seen.news[index]))
            if index == last:
                body += self._moved
        inner = Padded(Column(body, gap=8), right=6, bottom=8)
        return Column([Scroll(inner, key="news", focusable=True)], grow=1)

    def _folding(self, index: int) -> Callable[[], None]:
        return lambda: self._fold(index)

    def _morning(self) -> list[Widget]:
        """What everybody knows on this morning."""
        turns, now = self._seen.scenario.turns, self._seen.turn
        if now >= len(turns):
            return []
        turn = turns[now]
        lines: list[Widget] = []
        if turn.note and not self._coached:
            lines.append(Text(turn.note, "body"))
        if turn.anniversary_of:
            lines.append(Text(t("room.anniversary", what=turn.anniversary_of), "small", "quiet"))
        if now == 0:
            lines.append(Text(self._seen.scenario.prologue, "body"))
        if not lines:
            return []
        head = Text(t("room.morning", date=day(turn.date)), "label", "accent")
        return [Panel(Column([head, *lines], gap=6), pad=12, key="morning"), Gap(2)]


def injected(match: MatchView) -> list[Widget]:
    """News that a facilitator has put in for this turn."""
    return [
        Panel(
            Column([Text(news.title, "subhead"), Text(news.words, "body")], gap=4),
            pad=12,
            edge="accent",
            key=f"inject{news.n}",
        )
        for news in match.news
    ]


def turn_news(items: Sequence[NewsItem]) -> Widget:
    """One turn's news, one below the other."""
    if not items:
        return Text(t("room.no_news"), "body", "quiet")
    return Column([item(told) for told in items], gap=7)


def figures(seen: Seen) -> Widget:
    """The figures that the seat knows: its own first, the others' as it takes them."""
    setting = seen.scenario.setting
    old = situation(seen.before, setting) if seen.before is not None else {}
    was = {figure.column: figure.value for rows in old.values() for figure in rows}
    body: list[Widget] = [Text(t("room.figures_note"), "small", "quiet")]
    for heading, rows in situation(seen.now, setting).items():
        body.append(Padded(Text(heading, "label", "accent"), top=8))
        body += [_figure(figure, was.get(figure.column, "")) for figure in rows]
    inner = Padded(Column(body, gap=4), right=6, bottom=8)
    return Column([Scroll(inner, key="figures", focusable=True)], grow=1)


def _figure(figure: Figure, was: str) -> Widget:
    """A figure; its tip says what it is and how surely it is known."""
    spec = COLUMNS[figure.column]
    sure = t("room.figure_estimate") if figure.estimate else t("room.figure_exact")
    low, high = amounts.level(spec, spec.low), amounts.level(spec, spec.high)
    tip = t("room.figure_tip", meaning=spec.meaning, sure=sure, low=low, high=high)
    value = figure.value
    if was and was != value:
        value = t("room.figure_was", value=value, was=was.removesuffix(" of 100"))
    return Row(
        [
            Text(f"[{figure.label}]({figure.column})", "small", grow=1, tip=tip),
            Text(value, "small", "text", tip=tip),
        ],
        align="top",
    )
