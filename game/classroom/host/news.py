"""The host puts news, figures and hints into the game."""

import json

from game.rules.seats import Seat
from game.session.events import MOST_NAME
from game.views.names import CAPITALS, listed

from ..faults import Refused
from ..room import Room
from ..table import Table
from ..team import tell_turn
from ..texts import t
from .form import Form, seat_of


async def inject(room: Room, table: Table, form: Form) -> str:
    """Sends prepared news."""
    before = table.match.state
    taken = table.match.inject(form.get("inject", ""))
    sent = next(i for i in table.match.scenario.injects if i.id == form["inject"])
    undone = {
        name: float(getattr(before, name)[0]) - float(getattr(table.match.state, name)[0])
        for name in sent.effects
    }
    back = {"what": "correct", "title": sent.title, "effects": json.dumps(undone)}
    return _put_in(room, table, t("done.news", title=sent.title), taken, back)


async def own(room: Room, table: Table, form: Form) -> str:
    """Sends news of the host's own."""
    taken = table.match.inject_own(form.get("title", ""), form.get("words", ""))
    title = form["title"].strip()
    back = {"what": "correct", "title": title, "effects": "{}"}
    return _put_in(room, table, t("done.news", title=title), taken, back)


async def override(room: Room, table: Table, form: Form) -> str:
    """Sets a figure."""
    try:
        value = float(form.get("value", ""))
    except ValueError:
        raise Refused(t("host.refused.value")) from None
    figure = form.get("figure", "")
    taken = table.match.override(figure, value, form.get("reason", ""))
    was = table.match.match_state.overrides[-1].was
    back = {"what": "restore", "figure": figure, "value": repr(was)}
    told = t("done.override", figure=figure, value=f"{value:g}")
    return _put_in(room, table, told, taken, back, of=f"figure {figure}")


async def restore(room: Room, table: Table, form: Form) -> str:
    """Sets a figure to what it was before the host set it. What that is stays covered."""
    figure = form["figure"]
    taken = table.match.override(figure, float(form["value"]), t("done.restore_reason"))
    return _put_in(room, table, t("done.restore", figure=figure), taken, of=f"figure {figure}")


async def correct(room: Room, table: Table, form: Form) -> str:
    """Takes news back: everybody has read them, and reads so; what they did goes."""
    title, effects = form["title"], json.loads(form["effects"])
    words = t("news.taken_back_text", title=title)
    taken = table.match.inject_own(t("news.taken_back", title=title)[:MOST_NAME], words, effects)
    return _put_in(room, table, t("done.correct", title=title), taken, of=form["of"])


def _put_in(
    room: Room,
    table: Table,
    words: str,
    taken: tuple[Seat, ...],
    back: dict[str, str] | None = None,
    of: str = "",
) -> str:
    table.version += 1
    of = of or f"news {len(table.match.match_state.injects)}"
    table.log(words, of, back and back | {"of": of}, this_turn=True)
    tell_turn(room, table)
    if not taken:
        return ""
    names = listed([CAPITALS[seat] for seat in taken])
    return t("host.taken_back", names=names)


async def hint(room: Room, table: Table, form: Form) -> str:
    """Tells one team something."""
    seat = seat_of(form)
    table.hint(seat, form.get("words", ""))
    of, back = f"hint {seat.name}", {"what": "no_hint", "seat": seat.name}
    table.log(t("done.hint", seat=CAPITALS[seat]), of, back, this_turn=True)
    return _hinted(room, table, seat)


async def no_hint(room: Room, table: Table, form: Form) -> str:
    """Takes the last hint to a team back."""
    seat = seat_of(form)
    table.take_hint_back(seat)
    table.log(t("done.no_hint", seat=CAPITALS[seat]), f"hint {seat.name}")
    return _hinted(room, table, seat)


def _hinted(room: Room, table: Table, seat: Seat) -> str:
    room.lesson.hub.teams(table.number, "news", "top", seats=[seat])
    room.lesson.hub.leads(table.number, "done")
    return ""
