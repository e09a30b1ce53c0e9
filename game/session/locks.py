"""What keeps people at one machine apart: the PIN of whoever leads, and the seats' passcodes. A
match keeps digests of them only.
"""

import hashlib
import secrets

from .errors import MatchError

SHORTEST = 4
"""Signs of a PIN, at the least."""
LONGEST = 100
_COST = {"n": 2**14, "r": 8, "p": 1}
_SALT, _DIGEST = 16, 32
"""Bytes."""


def checked_pin(pin: str) -> str:
    """A PIN that somebody typed; blanks around it do not count.

    Raises:
        MatchError: it is too short or too long.
    """
    return _checked(pin, "a PIN", SHORTEST)


def checked_passcode(passcode: str) -> str:
    """A seat's passcode that somebody typed; blanks around it do not count.

    Raises:
        MatchError: it is empty or too long.
    """
    return _checked(passcode, "a passcode", 1)


def _checked(code: str, what: str, least: int) -> str:
    if not least <= len(code.strip()) <= LONGEST:
        raise MatchError(f"{what} has from {least} to {LONGEST} signs")
    return code.strip()


def locked(code: str) -> str:
    """The digest to keep of a code, with its salt."""
    salt = secrets.token_bytes(_SALT)
    return (salt + _digest(code, salt)).hex()


def opens(digest: str, code: str) -> bool:
    """Whether a code is the one that a digest was made of."""
    kept = bytes.fromhex(digest)
    return secrets.compare_digest(_digest(code, kept[:_SALT]), kept[_SALT:])


def _digest(code: str, salt: bytes) -> bytes:
    told = code.strip()[:LONGEST].encode("utf-8", "surrogatepass")
    return hashlib.scrypt(told, salt=salt, dklen=_DIGEST, **_COST)
