"""Coming in, and coming back: codes, tokens, seats and roles."""

from pathlib import Path

import pytest

from game.classroom import keys, networks, serving
from game.classroom.faults import ClassroomFault
from game.classroom.people import MOST_IN_TEAM

from .common import IRAN, IRAQ, US, Hosted, held, said


def test_the_code_lets_in_however_it_is_typed(hosted: Hosted) -> None:
    code = hosted.lesson.code
    for typed in (code, code.lower(), f" {code[:2]} {code[2:]} "):
        visitor = hosted.visitor()
        assert visitor.post("/", code=typed, nick="").headers["location"].startswith("/seats")
        assert "Choose your team" in visitor.get("/seats").text


def test_a_wrong_code_gets_a_sentence(hosted: Hosted) -> None:
    visitor = hosted.visitor()
    other = "BBBB" if hosted.lesson.code != "BBBB" else "CCCC"
    assert "not this class's code" in said(visitor.post("/", code=other).text)
    assert "never a digit" in said(visitor.post("/", code="T4V0").text)
    assert visitor.get("/seats").headers["location"] == "/", "nobody gets past without it"
    assert visitor.post("/seats", table=1, seat="US").headers["location"] == "/"


def test_wrong_codes_have_an_end(hosted: Hosted) -> None:
    """12 from one address; then even the right one waits. Others are not kept out by it."""
    guesser = hosted.visitor("127.0.0.5")
    for _ in range(keys.TRIES):
        guesser.post("/", code="ZZZZ" if hosted.lesson.code != "ZZZZ" else "XXXX")
    assert "Wait five minutes" in said(guesser.post("/", code=hosted.lesson.code).text)
    assert guesser.get(f"/j/{hosted.lesson.code}").status_code == 403
    assert hosted.visitor("127.0.0.6").post("/", code=hosted.lesson.code).status_code == 303


def test_the_qr_address_opens_the_seats_without_typing(hosted: Hosted) -> None:
    visitor = hosted.visitor()
    assert visitor.get(f"/j/{hosted.lesson.code}").headers["location"] == "/seats"
    assert visitor.get("/seats").status_code == 200


def test_a_device_comes_back_to_its_seat(hosted: Hosted) -> None:
    noor = hosted.member(IRAN, "chair", "Noor")
    page = noor.get("/").text
    assert "Welcome back" in page
    assert "Tehran" in page
    assert "Chair" in page


@pytest.mark.parametrize("token", ["", "x", "../../etc/passwd", "A" * 4000, "ё"])
def test_a_guessed_token_opens_nothing(hosted: Hosted, token: str) -> None:
    hosted.member(US, "chair")
    stranger = hosted.visitor()
    cookie = {"cookie": f"seat={token}".encode()}
    for leaf in ("briefing", "orders", "sofar"):
        assert stranger.http.get(f"/team/{leaf}", headers=cookie).status_code == 303
    assert stranger.http.get("/team/stream", headers=cookie).status_code == 403


def test_a_foreign_device_number_is_no_key(hosted: Hosted) -> None:
    """Neither the number of a device nor the digest that the file keeps lets anybody in."""
    hosted.member(US, "chair")
    device = next(iter(hosted.lesson.devices.values()))
    for guess in (str(device.id), device.digest):
        stranger = hosted.visitor()
        answer = stranger.http.get("/team/orders", headers={"cookie": f"seat={guess}"})
        assert answer.headers["location"] == "/"


def test_a_token_of_a_removed_device_is_worth_nothing(hosted: Hosted) -> None:
    ana = hosted.member(US, "chair", "Ana")
    device = next(iter(hosted.lesson.devices.values()))
    hosted.host().does("remove", seat="US", device=device.id)
    assert ana.get("/team/orders").headers["location"] == "/"


def test_a_role_is_one_persons_until_its_device_sleeps(hosted: Hosted) -> None:
    hosted.member(US, "chair", "Ana")
    second = hosted.visitor()
    second.post("/", code=hosted.lesson.code)
    answer = second.post("/seats", table=1, seat="US", role="chair")
    assert answer.status_code == 409
    assert "Somebody has that role already: Chair" in said(answer.text)
    ana = next(iter(hosted.lesson.devices.values()))
    ana.seen -= 100  # its battery is empty
    assert second.post("/seats", table=1, seat="US", role="chair").status_code == 303
    assert ana.role == "adviser", "she comes back to the team, and may take the chair again"


