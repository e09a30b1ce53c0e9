"""Every page in a real browser: accessible, within its screen at any size, and readable without
scripts; every paper on its pages.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error as PlaywrightError

from game.classroom import papers
from game.classroom.debriefing import beats, pages_path
from game.classroom.host.pages import DIALOGS
from game.classroom.team import LEAVES
from game.content.load import load_scenario
from game.rules.seats import SEATS

from .browser import LAPTOP, PHONE, PROJECTOR, Screen, chromium
from .common import IRAN, US, Hosted, deed, held, wait_for, word

T = TypeVar("T")
LEAFS_END = """
() => innerWidth < 1120 || innerHeight < 480
    || document.documentElement.scrollHeight <= innerHeight + 1
"""
"""Where a team's leaves stand side by side, each scrolls by itself and the page does not."""
TOO_WIDE = """
() => [...document.querySelectorAll('body *')]
    .filter(e => !e.closest('svg, .hush, .skip, .map, [hidden]'))
    .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map(e => e.tagName + '.' + e.className + ': ' + e.textContent.slice(0, 40))
"""


WIDEST = """
() => document.querySelectorAll('.bigcode').forEach(e => { e.textContent = 'MWMW'; })
"""
"""Whatever code was drawn: the widest letters that it may have."""


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
        teacher.does("estimate", seat="US")
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


OF_COLOUR = {"runOnly": ["color-contrast", "link-in-text-block"]}
"""The rules of axe-core that can find something else once the colours have changed."""


VIOLATIONS = """
async options => (await axe.run(document, options)).violations
    .flatMap(found => found.nodes.slice(0, 2).map(node => `${found.id}: ${node.html.slice(0, 90)}`))
"""


def at_rest(page: Any, look: Callable[[], T]) -> T:
    """What is found on a page; one that is fetched anew meanwhile is looked at again."""
    for _ in range(5):
        try:
            return look()
        except PlaywrightError as error:
            if "context was destroyed" not in str(error):
                raise
            page.wait_for_load_state()
    raise AssertionError(f"{page.url} does not come to rest")


def _looked_through(page: Any, options: dict[str, Any]) -> list[str]:
    """What axe-core finds."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    return list(page.evaluate(VIOLATIONS, options))


def violations(page: Any) -> list[str]:
    """What axe-core finds on a page in the dark, and then in the light."""
    found = []
    for scheme, options in (("dark", {}), ("light", OF_COLOUR)):
        page.emulate_media(color_scheme=scheme)
        asked = {"resultTypes": ["violations"], "preload": False, **options}
        wrong = at_rest(page, partial(_looked_through, page, asked))
        found += [f"{scheme}: {one}" for one in wrong]
    page.emulate_media(color_scheme="dark")
    return found


SIZES = (PHONE, (320, 640), (683, 384), (700, 900), LAPTOP, (3840, 2160))


@dataclass
class Looked:
    """What was found on one visit to every page."""

    wrong: dict[str, list[str]] = field(default_factory=dict)
    """By axe-core, by page."""
    wide: dict[str, list[str]] = field(default_factory=dict)
    """What runs out of the screen, by page and size."""
    faults: list[str] = field(default_factory=list)

    def at_each_size(self, screen: Screen) -> None:
        """Looks at a page at every size, and in letters of twice the size."""
        page = screen.page
        page.evaluate(WIDEST)
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            if wide := page.evaluate(TOO_WIDE):
                self.wide[f"{page.url} on {width} by {height}"] = wide[:3]
            if "/team/" in page.url and not page.evaluate(LEAFS_END):
                self.wide[f"{page.url} on {width} by {height}"] = ["the page scrolls, too"]
        page.set_viewport_size(dict(zip(("width", "height"), PHONE, strict=True)))
        browsers_own = screen.context.new_cdp_session(page)
        for standard, fixed in ((32, 26), (16, 13)):
            sizes = {"standard": standard, "fixed": fixed}
            browsers_own.send("Page.setFontSizes", {"fontSizes": sizes})
            letters = page.evaluate("getComputedStyle(document.documentElement).fontSize")
            assert letters == f"{standard}px"
            if wide := page.evaluate(TOO_WIDE):
                self.wide[f"{page.url} in letters of {letters}"] = wide[:3]
        browsers_own.detach()


@pytest.fixture(scope="module")
def looked(browser: Any, hosted: Hosted) -> Looked:
    """Every page of a member and of the host, and the projector's, each visited once."""
    found = Looked()
    for screen in screens(browser, hosted, PHONE):
        if wrong := violations(screen.page):
            found.wrong[screen.page.url] = wrong
        at_rest(screen.page, partial(found.at_each_size, screen))
        found.faults += screen.faults
    wall = Screen(browser, hosted.address, PROJECTOR)
    wall.go(f"/wall/{hosted.lesson.wall_key}/1")
    if wrong := violations(wall.page):
        found.wrong["wall"] = wrong
    wall.context.close()
    return found


