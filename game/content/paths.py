"""What to do where a file cannot be written, on systems that say something misleading of it."""

import os

_LONGEST = 259
"""Characters of a whole path, as Windows counts; of a longer one it says that there is none."""
TOO_LONG = "its whole path is longer than Windows takes: name a folder with a short one"
_USUAL = "name a file in a folder of yours"


def is_too_long(path: str | os.PathLike[str], *, windows: bool = os.name == "nt") -> bool:
    """Whether it is for its length that a system does not take a path."""
    return windows and len(os.path.abspath(path)) > _LONGEST


def what_to_do(
    path: str | os.PathLike[str], error: OSError, *, windows: bool = os.name == "nt"
) -> str:
    """The remedy where the result of a command cannot be written."""
    if is_too_long(path, windows=windows):
        return TOO_LONG
    if windows and isinstance(error, PermissionError):
        return f"close it where it is open, such as in Excel, or {_USUAL}"
    return _USUAL
