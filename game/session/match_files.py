"""Renames the files of matches and puts them aside, as long as nobody plays them.

Nothing is ever deleted for good: what is put aside lies in a folder beside the others, whole.
"""

import os
import re
from pathlib import Path

from game.content.kinds import DEVICES
from game.content.wording import quoted

from .errors import WriteError
from .journal import check_free
from .places import SUFFIX, free, is_taken
from .reading import ONE_AT_A_TIME
from .record import BESIDE

ASIDE = "deleted"
"""The folder of matches that were put aside, in the folder where they lay."""
LONGEST = 80
"""Letters of a name."""
_OUR_NAME = re.compile(r"\d{4}-\d\d-\d\d_\w+_seed-")
_FORBIDDEN = '<>:"/\\|?*'


def given_name(path: Path) -> str:
    """The name that a person gave a match's file; empty where the game has named it."""
    return "" if _OUR_NAME.match(path.stem) else path.stem


def objection(path: Path, name: str) -> str:
    """Why a match cannot be called so, as a sentence; empty where it can.

    Args:
        path: its file.
        name: as somebody typed it, without the ending of the file.
    """
    told = name.strip()
    bad = sorted(
        {quoted(letter) for letter in told if letter in _FORBIDDEN or not letter.isprintable()}
    )
    if not told:
        return "A game needs a name."
    if bad:
        return f"The name of a file cannot hold {', '.join(bad)}."
    if told.startswith(".") or told.endswith(".") or DEVICES.fullmatch(told):
        return f'A file cannot be called "{told}" on every computer.'
    if len(told) > LONGEST or len(os.fsencode(told + SUFFIX)) > 200:
        return f"The name is too long: {LONGEST} letters are the most."
    target = path.with_name(told + SUFFIX)
    if is_taken(target) and not (os.path.exists(path) and _same(target, path)):
        return f'Another game is called "{told}" already.'
    return ""


def _same(target: Path, path: Path) -> bool:
    """Whether both names are of one file: where capitals do not count, they can be."""
    return os.path.exists(target) and target.samefile(path)


def rename(path: Path, name: str) -> Path:
    """Gives a match's file another name; returns where it lies then. What is in it stays as it is.

    Raises:
        HeldError: somebody plays it.
        NotAMatchError: there is no such file.
        WriteError: it cannot be called so, or the disk does not take it.
    """
    if why := objection(path, name):
        raise WriteError(path, why.rstrip(".")[:1].lower() + why.rstrip(".")[1:], "choose another")
    return _moved(path, path.with_name(name.strip() + SUFFIX))


def put_aside(path: Path) -> Path:
    """Moves a match's file into the folder `ASIDE`; returns where it lies then.

    Raises:
        HeldError: somebody plays it.
        NotAMatchError: there is no such file.
        WriteError: the disk does not take it.
    """
    folder = path.parent / ASIDE
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise _refused(path, error) from None
    return _moved(path, free(folder / path.name))


def put_back(aside: Path, path: Path) -> Path:
    """Moves a match's file back to where it lay, or to a name beside it that is free.

    Raises:
        HeldError: somebody plays it.
        NotAMatchError: there is no such file.
        WriteError: the disk does not take it.
    """
    return _moved(aside, free(path))


def _moved(source: Path, target: Path) -> Path:
    with ONE_AT_A_TIME:
        check_free(source)
        try:
            source.rename(target)
            for ending in BESIDE:
                if (left := source.with_name(source.name + ending)).exists():
                    left.rename(target.with_name(target.name + ending))
        except OSError as error:
            raise _refused(source, error) from None
    return target


def _refused(path: Path, error: OSError) -> WriteError:
    return WriteError(path, f"it cannot be moved ({error.strerror})", "look at its folder's rights")
