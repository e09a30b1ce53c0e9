"""The last scene of a game in words: how long it was, and what practice was for."""

from dataclasses import replace

import pytest

from game.content.load import load_scenario, scenario_ids
from game.rules.endings import Ending
from game.rules.luck import game_keys
from game.rules.orders import HOLD
from game.rules.outcome import Outcome
from game.rules.seats import Seat
from game.views.ending import PRACTICE, in_earnest, practised, scene
from tests.desktop.gallery_room import played
from tests.desktop.playing import match_of


@pytest.mark.parametrize("scenario", scenario_ids())
def test_only_a_quarter_is_called_one(scenario: str) -> None:
    match = played(scenario, 99)
    headline = scene(match.scenario, match.state).headline
    days = (match.scenario.end - match.scenario.turns[0].date).days
    assert ("quarter" in headline) <= (80 <= days <= 100)


def practice(seed: int, *, strikes: bool) -> list[Outcome]:
    """A practice game in which Washington strikes in its first turn, or holds throughout."""
    match = match_of(PRACTICE, Seat.US, seed=seed)
    deed = match.scenario.setting.rulebook.deed(Seat.US, "strike_iran") if strikes else 0
    for _ in range(3):
        if match.ending is not Ending.NONE:
            break
        assert not match.commit(Seat.US, replace(HOLD, deed=deed))
        match.advance()
        deed = 0
    return [one.outcome for one in match.played]


@pytest.mark.parametrize("strikes", [True, False])
def test_practice_says_what_was_seen_only_where_it_was(strikes: bool) -> None:
    heads = {
        "You have seen lines that nobody crossed.": (False, False),
        "You have seen a line and a debt; no answer came in these turns.": (True, False),
        "You have seen a line, a debt and an answer.": (True, True),
    }
    found = set()
    for seed in range(6):
        outcomes = practice(seed, strikes=strikes)
        crossed = any(outcome.crossed.any() for outcome in outcomes)
        answered = crossed and any(outcome.answered.any() for outcome in outcomes)
        head = practised(outcomes)[0]
        assert heads[head] == (crossed, answered)
        found.add(head)
    assert ("You have seen lines that nobody crossed." in found) is not strikes


def test_who_leaves_is_not_told_as_staying() -> None:
    chosen = load_scenario("the_article")
    final = chosen.setting.open_games(game_keys(1, range(1)))
    for ending in (Ending.EXPULSION, Ending.WITHDRAWAL, Ending.CALENDAR):
        final.ending[:] = ending
        final.iraq_order_days[:] = 1
        told = " ".join(scene(chosen, final).told)
        assert ("are in Iraq" in told) == ("order to leave" in told) == (ending is Ending.CALENDAR)


def test_what_comes_after_practice_is_told_with_its_length() -> None:
    scenario = load_scenario("the_article")
    told = in_earnest(scenario)
    assert scenario.title in told
    assert "12 turns" in told
    assert "29 December 2019" in told
