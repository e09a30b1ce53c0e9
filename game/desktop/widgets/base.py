"""What every widget is: a box that is asked how high it is at a width, placed, drawn, and used.

Screens build a tree of widgets from what is; after every change the tree is built anew. What must
outlive that (focus, scrolling, typed text) is kept in `Ui.state` by the widget's path.
"""

from collections.abc import Iterator, Sequence
from typing import Self

import pygame

from ..look.theme import Colour
from ..look.ui import Ui


class Widget:
    """A box on the screen.

    Attributes:
        key: its name among its siblings; its place is taken where there is none.
        grow: its share of the room that a row or column has left; 0 takes what it needs.
        width: its width in units inside a row; None takes what it needs.
        tip: what is told when the pointer rests on it or the keyboard reaches it.
        focusable: whether the keyboard can reach it.
        takes_text: whether letters can be typed into it.
        path: where it stands in the tree; set by `adopt`.
        rect: where it stands in the window, in pixels; set by `place`.
    """

    focusable = False
    takes_text = False

    def __init__(
        self,
        children: Sequence["Widget"] = (),
        *,
        key: str = "",
        grow: float = 0,
        width: float | None = None,
        tip: str = "",
    ) -> None:
        self.children = list(children)
        self.key, self.grow, self.width, self.tip = key, grow, width, tip
        self.path = ""
        self.rect = pygame.Rect(0, 0, 0, 0)
        self._heights: dict[int, int] = {}
        self._breadth = -1

    def told(self, tip: str) -> Self:
        """The same widget, with a tip."""
        self.tip = tip
        return self

    # --- the tree

    def adopt(self, path: str) -> None:
        """Takes its path and gives the children theirs."""
        self.path = path
        for place, child in enumerate(self.children):
            child.adopt(f"{path}/{child.key or place}")

    def walk(self) -> Iterator["Widget"]:
        """Itself and everything in it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def at(self, pos: tuple[int, int]) -> "list[Widget]":
        """The widgets at a point, from this one to the innermost; empty where it is not in this."""
        if not self.rect.collidepoint(pos):
            return []
        for child in reversed(self.children):
            if inner := child.at(pos):
                return [self, *inner]
        return [self]

    def chain(self, path: str) -> "list[Widget]":
        """The widgets from this one to the one in it with that path; empty where there is none."""
        if path == self.path:
            return [self]
        if not path.startswith(self.path + "/"):
            return []
        for child in self.children:
            if inner := child.chain(path):
                return [self, *inner]
        return []

    # --- layout

    def height(self, ui: Ui, width: int) -> int:
        """The height that it needs at a width, both in pixels; asked once for each width."""
        found = self._heights.get(width)
        if found is None:
            found = self._heights[width] = self.measure(ui, width)
        return found

    def forget_layout(self) -> None:
        """Has its height and breadth asked again."""
        self._heights.clear()
        self._breadth = -1

    def breadth(self, ui: Ui) -> int:
        """The width in pixels that it would like to have."""
        if self._breadth < 0:
            self._breadth = ui.px(self.width) if self.width is not None else self.natural(ui)
        return self._breadth

    def measure(self, ui: Ui, width: int) -> int:
        """What `height` asks; for kinds of widgets to define."""
        return max((child.height(ui, width) for child in self.children), default=0)

    def natural(self, ui: Ui) -> int:
        """What `breadth` asks; for kinds of widgets to define."""
        return max((child.breadth(ui) for child in self.children), default=0)

    def place(self, ui: Ui, rect: pygame.Rect) -> None:
        """Takes its place in the window and gives the children theirs."""
        self.rect = rect
        needed = self.height(ui, rect.width)
        if needed > rect.height:
            ui.misfit(self.path, f"needs a height of {needed}, has {rect.height}")
        self.arrange(ui, rect)

    def arrange(self, ui: Ui, rect: pygame.Rect) -> None:
        """Gives the children their places; for kinds of widgets to define."""
        for child in self.children:
            child.place(ui, rect)

    # --- drawing

    def draw(self, ui: Ui, surface: pygame.Surface) -> None:
        """Draws itself, then its children, as far as they can be seen."""
        self.paint(ui, surface)
        clip = surface.get_clip()
        for child in self.children:
            if child.rect.colliderect(clip):
                child.draw(ui, surface)
        if self.focusable and ui.show_focus and ui.focus == self.path:
            self.paint_focus(ui, surface)

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """Draws what is under the children; for kinds of widgets to define."""

    def paint_focus(self, ui: Ui, surface: pygame.Surface) -> None:
        """The ring that shows where the keyboard is."""
        ring = self.rect.inflate(ui.px(4), ui.px(4))
        pygame.draw.rect(surface, ui.theme["focus"], ring, ui.px(2), border_radius=ui.px(5))

    # --- use

    def press(self, ui: Ui) -> None:
        """It was clicked, or Enter or Space was pressed on it."""

    def down(self, ui: Ui, pos: tuple[int, int]) -> None:
        """The mouse button went down on it."""

    def drag(self, ui: Ui, pos: tuple[int, int]) -> None:
        """The pointer moved while the button that went down on it is still down."""

    def key_down(self, ui: Ui, event: pygame.event.Event) -> bool:
        """A key was pressed while it, or something in it, has the focus; whether it used it."""
        return False

    def typed(self, ui: Ui, text: str) -> bool:
        """A text was typed while it has the focus; whether it used it."""
        return False

    def beside(self, stop: "Widget", code: int) -> "Widget | None":
        """What an arrow key leads to from something in it that has the focus; None where this is
        not for it to say.
        """
        return None

    def wheel(self, ui: Ui, steps: float) -> bool:
        """The wheel was turned over it, away from the hand if positive; whether it used it."""
        return False

    # --- helpers for the kinds

    def is_hot(self, ui: Ui) -> bool:
        """Whether the pointer is on it."""
        return ui.hover == self.path

    def fill(
        self,
        surface: pygame.Surface,
        ui: Ui,
        colour: Colour | None,
        border: Colour | None = None,
        radius: float = 4,
    ) -> None:
        """Fills its box, with a hairline around it if `border` is given."""
        if colour is not None:
            pygame.draw.rect(surface, colour, self.rect, border_radius=ui.px(radius))
        if border is not None:
            pygame.draw.rect(surface, border, self.rect, ui.px(1), border_radius=ui.px(radius))
