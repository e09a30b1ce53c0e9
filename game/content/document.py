"""Opens a TOML file that anybody may have written, and gives up on it in good order."""

import codecs
import stat
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from .locate import Lines, deepest_bracket, long_key, long_number
from .problems import ContentError, Mistake, Problem
from .syntax import syntax_mistake

MAX_BYTES = 2_000_000


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

    def problem(self, mistake: Mistake) -> Problem:
        """The mistake with its file and line."""
        return Problem(self.path, self.lines.of(mistake.loc), mistake.what, mistake.remedy)


def read_document(path: Path) -> Document:
    """Reads and parses one file.

    Raises:
        ContentError: with one problem: it is missing, no ordinary file, unreadable, larger than
            `MAX_BYTES`, not UTF-8, empty, or not TOML.
    """
    text = _decoded(path, _bytes(path)).replace("\r\n", "\n")
    if (line := long_key(text)) is not None:
        raise _refusal(path, line, "this key has too many parts", "write it with few dots")
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _refusal(path, *syntax_mistake(text, error)) from None
    except RecursionError:
        raise _refusal(
            path,
            deepest_bracket(text),
            "brackets stand too deep inside each other",
            "nothing here needs more than three levels",
        ) from None
    except ValueError:
        raise _refusal(
            path, long_number(text) or 0, "a number has too many digits", "write an ordinary number"
        ) from None
    if not data:
        raise _refusal(path, 1, "the file is empty", "copy one that works and change it")
    return Document(path, text, data)


def _refusal(path: Path, line: int, what: str, remedy: str) -> ContentError:
    return ContentError([Problem(path, line, what, remedy)])


def _bytes(path: Path) -> bytes:
    """The file's content, of which no more than a bounded part is ever read."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise _refusal(path, 0, "this is a folder", "name a TOML file inside it")
        if not stat.S_ISREG(status.st_mode):
            raise _refusal(path, 0, "this is not an ordinary file", "name a TOML file")
        if status.st_size > MAX_BYTES:
            raise _too_large(path)
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise _refusal(path, 0, "there is no such file", "check its name and folder") from None
    except PermissionError:
        raise _refusal(path, 0, "the file may not be read", "change its permissions") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name cannot be used"
        raise _refusal(
            path, 0, f"the file cannot be read ({reason})", "check its name and its disk"
        ) from None
    if len(raw) > MAX_BYTES:
        raise _too_large(path)
    return raw


def _too_large(path: Path) -> ContentError:
    return _refusal(
        path,
        0,
        f"the file is larger than {MAX_BYTES // 1_000_000} MB",
        "a scenario is text of a few pages: check that this is the right file",
    )


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
