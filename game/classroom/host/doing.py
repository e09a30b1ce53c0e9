"""Does what a form of the host's pages asks for."""

from collections.abc import Awaitable, Callable
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from game.session.errors import FileError, MatchError
from game.session.match import Status

from ..faults import ClassroomFault, Refused
from ..room import SAID, Room, form_of, room_of
from ..table import Table
from ..texts import t
from ..whole import whole
from . import debrief, news, seating, turns
from .access import for_host, table_of
from .form import Form


@for_host
async def do(request: Request) -> Response:
    """Does one thing of the facilitator's hand."""
    room, table = room_of(request), table_of(request)
    back, said = f"/host/{table.number}", ""
    form: Form = {}
    try:
        form = await form_of(request)
        if form.get("back", "").startswith("/host/"):
            back = form["back"]
        what = DEEDS.get(form.get("what", ""))
        if what is None:
            raise Refused(t("guard.form"))
        where = [table]
        if form.get("tables") == "all" and (concerns := AT_ALL_TABLES.get(form["what"])):
            where = [one for one in room.lesson.tables if concerns(one)]
        async with room.turning:
            for one in where:
                said = await what(room, one, form) or said
    except (Refused, MatchError, FileError, ClassroomFault) as refused:
        said = str(refused)
        said = said[:1].upper() + said[1:]
        if form.get("what") == "slip":  # it is put right where it stands
            back += "?" + urlencode({name: form.get(name, "") for name in ("seat", "slip")})
    answer = RedirectResponse(back, 303)
    if said:
        answer.set_cookie(
            SAID, quote(said[:600]), max_age=60, httponly=True, samesite="strict", path="/host"
        )
    return answer


async def take_back(room: Room, table: Table, form: Form) -> str:
    """Takes back one thing of the list of what the host did."""
    number = whole(form.get("n", ""))
    back = None if number is None else table.way_back(number)
    if back is None:
        raise Refused(t("host.refused.back"))
    what = back["what"]
    return await (WAYS_BACK.get(what) or DEEDS[what])(room, table, back)


DEEDS: dict[str, Callable[[Room, Table, Form], Awaitable[str]]] = {
    "begin": turns.begin,
    "lesson": turns.lesson,
    "minute": turns.minute,
    "length": turns.length,
    "pause": turns.pause,
    "go_on": turns.go_on,
    "time": turns.call_time,
    "undo": turns.undo,
    "fork": turns.fork,
    "end": turns.end,
    "inject": news.inject,
    "own": news.own,
    "override": news.override,
    "hint": news.hint,
    "computer": seating.computer,
    "people": seating.people,
    "lock": seating.lock,
    "mute": seating.mute,
    "estimate": seating.estimate,
    "chair": seating.chair,
    "role": seating.role,
    "move": seating.move,
    "remove": seating.remove,
    "slip": seating.slip,
    "keep": seating.keep,
    "forget": seating.forget,
    "step": debrief.step,
    "share": debrief.share,
    "data": debrief.data,
    "take_back": take_back,
}
"""What the host can do, by its name in a form; each returns a sentence where there is one."""
WAYS_BACK: dict[str, Callable[[Room, Table, Form], Awaitable[str]]] = {
    "correct": news.correct,
    "restore": news.restore,
    "no_hint": news.no_hint,
    "reopen": turns.reopen,
    "unmute": seating.unmute,
    "estimate": seating.estimate_back,
    "no_slip": seating.no_slip,
}
"""What takes something back that the host did, and nobody can ask for otherwise."""
AT_ALL_TABLES: dict[str, Callable[[Table], bool]] = {
    "begin": lambda table: not table.started,
    "time": lambda table: table.started and table.match.status not in (Status.ENDED, Status.PAUSED),
    "minute": lambda table: table.match.status is not Status.ENDED,
    "pause": lambda table: table.match.status not in (Status.ENDED, Status.PAUSED),
    "go_on": lambda table: table.match.status is Status.PAUSED,
}
"""What can be done at all tables at once, and whether it concerns a table as that stands."""
