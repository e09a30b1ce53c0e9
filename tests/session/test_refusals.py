"""What a match refuses: unknown players, a game that is over, a file whose events cannot be."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from game.content.load import load_rulebook
from game.content.problems import ContentError
from game.futures.cast import cast
from game.rules.endings import Ending
from game.rules.orders import Order
from game.rules.seats import Cause
from game.rules.state import COLUMNS, ESTIMATED, PAIR_COLUMNS
from game.session.errors import DamagedError, MatchError, NotAMatchError, OtherVersionError
from game.session.events import MOST_NAME, Adjudicated, Event, Ordered, Seated
from game.session.forking import fork
from game.session.match import Match, Seating, Status
from game.session.match_players import playable
from game.session.places import summary
from game.session.reading import read
from game.session.record import MOST_SEED_DIGITS, Record, write_new
from game.session.replay import Replay
from game.session.versions import versions
from game.session.view import MatchView
from tests.common import cast as library_cast
from tests.common import difference, scenario
from tests.session.common import (
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


# --- before anything is written


@pytest.mark.parametrize(
    ("seat", "player"),
    [
        (MILITIA, "no_such_doctrine"),
        (MILITIA, "maximum_pressure"),  # a doctrine of another seat
        (US, ""),
        (US, "Maximum Pressure"),  # its name, not its id
        (IRAQ, "none.toml"),
    ],
)
def test_an_unknown_doctrine_is_refused_before_the_file_is_written(
    tmp_path: Path, seat: Any, player: str
) -> None:
    with pytest.raises(ContentError):
        begin(tmp_path, PEOPLE | {seat: Seating.computer(player)})
    assert list(files(tmp_path)) == []


def test_a_match_with_a_name_too_long_is_not_begun(tmp_path: Path) -> None:
    begin(tmp_path, {US: Seating.person("x" * MOST_NAME)}).close()
    with pytest.raises(MatchError, match="characters at most"):
        begin(tmp_path, {US: Seating.person("x" * (MOST_NAME + 1))}, name="b.match")
    assert list(files(tmp_path)) == ["a.match"]


def test_a_seed_has_so_many_digits_and_no_more(tmp_path: Path) -> None:
    begin(tmp_path, seed=10**MOST_SEED_DIGITS - 1).close()
    with pytest.raises(MatchError, match=f"has {MOST_SEED_DIGITS} digits at most"):
        begin(tmp_path, seed=10**MOST_SEED_DIGITS, name="b.match")
    assert list(files(tmp_path)) == ["a.match"]


def test_an_unknown_doctrine_is_given_no_seat(match: Match) -> None:
    commit_all(match)
    before, events = standing(match), read(match.path).events
    for seat, player in ((US, "no_such_doctrine"), (US, "axis_of_resistance"), (IRAQ, "")):
        with pytest.raises(ContentError):
            match.give(seat, Seating.computer(player))
        assert standing(match) == before
        assert read(match.path).events == events


# --- a game that is over


def over(match: Match) -> list[Callable[[], object]]:
    """Everything that can only be done while a game is on."""
    news = match.scenario.injects[0].id
    return [
        lambda: match.commit(US, Order()),
        match.advance,
        match.pause,
        lambda: match.end("once more"),
        lambda: match.limit(60),
        lambda: match.limit(None),
        lambda: match.loosen(60),
        match.call_time,
        lambda: match.inject(news),
        lambda: match.inject_own("News", "words"),
        lambda: match.override("us_support", 0.5, "a reason"),
        lambda: match.give(US, Seating.person("Zoe")),
    ]


@pytest.mark.parametrize("early", [False, True])
def test_a_game_that_is_over_is_neither_paused_nor_played(match: Match, early: bool) -> None:
    play(match, 1 if early else 100)
    if early:
        match.end("the bell rang")
    assert match.status is Status.ENDED
    before, events = standing(match), len(read(match.path).events)
    for thing in over(match):
        with pytest.raises(MatchError, match=r"^the game is over$"):
            thing()
        assert standing(match) == before
    assert len(read(match.path).events) == events, "nothing of it is on record"
    assert match.clock.held
    match.note("but a note may be written")
    match.undo()
    assert match.status is Status.WAITING, "and its last turn be taken back"
    assert not match.clock.held
    assert standing(again(match)) == standing(match)


def test_a_game_that_is_over_does_not_go_on(match: Match) -> None:
    play(match)
    with pytest.raises(MatchError, match=r"^the game is over$"):
        match.go_on()


def test_a_pause_takes_no_orders_of_any_kind(match: Match) -> None:
    match.commit(US, Order())
    match.pause()
    assert (match.status, match.clock.held) == (Status.PAUSED, True)
    for thing in (
        lambda: match.commit(IRAN, Order()),
        match.advance,
        match.call_time,
    ):
        with pytest.raises(MatchError, match=r"^the match is paused$"):
            thing()
    match.take_back(US)
    match.limit(60)
    match.override("us_support", 0.5, "leading goes on")
    match.go_on()
    assert (match.status, match.clock.held) == (Status.WAITING, False)
    assert match.waiting_for == (US, IRAN)
    commit_all(match)
    assert match.status is Status.READY


def test_what_was_paused_and_then_ended_is_over(match: Match) -> None:
    match.pause()
    match.end("enough")
    assert match.status is Status.ENDED
    match.go_on()
    assert (match.status, match.ended_early) == (Status.WAITING, None)
    assert standing(again(match)) == standing(match)


# --- what it is asked with


@pytest.mark.parametrize("seconds", [-0.5, 1e7 + 1, float("nan"), float("inf")])
def test_a_time_that_is_none_is_refused(match: Match, seconds: float) -> None:
    before = standing(match)
    with pytest.raises(MatchError, match="write the time in seconds"):
        match.limit(seconds)
    if not seconds < 0:  # a turn can be given less time, too
        with pytest.raises(MatchError, match="write the time in seconds"):
            match.loosen(seconds)
    assert standing(match) == before
    assert (match.clock.limit, match.clock.extra) == (None, 0)


def test_any_other_time_is_taken(match: Match) -> None:
    for seconds in (0, 0.5, 1e7, None):
        match.limit(seconds)
        assert match.clock.limit == match.match_state.limit == seconds
        assert again_limit(match) == seconds
    match.loosen(0)
    match.loosen(30)
    match.loosen(12.5)
    assert match.clock.extra == 42.5


def again_limit(match: Match) -> float | None:
    return MatchView.read(match.path).match_state.limit


@pytest.mark.parametrize(
    ("forecast", "right"),
    [
        ({IRAN: 0}, True),
        ({IRAN: 1}, True),
        ({IRAN: 0.5, MILITIA: 0.25, IRAQ: 0}, True),
        ({IRAN: -0.01}, False),
        ({IRAN: 1.01}, False),
        ({IRAN: float("nan")}, False),
        ({US: 0.5}, False),
    ],
)
def test_a_forecast_is_a_number_from_0_to_1_about_another(
    match: Match, forecast: dict[Any, float], right: bool
) -> None:
    if right:
        assert match.commit(US, Order(), forecast) == []
        assert match.commitment(US).forecast == forecast
        return
    with pytest.raises(MatchError, match="about another seat"):
        match.commit(US, Order(), forecast)
    assert match.waiting_for == (US, IRAN)


def test_those_who_have_not_committed_hold_when_time_is_called(match: Match) -> None:
    """Computers are nobody's lateness, and who has committed keeps what was ordered."""
    assert match.commit(IRAN, some_orders(match, IRAN)) == []
    given = match.commitment(IRAN)
    assert match.call_time() == (US,)
    assert match.commitment(IRAN) is given
    assert match.commitment(US).order == Order()
    assert match.status is Status.READY
    assert match.call_time() == ()
    match.advance()
    by = {row.seat: row.given_by for row in match.match_state.ordered}
    assert by == {US: "clock", IRAN: "people", MILITIA: "computer", IRAQ: "computer"}
    assert [row.seat for row in match.match_state.ordered] == [US, IRAN, MILITIA, IRAQ]


