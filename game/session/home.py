"""Where all that the game keeps lives; quick to load, for it is asked before any match is read."""

import os
from pathlib import Path

from platformdirs import user_data_path

from .errors import NotAMatchError

HOME = "RESTORING_DETERRENCE_HOME"
"""The environment variable that names another folder for all that the game keeps."""


def matches_folder() -> Path:
    """Where matches are kept when nobody says otherwise; it need not be there yet."""
    home = os.environ.get(HOME)
    base = Path(home) if home else user_data_path("restoring-deterrence", appauthor=False)
    return typed_path(base) / "matches"


def typed_path(typed: str | Path) -> Path:
    """A path as somebody typed it, with the home folder for a `~` at its beginning.

    Raises:
        NotAMatchError: nobody of that name has a home here.
    """
    try:
        return Path(typed).expanduser()
    except RuntimeError:
        what = "nobody of that name has a home folder here"
        raise NotAMatchError(Path(typed), what, "write the folder without ~") from None
