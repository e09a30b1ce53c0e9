"""Every table of the class at a glance."""

from typing import Any
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import Response

from game.rules.seats import SEATS
from game.session.match import Status
from game.views.names import listed

from ..comparing import document
from ..experiment import AGENDA
from ..people import ASLEEP, CHAIR
from ..room import SAID, Room, room_of, whole_report
from ..seen import awaited, seconds_left, shown_clock, work_of
from ..table import Table
from ..texts import t
from .access import for_host
from .view import course_view, view


@for_host
async def all_tables(request: Request) -> Response:
    """Every table at a glance; those that need the teacher come first. Of the plan it shows how far
    the slowest is.
    """
    room = room_of(request)
    async with room.turning:
        tables = [_glance(room, table) for table in room.lesson.tables]
        tables.sort(key=lambda one: not one["needs"])
        values = view(room, room.lesson.tables[0])
        courses = [course_view(room, table) for table in room.lesson.tables]
        values["course"] = max(courses, key=lambda one: one["behind"] if one else 0)
        said = unquote(request.cookies.get(SAID, ""))
        told = experiment_told(room)
        answer = room.page("host/tables.html", said=said, tables=tables, experiment=told, **values)
    answer.delete_cookie(SAID, path="/host")
    return answer


def experiment_told(room: Room) -> str:
    """What was dealt to the tables; which table got what only once every game is over."""
    lesson, made = room.lesson, room.lesson.experiment
    if made is None:
        return ""
    kind = t(
        f"experiment.kind.{made.kind}",
        what=t(f"seats.{made.what}") if made.kind == AGENDA else made.what,
    )
    if any(table.match.status is not Status.ENDED for table in lesson.tables):
        return t("experiment.hidden", kind=kind, seed=made.seed)
    dealt = listed(
        [t("experiment.dealt", number=number, value=value) for number, value in made.dealt.items()]
    )
    return t("experiment.shown", kind=kind, seed=made.seed, dealt=dealt)


@for_host
async def compare(request: Request) -> Response:
    """The tables whose games are over, side by side."""
    room = room_of(request)
    async with room.turning:
        return whole_report(document(room))


def _glance(room: Room, table: Table) -> dict[str, Any]:
    """One table: where it stands, how high its crisis went, and why it needs the teacher."""
    match = table.match
    on = match.status is not Status.ENDED
    asleep = [
        seat
        for seat in (match.waiting_for if on else ())
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
    steps = [f"V{95 - 9 * rung}H{20 + k * 300 / width:.0f}" for k, rung in enumerate(rungs, 1)]
    return {
        "number": table.number,
        "turn": match.turn,
        "turns": width,
        "state": match.status.name.lower(),
        "teams": [(seat, work_of(table, seat)) for seat in SEATS] if on else [],
        "on": on,
        "begun": table.begun,
        "clock": shown_clock(left),
        "committed": len(match.people) - (awaited(table) if on else 0),
        "people": len(match.people),
        "devices": sum(d.table == table.number for d in room.lesson.devices.values()),
        "needs": needs,
        "rungs": rungs,
        "trace": "".join(["M20 ", *steps]).replace("M20 V", "M20 "),
    }
