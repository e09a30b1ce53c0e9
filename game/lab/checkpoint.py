"""What a long calibration has found so far, on the disk: an interrupted run goes on from there."""

import errno
import json
import os
from dataclasses import asdict
from pathlib import Path

import numpy as np

from .calibrate import Budget, Judged
from .changes import model_digest, record_digest


class OtherRunError(Exception):
    """The file is of another run: other budget, other rules, or no such file at all."""


class Checkpoint:
    """One line for every chunk that was judged, each on the disk before the next begins."""

    def __init__(self, path: Path, budget: Budget) -> None:
        """Opens the file, or begins it.

        Raises:
            OtherRunError: it is there, but holds another run.
            OSError: it cannot be read or written.
        """
        if path.exists() and not path.is_file():
            raise OSError(errno.EINVAL, "it is no ordinary file", str(path))
        self.path = path
        self.known: dict[tuple[int, int], Judged] = {}
        head: dict[str, object] = {
            "budget": asdict(budget),
            "model": model_digest(),
            "record": record_digest(),
        }
        lines = path.read_bytes().split(b"\n") if path.exists() else []
        if lines and lines[0]:
            self._read(lines, head)
        self._file = path.open("ab")
        if not (lines and lines[0]):
            self._add(head)

    def _read(self, lines: list[bytes], head: dict[str, object]) -> None:
        try:
            found = json.loads(lines[0])
        except ValueError:
            found = None
        if found != head:
            raise OtherRunError(self.path)
        whole = sum(len(line) + 1 for line in lines[:-1])
        if lines[-1]:  # a write that a pulled plug cut short
            os.truncate(self.path, whole)
        for line in lines[1:-1]:
            row = json.loads(line)
            judged = Judged(np.array(row["free"]), np.array(row["path"]))
            self.known[row["round"], row["first"]] = judged

    def keep(self, number: int, first: int, judged: Judged) -> None:
        """Adds a chunk: see `calibrate.Keep`."""
        self._add(
            {
                "round": number,
                "first": first,
                "free": judged.free.tolist(),
                "path": judged.path.tolist(),
            }
        )

    def _add(self, row: dict[str, object]) -> None:
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
