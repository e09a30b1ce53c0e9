"""Which edition of the game this is: results of two editions do not belong together."""

import hashlib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("rules", "content", "players", "futures")
"""The rooms of the game whose files can change a result."""


@cache
def edition() -> str:
    """A digest of all code and data that can change a result; ends of lines aside."""
    digest = hashlib.blake2b(digest_size=12)
    folders = [*(ROOT / "game" / room for room in ROOMS), ROOT / "scenarios"]
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".py", ".toml"):
                digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0")
                digest.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()
