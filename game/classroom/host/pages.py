"""The host's pages, for the teacher's eyes only."""

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from game.content.kinds import PAIR_NAMES
from game.rules.orders import HOLD
from game.rules.seats import SEATS, Seat
from game.rules.state import AGREED, COLUMNS, PAIR_COLUMNS
from game.session.match import Status
from game.views.offers import told_order
from game.views.situation import LABELS

from .. import keys
from ..plan import Plan, plans
from ..room import HOST, SAID, Room, room_of, whole_report
from ..table import Table
from ..texts import t
from ..wall import join_address, qr
from .access import for_host, table_of
from .doing import AT_ALL_TABLES
from .view import team_row, view

DIALOGS = (
    "time",
    "time_all",
    "undo",
    "fork",
    "end",
    "reopen",
    "own",
    "override",
    "people",
    "start",
    "news",
    "slips",
    "data",
)
"""Pages that ask before something is done, or have a form of their own."""


async def enter(request: Request) -> Response:
    """The host's first address: it holds the secret, which goes into a cookie."""
    room = room_of(request)
    address = request.client.host if request.client else ""
    if room.lesson.tries.wait(address):
        return room.page("missing.html", 403)
    if not keys.same(request.path_params["secret"], room.lesson.host_secret):
        room.lesson.tries.wrong(address)
        return room.page("missing.html", 404)
    answer = RedirectResponse("/host", 303)
    answer.set_cookie(
        HOST, room.lesson.host_secret, max_age=7 * 24 * 3600, httponly=True, samesite="strict"
    )
    return answer


@for_host
async def first(request: Request) -> Response:
    """From "/host" to the table, or to all of them."""
    room = room_of(request)
    table = room.lesson.tables[0]
    started = any(one.started for one in room.lesson.tables)
    if len(room.lesson.tables) > 1:
        return RedirectResponse("/host/tables", 303)
    return RedirectResponse(f"/host/{table.number}" + ("" if started else "/ask/start"), 303)


@for_host
async def page(request: Request) -> Response:
    """The host's page of one table."""
    return await _with_what_was_said(request, "host/page.html", lambda _room, _table: {})


async def _with_what_was_said(
    request: Request, template: str, more: Callable[[Room, Table], dict[str, Any]]
) -> Response:
    """A page of one table, with what the last deed had to say, which is said once."""
    room, table = room_of(request), table_of(request)
    async with room.turning:
        said = unquote(request.cookies.get(SAID, ""))
        answer = room.page(template, said=said, **more(room, table), **view(room, table))
    answer.delete_cookie(SAID, path="/host")
    return answer


@for_host
async def seat_page(request: Request) -> Response:
    """All that can be done with one seat."""
    name = request.path_params["seat"].upper()
    if name not in Seat.__members__:
        return room_of(request).page("missing.html", 404)
    seat = Seat[name]

    def more(room: Room, table: Table) -> dict[str, Any]:
        return {"seat": seat, "team": team_row(room, table, seat), "hints": table.hints[seat]}

    return await _with_what_was_said(request, "host/seat.html", more)


@for_host
async def orders(request: Request) -> Response:
    """What one team has drafted or committed: shown while the host holds a button down."""
    room, table = room_of(request), table_of(request)
    name = request.path_params["seat"].upper()
    if name not in Seat.__members__:
        return room.page("missing.html", 404)
    async with room.turning:
        order = room.sight(table).order(Seat[name])
    return room.page("host/orders.html", order=order)


@for_host
async def report(request: Request) -> Response:
    """The whole debrief, or the pages to be handed out, once it has been worked out."""
    room, table = room_of(request), table_of(request)
    found = room.debriefings[table.number].found
    if found is None or table.match.status is not Status.ENDED:
        return room.page("missing.html", 404)
    return whole_report(found.handed_out if "pages" in request.query_params else found.report)


@for_host
async def ask(request: Request) -> Response:
    """A page that asks first, or has a form."""
    room, table = room_of(request), table_of(request)
    what = request.path_params["what"]
    if what not in DIALOGS:
        return room.page("missing.html", 404)
    async with room.turning:
        values = view(room, table)
        if what == "start":
            values |= {"qr": qr(join_address(room)), "address": join_address(room)}
            followed = room.lesson.course.plan.id if room.lesson.course else usual(table)
            values |= {"plans": fitting(table), "usual": followed}
        if what == "slips":
            values |= {"orders": {seat: room.sight(table).order(seat) for seat in SEATS}}
            values |= {"typed": request.query_params}
        if what == "time":
            values |= {"holding": {seat: _holding(table, seat) for seat in SEATS}}
        if what == "time_all":
            values |= {"late": [(one, one.match.waiting_for) for one in timely(room)]}
        if what == "override":
            values |= {"figures": _figures()}
        answer = room.page(
            f"host/ask_{what}.html", said=unquote(request.cookies.get(SAID, "")), **values
        )
    answer.delete_cookie(SAID, path="/host")
    return answer


def _holding(table: Table, seat: Seat) -> str:
    """What a seat does that orders nothing."""
    book = table.match.scenario.setting.rulebook
    return told_order(book, seat, HOLD).deed


def timely(room: Room) -> list[Table]:
    """The tables at which time can be called now."""
    return [one for one in room.lesson.tables if AT_ALL_TABLES["time"](one)]


def fitting(table: Table) -> list[Plan]:
    """The plans that a table's scenario has turns for."""
    return [plan for plan in plans().values() if len(table.match.scenario.turns) >= plan.turns]


def usual(table: Table) -> str:
    """The plan that is chosen where nobody chooses: the longest for which the scenario is made, if
    it is made for a lesson; else none.
    """
    minutes = table.match.scenario.minutes
    made_for = [plan for plan in fitting(table) if plan.minutes <= minutes]
    if minutes > max(plan.minutes for plan in plans().values()) or not made_for:
        return ""
    return max(made_for, key=lambda plan: plan.minutes).id


def _figures() -> list[tuple[str, str]]:
    """Every figure that can be set: how it is named, and what it is called, with its range. Not
    what it is.
    """
    columns = [(name, LABELS.get(name, spec.meaning), spec) for name, spec in COLUMNS.items()]
    pairs = [
        (f"{name} {pair}", f"{spec.meaning}: {pair}", spec)
        for name, spec in PAIR_COLUMNS.items()
        if name not in AGREED
        for pair in PAIR_NAMES
    ]
    return [
        (name, t("host.ask.override_range", told=told, low=f"{spec.low:g}", high=f"{spec.high:g}"))
        for name, told, spec in (*columns, *pairs)
    ]
