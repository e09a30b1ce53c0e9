"""The file beside a long study that keeps what was found so far, so that it can go on."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeVar

from game.content.visible import visible
from game.lab.checkpoint import OtherRunError, SideFile

from .console import Console
from .errors import UserError
from .progress import progress

File = TypeVar("File")
Found = TypeVar("Found")


class Asked(NamedTuple):
    """What a long study is told beside how hard to look."""

    side: str
    """The file that keeps what was found so far; removed when the run is whole."""
    workers: int
    """Processes; they change nothing but the time."""
    json: str | None
    """A file, `-` for stdout, or None."""
    replace: bool
    """Write over a file of that name, whatever it is."""
    adopt: bool
    """Make the game use the result."""
    plain: bool
    """Without boxes, colours and tricks."""


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


def carry_out(
    asked: Asked,
    out: Console,
    kept: SideFile,
    size: tuple[int, int],
    study: Callable[[Callable[..., None]], Found],
) -> Found | None:
    """Carries a study out, or on from where it was interrupted.

    Args:
        asked: how.
        out: where it is told.
        kept: what was found so far; every further part is kept there at once.
        size: how many sets there are to judge, and by how many games each.
        study: does it, and tells what it is given of every part that is done.

    Returns:
        What it found; None after Ctrl-C: the same command then goes on from there.
    """
    sets, games = size
    try:
        with progress(sets * games, plain=asked.plain) as bar:

            def keep(*part: object) -> None:
                kept.keep(*part)
                bar.advance_to(kept.done * games)

            return study(keep)
    except KeyboardInterrupt:
        kept.close()
        told = f"{visible(asked.side)} keeps what was done. The same command goes on from there."
        out.warn(f"\nStopped; {told}")
        return None
