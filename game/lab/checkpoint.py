"""What a long study has found so far, on the disk: an interrupted run goes on from there."""

import errno
import json
import os
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from . import recovery
from .calibrate import Budget, Judged
from .changes import model_digest, record_digest


class OtherRunError(Exception):
    """The file is of another run: other budget, other rules, or no such file at all."""


class SideFile(ABC):
    """One line for every chunk that was judged, each on the disk before the next begins."""

    done: int
    """How many sets have been judged."""

    def __init__(self, path: Path, budget: dict[str, Any]) -> None:
        """Opens the file, or begins it.

        Args:
            path: where it lies.
            budget: what the run is called by, beside the model and the record.

        Raises:
            OtherRunError: it is there, but holds another run.
            OSError: it cannot be read or written.
        """
        if path.exists() and not path.is_file():
            raise OSError(errno.EINVAL, "it is no ordinary file", str(path))
        self.path = path
        self.rows: list[dict[str, Any]] = []
        head = {"budget": budget, "model": model_digest(), "record": record_digest()}
        lines = path.read_bytes().split(b"\n") if path.exists() else []
        if lines and lines[0]:
            self._read(lines, head)
        self._file = path.open("ab")
        if not (lines and lines[0]):
            self.add(head)

    def _read(self, lines: list[bytes], head: dict[str, Any]) -> None:
        try:
            found = json.loads(lines[0])
        except (ValueError, RecursionError):
            found = None
        if found != head:
            raise OtherRunError(self.path)
        whole = sum(len(line) + 1 for line in lines[:-1])
        if lines[-1]:  # a write that a pulled plug cut short
            os.truncate(self.path, whole)
        try:
            self.rows = [json.loads(line) for line in lines[1:-1]]
        except (ValueError, RecursionError):
            raise OtherRunError(self.path) from None

    @contextmanager
    def _taken_up(self) -> Iterator[None]:
        """While it is read what its rows say, which a hand may have changed.

        Raises:
            OtherRunError: they are not of a run of its kind.
        """
        try:
            yield
        except (KeyError, TypeError, ValueError):
            self.close()
            raise OtherRunError(self.path) from None

    @abstractmethod
    def keep(self, *part: Any) -> None:
        """Adds a chunk."""

    def add(self, row: dict[str, Any]) -> None:
        """Writes a line, and makes sure that it is on the disk."""
        self._file.write(json.dumps(row).encode() + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Leaves it as it is, for another time."""
        self._file.close()

    def drop(self) -> None:
        """Removes it: the run is whole."""
        self.close()
        self.path.unlink(missing_ok=True)


class Checkpoint(SideFile):
    """Of a calibration."""

    def __init__(self, path: Path, budget: Budget) -> None:
        """See `SideFile`."""
        super().__init__(path, asdict(budget))
        with self._taken_up():
            self.known = {
                (row["round"], row["first"]): Judged(
                    np.array(row["free"], float), np.array(row["path"], float)
                )
                for row in self.rows
            }
            self.done = sum(part.free.size for part in self.known.values())

    def keep(self, *part: Any) -> None:
        """Adds a chunk: see `calibrate.Keep`."""
        number, first, judged = part
        free, path = judged.free.tolist(), judged.path.tolist()
        self.add({"round": number, "first": first, "free": free, "path": path})
        self.done += len(free)


class RecoveryCheckpoint(SideFile):
    """Of a study of recovery."""

    def __init__(self, path: Path, effort: recovery.Effort) -> None:
        """See `SideFile`."""
        super().__init__(path, {"study": "recovery"} | asdict(effort))
        with self._taken_up():
            self.known: recovery.Parts = {
                (row["study"], row["first"]): recovery.Judged(*map(np.array, row["judged"]))
                for row in self.rows
            }
            self.done = sum(len(part.one) for part in self.known.values())

    def keep(self, *part: Any) -> None:
        """Adds a chunk: see `recovery.Keep`."""
        study, first, judged = part
        both = [part.tolist() for part in judged]
        self.add({"study": study, "first": first, "judged": both})
        self.done += len(judged.one)
