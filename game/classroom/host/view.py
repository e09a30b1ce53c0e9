"""What the host's page is made of."""

from collections.abc import Sequence
from typing import Any

from game.rules.orders import HOLD
from game.rules.seats import SEATS, Seat
from game.session.match import Status
from game.views.handbook.amounts import change as change_told
from game.views.handbook.amounts import label

from ..debriefing import beats, report_path
from ..people import ASLEEP, CHAIR
from ..room import Room
from ..seen import awaited, work_of
from ..table import Done, Table
from ..texts import t
from ..wall import debrief_view

PARTS = ("head", "plan", "branch", "teams", "talk", "news", "done", "joined")
"""Parts of the page that are sent anew when they change."""
MOST_TALK = 30
MOST_SHOWN = 12
"""Things that the host did, on the page."""


def view(room: Room, table: Table) -> dict[str, Any]:
    """What the page is made of. What a team has ordered is not in it; it is asked for apart."""
    match, lesson = table.match, room.lesson
    on = match.status is not Status.ENDED
    found = room.debriefings[table.number].found
    sent = {event.inject for event in match.match_state.injects if event.inject}
    return {
        "table": table,
        "match": match,
        "scenario": match.scenario,
        "on": on,
        "state": match.status.name.lower(),
        "waiting": list(match.waiting_for) if on else [],
        "teams": [team_row(room, table, seat) for seat in SEATS],
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
        "done": _done(table),
        "played": len(match.played),
        "debrief": debrief_view(room, table),
        "shows": _shown(room, table),
        "debriefing": room.debriefings[table.number],
        "report_name": report_path(match.path).name if match.path else "",
        "last_step": 0 if found is None else len(beats(found)),
        "course": course_view(room, table),
        "wall": f"/wall/{lesson.wall_key}/{table.number}",
    }


def _done(table: Table) -> list[tuple[int, Done, str]]:
    """What the host did last, the newest first: its number, itself, and what takes it back."""
    numbers = range(len(table.done) - 1, max(-1, len(table.done) - 1 - MOST_SHOWN), -1)
    return [(n, table.done[n], (table.way_back(n) or {}).get("what", "")) for n in numbers]


def _shown(room: Room, table: Table) -> str:
    """What the projector shows: the end of a text's key."""
    if table.match.status is Status.ENDED:
        return "over" if debrief_view(room, table) is None else "debrief"
    return "turn" if table.started or table.match.played else "lobby"


def _effects(effects: dict[str, float]) -> str:
    return "; ".join(f"{label(name)} {change_told(name, by)}" for name, by in effects.items())


def course_view(room: Room, table: Table) -> dict[str, Any] | None:
    """Where the class stands in its plan; None where it follows none."""
    course = room.lesson.course
    if course is None:
        return None
    plan, minute, match = course.plan, course.minute, table.match
    begun = table.started or bool(match.played)
    stands = minute, match.turn if begun else 0, _debriefed(room, table)
    return {
        "plan": plan,
        "minute": minute,
        "now": plan.where(*stands),
        "due": plan.at(minute),
        "behind": plan.behind(*stands),
        "is_over": minute >= plan.minutes,
    }


def _debriefed(room: Room, table: Table) -> float | None:
    """How much of the debrief was shown, 0 to 1; None as long as the game is on."""
    if table.match.status is not Status.ENDED:
        return None
    found = room.debriefings[table.number].found
    return 0.0 if found is None else min(1.0, table.step / len(beats(found)))


def team_row(room: Room, table: Table, seat: Seat) -> dict[str, Any]:
    """What is shown of one team: who is there, and how far its orders are."""
    devices = room.lesson.team(table.number, seat)
    chair = room.lesson.holder(table.number, seat, CHAIR)
    shared = table.drafts[seat]
    return {
        "seat": seat,
        "state": work_of(table, seat),
        "kept": seat in table.held and not shared.touched and shared.draft.order != HOLD,
        "devices": devices,
        "awake": sum(device.is_awake for device in devices),
        "touched": [t(f"orders.part.{part}") for part in shared.touched],
        "chair": chair,
        "chair_asleep": int(chair.asleep_for // ASLEEP)
        if chair is not None and chair.asleep_for >= ASLEEP
        else None,
        "locked": seat in table.locked,
        "muted": seat in table.muted,
        "estimate": seat in table.estimates,
    }


def parts_of_page(room: Room, table: Table, names: Sequence[str]) -> list[str]:
    """Parts of the page as they are now."""
    values = view(room, table) if names else {}
    return [room.render(f"host/{name}.html", **values) for name in names]