def test_a_name_outlives_a_role_that_is_taken(hosted: Hosted) -> None:
    hosted.member(US, "chair")
    visitor = hosted.visitor()
    visitor.post("/", code=hosted.lesson.code, nick="Ana")
    answer = visitor.post("/seats", table=1, seat="US", role="chair", nick="Ana")
    assert answer.status_code == 409
    assert 'name="nick" value="Ana"' in answer.text


def test_everybody_else_advises(hosted: Hosted) -> None:
    for _ in range(MOST_IN_TEAM):
        hosted.member(US)
    roles = [device.role for device in hosted.lesson.team(1, US)]
    assert roles == ["chair", "intelligence", "spokesperson", "recorder", "adviser", "adviser"]
    late = hosted.visitor()
    late.post("/", code=hosted.lesson.code)
    assert "That team is full" in said(late.post("/seats", table=1, seat="US").text)


def test_a_name_is_not_cut_in_the_middle(hosted: Hosted) -> None:
    long = "Maria Magdalena of the second row"
    hosted.member(US, "chair", long)
    assert [device.nick for device in hosted.lesson.team(1, US)] == [long]


def test_the_smallest_team_is_offered_first(hosted: Hosted) -> None:
    hosted.member(US)
    hosted.member(IRAN)
    teacher = hosted.host()
    teacher.does("lock", seat="MILITIA")
    late = hosted.visitor()
    late.post("/", code=hosted.lesson.code)
    page = late.get("/seats").text
    assert f'value="{IRAQ.name}" required checked' in page
    assert 'value="MILITIA" required disabled' in page


def test_a_late_joiner_reads_what_happened_so_far(hosted: Hosted) -> None:
    teacher = hosted.host()
    teacher.does("begin", minutes=5)
    teacher.does("time")
    late = hosted.visitor()
    assert late.join(hosted.lesson.code, IRAQ).headers["location"] == "/team/sofar"
    page = late.get("/team/sofar").text
    assert "Turn 1:" in page
    assert "Now your team drafts: Hold" in page


def test_an_observer_gets_the_public_page_only(hosted: Hosted) -> None:
    visitor = hosted.visitor()
    assert visitor.get("/watch").headers["location"] == "/"
    visitor.post("/", code=hosted.lesson.code)
    address = visitor.get("/watch").headers["location"]
    assert visitor.get(address).status_code == 200
    assert visitor.get("/team/orders").status_code == 303


def test_a_class_goes_on_with_its_code_and_its_people(tmp_path: Path) -> None:
    with held(tmp_path) as first:
        noor = first.member(IRAN, "chair", "Noor")
        code, secret = first.lesson.code, first.lesson.host_secret
        path = first.table.match.path
        noor.set("deed", 1)
        cookies = noor.http.cookies
    again = Hosted(serving.opened(path))
    again.start()
    try:
        assert (again.lesson.code, again.lesson.host_secret) == (code, secret)
        visitor = again.visitor()
        visitor.http.cookies = cookies
        assert "Noor" in visitor.page("orders")
        assert again.table.drafts[IRAN].draft.order.deed == 1
    finally:
        again.stop()
        again.lesson.close()


def test_a_network_that_is_not_there_gets_a_sentence() -> None:
    cards = [networks.Card("wlan0", "192.168.4.20", 24), networks.Card("eth0", "8.8.4.4", 24)]
    assert networks.chosen(None, cards) == cards[0]
    assert networks.chosen("127.0.0.1", cards) is None
    with pytest.raises(ClassroomFault, match=r"--address: 192\.168\.4\.20"):
        networks.chosen("10.0.0.1", cards)
    with pytest.raises(ClassroomFault, match="every network of this machine"):
        networks.chosen("0.0.0.0", cards)
    assert networks.chosen(None, cards[1:]) is None, "no public address unless it is asked for"


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("127.0.0.1", True),
        ("192.168.4.77", True),
        ("10.3.2.1", True),
        ("8.8.8.8", False),
        ("2001:4860:4860::8888", False),
        ("nonsense", False),
    ],
)
def test_only_the_own_network_is_answered(address: str, may: bool) -> None:
    card = networks.Card("wlan0", "192.168.4.20", 24)
    assert networks.may_come_from(address, card) is may
