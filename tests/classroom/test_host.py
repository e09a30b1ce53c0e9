"""The facilitator's hand: all of it, from the host's page, and from nowhere else."""

import re
from pathlib import Path

import pytest

from game.classroom.host.doing import DEEDS
from game.classroom.host.pages import DIALOGS
from game.classroom.people import ROLES
from game.rules.endings import Ending
from game.session.events import Controlled, Injected, Overridden
from game.session.match import Status

from .common import IRAN, IRAQ, MILITIA, US, Hosted, deed, held


@pytest.fixture
def teacher(hosted: Hosted):  # type: ignore[no-untyped-def]
    teacher = hosted.host()
    teacher.does("begin", minutes=5)
    return teacher


def test_the_secret_becomes_a_cookie_and_leaves_the_address(hosted: Hosted) -> None:
    visitor = hosted.visitor()
    answer = visitor.get(f"/enter/{hosted.lesson.host_secret}")
    assert answer.headers["location"] == "/host"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert hosted.lesson.host_secret not in visitor.get("/host/1").text


def test_nobody_else_can_lead(hosted: Hosted) -> None:
    """Neither a stranger nor a member of a team, whatever they ask for."""
    ana = hosted.member(US, "chair")
    for visitor in (ana, hosted.visitor()):
        for what in DEEDS:
            assert visitor.post("/host/1/do", what=what, seat="US").status_code == 404
        for what in DIALOGS:
            assert visitor.get(f"/host/1/ask/{what}").status_code == 404
    assert [e for e in hosted.table.match.record.events if isinstance(e, Controlled)] == []


def test_every_page_of_the_host_opens(hosted: Hosted, teacher) -> None:  # type: ignore[no-untyped-def]
    for path in ("/host/1", *(f"/host/1/ask/{what}" for what in DIALOGS), "/host/1/seat/iraq"):
        assert teacher.get(path).status_code == 200, path
    for path in ("/host/9", "/host/1/ask/nothing", "/host/1/seat/nobody"):
        assert teacher.get(path).status_code == 404, path


def test_calling_time_adjudicates_and_says_who_held(hosted: Hosted, teacher) -> None:  # type: ignore[no-untyped-def]
    ana = hosted.member(US, "chair")
    ana.commit()
    teacher.does("time")
    assert len(hosted.table.match.played) == 1
    page = teacher.get("/host/1").text
    assert "called time for turn 1; Tehran, the militias and Baghdad held" in page


def test_prepared_news_is_sent_with_its_effect(hosted: Hosted, teacher) -> None:  # type: ignore[no-untyped-def]
    prepared = hosted.table.match.scenario.injects
    one = next(inject for inject in prepared if inject.id == "fog")
    before = float(hosted.table.match.state.mil_concealment[0])
    teacher.does("inject", inject="fog")
    assert float(hosted.table.match.state.mil_concealment[0]) > before
    assert one.title in hosted.member(IRAN).page("news")
    assert one.title in hosted.visitor().get(f"/wall/{hosted.lesson.wall_key}/1").text
    assert "There is no prepared news" in teacher.does("inject", inject="nothing")


def test_own_news_and_a_figure_that_is_set_are_on_record(hosted: Hosted, teacher) -> None:  # type: ignore[no-untyped-def]
    teacher.does("own", title="A storm", words="Sand over Anbar.")
    teacher.does("override", figure="us_troops", value="6000", reason="asked for")
    assert float(hosted.table.match.state.us_troops[0]) == 6000
    events = hosted.table.match.record.events
    assert any(isinstance(e, Injected) and e.title == "A storm" for e in events)
    assert any(isinstance(e, Overridden) and e.reason == "asked for" for e in events)
    assert "as a number" in teacher.does("override", figure="us_troops", value="x", reason="y")
    assert "reason is missing" in teacher.does("override", figure="us_troops", value="1", reason="")
    assert "Troops in Iraq, 0 to " in teacher.get("/host/1/ask/override").text
    assert "figure" in teacher.does("override", figure="nothing", value="1", reason="y")


def test_a_hint_reaches_one_team(hosted: Hosted, teacher) -> None:  # type: ignore[no-untyped-def]
    ana, noor = hosted.member(US), hosted.member(IRAN)
    teacher.does("hint", seat="US", words="Read the second paragraph again.")
    assert "second paragraph" in ana.page("news")
    assert "second paragraph" not in noor.page("news")


