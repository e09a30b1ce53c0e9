"""The last scene of a game in words: how long it was, and what practice was for."""

from dataclasses import replace

import numpy as np
import pytest

from game.content.load import load_scenario, scenario_ids
from game.rules.endings import Ending
from game.rules.luck import game_keys
from game.rules.orders import HOLD
from game.rules.outcome import Outcome
from game.rules.seats import Seat
from game.views.ending import PRACTICE, compared, in_earnest, practised, scene
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


@pytest.mark.parametrize(
    ("ending", "columns", "told"),
    [
        (Ending.CALENDAR, {},
         ("Nothing is settled. What was done is done, and everybody remembers it.",
          "5,200 Americans are in Iraq, as when the game began.",
          "There were no attacks on Americans and partners.", "Nobody was killed.",
          "There was no war.")),
        (Ending.CALENDAR, {"us_troops": 4000, "iraq_order_days": 9, "attacks": 1, "us_dead": 2},
         ("Nothing is settled. What was done is done, and everybody remembers it.",
          "4,000 Americans are in Iraq; when the game began, there were 5,200.",
          "A binding order to leave falls due in nine days.",
          "There was one attack on Americans and partners.", "There was no war.")),
        (Ending.NONE, {"iraq_resolution": 1, "civilians_dead": 1, "attacks": 3},
         ("Whoever leads it has ended it before its time.",
          "5,200 Americans are in Iraq, as when the game began.",
          "Parliament has asked them to go; nobody has made them.",
          "There were three attacks on Americans and partners.", "There was no war.")),
        (Ending.GENERAL_WAR, {"us_troops": 0, "iran_dead": 9},
         ("Nobody had ordered it. An exchange slipped out of all hands, and it is fought on Iraqi"
          " soil first.", "There were no attacks on Americans and partners.")),
    ],
)  # fmt: skip
def test_the_last_scene_to_the_letter(
    ending: Ending, columns: dict[str, float], told: tuple[str, ...]
) -> None:
    """The dead and the attacks since the game began; who was there then, and is now."""
    chosen = load_scenario("the_article")
    opening = replace(chosen.setting.opening)
    opening.us_troops = np.array([5200], np.float32)
    opening.iraq_resolution = np.zeros(1, np.float32)
    chosen = replace(chosen, setting=replace(chosen.setting, opening=opening))
    final = chosen.setting.open_games(game_keys(1, range(1)))
    final.ending[:] = ending
    counts = ("attacks", "us_dead", "civilians_dead", "iran_dead")
    for name, value in columns.items():
        start = getattr(opening, name)[0] if name in counts else 0
        getattr(final, name)[:] = start + value
    found = scene(chosen, final)
    assert found.told == told
    dead = {name: number for name, number in columns.items() if name.endswith("_dead")}
    assert sum(one.number for one in found.dead) == sum(dead.values())


def test_a_score_beside_those_of_others_in_words() -> None:
    assert compared(0) == "fewer than 1 of 10 who played this seat did worse"
    assert compared(1) == "better than 1 of 10 who played this seat"
    assert compared(9) == "better than 9 of 10 who played this seat"
    assert compared(10) == "better than nearly all who played this seat"


def test_a_truce_in_which_rockets_fell_is_not_told_as_quiet() -> None:
    """Fire that killed nobody ends no truce: the last scene may not say that the cycle stopped."""
    chosen = load_scenario("the_article")
    final = chosen.setting.open_games(game_keys(1, range(1)))
    final.ending[:] = Ending.RESTRAINT
    final.mil_truce[:] = 30
    for quiet, headline, rockets in (
        (30, "The cycle has stopped, for now.", False),
        (29, "The killing has stopped, for now.", True),
    ):
        final.quiet_days[:] = quiet
        found = scene(chosen, final)
        assert found.headline == headline
        assert ("Rockets were fired in the truce" in found.told[0]) is rockets
