"""The crisis as a line of rungs over days; and history's, event by event."""

from dataclasses import replace
from datetime import date, timedelta

from game.content.scenario import Event, Scenario
from game.rules.outcome import Source
from game.rules.seats import Rung
from game.views.timeline import history, ladder, prelude, timeline
from tests.views.handmade import SCENARIO, game_of, turn_of

TURNS = SCENARIO.turns
DAY = timedelta(1)


def with_events(*events: tuple[date, int]) -> Scenario:
    (first, *_) = SCENARIO.events
    made = tuple(replace(first, date=when, rung=rung) for when, rung in events)
    return replace(SCENARIO, events=made)


def days(events: list[Event] | tuple[Event, ...]) -> list[date]:
    return [event.date for event in events]


def test_an_event_belongs_to_the_turn_of_its_day() -> None:
    """The day on which a turn opens is its own; the last day of all belongs to the last turn."""
    first, second, last = TURNS[0].date, TURNS[1].date, TURNS[-1].date
    scenario = with_events(
        (second - DAY, 1),
        (first - DAY, 9),
        (first, 3),
        (SCENARIO.end + DAY, 9),
        (second, 2),
        (last - DAY, 4),
        (SCENARIO.end, 5),
        (last, 6),
        (first - 2 * DAY, 9),
    )
    told = history(scenario)
    assert [turn.turn for turn in told] == list(range(1, len(TURNS) + 1))
    assert days(told[0].events) == [first, second - DAY]
    assert days(told[1].events) == [second]
    assert days(told[-2].events) == [last - DAY]
    assert days(told[-1].events) == [last, SCENARIO.end]
    assert [turn.rung for turn in told] == [3, 2, *[None] * (len(TURNS) - 4), 4, 6]
    assert days(prelude(scenario)) == [first - 2 * DAY, first - DAY]


def test_the_ladder_has_every_rung_with_its_turns() -> None:
    first, second = TURNS[0].date, TURNS[1].date
    game = game_of(turn_of(rung=3), turn_of(rung=0), turn_of(rung=3))
    rows = ladder(replace(game, scenario=with_events((first, 3), (second, 8))))
    assert [row.rung for row in rows] == sorted(Rung, reverse=True)
    played = {int(row.rung): row.turns for row in rows if row.turns}
    real = {int(row.rung): row.in_history for row in rows if row.in_history}
    assert played == {3: (1, 3), 0: (2,)}
    assert real == {3: (1,), 8: (2,)}


def test_a_turn_is_told_with_its_day_and_title() -> None:
    said = turn_of({"US": ("hold", "appeal"), "IRAN": ("hold", "strike>MILITIA")}, rung=4)
    fired = turn_of(rung=2, fire_attacks={Source.SPLINTER: 1})
    first, second = timeline(game_of(said, fired))
    assert (first.turn, first.opens, first.title) == (1, TURNS[0].date, TURNS[0].title)
    assert (second.turn, second.opens, second.title) == (2, TURNS[1].date, TURNS[1].title)
    assert (first.rung, second.rung) == (4, 2)
    assert (len(first.said), len(first.whispered), len(first.happened)) == (1, 1, 0)
    assert (len(second.said), len(second.whispered), len(second.happened)) == (0, 0, 1)
