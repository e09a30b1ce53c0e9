"""A team's pages: Briefing, News, Talk, Orders, Rules; and what its members do there."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from game.futures.consequences import FUTURES, TURNS
from game.rules.seats import Seat
from game.session.errors import FileError, MatchError
from game.session.match import Status
from game.views.names import counted
from game.views.offers import told_order

from .drafts import PARTS, read_part
from .faults import ClassroomFault, Refused
from .guesses import Guess, Secrets, read_guess
from .people import Device
from .room import (
    Room,
    asks_for_part,
    device_of,
    done,
    form_of,
    room_of,
    sentence_for_script,
    whole_report,
)
from .seen import LINES, awaited, so_far, state_of
from .table import Overtaken, Table
from .talk import Channel, channel_key, channels
from .texts import t
from .whole import whole

LEAVES = ("briefing", "news", "talk", "orders", "rules")
PARTIAL = ("top", "state", "briefing", "news", "deals", "deal_form", "messages", "channels",
           "orders", "sentence", "part-deed", "part-word", "part-whisper", "part-predict", "staff",
           "commit", "lately")  # fmt: skip
"""Parts of a team's page that are sent anew when they change."""
ON_HOST = ("teams", "clock", "board", "head", "plan", "branch", "news", "done", "talk")
"""Parts of the host's and the projector's pages that a new turn changes."""
ON_DRAFT = (
    "sentence",
    "deals",
    "lately",
    "part-deed",
    "part-word",
    "part-whisper",
    "staff",
    "commit",
)
DEALS = ("deals", "deal_form")
ON_TURN = ("top", "state", "lately", "briefing", "news", *DEALS, "orders", "messages", "channels")


def view(room: Room, table: Table, device: Device, channel: Channel) -> dict[str, Any]:
    """What the parts of a page are made of. Nothing in it is what the seat may not know."""
    sight = room.sight(table)
    seat = device.seat
    return {
        "device": device,
        "seat": seat,
        "seen": sight.of(seat),
        "order": sight.order(seat),
        "lately": so_far(sight, seat),
        "shared": table.drafts[seat],
        "state": state_of(table, seat),
        "report": table.shares_report and room.debriefings[table.number].found is not None,
        "taken_back": table.taken_back,
        "news_waits": bool(table.match.played) and device.news_of != table.match.turn,
        "held": seat in table.held,
        "begun": table.begun,
        "staff": _staff(room, table, seat),
        "awaited": awaited(table),
        "injects": table.match.news,
        "hints": [words for turn, words in table.hints[seat] if turn == table.match.turn],
        "prologue": table.match.scenario.prologue,
        "title": table.match.scenario.title,
        "scenario": table.match.scenario,
        "editors": {part: _names(room, table, device, part) for part in PARTS},
        "may_commit": room.lesson.may_commit(device),
        "team": room.lesson.team(table.number, seat),
        "mine": table.predictions.get((device.id, table.match.turn), {}),
        "guess": table.guesses.get(device.id, Guess()),
        "secrets": Secrets.of(table.match.scenario, seat),
        "channel": channel,
        "channels": [(one, channel_key(one), _new(table, device, one)) for one in channels(seat)],
        "messages": table.read_by(seat, channel),
        "muted": seat in table.muted,
        "new": sum(_new(table, device, one) for one in channels(seat)),
        "table": table,
        "lines": LINES,
        "key": channel_key(channel),
    }


def _staff(room: Room, table: Table, seat: Seat) -> dict[str, Any] | None:
    """What the staff says of the draft; None where the host does not allow it."""
    if seat not in table.estimates:
        return None
    staffs, order = room.staffs[table.number], table.order(seat)
    advice = staffs.of(seat, order)
    ahead = len(table.match.scenario.turns) - table.match.state.turn
    return {
        "coming": advice is None and not staffs.fault,
        "fault": staffs.fault,
        "counsel": None if advice is None else advice.get(order.deed),
        "judged": staffs.judged(seat),
        "futures": FUTURES,
        "ahead": counted(min(TURNS, ahead), "turn"),
    }


def _names(room: Room, table: Table, device: Device, part: str) -> list[str]:
    """Who else edits a part now, as the team calls them."""
    ids = table.drafts[device.seat].editors(part, but=device.id)
    others = (room.lesson.devices.get(one) for one in ids)
    return [one.nick or t(f"roles.{one.role}") for one in others if one is not None]


def _new(table: Table, device: Device, channel: Channel) -> int:
    read = device.read.get(channel_key(channel), 0)
    own = table.read_by(device.seat, channel)
    return sum(message.n > read and message.sender is not device.seat for message in own)