def test_another_commits_where_the_chair_sleeps(hosted: Hosted, teacher) -> None:  # type: ignore[no-untyped-def]
    hosted.member(US, "chair", "Ana")
    sam = hosted.member(US, "adviser", "Sam")
    ana = hosted.lesson.holder(1, US, "chair")
    ana.seen -= 130
    assert "asleep for 2 min" in teacher.get("/host/1").text
    teacher.does("chair", seat="US")
    assert "gave the chair of Washington to another device" in teacher.get("/host/1").text
    assert ana.role == "adviser"
    sam.commit()
    assert hosted.table.match.commitment(US) is not None


def test_every_role_can_be_given(hosted: Hosted, teacher) -> None:  # type: ignore[no-untyped-def]
    """Whoever had it takes the other's; what is noted names roles, not people."""
    for role, nick in (("chair", "Ana"), ("adviser", "Sam")):
        hosted.member(US, role, nick)
    ana, sam = hosted.lesson.team(1, US)
    page = teacher.get("/host/1/seat/us").text
    for role in ROLES:
        assert f'<option value="{role}"' in page
    teacher.does("role", seat="US", device=sam.id, role="recorder")
    assert (ana.role, sam.role) == ("chair", "recorder")
    teacher.does("role", seat="US", device=sam.id, role="chair")
    assert (ana.role, sam.role) == ("recorder", "chair")
    assert "changed roles in Washington: another Chair" in teacher.get("/host/1").text
    assert all("Sam" not in one.words for one in hosted.table.done)
    assert "none of the class" in teacher.does("role", seat="US", device=sam.id, role="king")


def test_a_pause_hides_from_the_host_who_has_committed_no_more_than_before(
    hosted: Hosted, teacher
) -> None:  # type: ignore[no-untyped-def]
    hosted.member(US, "chair").commit()
    teacher.does("pause")
    teams = teacher.get("/host/1").text.split('sse-swap="teams"')[1].split('sse-swap="talk"')[0]
    chips = re.findall(r'<span class="chip[^"]*">(?:<svg.*?</svg>)? ?([\w ]+)</span>', teams)
    assert chips == ["committed", "nothing yet", "nothing yet", "nothing yet"]


def test_a_draft_that_was_kept_is_not_called_none(hosted: Hosted, teacher) -> None:  # type: ignore[no-untyped-def]
    hosted.member(IRAN, "chair").set("deed", 1)
    asked = teacher.get("/host/1/ask/time").text
    assert "Call for calm and do nothing." in asked, "what Baghdad does that orders nothing"
    assert "say nothing" not in asked
    teacher.does("time")
    page = teacher.get("/host/1").text
    assert page.count("The draft of the turn before is kept") == 1, "the others had none"


def test_own_news_say_whose_they_are(hosted: Hosted, teacher) -> None:  # type: ignore[no-untyped-def]
    teacher.does("inject", inject="fog")
    wall = f"/wall/{hosted.lesson.wall_key}/1"
    noor = hosted.member(IRAN)
    assert "Your teacher&#39;s own news" not in noor.page("news")
    assert "from your teacher" not in teacher.get(wall).text
    teacher.does("own", title="A storm", words="Sand over Anbar.")
    assert noor.page("news").count("Your teacher&#39;s own news") == 1
    assert "A storm (from your teacher)" in teacher.get(wall).text


def test_teams_are_told_of_a_new_turn_and_of_one_taken_back(hosted: Hosted, teacher) -> None:  # type: ignore[no-untyped-def]
    ana = hosted.member(US, "chair")
    assert "Time was called" not in ana.page()
    teacher.does("time")
    assert "Time was called: turn 2 has begun." in ana.page()
    ana.page("news")
    assert "turn 2 has begun" not in ana.page(), "who has read the news is not told again"
    teacher.does("time")
    teacher.does("undo")
    assert "Your teacher has taken turn 2 back." in ana.page()
    assert "Your teacher has taken turn 2 back." in ana.page("news")
    teacher.does("time")
    assert "taken turn 2 back" not in ana.page()
    assert "turn 3 has begun" in ana.page()


