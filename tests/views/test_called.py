"""People read names, never ids."""

import re
import tomllib
from pathlib import Path

import pytest

from game.content.lens import lens_ids
from game.content.load import doctrine_ids
from game.views.called import lens_name, player_name
from tests.common import SCENARIOS, scenario, setting

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("player", [*doctrine_ids(), "planner", "planner-novice", "uniform"])
def test_a_computer_player_has_a_name(player):
    name = player_name(player)
    assert name[0].isupper()
    assert "_" not in name


@pytest.mark.parametrize("lens", lens_ids())
def test_a_lens_has_a_name(lens):
    assert lens_name(lens)[0].isupper()


def test_what_the_game_does_not_know_keeps_its_own_name():
    assert player_name("my_own") == "my_own"
    assert lens_name("my_own") == "my_own"


def test_no_title_tells_the_day_that_stands_beside_it() -> None:
    """Screens write a turn's day before its title."""
    for scenario_id in SCENARIOS:
        for turn in scenario(scenario_id).turns:
            assert f"{turn.date.day} {turn.date:%B}" not in turn.title, scenario_id


def test_no_text_needs_to_know_how_many_a_seat_is() -> None:
    """The militias are many, Tehran is one: a verb of the present after a seat fits one only."""
    one = re.compile(r"\{(seat|by|who|speaker|rival|to|sender|capital)\} (has|is|was|does|owes)\b")
    people = {
        ("team.toml", ".refused.editing"),
        ("orders.toml", ".two"),
    }  # nicknames of the classroom
    for path in sorted((ROOT / "game").rglob("*.toml")):
        for key, text in texts_in(tomllib.loads(path.read_text(encoding="utf-8"))):
            found = one.search(text)
            assert found is None or (path.name, key) in people, f"{path.name}: {key}: {text}"


def texts_in(table, key=""):
    if isinstance(table, str):
        yield key, table
    elif isinstance(table, dict):
        for name, inner in table.items():
            yield from texts_in(inner, f"{key}.{name}")
    elif isinstance(table, list):
        for inner in table:
            yield from texts_in(inner, key)


def test_a_deed_that_is_repeated_in_a_long_turn_does_not_say_once() -> None:
    """Fire comes so often a week: in a turn of weeks, more than once."""
    for deeds in setting("the_article").rulebook.deeds:
        for deed in deeds:
            if deed.fire is not None and not deed.signed:
                assert not re.search(r"\bat one\b|\bonce\b", deed.sentence), deed.sentence
