"""Writes results whole or not at all."""

import json
import os
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from .errors import UserError

STDOUT = "-"


def check_writable(target: str | None) -> None:
    """Makes sure before long work that its result can be written.

    Raises:
        UserError: it cannot.
    """
    if target is None or target == STDOUT:
        return
    path = _real(target)
    if os.path.isdir(path):
        raise UserError(f"{target}: this is a folder; name a file in it")
    trial = _beside(path)
    try:
        with suppress(FileNotFoundError):
            if not stat.S_ISREG(path.stat().st_mode):
                return  # a device or a pipe
        trial.open("x").close()
        trial.unlink()
    except OSError as error:
        raise _refusal(target, error) from None


def write_json(target: str, value: dict[str, Any]) -> None:
    """Writes JSON to a file, or to stdout where the target is `-`.

    A file holds what it held before until all of the new is on the disk.

    Raises:
        UserError: the file cannot be written.
    """
    text = json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    if target == STDOUT:
        sys.stdout.write(text)
        return
    path = _real(target)
    try:
        if _is_special(path):
            path.write_text(text, encoding="utf-8")
        else:
            _replace(path, text)
    except OSError as error:
        raise _refusal(target, error) from None


def _replace(path: Path, text: str) -> None:
    trial = _beside(path)
    try:
        with trial.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        trial.replace(path)
    finally:
        trial.unlink(missing_ok=True)


def _real(target: str) -> Path:
    """The file itself where the target is a link to it."""
    return Path(os.path.realpath(target))


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name[:100]}.{os.getpid()}.part")


def _is_special(path: Path) -> bool:
    """Whether it is a device or a pipe: nothing to put another file in place of."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


def _refusal(target: str, error: OSError) -> UserError:
    reason = error.strerror or "its name cannot be used"
    return UserError(f"{target}: cannot be written ({reason}); name a file in a folder of yours")
