"""The host decides who plays: seats, people, and whose orders come on paper."""

from game.rules.seats import SEATS, Seat
from game.views.names import CAPITALS, listed

from ..faults import Refused
from ..papers import codes
from ..people import CHAIR, ROLES, Device
from ..room import Room
from ..slips import read_odds, read_slip
from ..table import Table
from ..team import tell_match, tell_turn
from ..texts import t
from ..whole import whole
from .form import Form, seat_of


async def computer(room: Room, table: Table, form: Form) -> str:
    """Has the computer play a seat."""
    seat = seat_of(form)
    if table.plays(seat):
        table.to_computer(seat)
    back = {"what": "people", "seat": seat.name}
    table.log(t("done.computer", seat=CAPITALS[seat]), f"seat {seat.name}", back)
    tell_turn(room, table)
    return ""


async def people(room: Room, table: Table, form: Form) -> str:
    """Gives a seat back to its team."""
    seat = seat_of(form)
    if not table.plays(seat):
        table.to_people(seat)
    back = {"what": "computer", "seat": seat.name}
    table.log(t("done.people", seat=CAPITALS[seat]), f"seat {seat.name}", back)
    tell_turn(room, table)
    return ""


async def lock(room: Room, table: Table, form: Form) -> str:
    """Closes a team to newcomers, or opens it."""
    seat = seat_of(form)
    table.locked ^= {seat}
    told = t("done.lock" if seat in table.locked else "done.unlock", seat=CAPITALS[seat])
    table.log(told, f"lock {seat.name}", {"what": "lock", "seat": seat.name})
    room.lesson.hub.leads(table.number, "teams", "done")
    return ""


async def mute(room: Room, table: Table, form: Form) -> str:
    """Mutes a team or all, or lets them write."""
    return _muted(room, table, *_asked(form, table.muted))


async def unmute(room: Room, table: Table, form: Form) -> str:
    """Takes back that some were muted, or let write."""
    return _muted(room, table, *_asked_back(form, "muted"))


def _muted(room: Room, table: Table, seats: set[Seat], muted: bool) -> str:
    back = _way_back("unmute", "muted", seats, table.muted, muted)
    table.muted = table.muted | seats if muted else table.muted - seats
    table.log(t("done.mute" if muted else "done.unmute", names=_names(seats)), "mute", back)
    room.lesson.hub.leads(table.number, "teams", "talk", "done")
    room.lesson.hub.teams(table.number, "channels")
    return ""


async def estimate(room: Room, table: Table, form: Form) -> str:
    """Lets a team, or all, read what the staff expects; or no longer."""
    return _allowed(room, table, *_asked(form, table.estimates))


async def estimate_back(room: Room, table: Table, form: Form) -> str:
    """Takes back that some may read what their staff expects, or may not."""
    return _allowed(room, table, *_asked_back(form, "allowed"))


def _allowed(room: Room, table: Table, seats: set[Seat], allowed: bool) -> str:
    back = _way_back("estimate", "allowed", seats, table.estimates, allowed)
    table.allow_estimates(seats, allowed=allowed)
    told = t("done.estimate" if allowed else "done.no_estimate", names=_names(seats))
    table.log(told, "estimate", back)
    room.lesson.hub.teams(table.number, "staff", seats=seats)
    room.lesson.hub.leads(table.number, "teams", "done")
    return ""


def _asked(form: Form, having: set[Seat]) -> tuple[set[Seat], bool]:
    """A team or all, and whether they are to have what not all of them have."""
    seats = {seat_of(form)} if form.get("seat") else set(SEATS)
    return seats, not seats <= having


def _way_back(what: str, name: str, seats: set[Seat], having: set[Seat], on: bool) -> Form:
    """The form that gives back, or takes, what has been taken from seats, or given."""
    changed = seats - having if on else seats & having
    whose = " ".join(seat.name for seat in changed)
    return {"what": what, "seats": whose, name: "" if on else "1"}


def _asked_back(form: Form, name: str) -> tuple[set[Seat], bool]:
    """What such a form says."""
    return {Seat[seat] for seat in form["seats"].split()}, bool(form.get(name))


