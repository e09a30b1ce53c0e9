"""The map in its frame: beside it, never on it, its buttons and what its signs mean; where there is
no room for that beside it, a button shows it in the map's place.
"""

from collections.abc import Callable, Mapping, Sequence

import pygame

from game.rules.seats import Seat
from game.views.places import Readiness

from ..look.ui import Ui
from ..texts import t
from ..widgets.base import Widget
from ..widgets.legend import Entry, Legend
from ..widgets.press import Button
from .markers import Marker, draw_marker, draw_readiness, draw_site, readiness_box
from .view import Flight, MapState, MapView, Targets

GAP = 6
FLAT = 2.0
"""From so many times as wide as it is high on, the buttons stand at the right of the map."""
STEPS_WIDE = 36
LEAST_HIGH = 130
"""Units of height that a legend leaves to the map."""
MARKS = ("fire", "strike", "deed", "politics", "earlier")
SITES = ("base", "militia", "iran", "gulf")


def _mark(kind: str) -> Entry:
    marker = Marker(
        "fire" if kind == "earlier" else kind, (0.0, 0.0), "", age=int(kind == "earlier")
    )

    def draw(ui: Ui, surface: pygame.Surface, middle: tuple[int, int]) -> None:
        draw_marker(surface, ui.theme, marker, middle, ui.scale * (0.9 if marker.age else 0.6))

    return Entry(t(f"map.mark.{kind}"), draw)


def _site(kind: str) -> Entry:
    def draw(ui: Ui, surface: pygame.Surface, middle: tuple[int, int]) -> None:
        draw_site(surface, ui.theme, kind, middle, ui.px(8))

    return Entry(t(f"map.site.{kind}"), draw)


def _ready(readiness: Mapping[Seat, Readiness] | None) -> list[Entry]:
    """The sign of forces that are made ready, on a map that can show it."""

    def draw(ui: Ui, surface: pygame.Surface, middle: tuple[int, int]) -> None:
        box = readiness_box(middle, ui.px(8))
        box.center = middle
        draw_readiness(surface, ui.theme, Seat.US, 1.0, box, rough=False)

    return [] if readiness is None else [Entry(t("map.site.ready"), draw)]


def _button(
    label: str,
    action: Callable[[], None],
    key: str,
    *,
    width: float | None = None,
    chosen: bool = False,
) -> Button:
    return Button(
        label, action, kind="quiet", key=key, width=width, tip=t(f"map.{key}_tip"), chosen=chosen
    )


