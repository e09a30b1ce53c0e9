"""Strangers, forgers and the slow are refused or bounded, with a sentence, and nothing is lost."""

import asyncio
import socket
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from game.classroom import guard, hub, lesson, lines, team
from game.classroom.guard import HEADERS, MOST_BODY
from game.classroom.host.doing import DEEDS
from game.classroom.room import static_files

from .common import IRAN, LOOP, US, Hosted, Visitor, deed, held, wait_for


def raw(hosted: Hosted, text: str) -> bytes:
    """What comes back for bytes that no browser would send."""
    with socket.create_connection((LOOP, hosted.port), timeout=10) as line:
        line.sendall(text.encode().replace(b"\n", b"\r\n"))
        line.settimeout(5)
        found = b""
        while piece := line.recv(65536):
            found += piece
            if b"\r\n\r\n" in found and b"Connection: close" not in found:
                break
    return found


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:1"},
        {"sec-fetch-site": "cross-site", "origin": "http://{name}"},
        {"sec-fetch-site": "same-site", "origin": "http://{name}"},
        {"referer": "http://evil.example/"},
        {},
    ],
)
def test_a_form_from_elsewhere_changes_nothing(hosted: Hosted, headers: dict[str, str]) -> None:
    ana = hosted.member(US, "chair")
    given = {name: value.format(name=hosted.name) for name, value in headers.items()}
    form = {"deed": deed(hosted, US, "harden"), "base": 0}
    answer = ana.http.post("/team/draft/deed", data=form, headers=given)
    assert answer.status_code == 403
    assert "own page" in answer.text
    assert hosted.table.drafts[US].draft.order.deed == 0


@pytest.mark.parametrize("name", ["evil.example", "127.0.0.1:1", "", "localhost:1"])
def test_the_class_answers_to_its_own_names_only(hosted: Hosted, name: str) -> None:
    """A stranger's page cannot reach it by a name that leads to this machine."""
    answer = httpx.get(f"{hosted.address}/", headers={"host": name})
    assert answer.status_code == 421


@pytest.mark.parametrize(
    "path",
    [
        "/static/x/../../../lesson.py",
        "/static/..%2f..%2fmain.py",
        "/static//etc/passwd",
        "/..%2f..%2f..%2fetc/passwd",
        "/wall/guess/1",
        "/wall/guess/1/stream",
        "/host",
        "/host/1",
        "/host/1/stream",
        "/host/1/orders/us",
        "/host/1/seat/us",
        "/enter/guess",
        "/team/nothing",
        "/" + "x" * 3000,
    ],
)
def test_no_guessed_address_opens_anything(hosted: Hosted, path: str) -> None:
    ana = hosted.member(US, "chair")
    answer = ana.get(path)
    assert answer.status_code in (403, 404, 414), (answer.status_code, answer.text[:100])
    assert "root:" not in answer.text
    assert "import" not in answer.text.split("</head>")[-1]


def test_only_the_shipped_files_are_served(hosted: Hosted) -> None:
    names = set(static_files())
    assert names == {
        "class.css", "class.js", "htmx.min.js", "sse.min.js",
        "IBMPlexSans-Regular.woff2", "IBMPlexSans-SemiBold.woff2",
        "IBMPlexSansCondensed-Regular.woff2", "IBMPlexSansCondensed-SemiBold.woff2",
    }  # fmt: skip


def test_a_form_of_10_mb_is_refused_before_it_is_read(hosted: Hosted) -> None:
    ana = hosted.member(US, "chair")
    answer = ana.http.post(
        "/team/talk", content=b"x" * 10_000_000, headers={"origin": hosted.address}
    )
    assert answer.status_code == 413
    assert "far more than any form" in answer.text
    ana.page()


@pytest.mark.parametrize("length", ["", "Content-Length: -5\n", "Content-Length: ten\n"])
def test_a_form_without_a_length_is_refused(hosted: Hosted, length: str) -> None:
    head = f"POST /team/talk HTTP/1.1\nHost: {hosted.name}\n{length}Origin: {hosted.address}\n\n"
    status = raw(hosted, head).split(b"\r\n")[0]
    assert status.split()[1] in (b"400", b"411"), status


def test_other_methods_are_refused(hosted: Hosted) -> None:
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS"):
        assert hosted.visitor().http.request(method, "/").status_code == 405


