"""The seismograph: the highest rung of each turn, and history's beside it where that is wanted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pygame

from game.futures.seen import Seen
from game.rules.seats import Rung
from game.views.names import rung_name

from ...look.ui import Ui
from ...texts import t
from ...texts.dates import day, short_day
from ...widgets.base import Widget

TOP = int(max(Rung))


@dataclass(frozen=True, slots=True)
class Point:
    """One turn of the calendar."""

    foot: str
    """Its day, short."""
    rung: int | None
    """The highest of the turn; None where it is not played yet."""
    history: int | None
    """History's in the same days; None where it is not shown or nothing is told."""
    tip: str


def points(seen: Seen, history: Sequence[int | None]) -> list[Point]:
    """The turns of the calendar as the seat knows them.

    Args:
        seen: the seat's record.
        history: history's rung for each turn, as far as it may be shown.
    """
    found = []
    for index, turn in enumerate(seen.scenario.turns):
        played = index < len(seen.accounts)
        rung = seen.accounts[index].rung if played else None
        real = history[index] if index < len(history) else None
        told = [t("room.turn_told", turn=index + 1, date=day(turn.date), title=turn.title)]
        if rung is not None:
            told.append(t("room.turn_rung", rung=rung, name=rung_name(rung)))
        if real is not None:
            told.append(t("room.turn_history", rung=real, name=rung_name(real)))
        found.append(Point(short_day(turn.date), rung, real, " ".join(told)))
    return found


class Stop(Widget):
    """One turn on the line: it tells what happened, and opens its news."""

    def __init__(self, point: Point, press: Callable[[], None] | None, key: str) -> None:
        super().__init__(key=key, tip=point.tip)
        self._press, self.focusable = press, press is not None

    def press(self, ui: Ui) -> None:
        """See `Widget`."""
        if self._press is not None:
            self._press()


class Seismograph(Widget):
    """Rungs over turns in steps: each holds until the next turn's."""

    HIGH = 104

    def __init__(
        self,
        shown: Sequence[Point],
        now: int,
        open_turn: Callable[[int], None],
        *,
        key: str = "timeline",
        grow: float = 0,
    ) -> None:
        """
        Args:
            shown: the turns.
            now: the turn that is being played, from 0.
            open_turn: called with a played turn, from 0.
            key: see `Widget`.
            grow: see `Widget`.
        """

        def opened(index: int) -> Callable[[], None]:
            return lambda: open_turn(index)

        super().__init__(
            [
                Stop(point, opened(index) if point.rung is not None else None, f"turn{index}")
                for index, point in enumerate(shown)
            ],
            key=key,
            grow=grow,
        )
        self._points, self._now = shown, now

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        return ui.px(self.HIGH)

    def _area(self, ui: Ui) -> pygame.Rect:
        line = ui.block("0", "small", 1000).line_height
        left = ui.px(26)
        return pygame.Rect(
            self.rect.x + left,
            self.rect.y + line // 2,
            self.rect.width - left,
            self.rect.height - line - line // 2 - ui.px(2),
        )

    def arrange(self, ui: Ui, rect: pygame.Rect) -> None:
        """See `Widget`."""
        area, count = self._area(ui), max(1, len(self.children))
        for index, child in enumerate(self.children):
            left = area.x + area.width * index // count
            right = area.x + area.width * (index + 1) // count
            child.place(ui, pygame.Rect(left, rect.y, right - left, rect.height))

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`."""
        theme, area = ui.theme, self._area(ui)
        line = ui.block("0", "small", 1000).line_height
        for rung in (0, 5, TOP):
            y = area.bottom - area.height * rung // TOP
            pygame.draw.line(surface, theme["line"], (area.x, y), (area.right, y))
            box = pygame.Rect(self.rect.x, y - line // 2, ui.px(20), line)
            ui.draw_text(
                surface, str(rung), "small", theme["quiet"], box, align="right", where=self.path
            )
        if 0 <= self._now < len(self.children):
            here = self.children[self._now].rect
            band = pygame.Rect(here.x, area.y, here.width, area.height)
            pygame.draw.rect(surface, theme["raised"], band)
        self._paint_line(ui, surface, area, [p.history for p in self._points], history=True)
        self._paint_line(ui, surface, area, [p.rung for p in self._points], history=False)
        self._paint_feet(ui, surface, area)

    def _paint_line(
        self,
        ui: Ui,
        surface: pygame.Surface,
        area: pygame.Rect,
        rungs: Sequence[int | None],
        *,
        history: bool,
    ) -> None:
        colour = ui.theme["quiet" if history else "accent"]
        path: list[tuple[int, int]] = []
        for child, rung in zip(self.children, rungs, strict=True):
            if rung is None:
                continue
            y = area.bottom - round(area.height * rung / TOP)
            x = child.rect.centerx
            if path:
                corners = [path[-1], (x, path[-1][1]), (x, y)]
                pygame.draw.lines(surface, colour, False, corners, ui.px(1 if history else 2))
            path.append((x, y))
        for point in path:
            if history:
                pygame.draw.aacircle(surface, ui.theme["ground"], point, ui.px(5))
                pygame.draw.aacircle(surface, colour, point, ui.px(5), ui.px(1))
            else:
                pygame.draw.aacircle(surface, colour, point, ui.px(4))

    def _paint_feet(self, ui: Ui, surface: pygame.Surface, area: pygame.Rect) -> None:
        line = ui.block("0", "small", 1000).line_height
        widest = max(ui.text_width(point.foot, "small") for point in self._points) + ui.px(8)
        every = max(1, -(-widest * len(self._points) // max(1, area.width)))
        for index, (point, child) in enumerate(zip(self._points, self.children, strict=True)):
            if index % every == 0:
                box = pygame.Rect(0, area.bottom + ui.px(2), widest, line)
                box.centerx = child.rect.centerx
                box.clamp_ip(self.rect)
                colour = ui.theme["text" if index == self._now else "quiet"]
                ui.draw_text(
                    surface, point.foot, "small", colour, box, align="centre", where=self.path
                )
