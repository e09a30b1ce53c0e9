"""A team's draft and its commitment, by forms alone: nothing here needs a script."""

import re
from itertools import pairwise
from pathlib import Path

from game.classroom import serving
from game.classroom.guesses import Guess, Secrets
from game.content.dealt import Dealt
from game.session.match import Status

from .common import IRAN, IRAQ, MILITIA, US, Hosted, Visitor, deed, held, said, wait_for, word


def test_one_draft_for_the_whole_team(hosted: Hosted) -> None:
    ana, sam = hosted.member(US, "chair", "Ana"), hosted.member(US, "adviser", "Sam")
    sam.set("deed", deed(hosted, US, "harden"))
    ana.set("word", word(hosted, "threaten"), word_to="IRAN", word_rung=5)
    for member in (ana, sam):
        page = member.page()
        assert "Harden the bases:" in page
        assert "set by Sam" in page
        assert "Iran" in page
    assert "Harden" not in hosted.member(IRAN).page(), "another team sees nothing of it"


def test_the_chair_commits_and_takes_back(hosted: Hosted) -> None:
    ana, sam = hosted.member(US, "chair", "Ana"), hosted.member(US, "adviser", "Sam")
    ana.set("deed", deed(hosted, US, "harden"))
    sam.commit()
    assert "Only your team's chair commits" in said(sam.page())
    assert hosted.table.match.commitment(US) is None
    ana.commit()
    assert hosted.table.match.commitment(US) is not None
    assert "Teams still awaited: 3." in sam.page()
    assert "Your team has committed" in said(_after(sam.set("deed", 0), sam))
    ana.post("/team/back")
    assert hosted.table.match.commitment(US) is None
    assert "Harden the bases:" in ana.page(), "the draft is as it was"


def test_without_a_chair_anybody_commits(hosted: Hosted) -> None:
    sam = hosted.member(US, "adviser", "Sam")
    assert "any of you can commit" in sam.page()
    sam.commit()
    assert hosted.table.match.commitment(US) is not None


def test_what_was_not_looked_at_is_not_committed(hosted: Hosted) -> None:
    ana, sam = hosted.member(US, "chair", "Ana"), hosted.member(US, "adviser", "Sam")
    sam.set("deed", deed(hosted, US, "harden"))
    ana.post("/team/commit", version=0, sure=1)  # from a page of before
    assert "The draft has just changed" in said(ana.page())
    assert hosted.table.match.commitment(US) is None


def test_somebody_who_edits_is_named_before_it_is_committed(hosted: Hosted) -> None:
    ana, sam = hosted.member(US, "chair", "Ana"), hosted.member(US, "adviser", "Sam")
    assert sam.post("/team/editing/word").status_code == 204
    assert "Sam edits this" in ana.page()
    assert "Sam edits this" not in sam.page(), "to oneself one is not told"
    ana.post("/team/commit", version=0)
    assert "Sam is still editing" in said(ana.page())
    ana.post("/team/commit", version=0, sure=1)
    assert hosted.table.match.commitment(US) is not None


def test_of_two_changes_at_once_none_is_lost(hosted: Hosted) -> None:
    ana, sam = hosted.member(US, "chair", "Ana"), hosted.member(US, "adviser", "Sam")
    harden, patrol = deed(hosted, US, "harden"), deed(hosted, US, "hold")
    sam.post("/team/draft/deed", base=0, deed=harden)
    answer = ana.post("/team/draft/deed", base=0, deed=deed(hosted, US, "consolidate"))
    assert answer.status_code == 409
    assert "Sam was quicker" in answer.text
    assert "Harden the bases" in answer.text
    assert hosted.table.drafts[US].draft.order.deed == harden
    ana.post("/team/draft/deed", base=1, anyway=1, deed=patrol)
    assert hosted.table.drafts[US].draft.order.deed == patrol


