"""The report in a real browser: on a phone, on a desk, on paper."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from game.report.making import made as report_made
from game.report.page import CONTENTS
from tests.classroom.browser import chromium

from . import made

WIDTHS = {"phone": 390, "desktop": 1280}
PAPER = 672
"""Pixels between the margins of A4: 210 mm less twice 16."""
CUT = """
() => [...document.querySelectorAll('table')]
    .filter(t => t.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map(t => t.caption.textContent)
"""
TOO_WIDE = """
() => [...document.querySelectorAll('body *')]
    .filter(e => !e.closest('.wide table, svg, .skip'))
    .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map(e => e.tagName + '.' + e.className + ': ' + e.textContent.slice(0, 40))
"""
UNREADABLE = """
() => [...document.querySelectorAll('svg text')]
    .filter(e => e.getBoundingClientRect().height < 10)
    .map(e => e.textContent)
"""
OVERLAPPING = """
() => [...document.querySelectorAll('svg[role=img]')].flatMap(svg => {
    const boxes = [...svg.querySelectorAll('text')]
        .map(t => [t.textContent, t.getBoundingClientRect()])
    return boxes.flatMap(([a, p], i) => boxes.slice(i + 1)
        .filter(([b, q]) => p.left < q.right - 1 && q.left < p.right - 1
            && p.top < q.bottom - 4 && q.top < p.bottom - 4)
        .map(([b, q]) => svg.getAttribute('aria-labelledby') + ': ' + a + ' / ' + b))
})
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module", params=["simulated", "compared"])
def file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("browser") / "report.html"
    path.write_text(getattr(made, request.param)(), encoding="utf-8")
    return path


@pytest.fixture(params=WIDTHS)
def page(request: pytest.FixtureRequest, browser: Any, file: Path) -> Iterator[Any]:
    opened = browser.new_page(viewport={"width": WIDTHS[request.param], "height": 900})
    opened.asked, opened.said = [], []
    opened.on("request", lambda asked: opened.asked.append(asked.url))
    opened.on("console", lambda said: opened.said.append(said.text))
    opened.on("pageerror", lambda error: opened.said.append(str(error)))
    opened.on("dialog", lambda dialog: opened.said.append(dialog.message))
    opened.goto(file.as_uri())
    yield opened
    opened.close()


def test_it_fits_its_window_and_keeps_quiet(page: Any, file: Path) -> None:
    assert page.asked == [file.as_uri()]
    assert page.said == []
    width = page.evaluate("document.documentElement.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(TOO_WIDE) == []


def test_charts_can_be_read(page: Any) -> None:
    assert page.evaluate(UNREADABLE) == []
    assert page.evaluate(OVERLAPPING) == []


def test_a_reader_with_a_keyboard_gets_everywhere(page: Any) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the story"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == CONTENTS[0][1]
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == f"#{CONTENTS[0][0]}"
    outline = page.evaluate("getComputedStyle(document.querySelector('nav a')).outlineStyle")
    assert outline in ("none", "auto", "solid")
    unreachable = page.evaluate(
        "[...document.querySelectorAll('.wide')].filter(e => e.tabIndex !== 0).length"
    )
    assert unreachable == 0


def test_every_heading_has_a_name_for_screen_readers(page: Any) -> None:
    told = page.locator("body").aria_snapshot()
    headings = re.findall(r'heading "([^"]*)" \[level=2\]', told)
    assert [h.split(" ", 1)[1] for h in headings] == [name for _, name in CONTENTS]
    images = re.findall(r'- \'?img "([^"]+)"', told)
    assert len(images) == page.locator("svg[role=img]").count()


def test_it_prints_on_a4_with_a_page_for_each_seat(browser: Any, file: Path) -> None:
    opened = browser.new_page()
    opened.goto(file.as_uri())
    opened.emulate_media(media="print")
    breaks = opened.evaluate(
        "[...document.querySelectorAll('.seat')].map(e => getComputedStyle(e).breakBefore)"
    )
    assert breaks == ["auto", "page", "page", "page"]
    opened.set_viewport_size({"width": PAPER, "height": 1000})
    assert opened.evaluate(CUT) == []
    hidden = opened.evaluate("getComputedStyle(document.querySelector('nav')).display")
    assert hidden == "none"
    data = opened.pdf(prefer_css_page_size=True, print_background=True)
    opened.close()
    sizes = {tuple(float(n) for n in box.split()) for box in _boxes(data)}
    assert len(sizes) == 1
    (size,) = sizes
    assert size[2] == pytest.approx(595, abs=1.5)
    assert size[3] == pytest.approx(842, abs=1.5)
    assert 12 <= len(_boxes(data)) <= 45


def _boxes(data: bytes) -> list[bytes]:
    return re.findall(rb"/MediaBox \[([^\]]+)\]", data)


@pytest.mark.parametrize("scenario", ["turn_zero", "ten_days_in_january", "the_article"])
def test_each_team_s_page_prints_on_one_sheet(browser: Any, tmp_path: Path, scenario: str) -> None:
    """With every theory's column, as a class has it."""
    theories = made.lenses("spiral", "deterrence", "proxy", "resolve")
    path = tmp_path / "report.html"
    match = made.match(scenario, 7)
    document = made.finished(report_made(match, theories, futures=30))
    path.write_text(document, encoding="utf-8")
    page = browser.new_page()
    for seat in ("us", "iran", "militia", "iraq"):
        page.goto(path.as_uri())
        page.evaluate("id => document.body.replaceChildren(document.getElementById(id))",
                      f"page-{seat}")  # fmt: skip
        sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))
        assert len(sheets) == 1, seat
    page.close()
