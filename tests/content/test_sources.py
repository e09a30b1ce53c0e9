"""The game's own scenarios tell where what they claim is known from."""

import pytest

from game.content.load import load_scenario, scenario_ids
from game.rules.seats import SEATS

RULES_OF_THE_GAME = {
    ("turn_zero", "note"): "coaching",
    ("ten_days_in_january", "It is Friday"): "the calendar",
    ("the_road_not_taken", "It is Friday"): "the calendar, and the prologue's sources",
}
"""Notes that claim nothing about the world, and what they are instead."""


@pytest.mark.parametrize("name", scenario_ids())
def test_prologue_and_roles_have_sources(name):
    scenario = load_scenario(name)
    assert scenario.prologue_sources
    for seat in SEATS:
        assert scenario.roles[seat].sources, seat.name


@pytest.mark.parametrize("name", scenario_ids())
def test_notes_have_sources_where_they_tell_news(name):
    for turn in load_scenario(name).turns:
        begins = "note" if turn.note.startswith("Coaching") else turn.note[:12]
        if turn.note and (name, begins) not in RULES_OF_THE_GAME:
            assert turn.sources, turn.note
        if turn.anniversary_of:
            assert turn.sources, turn.anniversary_of


@pytest.mark.parametrize("name", scenario_ids())
def test_an_inject_has_sources_or_says_that_it_is_invented(name):
    for inject in load_scenario(name).injects:
        assert inject.sources or "(Invented" in inject.text, inject.id