def channel_called(seat: Seat, key: str) -> Channel:
    """The seat's channel of that key; that to all where there is none."""
    known = {channel_key(channel): channel for channel in channels(seat)}
    return known.get(key, channels(seat)[1])


def parts_of_page(
    room: Room, table: Table, device: Device, channel: Channel, names: Sequence[str]
) -> list[str]:
    """Parts of a team's page as they are now."""
    values = view(room, table, device, channel) if names else {}
    return [room.render(f"team/{name}.html", **values) for name in names]


async def leaf(request: Request) -> Response:
    """A team's page, with one leaf in front."""
    room, device = room_of(request), device_of(request)
    if device is None:
        return RedirectResponse("/", 303)
    name = request.path_params["leaf"]
    if name not in LEAVES:
        return room.page("missing.html", 404)
    async with room.turning:
        table = room.lesson.table(device.table)
        channel = channel_called(device.seat, request.query_params.get("with", ""))
        said, device.said = device.said, ""
        told, device.told = device.told, ""
        if name == "talk":
            read(table, device, channel)
        if name == "news":
            device.news_of = table.match.turn
        values = view(room, table, device, channel)
        return room.page("team/page.html", leaf=name, leaves=LEAVES, said=said, told=told, **values)


def read(table: Table, device: Device, channel: Channel) -> None:
    """Notes that a device has seen a channel."""
    own = table.read_by(device.seat, channel)
    if own:
        device.read[channel_key(channel)] = own[-1].n


async def report(request: Request) -> Response:
    """The whole debrief, once the game is over and the host has shown it."""
    room, device = room_of(request), device_of(request)
    if device is None:
        return RedirectResponse("/", 303)
    table = room.lesson.table(device.table)
    found = room.debriefings[table.number].found
    over = table.match.status is Status.ENDED
    if found is None or not over or not table.shares_report:
        return room.page("missing.html", 404)
    return whole_report(found.report)


async def sofar(request: Request) -> Response:
    """A late joiner's page."""
    room, device = room_of(request), device_of(request)
    if device is None:
        return RedirectResponse("/", 303)
    async with room.turning:
        table = room.lesson.table(device.table)
        values = view(room, table, device, channels(device.seat)[1])
        return room.page("team/sofar.html", **values)


async def change(request: Request) -> Response:
    """Changes a part of the draft."""
    room, device = room_of(request), device_of(request)
    if device is None:
        return _gone(request)
    part = request.path_params["part"]
    back = f"/team/orders#part-{part}"
    try:
        form = await form_of(request)
        if part not in PARTS:
            raise Refused(t("guard.form"))
        try:
            values, base = read_part(part, form), int(form.get("base", "0"))
        except (KeyError, ValueError):
            raise Refused(t("orders.refused.nothing")) from None
        async with room.turning:
            table = room.lesson.table(device.table)
            try:
                table.set_part(device, part, values, base, anyway="anyway" in form)
            except Overtaken as overtaken:
                return _two_at_once(request, room, table, device, overtaken, form)
            tell_draft(room, table, device.seat)
    except (Refused, MatchError, FileError, ClassroomFault) as refused:
        return _refused(request, device, refused, back)
    return done(request, back)


def _two_at_once(
    request: Request,
    room: Room,
    table: Table,
    device: Device,
    overtaken: Overtaken,
    form: dict[str, str],
) -> Response:
    values = view(room, table, device, channels(device.seat)[1])
    fields = {name: value for name, value in form.items() if name not in ("base", "anyway")}
    book, part = table.match.scenario.setting.rulebook, overtaken.part
    mine = told_order(book, device.seat, replace(table.order(device.seat), **read_part(part, form)))
    order = values["order"].order
    values |= {"part": part, "by": overtaken.by, "fields": fields}
    values |= {"now": getattr(order, part), "mine": getattr(mine, part)}
    if asks_for_part(request):
        answer = room.page("team/two.html", **values)
        answer.headers["hx-retarget"] = "#said"
        answer.headers["hx-reswap"] = "innerHTML"
        return answer
    return room.page("team/two_page.html", 409, **values)


def tell_draft(room: Room, table: Table, seat: Seat) -> None:
    """Tells a team, and the host that something changed."""
    room.lesson.hub.teams(table.number, *ON_DRAFT, seats=[seat])
    room.lesson.hub.leads(table.number, "teams")