def test_no_page_shuts_anybody_out(looked: Looked) -> None:
    """axe-core finds no violation on any page, dark or light."""
    assert looked.wrong == {}


def test_every_page_keeps_within_its_screen(looked: Looked) -> None:
    """320 pixels are also what a phone of 640 has at 200%, 683 by 384 what a laptop has; and on a
    phone letters of twice the size, as somebody has them who sets the browser's own to 200%.
    """
    assert looked.wide == {}
    assert looked.faults == []


BELOW = """
() => {
    const main = document.querySelector('.wall > main').getBoundingClientRect();
    const ends = e => e.closest('main') ? main : {bottom: innerHeight, right: innerWidth};
    return [...document.querySelectorAll('.wall *')].filter(e => !e.closest('svg, .hush'))
        .filter(e => e.getBoundingClientRect().bottom > ends(e).bottom + 1
            || e.getBoundingClientRect().right > ends(e).right + 1
            || e.tagName === 'TD' && e.scrollWidth > e.clientWidth + 1)
        .map(e => e.textContent.slice(0, 50));
}
"""
"""What lies below its part of the projector or beside it, or runs over the next cell."""


def test_every_step_of_the_debrief_can_be_read_by_everybody(
    browser: Any, debriefed: Hosted
) -> None:
    """axe-core finds no violation, and nothing lies below the screen, of 4:3 nor of 16:9."""
    found, teacher = {}, debriefed.host()
    wall = Screen(browser, debriefed.address, PROJECTOR)
    for number, beat in enumerate(beats(debriefed.room.debriefings[1].found)):
        debriefed.lesson.tables[0].step = number
        teacher.does("step", by=1)
        wall.go(f"/wall/{debriefed.lesson.wall_key}/1")
        name = f"{beat.step} {beat.page}"
        if wrong := violations(wall.page):
            found[name] = wrong
        for width, height in ((1024, 768), (1280, 720), PROJECTOR):
            wall.page.set_viewport_size({"width": width, "height": height})
            if below := wall.page.evaluate(BELOW):
                found[f"{name} {width}"] = below
    assert found == {}
    assert wall.faults == []
    wall.context.close()


def test_after_the_game_every_page_suits_everybody(browser: Any, debriefed: Hosted) -> None:
    found = {}
    member, teacher = (Screen(browser, debriefed.address, PHONE) for _ in range(2))
    member.join(debriefed.lesson.code, "IRAQ", "adviser", "Sam")
    teacher.go(f"/enter/{debriefed.lesson.host_secret}")
    pages = [(member, "/team/orders"), (member, "/team/news"), (teacher, "/host/1")]
    pages += [(teacher, "/host/tables"), (teacher, "/host/compare")]
    for screen, path in pages:
        screen.go(path)
        for width, height in ((320, 640), LAPTOP, PHONE):
            screen.page.set_viewport_size({"width": width, "height": height})
            if path != "/host/compare" and (wide := screen.page.evaluate(TOO_WIDE)):
                found[f"{path} is too wide on {width}"] = wide[:3]
        if wrong := violations(screen.page):
            found[path] = wrong
    member.go("/team/orders")
    member.page.click("text=Your team's page")
    member.page.wait_for_selector("#page-iraq:target")
    for device in list(debriefed.lesson.devices.values()):
        if device.nick == "Sam":
            debriefed.lesson.remove(device)
    member.context.close()
    teacher.context.close()
    assert found == {}


