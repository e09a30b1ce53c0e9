"""What is pressed: buttons and switches."""

from collections.abc import Callable

import pygame

from game.rules.seats import Seat

from ..look.assets import icon as picture_of
from ..look.seat_icons import seat_icon
from ..look.ui import Ui
from .base import Widget

Action = Callable[[], None]


class Button(Widget):
    """Does something when it is pressed.

    One that cannot be pressed now says why: as its tip, and on pressing it, in `refuse`.
    """

    focusable = True

    def __init__(
        self,
        label: str,
        action: Action,
        *,
        kind: str = "plain",
        why_not: str = "",
        shortcut: str = "",
        key: str = "",
        grow: float = 0,
        width: float | None = None,
        tip: str = "",
        align: str = "centre",
        seat: Seat | None = None,
        icon: str = "",
        chosen: bool = False,
        default: bool = False,
    ) -> None:
        """
        Args:
            label: what it says.
            action: what it does.
            kind: "plain", "primary" (one a screen), "danger", or without a box: "quiet", "link"
                (flush with what stands above it), and "row" for lists.
            why_not: why it cannot be pressed now; empty where it can.
            shortcut: the key that does the same, shown at its right.
            key: see `Widget`; its label where there is none.
            grow: see `Widget`.
            width: see `Widget`.
            tip: see `Widget`.
            align: "centre" or "left".
            seat: whose mark stands before the label.
            icon: the name of a picture of assets/icons before the label.
            chosen: whether it is the one picked among several.
            default: whether Enter presses it where nothing has the focus.
        """
        super().__init__(key=key or label, grow=grow, width=width, tip=f"{tip} {why_not}".strip())
        self.label, self._action, self._kind, self._why_not = label, action, kind, why_not
        self._shortcut, self._align, self._seat, self._chosen = shortcut, align, seat, chosen
        self.is_default, self._icon = default, icon

    def _pads(self, ui: Ui) -> tuple[int, int]:
        side, top = {"link": (0, 6), "quiet": (8, 6), "row": (8, 6)}.get(self._kind, (16, 9))
        return ui.px(side), ui.px(top)

    def _before(self, ui: Ui) -> int:
        if self._seat is None and not self._icon:
            return 0
        return ui.px(26 if self.label else 18)

    def _after(self, ui: Ui) -> int:
        return ui.text_width(self._shortcut, "small") + ui.px(16) if self._shortcut else 0

    def natural(self, ui: Ui) -> int:
        """See `Widget`."""
        label = ui.text_width(self.label, "button")
        return label + 2 * self._pads(ui)[0] + self._before(ui) + self._after(ui) + 1

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        return ui.block(self.label, "button", self._room(ui, width)).height + 2 * self._pads(ui)[1]

    def _room(self, ui: Ui, width: int) -> int:
        return max(1, width - 2 * self._pads(ui)[0] - self._before(ui) - self._after(ui))

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`."""
        theme = ui.theme
        hot = self.is_hot(ui) and not self._why_not
        ground, border, ink = {
            "plain": ("raised", "line", "text"),
            "primary": ("accent", "accent", "on_accent"),
            "quiet": ("", "", "accent"),
            "link": ("", "", "accent"),
            "row": ("", "", "text"),
            "danger": ("raised", "bad", "bad"),
        }[self._kind]
        if self._why_not:
            ground, border, ink = ("" if ground == "" else "panel"), "line", "quiet"
        if self._chosen:
            ground, border = "chosen", "accent"
        if hot and ground not in ("accent", ""):
            border = "accent"
        self.fill(surface, ui, theme[ground] if ground else None, theme[border] if border else None)
        if hot and self._kind == "primary":
            self.fill(surface, ui, None, theme["text"])
        if self._chosen:
            bar = pygame.Rect(self.rect.x, self.rect.y, ui.px(4), self.rect.height)
            pygame.draw.rect(surface, theme["accent"], bar, border_radius=ui.px(2))
        self._paint_label(
            ui, surface, ink, underline=hot and self._kind in ("quiet", "link", "row")
        )

    def _paint_label(self, ui: Ui, surface: pygame.Surface, ink: str, *, underline: bool) -> None:
        side, top = self._pads(ui)
        box = pygame.Rect(
            self.rect.x + side + self._before(ui),
            self.rect.y + top,
            self._room(ui, self.rect.width),
            self.rect.height - 2 * top,
        )
        colour = ui.theme[ink]
        ui.draw_text(
            surface,
            self.label,
            "button",
            colour,
            box,
            align=self._align,
            middle=True,
            where=self.path,
        )
        if underline and self.label:
            line = box.bottom - ui.px(1)
            pygame.draw.line(surface, colour, (box.x, line), (box.right, line), ui.px(1))
        if self._seat is not None:
            middle = (self.rect.x + side + ui.px(8), self.rect.centery)
            seat_icon(surface, self._seat, middle, ui.px(12), ui.theme.seat(self._seat))
        elif self._icon:
            picture = picture_of(self._icon, ui.px(18), colour)
            at = picture.get_rect(midleft=(self.rect.x + side, self.rect.centery))
            surface.blit(picture, at)
        if self._shortcut:
            width = self._after(ui)
            place = pygame.Rect(
                self.rect.right - side - width, self.rect.y, width, self.rect.height
            )
            shade = ui.theme["on_accent" if ink == "on_accent" else "quiet"]
            ui.draw_text(
                surface,
                self._shortcut,
                "small",
                shade,
                place,
                align="right",
                middle=True,
                where=self.path,
            )

    def press(self, ui: Ui) -> None:
        """See `Widget`."""
        if self._why_not:
            ui.refuse(self._why_not)
        else:
            self._action()


class Toggle(Widget):
    """A switch with its label; its sign is a mark in a box, not its colour."""

    focusable = True

    def __init__(
        self,
        label: str,
        on: bool,
        change: Callable[[bool], None],
        *,
        tip: str = "",
        key: str = "",
        why_not: str = "",
    ) -> None:
        """`why_not`: why it cannot be switched now; empty where it can."""
        super().__init__(key=key or label, tip=f"{tip} {why_not}".strip())
        self.label, self.on, self._change, self._why_not = label, on, change, why_not

    def natural(self, ui: Ui) -> int:
        """See `Widget`."""
        return ui.text_width(self.label, "body") + ui.px(32) + 1

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        text = ui.block(self.label, "body", max(1, width - ui.px(32))).height
        return max(ui.px(32), text + ui.px(8))

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`."""
        size = ui.px(20)
        box = pygame.Rect(self.rect.x, self.rect.centery - size // 2, size, size)
        hot = self.is_hot(ui)
        pygame.draw.rect(surface, ui.theme["raised"], box, border_radius=ui.px(3))
        pygame.draw.rect(
            surface, ui.theme["accent" if hot or self.on else "line"], box, ui.px(1), ui.px(3)
        )
        if self.on:
            tick = picture_of("check", size, ui.theme["accent"])
            surface.blit(tick, tick.get_rect(center=box.center))
        text = pygame.Rect(
            self.rect.x + ui.px(32), self.rect.y, self.rect.width - ui.px(32), self.rect.height
        )
        ui.draw_text(
            surface,
            self.label,
            "body",
            ui.theme["quiet" if self._why_not else "text"],
            text,
            middle=True,
            where=self.path,
        )

    def press(self, ui: Ui) -> None:
        """See `Widget`."""
        if self._why_not:
            ui.refuse(self._why_not)
        else:
            self._change(not self.on)