async def editing(request: Request) -> Response:
    """Notes that a member has a part open."""
    room, device = room_of(request), device_of(request)
    part = request.path_params["part"]
    if device is None or part not in PARTS:
        return _gone(request)
    table = room.lesson.table(device.table)
    if table.drafts[device.seat].edits(device.id, part):
        room.lesson.hub.teams(table.number, f"part-{part}", seats=[device.seat])
    return Response(status_code=204)


async def commit(request: Request) -> Response:
    """Commits the draft: the chair, once it has been looked at as it is."""

    def act(room: Room, table: Table, device: Device, form: dict[str, str]) -> None:
        version = whole(form.get("version", ""))
        others = sorted({n for part in PARTS for n in _names(room, table, device, part)})
        if others and "sure" not in form:
            raise Refused(t("team.refused.editing", who=", ".join(others)))
        table.commit(device.seat, -1 if version is None else version)

    return await _by_the_chair(request, act)


async def take_back(request: Request) -> Response:
    """Takes the commitment back, as long as time was not called."""

    def act(_room: Room, table: Table, device: Device, _form: dict[str, str]) -> None:
        table.take_back(device.seat)

    return await _by_the_chair(request, act)


async def _by_the_chair(
    request: Request, act: Callable[[Room, Table, Device, dict[str, str]], None]
) -> Response:
    """Does what is for the chair alone to do with the orders, by the form that was sent."""
    room, device = room_of(request), device_of(request)
    if device is None:
        return _gone(request)
    try:
        form = await form_of(request)
        async with room.turning:
            table = room.lesson.table(device.table)
            if not room.lesson.may_commit(device):
                raise Refused(t("team.refused.chair"))
            act(room, table, device, form)
            tell_match(room, table)
    except (Refused, MatchError, FileError, ClassroomFault) as refused:
        return _refused(request, device, refused, "/team/orders")
    return done(request, "/team/orders")


async def say(request: Request) -> Response:
    """Writes to seats."""
    room, device = room_of(request), device_of(request)
    if device is None:
        return _gone(request)
    key = ""
    try:
        form = await form_of(request)
        table = room.lesson.table(device.table)
        channel = channel_called(device.seat, form.get("with", ""))
        key = channel_key(channel)
        table.say(device, channel, form.get("say", ""))
        room.lesson.hub.teams(table.number, "messages", "channels", seats=channel)
        room.lesson.hub.leads(table.number, "talk")
    except (Refused, ClassroomFault) as refused:
        return _refused(request, device, refused, f"/team/talk?with={key}")
    return done(request, f"/team/talk?with={key}#last")


async def predict(request: Request) -> Response:
    """Notes what one member expects."""
    room, device = room_of(request), device_of(request)
    if device is None:
        return _gone(request)
    try:
        form = await form_of(request)
        table = room.lesson.table(device.table)
        odds = dict[Seat, float]()
        for rival in device.seat.rivals:
            given = form.get(rival.name, "")
            hundredths = whole(given)
            if hundredths is not None and hundredths <= 100:
                odds[rival] = hundredths / 100
            elif given:
                raise Refused(t("predict.refused"))
        guess = read_guess(form, Secrets.of(table.match.scenario, device.seat))
        table.predict(device, odds, guess)
        room.lesson.hub.device(device.id, "part-predict")
    except (Refused, ClassroomFault) as refused:
        return _refused(request, device, refused, "/team/orders#predict")
    if asks_for_part(request):
        return sentence_for_script(t("predict.noted"), is_fault=False)
    device.told = t("predict.noted")
    return done(request, "/team/orders")


def tell_match(room: Room, table: Table) -> None:
    """Tells everybody at a table that the match has changed."""
    room.lesson.hub.teams(
        table.number, "top", "state", "lately", *DEALS, "sentence", "commit", "orders"
    )
    room.lesson.hub.leads(table.number, "teams", "clock", "board", "head")


def tell_turn(room: Room, table: Table) -> None:
    """Tells everybody at a table that there is another turn, or none."""
    room.lesson.hub.teams(table.number, *ON_TURN)
    room.lesson.hub.leads(table.number, *ON_HOST)


def _refused(request: Request, device: Device, why: Exception, back: str) -> Response:
    words = str(why)
    words = words[:1].upper() + words[1:]
    if words and words[-1] not in ".?!":
        words += "."
    if asks_for_part(request):
        return sentence_for_script(words)
    device.said = words
    return RedirectResponse(back, 303)


def _gone(request: Request) -> Response:
    """For a device that the class does not know (any more)."""
    if asks_for_part(request):
        return Response(status_code=204, headers={"hx-redirect": "/"})
    return RedirectResponse("/", 303)