def test_a_seat_that_goes_to_a_computer_loses_its_orders_and_to_a_person_not(match: Match) -> None:
    commit_all(match)
    match.give(US, Seating.team("Red"))
    assert match.waiting_for == ()
    match.give(US, Seating.computer("maximum_pressure"))
    assert (match.people, match.waiting_for) == ((IRAN,), ())
    assert match.commitment(US) is None
    assert sorted(match.players) == [US, MILITIA, IRAQ]
    match.give(US, Seating.person("Ana"))
    assert match.waiting_for == (US,)
    assert sorted(match.players) == [MILITIA, IRAQ]
    match.give(MILITIA, Seating.person())
    with pytest.raises(MatchError, match="no orders yet from US, MILITIA"):
        match.advance()
    reasons = [e.reason for e in match.record.events if e.table == "take_back"]
    assert reasons == ["a computer took the seat"]


def test_a_match_in_memory_gives_no_seat_to_a_computer() -> None:
    made = Match(scenario("turn_zero"), library_cast("turn_zero", "default"), 1)
    with pytest.raises(MatchError, match="only a match with a file"):
        made.give(US, Seating.computer("maximum_pressure"))
    made.give(US, Seating.person("Ana"))
    assert made.waiting_for == (US,)


def test_nothing_can_be_undone_before_a_turn_was_played(match: Match) -> None:
    with pytest.raises(MatchError, match="no turn has been played"):
        match.undo()


