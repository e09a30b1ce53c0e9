"""A class that is really held, on this machine's own loop, and people who visit it."""

import html
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote

import httpx

from game.classroom import networks, serving
from game.classroom.app import application
from game.classroom.lesson import Lesson
from game.classroom.room import Room
from game.rules.seats import SEATS, Seat

US, IRAN, MILITIA, IRAQ = SEATS
LOOP = networks.LOOPBACK


class Hosted:
    """A class, served by a thread of this process."""

    def __init__(self, lesson: Lesson) -> None:
        self.lesson = lesson
        self._visitors: list[Visitor] = []
        sockets, self.port = networks.listening([LOOP], 0)
        self.name = f"{LOOP}:{self.port}"
        self.room = Room(lesson, self.name)
        app = application(self.room, {self.name}, lambda a: networks.may_come_from(a, None))
        self._server = serving.server_of(app, lesson.hub)
        self._thread = threading.Thread(target=self._server.run, args=(sockets,), daemon=True)

    @property
    def address(self) -> str:
        return f"http://{self.name}"

    @property
    def table(self):  # type: ignore[no-untyped-def]
        return self.lesson.tables[0]

    def start(self) -> None:
        self._thread.start()
        wait_for(lambda: self._server.started)

    def stop(self) -> None:
        self._server.should_exit = True
        self.lesson.hub.close()
        for visitor in self._visitors:
            visitor.http.close()
        self._thread.join(10)

    def visitor(self, local: str = LOOP) -> "Visitor":
        self._visitors.append(Visitor(self.address, local))
        return self._visitors[-1]

    def host(self) -> "Visitor":
        """The teacher's browser."""
        teacher = self.visitor()
        assert teacher.get(f"/enter/{self.lesson.host_secret}").status_code == 303
        return teacher

    def member(self, seat: Seat, role: str = "", nick: str = "") -> "Visitor":
        """Somebody who has joined."""
        visitor = self.visitor()
        visitor.join(self.lesson.code, seat, role, nick)
        return visitor


class Visitor:
    """A browser without scripts: it follows what forms do, and keeps its cookies."""

    def __init__(self, address: str, local: str = LOOP) -> None:
        transport = httpx.HTTPTransport(local_address=local, verify=False)
        self.http = httpx.Client(base_url=address, transport=transport, timeout=60)
        self.origin = address

    def get(self, path: str) -> httpx.Response:
        return self.http.get(path)

    def post(self, path: str, **form: object) -> httpx.Response:
        return self.http.post(path, data=form, headers={"origin": self.origin})

    def does(self, what: str, **form: object) -> str:
        """Does one thing of the host's hand; returns the sentence that came back, if any."""
        answer = self.post("/host/1/do", what=what, **form)
        assert answer.status_code == 303, answer.text
        return unquote(self.http.cookies.get("said", path="/host") or "")

    def join(self, code: str, seat: Seat, role: str = "", nick: str = "") -> httpx.Response:
        assert self.post("/", code=code, nick=nick).status_code == 303
        answer = self.post("/seats", table=1, seat=seat.name, role=role, nick=nick)
        assert answer.status_code == 303, answer.text
        return answer

    def page(self, leaf: str = "orders") -> str:
        answer = self.get(f"/team/{leaf}")
        assert answer.status_code == 200, (answer.status_code, answer.text[:200])
        return answer.text

    def commit(self) -> httpx.Response:
        """Commits what the page shows."""
        found = re.search(r'name="version" value="(\d+)"', self.page())
        return self.post("/team/commit", version=found[1] if found else "0", sure=1)

    def set(self, part: str, number: int, **targets: object) -> httpx.Response:
        """Changes a part of the draft, from its page as it is."""
        found = re.search(rf'data-of="{part}" data-base="(\d+)"', self.page())
        base = found[1] if found else "0"
        fields = {f"{name}_{number}": value for name, value in targets.items()}
        return self.post(f"/team/draft/{part}", base=base, **{part: number}, **fields)


@contextmanager
def held(
    folder: Path, scenario: str = "ten_days_in_january", tables: int = 1, **more: str
) -> Iterator[Hosted]:
    """A new class."""
    hosted = Hosted(serving.begun(scenario, folder, tables, seed=7, **more))
    hosted.start()
    try:
        yield hosted
    finally:
        hosted.stop()
        hosted.lesson.close()


def deed(hosted: Hosted, seat: Seat, name: str) -> int:
    """The number of a deed."""
    book = hosted.table.match.scenario.setting.rulebook
    return [one.id for one in book.deeds[seat]].index(name)


def word(hosted: Hosted, name: str) -> int:
    """The number of a word."""
    book = hosted.table.match.scenario.setting.rulebook
    return [one.id for one in book.words].index(name)


def wait_for(holds: Callable[[], bool], seconds: float = 60.0) -> None:
    """Waits until something holds."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)


def said(page: str) -> str:
    """The sentence that a page tells."""
    found = re.search(r'role="alert">(.*?)</p>', page, re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", "", found[1])).strip() if found else ""
