"""What is told over the screen covers neither the orders nor the ladder."""

import pygame
import pytest

from game.desktop.room.leaves.ladder import RungCell
from game.desktop.room.orders.choices import ChoiceRow
from game.desktop.room.orders.draft import order_sentences
from game.desktop.shell import tips
from game.desktop.shell.app import App
from game.desktop.widgets.base import Widget
from game.desktop.widgets.charts import Distribution
from game.desktop.widgets.scroll import Scroll
from game.desktop.widgets.text import Text
from game.rules.seats import Seat

from .common import window
from .gallery_room import room

SIZES = [(1280, 720), (1024, 768), (1920, 1080)]
TOLD = "Threaten: name the rung that you will answer."
LONG = "The match cannot be written (No space left on device): free some space. " * 3


@pytest.fixture(params=SIZES, ids=str)
def opened(request):
    app = window(request.param, reduced_motion=True)
    room(app, "orders")
    app.frame()
    yield app
    app.close()


def in_the_way(app: App, box: pygame.Rect, but: Widget | None = None) -> list[str]:
    """The orders, the ladder's rungs and the button that commits, where the box covers them."""
    found = []
    for widget in app.tree.top.walk():
        if widget is but or not (
            isinstance(widget, ChoiceRow | RungCell) or widget.key == "commit"
        ):
            continue
        if seen(app, widget).colliderect(box):
            found.append(widget.path)
    return found


def seen(app: App, widget: Widget) -> pygame.Rect:
    """What of a widget is not scrolled away."""
    found = widget.rect
    for above in app.tree.chain(widget.path):
        found = found.clip(above.rect) if isinstance(above, Scroll) else found
    return found


@pytest.mark.parametrize("text", [TOLD, LONG])
@pytest.mark.parametrize("way", ["mention", "toast"])
def test_a_toast_covers_neither_orders_nor_ladder(opened: App, way: str, text: str) -> None:
    getattr(opened, way)(text)
    opened.frame()
    box = box_of(opened)
    assert opened.surface.get_rect().contains(box)
    assert not in_the_way(opened, box)


def box_of(app: App) -> pygame.Rect:
    """Where what is told stands: where a click puts it away."""
    shown, rect = app.toasts.shown, app.surface.get_rect()
    points = [
        (x, y)
        for y in range(0, rect.height, 4)
        for x in range(0, rect.width, 8)
        if app.toasts.is_at((x, y))
    ]
    assert points, shown
    left, top = min(x for x, _ in points), min(y for _, y in points)
    return pygame.Rect(left, top, max(x for x, _ in points) - left, max(y for _, y in points) - top)


def test_a_tip_covers_neither_orders_nor_ladder(opened: App, monkeypatch) -> None:
    boxes = []
    plain = tips._place

    def place(ui, rect, widget, others, size):
        boxes.append((widget, plain(ui, rect, widget, others, size)))
        return boxes[-1][1]

    monkeypatch.setattr(tips, "_place", place)
    for widget in list(opened.tree.top.walk()):
        is_shown = seen(opened, widget).width > 0
        if is_shown and widget.tip and isinstance(widget, ChoiceRow | RungCell):
            tips.draw(opened.ui, opened.surface, widget, opened.tree.top.walk())
    assert len(boxes) > 10
    for widget, box in boxes:
        assert not in_the_way(opened, box, but=widget), widget.path


@pytest.mark.parametrize(
    ("size", "scale"), [((1280, 720), 175), ((1024, 768), 150), ((720, 480), 100)]
)
def test_the_summary_of_orders_tells_every_part_of_them(size, scale) -> None:
    """Deed, word and message, however large the text: nobody commits what is not seen."""
    app = window(size, scale, reduced_motion=True)
    try:
        screen = room(app, "orders")
        book, draft = screen.match.scenario.setting.rulebook, screen.desk_of(Seat.US).ordering.draft
        draft.pick(word=book.word("threaten"), word_to=int(Seat.IRAN), word_rung=5)
        draft.pick(whisper=1, whisper_to=int(Seat.IRAQ))
        app.rebuild()
        app.frame()
        told = order_sentences(book, Seat.US, draft.order)
        assert len(told) == 3
        drawn = [
            w
            for w in app.tree.top.walk()
            if isinstance(w, Text) and all(part in w.text for part in told)
        ]
        assert drawn, "all three stand together"
        assert app.surface.get_rect().contains(drawn[0].rect)
        assert not app.misfits
    finally:
        app.close()


@pytest.mark.parametrize("values", [5, 8, 11, 20])
def test_a_histogram_fills_its_width(app: App, values: int) -> None:
    chart = Distribution(range(values), [1] * values, low=0, high=values, mean=1)
    chart.place(app.ui, pygame.Rect(0, 0, 440, 96))
    app.surface.fill(app.ui.theme["ground"])
    chart.paint(app.ui, app.surface)
    row = [app.surface.get_at((x, 60))[:3] for x in range(440)]
    filled = [x for x, colour in enumerate(row) if colour != tuple(app.ui.theme["ground"])[:3]]
    assert filled[0] < 4
    assert filled[-1] > 430
