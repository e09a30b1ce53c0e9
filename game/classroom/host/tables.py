"""Every table of the class at a glance."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from game.session.match import Status

from ..people import ASLEEP, CHAIR
from ..room import Room, room_of
from ..seen import awaited, seconds_left, shown_clock
from ..table import Table
from ..texts import t
from .access import for_host
from .view import view


@for_host
async def all_tables(request: Request) -> Response:
    """Every table at a glance; those that need the teacher come first."""
    room = room_of(request)
    async with room.turning:
        tables = [_glance(room, table) for table in room.lesson.tables]
        tables.sort(key=lambda one: not one["needs"])
        view_of_first = view(room, room.lesson.tables[0])
        return room.page("host/tables.html", said="", tables=tables, **view_of_first)


def _glance(room: Room, table: Table) -> dict[str, Any]:
    """One table: where it stands, how high its crisis went, and why it needs the teacher."""
    match = table.match
    on = match.status is not Status.ENDED
    asleep = [
        seat
        for seat in match.people
        if (chair := room.lesson.holder(table.number, seat, CHAIR)) is not None
        and chair.asleep_for >= ASLEEP
    ]
    left = seconds_left(table)
    needs = ""
    if on and table.started and not match.waiting_for:
        needs = t("tables.all_in")
    elif on and left == 0:
        needs = t("tables.time_up")
    elif on and asleep:
        needs = t("tables.asleep", names=", ".join(t(f"seats.{seat.name}") for seat in asleep))
    rungs = [int(played.outcome.rung[0]) for played in match.played]
    width = table.turns
    points = [(20 + k * 300 / max(1, width), 95 - 9 * rung) for k, rung in enumerate(rungs)]
    return {
        "number": table.number,
        "turn": match.turn,
        "turns": width,
        "state": match.status.name.lower(),
        "on": on,
        "clock": shown_clock(left),
        "committed": len(match.people) - (awaited(table) if on else 0),
        "people": len(match.people),
        "devices": sum(d.table == table.number for d in room.lesson.devices.values()),
        "needs": needs,
        "rungs": rungs,
        "trace": " ".join(f"{x:.0f},{y:.0f}" for x, y in points),
    }