def _names(seats: set[Seat]) -> str:
    return listed([CAPITALS[seat] for seat in sorted(seats)])


async def chair(room: Room, table: Table, form: Form) -> str:
    """Lets another commit: the first who is there."""
    seat = seat_of(form)
    team = room.lesson.team(table.number, seat)
    awake = next((d for d in team if d.is_awake and d.role != CHAIR), None)
    if awake is None:
        raise Refused(t("host.refused.nobody"))
    return _given(room, table, awake, CHAIR, t("done.chair", seat=CAPITALS[seat]))


async def role(room: Room, table: Table, form: Form) -> str:
    """Gives somebody a role in the team."""
    device, name = _device(room, table, form), form.get("role", "")
    if name not in ROLES:
        raise Refused(t("guard.form"))
    told = t("done.role", seat=CAPITALS[device.seat], role=t(f"roles.{name}"))
    return _given(room, table, device, name, told)


def _given(room: Room, table: Table, device: Device, name: str, told: str) -> str:
    if device.role != name:
        back = {"what": "role", "device": str(device.id), "role": device.role}
        room.lesson.give_role(device, name)
        table.log(told, f"role {device.seat.name}", back)
    room.lesson.hub.teams(table.number, "top", "commit", seats=[device.seat])
    room.lesson.hub.leads(table.number, "teams", "done")
    return ""


def _device(room: Room, table: Table, form: Form) -> Device:
    """Whom a form names of a table's people.

    Raises:
        Refused: nobody of them.
    """
    device = room.lesson.devices.get(whole(form.get("device", "")) or 0)
    if device is None or device.table != table.number:
        raise Refused(t("host.refused.nobody"))
    return device


async def move(room: Room, table: Table, form: Form) -> str:
    """Moves somebody to another team."""
    device, to = _device(room, table, form), seat_of(form, "to")
    back = {"what": "move", "device": str(device.id), "to": device.seat.name}
    told = t("done.move", seat=CAPITALS[device.seat], to=CAPITALS[to])
    room.lesson.move(device, to)
    table.log(told, f"device {device.id}", back)
    room.lesson.hub.leads(table.number, "teams", "done")
    return ""


async def remove(room: Room, table: Table, form: Form) -> str:
    """Makes a device join again."""
    device = _device(room, table, form)
    room.lesson.remove(device)
    table.log(t("done.remove", seat=CAPITALS[device.seat]), f"device {device.id}")
    room.lesson.hub.leads(table.number, "teams", "done")
    return ""


async def slip(room: Room, table: Table, form: Form) -> str:
    """What a team has handed in on paper."""
    seat = seat_of(form)
    known = codes(table.match.scenario, seat)
    try:
        odds, order = read_odds(known, form.get("slip", ""))
        table.enter_slip(seat, read_slip(known, order), odds)
    except Refused as refused:
        raise Refused(t("slip.refused.whose", seat=CAPITALS[seat], why=refused)) from None
    back = {"what": "no_slip", "seat": seat.name}
    table.log(t("done.slip", seat=CAPITALS[seat]), f"slip {seat.name}", back, this_turn=True)
    return _entered(room, table)


async def no_slip(room: Room, table: Table, form: Form) -> str:
    """Takes back what a team has handed in on paper."""
    seat = seat_of(form)
    table.take_back(seat)
    table.log(t("done.no_slip", seat=CAPITALS[seat]), f"slip {seat.name}")
    return _entered(room, table)


def _entered(room: Room, table: Table) -> str:
    tell_match(room, table)
    room.lesson.hub.leads(table.number, "done")
    return ""


async def keep(room: Room, table: Table, form: Form) -> str:
    """Keeps names and what people wrote once the lesson is over, or lets them go then."""
    room.lesson.keep_people("keeps" in form)
    return t("host.keeps" if room.lesson.keeps_people else "host.lets_go")


async def forget(room: Room, table: Table, form: Form) -> str:
    """Removes names and what people wrote."""
    room.lesson.forget_people()
    for one in room.lesson.tables:
        tell_turn(room, one)
    return t("host.forgotten")
