"""What holds of the options of all commands: no empty text names anything, no file is named twice,
and none that is to be written has the name of a device.
"""

import argparse
import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator

WRITTEN = ("json", "csv", "out", "side", "match", "xlsx")
"""Options that name a file, or a folder, to be written."""
READ = (
    "scenario", "name", "file", "what", "records", "beside", "lens",
    "us", "iran", "militia", "iraq",
)  # fmt: skip
"""What may name a file that is read."""
CAPITALS_ALIKE = ("win32", "darwin")
"""Systems on whose disks, as a rule, a name is the same in capitals."""
STDOUT = "-"


def check(args: argparse.Namespace) -> None:
    """Looks over what was given, before any room is opened.

    Raises:
        UserError: an empty text names something, two options name the same file, or the name of one
            to be written is a device's.
    """
    from game.terminal.errors import UserError

    for option, text in _texts(args, vars(args).keys() - {"separator"}):  # a tab is blank, too
        if not text.strip():
            raise UserError(f"{_shown(option)}: an empty text names nothing; write a name")
    taken = {_place(text): option for option, text in _texts(args, READ)}
    for option, text in _texts(args, WRITTEN):
        place = text if text == STDOUT else _place(text)
        if sys.platform == "win32" and _is_device(text):
            raise UserError(
                f"{_shown(option)}: on Windows, {os.path.basename(text)} is no name for a file; "
                "choose another"
            )
        if other := taken.get(place):
            raise UserError(
                f"{_shown(option)}: {_shown(other)} names the same; give each its own file"
            )
        taken[place] = option


def _texts(args: argparse.Namespace, options: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Every text of these options, with the option."""
    for option in options:
        given = getattr(args, option, None)
        for text in given if isinstance(given, list) else [given]:
            if isinstance(text, str):
                yield option, text


def _is_device(text: str) -> bool:
    """Whether Windows knows no file under a name; nul, which takes anything, may be meant."""
    from game.content.kinds import DEVICES

    name = os.path.basename(text)
    return name.casefold() != "nul" and DEVICES.fullmatch(name) is not None


def _place(text: str) -> str:
    """The file itself where a text names a link to it."""
    try:
        place = os.path.realpath(text)
        if sys.platform in CAPITALS_ALIKE:  # and a Mac takes a letter with its accent for one sign
            place = unicodedata.normalize("NFC", place).casefold()
        return place
    except (OSError, ValueError):
        return text


def _shown(option: str) -> str:
    """An option as it is typed, an argument as the help calls it."""
    positional = option in ("scenario", "name", "file", "files", "records")
    if option == "what":  # as its help calls it
        return "FILE"
    return option.upper() if positional else f"--{option.replace('_', '-')}"
