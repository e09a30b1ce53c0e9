"""People read names, never ids."""

import pytest

from game.content.lens import lens_ids
from game.content.load import doctrine_ids
from game.views.called import lens_name, player_name


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
