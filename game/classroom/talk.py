"""What the teams write to one another; it is kept in the class's own file only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from game.rules.seats import SEATS, Seat

MOST_LETTERS = 280
MOST_MESSAGES = 2_000
"""Of one table; older ones are forgotten first."""

Channel = tuple[Seat, ...]
"""The seats that read and write it, in the order of the game; one seat alone is the team's own."""


def channel_of(seats: Sequence[Seat]) -> Channel:
    """The channel of these seats."""
    return tuple(seat for seat in SEATS if seat in seats)


def channel_key(channel: Channel) -> str:
    """How a channel is called in addresses: "us-iran"."""
    return "-".join(seat.name.lower() for seat in channel)


def channels(seat: Seat) -> list[Channel]:
    """Every channel of a seat: its own team's, each rival, each two of them, and all."""
    first, second, third = seat.rivals
    groups = [
        (seat,),
        SEATS,
        *((seat, rival) for rival in seat.rivals),
        (seat, first, second),
        (seat, first, third),
        (seat, second, third),
    ]
    return [channel_of(group) for group in groups]


@dataclass(frozen=True, slots=True)
class Message:
    """One thing that was written."""

    n: int
    turn: int
    at: str
    """Local time, for people: "10:31"."""
    sender: Seat
    channel: Channel
    words: str
    nick: str
    """Who wrote it, as the team calls them; only the team and the host see it."""

    def body(self) -> dict[str, Any]:
        """What is kept of it."""
        return {
            "turn": self.turn,
            "at": self.at,
            "sender": self.sender.name,
            "channel": [seat.name for seat in self.channel],
            "words": self.words,
            "nick": self.nick,
        }

    @classmethod
    def of(cls, n: int, body: dict[str, Any]) -> "Message":
        """A message that was kept."""
        return cls(
            n,
            int(body["turn"]),
            str(body["at"]),
            Seat[body["sender"]],
            channel_of([Seat[name] for name in body["channel"]]),
            str(body["words"]),
            str(body["nick"]),
        )


def clock_time() -> str:
    """The time as a class reads it."""
    return f"{datetime.now(UTC).astimezone():%H:%M}"
