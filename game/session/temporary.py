"""A folder for a moment: SQLite and the loader of data files read from a disk."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

from .errors import WriteError


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder that is gone afterwards.

    Raises:
        WriteError: the system gives none.
    """
    try:
        folder = gettempdir()
    except OSError as error:  # none of the usual ones can be written
        raise no_room(Path(os.environ.get("TMPDIR") or os.curdir), error) from None
    try:
        made = TemporaryDirectory(prefix="match-", ignore_cleanup_errors=True)
    except OSError as error:
        raise no_room(Path(folder), error) from None
    with made as name:
        yield Path(name)


def no_room(folder: Path, error: OSError) -> WriteError:
    """The sentence for a system that does not take what is needed for a moment only."""
    what = f"the folder for temporary files cannot be written ({error.strerror})"
    return WriteError(folder, what, "free some space there, or name another by the variable TMPDIR")