def taken_back(teacher, words: str) -> str:  # type: ignore[no-untyped-def]
    """Takes back the newest thing of the list that has these words; returns what came back."""
    page = teacher.get("/host/1").text
    lines = re.findall(r"<li><span>[^<]*</span>.*?</li>", page)
    line = next(line for line in lines if words in line)
    number = re.search(r'name="n" value="(\d+)"', line)
    assert number, line
    return str(teacher.does("take_back", n=number[1]))


def test_what_the_host_did_is_taken_back(hosted: Hosted, teacher) -> None:  # type: ignore[no-untyped-def]
    ana, table = hosted.member(US, "chair", "Ana"), hosted.table
    device = next(iter(hosted.lesson.devices.values()))
    state, extra = table.match.state, table.match.clock.extra
    figures = ("mil_concealment", "us_troops")
    before = [float(getattr(state, name)[0]) for name in figures]
    for what, form, words in (
        ("minute", {"by": "1"}, "one minute more"),
        ("length", {"minutes": "9"}, "9 minutes a turn"),
        ("inject", {"inject": "fog"}, "sent “"),
        ("override", {"figure": "us_troops", "value": "6000", "reason": "x"}, "set us_troops to"),
        ("hint", {"seat": "US", "words": "Read the second paragraph."}, "hint to"),
        ("lock", {"seat": "IRAN"}, "closed Tehran"),
        ("mute", {}, "muted"),
        ("estimate", {"seat": "US"}, "let Washington read"),
        ("computer", {"seat": "IRAQ"}, "to the computer"),
        ("role", {"device": device.id, "seat": "US", "role": "recorder"}, "changed roles"),
        ("move", {"device": device.id, "seat": "US", "to": "IRAQ"}, "moved somebody"),
        ("slip", {"seat": "MILITIA", "slip": "A1"}, "entered a slip"),
        ("pause", {}, "paused all screens"),
        ("end", {"reason": "x"}, "ended the game"),
    ):  # fmt: skip
        if what == "move":
            teacher.does("people", seat="IRAQ")
        assert teacher.does(what, **form) == "", what
        assert taken_back(teacher, words) == "", what
    assert table.match.clock.extra == extra
    assert table.match.clock.limit == 5 * 60
    assert [float(getattr(table.match.state, name)[0]) for name in figures] == before
    assert (table.locked, table.muted, table.estimates) == (set(), set(), set())
    assert (device.seat, device.role) == (US, "chair")
    assert table.plays(IRAQ)
    assert table.match.commitment(MILITIA) is None
    assert table.match.status is Status.WAITING
    news = ana.page("news")
    assert "second paragraph" not in news
    assert "it has not happened" in news, "everybody has read it, and reads that it is not so"
    assert f"{before[1]:g}" not in teacher.get("/host/1").text, "what a figure is stays covered"


def test_only_the_last_of_a_kind_is_taken_back_and_news_only_in_their_turn(
    hosted: Hosted,
    teacher,  # type: ignore[no-untyped-def]
) -> None:
    for minutes in ("6", "7"):
        teacher.does("length", minutes=minutes)
    teacher.does("inject", inject="fog")
    numbers = {one.words: n for n, one in enumerate(hosted.table.done)}
    older = next(n for words, n in numbers.items() if words.startswith("6 minutes"))
    sent = next(n for words, n in numbers.items() if words.startswith("sent"))
    teacher.does("time")
    for number in (older, sent, 99, -1, "x"):
        assert "cannot be taken back" in teacher.does("take_back", n=number)
    assert hosted.table.match.clock.limit == 7 * 60
    assert 'ask/undo">Take back' in teacher.get("/host/1").text


def test_who_falls_asleep_is_told_by_itself(hosted: Hosted, teacher) -> None:  # type: ignore[no-untyped-def]
    """The host's page is left open: nothing else has to happen."""
    hosted.member(US, "chair", "Ana")
    with teacher.http.stream("GET", "/host/1/stream") as answer:
        told = answer.iter_text()
        assert "1 of 1 here" in next(piece for piece in told if "event: teams" in piece)
        hosted.lesson.holder(1, US, "chair").seen -= 130
        assert any("asleep for 2 min" in piece for piece in told)


def test_the_host_finds_back_from_the_first_page(hosted: Hosted, teacher) -> None:  # type: ignore[no-untyped-def]
    assert 'href="/host"' in teacher.get("/").text
    assert 'href="/host"' not in hosted.visitor().get("/").text