def test_every_answer_forbids_browsers_what_the_class_does_not_need(hosted: Hosted) -> None:
    ana, teacher = hosted.member(US, "chair"), hosted.host()
    answers = [
        ana.get("/"),
        ana.get("/team/orders"),
        ana.get("/nothing"),
        teacher.get("/host/1"),
        teacher.get(f"/wall/{hosted.lesson.wall_key}/1"),
        ana.http.post("/team/commit"),
    ]
    for answer in answers:
        for name, value in HEADERS.items():
            assert answer.headers[name] == value
        assert answer.headers["cache-control"] == "no-store"
        assert "style=" not in answer.text
        assert " onclick=" not in answer.text
        assert "://" not in answer.text.replace(f"http://{hosted.name}", ""), "no third party"


def test_500_joins_are_bounded(hosted: Hosted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lesson, "MOST_DEVICES", 20)
    refused, visitor = 0, hosted.visitor()
    for k in range(500):
        visitor.http.cookies.clear()
        visitor.http.cookies.set("passed", hosted.lesson.wall_key)
        seat = ("US", "IRAN", "MILITIA", "IRAQ")[k % 4]
        answer = visitor.post("/seats", table=1, seat=seat, role="adviser")
        refused += answer.status_code == 409
    assert len(hosted.lesson.devices) == 20
    assert refused == 480
    assert hosted.host().get("/host/1").status_code == 200


def test_the_slow_stop_nobody(hosted: Hosted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "SLOWEST", 600.0)
    ana = hosted.member(US, "chair")
    head = (
        f"POST /team/talk HTTP/1.1\r\nHost: {hosted.name}\r\nOrigin: {hosted.address}\r\n"
        f"Cookie: seat={ana.http.cookies['seat']}\r\nContent-Length: {MOST_BODY}\r\n\r\nsay="
    )
    with ExitStack() as opened:
        slow = [
            opened.enter_context(socket.create_connection((LOOP, hosted.port), timeout=10))
            for _ in range(30)
        ]
        for line in slow:
            line.sendall(head.encode())
        ana.page()
        hosted.member(IRAN, "chair").page()
        for line in slow:
            line.setblocking(False)
            with pytest.raises(BlockingIOError):  # it is waited for all the same
                line.recv(1)


def test_streams_of_a_device_are_bounded(hosted: Hosted) -> None:
    ana = hosted.member(US, "chair")
    device = next(iter(hosted.lesson.devices.values()))
    opened = [ana.http.stream("GET", "/team/stream") for _ in range(hub.MOST_OF_A_DEVICE + 3)]
    told = [one.__enter__().iter_text() for one in opened]
    for one in told:
        next(one)
    wait_for(lambda: hosted.lesson.hub.streams_of(device.id) == hub.MOST_OF_A_DEVICE)
    for one in reversed(opened):
        one.__exit__(None, None, None)
    wait_for(lambda: hosted.lesson.hub.streams_of(device.id) == 0)


def hung_up_on(line: socket.socket, *, drip: bytes = b"") -> None:
    """Waits until the class hangs up; while waiting, sends more every now and then."""
    end = time.monotonic() + 60
    line.settimeout(0.1)
    while time.monotonic() < end:
        try:
            if drip:
                line.sendall(drip)
            if not line.recv(65536):
                return
        except TimeoutError:
            continue
        except OSError:
            return
    pytest.fail("the line is still open")


