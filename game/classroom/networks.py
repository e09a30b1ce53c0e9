"""The machine's networks, and the sockets through which a class is reached: the chosen one only."""

import errno
import ipaddress
import socket
from collections.abc import Sequence
from typing import NamedTuple

import ifaddr

from .faults import ClassroomFault
from .lines import watched
from .texts import t

LOOPBACK = "127.0.0.1"
FIRST_PORT = 8000
PORTS_TRIED = 20
_UNLIKELY = ("docker", "veth", "br-", "virbr", "vmnet", "vboxnet", "tun", "tap", "utun", "wg", "zt")
"""Beginnings of the names of cards that lead to no phone, as a rule."""


class Card(NamedTuple):
    """One address of one network card."""

    name: str
    address: str
    prefix: int

    @property
    def network(self) -> ipaddress.IPv4Network:
        """The addresses that it reaches without a router."""
        return ipaddress.IPv4Network((self.address, self.prefix), strict=False)

    @property
    def is_private(self) -> bool:
        """Whether the internet cannot reach it."""
        return ipaddress.IPv4Address(self.address).is_private

    @property
    def is_likely(self) -> bool:
        """Whether phones may be found there."""
        return not self.name.casefold().startswith(_UNLIKELY)


def cards() -> list[Card]:
    """Every IPv4 address of this machine but its own loop, the likeliest first."""
    found = [
        Card(adapter.nice_name, ip.ip, ip.network_prefix)
        for adapter in ifaddr.get_adapters()
        for ip in adapter.ips
        if isinstance(ip.ip, str) and not ipaddress.IPv4Address(ip.ip).is_loopback
    ]
    return sorted(found, key=lambda card: (not card.is_private, not card.is_likely))


def chosen(address: str | None, there: Sequence[Card]) -> Card | None:
    """The card that the class is reached through; None where only this machine itself can.

    Args:
        address: as it was asked for; None for the likeliest.
        there: the machine's cards.

    Raises:
        ClassroomFault: this machine has no such address, or it would name every network.
    """
    if address is None:
        return next((card for card in there if card.is_private), None)
    if address in (LOOPBACK, "localhost"):
        return None
    for card in there:
        if card.address == address:
            return card
    known = ", ".join([card.address for card in there] + [LOOPBACK])
    key = "serving.every_network" if address in ("0.0.0.0", "::", "*") else "serving.no_address"
    raise ClassroomFault(t(key, address=address, known=known))


def listening(addresses: Sequence[str], port: int | None) -> tuple[list[socket.socket], int]:
    """Sockets on all the addresses at one port.

    Args:
        addresses: where; nothing else of the machine is bound.
        port: the port that was asked for; None for the first free one from 8000 on.

    Raises:
        ClassroomFault: no port is free.
    """
    ports = range(FIRST_PORT, FIRST_PORT + PORTS_TRIED) if port is None else [port]
    for number in ports:
        bound: list[socket.socket] = []
        try:
            for address in addresses:
                bound.append(_bound(address, number))
        except OSError as error:
            for one in bound:
                one.close()
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise ClassroomFault(
                    t("serving.not_bound", address=addresses[-1], why=error.strerror)
                ) from None
        else:
            return bound, int(bound[0].getsockname()[1])
    raise ClassroomFault(t("serving.no_port", port=f"{ports[0]}"))


def _bound(address: str, port: int) -> socket.socket:
    # With the protocol named, asyncio sends an answer at once: without it, the second half waits
    # until the first is acknowledged, some 40 milliseconds.
    one = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        # Windows takes "use again" for leave to share: another program could then listen with it.
        exclusive = getattr(socket, "SO_EXCLUSIVEADDRUSE", None)
        one.setsockopt(socket.SOL_SOCKET, exclusive or socket.SO_REUSEADDR, 1)
        watched(one)
        one.bind((address, port))
        one.listen(256)
    except OSError:
        one.close()
        raise
    return one


def may_come_from(address: str, card: Card | None) -> bool:
    """Whether a request from an address is answered: from the same machine, a private network, or
    the chosen card's own; never from the internet.
    """
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return False
    if known.is_loopback:
        return True
    if card is None:
        return False
    return known.is_private or known in card.network
