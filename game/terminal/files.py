"""Writes results whole or not at all."""

import codecs
import json
import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, NamedTuple

from game.content.paths import what_to_do

from .errors import UserError

STDOUT = "-"
SEPARATORS = (",", ";", "\t")
"""What may stand between the cells of a line of CSV."""
BOM = "\ufeff"
"""By which a spreadsheet knows UTF-8."""
BYTES = "backslashreplace"
"""How what is no text, as the name of a folder can be, is written: as JSON writes such signs."""
LONGEST_HEADER = 100_000
"""Of the first line of a CSV file, in characters."""


class Output(NamedTuple):
    """How a command gives its result."""

    json: str | None
    """A file, `-` for stdout (the tables are then on stderr), or None."""
    replace: bool
    """Write over a file of that name, whatever it is."""
    plain: bool
    """Without boxes, colours and tricks."""


Kind = Callable[[Path], bool]
"""Whether a file is an older result of the kind that is to be written."""


def check_writable(target: str | None, kind: Kind | None = None, *, replace: bool = False) -> None:
    """Makes sure before long work that its result can be written, and over nobody's other work.

    Args:
        target: a file, `-` for stdout, or None.
        kind: what may be written over; anything if None.
        replace: write over a file of that name, whatever it is.

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
        foreign = not replace and kind is not None and _is_other(path, kind)
    except OSError as error:
        raise _refusal(target, error) from None
    if foreign:
        raise UserError(
            f"{target}: there is another file of that name, and it is no older result of this "
            "kind; name another one, or add --replace to write over it"
        )


def check_adoptable(*targets: Path) -> None:
    """Makes sure before long work that its result can be put among the game's own files.

    Raises:
        UserError: it cannot.
    """
    for target in targets:
        try:
            check_writable(str(target))
        except UserError as error:
            raise UserError(
                f"--adopt writes into the game's own folder: {error}; or leave --adopt out, and "
                "keep the result with --json"
            ) from None


def _is_other(path: Path, kind: Kind) -> bool:
    return path.is_file() and path.stat().st_size > 0 and not kind(path)


def json_with(*keys: str) -> Kind:
    """The kind of JSON files whose object has these keys."""

    def is_one(path: Path) -> bool:
        try:
            read = json.loads(path.read_text(encoding="utf-8"))
        except (ValueError, RecursionError, MemoryError):
            return False
        return isinstance(read, dict) and set(keys) <= read.keys()

    return is_one


def csv_with(*columns: str) -> Kind:
    """The kind of CSV files that have these columns."""

    def is_one(path: Path) -> bool:
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            header = file.readline(LONGEST_HEADER).rstrip("\r\n")
        return any(set(columns) <= set(header.split(sign)) for sign in SEPARATORS)

    return is_one


def is_utf8(target: str) -> bool:
    """Whether every sign reaches a target: files are UTF-8, stdout is in what the system speaks."""
    return target != STDOUT or codecs.lookup(sys.stdout.encoding or "ascii").name == "utf-8"


def write_json(target: str, value: dict[str, Any]) -> None:
    """Writes JSON to a file, or to stdout where the target is `-`.

    A file holds what it held before until all of the new is on the disk.

    Raises:
        UserError: the file cannot be written.
    """
    # JSON is UTF-8 or ASCII, whatever an output is in.
    text = json.dumps(value, indent=2, ensure_ascii=not is_utf8(target), allow_nan=False) + "\n"
    if target == STDOUT:
        sys.stdout.write(text)
        return
    path = _real(target)
    try:
        if _is_special(path):
            path.write_text(text, encoding="utf-8", errors=BYTES)
            return
    except OSError as error:
        raise _refusal(target, error) from None
    with in_place_of(target) as new:
        new.write_text(text, encoding="utf-8", errors=BYTES, newline="\n")


@contextmanager
def in_place_of(target: str) -> Iterator[Path]:
    """A new file, which takes the target's place when all of it is on the disk; until then the
    target holds what it held before, and when something goes wrong the new file is removed.

    Raises:
        UserError: it cannot be written.
    """
    path = _real(target)
    new = _beside(path)
    try:
        yield new
        with new.open("rb+") as file:
            os.fsync(file.fileno())
        new.replace(path)
    except OSError as error:
        raise _refusal(target, error) from None
    finally:
        with suppress(OSError):
            new.unlink(missing_ok=True)


class Growing:
    """A text that is written bit by bit, and stands in its place only when it is whole.

    Devices, pipes and stdout take it as it comes.
    """

    def __init__(self, target: str) -> None:
        """Begins the file.

        Raises:
            UserError: it cannot be written.
        """
        self._target = target
        self._path = _real(target)
        self._straight = target == STDOUT or _is_special(self._path)
        self._good = 0
        try:
            if target == STDOUT:
                self._file: IO[str] = sys.stdout
            elif self._straight:
                self._file = self._path.open("w", encoding="utf-8", newline="\n")
            else:
                self._file = _beside(self._path).open("x", encoding="utf-8", newline="\n")
        except OSError as error:
            raise _refusal(target, error) from None

    def add(self, text: str) -> None:
        """Writes the next bit.

        Raises:
            UserError: it cannot be written.
        """
        try:
            self._file.write(text)
            self._file.flush()
            self._good += len(text.encode("utf-8"))
        except BrokenPipeError:
            raise
        except OSError as error:
            raise _refusal(self._target, error) from None

    def keep(self, *, whole: bool = True) -> str:
        """Puts what was written in its place, or, where it is not `whole`, in a place of its own.

        Returns:
            Where it stands.

        Raises:
            UserError: it cannot be written.
        """
        target = self._target if whole else partial(self._target)
        if self._straight:
            return self._target
        try:
            self._file.truncate(self._good)  # an interrupt may have left half a bit
            os.fsync(self._file.fileno())
            self._file.close()
            _beside(self._path).replace(_real(target))
        except OSError as error:
            raise _refusal(target, error) from None
        return target

    def drop(self) -> None:
        """Removes what has not been kept."""
        if self._file is not sys.stdout:
            with suppress(OSError):
                self._file.close()
        if not self._straight:
            with suppress(OSError):
                _beside(self._path).unlink(missing_ok=True)


def partial(target: str) -> str:
    """The name under which results that are not whole are kept: "games.partial.csv"."""
    path = Path(target)
    return str(path.with_name(f"{path.stem}.partial{path.suffix}"))


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
    return UserError(f"{target}: cannot be written ({reason}); {what_to_do(target, error)}")