def test_news_is_that_of_the_coming_turn(match: Match) -> None:
    match.inject_own("First", "words")
    assert [news.title for news in match.news] == ["First"]
    play(match, 1)
    assert match.news == []
    match.inject_own("Second", "words")
    assert [news.title for news in match.news] == ["Second"]


def test_turns_are_counted_while_they_are_played_and_when_it_is_over(match: Match) -> None:
    seen = [match.turn]
    while match.status is not Status.ENDED:
        play(match, 1)
        seen.append(match.turn)
    assert seen == [1, 2, 3, 3]


# --- a file whose events cannot be


def order_of(match: Match) -> list[Event]:
    """The events of a match of two turns, with orders for the third."""
    play(match, 2)
    commit_all(match)
    return list(match.record.events)


def told(match: Match, events: list[Event]) -> str:
    """Why a file with those events, sealed and numbered as a match would, is not opened."""
    renumbered = [event.model_copy(update={"n": n}) for n, event in enumerate(events, 1)]
    path = match.path.with_name("forged.match")
    write_new(path, Record(match.record.game, match.record.texts, renumbered))
    for opening in (MatchView.read, lambda p: Match.open(p, cast), lambda p: playable(p, cast)):
        with pytest.raises(NotAMatchError) as refused:
            opening(path)
        assert read(path).events == renumbered
    path.unlink()
    return refused.value.what


def turns_of(events: list[Event]) -> list[int]:
    return [k for k, event in enumerate(events) if isinstance(event, Adjudicated)]


def test_a_turn_that_cannot_follow_is_refused(match: Match) -> None:
    events = order_of(match)
    first, second = turns_of(events)
    between = events[first + 1 : second + 1]
    assert told(match, events[:first] + events[first + 1 :]) == "turn 2 cannot follow here"
    assert told(match, events[: first + 1] + between + between) == "turn 2 cannot follow here"
    late = events[second].model_copy(update={"turn": 3})
    assert told(match, [*events[:second], late]) == "turn 3 cannot follow here"


def test_a_turn_after_the_end_is_refused(match: Match) -> None:
    play(match)
    events = list(match.record.events)
    *_, last = turns_of(events)
    orders = [event for event in events[:last] if isinstance(event, Ordered)][-4:]
    fourth = [row.model_copy(update={"turn": 4}) for row in (*orders, events[last])]
    assert told(match, [*events, *fourth]) == "turn 4 cannot follow here"


@pytest.mark.parametrize("seat", [US, IRAN, MILITIA, IRAQ])
def test_a_turn_that_lacks_a_seat_s_orders_is_refused(match: Match, seat: Any) -> None:
    events = [
        event
        for event in order_of(match)
        if not (isinstance(event, Ordered) and event.seat is seat and event.turn == 2)
    ]
    assert told(match, events) == "turn 2 lacks orders"


def test_orders_after_their_turn_are_refused(match: Match) -> None:
    """The same events in another order."""
    events = order_of(match)
    first, _ = turns_of(events)
    swapped = [*events[: first - 1], events[first], events[first - 1], *events[first + 1 :]]
    assert told(match, swapped) == "turn 1 lacks orders"


def test_a_state_that_was_not_hashed_is_refused(match: Match) -> None:
    events = order_of(match)
    _, second = turns_of(events)
    row = events[second]
    assert isinstance(row, Adjudicated)
    richer = row.model_copy(update={"state": row.state | {"us_troops": 1.0}})
    sentence = "the state after turn 2 is not the one that was hashed"
    assert told(match, [*events[:second], richer, *events[second + 1 :]]) == sentence


def test_an_ending_that_was_not_is_refused(match: Match) -> None:
    events = order_of(match)
    _, second = turns_of(events)
    ended = events[second].model_copy(update={"ending": "general_war"})
    assert told(match, [*events[:second], ended]) == "turn 2 did not end so"


