"""The host's pages, for the teacher's eyes only: who is there, the clock, news, and the whole hand
of the facilitator.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from game.content.kinds import PAIR_NAMES
from game.rules.seats import SEATS, Seat
from game.rules.state import AGREED, COLUMNS, PAIR_COLUMNS
from game.session.errors import FileError, MatchError
from game.session.forking import fork
from game.session.match import Match, Status
from game.session.places import free
from game.views.handbook.amounts import change as change_told
from game.views.handbook.amounts import label
from game.views.names import CAPITALS, listed
from game.views.situation import LABELS

from . import keys
from .debriefing import BEATS, STEPS, report_path
from .experiment import WITH
from .experiment import write as write_data
from .faults import ClassroomFault, Refused
from .papers import codes
from .people import ASLEEP, CHAIR
from .room import HOST, SAID, Room, form_of, room_of, whole_report
from .seen import awaited, seconds_left, shown_clock, state_of
from .slips import read_slip
from .table import Table
from .team import tell_match, tell_turn
from .texts import t
from .wall import debrief_view, join_address, qr

PARTS = ("head", "teams", "talk", "news", "done")
"""Parts of the page that are sent anew when they change."""
MINUTE = 60.0
MOST_TALK = 30
DIALOGS = (
    "time",
    "undo",
    "fork",
    "end",
    "own",
    "override",
    "people",
    "start",
    "news",
    "slips",
    "data",
)
"""Pages that ask before something is done, or have a form of their own."""


def is_host(request: Request) -> bool:
    """Whether the request comes from the host's own browser."""
    given = request.cookies.get(HOST, "")
    return bool(given) and keys.same(given, room_of(request).lesson.host_secret)


def table_of(request: Request) -> Table:
    """The table that an address names.

    Raises:
        Refused: there is none.
    """
    return room_of(request).lesson.table(int(request.path_params.get("table", 1)))


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


def view(room: Room, table: Table) -> dict[str, Any]:
    """What the page is made of. What a team has ordered is not in it; it is asked for apart."""
    match, lesson = table.match, room.lesson
    on = match.status is not Status.ENDED
    sent = {event.inject for event in match.match_state.injects if event.inject}
    return {
        "table": table,
        "match": match,
        "scenario": match.scenario,
        "on": on,
        "state": match.status.name.lower(),
        "waiting": list(match.waiting_for) if on else [],
        "teams": [_team(room, table, seat) for seat in SEATS],
        "awake": sum(device.is_awake for device in lesson.devices.values()),
        "joined": len(lesson.devices),
        "awaited": awaited(table) if on else 0,
        "people": len(match.people),
        "injects": [
            (inject, _effects(inject.effects), inject.id in sent)
            for inject in match.scenario.injects
            if inject.turn in (None, match.turn) or inject.id in sent
        ],
        "all_injects": [
            (inject, _effects(inject.effects), inject.id in sent)
            for inject in match.scenario.injects
        ],
        "others": sum(
            inject.turn not in (None, match.turn) and inject.id not in sent
            for inject in match.scenario.injects
        ),
        "talk": list(reversed(table.messages[-MOST_TALK:])),
        "done": list(reversed(table.done[-12:])),
        "played": len(match.played),
        "debrief": debrief_view(room, table),
        "debriefing": room.debriefings[table.number],
        "report_name": report_path(match.path).name if match.path else "",
        "last_step": len(STEPS) * BEATS,
        "wall": f"/wall/{lesson.wall_key}/{table.number}",
    }


def _effects(effects: dict[str, float]) -> str:
    return "; ".join(f"{label(name)} {change_told(name, by)}" for name, by in effects.items())


