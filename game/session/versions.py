"""Which program plays: the journal says it of every sitting, so that a replay that parts from the
record can be explained.
"""

import hashlib
import platform
import sqlite3
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

_ROOT = Path(__file__).parents[2]


@cache
def versions() -> dict[str, Any]:
    """The versions of the game, its referee, Python, numpy and SQLite, as `Opened` has them."""
    project = tomllib.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {
        "program": str(project["project"]["version"]),
        "referee": referee(),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "sqlite": sqlite3.sqlite_version,
    }


@cache
def referee() -> str:
    """A digest of the code of the rules, ends of lines aside."""
    digest = hashlib.blake2b(digest_size=8)
    for path in sorted((_ROOT / "game" / "rules").rglob("*.py")):
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()