def test_orders_that_wait_and_are_not_legal_are_refused(match: Match) -> None:
    events = order_of(match)
    *rest, last = events
    assert isinstance(last, Ordered)
    wrong = last.model_copy(update={"word": "threaten", "word_to": last.seat, "word_rung": 5})
    assert told(match, [*rest, wrong]).startswith("orders that are not legal: ")


def test_what_takes_back_nothing_is_refused(match: Match) -> None:
    play(match, 1)
    match.commit(US, Order())
    match.take_back(US)
    match.undo()
    *_, order, back, undone = match.record.events
    start = match.record.events[:-3]
    for wrong in (
        [*start, back, order, undone],
        [*start, order, back, back, undone],
        [*start, undone.model_copy(update={"undone": order.n})],
        [*start, undone, undone],
    ):
        made = Record(match.record.game, match.record.texts, wrong)
        with pytest.raises(NotAMatchError, match="takes back what is not there"):
            MatchView.of_record(match.path, made)
    # Nor does a file tell of a match that nobody could have played.
    path = match.path.with_name("b.match")
    twice = back.model_copy(update={"n": undone.n})
    write_new(path, Record(match.record.game, match.record.texts, [*start, order, back, twice]))
    for looking in (read, summary):
        with pytest.raises(NotAMatchError, match="takes back what is not there"):
            looking(path)


def test_a_match_that_says_not_who_plays_is_refused(match: Match) -> None:
    for seat in (US, IRAQ):
        events = [
            event
            for event in match.record.events
            if not (isinstance(event, Seated) and event.seat is seat)
        ]
        with pytest.raises(NotAMatchError, match="it does not say who plays each seat"):
            told(match, events)
        match.path.with_name("forged.match").unlink()


@pytest.mark.parametrize(
    ("field", "value"), [("deed", "dance"), ("site", "mars"), ("word", "sing"), ("whisper", "hum")]
)
def test_orders_by_names_that_are_not_known_are_another_versions(
    match: Match, field: str, value: str
) -> None:
    events = order_of(match)
    *rest, last = events
    path = match.path.with_name("b.match")
    wrong = last.model_copy(update={field: value})
    write_new(path, Record(match.record.game, match.record.texts, [*rest, wrong]))
    with pytest.raises(OtherVersionError, match=f"it does not know '{value}'"):
        MatchView.read(path)


# --- what has changed in the rules, over several sittings


def sittings(match: Match, *referees: str) -> Replay:
    """The match as if it had been taken up under those versions of the rules' code."""
    events = [event for event in match.record.events if event.table != "sitting"]
    template = next(event for event in match.record.events if event.table == "sitting")
    opened = [template.model_copy(update={"referee": each}) for each in referees]
    numbered = [event.model_copy(update={"n": n}) for n, event in enumerate([*events, *opened], 1)]
    record = Record(match.record.game, match.record.texts, numbered)
    return Replay(MatchView.of_record(Path("a.match"), record))


def test_changed_rules_are_told_whichever_sitting_had_others(match: Match) -> None:
    today, other = versions()["referee"], "0" * 16
    changed = "The rules' code has changed since this match was played."
    for referees, told_of in (
        ((), ""),
        ((today,), ""),
        ((today, today, today), ""),
        ((other,), changed),
        ((other, today), changed),
        ((today, other), changed),
        ((today, other, today), changed),
    ):
        assert sittings(match, *referees).changed == told_of


def test_every_sitting_is_on_record(match: Match) -> None:
    play(match, 1)
    twice = again(match)
    assert [e.turn for e in twice.record.events if e.table == "sitting"] == [1, 2]
    assert Replay(twice).changed == ""


def test_a_match_in_memory_has_changed_in_nothing() -> None:
    made = Match(scenario("turn_zero"), library_cast("turn_zero", "default"), 1)
    made.advance()
    assert Replay(made).changed == ""


# --- what is in a fork


def forked(match: Match, turn: int) -> MatchView:
    return MatchView.read(fork(match.path, turn, match.path.with_name(f"fork_{turn}.match")))


def test_a_limit_holds_from_the_turn_in_which_it_was_set(match: Match) -> None:
    """In the forked turn itself, too; and the last one before it counts."""
    play(match, 1)
    match.limit(60)
    play(match, 1)
    match.limit(30)
    assert [forked(match, turn).match_state.limit for turn in (1, 2, 3)] == [None, 60, 30]


