"""Coming in: the code, a seat, a role; and coming back to them."""

from collections.abc import Mapping
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from game.rules.seats import SEATS, Seat

from .faults import Refused
from .host import access
from .people import ASLEEP, MOST_IN_TEAM, MOST_NICK, ROLES, Device
from .room import DEVICE, Room, device_of, form_of, room_of
from .table import Table
from .texts import t
from .whole import whole

PASSED = "passed"
"""The cookie that says that a browser has given the right code."""
_YEAR = 365 * 24 * 3600


async def door(request: Request) -> Response:
    """The first page: the code, or the way back."""
    room, device = room_of(request), device_of(request)
    if device is not None and "again" not in request.query_params:
        return room.page("back.html", device=device)
    leads = access.is_host(request)
    return room.page(
        "join.html", said="", typed="", nick=device.nick if device else "", leads=leads
    )


async def give_code(request: Request) -> Response:
    """Takes the code."""
    room, form = room_of(request), await form_of(request)
    code, nick = form.get("code", "")[:40], form.get("nick", "")[:MOST_NICK]
    try:
        room.lesson.check_code(code, _address(request))
    except Refused as refused:
        return room.page("join.html", 403, said=str(refused), typed=code, nick=nick, leads=False)
    answer = RedirectResponse(f"/seats?nick={quote(nick)}", 303)
    _pass(answer, room)
    return answer


async def scanned(request: Request) -> Response:
    """The address that the QR code holds: it has the code in it."""
    room, device = room_of(request), device_of(request)
    if device is not None:
        return RedirectResponse("/", 303)
    try:
        room.lesson.check_code(request.path_params["code"], _address(request))
    except Refused as refused:
        return room.page("join.html", 403, said=str(refused), typed="", nick="", leads=False)
    answer = RedirectResponse("/seats", 303)
    _pass(answer, room)
    return answer


async def seats(request: Request) -> Response:
    """The teams, and the roles in them."""
    room = room_of(request)
    if not _has_passed(request, room):
        return RedirectResponse("/", 303)
    return _seats_page(request, room, "", request.query_params)


async def sit_down(request: Request) -> Response:
    """Seats a device."""
    room, form = room_of(request), await form_of(request)
    if not _has_passed(request, room):
        return RedirectResponse("/", 303)
    lesson, old = room.lesson, device_of(request)
    try:
        number = int(form.get("table", "1"))
        seat = Seat[form.get("seat", "")]
    except (KeyError, ValueError):
        return _seats_page(request, room, t("join.refused.seat"), form)
    try:
        device, token = lesson.join(number, seat, form.get("role", ""), form.get("nick", ""), old)
    except Refused as refused:
        return _seats_page(request, room, str(refused), form)
    table = lesson.table(number)
    lesson.hub.leads(number, "teams", "joined", "board")
    lesson.hub.teams(number, "top", "commit", seats=[seat])
    late = table.match.played or table.drafts[seat].touched
    answer = RedirectResponse("/team/sofar" if late else "/team/briefing", 303)
    answer.set_cookie(DEVICE, token, max_age=_YEAR, httponly=True, samesite="lax", path="/")
    device.said = ""
    return answer


async def watch(request: Request) -> Response:
    """The public page, for those without a place."""
    room = room_of(request)
    if not _has_passed(request, room):
        return RedirectResponse("/", 303)
    return RedirectResponse(f"/wall/{room.lesson.wall_key}/1", 303)


def _seats_page(request: Request, room: Room, said: str, given: Mapping[str, str]) -> Response:
    """The teams and roles, with what was given already: a name, a table."""
    lesson, device = room.lesson, device_of(request)
    chosen = whole(given.get("table", ""))
    number = chosen if chosen is not None and 1 <= chosen <= len(lesson.tables) else 1
    table = lesson.table(number)
    return room.page(
        "seats.html",
        409 if said else 200,
        said=said,
        table=table,
        nick=given.get("nick", device.nick if device else "")[:MOST_NICK],
        needs=lesson.smallest(number),
        open_to={seat: _why_shut(room, table, seat, device) for seat in SEATS},
        roles={role: _taken(room, table, role) for role in ROLES},
    )


def _why_shut(room: Room, table: Table, seat: Seat, device: Device | None) -> str:
    """Why nobody can join a team now; empty where somebody can."""
    if not table.plays(seat):
        return t("join.computer")
    if seat in table.locked:
        return t("join.locked")
    team = [one for one in room.lesson.team(table.number, seat) if one is not device]
    awake = [one for one in team if one.asleep_for < ASLEEP]
    return t("join.full") if len(awake) >= MOST_IN_TEAM else ""


def _taken(room: Room, table: Table, role: str) -> str:
    """In which teams a role is somebody's who is there, in words."""
    names = [
        t(f"seats.{seat.name}")
        for seat in SEATS
        if (holder := room.lesson.holder(table.number, seat, role)) is not None
        and holder.asleep_for < ASLEEP
    ]
    return ", ".join(names)


def _pass(answer: Response, room: Room) -> None:
    answer.set_cookie(PASSED, room.lesson.wall_key, httponly=True, samesite="lax", path="/")


def _has_passed(request: Request, room: Room) -> bool:
    return request.cookies.get(PASSED) == room.lesson.wall_key or device_of(request) is not None


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
