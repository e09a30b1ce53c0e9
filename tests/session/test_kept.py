"""A match in a file: what it is told to do, it does, writes down, and knows again when opened."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from game.content import doctrine, load
from game.content.problems import ContentError
from game.futures.cast import cast
from game.rules.digest import game_digests
from game.rules.endings import Ending
from game.rules.orders import HOLD, Order
from game.rules.state import AGREED, COLUMNS, PAIR_COLUMNS
from game.session.clock import LONGEST_STEP, Clock
from game.session.errors import MatchError
from game.session.events import MOST_WORDS, Kind
from game.session.forecasts import scored_forecasts
from game.session.match import Match, Seating, Status
from game.session.view import MatchView
from tests.common import difference
from tests.session.common import (
    HOSTILE,
    IRAN,
    IRAQ,
    MILITIA,
    PEOPLE,
    US,
    again,
    begin,
    commit_all,
    files,
    play,
    some_orders,
    standing,
)


@pytest.fixture
def match(tmp_path: Path):
    made = begin(tmp_path)
    yield made
    made.close()


# --- what is written down is known again


def test_a_match_is_the_same_when_it_is_opened_again(match: Match) -> None:
    for _ in range(3):
        before = standing(match)
        assert standing(MatchView.read(match.path)) == before, "while it is being played"
        match = again(match)
        assert standing(match) == before
        play(match, 1)
    assert match.status is Status.ENDED
    assert standing(again(match)) == standing(match)


def test_a_match_in_a_file_is_the_game_in_memory(match: Match) -> None:
    alone = Match(match.scenario, match.players, match.seed)
    for kept, other in ((play(match), play(alone)),):
        assert not difference(kept.state, other.state)
        assert [t.hash for t in kept.match_state.turns] == [t.hash for t in other.match_state.turns]


def test_everything_is_in_it(match: Match) -> None:
    match.note("before anything", US)
    commit_all(match)
    match.take_back(US)
    match.inject(match.scenario.injects[0].id)
    match.inject_own("Own news", "Something happened.", {"iraq_unrest": 0.1})
    match.override("anger US>IRAN", 0.5, "the class asked for it")
    match.limit(300)
    match.give(MILITIA, Seating.person("Zed"))
    commit_all(match)
    match.advance()
    match.undo("a slip")
    match.pause()
    assert standing(again(match)) == standing(match)
    assert match.status is Status.PAUSED
    tables = {event.table for event in match.record.events}
    assert tables == {
        "sitting", "seat", "orders", "take_back", "note", "inject", "override", "control", "turn",
        "undo",
    }  # fmt: skip
    assert [event.n for event in match.record.events] == list(
        range(1, len(match.record.events) + 1)
    )


def test_any_sqlite_tool_reads_it(match: Match) -> None:
    play(match)
    match.close()
    with closing(sqlite3.connect(match.path)) as other:
        deeds = other.execute("SELECT turn, seat, deed, forecast_iran FROM orders").fetchall()
        assert len(deeds) == 4 * len(match.played)
        assert {deed for _, seat, deed, _ in deeds if seat == "US"} <= {
            deed.id for deed in match.scenario.setting.rulebook.deeds[US]
        }
        assert all(odds == 0.25 for _, seat, _, odds in deeds if seat == "US")
        (state,) = other.execute("SELECT state FROM turn ORDER BY n DESC").fetchone()
        assert np.float32(json.loads(state)["us_troops"]) == match.state.us_troops[0]
        (scenario,) = other.execute(
            "SELECT body FROM text WHERE name = 'scenarios/turn_zero.toml'"
        ).fetchone()
        assert "Turn Zero" in scenario


def test_one_file_is_left(match: Match, tmp_path: Path) -> None:
    play(match)
    match.close()
    assert list(files(tmp_path)) == ["a.match"]


def test_states_come_back_bit_for_bit(tmp_path: Path) -> None:
    match = play(begin(tmp_path, {}, scenario="the_article"))
    read = MatchView.read(match.path)
    for ours, theirs in zip(match.match_state.after, read.match_state.after, strict=True):
        assert not difference(ours, theirs)
    for ours, theirs in zip(match.played, read.played, strict=True):
        assert not difference(ours, theirs)
    match.close()


@pytest.mark.parametrize("seed", [0, -5, 2**70, 10**900])
def test_a_seed_may_be_any_whole_number(tmp_path: Path, seed: int) -> None:
    match = begin(tmp_path, {}, seed=seed)
    alone = Match(match.scenario, match.players, seed)
    assert match.advance().attacks == alone.advance().attacks
    assert again(match).seed == seed
    assert MatchView.read(match.path).match_state.turns[0].hash == alone.match_state.turns[0].hash


def test_but_not_one_that_nobody_can_write_down(tmp_path: Path) -> None:
    with pytest.raises(MatchError, match="digits at most"):
        begin(tmp_path, {}, seed=10**1000)
    with pytest.raises(MatchError, match="name"):
        begin(tmp_path, {US: Seating.person("x" * 101)})
    assert list(files(tmp_path)) == []


def test_what_is_closed_takes_nothing(match: Match) -> None:
    match.close()
    with pytest.raises(MatchError, match="closed"):
        match.note("too late")


# --- the rules of an old match


def test_an_old_match_keeps_its_rules(match: Match, monkeypatch: pytest.MonkeyPatch) -> None:
    """The texts in the file count, not those beside the program."""
    play(match, 1)
    before = standing(match)
    match.close()
    empty = match.path.parent / "empty"
    empty.mkdir()
    for module in (load, doctrine):
        monkeypatch.setattr(module, "DOCTRINES", empty)
    monkeypatch.setattr("game.session.texts.DOCTRINES", empty)
    monkeypatch.setattr("game.session.texts._own_texts", dict)
    monkeypatch.setattr(load, "SCENARIOS", empty)
    opened = Match.open(match.path, cast)
    assert standing(opened) == before
    assert [p.name for p in opened.players.values()] == [p.name for p in match.players.values()]
    play(opened)
    opened.close()


def test_a_lens_is_part_of_the_match(tmp_path: Path) -> None:
    match = Match.begin(tmp_path / "l.match", "turn_zero", {}, cast, seed=1, lens="spiral")
    plain = begin(tmp_path, {})
    ours, theirs = (m.scenario.setting.rulebook.parameters for m in (match, plain))
    assert ours != theirs
    assert again(match).scenario.setting.rulebook.parameters == ours
    match.close()
    plain.close()


def test_a_doctrine_of_a_teacher_s_own_is_part_of_the_match(tmp_path: Path) -> None:
    text = (load.DOCTRINES / "restraint.toml").read_text(encoding="utf-8")
    own = tmp_path / "patience.toml"
    own.write_text(text.replace('id = "restraint"', 'id = "patience"'), encoding="utf-8")
    match = begin(tmp_path, {US: Seating.computer(str(own)), IRAN: Seating.person()})
    own.unlink()
    opened = again(match)
    assert opened.seating(US) == Seating.computer("patience")
    assert opened.players[US].name == "patience"
    play(opened)
    opened.close()


# --- seats


def test_seats_change_hands(match: Match) -> None:
    assert match.people == (US, IRAN)
    commit_all(match)
    match.give(US, Seating.computer("planner-novice"))
    assert match.people == (IRAN,)
    assert match.status is Status.READY
    match.give(IRAN, Seating.person("Ben"))
    assert match.commitment(IRAN) is not None, "another person finds the orders there"
    match.advance()
    match.give(US, Seating.person("Ana again"))
    assert match.waiting_for == (US, IRAN)
    match = again(match)
    assert match.seating(US) == Seating(Kind.PERSON, "Ana again")
    assert match.seating(IRAN) == Seating.person("Ben")


def test_a_seat_is_not_given_to_nobody(match: Match) -> None:
    before = standing(match)
    with pytest.raises(ContentError, match="unknown doctrine"):
        match.give(US, Seating.computer("nobody"))
    with pytest.raises(ContentError, match="plays"):
        match.give(US, Seating.computer("vanguard"))
    with pytest.raises(MatchError):
        match.give(US, Seating.person("x" * 1000))
    assert standing(again(match)) == before


@pytest.mark.parametrize("name", HOSTILE)
def test_names_and_notes_may_be_anything(tmp_path: Path, name: str) -> None:
    match = begin(tmp_path, {US: Seating.person(name), IRAN: Seating.team(name)})
    match.note(name, US)
    match.inject_own(name.replace("\n", " "), name)
    match.override("us_support", 0.5, name)
    before = standing(match)
    match = again(match)
    assert standing(match) == before
    assert "\x00" not in match.match_state.notes[0].words
    assert "\u202e" not in match.seating(US).name
    match.close()


# --- the course of a match


def test_a_paused_match_takes_no_orders(match: Match) -> None:
    match.pause()
    with pytest.raises(MatchError, match="paused"):
        match.commit(US, HOLD)
    with pytest.raises(MatchError, match="paused"):
        match.advance()
    match = again(match)
    assert match.status is Status.PAUSED
    match.go_on()
    assert match.commit(US, HOLD) == []


def test_a_match_ended_early_is_over_until_it_goes_on(match: Match) -> None:
    play(match, 1)
    match.end("the bell rang")
    assert (match.status, match.ending, match.ended_early) == (
        Status.ENDED,
        Ending.NONE,
        "the bell rang",
    )
    assert match.turn == 1, "the last that was played"
    with pytest.raises(MatchError, match="over"):
        match.commit(US, HOLD)
    match = again(match)
    assert match.ended_early == "the bell rang"
    match.go_on()
    play(match)
    assert match.ending is not Ending.NONE
    with pytest.raises(MatchError, match="over"):
        match.go_on()


def test_orders_are_replaced_and_taken_back(match: Match) -> None:
    book = match.scenario.setting.rulebook
    match.commit(US, Order(deed=book.deed(US, "harden")))
    match.commit(US, Order(deed=book.deed(US, "sanction")))
    match.commit(IRAN, HOLD)
    match.take_back(IRAN)
    match = again(match)
    assert match.waiting_for == (IRAN,)
    assert match.commitment(US).order.deed == book.deed(US, "sanction")
    match.commit(IRAN, HOLD)
    match.advance()
    assert [row.deed for row in match.match_state.ordered if row.seat is US] == ["sanction"]


def test_forecasts_are_kept_and_scored(match: Match) -> None:
    book = match.scenario.setting.rulebook
    strike = Order(deed=book.deed(US, "strike_depots"))
    match.commit(US, strike, {IRAN: 0.0, IRAQ: 1.0})
    match.commit(IRAN, HOLD, {US: 0.9})
    match.advance()
    forecast = match.played[0].orders.forecast
    assert forecast.shape == (4, 4, 1)
    assert forecast[US, IRAN, 0] == 0
    assert np.isnan(forecast[US, MILITIA, 0])
    rows = {(row.seat, row.about): row for row in scored_forecasts(again(match))}
    assert rows[IRAN, US].came
    assert rows[IRAN, US].score == pytest.approx(0.01)
    assert not rows[US, IRAN].came
    assert rows[US, IRAN].score == 0
    assert set(rows) == {(US, IRAN), (US, IRAQ), (IRAN, US)}


@pytest.mark.parametrize("forecast", [{US: 0.5}, {IRAN: 1.5}, {IRAN: -0.1}, {IRAN: float("nan")}])
def test_what_is_no_forecast_is_refused(match: Match, forecast: dict) -> None:
    with pytest.raises(MatchError, match="forecast"):
        match.commit(US, HOLD, forecast)
    assert match.waiting_for == (US, IRAN)


def test_forecasts_change_nothing(tmp_path: Path) -> None:
    ends = []
    for odds in ({}, {IRAN: 0.9}):
        match = begin(tmp_path, name=f"{len(odds)}.match")
        match.commit(US, HOLD, odds)
        match.commit(IRAN, HOLD)
        match.advance()
        ends.append(match.match_state.turns[0].hash)
        match.close()
    assert ends[0] == ends[1]


# --- undo


def test_undo_gives_the_same_luck_again(match: Match) -> None:
    play(match, 2)
    hashes = [turn.hash for turn in match.match_state.turns]
    match.undo()
    assert match.turn == 2
    assert match.waiting_for == (US, IRAN)
    play(match, 1)
    assert [turn.hash for turn in match.match_state.turns] == hashes
    match.undo()
    match.undo()
    with pytest.raises(MatchError, match="no turn"):
        match.undo()
    match = again(match)
    assert match.played == []
    assert match.state.turn == 0
    assert not difference(match.state, match.scenario.setting.open_games(match.state.key))


def test_undo_takes_what_came_after_with_it(match: Match) -> None:
    match.inject_own("Before", "it stays", {"iraq_unrest": 0.125})
    play(match, 1)
    match.inject_own("After", "it goes", {"iraq_unrest": 0.125})
    match.override("us_support", 0.25, "it goes too")
    match.note("notes stay", US)
    match.undo()
    assert [news.title for news in match.match_state.injects] == ["Before"]
    assert match.match_state.overrides == []
    assert [note.words for note in match.match_state.notes] == ["notes stay"]
    before = standing(match)
    assert standing(again(match)) == before


# --- the facilitator's hand on the state


def test_prepared_news_change_what_they_say(match: Match) -> None:
    for prepared in match.scenario.injects:
        before = match.state
        match.inject(prepared.id)
        for name in COLUMNS:
            change = getattr(match.state, name)[0] - getattr(before, name)[0]
            spec = COLUMNS[name]
            wanted = float(getattr(before, name)[0]) + prepared.effects.get(name, 0)
            held = min(max(wanted, spec.low), spec.high)
            assert change == pytest.approx(held - float(getattr(before, name)[0]), abs=1e-4), name
    assert [news.inject for news in match.news] == [p.id for p in match.scenario.injects]
    with pytest.raises(MatchError, match="no prepared news"):
        match.inject("nothing")


@pytest.mark.parametrize(
    ("effects", "sentence"),
    [
        ({"us_morale": 1}, "unknown column"),
        ({"us_support": 3}, "from -1 to 1"),
        ({"us_troops": float("nan")}, "whole number"),
        ({"us_dead": 0.5}, "whole number"),
        ({"us_dead": -5}, "us_dead"),
        ({"us_claim": 2}, "us_claim"),
    ],
)
def test_own_news_keep_to_the_ranges(match: Match, effects: dict, sentence: str) -> None:
    before = standing(match)
    with pytest.raises(MatchError, match=sentence):
        match.inject_own("News", "words", effects)
    assert standing(again(match)) == before


@pytest.mark.parametrize(
    ("figure", "value", "sentence"),
    [
        ("us_suport", 0.5, 'did you mean "us_support"'),
        ("anger", 0.5, "between two seats"),
        ("anger US>US", 0.5, "between two seats"),
        ("us_support", 1.5, "from 0 to 1"),
        ("us_support", float("inf"), "from 0 to 1"),
        ("us_troops", 10.5, "whole number"),
        ("attacks", 0, "from 6"),
        ("us_claim", 39, "from 0"),
        ("debt US>IRAN", 5, "opened and closed"),
    ],
)
def test_figures_cannot_be_set_to_anything(
    match: Match, figure: str, value: float, sentence: str
) -> None:
    with pytest.raises(MatchError, match=sentence):
        match.override(figure, value, "why not")
    with pytest.raises(MatchError, match="reason is missing"):
        match.override("us_support", 0.5, "  ")
    assert match.match_state.overrides == []


def test_every_figure_can_be_set_within_its_range(match: Match) -> None:
    for name, spec in (COLUMNS | PAIR_COLUMNS).items():
        if name in ("debt", "debt_days", *AGREED):
            continue
        figure = f"{name} IRAN>US" if name in PAIR_COLUMNS else name
        high = min(spec.high, len(match.scenario.setting.rulebook.words) - 1)
        match.override(figure, high if name == "us_claim" else spec.high, "as high as it goes")
    before = standing(match)
    assert standing(again(match)) == before


def test_orders_that_became_illegal_are_taken_back(match: Match) -> None:
    book = match.scenario.setting.rulebook
    strike = Order(deed=book.deed(US, "strike_depots"))
    match.commit(US, strike)
    match.commit(IRAN, HOLD)
    assert match.override("us_troops", 0, "they all went home") == (US,)
    assert match.waiting_for == (US,)
    assert again(match).waiting_for == (US,)


# --- notes and words


def test_words_have_bounds(match: Match) -> None:
    with pytest.raises(MatchError, match="missing"):
        match.note(" \n")
    with pytest.raises(MatchError, match="at most"):
        match.note("x" * (MOST_WORDS + 1))
    match.note("x" * MOST_WORDS)
    assert len(again(match).match_state.notes[0].words) == MOST_WORDS


# --- the clock


class Hands:
    """A clock that says what it is told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_the_clock_counts_down() -> None:
    hands = Hands()
    clock = Clock(hands)
    assert clock.look() is None, "no limit"
    clock.limit = 10
    for _ in range(8):
        hands.now += 1
        clock.look()
    assert clock.look() == 2
    clock.extra += 5
    assert clock.look() == 7
    clock.held = True
    hands.now += 1
    assert clock.look() == 7
    clock.held = False
    hands.now += 1
    assert clock.look() == 6
    hands.now += 1
    clock.restart()
    assert clock.look() == 10, "nothing of the turn before counts"


