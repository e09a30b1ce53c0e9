"""Opens the window, or says in a sentence why it cannot be opened."""

import os
import sys
import warnings
from contextlib import suppress
from importlib import metadata
from typing import TYPE_CHECKING

from ..look.faults import DesktopFault, in_terminal
from ..texts import t

if TYPE_CHECKING:
    import pygame


SIZE = (1280, 720)
"""What it opens at, on a screen of the common size."""
COMMON = (1920, 1080)
LEAST = (720, 480)
"""The smallest that it can be made, in pixels."""
GRIP = 64
"""Pixels of a window that must be on a screen for somebody to take hold of it."""
UNSEEN = ("dummy", "offscreen")
"""Drivers that draw on nothing; only tests ask for them."""
NO_DISPLAY = "There is no screen to open a window on."
PLAYS_IN_TERMINAL = "There is no screen to open a window on, so the game is played here."


def no_display(why: str = "") -> DesktopFault:
    """What is told where no window can be opened; `why` in the system's words."""
    said = f" (The system says: {why}.)" if why else ""
    return DesktopFault(f"{NO_DISPLAY} Play in the terminal: {in_terminal()}{said}")


def check_packages() -> None:
    """Makes sure that one pygame is installed, and the right one.

    Raises:
        DesktopFault: none is, or two that overwrite each other's files.
    """
    found = {name for name in ("pygame", "pygame-ce") if _installed(name)}
    if found == {"pygame", "pygame-ce"}:
        raise DesktopFault(
            "Both pygame and pygame-ce are installed, and they overwrite each other. Remove "
            "pygame and put pygame-ce back: python -m pip uninstall --yes pygame pygame-ce, then "
            'python -m pip install "pygame-ce>=2.5,<3"'
        )
    if "pygame-ce" not in found:
        raise DesktopFault(
            "The window needs the package pygame-ce, which is not installed: "
            'python -m pip install "pygame-ce>=2.5,<3"'
            + (" (after: python -m pip uninstall --yes pygame)" if found else "")
        )


def _installed(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def has_display() -> bool:
    """Whether there seems to be a screen, without opening anything."""
    if os.environ.get("SDL_VIDEODRIVER"):
        return True
    if os.name != "posix" or os.uname().sysname == "Darwin":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def open_window(size: tuple[int, int] = SIZE, *, fullscreen: bool = False) -> "pygame.Surface":
    """The window's surface; sound is left alone.

    Raises:
        DesktopFault: there is no screen, or the packages are not right.
    """
    check_packages()
    if not has_display():
        raise no_display()
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    os.environ.setdefault("SDL_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR", "0")
    import pygame  # noqa: PLC0415 (the packages are checked before)

    try:
        pygame.display.init()
        pygame.font.init()
        if pygame.display.get_driver() in UNSEEN and not os.environ.get("SDL_VIDEODRIVER"):
            raise no_display()
        pygame.display.set_icon(_icon())
        pygame.display.set_caption(t("title.name"))
        surface = pygame.display.set_mode(_fitting(_as_large(size)), pygame.RESIZABLE)
        _shown().minimum_size = _fitting(LEAST)
        if fullscreen:
            surface = fill_screen(True)
    except pygame.error as error:
        raise no_display(str(error)) from error
    pygame.key.set_repeat(400, 40)
    pygame.key.stop_text_input()  # until something is there to type in
    return surface


def tell(text: str) -> None:
    """Shows a sentence in a plain box, where there is a screen; waits until it is put away."""
    pygame = sys.modules.get("pygame")
    if pygame is None or not pygame.display.get_init():
        return
    if pygame.display.get_driver() in UNSEEN:
        return
    pygame.display.quit()  # a window that fills the screen would hide the box
    with suppress(pygame.error):
        pygame.display.message_box(t("title.name"), text, message_type="error")


def fill_screen(fills: bool) -> "pygame.Surface":
    """Has the window fill the screen that it is on, or be as it was before: the same window, with
    its place, its size, and whether it was maximised. Returns its surface.
    """
    import pygame  # noqa: PLC0415

    if fills:
        _shown().set_fullscreen(True)
    else:
        _shown().set_windowed()
    pygame.event.pump()  # the surface takes its new size
    surface = pygame.display.get_surface()
    assert surface is not None, "there is a window"
    return surface


def bring_into_view() -> bool:
    """Brings a window back whose screen went away; whether it had to be."""
    import pygame  # noqa: PLC0415

    sizes = pygame.display.get_desktop_sizes()
    if not sizes or pygame.display.get_driver() in UNSEEN or pygame.display.is_fullscreen():
        return False
    # Nothing tells how the screens stand beside each other: beyond all of them is surely outside.
    wide, high = sum(size[0] for size in sizes), sum(size[1] for size in sizes)
    reach = pygame.Rect(0, 0, *sizes[0])
    if len(sizes) > 1:
        reach = pygame.Rect(-wide, -high, 2 * wide, 2 * high)
    place = pygame.Rect(pygame.display.get_window_position(), pygame.display.get_window_size())
    seen = place.clip(reach)
    if min(seen.size) >= min(GRIP, *place.size):
        return False
    place.center = pygame.Rect(0, 0, *sizes[0]).center
    pygame.display.set_window_position((max(0, place.x), max(0, place.y)))
    return True


def _shown() -> "pygame.Window":
    """The window of the display."""
    import pygame  # noqa: PLC0415

    with warnings.catch_warnings():  # pygame has no other way to the window of its display
        warnings.simplefilter("ignore", DeprecationWarning)
        return pygame.Window.from_display_module()


def _icon() -> "pygame.Surface":
    """The window's icon: the marks of the four seats."""
    import pygame  # noqa: PLC0415

    from game.rules.seats import Seat  # noqa: PLC0415

    from ..look.seat_icons import seat_icon  # noqa: PLC0415
    from ..look.theme import DEFAULT, load_theme  # noqa: PLC0415

    theme = load_theme(DEFAULT)
    made = pygame.Surface((64, 64), pygame.SRCALPHA)
    pygame.draw.rect(made, theme["ground"], made.get_rect(), border_radius=12)
    for seat in Seat:
        middle = (20 + 24 * (seat % 2), 20 + 24 * (seat // 2))
        seat_icon(made, seat, middle, 16, theme.seat(seat))
    return made


def _as_large(size: tuple[int, int]) -> tuple[int, int]:
    """The size that takes as much of this screen as `size` of a common one: a screen of twice the
    pixels is no screen of twice the breadth.
    """
    import pygame  # noqa: PLC0415

    desktops = pygame.display.get_desktop_sizes()
    if not desktops or pygame.display.get_driver() in UNSEEN:
        return size
    finer = max(1.0, min(own / usual for own, usual in zip(desktops[0], COMMON, strict=True)))
    return round(size[0] * finer), round(size[1] * finer)


def _fitting(size: tuple[int, int]) -> tuple[int, int]:
    """The size, or what of it the screen has room for."""
    import pygame  # noqa: PLC0415

    desktops = pygame.display.get_desktop_sizes()
    if not desktops or pygame.display.get_driver() in UNSEEN:
        return size
    width, height = desktops[0]
    return min(size[0], width), min(size[1], height)
