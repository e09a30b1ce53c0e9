"""Stands before every page: who may ask, from where, how much, and what browsers must forbid."""

import asyncio
from collections.abc import Callable, Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .texts import t

MOST_BODY = 16_384
"""Bytes of a form, …"""
MOST_DIGITS = 6
"""… and digits of a number that says how many there are."""
MOST_THROWN_AWAY = 16_000_000
"""Bytes of a refused form that are read and forgotten."""
MOST_ADDRESS = 1_000
"""Characters of a path and of a query."""
SLOWEST = 10.0
"""Seconds in which a form has to arrive, in all."""
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
        "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


class Guard:
    """Passes on what may be asked; refuses the rest with a sentence."""

    def __init__(
        self, app: ASGIApp, hosts: Collection[str], may_come: Callable[[str], bool]
    ) -> None:
        """
        Args:
            app: what is guarded.
            hosts: the names and ports by which the class may be called, as browsers write them: a
                stranger's page cannot call it by a name of its own.
            may_come: whether an address is answered at all.
        """
        self._app, self._hosts, self._may_come = app, hosts, may_come

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        headers = Headers(scope=scope)
        why = self._refusal(scope, headers)
        if why is not None:
            status, key = why
            if scope["method"] == "POST":
                await _thrown_away(_bounded(receive))
            answer = PlainTextResponse(t(key), status, {"connection": "close"})
            await answer(scope, receive, self._sender(scope, send))
            return
        await self._app(scope, _bounded(receive), self._sender(scope, send))

    def _refusal(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        """The status and the text's key; None where it may pass."""
        client, length = scope.get("client"), headers.get("content-length", "")
        parts = (scope["raw_path"] or b"", scope["query_string"])
        posts, counted = scope["method"] == "POST", length.isascii() and length.isdigit()
        large = counted and (len(length) > MOST_DIGITS or int(length) > MOST_BODY)
        checks = (
            (client is None or not self._may_come(client[0]), 403, "guard.stranger"),
            (headers.get("host", "").casefold() not in self._hosts, 421, "guard.host"),
            (any(len(part) > MOST_ADDRESS for part in parts), 414, "guard.address"),
            (not posts and scope["method"] not in ("GET", "HEAD"), 405, "guard.method"),
            (posts and not counted, 411, "guard.length"),
            (posts and large, 413, "guard.large"),
            (posts and not _is_own(headers), 403, "guard.origin"),
        )
        return next(((status, key) for wrong, status, key in checks if wrong), None)

    def _sender(self, scope: Scope, send: Send) -> Send:
        async def sender(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "no-store")
            await send(message)

        return sender


def _is_own(headers: Headers) -> bool:
    """Whether a form was sent by one of the class's own pages."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site != "same-origin":
        return False
    if origin is None:
        origin = headers.get("referer")
    if origin is None:
        return site is not None
    parts = urlsplit(origin)
    return parts.scheme == "http" and parts.netloc.casefold() == headers["host"].casefold()


async def _thrown_away(receive: Receive) -> None:
    """Reads what was sent and forgets it, up to a bound: who is still sending hears no answer."""
    read = 0
    while read < MOST_THROWN_AWAY:
        message = await receive()
        read += len(message.get("body", b""))
        if not message.get("more_body", False):
            return


def _bounded(receive: Receive) -> Receive:
    """Waits for a form no longer than it may take; whoever is slower has gone."""
    done, until = False, asyncio.get_running_loop().time() + SLOWEST

    async def bounded() -> Message:
        nonlocal done
        if done:
            return await receive()
        try:
            async with asyncio.timeout_at(until):
                message = await receive()
        except TimeoutError:
            message = {"type": "http.disconnect"}
        done = not message.get("more_body", False)
        return message

    return bounded