def test_who_says_nothing_or_never_ends_is_hung_up_on(
    hosted: Hosted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line that asks for nothing; a head that comes letter by letter; and a form."""
    monkeypatch.setattr(lines, "SLOWEST", 0.5)
    monkeypatch.setattr(guard, "SLOWEST", 0.5)
    form = (
        f"POST / HTTP/1.1\r\nHost: {hosted.name}\r\nOrigin: {hosted.address}\r\n"
        f"Content-Length: {MOST_BODY}\r\n\r\n"
    )
    for head, drip in ((b"", b""), (b"GET / HTTP/1.1\r\nX: ", b"x"), (form.encode(), b"x")):
        began = time.monotonic()
        with socket.create_connection((LOOP, hosted.port), timeout=10) as line:
            line.sendall(head)
            hung_up_on(line, drip=drip)
        assert time.monotonic() - began > 0.4, "it had its time"


def test_a_second_question_on_one_line_is_bounded_too(
    hosted: Hosted, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_connection((LOOP, hosted.port), timeout=10) as line:
        line.sendall(f"GET /here HTTP/1.1\r\nHost: {hosted.name}\r\n\r\n".encode())
        assert b"204" in line.recv(65536)
        monkeypatch.setattr(lines, "SLOWEST", 0.5)
        line.sendall(b"GET / HTTP/1.1\r\nX: ")
        hung_up_on(line, drip=b"x")


class Waits:
    """What the class waits for on its lines: for how long, by a clock that can be put forward, so
    that no machine that is busy elsewhere counts as a browser that is.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ahead = 0.0
        self.begun = self.over = 0
        """How often it had to wait for a reader, and how often that one read on."""
        for name, told in (("pause_writing", self._pauses), ("resume_writing", self._resumes)):
            monkeypatch.setattr(lines.Line, name, self._noted(getattr(lines.Line, name), told))

    def _noted(
        self, real: Callable[[lines.Line], None], told: Callable[[lines.Line], None]
    ) -> Callable[[lines.Line], None]:
        def call(line: lines.Line) -> None:
            real(line)
            told(line)

        return call

    def _pauses(self, line: lines.Line) -> None:
        self._loop = line.loop
        self.begun += 1

    def _resumes(self, _line: lines.Line) -> None:
        self.over += 1

    def fill(self, hosted: Hosted) -> None:
        """Sends so much that the class has to wait for the reader."""
        before = self.begun

        def waits() -> bool:
            hosted.lesson.hub.teams(1, *team.PARTIAL)
            return self.begun > before

        wait_for(waits)

    def forward(self, seconds: float) -> None:
        """Puts the class's clock forward."""
        assert self._loop is not None, "it has waited for somebody"
        self._ahead += seconds
        self._loop.time = lambda: time.monotonic() + self._ahead  # type: ignore[method-assign]
        looks = asyncio.run_coroutine_threadsafe(asyncio.sleep(0), self._loop)
        looks.result(60)


def listening(hosted: Hosted, visitor: Visitor) -> socket.socket:
    """A device's open page, with little room for what is not read."""
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
    line.settimeout(60)
    line.connect((LOOP, hosted.port))
    cookie = f"seat={visitor.http.cookies['seat']}"
    line.sendall(
        f"GET /team/stream HTTP/1.1\r\nHost: {hosted.name}\r\nCookie: {cookie}\r\n\r\n".encode()
    )
    device = next(iter(hosted.lesson.devices.values()))
    wait_for(lambda: device.streams == 1)
    return line


def test_who_reads_nothing_is_hung_up_on_and_no_longer_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "GONE", 600)  # the machine would hang up by itself
    waits = Waits(monkeypatch)
    with held(tmp_path) as hosted, listening(hosted, hosted.member(US, "chair")):
        device = next(iter(hosted.lesson.devices.values()))

        def is_gone() -> bool:
            hosted.lesson.hub.teams(1, *team.PARTIAL)  # much to send
            if waits.begun > waits.over:
                waits.forward(1)
            return device.streams == 0

        wait_for(is_gone)


def test_a_slow_reader_who_reads_is_let_be(hosted: Hosted, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is waited for again and again, in all for longer than for one who reads nothing."""
    ana, waits = hosted.member(US, "chair"), Waits(monkeypatch)
    device = next(iter(hosted.lesson.devices.values()))
    with listening(hosted, ana) as line:
        for turn in range(3):
            waits.fill(hosted)
            for words in (f"READ-{turn}", f"HEARD-{turn}"):
                ana.post("/team/talk", say=words, **{"with": "us-iran-militia-iraq"})
                unread, read = words.encode(), b""
                while unread not in read:
                    piece = line.recv(65_536)
                    assert piece, "hung up on"
                    read = read[-len(unread) :] + piece
                wait_for(lambda: waits.over == waits.begun)
                waits.forward(lines.LEAST_READER - 1)
        assert device.streams == 1
    assert waits.over == waits.begun >= 3


ODD = ("", "x", "²", "٣", "-1", "9" * 5000, "nan", "1e400", "\x00", "a\r\nb", "../..", "IRAN")


def test_whatever_stands_in_a_form_is_answered_with_a_sentence(hosted: Hosted) -> None:
    ana, teacher = hosted.member(US, "chair"), hosted.host()
    teacher.does("begin", minutes=5)
    answers = []
    for odd in ODD:
        everywhere = dict.fromkeys(("minutes", "turn", "value", "device", "to", "slip"), odd)
        answers += [
            teacher.post("/host/1/do", what=what, seat="US", figure="us_troops", **everywhere)
            for what in DEEDS
            if what not in ("end", "begin")
        ]
        answers += [
            ana.post("/team/predict", IRAN=odd),
            ana.post("/team/draft/deed", deed=odd, base=odd),
            ana.post("/team/draft/word", word=1, base=0, word_to_1=odd, word_rung_1=odd),
            ana.post("/team/commit", version=odd),
            ana.post("/seats", table=odd, seat="IRAN"),
            ana.http.get("/seats", params={"table": odd}),
        ]
    assert {answer.status_code for answer in answers} <= {200, 303, 404, 409, 413, 414}
