"""The report as a document: whole, alone in the world, and readable by those who cannot see it."""

import re
from itertools import pairwise

import pytest

from game.report.page import CONTENTS, HERE
from game.report.theme import COLOURS, DRAWN_ON, TEXT_ON
from game.rules.seats import SEATS
from tests.contrast import contrast

from . import made
from .reading import Element, read

DOCUMENTS = {
    "simulated": made.simulated,
    "history": lambda: made.simulated("turn_zero", 1, True),
    "compared": made.compared,
}


@pytest.fixture(scope="module", params=DOCUMENTS)
def html(request: pytest.FixtureRequest) -> str:
    return DOCUMENTS[request.param]()


@pytest.fixture(scope="module")
def page(html: str) -> Element:
    return read(html)


def test_the_sections_are_there_in_order(page: Element) -> None:
    headings = [heading.text for heading in page.all("h2")]
    assert headings == [f"{n} {name}" for n, (_, name) in enumerate(CONTENTS, 1)]
    assert [link.attributes["href"] for link in page.one("nav").all("a")] == [
        f"#{name}" for name, _ in CONTENTS
    ]


def test_headings_step_down_one_at_a_time(page: Element) -> None:
    levels = [int(h.tag[1]) for h in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))
    assert all(h.text for h in page.all("h1", "h2", "h3", "h4", "h5"))


def test_it_says_its_language_and_title_and_fits_phones(page: Element) -> None:
    assert page.one("html").attributes["lang"] == "en"
    assert next(page.one("head").all("title")).text.endswith(": debrief")
    named = {m.attributes.get("name"): m.attributes.get("content") for m in page.all("meta")}
    assert named["viewport"] == "width=device-width, initial-scale=1"
    assert {"header", "nav", "main", "footer"} <= {e.tag for e in page.all()}


def test_ids_are_unique_and_links_lead_somewhere(page: Element) -> None:
    ids = [e.attributes["id"] for e in page.all() if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    for link in page.all("a"):
        target = link.attributes["href"]
        if target.startswith("#"):
            assert target[1:] in ids, target
        else:
            assert target.startswith(("http://", "https://")), target


def test_it_asks_the_world_for_nothing(html: str, page: Element) -> None:
    tags = {element.tag for element in page.all()}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "base", "form"}
    for element in page.all():
        assert not {"src", "srcset", "style", "xlink:href"} & set(element.attributes)
        assert not [name for name in element.attributes if name.startswith("on")]
    style = page.one("style").text
    assert "url(" not in style
    assert "@import" not in style
    policy = [m.attributes for m in page.all("meta") if "http-equiv" in m.attributes]
    assert policy[0]["content"] == "default-src 'none'; style-src 'unsafe-inline'"
    assert html.isprintable() or "\n" in html


def test_every_chart_has_a_text_and_a_table_near_it(page: Element) -> None:
    charts = [svg for svg in page.all("svg") if svg.attributes.get("role") == "img"]
    assert len(charts) >= 10
    texts = {e.attributes["id"]: e.text for e in page.all("title", "desc") if "id" in e.attributes}
    for chart in charts:
        title, desc = (chart.attributes[f"aria-{how}by"] for how in ("labelled", "described"))
        assert len(texts[title]) > 5
        assert len(texts[desc]) > 10
    for section in page.all("section"):
        if any(svg.attributes.get("role") == "img" for svg in section.all("svg")):
            assert list(section.all("table"))
    for svg in page.all("svg"):
        nested = svg.within("svg")
        assert nested or svg in charts or svg.attributes.get("aria-hidden") == "true"


def test_tables_have_captions_and_headers(page: Element) -> None:
    tables = list(page.all("table"))
    assert len(tables) >= 15
    for table in tables:
        assert table.one("caption").text
        columns = list(table.one("thead").all("th"))
        assert columns
        assert all(th.attributes.get("scope") == "col" for th in columns)
        for row in table.one("tbody").all("tr"):
            cells = [e for e in row.children if e.tag in ("th", "td")]
            assert len(cells) == len(columns), row.text
            assert all(th.attributes.get("scope") == "row" for th in cells if th.tag == "th")
            assert all(cell.text for cell in cells), row.text
    labels = [d.attributes["aria-label"] for d in page.all("div") if "role" in d.attributes]
    assert len(labels) == len(set(labels)) == len(tables)


def test_lists_and_definitions_are_well_formed(page: Element) -> None:
    for items in page.all("ul", "ol"):
        assert {child.tag for child in items.children} == {"li"}
    for pairs in page.all("dl"):
        assert {child.tag for child in pairs.children} <= {"div"}
        assert all([c.tag for c in div.children] == ["dt", "dd"] for div in pairs.children)


def test_nothing_is_left_unfilled(page: Element) -> None:
    text = page.one("body").text
    for mistake in ("{{", "}}", "{%", "None", " nan", "Undefined", "array(", "<Seat", " ,", " ."):
        if mistake in ("{{", "}}") and "alert(1)" in text:
            continue  # somebody's hostile name
        assert mistake not in text, text[max(0, text.find(mistake) - 80) :][:160]


def test_every_seat_has_a_page_of_its_own(page: Element) -> None:
    (section,) = (s for s in page.all("section") if s.attributes["id"] == "seats")
    pages = [d for d in section.all("div") if "seat" in d.attributes.get("class", "").split()]
    assert len(pages) == len(SEATS)
    assert all("new-page" in d.attributes["class"] for d in pages[1:])


def test_contested_history_names_its_sources() -> None:
    page = read(made.simulated("ten_days_in_january", 3))
    contested = [s for s in page.all("span") if s.attributes.get("class") == "contested"]
    assert contested
    assert all(s.text.startswith("Contested. Sources: ") for s in contested)
    sources = [li.text for li in page.all("li") if li.attributes.get("id", "")[:7] == "source-"]
    for span in contested:
        named = span.text.removeprefix("Contested. Sources: ").rstrip(".").split("; ")
        assert all(any(n in source for source in sources) for n in named[:1])


# --- the theme


@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
def test_text_can_be_read(text: str, ground: str) -> None:
    assert contrast(COLOURS[text], COLOURS[ground]) >= 4.5


@pytest.mark.parametrize(("line", "ground"), DRAWN_ON)
def test_lines_can_be_seen(line: str, ground: str) -> None:
    assert contrast(COLOURS[line], COLOURS[ground]) >= 3


def test_contrast_is_the_one_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast((119, 119, 119), (255, 255, 255)) == contrast("#777777", "#ffffff")


def test_the_style_sheet_has_no_colours_of_its_own() -> None:
    style = (HERE / "templates" / "style.css").read_text(encoding="utf-8")
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", style)
    used = set(re.findall(r"(?<![-\w])color: var\(--(\w+)\)", style))
    assert used <= {text for text, _ in TEXT_ON}
    grounds = set(re.findall(r"background: var\(--(\w+)\)", style))
    assert grounds <= {ground for _, ground in TEXT_ON}
