"""The projector: a page of its own that is read only, made of what everybody may see."""

from collections.abc import Sequence
from functools import lru_cache
from math import ceil
from typing import Any, NamedTuple

import segno
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from game.rules.seats import SEATS, Seat
from game.session.events import Injected
from game.session.match import Status
from game.views.news import NewsItem
from game.views.summary import day

from . import keys
from .debriefing import STEPS, Row, beats, on_page
from .faults import Refused
from .leaning import leanings
from .room import Room, room_of
from .seen import PEAK
from .table import Table
from .texts import t

PARTS = ("board",)
"""Parts of the page that are sent anew when they change."""
BEHIND = ("toll", "politics", "line")
"""Kinds of news that stand behind what was done and said: first come the deeds themselves."""
ROOM = 7.1
"""Lines of news, high in rem, for which there is room beside the ladder on a screen of 16 to 9."""


WHOLE, HALF = 84, 36
"""Letters that stand in a line of a step's rows, across the screen or beside a chart."""
SIZES = {"large": 1.5, "few": 1.25, "": 1.0}
"""How large the letters of rows are, by their class, against the least that is read from afar."""
HIGH = 19.5
"""What rows may be high, in rem."""
MANY = 7
MOST_ACTS_TO_ASK = 3
"""With so many uses of force there is room for a question below."""


class Line(NamedTuple):
    """A line of public news."""

    head: str
    text: str
    by: Seat | None
    peak: bool

    @property
    def height(self) -> float:
        """In rem, at the least room that a screen leaves in breadth."""
        letters, lead = (88, 1.5625) if self.peak else (108, 1.25)
        return 0.3 + lead * ceil((len(self.head) + len(self.text) + 4) / letters)


@lru_cache(maxsize=8)
def qr(text: str) -> Markup:
    """A QR code as a drawing."""
    code = segno.make(text, error="m", micro=False)
    drawn = code.svg_inline(
        border=3, dark="#000", light="#fff", svgclass="qr", lineclass=None, omitsize=True
    )
    return Markup(drawn.replace("<svg ", f'<svg role="img" aria-label="{t("wall.qr")}" ', 1))


def join_address(room: Room) -> str:
    """The address that the QR code holds: it opens the seats without typing."""
    return f"http://{room.address}/j/{room.lesson.code}"


def table_of(request: Request) -> Table | None:
    """The table of a projector's address; None where the address is none."""
    room = room_of(request)
    if not keys.same(request.path_params["key"], room.lesson.wall_key):
        return None
    try:
        return room.lesson.table(int(request.path_params["table"]))
    except Refused:
        return None


def view(room: Room, table: Table) -> dict[str, Any]:
    """What the page is made of: public things only."""
    match, scenario = table.match, table.match.scenario
    picture = room.sight(table).public()
    on = match.status is not Status.ENDED and match.state.turn < len(scenario.turns)
    return {
        "table": table,
        "scenario": scenario,
        "picture": picture,
        "on": on,
        "state": match.status.name.lower(),
        "started": table.started,
        "turn": match.turn,
        "turns": table.turns,
        "opens": day(scenario.turns[match.state.turn].date) if on else "",
        "note": scenario.turns[match.state.turn].note if on else "",
        "news": public_news(match.news if on else (), picture.told),
        "committed": {
            seat: match.commitment(seat) is not None or not table.plays(seat) for seat in SEATS
        },
        "plays": {seat: table.plays(seat) for seat in SEATS},
        "joined": {seat: len(room.lesson.team(table.number, seat)) for seat in SEATS},
        "qr": qr(join_address(room)),
        "debrief": debrief_view(room, table),
    }


def public_news(injects: Sequence[Injected], told: Sequence[NewsItem]) -> list[Line]:
    """The lines of news that there is room for: the gravest, what the host sent, the rest."""
    put_in = [Line(_headline(inject), inject.words, None, peak=True) for inject in injects]
    done = sorted(told, key=lambda item: item.kind in BEHIND)
    known = [Line("", item.text, item.by, peak=item.rung >= PEAK) for item in done]
    peaks, rest = ([line for line in known if line.peak is peak] for peak in (True, False))
    lines, left = list[Line](), ROOM
    for line in (*peaks, *reversed(put_in), *rest):
        short = line if line.height <= left else line._replace(text="")
        if (short.head or short.text) and short.height <= left:
            lines.append(short)
            left -= short.height
    return lines


def _headline(inject: Injected) -> str:
    """Of news that the host sent; whether they are the host's own is said."""
    title = inject.title.rstrip(".")
    return title if inject.inject else t("news.own_short", title=title)


def debrief_view(room: Room, table: Table) -> dict[str, Any] | None:
    """The step of the debrief that is shown; None before it begins. What the game hid is in it only
    once it is over, and only from the beat on that shows it.
    """
    found = room.debriefings[table.number].found
    if table.match.status is not Status.ENDED or not table.step or found is None:
        return None
    told = beats(found)
    beat = told[min(table.step, len(told)) - 1]
    index = STEPS.index(beat.step)
    rows, acts = on_page(found.rows.get(beat.step, ()), beat), on_page(found.acts, beat)
    beside = beat.step == "world" and bool(found.leanings)
    below = t("debrief.drawn") if beside and found.was_secret else ""
    return {
        "name": beat.step,
        "index": index,
        "shows": beat.page > 0,
        "page": beat.page,
        "pages": beat.pages,
        "names": STEPS,
        "next": STEPS[index + 1] if index + 1 < len(STEPS) else None,
        "title": found.title,
        "rows": rows,
        "acts": acts,
        "size": size_of(rows, HALF if beside else WHOLE, below),
        "has_room": beat.step != "acts" or len(acts) <= MOST_ACTS_TO_ASK,
        "found": found,
        "lines": leanings(found.leanings),
        "turns": len(table.match.played),
    }


def size_of(rows: Sequence[Row], letters: int, below: str = "") -> str:
    """How large the letters of some rows can be, as their class says it.

    Args:
        rows: what is shown.
        letters: so many of the usual size stand in a line, at the least.
        below: what is said of them all, in letters of the usual size.
    """
    high = HIGH - (1 + 1.3 * ceil(len(below) / letters) if below else 0)
    for name, size in SIZES.items():
        lines = sum(
            max(1, sum(ceil(len(told) * size / letters) for told in row.told)) for row in rows
        )
        if (lines * 1.3 * size) + 0.75 * len(rows) <= high:
            return name
    return "many" if len(rows) > MANY else ""


def parts_of_page(room: Room, table: Table, names: Sequence[str]) -> list[str]:
    """Parts of the page as they are now."""
    values = view(room, table) if names else {}
    return [room.render(f"wall/{name}.html", **values) for name in names]


async def page(request: Request) -> Response:
    """The projector's page."""
    room, table = room_of(request), table_of(request)
    if table is None:
        return room.page("missing.html", 404)
    async with room.turning:
        return room.page("wall/page.html", **view(room, table))
