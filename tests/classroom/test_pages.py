"""Every page in a real browser: accessible, within its screen at any size, and readable without
scripts; every paper on its pages.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from game.classroom import papers
from game.classroom.debriefing import BEATS, STEPS
from game.classroom.host.pages import DIALOGS
from game.classroom.team import LEAVES
from game.content.load import load_scenario
from game.rules.seats import SEATS

from .browser import LAPTOP, PHONE, PROJECTOR, Screen, chromium
from .common import IRAN, US, Hosted, deed, held, wait_for, word

TOO_WIDE = """
() => [...document.querySelectorAll('body *')]
    .filter(e => !e.closest('svg, .hush, .skip, .map, [hidden]'))
    .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map(e => e.tagName + '.' + e.className + ': ' + e.textContent.slice(0, 40))
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    """A class in its second turn: news, talk, drafts, a commitment, a hint."""
    with held(tmp_path_factory.mktemp("class"), tables=2) as one:
        ana, noor, teacher = one.member(US, "chair", "Ana"), one.member(IRAN, "chair"), one.host()
        teacher.does("begin", plan="hour", minutes="")
        teacher.does("estimate")
        ana.set("deed", deed(one, US, "strike_depots"))
        ana.set("word", word(one, "threaten"), word_to="IRAN", word_rung=5)
        ana.commit()
        teacher.does("time")
        for visitor, words in ((ana, "What do you bring?"), (noor, "Eight quiet days.")):
            visitor.post("/team/talk", say=words, **{"with": "us-iran-militia-iraq"})
        teacher.does("hint", seat="US", words="Read the second paragraph again.")
        teacher.does("inject", inject="fog")
        noor.set("deed", 1)
        noor.commit()
        wait_for(lambda: one.room.staffs[1].of(US, one.table.order(US)) is not None, 60)
        yield one


@pytest.fixture(scope="module")
def debriefed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    """Two tables: one whose game is over and worked out, with force, talk and a prediction; one
    that goes on.
    """
    with held(tmp_path_factory.mktemp("over"), tables=2, lens="spiral") as one:
        ana, teacher = one.member(US, "chair", "Ana"), one.host()
        teacher.does("begin", plan="hour", minutes="", tables="all")
        for ordered in ("strike_depots", "kill_commander", "strike_depots"):
            ana.set("deed", deed(one, US, ordered))
            ana.set("word", word(one, "threaten"), word_to="IRAN", word_rung=5)
            ana.post("/team/predict", IRAN=80, theory="spiral")
            ana.commit()
            teacher.does("time")
        wait_for(lambda: one.room.debriefings[1].found is not None, 120)
        teacher.does("share")
        yield one


def screens(browser: Any, hosted: Hosted, size: tuple[int, int], **more: Any) -> Iterator[Screen]:
    """A member of a team, the host and the projector, one after the other, with their pages."""
    member = Screen(browser, hosted.address, size, **more)
    member.join(hosted.lesson.code, "US", "adviser", "Sam")
    teacher = Screen(browser, hosted.address, size, **more)
    teacher.go(f"/enter/{hosted.lesson.host_secret}")
    pages = [(member, f"/team/{leaf}") for leaf in (*LEAVES, "sofar")]
    pages += [(member, "/"), (member, "/?again=1"), (member, "/seats"), (member, "/nothing")]
    pages += [(teacher, "/host/1"), (teacher, "/host/1/seat/us"), (teacher, "/host/tables")]
    pages += [(teacher, f"/host/1/ask/{what}") for what in DIALOGS]
    for one, path in pages:
        one.go(path)
        yield one
    for one in (member, teacher):
        one.context.close()
        for device in list(hosted.lesson.devices.values()):
            if device.nick == "Sam":
                hosted.lesson.remove(device)


