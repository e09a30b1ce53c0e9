"""The window, and what keeps it from opening, told in a sentence."""

from collections.abc import Callable


def in_window(go: "Callable[[], int]") -> int:
    """Does something that needs the window; what keeps it from opening is told in a sentence."""
    from game.desktop.look.faults import DesktopFault
    from game.terminal.errors import UserError

    try:
        return go()
    except DesktopFault as fault:
        raise UserError(str(fault)) from None
