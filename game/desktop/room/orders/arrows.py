"""An order's consequences as arrows: from holding to the mean, on the band of 90 futures. Where the
staff sees no difference, the band is an outline and has no arrow. Good and bad are never coloured.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

import pygame

from game.rules.seats import Seat
from game.views.consequences import MEASURES, OF_MINDS, Change, Consequences, heading, told
from game.views.effects import Estimate, Range
from game.views.phrasebook import LUCK_ALONE
from game.views.regard import Regard

from ...look.seat_icons import seat_icon
from ...look.ui import Ui
from ...texts import t
from ...widgets.base import Widget
from ...widgets.boxes import Flow

PAID = 54
"""Units of the column that tells what becomes of a debt."""
CHIP, READY, ABOUT = 30, 20, 12
"""Units of a rung's chip, of the squares of readiness, and of whom belief and pressure are of."""
RUNG = CHIP + READY + ABOUT + 16
"""Units of all of these, with what is between them."""
BARS = 3
ROW = 26
"""Units of a row whose figures are drawn."""
NAME = 0.27
"""The share of a row that its name has."""
LEAST = 3.0
"""The least reach of a column, in steps that are shown: noise fills no column."""


def reaches(found: Iterable[Consequences]) -> dict[str, float]:
    """How far each column reaches to either side: one scale for all of its rows."""
    most = dict.fromkeys(MEASURES, 0.0)
    for one in found:
        for change in one.changes:
            if change.is_seen:
                widest = max(abs(change.band.low), abs(change.band.high))
                far = min(widest, 2.5 * abs(change.change.mean))
                most[change.measure] = max(most[change.measure], far)
    floor = {"harm": 0.5}
    return {name: max(reach * 1.08, floor.get(name, LEAST)) for name, reach in most.items()}


def columns(ui: Ui, rect: pygame.Rect, count: int) -> list[pygame.Rect]:
    """The places of a row's cells, and the one of the debt last, in pixels."""
    first = rect.x + round(rect.width * NAME) + ui.px(RUNG)
    room = rect.right - ui.px(PAID) - first
    wide = room // count
    cells = [pygame.Rect(first + k * wide, rect.y, wide, rect.height) for k in range(count)]
    return [*cells, pygame.Rect(rect.right - ui.px(PAID), rect.y, ui.px(PAID), rect.height)]


def beside(ui: Ui, row: pygame.Rect) -> pygame.Rect:
    """Where a row's figures stand, all columns of them: or why it cannot be picked."""
    first = columns(ui, row, 1)[0]
    return pygame.Rect(first.x, row.y, row.right - first.x - ui.px(8), ui.px(ROW))


