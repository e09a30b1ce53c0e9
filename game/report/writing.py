"""Puts a report on the disk: whole or not at all, and never over somebody's other work."""

import os
from contextlib import suppress
from pathlib import Path

from game.content.paths import what_to_do

from .page import GENERATOR
from .pdf import MARK

_LOOKED_AT = 2_000
"""Bytes at either end of a file in which a report says that it is one."""


class ReportError(Exception):
    """A report cannot be written; the text is a sentence for people."""


class InTheWayError(ReportError):
    """Another file is in the way, and it is no report."""


def check(path: Path, *, replace: bool = False) -> None:
    """Makes sure before long work that a report may be written there.

    Args:
        path: where.
        replace: whether a file that is no report may be written over.

    Raises:
        ReportError: it may not.
    """
    if path.is_dir():
        raise ReportError(f"{path}: this is a folder; name a file in it")
    try:
        foreign = path.is_file() and path.stat().st_size > 0 and not is_report(path)
        trial = _beside(path)
        trial.open("xb").close()
        trial.unlink()
    except OSError as error:
        raise _refusal(path, error) from None
    if foreign and not replace:
        raise InTheWayError(
            f"{path}: there is another file of that name, and it is no report; name another one"
        )


def write(path: Path, data: bytes, *, replace: bool = False) -> None:
    """Writes a report. A file of that name holds what it held until all of the new is on the disk.

    Raises:
        ReportError: it cannot be written, or another file is in the way; nothing was changed.
    """
    check(path, replace=replace)
    real = Path(os.path.realpath(path))  # the file itself where the path is a link to it
    new = _beside(real)
    try:
        with new.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        new.replace(real)
    except OSError as error:
        raise _refusal(path, error) from None
    finally:
        with suppress(OSError):
            new.unlink(missing_ok=True)


def is_report(path: Path) -> bool:
    """Whether a file is a report that this program made, HTML or PDF.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(_LOOKED_AT)
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _LOOKED_AT))
        tail = file.read()
    return f'content="{GENERATOR}"'.encode() in head or tail.endswith(MARK)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name[:100]}.{os.getpid()}.part")


def _refusal(path: Path, error: OSError) -> ReportError:
    reason = error.strerror or "its name cannot be used"
    return ReportError(f"{path}: cannot be written ({reason}); {what_to_do(path, error)}")
