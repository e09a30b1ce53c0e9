"""The class as a web application: its addresses, and nothing beside them."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager, suppress
from functools import partial
from time import monotonic

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from game.session.errors import FileError

from . import joining, streams, team, wall
from .comparing import comparison_path, document
from .faults import ClassroomFault, Refused
from .guard import Guard
from .host import doing, pages, tables
from .people import ASLEEP, CHAIR
from .room import Room, edition, room_of, static_files
from .table import Table

TICK = 1.0
"""Seconds between two looks at the clocks."""
BEAT = 2.0
"""Seconds after which the clocks are kept again, and every open page has a sign of life."""
_YEAR = 31_536_000
Here = tuple[int, bool, int]
"""A device, whether it is awake, and of a chair for how many minutes it has not been."""


async def static(request: Request) -> Response:
    """One of the served files."""
    known = static_files().get(request.path_params["name"])
    if known is None or request.path_params["edition"] != edition():
        return PlainTextResponse("", 404)
    path, kind = known
    return FileResponse(
        path,
        media_type=kind,
        headers={"cache-control": f"public, max-age={_YEAR}, immutable"},
    )


async def here(request: Request) -> Response:
    """Says that the class is there: pages that lost it ask."""
    return Response(status_code=204)


async def _missing(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    return room_of(request).page("missing.html", status)


async def _faulty(request: Request, error: Exception) -> Response:
    """The disk does not take what was asked for: said so; nothing else is known to be wrong."""
    return room_of(request).page("fault.html", 503, said=str(error))


ROUTES = [
    Route("/", joining.door),
    Route("/", joining.give_code, methods=["POST"]),
    Route("/j/{code:str}", joining.scanned),
    Route("/seats", joining.seats),
    Route("/seats", joining.sit_down, methods=["POST"]),
    Route("/watch", joining.watch),
    Route("/here", here),
    Route("/team/stream", streams.of_team),
    Route("/team/sofar", team.sofar),
    Route("/team/draft/{part:str}", team.change, methods=["POST"]),
    Route("/team/editing/{part:str}", team.editing, methods=["POST"]),
    Route("/team/commit", team.commit, methods=["POST"]),
    Route("/team/back", team.take_back, methods=["POST"]),
    Route("/team/talk", team.say, methods=["POST"]),
    Route("/team/predict", team.predict, methods=["POST"]),
    Route("/team/report", team.report),
    Route("/team/{leaf:str}", team.leaf),
    Route("/wall/{key:str}/{table:int}", wall.page),
    Route("/wall/{key:str}/{table:int}/stream", streams.of_wall),
    Route("/enter/{secret:str}", pages.enter),
    Route("/host", pages.first),
    Route("/host/tables", tables.all_tables),
    Route("/host/compare", tables.compare),
    Route("/host/{table:int}", pages.page),
    Route("/host/{table:int}/stream", streams.of_host),
    Route("/host/{table:int}/do", doing.do, methods=["POST"]),
    Route("/host/{table:int}/ask/{what:str}", pages.ask),
    Route("/host/{table:int}/report", pages.report),
    Route("/host/{table:int}/seat/{seat:str}", pages.seat_page),
    Route("/host/{table:int}/orders/{seat:str}", pages.orders),
    Route("/static/{edition:str}/{name:str}", static),
]


def application(room: Room, hosts: Collection[str], may_come: Callable[[str], bool]) -> ASGIApp:
    """The application.

    Args:
        room: the lesson, and where it is reached.
        hosts: names and ports by which browsers may call it.
        may_come: whether an address is answered at all.
    """

    @asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        ticking = asyncio.create_task(_tick(room))
        try:
            yield
        finally:
            ticking.cancel()
            for table in room.lesson.tables:
                room.debriefings[table.number].close()
                room.staffs[table.number].close()
            with suppress(asyncio.CancelledError):
                await ticking

    app = Starlette(
        routes=ROUTES,
        lifespan=life,
        exception_handlers={
            404: _missing,
            405: _missing,
            Refused: _missing,
            ClassroomFault: _faulty,
            FileError: _faulty,
        },
    )
    app.state.room = room
    return Guard(app, hosts, may_come)


def _tell_debrief(room: Room, table: Table) -> None:
    """The debrief of a table has been worked out, or cannot be."""
    first = room.lesson.tables[0].match.path
    if len(room.lesson.tables) > 1 and first is not None:
        with suppress(OSError):  # it opens from the host's page all the same
            comparison_path(first).write_text(document(room), encoding="utf-8")
    room.lesson.hub.leads(table.number, "board", "head")
    room.lesson.hub.teams(table.number, "state")


def _tell_staff(room: Room, table: Table) -> None:
    """The staffs of a table have something to say."""
    room.lesson.hub.teams(table.number, "staff")


async def _tick(room: Room) -> None:
    """Looks at the clocks as long as the class is held: they count what they can believe only."""
    kept, minute = monotonic(), -1
    there = dict[int, list[Here]]()
    while True:
        await asyncio.sleep(TICK)
        async with room.turning:
            course = room.lesson.course
            if course is not None and course.minute != minute:
                minute = course.minute
                for table in room.lesson.tables:
                    room.lesson.hub.leads(table.number, "plan")
            for table in room.lesson.tables:
                table.match.clock.look()
                room.debriefings[table.number].look(table, partial(_tell_debrief, room, table))
                room.staffs[table.number].look(table, partial(_tell_staff, room, table))
                if monotonic() - kept >= BEAT and table.started:
                    with suppress(ClassroomFault):  # a full disk: the class goes on
                        table.keep_clock()
        if monotonic() - kept >= BEAT:
            kept = monotonic()
            there = _tell_who_is_there(room, there)
            room.lesson.hub.beat()


def _tell_who_is_there(room: Room, before: dict[int, list[Here]]) -> dict[int, list[Here]]:
    """Tells the host where somebody has fallen asleep, or a chair has slept for another minute;
    returns who is there by now, by table.
    """
    now = {
        table.number: [
            (one.id, one.is_awake, one.role == CHAIR and int(one.asleep_for // ASLEEP))
            for one in room.lesson.devices.values()
            if one.table == table.number
        ]
        for table in room.lesson.tables
    }
    for number, here in now.items():
        if here != before.get(number):
            room.lesson.hub.leads(number, "teams", "joined")
    return now