@pytest.mark.parametrize("dark", [True, False], ids=["dark", "light"])
def test_no_page_shuts_anybody_out(browser: Any, hosted: Hosted, dark: bool) -> None:
    """axe-core finds no violation on any page."""
    axe, found = Axe(), {}
    for screen in screens(browser, hosted, PHONE, dark=dark):
        wrong = axe.run(screen.page).response["violations"]
        if wrong:
            places = [node["html"][:90] for one in wrong for node in one["nodes"][:2]]
            found[screen.page.url] = [one["id"] for one in wrong], places
    wall = Screen(browser, hosted.address, PROJECTOR, dark=dark)
    wall.go(f"/wall/{hosted.lesson.wall_key}/1")
    if wrong := axe.run(wall.page).response["violations"]:
        found["wall"] = [one["id"] for one in wrong], [one["nodes"][0]["html"] for one in wrong]
    wall.context.close()
    assert found == {}


@pytest.mark.parametrize("size", [(320, 640), PHONE, (683, 384), (700, 900), (3840, 2160)], ids=str)
def test_every_page_keeps_within_its_screen(
    browser: Any, hosted: Hosted, size: tuple[int, int]
) -> None:
    """320 pixels are also what a phone of 640 has at 200%, 683 by 384 what a laptop has."""
    found = {}
    for screen in screens(browser, hosted, size):
        if wide := screen.page.evaluate(TOO_WIDE):
            found[screen.page.url] = wide[:3]
        assert screen.faults == []
    assert found == {}


def test_every_page_bears_letters_of_twice_the_size(browser: Any, hosted: Hosted) -> None:
    """As somebody has them who sets the browser's own text size to 200%."""
    found = {}
    for screen in screens(browser, hosted, PHONE):
        sizes = screen.context.new_cdp_session(screen.page)
        sizes.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
        letters = screen.page.evaluate("getComputedStyle(document.documentElement).fontSize")
        assert letters == "32px"
        if wide := screen.page.evaluate(TOO_WIDE):
            found[screen.page.url] = wide[:3]
    assert found == {}


BELOW = """
() => [...document.querySelectorAll('.wall *')].filter(e => !e.closest('svg, .hush'))
    .filter(e => e.getBoundingClientRect().bottom > innerHeight + 1
        || e.getBoundingClientRect().right > innerWidth + 1)
    .map(e => e.textContent.slice(0, 50))
"""


@pytest.mark.parametrize("dark", [True, False], ids=["dark", "light"])
def test_every_step_of_the_debrief_can_be_read_by_everybody(
    browser: Any, debriefed: Hosted, dark: bool
) -> None:
    """axe-core finds no violation, and nothing lies below the screen, of 4:3 nor of 16:9."""
    axe, found, teacher = Axe(), {}, debriefed.host()
    wall = Screen(browser, debriefed.address, PROJECTOR, dark=dark)
    for beat in range(1, len(STEPS) * BEATS + 1):
        debriefed.lesson.tables[0].step = beat - 1
        teacher.does("step", by=1)
        wall.go(f"/wall/{debriefed.lesson.wall_key}/1")
        name = f"{STEPS[(beat - 1) // BEATS]} {beat % BEATS}"
        if wrong := axe.run(wall.page).response["violations"]:
            found[name] = [one["id"] for one in wrong], [one["nodes"][0]["html"] for one in wrong]
        for width, height in ((1024, 768), (1280, 720), PROJECTOR) if dark else ():
            wall.page.set_viewport_size({"width": width, "height": height})
            if below := wall.page.evaluate(BELOW):
                found[f"{name} {width}"] = below
    assert found == {}
    assert wall.faults == []
    wall.context.close()


@pytest.mark.parametrize("size", [(320, 640), PHONE, LAPTOP], ids=str)
def test_after_the_game_every_page_suits_everybody(
    browser: Any, debriefed: Hosted, size: tuple[int, int]
) -> None:
    axe, found = Axe(), {}
    member, teacher = (Screen(browser, debriefed.address, size) for _ in range(2))
    member.join(debriefed.lesson.code, "IRAQ", "adviser", "Sam")
    teacher.go(f"/enter/{debriefed.lesson.host_secret}")
    pages = [(member, "/team/orders"), (member, "/team/news"), (teacher, "/host/1")]
    pages += [(teacher, "/host/tables"), (teacher, "/host/compare")]
    for screen, path in pages:
        screen.go(path)
        if wrong := axe.run(screen.page).response["violations"]:
            places = [node["html"][:90] for one in wrong for node in one["nodes"][:2]]
            found[path] = [one["id"] for one in wrong], places
        if path != "/host/compare" and (wide := screen.page.evaluate(TOO_WIDE)):
            found[f"{path} is too wide"] = wide[:3]
    member.go("/team/orders")
    member.page.click("text=Your team's page")
    assert member.page.evaluate("document.querySelector(':target').id") == "page-iraq"
    for device in list(debriefed.lesson.devices.values()):
        if device.nick == "Sam":
            debriefed.lesson.remove(device)
    member.context.close()
    teacher.context.close()
    assert found == {}


