"""Holds texts against the golden files."""

from collections.abc import Iterable
from itertools import zip_longest
from pathlib import Path

REGENERATE = "python tests/golden/regenerate.py"


def assert_as_it_was(path: Path, now: str) -> None:
    """The golden file is there, and says what is told now."""
    assert path.exists(), f"{path.name} is missing; to write it: {REGENERATE}"
    difference = first_difference(path.read_text(encoding="utf-8"), now)
    assert not difference, f"{path.name}\n{difference}\nif it should: {REGENERATE}"


def assert_all_there(folder: Path, names: Iterable[str]) -> None:
    """Every golden file is there, and none that nothing asks for."""
    there = sorted(path.name for path in folder.glob("*.txt"))
    assert there == list(names), f"to put it right: {REGENERATE}"


def first_difference(golden: str, now: str) -> str:
    """The first line that differs, as it was and as it is; empty where the texts are equal."""
    pairs = list(zip_longest(golden.splitlines(), now.splitlines()))
    differing = [number for number, (was, is_) in enumerate(pairs, 1) if was != is_]
    if not differing:
        return "" if golden == now else "  the ends of the lines differ"
    was, is_ = pairs[differing[0] - 1]
    nothing = "(no such line)"
    return (
        f"  first in line {differing[0]} ({len(differing)} of {len(pairs)} lines differ)\n"
        f"  was: {nothing if was is None else was}\n"
        f"  is:  {nothing if is_ is None else is_}"
    )
