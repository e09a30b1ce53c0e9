"""What opens doors: the class's code, the host's secret, the devices' tokens, and how often one may
try.
"""

import hashlib
import secrets
from collections import deque
from collections.abc import Callable
from time import monotonic

LETTERS = "BCDFGHJKLMNPRSTVWXZ"
"""No vowels, so that no code is a word; no letter that looks like a digit."""
CODE_LENGTH = 4
TRIES = 12
"""Wrong codes from one address before it has to wait."""
TRIES_IN_ALL = 150
"""Wrong codes from all addresses before the door is shut to those who type codes."""
WINDOW = 300.0
"""Seconds after which a wrong code is forgotten."""


def new_code() -> str:
    """A code that a class can read off a wall."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


def new_token() -> str:
    """Something that nobody can guess."""
    return secrets.token_urlsafe(24)


def digest(token: str) -> str:
    """What is kept of a device's token, so that the file does not let anybody in."""
    return hashlib.sha256(token.encode()).hexdigest()


def same(given: str, right: str) -> bool:
    """Whether two secrets are the same, in a time that tells nothing of how much of them is."""
    return secrets.compare_digest(given.encode(), right.encode())


class Tries:
    """Counts wrong codes, by address and in all."""

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self._now = now
        self._wrong: deque[tuple[float, str]] = deque(maxlen=TRIES_IN_ALL)

    def wait(self, address: str) -> bool:
        """Whether an address has to wait before it may try again."""
        start = self._now() - WINDOW
        while self._wrong and self._wrong[0][0] < start:
            self._wrong.popleft()
        if len(self._wrong) >= TRIES_IN_ALL:
            return True
        return sum(of == address for _, of in self._wrong) >= TRIES

    def wrong(self, address: str) -> None:
        """Counts one."""
        self._wrong.append((self._now(), address))
