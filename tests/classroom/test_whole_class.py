"""A whole class in real browsers: four teams, the host and the projector, from joining to the end;
its server is killed on the way and comes back.
"""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from game.session.view import MatchView

from .browser import LAPTOP, PHONE, PROJECTOR, Screen, chromium
from .process import Process

IN_SIGHT = """
() => {
    const box = document.querySelector('#said').getBoundingClientRect();
    return box.height > 0 && box.top >= 0 && box.bottom <= innerHeight;
}
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as opened:
        yield opened


def test_a_whole_class(browser: Any, tmp_path: Path) -> None:
    server = Process(tmp_path, "turn_zero", "--seed", "7")
    try:
        _play(browser, server)
    except BaseException:
        server.kill()
        raise
    assert server.end() == 0, "Ctrl-C is how a class ends"
    match = MatchView.read(server.match)
    assert len(match.played) == len(match.scenario.turns) == 3
    report = server.match.with_name(f"{server.match.stem}_debrief.html")
    assert "On one page" in report.read_text(encoding="utf-8")


def _play(browser: Any, server: Process) -> None:  # noqa: PLR0915 (a lesson is one story)
    def screen(size: tuple[int, int], **more: Any) -> Screen:
        screens.append(Screen(browser, server.address, size, **more))
        return screens[-1]

    screens: list[Screen] = []
    code = server.code
    teacher, wall = screen(LAPTOP), screen(PROJECTOR)
    teacher.go(server.secret)
    wall.go(teacher.page.get_attribute("a[target=_blank]", "href"))
    wall.sees(code)

    # Nine devices join; one of them without scripts.
    ana, sam = screen(PHONE), screen(LAPTOP)
    noor, hadi = screen(PHONE, dark=False), screen((320, 640))
    kata, amal = screen(PHONE), screen(PHONE, script=False)
    layla, omar = screen(PHONE), screen(LAPTOP, dark=False)
    for device, seat, role, nick in (
        (ana, "US", "chair", "Ana"), (sam, "US", "adviser", "Sam"),
        (noor, "IRAN", "chair", "Noor"), (hadi, "IRAN", "", ""),
        (kata, "MILITIA", "chair", ""), (layla, "IRAQ", "chair", "Layla"),
        (omar, "IRAQ", "recorder", "Omar"),
    ):  # fmt: skip
        device.join(code, seat, role, nick)
    amal.go("/")
    amal.page.fill("#code", code)
    amal.page.click("button")
    amal.page.check("input[name=seat][value=MILITIA]")
    amal.page.check("input[name=role][value=adviser]")
    amal.page.click("button")
    wall.sees("2 here")
    teacher.page.click("text=Begin turn 1")
    wall.sees("Each team decides in secret")

    # A draft that two edit, seen at once; a reload in the middle of it loses nothing.
    ana.go("/team/orders")
    sam.go("/team/orders")
    sam.pick("deed", 1)
    ana.sees("Sam", "#orders")
    ana.page.reload()
    ana.sees("Sam", "#orders")
    amal.go("/team/orders")
    amal.page.click("#part-deed > summary")
    amal.page.check("#deed-1")
    amal.page.click("#part-deed button")
    kata.go("/team/orders")
    kata.sees("set by Adviser", "#orders")

    # A prediction: what is wrong in it is said where it is seen; put right, it is noted at once.
    ana.page.click("#predict > summary")
    for odds, told in (("200", "from 0 to 100"), ("20", "Your prediction is noted.")):
        ana.page.fill("#odds-IRAN", odds)
        ana.page.click("text=Note my prediction")
        ana.page.wait_for_selector(f"#said >> text={told}")
        assert ana.page.evaluate(IN_SIGHT), told
    ana.sees("Noted; you can change it", "#predict > summary")

    # Talk, to two and to all.
    ana.go("/team/talk?with=us-iran")
    ana.page.fill("#say", "We want the rockets to stop.")
    ana.page.click("text=Send")
    noor.go("/team/talk?with=us-iran")
    noor.sees("We want the rockets to stop.", "#talk")
    assert ana.page.input_value("#say") == ""
    assert "rockets to stop" not in kata.page.content()

    # A deal is offered where it is talked of; it goes with the orders.
    noor.page.click("#d-deal > summary")
    noor.page.click("#d-deal label:has-text('quiet for quiet')")
    noor.page.click("text=Put the offer into our draft")
    noor.go("/team/orders")
    noor.sees("quiet for quiet", "#part-whisper > summary")

    # A pause that only the teacher lifts.
    teacher.page.click("text=Pause all screens")
    ana.sees("Look up, please")
    ana.page.wait_for_selector("#say", state="hidden")
    wall.sees("Paused")
    teacher.page.click("button:has-text('Go on')")
    ana.page.wait_for_selector("text=Look up, please", state="detached")

    # News, prepared and own; a figure is set.
    teacher.page.click("text=All prepared news")
    teacher.page.click("button:has-text('Send') >> nth=0")
    teacher.page.click("text=Own news")
    teacher.page.fill("#title", "A sandstorm over Anbar")
    teacher.page.fill("#words", "Nothing flies today.")
    teacher.page.click("text=Send the news")
    wall.sees("A sandstorm over Anbar")
    teacher.page.click("text=Override")
    teacher.page.select_option("#figure", "us_troops")
    teacher.page.fill("#value", "5100")
    teacher.page.fill("#reason", "to see what it does")
    teacher.page.click("text=Set it")
    teacher.sees("set us_troops to 5100")

    # Commitments; one team is late, one device vanishes.
    ana.commit()
    noor.commit()
    layla.commit()
    hadi.context.close()
    teacher.sees("3 of 4 committed")
    wall.sees("Committed: 3 of 4")
    teacher.page.click("text=Call time")
    teacher.sees("The militias")
    teacher.page.click("button.go")
    teacher.sees("Turn 2 of")
    ana.sees("Turn 2 of", "#top")
    ana.sees("turn 2 has begun", "#state")

    # The server is killed in the middle of a draft, and comes back with the same code.
    sam.go("/team/orders")
    sam.pick("deed", 2)
    ana.go("/team/orders")
    ana.sees("Sam", "#orders")
    server.kill()
    time.sleep(0.2)
    server.again()
    assert server.code == code
    ana.sees("Sam", "#orders")
    ana.page.wait_for_selector("#offline", state="hidden")
    sam.page.reload()
    sam.pick("word", 0)
    late = screen(PHONE)
    late.join(code, "IRAN", "", "Late")
    late.sees("So far, in a few lines")

    # The deal is signed with the next orders, and holds.
    ana.go("/team/talk")
    ana.sees("Tehran offers a deal: “quiet for quiet”", "#talk")
    ana.page.click("text=Sign it with this turn's orders")
    ana.sees("Your draft signs it", "#talk")
    ana.commit()

    # A seat goes to the computer and back; a turn is taken back and played again.
    teacher.go("/host/1/seat/militia")
    teacher.page.click("text=The computer plays")
    wall.sees("computer")
    kata.sees("The computer plays this seat")
    for turn in (2, 3):
        teacher.go("/host/1/ask/time")
        teacher.page.click("button.go")
        teacher.sees(f"called time for turn {turn}")
    noor.go("/team/talk")
    noor.sees("Your deal with Washington, “quiet for quiet”, holds for", "#talk")
    teacher.page.click("text=Undo turn 3")
    teacher.page.click("button.go")
    teacher.sees("took turn 3 back")
    ana.sees("Your teacher has taken turn 3 back.", "#state")
    teacher.go("/host/1/seat/militia")
    teacher.page.click("text=Give it back to the team")
    teacher.go("/host/1/ask/time")
    teacher.page.click("button.go")
    teacher.sees("called time for turn 3")
    ana.sees("The game is over")
    ana.go("/team/orders")
    ana.sees("Nothing more can be ordered", "#orders")
    wall.sees("Next: the debrief")
    assert "deciding" not in wall.page.inner_text("body")

    # The debrief, step by step: it asks, then it shows; then the report on the teams' devices.
    teacher.sees("Begin the debrief", seconds=120)
    for beat in range(20):
        teacher.page.click("form:has(input[value=step]):has(input[name=by][value='1']) button")
        wall.sees(f"Step {beat // 2 + 1} of 10")
    wall.sees("Questions")
    teacher.page.select_option("#to-step", "5")
    teacher.page.click("form:has(#to-step) button")
    wall.sees("Step 5 of 10")
    teacher.page.click("text=Show the report")
    ana.page.click("text=Read the whole debrief")
    ana.sees("What each use of force did")
    faults = {fault for one in screens for fault in one.faults}
    assert faults == set(), "no error in any page, and nothing asked of anybody else"
    for one in screens:
        if one is not hadi:
            one.context.close()
