"""The host leads the turns: clock, pause, time, undo, fork, end."""

import asyncio
from time import time

from game.rules.seats import SEATS
from game.session.forking import fork as fork_match
from game.session.match import Match, Status
from game.session.places import free
from game.views.names import CAPITALS, listed

from ..experiment import ESTIMATE, NEWS, WITH
from ..faults import Refused
from ..plan import TURNS, Course, plans
from ..room import Room
from ..table import Table
from ..team import tell_turn
from ..texts import t
from ..whole import whole
from .form import Form

MINUTE = 60.0
LONGEST = 600
"""Minutes of a turn, at the most."""


async def begin(room: Room, table: Table, form: Form) -> str:
    """Begins the first turn."""
    plan = plans().get(form.get("plan", ""))
    minutes = form.get("minutes", "") or (str(plan.clock) if plan is not None else "")
    asked = whole(minutes)
    seconds = asked * MINUTE if asked is not None and 0 < asked <= LONGEST else None
    table.begin(seconds, None if plan is None else plan.turns)
    course = room.lesson.course
    if plan is not None and (course is None or course.plan is not plan):
        now = time() - plan.phase(TURNS).start * MINUTE if course is None else course.began
        room.lesson.follow(Course(plan, now))
    experiment = room.lesson.experiment
    if experiment is not None and experiment.dealt[table.number] == WITH:
        if experiment.kind == NEWS:
            table.match.inject(experiment.what)
        if experiment.kind == ESTIMATE:
            table.allow_estimates(SEATS, allowed=True)
    table.log(t("done.begin", minutes=minutes) if seconds else t("done.begin_open"))
    tell_turn(room, table)
    return ""


async def lesson(room: Room, table: Table, form: Form) -> str:
    """The lesson begins: from now on the host sees where the class stands in its plan."""
    plan = plans().get(form.get("plan", ""))
    room.lesson.follow(None if plan is None else Course(plan, time()))
    for one in room.lesson.tables:
        room.lesson.hub.leads(one.number, "plan")
    return ""


async def minute(room: Room, table: Table, form: Form) -> str:
    """A minute more or less."""
    by = -MINUTE if form.get("by") == "-1" else MINUTE
    table.match.loosen(by)
    other = {"what": "minute", "by": "-1" if by > 0 else "1"}
    table.log(t("done.more" if by > 0 else "done.less"), "minute", other, this_turn=True)
    room.lesson.hub.leads(table.number, "clock", "done")
    room.lesson.hub.teams(table.number, "top")
    return ""


async def length(room: Room, table: Table, form: Form) -> str:
    """Sets how long a turn takes."""
    minutes = whole(form.get("minutes", ""))
    if minutes is None or minutes > LONGEST:
        raise Refused(t("host.refused.minutes"))
    before = table.match.clock.limit or 0.0
    table.match.limit(minutes * MINUTE or None)
    back = {"what": "length", "minutes": f"{before / MINUTE:.0f}"}
    table.log(t("done.length", minutes=minutes), "length", back)
    room.lesson.hub.leads(table.number, "clock", "done")
    return ""


async def pause(room: Room, table: Table, form: Form) -> str:
    """Pauses every screen."""
    table.match.pause()
    return _paused(room, table, "done.pause", back={"what": "go_on"})


async def go_on(room: Room, table: Table, form: Form) -> str:
    """Lifts a pause, or opens a game that was ended early: then all of its turns are played."""
    if table.match.status is Status.ENDED:
        table.planned = None
        return await reopen(room, table, form)
    table.match.go_on()
    return _paused(room, table, "done.go_on", back={"what": "pause"})


def _paused(
    room: Room, table: Table, key: str, of: str = "pause", back: dict[str, str] | None = None
) -> str:
    table.version += 1
    table.log(t(key), of, back)
    tell_turn(room, table)
    return ""


async def call_time(room: Room, table: Table, form: Form) -> str:
    """Has the late hold, and adjudicates."""
    late = table.match.call_time() if table.match.waiting_for else ()
    await asyncio.to_thread(table.match.advance)
    table.turned(late)
    names = listed([CAPITALS[seat] for seat in late]) if late else ""
    turn = len(table.match.played)
    told = t("done.time_late", turn=turn, late=names) if late else t("done.time", turn=turn)
    table.log(told, "turn", {"what": "undo"})
    if table.end_as_planned():
        table.log(t("done.end"))
    tell_turn(room, table)
    return ""


async def undo(room: Room, table: Table, form: Form) -> str:
    """Takes the last turn back."""
    turn = len(table.match.played)
    table.match.undo(form.get("reason", ""))
    table.undone()
    table.log(t("done.undo", turn=turn))
    tell_turn(room, table)
    return ""


async def fork(room: Room, table: Table, form: Form) -> str:
    """A branch in a file of its own, on which the table goes on."""
    path, turn = table.match.path, whole(form.get("turn", ""))
    if path is None or turn is None:
        raise Refused(t("host.refused.turn"))
    target = fork_match(path, turn, free(path))
    match = Match.open(target, room.lesson.cast)
    limit = table.match.clock.limit
    table.moved_to(match)
    if limit is not None and match.status is not Status.ENDED:
        match.limit(limit)
    room.lesson.store.put("match", str(table.number), target.name)
    table.log(t("done.fork", turn=turn, file=target.name))
    tell_turn(room, table)
    return t("host.forked", old=path.name, new=target.name)


async def end(room: Room, table: Table, form: Form) -> str:
    """Ends the game for the debrief."""
    table.match.end(form.get("reason", "").strip() or t("host.end_reason"))
    table.version += 1
    table.log(t("done.end"), "end", {"what": "reopen"})
    tell_turn(room, table)
    return ""


async def reopen(room: Room, table: Table, form: Form) -> str:
    """Takes back that the game was ended: the plan still holds."""
    table.match.go_on()
    table.debriefed = False
    return _paused(room, table, "done.reopen", "end")