def _team(room: Room, table: Table, seat: Seat) -> dict[str, Any]:
    devices = room.lesson.team(table.number, seat)
    chair = room.lesson.holder(table.number, seat, CHAIR)
    shared = table.drafts[seat]
    return {
        "seat": seat,
        "state": state_of(table, seat),
        "devices": devices,
        "awake": sum(device.is_awake for device in devices),
        "touched": [t(f"orders.part.{part}") for part in shared.touched],
        "chair": chair,
        "chair_asleep": int(chair.asleep_for // 60)
        if chair is not None and chair.asleep_for >= ASLEEP
        else None,
        "locked": seat in table.locked,
        "muted": seat in table.muted,
    }


def parts_of_page(room: Room, table: Table, names: Sequence[str]) -> list[str]:
    """Parts of the page as they are now."""
    values = view(room, table) if names else {}
    return [room.render(f"host/{name}.html", **values) for name in names]


def _for_host(
    page: Callable[[Request], Awaitable[Response]],
) -> Callable[[Request], Awaitable[Response]]:
    """Shows a page to the host alone; others are told that there is none."""

    async def guarded(request: Request) -> Response:
        if not is_host(request):
            return room_of(request).page("missing.html", 404)
        try:
            return await page(request)
        except Refused as refused:
            return room_of(request).page("missing.html", 404, why=str(refused))

    return guarded


@_for_host
async def first(request: Request) -> Response:
    """From "/host" to the table, or to all of them."""
    room = room_of(request)
    table = room.lesson.tables[0]
    started = any(one.started for one in room.lesson.tables)
    if len(room.lesson.tables) > 1:
        return RedirectResponse("/host/tables", 303)
    return RedirectResponse(f"/host/{table.number}" + ("" if started else "/ask/start"), 303)


@_for_host
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
    width = len(match.scenario.turns)
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


@_for_host
async def page(request: Request) -> Response:
    """The host's page of one table."""
    room, table = room_of(request), table_of(request)
    async with room.turning:
        answer = room.page(
            "host/page.html", said=request.cookies.get(SAID, ""), **view(room, table)
        )
    answer.delete_cookie(SAID, path="/host")
    return answer


@_for_host
async def seat_page(request: Request) -> Response:
    """All that can be done with one seat."""
    room, table = room_of(request), table_of(request)
    name = request.path_params["seat"].upper()
    if name not in Seat.__members__:
        return room.page("missing.html", 404)
    async with room.turning:
        answer = room.page(
            "host/seat.html",
            said=request.cookies.get(SAID, ""),
            seat=Seat[name],
            team=_team(room, table, Seat[name]),
            hints=table.hints[Seat[name]],
            **view(room, table),
        )
    answer.delete_cookie(SAID, path="/host")
    return answer


@_for_host
async def orders(request: Request) -> Response:
    """What one team has drafted or committed: shown while the host holds a button down."""
    room, table = room_of(request), table_of(request)
    name = request.path_params["seat"].upper()
    if name not in Seat.__members__:
        return room.page("missing.html", 404)
    async with room.turning:
        order = room.sight(table).order(Seat[name])
    return room.page("host/orders.html", order=order)


@_for_host
async def report(request: Request) -> Response:
    """The whole debrief, once it has been worked out."""
    room, table = room_of(request), table_of(request)
    found = room.debriefings[table.number].found
    if found is None or table.match.status is not Status.ENDED:
        return room.page("missing.html", 404)
    return whole_report(found.report)


@_for_host
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
        if what == "slips":
            values |= {"orders": {seat: room.sight(table).order(seat) for seat in SEATS}}
        if what == "override":
            values |= {"figures": _figures()}
        answer = room.page(f"host/ask_{what}.html", said=request.cookies.get(SAID, ""), **values)
    answer.delete_cookie(SAID, path="/host")
    return answer


def _figures() -> list[tuple[str, str]]:
    """Every figure that can be set: how it is named, and what it is called. Not what it is."""
    columns = [(name, LABELS.get(name, spec.meaning)) for name, spec in COLUMNS.items()]
    pairs = [
        (f"{name} {pair}", f"{spec.meaning}: {pair}")
        for name, spec in PAIR_COLUMNS.items()
        if name not in AGREED
        for pair in PAIR_NAMES
    ]
    return columns + pairs


@_for_host
async def do(request: Request) -> Response:
    """Does one thing of the facilitator's hand."""
    room, table = room_of(request), table_of(request)
    back, said = f"/host/{table.number}", ""
    try:
        form = await form_of(request)
        if form.get("back", "").startswith("/host/"):
            back = form["back"]
        what = DEEDS.get(form.get("what", ""))
        if what is None:
            raise Refused(t("guard.form"))
        async with room.turning:
            said = await what(room, table, form) or ""
    except (Refused, MatchError, FileError, ClassroomFault) as refused:
        said = str(refused)
        said = said[:1].upper() + said[1:]
    answer = RedirectResponse(back, 303)
    if said:
        answer.set_cookie(
            SAID, _ascii(said), max_age=60, httponly=True, samesite="strict", path="/host"
        )
    return answer


def _ascii(words: str) -> str:
    """A sentence as a cookie can hold it."""
    return words.encode("ascii", "replace").decode().replace(";", ",")[:300]


# --- what the host can do; each returns a sentence where there is one to say

Form = dict[str, str]


async def _begin(room: Room, table: Table, form: Form) -> str:
    minutes = form.get("minutes", "")
    seconds = float(minutes) * MINUTE if minutes.isdigit() and 0 < int(minutes) <= 600 else None
    table.begin(seconds)
    experiment = room.lesson.experiment
    if experiment is not None and experiment.news and experiment.dealt[table.number] == WITH:
        table.match.inject(experiment.news)
    table.log(t("done.begin", minutes=minutes) if seconds else t("done.begin_open"))
    tell_turn(room, table)
    return ""


async def _minute(room: Room, table: Table, form: Form) -> str:
    by = -MINUTE if form.get("by") == "-1" else MINUTE
    table.match.loosen(by)
    table.log(t("done.more" if by > 0 else "done.less"))
    room.lesson.hub.leads(table.number, "clock", "done")
    room.lesson.hub.teams(table.number, "top")
    return ""


async def _length(room: Room, table: Table, form: Form) -> str:
    minutes = form.get("minutes", "")
    if not minutes.isdigit() or int(minutes) > 600:
        raise Refused(t("host.refused.minutes"))
    table.match.limit(float(minutes) * MINUTE or None)
    table.log(t("done.length", minutes=minutes))
    room.lesson.hub.leads(table.number, "clock", "done")
    return ""


async def _pause(room: Room, table: Table, form: Form) -> str:
    table.match.pause()
    return _paused(room, table, "done.pause")


async def _go_on(room: Room, table: Table, form: Form) -> str:
    table.match.go_on()
    return _paused(room, table, "done.go_on")


def _paused(room: Room, table: Table, key: str) -> str:
    table.version += 1
    table.log(t(key))
    tell_turn(room, table)
    return ""


async def _call_time(room: Room, table: Table, form: Form) -> str:
    """Has the late hold, and adjudicates."""
    late = table.match.call_time() if table.match.waiting_for else ()
    await asyncio.to_thread(table.match.advance)
    table.turned(late)
    names = listed([CAPITALS[seat] for seat in late]) if late else ""
    table.log(t("done.time_late", turn=len(table.match.played), late=names) if late
              else t("done.time", turn=len(table.match.played)))  # fmt: skip
    tell_turn(room, table)
    return ""


async def _inject(room: Room, table: Table, form: Form) -> str:
    taken = table.match.inject(form.get("inject", ""))
    title = next(i.title for i in table.match.scenario.injects if i.id == form["inject"])
    return _put_in(room, table, t("done.news", title=title), taken)


async def _own(room: Room, table: Table, form: Form) -> str:
    taken = table.match.inject_own(form.get("title", ""), form.get("words", ""))
    return _put_in(room, table, t("done.news", title=form["title"].strip()), taken)


async def _override(room: Room, table: Table, form: Form) -> str:
    try:
        value = float(form.get("value", ""))
    except ValueError:
        raise Refused(t("host.refused.value")) from None
    figure = form.get("figure", "")
    taken = table.match.override(figure, value, form.get("reason", ""))
    return _put_in(room, table, t("done.override", figure=figure, value=f"{value:g}"), taken)


def _put_in(room: Room, table: Table, words: str, taken: tuple[Seat, ...]) -> str:
    table.version += 1
    table.log(words)
    tell_turn(room, table)
    if not taken:
        return ""
    names = listed([CAPITALS[seat] for seat in taken])
    return t("host.taken_back", names=names)


async def _computer(room: Room, table: Table, form: Form) -> str:
    seat = _seat(form)
    if table.plays(seat):
        table.to_computer(seat)
    table.log(t("done.computer", seat=CAPITALS[seat]))
    tell_turn(room, table)
    return ""


async def _people(room: Room, table: Table, form: Form) -> str:
    seat = _seat(form)
    if not table.plays(seat):
        table.to_people(seat)
    table.log(t("done.people", seat=CAPITALS[seat]))
    tell_turn(room, table)
    return ""


async def _lock(room: Room, table: Table, form: Form) -> str:
    seat = _seat(form)
    table.locked ^= {seat}
    table.keep()
    room.lesson.hub.leads(table.number, "teams")
    return ""


async def _mute(room: Room, table: Table, form: Form) -> str:
    seats = {_seat(form)} if form.get("seat") else set(SEATS)
    table.muted = table.muted - seats if seats <= table.muted else table.muted | seats
    table.log(t("done.mute") if table.muted else t("done.unmute"))
    room.lesson.hub.leads(table.number, "teams", "talk", "done")
    room.lesson.hub.teams(table.number, "channels")
    return ""


async def _hint(room: Room, table: Table, form: Form) -> str:
    seat = _seat(form)
    table.hint(seat, form.get("words", ""))
    table.log(t("done.hint", seat=CAPITALS[seat]))
    room.lesson.hub.teams(table.number, "news", "top", seats=[seat])
    room.lesson.hub.leads(table.number, "done")
    return ""


async def _chair(room: Room, table: Table, form: Form) -> str:
    """Lets another commit: whom the host names, else the first who is there."""
    seat, number = _seat(form), form.get("device", "")
    team = room.lesson.team(table.number, seat)
    named = [d for d in team if str(d.id) == number] if number else []
    awake = [d for d in team if d.is_awake and d.role != CHAIR]
    if not named and not awake:
        raise Refused(t("host.refused.nobody"))
    room.lesson.make_chair((named or awake)[0])
    room.lesson.hub.teams(table.number, "top", "commit", seats=[seat])
    table.log(t("done.chair", seat=CAPITALS[seat]))
    room.lesson.hub.leads(table.number, "teams", "done")
    return ""


async def _move(room: Room, table: Table, form: Form) -> str:
    device = room.lesson.devices.get(int(form.get("device", "0") or 0))
    if device is None or device.table != table.number:
        raise Refused(t("host.refused.nobody"))
    room.lesson.move(device, _seat(form, "to"))
    room.lesson.hub.leads(table.number, "teams")
    return ""


async def _remove(room: Room, table: Table, form: Form) -> str:
    device = room.lesson.devices.get(int(form.get("device", "0") or 0))
    if device is None or device.table != table.number:
        raise Refused(t("host.refused.nobody"))
    room.lesson.remove(device)
    room.lesson.hub.leads(table.number, "teams")
    return ""


async def _undo(room: Room, table: Table, form: Form) -> str:
    turn = len(table.match.played)
    table.match.undo(form.get("reason", ""))
    table.undone()
    table.log(t("done.undo", turn=turn))
    tell_turn(room, table)
    return ""


async def _fork(room: Room, table: Table, form: Form) -> str:
    """A branch in a file of its own, on which the table goes on."""
    path, turn = table.match.path, form.get("turn", "")
    if path is None or not turn.isdigit():
        raise Refused(t("host.refused.turn"))
    target = fork(path, int(turn), free(path))
    match = Match.open(target, room.lesson.cast)
    limit = table.match.clock.limit
    table.moved_to(match)
    if limit is not None and match.status is not Status.ENDED:
        match.limit(limit)
    room.lesson.store.put("match", str(table.number), target.name)
    table.log(t("done.fork", turn=turn, file=target.name))
    tell_turn(room, table)
    return t("host.forked", old=path.name, new=target.name)


async def _end(room: Room, table: Table, form: Form) -> str:
    table.match.end(form.get("reason", "").strip() or t("host.end_reason"))
    table.version += 1
    table.log(t("done.end"))
    tell_turn(room, table)
    return ""


async def _forget(room: Room, table: Table, form: Form) -> str:
    room.lesson.forget_people()
    for one in room.lesson.tables:
        tell_turn(room, one)
    return t("host.forgotten")


async def _data(room: Room, table: Table, form: Form) -> str:
    """Writes the class's decisions down as a table, once everybody has agreed."""
    path = room.lesson.tables[0].match.path
    if path is None or "consent" not in form:
        raise Refused(t("experiment.no_consent"))
    if any(one.match.status is not Status.ENDED for one in room.lesson.tables):
        raise Refused(t("experiment.not_over"))
    data, dictionary = write_data(
        room.lesson.tables, room.lesson.experiment, path.parent, path.stem
    )
    return t("experiment.written", data=data.name, dictionary=dictionary.name)


async def _slip(room: Room, table: Table, form: Form) -> str:
    """What a team has handed in on paper."""
    seat = _seat(form)
    table.enter_slip(seat, read_slip(codes(table.match.scenario, seat), form.get("slip", "")))
    table.log(t("done.slip", seat=CAPITALS[seat]))
    tell_match(room, table)
    room.lesson.hub.leads(table.number, "done")
    return ""


async def _step(room: Room, table: Table, form: Form) -> str:
    """Turns the projector's debrief, a beat on or back."""
    if table.match.status is not Status.ENDED:
        raise Refused(t("host.refused.step"))
    by = -1 if form.get("by") == "-1" else 1
    table.step = max(0, min(table.step + by, len(STEPS) * BEATS))
    table.keep()
    room.lesson.hub.leads(table.number, "board", "head")
    return ""


async def _share(room: Room, table: Table, form: Form) -> str:
    if table.match.status is not Status.ENDED:
        raise Refused(t("host.refused.step"))
    table.shares_report = True
    table.keep()
    room.lesson.hub.leads(table.number, "head")
    room.lesson.hub.teams(table.number, "state")
    return ""


def _seat(form: Form, name: str = "seat") -> Seat:
    given = form.get(name, "")
    if given not in Seat.__members__:
        raise Refused(t("guard.form"))
    return Seat[given]


DEEDS: dict[str, Callable[[Room, Table, Form], Awaitable[str]]] = {
    "begin": _begin,
    "minute": _minute,
    "length": _length,
    "pause": _pause,
    "go_on": _go_on,
    "time": _call_time,
    "inject": _inject,
    "own": _own,
    "override": _override,
    "computer": _computer,
    "people": _people,
    "lock": _lock,
    "mute": _mute,
    "hint": _hint,
    "chair": _chair,
    "move": _move,
    "remove": _remove,
    "undo": _undo,
    "fork": _fork,
    "end": _end,
    "forget": _forget,
    "data": _data,
    "slip": _slip,
    "step": _step,
    "share": _share,
}
