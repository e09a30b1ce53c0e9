"""The ladder: where the crisis stands, how high it has been, and the lines that are drawn."""

from dataclasses import dataclass

import pygame

from game.rules.observe import Observation
from game.rules.seats import SEATS, Rung, Seat
from game.rules.state import NO_LINE
from game.views.names import CAPITALS, RUNG_NAMES, sentence
from game.views.stakes import Stakes

from ...look.seat_icons import seat_icon
from ...look.ui import Ui
from ...texts import t
from ...widgets.base import Widget

CELL = 20
"""Units of a cell."""
MARKS = 12
"""Units below the cells for the marks of seats."""


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A line that one seat has drawn for another."""

    by: Seat
    to: Seat
    rung: int
    stake: float


def lines_seen(observation: Observation) -> list[DrawnLine]:
    """Every declared line: all of them are public."""
    return [
        DrawnLine(by, to, int(observation.line[by, to, 0]), float(observation.stake[by, to, 0]))
        for by in SEATS
        for to in by.rivals
        if observation.line[by, to, 0] < NO_LINE
    ]


class RungCell(Widget):
    """One rung; its tip names it and the lines that are drawn there."""

    def __init__(
        self,
        rung: Rung,
        lines: list[DrawnLine],
        reader: Seat,
        *,
        now: bool,
        reached: bool,
        highest: bool,
    ) -> None:
        """`reader` is the seat that is told of them: it reads "you" of itself."""
        called = CAPITALS | {reader: "you"}
        told = [f"{int(rung)} · {RUNG_NAMES[rung]}."]
        if now:
            told.append(t("room.ladder_now"))
        if highest:
            told.append(t("room.ladder_highest"))
        told += [
            sentence(
                t(
                    "room.ladder_line",
                    by=called[line.by],
                    to=called[line.to],
                    stake=f"{line.stake * 100:.0f}",
                )
            )
            for line in lines
        ]
        super().__init__(key=f"rung{int(rung)}", tip=" ".join(told))
        self._rung, self._now, self._reached, self._highest = rung, now, reached, highest
        self.seats = sorted({line.by for line in lines})
        """Who has drawn a line at it."""

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        return ui.px(CELL + MARKS)

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`: fuller up to where the crisis stands, outlined where it has been."""
        theme = ui.theme
        box = pygame.Rect(self.rect.x, self.rect.y, self.rect.width - ui.px(1), ui.px(CELL - 4))
        ground = "accent" if self._now else "chosen" if self._reached else "panel"
        pygame.draw.rect(surface, theme[ground], box)
        border = theme["bad" if self._rung is Rung.GENERAL_WAR else "line"]
        if self._highest and not self._now:
            border = theme["accent"]
        pygame.draw.rect(surface, border, box, 1)
        ink = theme["on_accent" if self._now else "text" if self._reached else "quiet"]
        number = str(int(self._rung))
        ui.draw_text(
            surface, number, "tiny", ink, box, align="centre", middle=True, where=self.path
        )
        size = ui.px(8)
        x = box.centerx - (len(self.seats) - 1) * size // 2
        for seat in self.seats:
            middle = (x, box.bottom + ui.px(MARKS - 4))
            seat_icon(surface, seat, middle, size, theme.seat(seat))
            x += size


class Ladder(Widget):
    """The rungs beside each other, calm at the left."""

    def __init__(
        self, lines: list[DrawnLine], reader: Seat, stakes: Stakes, *, begun: bool
    ) -> None:
        """
        Args:
            lines: those that stand.
            reader: the seat that is told of them.
            stakes: where the crisis stands.
            begun: whether a turn was played: what was before the game does not count.
        """
        cells = [
            RungCell(
                rung,
                [line for line in lines if line.rung == rung],
                reader,
                now=begun and rung == stakes.rung,
                reached=begun and rung < stakes.rung,
                highest=begun and rung == stakes.highest,
            )
            for rung in Rung
        ]
        super().__init__(cells, key="ladder", grow=1, tip=t("room.ladder_tip"))

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        return ui.px(CELL + MARKS)

    def natural(self, ui: Ui) -> int:
        """See `Widget`."""
        return ui.px(22) * len(self.children)

    def arrange(self, ui: Ui, rect: pygame.Rect) -> None:
        """See `Widget`."""
        wide = rect.width // len(self.children)
        for place, child in enumerate(self.children):
            child.place(ui, pygame.Rect(rect.x + place * wide, rect.y, wide, rect.height))