@pytest.mark.parametrize("size", [(1280, 720), (1024, 768), PROJECTOR, (3840, 2160)], ids=str)
def test_the_projector_shows_all_at_once(
    browser: Any, hosted: Hosted, size: tuple[int, int]
) -> None:
    wall = Screen(browser, hosted.address, size)
    wall.go(f"/wall/{hosted.lesson.wall_key}/1")
    below = wall.page.evaluate(BELOW)
    small = wall.page.evaluate(
        "() => Math.min(...[...document.querySelectorAll('.wall p, .wall li, .wall h1')]"
        ".filter(e => !e.closest('.hush') && e.innerText)"
        ".map(e => parseFloat(getComputedStyle(e).fontSize))) / Math.min(innerWidth / 1920,"
        " innerHeight / 1080)"
    )
    wall.context.close()
    assert below == []
    assert small >= 31.9, "24 points on a screen of 1920 by 1080, at any size alike"


def test_orders_can_be_given_without_scripts(browser: Any, hosted: Hosted) -> None:
    member = Screen(browser, hosted.address, PHONE, script=False)
    member.go("/")
    member.page.fill("#code", hosted.lesson.code)
    member.page.click("button")
    member.page.check("input[name=seat][value=MILITIA]")
    member.page.click("button")
    member.go("/team/orders")
    member.page.click("#part-word > summary")
    member.page.check("#word-1")
    member.page.select_option("#word-to-1", "US")
    member.page.select_option("#word-rung-1", "6")
    member.page.click("#part-word button")
    assert "rung 6" in member.page.inner_text(".card")
    member.page.click("form[action='/team/commit'] button")
    assert "Committed" in member.page.inner_text("#orders")
    member.page.click("text=Take back")
    assert "You are about to order" in member.page.inner_text("#orders")
    member.context.close()


OF_EACH_SEAT = ("role", "reference", "slips")
OF_THE_CLASS = {
    "agendas", "communities", "exit_ticket", "index", "ladder", "lesson_plan", "map",
    "memo_rubric", "quiz", "quiz_key", "script",
}  # fmt: skip


@pytest.mark.parametrize("scenario", ["ten_days_in_january", "turn_zero", "the_article"])
def test_every_paper_prints_on_its_pages(browser: Any, tmp_path: Path, scenario: str) -> None:
    written = papers.write(scenario, tmp_path)
    turns = len(load_scenario(scenario).turns)
    page = browser.new_page(viewport={"width": 900, "height": 1200})
    for path in written:
        page.goto(path.as_uri())
        sheets = page.locator(".sheet").count()
        pdf = page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == sheets, path.name
        over = page.evaluate(
            "[...document.querySelectorAll('.sheet')].map(s => s.scrollHeight - s.clientHeight)"
        )
        assert max(over) <= 1, path.name
        if path.name.startswith(("role", "reference")):
            assert sheets == 1, path.name
        if path.name.startswith("slips"):
            assert sheets == (turns + 1) // 2, path.name
        assert "http" not in path.read_text(encoding="utf-8").replace("http-equiv", ""), path.name
    page.close()
    of_seats = {f"{kind}_{seat.name.lower()}" for kind in OF_EACH_SEAT for seat in SEATS}
    injects = {"injects"} if load_scenario(scenario).injects else set()
    assert sorted(path.stem for path in written) == sorted(of_seats | OF_THE_CLASS | injects)