def test_a_paused_game_suits_everybody(browser: Any, tmp_path: Path) -> None:
    """axe-core finds no violation on what a team, the host and the wall see meanwhile."""
    with held(tmp_path, tables=1) as one:
        teacher = one.host()
        teacher.does("begin", plan="hour", minutes="")
        teacher.does("pause")
        member = Screen(browser, one.address, PHONE)
        member.join(one.lesson.code, "US", "adviser", "Sam")
        host, wall = (Screen(browser, one.address, size) for size in (PHONE, PROJECTOR))
        for screen, path in (
            (member, "/team/orders"),
            (host, f"/enter/{one.lesson.host_secret}"),
            (wall, f"/wall/{one.lesson.wall_key}/1"),
        ):
            screen.go(path)
            assert violations(screen.page) == []
            screen.context.close()


def test_what_is_handed_out_is_a_sheet_and_one_for_each_team(
    browser: Any, debriefed: Hosted
) -> None:
    path = pages_path(debriefed.table.match.path)
    teacher = debriefed.host()
    assert teacher.get("/host/1/report?pages").text == path.read_text(encoding="utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())
    pdf = page.pdf(prefer_css_page_size=True)
    page.close()
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1 + len(SEATS)


@pytest.mark.parametrize("size", [(1280, 720), (1024, 768), PROJECTOR, (3840, 2160)], ids=str)
def test_the_projector_shows_all_at_once(
    browser: Any, hosted: Hosted, size: tuple[int, int]
) -> None:
    wall = Screen(browser, hosted.address, size)
    wall.go(f"/wall/{hosted.lesson.wall_key}/1")
    below = wall.page.evaluate(BELOW)
    hosted.table.match.inject_own("A sandstorm over Anbar", "Nothing flies today. " * 6)
    hosted.table.version += 1
    wall.go(f"/wall/{hosted.lesson.wall_key}/1")
    below += wall.page.evaluate(BELOW)
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
    assert "rung 6" in member.page.inner_text("#orders .card")
    member.page.click("form[action='/team/commit'] button")
    assert "Committed" in member.page.inner_text("#orders")
    member.page.click("text=Take back")
    assert "You are about to order" in member.page.inner_text("#orders")
    member.context.close()


SENT_ANEW = """
() => {
    document.querySelector('#part-word > summary').click();
    const orders = document.querySelector('[sse-swap=orders]');
    orders.innerHTML = orders.innerHTML.replace(/<details([^>]*?) open(="")?/g, '<details$1');
    document.body.dispatchEvent(new CustomEvent('htmx:afterSwap', {bubbles: true}));
    return document.getElementById('part-word').open;
}
"""


def test_a_part_stays_open_that_is_sent_anew_as_it_opens(browser: Any, hosted: Hosted) -> None:
    """Before the browser has told anybody that it opened."""
    member = Screen(browser, hosted.address, LAPTOP)
    member.join(hosted.lesson.code, "IRAQ", "adviser")
    member.go("/team/orders")
    member.page.wait_for_selector("html.js")
    assert member.page.evaluate(SENT_ANEW)
    member.context.close()


OF_EACH_SEAT = ("role", "reference", "slips")
OF_THE_CLASS = {
    "agendas", "beginning", "communities", "exit_ticket", "index", "ladder", "lesson_plan", "map",
    "memo_rubric", "quiz", "quiz_key", "script",
}  # fmt: skip


@pytest.mark.parametrize("scenario", ["ten_days_in_january", "the_article"])
def test_every_paper_prints_on_its_pages(browser: Any, tmp_path: Path, scenario: str) -> None:
    written = papers.write(scenario, tmp_path)
    turns = len(load_scenario(scenario).turns)
    page = browser.new_page(viewport={"width": 900, "height": 1200})
    printed = set[str]()  # one of each kind; of all of them, that each sheet holds what is on it
    for path in written:
        page.goto(path.as_uri())
        sheets = page.locator(".sheet").count()
        if (kind := path.stem.split("_")[0]) not in printed:
            pdf = page.pdf(prefer_css_page_size=True)
            assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == sheets, path.name
            printed.add(kind)
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
