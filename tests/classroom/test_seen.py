"""What pages say of what is seen: the map's names, the projector's steps, numbers."""

import re

import pytest

from game.classroom.debriefing import STEPS, Debrief, Row, beats, on_page
from game.classroom.mapping import HEIGHT, WIDTH, marked
from game.content.load import load_scenario
from game.report.front import Act, Change
from game.views.news import NewsItem

from .common import US, Hosted

LETTER, LINE = 20, 36
"""Of a name on the map, about: how wide a letter is, how high a line."""


def names(drawn: str) -> list[tuple[str, float, float, float, float]]:
    """Every name on a map, with the box that it fills."""
    boxes = []
    for anchor, text in re.findall(r'<text class="\w+" text-anchor="(\w+)">(.*?)</text>', drawn):
        for x, y, name in re.findall(r'<tspan x="(\d+)" y="(\d+)">(.*?)</tspan>', text):
            left = float(x) - (LETTER * len(name) if anchor == "end" else 0)
            boxes.append((name, left, float(y) - LINE, left + LETTER * len(name), float(y)))
    return boxes


def test_no_name_on_the_map_lies_over_another() -> None:
    """Wherever something happened, at up to four places at once."""
    scenario = load_scenario("the_article")
    sites = range(len(scenario.setting.rulebook.sites))
    for first in sites:
        told = tuple(
            NewsItem("", "fire", site=(first + step) % len(sites)) for step in (0, 1, 2, 5)
        )
        boxes = names(marked(scenario, told))
        assert len(boxes) >= len(told)
        for k, (name, left, top, right, bottom) in enumerate(boxes):
            assert left >= 0, name
            assert right <= WIDTH, name
            assert top >= 0, name
            assert bottom <= HEIGHT, name
            for other, x, y, until, below in boxes[k + 1 :]:
                apart = right <= x or until <= left or bottom <= y or below <= top
                assert apart, (name, other)


def debrief(acts: int, uses: int) -> Debrief:
    change = Change("=", "the same", "")
    return Debrief(
        title="",
        headline="",
        dead="",
        rows={"luck": tuple(Row(f"use {k}", ()) for k in range(uses))},
        lenses=(),
        claims=(),
        world="",
        was_secret=False,
        leanings={},
        acts=tuple(Act(f"act {k}", (change,)) for k in range(acts)),
        questions=(),
        report="",
        handed_out="",
    )


@pytest.mark.parametrize("many", [0, 1, 4, 5, 11])
def test_every_use_of_force_has_its_place_on_the_projector(many: int) -> None:
    found = debrief(many, many)
    told = beats(found)
    assert [one.step for one in told if one.page == 0] == list(STEPS), "each step asks once"
    for step, rows in (("acts", found.acts), ("luck", found.rows["luck"])):
        shown = [row for one in told if one.step == step and one.page for row in on_page(rows, one)]
        assert shown == list(rows)


def test_one_day_is_one_day(hosted: Hosted) -> None:
    table = hosted.table
    state = table.match.state.copy()
    for days, told in ((1, "one day left"), (3, "three days left")):
        state.debt[US, 2], state.debt_days[US, 2] = 5, days
        table.match.match_state.state = state
        table.version += 1
        page = hosted.member(US).page()
        assert told in page
        assert "one days" not in page
