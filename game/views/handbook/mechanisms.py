"""What moves a figure by the referee's own workings, beside deeds and words, in sentences."""

import tomllib
from functools import cache

from .essays import FOLDER

FILE = FOLDER / "mechanisms.toml"


@cache
def mechanisms() -> dict[str, tuple[str, ...]]:
    """For every column that the referee moves, by what; empty where the file is missing."""
    if not FILE.is_file():
        return {}
    read = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {column: tuple(told) for column, told in read.items()}
