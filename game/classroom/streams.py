"""Streams of server-sent events: each open page is told what has changed, as it is by then."""

from collections.abc import AsyncIterator, Callable, Collection, Sequence
from functools import partial

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from . import team, wall
from .host import access, view
from .hub import Listener
from .people import Device
from .room import Room, device_of, room_of
from .table import Table
from .texts import t


def event(name: str, content: str) -> str:
    """One event; its lines are kept together."""
    lines = "".join(f"data: {line}\n" for line in content.splitlines() or [""])
    return f"event: {name}\n{lines}\n"


async def of_team(request: Request) -> Response:
    """What changes on a team's page."""
    room, device = room_of(request), device_of(request)
    if device is None:
        return PlainTextResponse(t("guard.unknown"), 403)
    channel = team.channel_called(device.seat, request.query_params.get("with", ""))
    table = room.lesson.table(device.table)
    listener = Listener(device.table, device.seat, device.id)
    listener.tell(team.ON_TURN)

    render = partial(team.parts_of_page, room, table, device, channel)
    return _stream(room, table, listener, team.PARTIAL, render, device)


async def of_host(request: Request) -> Response:
    """What changes on the host's page."""
    room = room_of(request)
    if not access.is_host(request):
        return PlainTextResponse(t("guard.unknown"), 403)
    table = access.table_of(request)
    listener = Listener(table.number, None, None)
    listener.tell(view.PARTS)
    render = partial(view.parts_of_page, room, table)
    return _stream(room, table, listener, view.PARTS, render)


async def of_wall(request: Request) -> Response:
    """What changes on the projector."""
    room = room_of(request)
    table = wall.table_of(request)
    if table is None:
        return PlainTextResponse(t("guard.unknown"), 403)
    listener = Listener(table.number, None, None)
    listener.tell(wall.PARTS)
    render = partial(wall.parts_of_page, room, table)
    return _stream(room, table, listener, wall.PARTS, render)


def _stream(
    room: Room,
    table: Table,
    listener: Listener,
    own: Collection[str],
    render: Callable[[Sequence[str]], list[str]],
    device: Device | None = None,
) -> Response:
    """The stream of one page: of what is told to many, it is sent its own parts only."""
    hub = room.lesson.hub
    if not hub.join(listener):
        return PlainTextResponse(t("guard.streams"), 503)

    async def told() -> AsyncIterator[str]:
        try:
            if device is not None:
                device.streams, device.listens = hub.streams_of(device.id), True
                hub.leads(table.number, "teams", "joined")
            yield "retry: 1000\n\n"
            while not listener.closed:
                async with room.turning:
                    names = [name for name in listener.taken() if name in own]
                    made = zip(names, render(names), strict=True)
                    parts = [event(name, part) for name, part in made]
                    parts.append(event("clock", room.clock(table)))
                yield "".join(parts)
                await listener.woken.wait()
        finally:
            hub.leave(listener)
            if device is not None:
                device.streams = hub.streams_of(device.id)
                room.lesson.seen(device)
                hub.leads(table.number, "teams", "joined")

    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(told(), media_type="text/event-stream", headers=headers)
