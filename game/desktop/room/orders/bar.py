"""The order bar: what has been picked, part by part, the sentence that it makes, and Commit."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import pygame

from game.rules.rulebook import ANY_SITE, NO_SEAT, Rulebook
from game.rules.seats import Seat
from game.session.drafting import Draft
from game.views.names import CAPITALS, SEAT_NAMES, SEAT_TITLES

from ...look.ui import Ui
from ...texts import t
from ...widgets.base import Widget
from ...widgets.choice import Choice
from .draft import asked_of_word

VALUES = ("strong", "label", "tiny")
"""Letters for what was picked, the largest first."""
KEYS = ("D", "W", "P", "F")
"""The keys that open the parts of an order."""


class Part(NamedTuple):
    """One part of an order as the bar shows it."""

    label: str
    value: str
    note: str
    given: bool
    """Whether something has been picked."""
    is_missing: bool = False
    """Whether the note asks for what is still missing."""


def parts(book: Rulebook, seat: Seat, draft: Draft) -> list[Part]:
    """The four parts of a draft."""
    order = draft.order
    deed, word = book.deeds[seat][order.deed], book.words[order.word]
    whisper = book.whispers[order.whisper]
    site = book.sites[order.site].name if order.site != ANY_SITE else ""
    place = site or (t("room.anywhere") if deed.at else t("room.rung_note", rung=deed.rung))
    asked = asked_of_word(book, order)
    to = SEAT_NAMES[Seat(order.word_to)] if order.word_to != NO_SEAT else ""
    line = t("room.line_note", rung=order.word_rung) if order.word_rung else ""
    sent_to = SEAT_TITLES[Seat(order.whisper_to)] if order.whisper_to != NO_SEAT else ""
    given = sorted(draft.forecast.items())
    odds = " · ".join(f"{odds * 100:.0f}" for _, odds in given)
    about = " · ".join(CAPITALS[rival].removeprefix("the ") for rival, _ in given)
    return [
        Part(t("room.bar.deed"), deed.name, place, bool(order.deed)),
        Part(
            t("room.bar.word"),
            word.name,
            " · ".join(p for p in (to, line, asked) if p) or t("room.bar.heard"),
            bool(order.word),
            bool(asked),
        ),
        Part(
            t("room.bar.whisper"),
            whisper.name,
            sent_to or t("room.asked_whom" if order.whisper else "room.bar.one"),
            bool(order.whisper),
            bool(order.whisper) and not sent_to,
        ),
        Part(
            t("room.bar.forecast"),
            t("room.bar.odds", odds=odds) if given else t("room.no_forecast").capitalize(),
            about or t("room.bar.scored"),
            bool(given),
        ),
    ]


class Slot(Widget):
    """One part of the order, to be opened."""

    def __init__(self, part: Part, letter: str, *, chosen: bool) -> None:
        super().__init__(key=part.label)
        self.label = part.label
        self._part, self._letter, self._chosen = part, letter, chosen

    def _room(self, ui: Ui, width: int) -> int:
        return max(1, width - ui.px(24))

    def _style(self, ui: Ui, room: int) -> str:
        """The letters in which its value stands on one line, so that the bar keeps its height."""
        fits = (style for style in VALUES if ui.text_width(self._part.value, style) <= room)
        return next(fits, VALUES[-1])

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        room = self._room(ui, width)
        high = (
            ui.block("0", "strong", room).height - ui.block("0", self._style(ui, room), room).height
        )
        high += ui.block(self._part.label, "tiny", room - ui.px(14)).height
        high += ui.block(self._part.value, self._style(ui, room), room).height
        return high + ui.block(self._part.note, "condensed", room).height + ui.px(14)

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`."""
        theme, part = ui.theme, self._part
        ground = "chosen" if self._chosen else "panel"
        border = "accent" if self._chosen or self.is_hot(ui) else "line"
        self.fill(surface, ui, theme[ground], theme[border], radius=3)
        room = self._room(ui, self.rect.width)
        box = pygame.Rect(self.rect.x + ui.px(12), self.rect.y + ui.px(7), room, self.rect.height)
        letter = ui.draw_text(
            surface, self._letter, "tiny", theme["quiet"], box, align="right", where=self.path
        )
        head = box.copy()
        head.width -= ui.px(14)
        ink = "accent" if self._chosen else "quiet"
        used = ui.draw_text(surface, part.label, "tiny", theme[ink], head, where=self.path).height
        box.y, box.height = box.y + max(used, letter.height), self.rect.bottom - box.y - used
        ink = "text" if part.given else "quiet"
        style = self._style(ui, room)
        used = ui.draw_text(surface, part.value, style, theme[ink], box, where=self.path).height
        box.y, box.height = box.y + used, self.rect.bottom - box.y - used
        ink = "warn" if part.is_missing else "quiet"
        ui.draw_text(surface, part.note, "condensed", theme[ink], box, where=self.path)


class Slots(Choice):
    """The parts beside each other; one stop for Tab, the arrows move within."""

    def __init__(
        self, shown: Sequence[Part], chosen: int, open_leaf: Callable[[int], None]
    ) -> None:
        """`chosen` is the part whose leaf is open, -1 for none of them."""
        super().__init__([part.label for part in shown], chosen, open_leaf, key="leaves")
        self.children = [
            Slot(part, letter, chosen=place == chosen)
            for place, (part, letter) in enumerate(zip(shown, KEYS, strict=True))
        ]
        self.grow = 1

    def natural(self, ui: Ui) -> int:
        """See `Widget`."""
        return ui.px(560)

    def _wide(self, ui: Ui, width: int) -> int:
        return (width - ui.px(8) * (len(self.children) - 1)) // len(self.children)

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        wide = self._wide(ui, width)
        return max(child.height(ui, wide) for child in self.children)

    def arrange(self, ui: Ui, rect: pygame.Rect) -> None:
        """See `Widget`."""
        wide = self._wide(ui, rect.width)
        for place, child in enumerate(self.children):
            x = rect.x + place * (wide + ui.px(8))
            child.place(ui, pygame.Rect(x, rect.y, wide, rect.height))
