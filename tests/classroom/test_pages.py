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
from game.classroom.host import DIALOGS
from game.classroom.team import LEAVES
from game.content.load import load_scenario
from game.rules.seats import SEATS

from .browser import LAPTOP, PHONE, PROJECTOR, Screen, chromium
from .common import IRAN, US, Hosted, deed, held, word

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
    with held(tmp_path_factory.mktemp("class")) as one:
        ana, noor, teacher = one.member(US, "chair", "Ana"), one.member(IRAN, "chair"), one.host()
        teacher.does("begin", minutes=0)
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
        yield one


def screens(browser: Any, hosted: Hosted, size: tuple[int, int], **more: Any) -> Iterator[Screen]:
    """A member of a team, the host and the projector, one after the other, with their pages."""
    member = Screen(browser, hosted.address, size, **more)
    member.join(hosted.lesson.code, "US", "adviser", "Sam")
    teacher = Screen(browser, hosted.address, size, **more)
    teacher.go(f"/enter/{hosted.lesson.host_secret}")
    pages = [(member, f"/team/{leaf}") for leaf in (*LEAVES, "sofar")]
    pages += [(member, "/"), (member, "/?again=1"), (member, "/seats"), (member, "/nothing")]
    pages += [(teacher, "/host/1"), (teacher, "/host/1/seat/us")]
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


@pytest.mark.parametrize("size", [(320, 640), PHONE, (700, 900), LAPTOP, (3840, 2160)], ids=str)
def test_every_page_keeps_within_its_screen(
    browser: Any, hosted: Hosted, size: tuple[int, int]
) -> None:
    """320 pixels are also what a phone of 640 has at 200%."""
    found = {}
    for screen in screens(browser, hosted, size):
        if wide := screen.page.evaluate(TOO_WIDE):
            found[screen.page.url] = wide[:3]
        assert screen.faults == []
    assert found == {}


@pytest.mark.parametrize("size", [(1280, 720), (1024, 768), PROJECTOR, (3840, 2160)], ids=str)
def test_the_projector_shows_all_at_once(
    browser: Any, hosted: Hosted, size: tuple[int, int]
) -> None:
    wall = Screen(browser, hosted.address, size)
    wall.go(f"/wall/{hosted.lesson.wall_key}/1")
    below = wall.page.evaluate(
        "() => [...document.querySelectorAll('.wall *')].filter(e => !e.closest('svg, .hush'))"
        ".filter(e => e.getBoundingClientRect().bottom > innerHeight + 1 ||"
        " e.getBoundingClientRect().right > innerWidth + 1).map(e => e.textContent.slice(0, 50))"
    )
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
    assert len(written) == 4 + 4 + 4 + 2 + bool(load_scenario(scenario).injects) + 7 + 1
    assert {path.name for path in written} >= {f"role_{seat.name.lower()}.html" for seat in SEATS}