@pytest.mark.parametrize("jump", [-1e9, -1, 3600, 1e12])
def test_a_clock_that_jumps_is_harmless(jump: float) -> None:
    hands = Hands()
    clock = Clock(hands)
    clock.limit = 60
    hands.now += jump
    assert clock.look() >= 60 - LONGEST_STEP
    hands.now -= jump
    assert clock.look() >= 60 - 2 * LONGEST_STEP


def test_time_up_does_nothing_by_itself(match: Match) -> None:
    hands = Hands()
    match.clock = Clock(hands)
    match.limit(1)
    hands.now += 1.5
    assert match.clock.look() == 0
    assert match.waiting_for == (US, IRAN)
    match.commit(US, some_orders(match, US))
    match.loosen(10)
    assert match.clock.look() == 9.5
    assert match.call_time() == (IRAN,)
    match.advance()
    row = next(row for row in match.match_state.ordered if row.seat is IRAN)
    assert (row.given_by, row.deed, row.word) == ("clock", "hold", "silence")
    assert match.clock.look() == 1, "a new turn has all its time"
    match = again(match)
    assert match.clock.limit == 1


def test_stamps_are_for_people_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A calendar that runs backwards changes nothing but what `at` says."""
    years = iter(range(2090, 1990, -1))
    monkeypatch.setattr(
        "game.session.event_log.stamp", lambda: f"{next(years)}-01-01T00:00:00.000Z"
    )
    match = begin(tmp_path, PEOPLE)
    play(match)
    assert standing(again(match)) == standing(match)


# --- looking back


def test_a_match_can_be_looked_at_as_it_stood(match: Match) -> None:
    seen = []
    while match.status is not Status.ENDED:
        commit_all(match)
        seen.append((match.observation(US), game_digests(match.state)[0]))
        match.advance()
    for turn, (observation, digest) in enumerate(seen, 1):
        then = match.at(turn)
        assert not difference(then.observation(US), observation)
        assert game_digests(then.state)[0] == digest
    with pytest.raises(MatchError, match="turn 99"):
        match.at(99)
