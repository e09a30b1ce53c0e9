"""The ladder: where the crisis stands, how high it has been, and the lines that are drawn."""

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from game.rules.observe import Observation
from game.rules.seats import SEATS, Rung, Seat
from game.rules.state import NO_LINE
from game.views.names import CAPITALS, RUNG_NAMES, sentence

from ..seat_icons import seat_icon
from ..texts import t
from ..ui import Ui
from ..widgets.base import Widget
from ..widgets.boxes import Column
from ..widgets.text import Text


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


class RungRow(Widget):
    """One rung; its tip names the lines that are drawn there."""

    def __init__(
        self, rung: Rung, lines: list[DrawnLine], reader: Seat, *, now: bool, highest: bool
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
        super().__init__(key=f"rung{int(rung)}", grow=1, tip=" ".join(told))
        self._rung, self._now, self._highest = rung, now, highest
        self._seats = sorted({line.by for line in lines})

    def _marks_width(self, ui: Ui) -> int:
        return ui.px(15) * len(self._seats)

    def _text_width(self, ui: Ui, width: int) -> int:
        return max(ui.px(40), width - ui.px(34) - self._marks_width(ui))

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        block = ui.block(RUNG_NAMES[self._rung], "label", self._text_width(ui, width))
        return block.height + ui.px(4)

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`."""
        theme, rect = ui.theme, self.rect
        if self._now:
            pygame.draw.rect(surface, theme["chosen"], rect, border_radius=ui.px(3))
            bar = pygame.Rect(rect.x, rect.y, ui.px(4), rect.height)
            pygame.draw.rect(surface, theme["accent"], bar, border_radius=ui.px(2))
        if self._highest and not self._now:
            pygame.draw.rect(surface, theme["quiet"], rect, 1, border_radius=ui.px(3))
        colour = theme["text" if self._now or self._highest or self._seats else "quiet"]
        number = pygame.Rect(rect.x + ui.px(6), rect.y, ui.px(20), rect.height)
        ui.draw_text(
            surface,
            str(int(self._rung)),
            "label",
            colour,
            number,
            align="right",
            middle=True,
            where=self.path,
        )
        text = pygame.Rect(
            rect.x + ui.px(32), rect.y, self._text_width(ui, rect.width), rect.height
        )
        name = RUNG_NAMES[self._rung]
        ui.draw_text(surface, name, "label", colour, text, middle=True, where=self.path)
        x = rect.right - self._marks_width(ui) + ui.px(6)
        for seat in self._seats:
            seat_icon(surface, seat, (x, rect.centery), ui.px(10), theme.seat(seat))
            x += ui.px(15)


def ladder(observation: Observation, reached: Sequence[int], *, grow: float = 1) -> Column:
    """The ladder, the highest rung on top.

    Args:
        observation: what the seat sees.
        reached: the rung of each turn that was played; what was before the game does not count.
        grow: see `Widget`.
    """
    lines = lines_seen(observation)
    begun = bool(reached)
    now, highest = int(observation.rung[0]), max(reached, default=-1)
    return Column(
        [
            *([] if begun else [Text(t("room.ladder_none"), "small", "quiet")]),
            *(
                RungRow(
                    rung,
                    [line for line in lines if line.rung == rung],
                    observation.seat,
                    now=begun and rung == now,
                    highest=begun and rung == highest,
                )
                for rung in reversed(Rung)
            ),
        ],
        gap=2,
        grow=grow,
        key="ladder",
    )
