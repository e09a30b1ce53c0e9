"""The PIN of whoever leads a match at one keyboard: beside the match's file, as a digest only."""

import hashlib
import json
import os
import secrets
from pathlib import Path

from .errors import WriteError

SUFFIX = ".pin"
SHORTEST = 4
_COST = {"n": 2**14, "r": 8, "p": 1}


def pin_path(match: Path) -> Path:
    """Where the PIN of a match's file is kept."""
    return match.with_name(match.name + SUFFIX)


def has_pin(match: Path | None) -> bool:
    """Whether a match is led by somebody with a PIN."""
    return match is not None and pin_path(match).exists()


def set_pin(match: Path, pin: str) -> None:
    """Keeps a PIN for a match, in place of an older one.

    Raises:
        WriteError: the disk does not take it.
    """
    salt = secrets.token_bytes(16)
    body = json.dumps({"salt": salt.hex(), "digest": _digest(pin, salt).hex()})
    path = pin_path(match)
    try:
        path.write_text(body, encoding="utf-8")
        path.chmod(0o600)
    except OSError as error:
        raise WriteError(
            path, f"it cannot be written ({error.strerror})", "free some room"
        ) from None


def is_pin(match: Path, pin: str) -> bool:
    """Whether a PIN is the right one; False also where its file cannot be read."""
    try:
        body = json.loads(pin_path(match).read_text(encoding="utf-8"))
        salt, right = bytes.fromhex(body["salt"]), bytes.fromhex(body["digest"])
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return secrets.compare_digest(_digest(pin, salt), right)


def _digest(pin: str, salt: bytes) -> bytes:
    return hashlib.scrypt(os.fsencode(pin.strip()), salt=salt, dklen=32, **_COST)
