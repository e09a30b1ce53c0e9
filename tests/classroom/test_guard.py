"""Strangers, forgers and the slow are refused or bounded, with a sentence, and nothing is lost."""

import socket
import time

import httpx
import pytest

from game.classroom import hub, lesson
from game.classroom.guard import HEADERS, MOST_BODY
from game.classroom.room import static_files

from .common import LOOP, US, Hosted, deed, wait_for


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


def test_the_slow_stop_nobody(hosted: Hosted) -> None:
    lines = []
    for _ in range(30):
        line = socket.create_connection((LOOP, hosted.port), timeout=10)
        line.sendall(
            f"POST /team/talk HTTP/1.1\r\nHost: {hosted.name}\r\nOrigin: {hosted.address}\r\n"
            f"Content-Length: {MOST_BODY}\r\n\r\nsay=".encode()
        )
        lines.append(line)
    started = time.monotonic()
    hosted.member(US, "chair").page()
    assert time.monotonic() - started < 8
    for line in lines:
        line.close()


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