def chip(ui: Ui, row: pygame.Rect) -> pygame.Rect:
    """Where the chip of a row's rung stands."""
    box = pygame.Rect(0, 0, ui.px(CHIP), ui.px(20))
    box.midleft = (row.x + round(row.width * NAME), row.y + ui.px(ROW) // 2)
    return box


def ready_box(ui: Ui, row: pygame.Rect) -> pygame.Rect:
    """Where a row tells how ready the forces are."""
    left = chip(ui, row)
    return pygame.Rect(left.right + ui.px(8), left.y, ui.px(READY), left.height)


def draw_ready(ui: Ui, surface: pygame.Surface, box: pygame.Rect, share: float) -> None:
    """Readiness as small squares, full as far as it goes: for what is heavy alone."""
    size, step = ui.px(5), ui.px(7)
    for place in range(BARS):
        square = pygame.Rect(box.x + place * step, box.centery - size // 2, size, size)
        full = share * BARS >= place + 0.5
        pygame.draw.rect(surface, ui.theme["text" if full else "quiet"], square, not full)


def draw_change(
    ui: Ui, surface: pygame.Surface, box: pygame.Rect, change: Change, reach: float
) -> None:
    """Draws one arrow into a box."""
    theme, middle, half = ui.theme, box.centerx, box.width / 2 - ui.px(8)

    def x(value: float) -> int:
        return middle + round(max(-1.0, min(1.0, value / reach)) * half)

    low, high = x(change.band.low), x(change.band.high)
    band = pygame.Rect(low, 0, max(ui.px(6), high - low), ui.px(10))
    if high - low < ui.px(6):
        band.centerx = (low + high) // 2
    band.centery = box.centery
    pygame.draw.line(
        surface, theme["quiet"], (middle, box.centery - ui.px(8)), (middle, box.centery + ui.px(8))
    )
    if not change.is_seen:
        pygame.draw.rect(surface, theme["quiet"], band, 1)
        return
    pygame.draw.rect(surface, theme.between("panel", "quiet", 0.5), band)
    for end, value in ((low, change.band.low), (high, change.band.high)):
        if abs(value) > reach:
            for shift in (0, ui.px(4)):
                inward = shift if value < 0 else -shift
                top, foot = band.top - ui.px(1), band.bottom + ui.px(1)
                start = (end + inward + ui.px(2), top)
                pygame.draw.line(surface, theme["text"], start, (end + inward - ui.px(2), foot))
    _arrow(ui, surface, middle, x(change.change.mean), box.centery)


def _arrow(ui: Ui, surface: pygame.Surface, start: int, end: int, y: int) -> None:
    ink, head = ui.theme["text"], ui.px(5)
    way = 1 if end >= start else -1
    shaft = max(0, abs(end - start) - head)
    pygame.draw.line(surface, ink, (start, y), (start + way * shaft, y), ui.px(2))
    tip = start + way * max(abs(end - start), head)
    back = tip - way * head
    pygame.draw.polygon(surface, ink, [(tip, y), (back, y - head), (back, y + head)])


class Heads(Widget):
    """The heads of the columns."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(key="heads", tip=t("room.arrows_tip", alone=LUCK_ALONE))
        self._labels = [heading(measure, seat) for measure in MEASURES]

    def _lines(self, ui: Ui, width: int) -> int:
        wide = columns(ui, pygame.Rect(0, 0, width, 0), len(self._labels))[0].width
        return max(ui.block(label, "tiny", wide - ui.px(6)).height for label in self._labels)

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        return self._lines(ui, width) + ui.px(4)

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`."""
        *cells, debt = columns(ui, self.rect, len(self._labels))
        quiet = ui.theme["quiet"]
        for label, box in (("rung", chip(ui, self.rect)), ("ready", ready_box(ui, self.rect))):
            box.y, box.height = self.rect.y, self.rect.height
            ui.draw_text(
                surface, t(f"room.{label}_head"), "tiny", quiet, box.inflate(ui.px(14), 0),
                align="centre", where=self.path,
            )  # fmt: skip
        for label, cell in zip(self._labels, cells, strict=True):
            box = cell.inflate(-ui.px(6), 0)
            ui.draw_text(surface, label, "tiny", quiet, box, align="centre", where=self.path)
        ui.draw_text(surface, t("room.debt_head"), "tiny", quiet, debt, where=self.path)
        against = pygame.Rect(self.rect.x + ui.px(12), self.rect.y, 0, self.rect.height)
        against.width = chip(ui, self.rect).x - against.x - ui.px(8)
        ui.draw_text(surface, t("room.against_head"), "tiny", quiet, against, where=self.path)


class Figures:
    """One order's consequences in the columns of its row."""

    def __init__(
        self,
        found: Consequences | None,
        reach: Mapping[str, float],
        *,
        owes: bool,
        levels: bool,
        regard: Regard | None = None,
        ready: float | None = None,
    ) -> None:
        """
        Args:
            found: the order's; None leaves the columns empty.
            reach: of each column.
            owes: whether the seat owes anybody an answer.
            levels: whether to tell what each measure stands at, as holding does.
            regard: how the rival that is told of sees the seat now, where that is known.
            ready: how far its forces are made ready, 0 to 1; None where it needs none.
        """
        self._ready = ready
        self._found, self._reach, self._levels = found, reach, levels
        self._now = {} if regard is None else _of_minds(regard)
        self._debt = _debt(found.pays) if owes and found is not None else ""

    def words(self) -> Sequence[str]:
        """Each change in words, in order."""
        if self._found is None:
            return []
        if self._bare:
            return [_level(change, self._now.get(change.measure)) for change in self._found.changes]
        return [told(change) for change in self._found.changes]

    def paint_words(self, ui: Ui, surface: pygame.Surface, row: pygame.Rect, *, where: str) -> None:
        """Writes each change in words into its column."""
        if self._found is None:
            return
        cells = columns(ui, row, len(self._found.changes))
        for change, cell, word in zip(self._found.changes, cells, self.words(), strict=False):
            short = word if change.is_seen or self._bare else t("room.no_difference")
            if ui.text_width(short, "tiny") > cell.width:
                seen = change.is_seen or self._bare
                short = short.partition(" ")[0] if seen else t("room.none")
            ink = ui.theme["quiet"]
            ui.draw_text(surface, short, "tiny", ink, cell, align="centre", where=where)

    @property
    def _bare(self) -> bool:
        """Whether it tells where the measures stand, and no change of them."""
        return self._levels and self._found is not None and not self._found.seen

    def paint(self, ui: Ui, surface: pygame.Surface, row: pygame.Rect, *, where: str) -> None:
        """Draws the cells into a row."""
        if self._ready is not None:
            draw_ready(ui, surface, ready_box(ui, row), self._ready)
        if self._found is None:
            return
        line = row.copy()
        line.height = ui.px(ROW)
        cells = columns(ui, line, len(self._found.changes))
        quiet, words = ui.theme["quiet"], self.words()
        self._draw_about(ui, surface, cells[0])
        for change, cell, word in zip(self._found.changes, cells, words, strict=False):
            if self._bare:
                ui.draw_text(
                    surface, word, "condensed", ui.theme["text"], cell, align="centre",
                    middle=True, where=where,
                )  # fmt: skip
                continue
            draw_change(ui, surface, cell, change, self._reach[change.measure])
        if self._debt:
            ui.draw_text(
                surface, self._debt, "condensed", quiet, cells[-1], middle=True, where=where
            )
            self._draw_paid(ui, surface, cells[-1])

    def _draw_about(self, ui: Ui, surface: pygame.Surface, first: pygame.Rect) -> None:
        """Whose belief and pressure are told of, before the first cell."""
        assert self._found is not None
        middle = (first.x - ui.px(ABOUT // 2), first.centery)
        about = self._found.about
        seat_icon(surface, about, middle, ui.px(8), ui.theme.seat(about))

    def _draw_paid(self, ui: Ui, surface: pygame.Surface, cell: pygame.Rect) -> None:
        """Who is paid, behind the word, where there is room for it."""
        to = self._found.pays_to if self._found is not None else None
        middle = (cell.x + ui.text_width(self._debt, "condensed") + ui.px(10), cell.centery)
        if to is not None and middle[0] + ui.px(5) <= cell.right:
            seat_icon(surface, to, middle, ui.px(8), ui.theme.seat(to))


class InWords(Widget):
    """The consequences of the order that is picked, in words, each under its column."""

    def __init__(self, name: str, figures: Figures) -> None:
        super().__init__(key="in-words")
        self._name, self._figures = name, figures

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        return ui.block(self._name, "strong", self._room(ui, width)).height

    def _room(self, ui: Ui, width: int) -> int:
        return round(width * NAME) + ui.px(RUNG)

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`."""
        box = self.rect.copy()
        box.width = self._room(ui, self.rect.width)
        ui.draw_text(surface, self._name, "strong", ui.theme["text"], box, where=self.path)
        row = self.rect.copy()
        row.y, row.height = row.y + ui.px(3), row.height - ui.px(3)
        self._figures.paint_words(ui, surface, row, where=self.path)


class Legend(Flow):
    """What the signs in the columns mean: each drawn as it is in a row, and told."""

    def __init__(self) -> None:
        signs: list[tuple[str, Callable[[Ui, pygame.Surface, pygame.Rect], None]]] = [
            ("arrow", _sample(1.0, 0.4, 1.6)),
            ("outline", _sample(0.0, -0.6, 0.6)),
            ("beyond", _sample(1.4, 0.8, 3.0)),
            ("ready", lambda ui, surface, box: draw_ready(ui, surface, box, 0.67)),
        ]
        tip = t("room.arrows_tip", alone=LUCK_ALONE)
        super().__init__([_Sign(name, draw, tip) for name, draw in signs], gap=10, key="legend")


def _sample(
    mean: float, low: float, high: float
) -> Callable[[Ui, pygame.Surface, pygame.Rect], None]:
    """Draws a made-up change as the rows do."""
    change = Change("harm", 0.0, Estimate(mean, 0.0, mean, mean), Range(low, high))
    return lambda ui, surface, box: draw_change(ui, surface, box, change, 2.0)


class _Sign(Widget):
    """One sign, and what it means."""

    SIZE = 34

    def __init__(
        self, name: str, draw: Callable[[Ui, pygame.Surface, pygame.Rect], None], tip: str
    ) -> None:
        super().__init__(key=name, tip=tip)
        self._told, self._draw = t(f"room.sign.{name}"), draw

    def natural(self, ui: Ui) -> int:
        """See `Widget`."""
        return ui.px(self.SIZE + 4) + ui.text_width(self._told, "tiny") + 1

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        return ui.block(self._told, "tiny", max(1, width - ui.px(self.SIZE + 4))).height

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`."""
        box = self.rect.copy()
        box.width = ui.px(self.SIZE)
        self._draw(ui, surface, box)
        told = self.rect.copy()
        told.x, told.width = box.right + ui.px(4), self.rect.right - box.right - ui.px(4)
        ui.draw_text(surface, self._told, "tiny", ui.theme["quiet"], told, where=self.path)


def _of_minds(regard: Regard) -> dict[str, float]:
    return dict(zip(OF_MINDS, (regard.believes.mean, regard.pressure.mean), strict=True))


def _level(change: Change, now: float | None) -> str:
    """What a measure comes to where the seat holds; of what a rival thinks, from where it stands
    now, as "How they see you" tells it.
    """
    if change.measure not in OF_MINDS:
        return f"{change.level:.{change.digits}f}"
    return "" if now is None else f"{now:.0f} → {change.level:.0f}"


def _debt(pays: float) -> str:
    if pays >= 0.95:
        return t("room.debt_paid")
    return t("room.debt_maybe") if pays > 0.05 else t("room.debt_stays")
