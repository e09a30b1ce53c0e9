"""What the pages share: the lesson, what is seen of its tables, and how pages are made and sent."""

import asyncio
import base64
import hashlib
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from game.rules.seats import SEATS, Seat
from game.views.handbook.terms import LEDGER
from game.views.names import CAPITALS, counted, listed, rung_name
from game.views.phrasebook import LUCK_ALONE
from game.views.summary import at_the_start

from .debriefing import Debriefing
from .faults import Refused
from .leaning import across, height
from .lesson import Lesson
from .mapping import ASSETS, HEIGHT, WIDTH, ground, marked
from .networks import Card
from .people import MOST_NICK, ROLES, Device
from .seen import Sight, clock_words, seconds_left, shown_clock
from .staff import Staffs
from .table import Table
from .texts import t

HERE = Path(__file__).parent
DEVICE, HOST, SAID = "seat", "host", "said"
"""Cookies: a device's token, the host's secret, and a sentence for the host's next page."""
MOST_FIELDS = 60
_SVG = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
_SHAPES = {
    Seat.US: '<rect x="1" y="1" width="10" height="10"/>',
    Seat.IRAN: '<circle cx="6" cy="6" r="5.2"/>',
    Seat.MILITIA: '<path d="M6 .6 11.6 11H.4z"/>',
    Seat.IRAQ: '<path d="M6 0l6 6-6 6-6-6z"/>',
}


@cache
def icon(name: str) -> Markup:
    """A drawing of assets/icons, in the colour of the text around it."""
    found = _SVG.search((ASSETS / "icons" / f"{name}.svg").read_text(encoding="utf-8"))
    assert found, f"{name}.svg is a drawing"
    return Markup(f'<svg class="i" viewBox="0 0 24 24" aria-hidden="true">{found[1]}</svg>')


def shape(seat: Seat) -> Markup:
    """A seat's shape; its name stands beside it."""
    return Markup(
        f'<svg class="g {seat.name}" viewBox="0 0 12 12" aria-hidden="true">{_SHAPES[seat]}</svg>'
    )


@cache
def static_files() -> dict[str, tuple[Path, str]]:
    """Every file that is served, by its address: the file, and its kind. There are no others."""
    kinds = {".css": "text/css", ".js": "text/javascript", ".woff2": "font/woff2"}
    paths = [*(HERE / "static").iterdir(), *(ASSETS / "web").iterdir()]
    return {path.name: (path, kinds[path.suffix]) for path in paths if path.suffix in kinds}


@cache
def edition() -> str:
    """Tells this version's files from another's, so that browsers keep them for ever."""
    parts = hashlib.sha256()
    for name, (path, _) in sorted(static_files().items()):
        parts.update(name.encode() + path.read_bytes())
    return parts.hexdigest()[:12]


def file_address(name: str) -> str:
    """The address of a served file."""
    assert name in static_files(), name
    return f"/static/{edition()}/{name}"


@cache
def font(name: str) -> Markup:
    """Letters of assets/web, to stand in a document that is a file of its own."""
    letters = base64.b64encode((ASSETS / "web" / f"{name}.woff2").read_bytes()).decode()
    return Markup(f"data:font/woff2;base64,{letters}")


def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {
        "t": t,
        "luck_alone": LUCK_ALONE,
        "icon": icon,
        "font": font,
        "shape": shape,
        "drawn": lambda seat: Markup(_SHAPES[seat]),
        "lean_height": height,
        "lean_across": across,
        "file": file_address,
        "SEATS": SEATS,
        "ROLES": ROLES,
        "most_nick": MOST_NICK,
        "Seat": Seat,
        "rung_name": rung_name,
        "LEDGER": LEDGER,
        "capital": CAPITALS.__getitem__,
        "counted": counted,
        "listed": listed,
        "start": at_the_start,
        "ground": ground,
        "marked": marked,
        "map_size": (WIDTH, HEIGHT),
    }
    return made


templates = _environment()


class Room:
    """Everything that a request needs."""

    def __init__(self, lesson: Lesson, address: str, others: Sequence[Card] = ()) -> None:
        """
        Args:
            lesson: the class.
            address: where it is reached, such as "192.168.4.20:8000".
            others: the machine's other networks, where it is not.
        """
        self.lesson, self.address, self.others = lesson, address, others
        self.turning = asyncio.Lock()
        """Held while a turn is adjudicated: nobody reads or changes a match meanwhile."""
        self.debriefings = {table.number: Debriefing() for table in lesson.tables}
        self.staffs = {table.number: Staffs() for table in lesson.tables}
        self._clocks: dict[tuple[str, int | None], Markup] = {}
        """The last clock that was made: many pages ask for the same."""
        self._sights = {table.number: Sight(table) for table in lesson.tables}

    def sight(self, table: Table) -> Sight:
        """What is seen of a table."""
        return self._sights[table.number]

    def render(self, template: str, **values: Any) -> str:
        """A page or a part of one."""
        return templates.get_template(template).render(room=self, lesson=self.lesson, **values)

    def clock(self, table: Table) -> Markup:
        """A table's clock as it stands; scripts count on from there."""
        words, left = clock_words(table), seconds_left(table)
        made = self._clocks.get((words, left))
        if made is None:
            made = Markup(
                templates.get_template("clock.html").render(
                    left=left, clock=shown_clock(left), words=words
                )
            )
            self._clocks = {(words, left): made}
        return made

    def page(self, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """A whole page."""
        return HTMLResponse(self.render(template, **values), status)


def room_of(request: Request) -> Room:
    """The room that a request came into."""
    room: Room = request.app.state.room
    return room


def device_of(request: Request) -> Device | None:
    """The device that sends a request; None where it has not joined."""
    room = room_of(request)
    device = room.lesson.of_token(request.cookies.get(DEVICE, ""))
    if device is not None:
        room.lesson.seen(device)
    return device


async def form_of(request: Request) -> dict[str, str]:
    """The fields of a form, each once.

    Raises:
        Refused: it is none of ours, or it did not arrive.
    """
    try:
        body = await request.body()
        pairs = parse_qsl(
            body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS
        )
    except (ClientDisconnect, ValueError):
        raise Refused(t("guard.form")) from None
    return dict(pairs)


def whole_report(document: str) -> HTMLResponse:
    """A document that has no scripts, and letters and a style sheet of its own."""
    policy = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; frame-ancestors 'none'"
    return HTMLResponse(document, headers={"content-security-policy": policy})


def asks_for_part(request: Request) -> bool:
    """Whether the page's script sent the request, and shows what comes back itself."""
    return request.headers.get("hx-request") == "true"


def done(request: Request, to: str) -> Response:
    """The answer to a form that was done: the script is told nothing, a browser goes on."""
    return Response(status_code=204) if asks_for_part(request) else RedirectResponse(to, 303)


def sentence_for_script(words: str, *, is_fault: bool = True) -> HTMLResponse:
    """A sentence that the script shows on the page as it stands."""
    said, told = (words, "") if is_fault else ("", words)
    return HTMLResponse(
        templates.get_template("said.html").render(said=said, told=told),
        headers={"hx-retarget": "#said", "hx-reswap": "innerHTML"},
    )
