"""A folder for a moment: SQLite and the loader of data files read from a disk."""

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
        made = TemporaryDirectory(prefix="match-", ignore_cleanup_errors=True)
    except OSError as error:
        raise no_room(Path(gettempdir()), error) from None
    with made as name:
        yield Path(name)


def no_room(folder: Path, error: OSError) -> WriteError:
    """The sentence for a system that does not take what is needed for a moment only."""
    what = f"the folder for temporary files cannot be written ({error.strerror})"
    return WriteError(folder, what, "free some space there, or name another by the variable TMPDIR")
