"""Tells open pages what has changed. A page that is slow misses no change and fills no memory: it
is told names only, each once, and gets what they are by then.
"""

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from game.rules.seats import Seat

MOST_STREAMS = 400
MOST_OF_A_DEVICE = 4


@dataclass(eq=False, slots=True)
class Listener:
    """One open page."""

    table: int
    seat: Seat | None
    """None: the host's page or the projector."""
    device: int | None
    """None: the same."""
    changed: dict[str, None] = field(default_factory=dict)
    """Names of what it has not been sent yet, in the order in which they changed."""
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    closed: bool = False

    def tell(self, names: Iterable[str]) -> None:
        """Marks what has changed."""
        self.changed.update(dict.fromkeys(names))
        self.woken.set()

    def taken(self) -> list[str]:
        """What has changed since the last time."""
        names = list(self.changed)
        self.changed.clear()
        self.woken.clear()
        return names

    def close(self) -> None:
        """Ends its stream; the page comes back by itself where it is still open."""
        self.closed = True
        self.woken.set()


class Hub:
    """Every open page."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def join(self, listener: Listener) -> bool:
        """Lets a page listen; False where there are too many. Of a device the oldest goes."""
        if len(self._listeners) >= MOST_STREAMS:
            return False
        if listener.device is not None:
            own = [one for one in self._listeners if one.device == listener.device]
            for one in own[: max(0, len(own) - MOST_OF_A_DEVICE + 1)]:
                self.leave(one)
                one.close()
        self._listeners.append(listener)
        return True

    def leave(self, listener: Listener) -> None:
        """Forgets a page."""
        if listener in self._listeners:
            self._listeners.remove(listener)

    def teams(self, table: int, *names: str, seats: Iterable[Seat] | None = None) -> None:
        """Tells the pages of some teams of a table, or of all."""
        chosen = None if seats is None else set(seats)
        for listener in self._of(table):
            if listener.seat is not None and (chosen is None or listener.seat in chosen):
                listener.tell(names)

    def device(self, device: int, *names: str) -> None:
        """Tells the pages of one device."""
        for listener in self._listeners:
            if listener.device == device:
                listener.tell(names)

    def leads(self, table: int, *names: str) -> None:
        """Tells the host's pages and the projectors of a table."""
        for listener in self._of(table):
            if listener.seat is None:
                listener.tell(names)

    def everybody(self, *names: str) -> None:
        """Tells every page."""
        for listener in self._listeners:
            listener.tell(names)

    def beat(self) -> None:
        """Wakes every page: each gets a sign of life, and the clock."""
        for listener in self._listeners:
            listener.woken.set()

    def streams_of(self, device: int) -> int:
        """How many pages of a device listen."""
        return sum(listener.device == device for listener in self._listeners)

    def close_device(self, device: int) -> None:
        """Ends the streams of a device that was moved or removed."""
        for listener in [one for one in self._listeners if one.device == device]:
            self.leave(listener)
            listener.close()

    def close(self) -> None:
        """Ends every stream."""
        for listener in self._listeners:
            listener.close()

    def _of(self, table: int) -> Iterator[Listener]:
        return (listener for listener in self._listeners if listener.table == table)