def test_what_the_rules_forbid_is_refused_with_their_reason(hosted: Hosted) -> None:
    baghdad = hosted.member(IRAQ, "chair")
    page = baghdad.page()
    assert "Not now:" in page, "a caretaker government cannot order anybody out"
    baghdad.set("deed", deed(hosted, IRAQ, "order_out"))
    assert "It cannot be committed yet:" in baghdad.page()
    baghdad.commit()
    assert "That cannot be ordered now:" in said(baghdad.page())
    assert hosted.table.match.commitment(IRAQ) is None


def test_a_forged_form_changes_nothing(hosted: Hosted) -> None:
    ana = hosted.member(US, "chair")
    before = hosted.table.drafts[US].body()
    for form in (
        {"deed": "x"},
        {"deed": ""},
        {},
        {"word": 3, "word_to_3": "NOWHERE"},
        {"deed": 1, "base": "none"},
    ):
        assert ana.post("/team/draft/deed", **form).status_code == 303
    assert ana.post("/team/draft/site", site=1).status_code == 303
    assert hosted.table.drafts[US].body() == before
    for part, number in (("deed", 999), ("deed", -7), ("word", 99), ("whisper", 10**9)):
        ana.post(f"/team/draft/{part}", base=0, **{part: number})
        assert "none of the class's" in said(ana.page())
    ana.post("/team/draft/deed", base=0, deed=1, site_1=77)
    assert hosted.table.drafts[US].body() == before, "there are no such things"


def test_a_pause_stops_everybody_and_only_the_host_lifts_it(hosted: Hosted) -> None:
    ana, teacher = hosted.member(US, "chair"), hosted.host()
    teacher.does("begin", minutes=5)
    teacher.does("pause")
    assert "Look up, please" in ana.page()
    ana.set("deed", deed(hosted, US, "harden"))
    assert "The game is paused" in said(ana.page())
    ana.commit()
    ana.post("/team/talk", say="now?", **{"with": "us"})
    assert hosted.table.match.commitment(US) is None
    assert hosted.table.messages == []
    for path in ("/host/1/do", "/host/1", "/host/1/ask/time"):
        assert ana.post(path, what="go_on").status_code in (404, 405)
    assert hosted.table.match.status is Status.PAUSED
    teacher.does("go_on")
    assert hosted.table.match.status is Status.WAITING


def test_a_seat_goes_to_the_computer_and_back(hosted: Hosted) -> None:
    team, teacher = hosted.member(MILITIA, "chair"), hosted.host()
    team.set("deed", 1)
    team.commit()
    teacher.does("computer", seat="MILITIA")
    assert "The computer plays this seat" in team.page()
    team.set("deed", 0)
    assert "The computer plays this seat now" in said(team.page())
    assert MILITIA not in hosted.table.match.waiting_for
    teacher.does("people", seat="MILITIA")
    assert MILITIA in hosted.table.match.waiting_for
    team.commit()
    assert hosted.table.match.commitment(MILITIA) is not None


def test_predictions_go_with_the_order_as_the_teams_mean(hosted: Hosted) -> None:
    ana, sam = hosted.member(US, "chair"), hosted.member(US, "adviser")
    ana.post("/team/predict", IRAN=20, MILITIA=80, IRAQ="")
    sam.post("/team/predict", IRAN=40)
    assert 'value="20"' in ana.page()
    assert 'value="20"' not in sam.page(), "each sees only what it gave itself"
    assert "Not given yet" in hosted.member(US).page()
    assert all("Noted; you can change it" in one.page() for one in (ana, sam))
    sam.post("/team/predict", IRAN=140)
    assert "from 0 to 100" in said(sam.page())
    ana.commit()
    given = hosted.table.match.commitment(US).forecast
    assert {seat: round(odds, 3) for seat, odds in given.items()} == {IRAN: 0.3, MILITIA: 0.8}