class FramedMap(Widget):
    """The map, and what belongs to it: below it, or at its right where it is flat."""

    def __init__(
        self,
        state: MapState,
        markers: Sequence[Marker] = (),
        *,
        flights: Sequence[Flight] = (),
        targets: Targets | None = None,
        readiness: Mapping[Seat, Readiness] | None = None,
        key: str = "map",
        grow: float = 1,
        least: float = 200,
    ) -> None:
        """
        Args:
            state: the screen's, so that the view stays where it is.
            markers: what happened; the newest are drawn on top.
            flights: what moves at this moment.
            targets: what can be picked on it; None where nothing can.
            readiness: see `MapView`.
            key: see `Widget`.
            grow: see `Widget`.
            least: the height that it asks for, in units.
        """
        self.chart = MapView(state, markers, flights=flights, targets=targets, readiness=readiness)
        self._buttons = [
            _button("+", self.chart.closer, "closer", width=STEPS_WIDE),
            _button("−", self.chart.farther, "farther", width=STEPS_WIDE),
            _button(t("map.home"), self.chart.home, "home"),
            _button(t("map.arabic"), self.chart.letters, "arabic", chosen=state.arabic),
        ]
        self._state = state
        self._ui: Ui | None = None
        self._key = _button(t("map.key"), self._turn, "key", chosen=state.key)
        """Shows what the signs mean where the map stands; only where there is no room beside it."""
        self._legends = [
            Legend([_mark(kind) for kind in MARKS], "marks"),
            Legend([*(_site(kind) for kind in SITES), *_ready(readiness)], "sites"),
        ]
        children = [self.chart, *self._legends, *self._buttons, self._key]
        super().__init__(children, key=key, grow=grow)
        self._least = least

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        return ui.px(self._least)

    def natural(self, ui: Ui) -> int:
        """See `Widget`."""
        return ui.px(400)

    def arrange(self, ui: Ui, rect: pygame.Rect) -> None:
        """See `Widget`."""
        self._ui = ui
        flat = rect.width >= FLAT * rect.height and not self._only_below(ui, rect)
        for widget in (*self._legends, self._key):
            widget.rect = pygame.Rect(rect.topleft, (0, 0))  # unless it is given room
        for legend in self._legends:
            legend.stacked = flat
        place = self._at_right if flat else self._below
        chart = place(ui, rect)
        self._key.focusable = self._key.rect.width > 0
        if self._key.focusable and self._state.key:
            self._tell_signs(ui, chart)
        else:
            self.chart.place(ui, chart)

    def _only_below(self, ui: Ui, rect: pygame.Rect) -> bool:
        """Whether the legends have room below the map, and none at its right."""
        for legend in self._legends:
            legend.stacked = True
        wide = self._right_width(ui)
        high = self._buttons[0].height(ui, wide) * len(self._buttons)
        high += sum(ui.px(GAP) + legend.height(ui, wide) for legend in self._legends)
        for legend in self._legends:
            legend.stacked = False
        tall = max(button.height(ui, button.breadth(ui)) for button in self._buttons)
        below = tall + sum(legend.height(ui, rect.width) for legend in self._legends)
        return high > rect.height >= below + ui.px(GAP + LEAST_HIGH)

    def _right_width(self, ui: Ui) -> int:
        """What buttons and legends need at the right of the map."""
        return max(
            *(button.breadth(ui) for button in (*self._buttons, self._key)),
            *(legend.least(ui) for legend in self._legends),
        )

    def _turn(self) -> None:
        """Tells what the signs mean in place of the map, or shows the map again."""
        self._state.key = not self._state.key
        if self._ui is not None:
            self._ui.rebuild()

    def _tell_signs(self, ui: Ui, rect: pygame.Rect) -> None:
        """What the signs mean, in place of the map."""
        for widget in self.chart.walk():
            widget.focusable = False
        wide = rect.width // len(self._legends)
        for place, legend in enumerate(self._legends):
            legend.stacked = True
            high = min(legend.height(ui, wide), rect.height)
            legend.place(ui, pygame.Rect(rect.x + place * wide, rect.y, wide, high))

    def _at_right(self, ui: Ui, rect: pygame.Rect) -> pygame.Rect:
        """Buttons below each other, and under them the legends, if there is room for all of them.

        Returns:
            What is left for the map.
        """
        gap, y, wide = ui.px(GAP), rect.y, self._right_width(ui)
        highs = [legend.height(ui, wide) for legend in self._legends]
        x = rect.right - wide
        high = self._buttons[0].height(ui, wide)
        shown = y + high * len(self._buttons) + sum(gap + tall for tall in highs) <= rect.bottom
        for button in self._buttons if shown else (*self._buttons, self._key):
            button.place(ui, pygame.Rect(x, y, button.breadth(ui), high))
            y += high
        for legend, tall in zip(self._legends, highs, strict=True) if shown else ():
            legend.place(ui, pygame.Rect(x, y + gap, wide, tall))
            y += gap + tall
        return pygame.Rect(rect.topleft, (rect.width - wide - gap, rect.height))

    def _below(self, ui: Ui, rect: pygame.Rect) -> pygame.Rect:
        """Legends at the left and buttons at the right of one strip; where that is too narrow, the
        legends above the buttons.

        Returns:
            What is left for the map.
        """
        gap = ui.px(GAP)
        widths = [button.breadth(ui) for button in self._buttons]
        tall = max(b.height(ui, w) for b, w in zip(self._buttons, widths, strict=True))
        buttons, spare = sum(widths), rect.width - sum(widths) - 2 * gap
        legends = sum(legend.height(ui, rect.width) for legend in self._legends)
        beside = all(legend.breadth(ui) <= spare for legend in self._legends)
        strip = max(tall, legends) if beside else tall + legends
        shown = rect.height - strip - gap >= ui.px(LEAST_HIGH)
        strip = strip if shown else tall
        top = rect.bottom - strip
        if not shown:
            self._key.place(
                ui, pygame.Rect(rect.x, rect.bottom - tall, self._key.breadth(ui), tall)
            )
        x, y = rect.right - buttons, rect.bottom - tall
        for button, wide in zip(self._buttons, widths, strict=True):
            button.place(ui, pygame.Rect(x, y, wide, tall))
            x += wide
        if beside:
            top += (strip - legends) // 2
        for legend in self._legends if shown else ():
            high = legend.height(ui, rect.width)
            legend.place(ui, pygame.Rect(rect.x, top, spare if beside else rect.width, high))
            top += high
        return pygame.Rect(rect.topleft, (rect.width, rect.height - strip - gap))