def test_what_the_facilitator_did_is_in_the_fork_of_its_turn(match: Match) -> None:
    """News, figures and seats of the turn itself; not its notes, orders, pauses or calls to end."""
    play(match, 1)
    match.override("us_support", 0.75, "a reason")
    match.inject_own("News", "words")
    match.note("a note of turn 2")
    match.give(MILITIA, Seating.person("Zoe"))
    commit_all(match)
    match.pause()
    match.go_on()
    match.end("enough")
    match.go_on()
    match.advance()
    earlier, same, later = (forked(match, turn) for turn in (1, 2, 3))
    assert [len(m.match_state.overrides) for m in (earlier, same, later)] == [0, 1, 1]
    assert [len(m.match_state.injects) for m in (earlier, same, later)] == [0, 1, 1]
    assert [len(m.match_state.notes) for m in (earlier, same, later)] == [0, 0, 1]
    assert [MILITIA in m.people for m in (earlier, same, later)] == [False, True, True]
    assert same.state.us_support[0] == np.float32(0.75)
    assert same.status is Status.WAITING
    assert same.waiting_for == (US, IRAN, MILITIA)
    for made, turn in ((earlier, 1), (same, 2), (later, 3)):
        numbers = [event.n for event in made.record.events]
        assert numbers == list(range(1, len(numbers) + 1))
        assert not [e for e in made.record.events if e.table in ("control", "sitting", "undo")]
        assert made.record.game.parent_turn == turn
        assert made.turn == turn


def test_a_match_that_was_ended_early_forks_where_it_stood(match: Match) -> None:
    play(match, 1)
    match.end("the bell rang")
    assert forked(match, 2).status is Status.WAITING
    with pytest.raises(MatchError, match="no turn 3 to play again; name one from 1 to 2"):
        forked(match, 3)


def test_a_match_that_ended_before_its_calendar_forks_at_its_last_turn(tmp_path: Path) -> None:
    """No turn comes after a war."""
    match = begin(tmp_path, scenario="the_article", seats={}, seed=1)
    match.override("us_troops", 0, "they all went home")
    while match.ending is Ending.NONE:
        match.advance()
    last = len(match.played)
    assert last < len(match.scenario.turns)
    assert len(forked(match, last).played) == last - 1
    with pytest.raises(MatchError, match=f"name one from 1 to {last}"):
        forked(match, last + 1)
    match.close()


# --- a turn's figures at the ends of their ranges


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Record:
    """A match of one turn, as its file has it."""
    match = play(begin(tmp_path_factory.mktemp("recorded")), 1)
    match.close()
    return read(match.path)


def with_turn(record: Record, **tables: dict[str, Any]) -> str:
    """Why a record is refused whose first turn has other figures; empty where it is not."""
    events = [
        event.model_copy(
            update={name: getattr(event, name) | table for name, table in tables.items()}
        )
        if isinstance(event, Adjudicated)
        else event
        for event in record.events
    ]
    try:
        MatchView.of_record(Path("a.match"), Record(record.game, record.texts, events))
    except NotAMatchError as error:
        return error.what
    return ""


def outcomes() -> list[tuple[str, Any, Any]]:
    """Fields of an outcome, the last value that can be and the first that cannot."""
    sites, million = len(scenario("turn_zero").setting.rulebook.sites), 1_000_000
    return [
        ("deed_site", [-1, sites - 1, -1, -1], [-1, sites, -1, -1]),
        ("deed_site", [-1, -1, -1, -1], [-2, -1, -1, -1]),
        ("fire_site", [sites - 1, 0, -1, -1], [sites, 0, -1, -1]),
        ("signal", [len(Cause) - 1, 0, -1, -1], [len(Cause), 0, -1, -1]),
        ("signal", [-1, -1, -1, -1], [0, -2, 0, 0]),
        ("finding", len(Cause) - 1, len(Cause)),
        ("finding", -1, -2),
        ("ending", max(Ending), max(Ending) + 1),
        ("ending", 0, -1),
        ("detained", million, million + 1),
        ("detained", -million, -million - 1),
        ("us_killed", 2.0, 2e9),
        ("protest", True, 1),
        ("revised", 3, True),
        ("fire_rounds", [1, 2, 3, 4], [1, 2, 3]),
        ("fire_rounds", [0, 0, 0, 0], [[0, 0, 0, 0]]),
        ("rung", 4, [4]),
        ("rung", 4, "4"),
        ("finding", 2, 2.5),
    ]