def test_people_are_moved_and_shut_out(hosted: Hosted, teacher) -> None:  # type: ignore[no-untyped-def]
    sam = hosted.member(US, "adviser", "Sam")
    device = next(iter(hosted.lesson.devices.values()))
    teacher.does("move", seat="US", device=device.id, to="IRAQ")
    assert device.seat is IRAQ
    assert "Your teacher has moved you: you sit with Baghdad now" in sam.page()
    teacher.does("lock", seat="IRAN")
    assert IRAN in hosted.table.locked


def test_a_turn_is_taken_back(hosted: Hosted, teacher) -> None:  # type: ignore[no-untyped-def]
    teacher.does("time")
    before = hosted.table.match.state.turn
    teacher.does("undo")
    assert hosted.table.match.state.turn == before - 1
    assert "no turn has been played" in teacher.does("undo").casefold()


def test_a_branch_goes_on_in_a_file_of_its_own(hosted: Hosted, teacher) -> None:  # type: ignore[no-untyped-def]
    for _ in range(2):
        teacher.does("time")
    old: Path = hosted.table.match.path
    told = teacher.does("fork", turn=1)
    new: Path = hosted.table.match.path
    assert new != old
    assert new.name in told
    assert hosted.table.match.turn == 1
    assert hosted.member(MILITIA).page()
    assert old.exists()


def test_the_game_ends_for_the_debrief_and_opens_again(hosted: Hosted, teacher) -> None:  # type: ignore[no-untyped-def]
    ana = hosted.member(US, "chair")
    teacher.does("time")
    teacher.does("end", reason="")
    assert hosted.table.match.status is Status.ENDED
    assert hosted.table.match.ending is Ending.NONE
    assert "The game is over" in ana.page()
    ana.set("deed", 0)
    assert hosted.table.match.commitment(US) is None
    teacher.does("go_on")
    assert hosted.table.match.status is Status.WAITING


def test_orders_are_covered_until_they_are_asked_for(hosted: Hosted, teacher) -> None:  # type: ignore[no-untyped-def]
    ana = hosted.member(US, "chair")
    ana.set("deed", deed(hosted, US, "harden"))
    ana.commit()
    for path in ("/host/1", "/host/1/seat/us", "/host/1/ask/time"):
        assert "Harden" not in teacher.get(path).text
    assert "Harden the bases" in teacher.get("/host/1/orders/us").text


def test_names_and_what_was_written_can_be_removed(tmp_path: Path) -> None:
    with held(tmp_path) as hosted:
        ana, teacher = hosted.member(US, "chair", "Xanthippe"), hosted.host()
        ana.post("/team/talk", say="a secret of mine", **{"with": "us"})
        teacher.does("hint", seat="US", words="an aside of the teacher")
        ana.set("deed", deed(hosted, US, "harden"))
        teacher.does("forget")
        assert "Xanthippe" not in ana.page()
        assert hosted.table.drafts[US].draft.order.deed == deed(hosted, US, "harden"), "work stays"
    left = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for words in (b"Xanthippe", b"a secret of mine", b"an aside of the teacher"):
        assert words not in left


@pytest.mark.parametrize("keeps", [False, True])
def test_names_go_when_the_class_is_closed_after_the_debrief(tmp_path: Path, keeps: bool) -> None:
    with held(tmp_path, "turn_zero") as hosted:
        ana, teacher = hosted.member(US, "chair", "Xanthippe"), hosted.host()
        ana.post("/team/talk", say="a secret of mine", **{"with": "us"})
        teacher.does("begin", minutes=0)
        if keeps:
            assert "are kept" in teacher.does("keep", keeps=1)
            assert " checked" in teacher.get("/host/1/ask/people").text
        assert not hosted.lesson.end(), "in the middle of a lesson nothing goes"
        teacher.does("end", reason="x")
        assert not hosted.lesson.end(), "before the debrief neither"
        teacher.does("share")
        assert hosted.lesson.end() is not keeps
    left = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for words in (b"Xanthippe", b"a secret of mine"):
        assert (words in left) is keeps


def test_the_projector_has_no_controls(hosted: Hosted, teacher) -> None:  # type: ignore[no-untyped-def]
    page = hosted.visitor().get(f"/wall/{hosted.lesson.wall_key}/1").text
    assert re.findall(r"<(a|form|button|input|select)\b", page) == []
