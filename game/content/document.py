"""Opens a TOML file that anybody may have written, and gives up on it in good order."""

import codecs
import stat
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from .locate import Lines, deepest_bracket, long_key, long_number
from .problems import ContentError, Loc, Mistake, Problem
from .syntax import syntax_mistake
from .wording import quoted

MAX_BYTES = 2_000_000
_MOST_WHOLE = 2**63 - 1
MAX_DEPTH = 12
"""Levels of tables and lists inside each other."""
LARGEST_NUMBER, SMALLEST_NUMBER = 1e9, 1e-9
"""What a number's size may be, if it is not 0. Games are played in 32-bit floats, whose range ends
at 3e38 and 1e-38: within these bounds no product of a few numbers leaves it.
"""


@dataclass(frozen=True)
class Document:
    """One TOML file: where it lies, its text, and what it holds."""

    path: Path
    text: str
    """Lines end with a line feed alone, whatever they end with in the file."""
    data: dict[str, Any]

    @cached_property
    def lines(self) -> Lines:
        """Where its keys stand; worked out when first asked for."""
        return Lines(self.text)

    def odd_numbers(self) -> Iterator[Mistake]:
        """A mistake for every number that no game can be reckoned with, whatever it is for."""
        return _odd_numbers(self.data, ())

    def problem(self, mistake: Mistake) -> Problem:
        """The mistake with its file and line."""
        return Problem(self.path, self.lines.of(mistake.loc), mistake.what, mistake.remedy)


def read_document(path: Path) -> Document:
    """Reads and parses one file.

    Raises:
        ContentError: with one problem: it is missing, no ordinary file, unreadable, larger than
            `MAX_BYTES`, not UTF-8, empty, or not TOML.
    """
    return parsed(path, _decoded(path, bounded(path)))


def parsed(path: Path, text: str) -> Document:
    """Parses a text, in a time that grows no faster than its length.

    Args:
        path: what problems call it.
        text: of at most `MAX_BYTES`.

    Raises:
        ContentError: it is not TOML, empty, or has a key, depth or numbers that nothing here needs.
    """
    text = text.replace("\r\n", "\n")
    if "\r" in text:
        alone = text.count("\n", 0, text.index("\r")) + 1
        what = "a line ends in a carriage return alone, as on very old computers"
        raise _refusal(path, alone, what, "save the file with the line ends of Unix or Windows")
    if (line := long_key(text)) is not None:
        raise _refusal(path, line, "this key has too many parts", "write it with few dots")
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _refusal(path, *syntax_mistake(text, error)) from None
    except RecursionError:
        raise _too_deep(path, text) from None
    except ValueError:
        raise _refusal(
            path, long_number(text) or 0, "a number has too many digits", "write an ordinary number"
        ) from None
    if not data:
        raise _refusal(path, 1, "the file is empty", "copy one that works and change it")
    try:
        return Document(path, text, _bounded(data, 0))
    except RecursionError:
        raise _too_deep(path, text) from None


def _bounded(value: Any, depth: int) -> Any:
    """The value with whole numbers of at most 64 bits, which is what TOML promises: a longer one
    becomes the largest, too large for anything here.

    Raises:
        RecursionError: something lies deeper than `MAX_DEPTH`.
    """
    match value:
        case dict() | list() if depth == MAX_DEPTH:
            raise RecursionError
        case dict():
            return {key: _bounded(item, depth + 1) for key, item in value.items()}
        case list():
            return [_bounded(item, depth + 1) for item in value]
        case int() if abs(value) > _MOST_WHOLE:
            return _MOST_WHOLE if value > 0 else -_MOST_WHOLE
    return value


def _odd_numbers(value: object, loc: Loc) -> Iterator[Mistake]:
    match value:
        case dict():
            for key, item in value.items():
                yield from _odd_numbers(item, (*loc, key))
        case list():
            for index, item in enumerate(value):
                yield from _odd_numbers(item, (*loc, index))
        case bool():
            return
        case int() | float() if value and not SMALLEST_NUMBER <= abs(value) <= LARGEST_NUMBER:
            if abs(value) < 1:
                remedy = f"write 0, or {SMALLEST_NUMBER:g} or more"
            else:
                remedy = f"write {LARGEST_NUMBER:g} or less"
            yield Mistake(loc, f"{quoted(value)} is no number that can be reckoned with", remedy)


def _too_deep(path: Path, text: str) -> ContentError:
    return _refusal(
        path,
        deepest_bracket(text),
        "brackets stand too deep inside each other",
        "nothing here needs more than three levels",
    )


def _refusal(path: Path, line: int, what: str, remedy: str) -> ContentError:
    return ContentError([Problem(path, line, what, remedy)])


def bounded(
    path: Path,
    most: int = MAX_BYTES,
    what: str = "a TOML file",
    such: str = "a scenario is text of a few pages",
) -> bytes:
    """The content of an ordinary file, of which no more than a bounded part is ever read.

    Args:
        path: of anybody.
        most: bytes.
        what: is wanted, as mistakes call it.
        such: how large that is.

    Raises:
        ContentError: with one problem: it is missing, no ordinary file, unreadable, or too large.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise _refusal(path, 0, "this is a folder", f"name {what} inside it")
        if not stat.S_ISREG(status.st_mode):
            raise _refusal(path, 0, "this is not an ordinary file", f"name {what}")
        if status.st_size > most:
            raise _too_large(path, most, such)
        with path.open("rb") as file:
            raw = file.read(most + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise _refusal(path, 0, "there is no such file", "check its name and folder") from None
    except PermissionError:
        raise _refusal(path, 0, "the file may not be read", "change its permissions") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name cannot be used"
        raise _refusal(
            path, 0, f"the file cannot be read ({reason})", "check its name and its disk"
        ) from None
    if len(raw) > most:
        raise _too_large(path, most, such)
    return raw


def _too_large(path: Path, most: int, such: str) -> ContentError:
    what = f"the file is larger than {most // 1_000_000} MB"
    return _refusal(path, 0, what, f"{such}: check that this is the right file")


def _decoded(path: Path, raw: bytes) -> str:
    """The text without the mark that some editors put before it."""
    raw = raw.removeprefix(codecs.BOM_UTF8)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _refusal(
            path,
            line,
            "this line is not in the encoding UTF-8",
            "save the file as UTF-8 in your editor",
        ) from None
