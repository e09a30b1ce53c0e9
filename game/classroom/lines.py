"""The lines to browsers: whoever does not say what it wants, or does not read what it is sent, is
hung up on; whoever has vanished is noticed.
"""

import asyncio
import socket
from typing import cast

from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

SLOWEST = 10.0
"""Seconds in which a browser has to say what it wants, …"""
LEAST_READER = 20.0
"""… and after which one that reads nothing of what it is sent is hung up on."""
GONE = 20
"""Seconds without a sign after which the machine takes a browser for gone."""
MOST_WAITING = 131_072
"""Bytes that wait in the machine for a slow reader."""


class Line(H11Protocol):
    """One connection."""

    _asking: asyncio.TimerHandle | None = None
    _unread: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """See `asyncio.Protocol`."""
        super().connection_made(transport)
        self._asks_in_time()

    def data_received(self, data: bytes) -> None:
        """See `asyncio.Protocol`."""
        super().data_received(data)
        cycle: RequestResponseCycle | None = self.cycle
        if cycle is not None and not cycle.response_complete:  # it has asked
            self._cancel("_asking")
        elif self._asking is None:
            self._asks_in_time()

    def connection_lost(self, exc: Exception | None) -> None:
        """See `asyncio.Protocol`."""
        self._cancel("_asking")
        self._cancel("_unread")
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """See `asyncio.Protocol`."""
        super().pause_writing()
        if self._unread is None:
            self._unread = self.loop.call_later(LEAST_READER, self.transport.abort)

    def resume_writing(self) -> None:
        """See `asyncio.Protocol`."""
        super().resume_writing()
        self._cancel("_unread")

    def _asks_in_time(self) -> None:
        self._asking = self.loop.call_later(SLOWEST, self.transport.abort)

    def _cancel(self, name: str) -> None:
        timer: asyncio.TimerHandle | None = getattr(self, name)
        if timer is not None:
            timer.cancel()
        setattr(self, name, None)


def watched(one: socket.socket) -> None:
    """Has the machine notice, on a listening socket's connections, who vanished without a word: a
    phone out of reach or without power; and keep little for who reads slowly.
    """
    one.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    one.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, MOST_WAITING)
    options = {
        "TCP_KEEPIDLE": GONE // 2,
        "TCP_KEEPALIVE": GONE // 2,  # macOS's name for the same
        "TCP_KEEPINTVL": max(1, GONE // 6),
        "TCP_KEEPCNT": 3,
        "TCP_USER_TIMEOUT": GONE * 1000,  # Linux: also where something sent waits for its receipt
    }
    for name, value in options.items():
        number = cast("int | None", getattr(socket, name, None))
        if number is not None:
            one.setsockopt(socket.IPPROTO_TCP, number, value)
