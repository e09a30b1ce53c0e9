"""The host turns the debrief and hands out what came of the game."""

from game.session.match import Status

from ..debriefing import STEPS, beats
from ..experiment import write as write_data
from ..faults import Refused
from ..room import Room
from ..table import Table
from ..texts import t
from ..whole import whole
from .form import Form


async def step(room: Room, table: Table, form: Form) -> str:
    """Turns the projector's debrief, a beat on or back, or to where a step begins."""
    if table.match.status is not Status.ENDED:
        raise Refused(t("host.refused.step"))
    found = room.debriefings[table.number].found
    if found is None:
        raise Refused(t("host.refused.working"))
    by, to = -1 if form.get("by") == "-1" else 1, whole(form.get("to", ""))
    told = beats(found)
    beat = table.step + by
    if to is not None:
        step = STEPS[max(1, min(to, len(STEPS))) - 1]
        beat = told.index(next(one for one in told if one.step == step)) + 1
    table.step = max(0, min(beat, len(told)))
    table.debriefed |= table.step == len(told)
    table.keep()
    room.lesson.hub.leads(table.number, "board", "head", "plan")
    room.lesson.hub.teams(table.number, "state")
    return ""


async def share(room: Room, table: Table, form: Form) -> str:
    """Shows the report on the teams' devices."""
    if table.match.status is not Status.ENDED:
        raise Refused(t("host.refused.step"))
    table.shares_report = table.debriefed = True
    table.keep()
    room.lesson.hub.leads(table.number, "head")
    room.lesson.hub.teams(table.number, "state")
    return ""


async def data(room: Room, table: Table, form: Form) -> str:
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