def test_each_member_guesses_for_itself_and_may_change_its_mind(hosted: Hosted) -> None:
    ana, sam, teacher = hosted.member(US, "chair"), hosted.member(US, "adviser"), hosted.host()
    teacher.does("begin", minutes=0)
    ana.post("/team/predict", agenda_IRAN="deal", theory="spiral")
    chosen = 'value="deal" selected', 'value="spiral" selected'
    assert all(one in ana.page() for one in chosen)
    assert not any(one in sam.page() for one in chosen), "each sees only what it gave itself"
    ana.post("/team/predict", agenda_IRAN="", theory="deterrence")
    assert 'value="deterrence" selected' in ana.page()
    assert 'value="deal" selected' not in ana.page()
    for rubbish in ({"theory": "balanced"}, {"agenda_IRAN": "revenge"}):
        sam.post("/team/predict", **rubbish)
        assert said(sam.page()), rubbish
    assert len(hosted.table.guesses) == 1
    ana.commit()
    ana.post("/team/predict", theory="spiral")
    assert "has committed" in said(ana.page())
    teacher.does("time")
    assert len(hosted.table.match.played) == 1
    assert 'value="deterrence" selected' in ana.page(), "it stays from turn to turn"


def test_guesses_outlive_the_program_until_people_are_forgotten(tmp_path: Path) -> None:
    with held(tmp_path) as hosted:
        ana = hosted.member(US, "chair")
        ana.post("/team/predict", agenda_IRAQ="sovereignty", theory="spiral")
        path = hosted.table.match.path
    again = serving.opened(path)
    try:
        (guess,) = again.tables[0].guesses.values()
        assert guess == Guess("spiral", {IRAQ: "sovereignty"})
        again.forget_people()
        assert again.tables[0].guesses == {}
    finally:
        again.close()
    assert b"sovereignty" not in b"".join(p.read_bytes() for p in tmp_path.glob("*.class*"))


def test_only_what_may_be_otherwise_is_asked(tmp_path: Path) -> None:
    """Of a theory that everybody knows nobody is asked; a dealt agenda is asked like any other."""
    dealt = Dealt("spiral", ((IRAN, "deal"),))
    lesson = serving.begun("ten_days_in_january", tmp_path, seed=7, dealt=dealt)
    secrets = Secrets.of(lesson.tables[0].match.scenario, US)
    lesson.close()
    assert secrets.theories == ()
    assert {agenda.id for agenda in secrets.agendas[IRAN]} == {"endurance", "americans_out", "deal"}
    assert set(secrets.agendas) == {IRAN, MILITIA, IRAQ}
    assert all(len(some) > 1 for some in secrets.agendas.values())


def test_who_missed_the_time_holds_and_keeps_its_draft(hosted: Hosted) -> None:
    ana, noor, teacher = hosted.member(US, "chair"), hosted.member(IRAN, "chair"), hosted.host()
    teacher.does("begin", minutes=5)
    ana.set("deed", deed(hosted, US, "harden"))
    ana.commit()
    noor.set("deed", 1)
    drafted = noor.page().split('class="sentence"')[1][:120]
    asked = teacher.get("/host/1/ask/time").text
    assert "Tehran" in asked
    assert "Washington" not in asked.split("They will do this")[1].split("</ul>")[0]
    teacher.does("time")
    assert len(hosted.table.match.played) == 1
    assert int(hosted.table.match.played[0].orders.deed[IRAN, 0]) == 0
    assert "Time was called. Your team had not committed" in noor.page("news")
    assert noor.page().split('class="sentence"')[1][:120] == drafted
    assert "Hold:" in ana.page(), "those who had committed begin anew"


