"""One hostile input, and the promises that hold whatever it is."""

import contextlib
import io
import re
import sys
import tempfile
import traceback
import warnings
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import main

FINE, MISTAKE = 0, 2
_RAW = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""What a terminal could take for an order: control signs, and those that turn the writing round."""
_FOREIGN = re.compile(
    r"Traceback|pydantic|validation error|input_value|Input should|String should|sqlite3\.|Errno"
    r"|RuntimeWarning|<class|object at 0x"
)
"""Words that are no sentence of the game's own."""


class Failure(Exception):
    """A promise that was broken."""


class Answer(NamedTuple):
    """What a command left behind."""

    status: int
    out: str
    err: str


@dataclass
class Trial:
    """One input, and what is done with it."""

    told: str
    """What it is, in a line."""
    go: Callable[[Path], None]
    """Does it in a folder that holds the files; raises where something does not hold."""
    files: Mapping[str, bytes] = field(default_factory=dict)

    def failure(self) -> str:
        """What goes wrong with it; empty where nothing does. A warning is wrong, too."""
        with tempfile.TemporaryDirectory(prefix="hostile-") as name, warnings.catch_warnings():
            warnings.simplefilter("error")
            folder = Path(name)
            self.write(folder)
            try:
                self.go(folder)
            except Exception as error:
                if isinstance(error, Failure):
                    return str(error)
                return "".join(traceback.format_exception(error))
        return ""

    def write(self, folder: Path) -> None:
        """Writes its files into a folder."""
        for place, raw in self.files.items():
            path = folder / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(raw)

    def leave(self, folder: Path, what: str) -> Path:
        """Leaves the input and what went wrong in a folder of its own."""
        told = f"{self.told}\n\n{what}\n"
        own = folder / sha256(told.encode("utf-8", "replace")).hexdigest()[:12]
        self.write(own)
        own.mkdir(parents=True, exist_ok=True)
        (own / "failure.txt").write_text(told, encoding="utf-8", errors="backslashreplace")
        return own


def command(*arguments: str, typed: str = "") -> Answer:
    """Runs a command line in this process.

    Raises:
        Failure: it ends in a traceback.
    """
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="\n") for _ in range(2))
    before = sys.stdin
    sys.stdin = io.StringIO(typed)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                status = main.main(arguments)
            except SystemExit as leaving:
                status = leaving.code if isinstance(leaving.code, int) else 0
    except Exception as error:
        told = "".join(traceback.format_exception(error))
        raise Failure(f"{list(arguments)} ends in a traceback:\n{told}") from None
    finally:
        sys.stdin = before
    for stream in (out, err):
        stream.flush()
    return Answer(status, *(s.buffer.getvalue().decode("utf-8") for s in (out, err)))


def judge(arguments: Iterable[str], answer: Answer, *, allowed: Iterable[int] = ()) -> Answer:
    """Holds an answer against what is promised of all.

    Args:
        arguments: the command line.
        answer: what it left behind.
        allowed: the statuses that it may have; 0 and 2 if empty.

    Raises:
        Failure: it breaks a promise.
    """
    told = f"{list(arguments)} -> {answer.status}\n{answer.out[-2000:]}\n{answer.err[-2000:]}"
    if answer.status not in (tuple(allowed) or (FINE, MISTAKE)):
        raise Failure(f"another status: {told}")
    for text in (answer.out, answer.err):
        if found := _FOREIGN.search(text):
            raise Failure(f"{found[0]!r} is no word for people: {told}")
        if found := _RAW.search(text):
            raise Failure(f"{found[0]!r} reaches the terminal: {told!r}")
    if answer.status == MISTAKE and not (answer.err or answer.out).strip():
        raise Failure(f"a mistake without a word: {told}")
    return answer


def tried(*arguments: str, typed: str = "", allowed: Iterable[int] = ()) -> Answer:
    """Runs a command line and judges it."""
    return judge(arguments, command(*arguments, typed=typed), allowed=allowed)