@pytest.mark.parametrize(("name", "right", "wrong"), outcomes())
def test_an_outcome_holds_what_one_can(recorded: Record, name: str, right: Any, wrong: Any) -> None:
    assert with_turn(recorded, outcome={name: right}) == ""
    assert with_turn(recorded, outcome={name: wrong}).startswith(f"{name} ")


def states() -> list[tuple[str, Any, Any]]:
    words = len(scenario("turn_zero").setting.rulebook.words)
    limits = [(name, spec.low, spec.high) for name, spec in COLUMNS.items() if name != "us_claim"]
    limits += [("us_claim", 0, words - 1), ("culprit", -1, len(Cause) - 1)]
    limits += [("ending", 0, max(Ending)), ("ended_turn", 0, 1)]
    found = [(name, low, low - 1) for name, low, _ in limits]
    return found + [(name, high, high + 1) for name, _, high in limits]


NOT_HASHED = "the state after turn 1 is not the one that was hashed"


def test_a_state_holds_what_one_can(recorded: Record) -> None:
    """What could be and was not is refused by its hash, what cannot be by its range."""
    assert with_turn(recorded) == ""
    (row,) = (event for event in recorded.events if isinstance(event, Adjudicated))
    for name, right, wrong in states():
        told_of = with_turn(recorded, state={name: right})
        assert told_of == ("" if row.state[name] == right else NOT_HASHED), name
        assert with_turn(recorded, state={name: wrong}) == f"{name} is out of its range"


@pytest.mark.parametrize("name", [*PAIR_COLUMNS, "suspicion"])
def test_a_pair_s_figure_holds_what_one_can(recorded: Record, name: str) -> None:
    (row,) = (event for event in recorded.events if isinstance(event, Adjudicated))
    spec = PAIR_COLUMNS.get(name)
    low, high = (spec.low, spec.high) if spec else (0, 1)
    if name in ("offer", "deal"):
        high = len(load_rulebook().whispers) - 1
    for end, beyond in ((low, low - 1), (high, high + 1)):
        table = [list(line) for line in row.state[name]]
        table[0][1] = end
        assert with_turn(recorded, state={name: table}) in ("", NOT_HASHED)
        table[0][1] = beyond
        assert with_turn(recorded, state={name: table}) == f"{name} is out of its range"


def test_an_estimate_is_within_the_range_of_its_column(recorded: Record) -> None:
    (row,) = (event for event in recorded.events if isinstance(event, Adjudicated))
    for k, name in enumerate(ESTIMATED):
        for beyond in (COLUMNS[name].low - 1, COLUMNS[name].high + 1):
            table = [list(line) for line in row.state["estimates"]]
            table[3][k] = beyond
            sentence = f"estimate of {name} is out of its range"
            assert with_turn(recorded, state={"estimates": table}) == sentence


@pytest.mark.parametrize("table", ["state", "outcome"])
def test_a_turn_with_other_figures_is_another_versions(recorded: Record, table: str) -> None:
    (row,) = (event for event in recorded.events if isinstance(event, Adjudicated))
    name = "brink" if table == "state" else "rung"
    figures: dict[str, Any] = getattr(row, table)
    for changed, unknown in (
        (figures | {"weather": 1}, "weather"),
        ({n: v for n, v in figures.items() if n != name}, name),
    ):
        events = [
            event.model_copy(update={table: changed}) if event is row else event
            for event in recorded.events
        ]
        with pytest.raises(OtherVersionError, match=f"it does not know '{unknown}'"):
            MatchView.of_record(Path("a.match"), Record(recorded.game, recorded.texts, events))


@pytest.mark.parametrize(
    ("figure", "number"),
    [("us_support", 0.1), ("us_support", 1 / 3), ("us_troops", 5200), ("anger US>IRAN", 0.7)],
)
def test_figures_come_back_to_the_last_bit(tmp_path: Path, figure: str, number: float) -> None:
    """Written as the shortest number that gives the same bits."""
    match = begin(tmp_path)
    match.override(figure, number, "a reason")
    play(match, 1)
    seen = MatchView.read(match.path)
    assert not difference(seen.state, match.state)
    assert not difference(seen.played[0].outcome, match.played[0].outcome)
    text = str(match.match_state.turns[0].state["us_protection"])
    assert text == str(np.float32(text))
    match.close()


def test_a_match_that_says_not_in_which_format_it_is_is_damaged(match: Match) -> None:
    match.close()
    raw = bytearray(match.path.read_bytes())
    raw[60:64] = bytes(4)
    match.path.write_bytes(raw)
    with pytest.raises(DamagedError, match="it does not say in which format it is"):
        MatchView.read(match.path)
