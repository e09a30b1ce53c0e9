"""The host decides who plays: seats, people, and whose orders come on paper."""

from game.rules.seats import SEATS
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
    table.log(t("done.computer", seat=CAPITALS[seat]))
    tell_turn(room, table)
    return ""


async def people(room: Room, table: Table, form: Form) -> str:
    """Gives a seat back to its team."""
    seat = seat_of(form)
    if not table.plays(seat):
        table.to_people(seat)
    table.log(t("done.people", seat=CAPITALS[seat]))
    tell_turn(room, table)
    return ""


async def lock(room: Room, table: Table, form: Form) -> str:
    """Closes a team to newcomers, or opens it."""
    seat = seat_of(form)
    table.locked ^= {seat}
    table.keep()
    room.lesson.hub.leads(table.number, "teams")
    return ""


async def mute(room: Room, table: Table, form: Form) -> str:
    """Mutes a team or all, or lets them write."""
    seats = {seat_of(form)} if form.get("seat") else set(SEATS)
    table.muted = table.muted - seats if seats <= table.muted else table.muted | seats
    table.log(t("done.mute") if table.muted else t("done.unmute"))
    room.lesson.hub.leads(table.number, "teams", "talk", "done")
    room.lesson.hub.teams(table.number, "channels")
    return ""


async def estimate(room: Room, table: Table, form: Form) -> str:
    """Lets a team, or all, read what the staff expects; or no longer."""
    seats = {seat_of(form)} if form.get("seat") else set(SEATS)
    allowed = not seats <= table.estimates
    table.allow_estimates(seats, allowed=allowed)
    names = listed([CAPITALS[seat] for seat in sorted(seats)])
    table.log(t("done.estimate" if allowed else "done.no_estimate", names=names))
    room.lesson.hub.teams(table.number, "staff", seats=seats)
    room.lesson.hub.leads(table.number, "teams", "done")
    return ""


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
        room.lesson.give_role(device, name)
        table.log(told)
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
    room.lesson.move(_device(room, table, form), seat_of(form, "to"))
    room.lesson.hub.leads(table.number, "teams")
    return ""


async def remove(room: Room, table: Table, form: Form) -> str:
    """Makes a device join again."""
    room.lesson.remove(_device(room, table, form))
    room.lesson.hub.leads(table.number, "teams")
    return ""


async def slip(room: Room, table: Table, form: Form) -> str:
    """What a team has handed in on paper."""
    seat = seat_of(form)
    known = codes(table.match.scenario, seat)
    odds, order = read_odds(known, form.get("slip", ""))
    table.enter_slip(seat, read_slip(known, order), odds)
    table.log(t("done.slip", seat=CAPITALS[seat]))
    tell_match(room, table)
    room.lesson.hub.leads(table.number, "done")
    return ""


async def forget(room: Room, table: Table, form: Form) -> str:
    """Removes names and what people wrote."""
    room.lesson.forget_people()
    for one in room.lesson.tables:
        tell_turn(room, one)
    return t("host.forgotten")