def test_talk_reaches_its_channel_only(hosted: Hosted) -> None:
    ana, noor, kata = hosted.member(US), hosted.member(IRAN), hosted.member(MILITIA)
    ana.post("/team/talk", say="What do you bring?", **{"with": "us-iran"})
    ana.post("/team/talk", say="What do we want?", **{"with": "us"})
    assert "What do you bring?" in noor.get("/team/talk?with=us-iran").text
    for key in ("us-iran", "us", "us-iran-militia-iraq", "iran-militia", "militia"):
        assert "bring" not in kata.get(f"/team/talk?with={key}").text
        assert "do we want" not in noor.get(f"/team/talk?with={key}").text
    kata.post("/team/talk", say="forged", **{"with": "us-iran"})
    assert "forged" not in noor.get("/team/talk?with=us-iran").text
    teacher = hosted.host()
    page = teacher.get("/host/1").text
    assert "What do you bring?" in page
    teacher.does("mute")
    ana.post("/team/talk", say="still there?", **{"with": "us-iran"})
    assert "Your teacher has asked for quiet" in said(ana.get("/team/talk").text)
    ana.post("/team/talk", say="among us", **{"with": "us"})
    assert [m.words for m in hosted.table.messages][-1] == "among us"
    long = ana.post("/team/talk", say="x" * 281, **{"with": "us"})
    assert long.status_code == 303
    assert "at most 280 letters" in said(ana.page())


def form_of(page: str, words: str) -> dict[str, str]:
    """The hidden fields of the form whose button has these words."""
    form = next(one for one in re.findall(r"<form.*?</form>", page, re.DOTALL) if words in one)
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="(\w*)"', form))


def test_a_deal_is_offered_and_signed_where_it_is_talked_of(hosted: Hosted) -> None:
    ana, noor, kata = (hosted.member(seat, "chair") for seat in (US, IRAN, MILITIA))
    teacher, book = hosted.host(), hosted.table.match.scenario.setting.rulebook
    teacher.does("begin", minutes=0)
    number = [one.id for one in book.whispers].index("quiet_for_quiet")
    page = ana.page("talk")
    assert re.search(rf'id="deal-{number}".*?value="IRAN"', page, re.DOTALL)
    offer = form_of(page, "Put the offer into our draft") | {"whisper": str(number)}
    ana.post("/team/draft/whisper", **offer, **{f"whisper_to_{number}": "IRAN"})
    assert hosted.table.order(US).whisper == number
    ana.commit()
    assert "Put the offer into our draft" not in ana.page("talk"), "what is committed stands"
    teacher.does("time")
    assert "offered by you to Tehran" in ana.page("talk").replace("Offered", "offered")
    page = noor.page("talk")
    assert "Washington offers a deal: “quiet for quiet”" in page
    assert "For four weeks neither strikes the other" in page
    assert "would break it" not in page
    fires = next(n for n, one in enumerate(book.deeds[IRAN]) if one.against.get(US, 0) >= 8)
    noor.set("deed", fires)
    assert "Your draft would break it" in noor.page("talk")
    noor.set("deed", 0)
    noor.post("/team/draft/whisper", **form_of(noor.page("talk"), "Sign it"))
    assert "Your draft signs it" in noor.page("talk")
    assert "offers a deal" not in kata.page("talk")
    noor.commit()
    teacher.does("time")
    for visitor in (ana, noor):
        assert "“quiet for quiet”, holds for" in visitor.page("talk")
    assert "quiet for quiet”" not in kata.page("talk")


def test_the_clock_runs_for_everybody(hosted: Hosted) -> None:
    ana, teacher = hosted.member(US), hosted.host()
    teacher.does("begin", minutes=5)
    left = [_left(ana)]
    for by in (0, 1, -1, -1, -1):
        if by:
            teacher.does("minute", by=by)
        left.append(_left(ana))
    wait_for(lambda: _left(ana) < left[-1])
    changes = [after - before for before, after in pairwise(left)]
    assert left[0] <= 300
    for change, by in zip(changes, (0, 60, -60, -60, -60), strict=True):
        assert by - 30 < change <= by, changes


def _left(visitor: Visitor) -> int:
    """The seconds that a page says are left."""
    return int(re.search(r'data-left="(\d+)"', visitor.page())[1])


def _after(answer, visitor):  # type: ignore[no-untyped-def]
    """The page after a form."""
    assert answer.status_code == 303
    return visitor.page()
