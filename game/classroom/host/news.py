"""The host puts news, figures and hints into the game."""

from game.rules.seats import Seat
from game.views.names import CAPITALS, listed

from ..faults import Refused
from ..room import Room
from ..table import Table
from ..team import tell_turn
from ..texts import t
from .form import Form, seat_of


async def inject(room: Room, table: Table, form: Form) -> str:
    """Sends prepared news."""
    taken = table.match.inject(form.get("inject", ""))
    title = next(i.title for i in table.match.scenario.injects if i.id == form["inject"])
    return _put_in(room, table, t("done.news", title=title), taken)


async def own(room: Room, table: Table, form: Form) -> str:
    """Sends news of the host's own."""
    taken = table.match.inject_own(form.get("title", ""), form.get("words", ""))
    return _put_in(room, table, t("done.news", title=form["title"].strip()), taken)


async def override(room: Room, table: Table, form: Form) -> str:
    """Sets a figure."""
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


async def hint(room: Room, table: Table, form: Form) -> str:
    """Tells one team something."""
    seat = seat_of(form)
    table.hint(seat, form.get("words", ""))
    table.log(t("done.hint", seat=CAPITALS[seat]))
    room.lesson.hub.teams(table.number, "news", "top", seats=[seat])
    room.lesson.hub.leads(table.number, "done")
    return ""
