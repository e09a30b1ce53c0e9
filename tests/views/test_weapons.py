"""Bombs beside a road are told as bombs wherever it is known that they were."""

import re

import pytest

from game.content.load import load_rulebook
from game.rules.account import account
from game.rules.seats import Seat
from game.views.handbook.amounts import costs
from game.views.happenings import happenings
from game.views.news import news
from game.views.transcript import turn_lines
from game.views.weapons import are_bombs
from tests.played import course
from tests.support import still

MILITIA = Seat.MILITIA
BOOK = load_rulebook()


def deed(name):
    return BOOK.deeds[MILITIA][BOOK.deed(MILITIA, name)]


def test_what_takes_nothing_from_the_stock_costs_no_rockets():
    assert are_bombs(deed("roadside_bombs").fire)
    assert not are_bombs(deed("harass").fire)
    assert not are_bombs(None)
    bombs, rockets = deed("roadside_bombs"), deed("harass")
    assert "rocket" not in costs(bombs.costs, bombs.fire, "rocket")
    assert costs(rockets.costs, rockets.fire, "rocket") == "costs 2 to 6 rockets"


@pytest.mark.parametrize(
    ("order", "bombs"), [("roadside_bombs@taji", True), ("harass@taji", False)]
)
def test_they_are_told_as_what_they_were(order, bombs):
    played = course({"MILITIA": order}, position=still(days=14, mil_effort=1))
    scenario, turn = played.scenario, played.turns[0]
    own = " ".join(news(scenario, account(scenario.setting, turn.outcome, MILITIA)))
    truth = " ".join(happening.text for happening in happenings(scenario, turn))
    record = " ".join(turn_lines(scenario, turn.orders, turn.outcome, turn.after))
    assert ("your men went off beside" in own) == bombs
    assert ("set off" in truth) == bombs
    assert bool(re.search(r"bombs \d", record)) == bombs
    for told in (own, truth):
        assert ("round" in told) != bombs


def test_others_do_not_learn_from_the_news_who_has_bombs():
    played = course({"MILITIA": "roadside_bombs@taji"}, position=still(days=14, mil_effort=1))
    scenario, turn = played.scenario, played.turns[0]
    for seat in (Seat.US, Seat.IRAN, Seat.IRAQ):
        told = " ".join(news(scenario, account(scenario.setting, turn.outcome, seat)))
        assert re.search("attacks?(, the worst of them)? on Camp Taji", told)
        assert "militias" not in told.split("Camp Taji")[1].split(".")[0]
