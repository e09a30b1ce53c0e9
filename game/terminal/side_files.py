"""The file beside a long study that keeps what was found so far, so that it can go on."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from game.content.visible import visible
from game.lab.checkpoint import OtherRunError

from .console import Console
from .errors import UserError

File = TypeVar("File")


def side_file(side: str, opened: Callable[[Path], File], study: str) -> File:
    """The file, new or of a run that was interrupted.

    Args:
        side: its name.
        opened: reads it, or makes it.
        study: what is studied: "calibration".

    Raises:
        UserError: it cannot be written, or holds another run.
    """
    try:
        return opened(Path(side))
    except OtherRunError:
        raise UserError(
            f"{side}: this keeps another {study}, of other settings or other rules; remove it, or "
            "name another file with --side"
        ) from None
    except OSError as error:
        raise UserError(
            f"{side}: cannot be written ({error.strerror}); name a file in a folder of yours"
        ) from None


def tell_stopped(out: Console, side: str) -> None:
    """What to do after Ctrl-C."""
    out.warn(
        f"\nStopped; {visible(side)} keeps what was done. The same command goes on from there."
    )
