"""Boxes that arrange other widgets: columns, rows, grids, panels."""

from collections.abc import Sequence

import pygame

from ..look.ui import Ui
from .base import Widget


class Gap(Widget):
    """Empty room: so many units high and wide, or whatever is left over."""

    def __init__(self, units: float = 0, *, grow: float = 0) -> None:
        super().__init__(grow=grow, width=units if not grow else None)
        self._units = units

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        return ui.px(self._units)


class AtLeast(Widget):
    """One widget in a place that is so many units high even where it needs less."""

    def __init__(self, child: Widget, units: float, *, grow: float = 0) -> None:
        super().__init__([child], grow=grow)
        self._units = units

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        return max(ui.px(self._units), self.children[0].height(ui, width))


class Rule(Widget):
    """A hairline."""

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        return ui.px(1)

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`."""
        surface.fill(ui.theme["line"], self.rect)


class Linear(Widget):
    """Widgets one after the other, with a gap between each two."""

    def __init__(
        self,
        children: Sequence[Widget],
        *,
        gap: float = 8,
        key: str = "",
        grow: float = 0,
        width: float | None = None,
        align: str = "",
    ) -> None:
        """`align` is how they stand across the line; each kind tells which there are."""
        super().__init__(children, key=key, grow=grow, width=width)
        self._gap, self._align = gap, align

    def gaps(self, ui: Ui) -> int:
        """The room of all gaps together, in pixels."""
        return ui.px(self._gap) * max(0, len(self.children) - 1)


class Column(Linear):
    """Widgets below each other. `align` is "left" or "centre" for children at the width that they
    like; otherwise they fill the column's.
    """

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        return self.gaps(ui) + sum(c.height(ui, self._width(ui, c, width)) for c in self.children)

    def _width(self, ui: Ui, child: Widget, width: int) -> int:
        return min(width, child.breadth(ui)) if self._align in ("left", "centre") else width

    def arrange(self, ui: Ui, rect: pygame.Rect) -> None:
        """See `Widget`."""
        spare = rect.height - self.height(ui, rect.width)
        shares = sum(child.grow for child in self.children)
        y = rect.y
        for child in self.children:
            width = self._width(ui, child, rect.width)
            height = child.height(ui, width)
            if child.grow and spare > 0:
                height += int(spare * child.grow / shares)
            x = rect.x + ((rect.width - width) // 2 if self._align == "centre" else 0)
            child.place(ui, pygame.Rect(x, y, width, height))
            y += height + ui.px(self._gap)


class Row(Linear):
    """Widgets beside each other. `align` is where lower ones stand: "top", or "fill" for all as
    high as the row; otherwise in the middle.
    """

    def natural(self, ui: Ui) -> int:
        """See `Widget`."""
        return self.gaps(ui) + sum(child.breadth(ui) for child in self.children)

    def _widths(self, ui: Ui, width: int) -> list[int]:
        shares = sum(child.grow for child in self.children)
        fixed = sum(child.breadth(ui) for child in self.children if not child.grow)
        spare = max(0, width - self.gaps(ui) - fixed)
        return [
            int(spare * child.grow / shares) if child.grow else child.breadth(ui)
            for child in self.children
        ]

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        widths = self._widths(ui, width)
        return max((c.height(ui, w) for c, w in zip(self.children, widths, strict=True)), default=0)

    def arrange(self, ui: Ui, rect: pygame.Rect) -> None:
        """See `Widget`."""
        x = rect.x
        for child, width in zip(self.children, self._widths(ui, rect.width), strict=True):
            height = rect.height if self._align == "fill" else child.height(ui, width)
            spare = rect.height - height
            y = rect.y + (0 if self._align == "top" else spare // 2)
            child.place(ui, pygame.Rect(x, y, width, height))
            x += width + ui.px(self._gap)
        if x - ui.px(self._gap) > rect.right + 1:
            ui.misfit(self.path, f"needs a width of {x - rect.x}, has {rect.width}")


class Flow(Linear):
    """Widgets beside each other, going on below where the row is full."""

    def natural(self, ui: Ui) -> int:
        """See `Widget`."""
        return self.gaps(ui) + sum(child.breadth(ui) for child in self.children)

    def _rows(self, ui: Ui, width: int) -> list[list[Widget]]:
        rows: list[list[Widget]] = []
        used = 0
        for child in self.children:
            wide = child.breadth(ui)
            if rows and used + ui.px(self._gap) + wide <= width:
                rows[-1].append(child)
                used += ui.px(self._gap) + wide
            else:
                rows.append([child])
                used = wide
        return rows

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        rows = self._rows(ui, width)
        return ui.px(self._gap) * max(0, len(rows) - 1) + sum(
            max(c.height(ui, min(width, c.breadth(ui))) for c in row) for row in rows
        )

    def arrange(self, ui: Ui, rect: pygame.Rect) -> None:
        """See `Widget`."""
        y = rect.y
        for row in self._rows(ui, rect.width):
            high = max(c.height(ui, min(rect.width, c.breadth(ui))) for c in row)
            x = rect.x
            for child in row:
                width = min(rect.width, child.breadth(ui))
                own = child.height(ui, width)
                child.place(ui, pygame.Rect(x, y + (high - own) // 2, width, own))
                x += width + ui.px(self._gap)
            y += high + ui.px(self._gap)


class Grid(Widget):
    """Widgets in columns of the same width, as many as have room; rows as high as their highest."""

    def __init__(
        self,
        children: Sequence[Widget],
        *,
        least: float,
        most: int = 99,
        gap: float = 16,
        key: str = "",
        grow: float = 0,
    ) -> None:
        """`least` is the least width of a column in units, `most` how many there may be."""
        super().__init__(children, key=key, grow=grow)
        self._least, self._most, self._gap = least, most, gap

    def _columns(self, ui: Ui, width: int) -> tuple[int, int]:
        """How many columns, and how wide each is."""
        gap = ui.px(self._gap)
        fit = max(1, (width + gap) // (ui.px(self._least) + gap))
        columns = max(1, min(fit, self._most, len(self.children)))
        return columns, (width - gap * (columns - 1)) // columns

    def _rows(self, ui: Ui, width: int) -> list[tuple[int, list[Widget]]]:
        columns, wide = self._columns(ui, width)
        rows = [self.children[k : k + columns] for k in range(0, len(self.children), columns)]
        return [(max(c.height(ui, wide) for c in row), row) for row in rows]

    def natural(self, ui: Ui) -> int:
        """See `Widget`."""
        count = min(self._most, len(self.children))
        return count * ui.px(self._least) + max(0, count - 1) * ui.px(self._gap)

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        rows = self._rows(ui, width)
        return sum(high for high, _ in rows) + ui.px(self._gap) * max(0, len(rows) - 1)

    def arrange(self, ui: Ui, rect: pygame.Rect) -> None:
        """See `Widget`."""
        _, wide = self._columns(ui, rect.width)
        y = rect.y
        for high, row in self._rows(ui, rect.width):
            for place, child in enumerate(row):
                x = rect.x + place * (wide + ui.px(self._gap))
                child.place(ui, pygame.Rect(x, y, wide, high))
            y += high + ui.px(self._gap)


class Panel(Widget):
    """A box with a ground and room around what is in it."""

    def __init__(
        self,
        child: Widget,
        *,
        pad: float = 16,
        colour: str = "panel",
        border: str = "line",
        edge: str = "",
        key: str = "",
        grow: float = 0,
        width: float | None = None,
    ) -> None:
        """`edge` is the colour of a bar along the left side; colours are names of the theme's, and
        an empty one is not drawn.
        """
        super().__init__([child], key=key, grow=grow, width=width)
        self._pad, self._colour, self._border, self._edge = pad, colour, border, edge

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        pad = 2 * ui.px(self._pad)
        return self.children[0].height(ui, width - pad) + pad

    def natural(self, ui: Ui) -> int:
        """See `Widget`."""
        return self.children[0].breadth(ui) + 2 * ui.px(self._pad)

    def arrange(self, ui: Ui, rect: pygame.Rect) -> None:
        """See `Widget`."""
        pad = -2 * ui.px(self._pad)
        self.children[0].place(ui, rect.inflate(pad, pad))

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`."""
        theme = ui.theme
        self.fill(
            surface,
            ui,
            theme[self._colour] if self._colour else None,
            theme[self._border] if self._border else None,
        )
        if self._edge:
            bar = pygame.Rect(self.rect.x, self.rect.y, ui.px(4), self.rect.height)
            pygame.draw.rect(surface, theme[self._edge], bar, border_radius=ui.px(2))


class Centre(Widget):
    """One widget in the middle of a wider box, no wider than so many units."""

    def __init__(
        self, child: Widget, *, widest: float, key: str = "", grow: float = 0, middle: bool = False
    ) -> None:
        super().__init__([child], key=key, grow=grow)
        self._widest, self._middle = widest, middle

    def _inner(self, ui: Ui, width: int) -> int:
        return min(width, ui.px(self._widest))

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        return self.children[0].height(ui, self._inner(ui, width))

    def natural(self, ui: Ui) -> int:
        """See `Widget`."""
        return ui.px(self._widest)

    def arrange(self, ui: Ui, rect: pygame.Rect) -> None:
        """See `Widget`."""
        width = self._inner(ui, rect.width)
        height = self.children[0].height(ui, width) if self._middle else rect.height
        x, y = rect.x + (rect.width - width) // 2, rect.y + (rect.height - height) // 2
        self.children[0].place(ui, pygame.Rect(x, y, width, height))


class Padded(Widget):
    """One widget with room around it, in units."""

    def __init__(
        self,
        child: Widget,
        *,
        left: float = 0,
        top: float = 0,
        right: float = 0,
        bottom: float = 0,
        key: str = "",
        grow: float = 0,
        width: float | None = None,
    ) -> None:
        super().__init__([child], key=key, grow=grow, width=width)
        self._left, self._top, self._right, self._bottom = left, top, right, bottom

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        inner = width - ui.px(self._left) - ui.px(self._right)
        return self.children[0].height(ui, inner) + ui.px(self._top) + ui.px(self._bottom)

    def natural(self, ui: Ui) -> int:
        """See `Widget`."""
        return self.children[0].breadth(ui) + ui.px(self._left) + ui.px(self._right)

    def arrange(self, ui: Ui, rect: pygame.Rect) -> None:
        """See `Widget`."""
        left, top = ui.px(self._left), ui.px(self._top)
        width = rect.width - left - ui.px(self._right)
        height = rect.height - top - ui.px(self._bottom)
        self.children[0].place(ui, pygame.Rect(rect.x + left, rect.y + top, width, height))


class Layers(Widget):
    """Widgets in the same place, the last on top."""
