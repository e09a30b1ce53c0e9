"""Who sits where: devices, their seats, and the roles in a team."""

from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from game.rules.seats import Seat

CHAIR, ADVISER, INTELLIGENCE, SPOKESPERSON, RECORDER = ROLES = (
    "chair",
    "adviser",
    "intelligence",
    "spokesperson",
    "recorder",
)
MOST_IN_TEAM = 6
MOST_NICK = 40
AWAKE = 12.0
"""Seconds after its last sign during which a device counts as there; …"""
AWAKE_WITHOUT_SCRIPTS = 90.0
"""… one whose browser runs no scripts asks anew only every half minute."""
ASLEEP = 60.0
"""Seconds after which another device may take its role."""


@dataclass(slots=True)
class Device:
    """A phone or laptop that has joined."""

    id: int
    digest: str
    """Of its token."""
    table: int
    seat: Seat
    role: str
    nick: str = ""
    listens: bool = False
    """Whether a page of it has ever listened: then its browser runs scripts."""
    streams: int = 0
    """Pages of it that are open and listen."""
    seen: float = field(default_factory=monotonic)
    said: str = ""
    """Why what it asked for was refused: its next page says so; …"""
    told: str = ""
    """… and what else that page has to say, once."""
    news_of: int = 0
    """The turn before which its last look at the news was."""
    read: dict[str, int] = field(default_factory=dict)
    """How many messages it has seen of each channel."""

    @property
    def is_awake(self) -> bool:
        """Whether it is there now."""
        least = AWAKE if self.listens else AWAKE_WITHOUT_SCRIPTS
        return self.streams > 0 or monotonic() - self.seen < least

    @property
    def asleep_for(self) -> float:
        """Seconds since its last sign; 0 while a page of it listens."""
        return 0.0 if self.streams else monotonic() - self.seen

    def body(self) -> dict[str, Any]:
        """What is kept of it."""
        return {
            "digest": self.digest,
            "table": self.table,
            "seat": self.seat.name,
            "role": self.role,
            "nick": self.nick,
        }

    @classmethod
    def of(cls, key: str, body: dict[str, Any]) -> "Device":
        """A device that was kept; nobody has seen it since."""
        return cls(
            int(key),
            str(body["digest"]),
            int(body["table"]),
            Seat[body["seat"]],
            str(body["role"]),
            str(body["nick"]),
            seen=monotonic() - AWAKE,
        )
