"""Replays: forwards, backwards, adjudicated again; and where they part from the record."""

from pathlib import Path

import numpy as np
import pytest

from game.rules import resolve as referee
from game.rules.games import Games
from game.rules.moment import Moment
from game.rules.tables import Tables
from game.session.adapting import Changes
from game.session.errors import OtherVersionError
from game.session.events import Adjudicated, Opened, Ordered
from game.session.match import Match
from game.session.reading import read
from game.session.record import Record
from game.session.replay import Parting, Replay
from game.session.versions import versions
from game.session.view import MatchView
from tests.common import difference
from tests.session.common import IRAN, US, begin, commit_all, play


@pytest.fixture
def match(tmp_path: Path):
    made = begin(tmp_path)
    made.inject_own("News", "words", {"iraq_unrest": 0.1})
    play(made, 1)
    made.note("after the first", IRAN)
    made.override("anger US>IRAN", 0.9, "a reason")
    play(made)
    yield made
    made.close()


def test_a_replay_has_every_turn_from_the_opening_to_where_the_match_stands(match: Match) -> None:
    view = MatchView.read(match.path)
    turns = Replay(view).turns
    assert [turn.number for turn in turns] == [1, 2, 3]
    for turn, played, after in zip(turns, view.played, view.match_state.after, strict=True):
        assert not difference(turn.before, played.before)
        assert not difference(turn.after, after)
    assert not difference(turns[-1].after, match.state)


def test_every_turn_has_what_belongs_to_it(match: Match) -> None:
    first, second, _ = Replay(match).turns
    assert [news.title for news in first.injects] == ["News"]
    assert [note.words for note in second.notes] == ["after the first"]
    assert [change.figure for change in second.overrides] == ["anger"]
    assert second.before.anger[US, IRAN, 0] == np.float32(0.9)
    assert [row.seat for row in first.ordered] == [0, 1, 2, 3]
    assert first.ordered[0].forecast
    assert {row.given_by for row in first.ordered} == {"people", "computer"}


def test_what_was_played_comes_out_again(match: Match) -> None:
    assert Replay(match).check() is None
    assert Replay(MatchView.read(match.path)).check() is None


PHASES = [phase.__name__ for phase in referee.PHASES]


@pytest.mark.parametrize("name", PHASES)
def test_it_says_at_which_turn_and_phase_they_part(
    match: Match, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """One phase of the referee does something else from the second turn on."""

    def changed(phase: referee.Phase) -> referee.Phase:
        def other(g: Games, t: Tables, now: Moment) -> None:
            phase(g, t, now)
            if now.number == 2:
                g.brink += np.float32(0.015625)

        other.__name__ = name
        return other

    phases = [changed(p) if p.__name__ == name else p for p in referee.PHASES]
    monkeypatch.setattr(referee, "PHASES", tuple(phases))
    parting = Replay(MatchView.read(match.path)).check()
    assert parting is not None
    assert (parting.turn, parting.phase) == (2, name)
    assert parting.recorded == match.match_state.turns[1].hash
    assert parting.found not in ("", parting.recorded)
    assert f"in turn 2, at the phase {name}" in str(parting)


def changed_record(record: Record, **values: object) -> MatchView:
    """The match with another state or outcome after its first turn, as its row would have it."""
    place = next(i for i, event in enumerate(record.events) if isinstance(event, Adjudicated))
    record.events[place] = record.events[place].model_copy(update=values)
    return MatchView.of_record(Path("a.match"), record)


def test_an_outcome_that_was_changed_parts_as_well(match: Match) -> None:
    record = read(match.path)
    row = next(event for event in record.events if isinstance(event, Adjudicated))
    view = changed_record(record, outcome=row.outcome | {"detained": 5})
    parting = Replay(view).check()
    assert parting is not None
    assert parting.turn == 1
    assert parting.found == parting.recorded


def test_illegal_orders_part_at_the_orders(match: Match) -> None:
    record = read(match.path)
    for place, event in enumerate(record.events):
        if event.table == "orders" and event.seat is US and event.turn == 2:
            record.events[place] = event.model_copy(
                update={"deed": "hold", "site": None, "word": "threaten", "word_to": US}
            )
    parting = Replay(MatchView.of_record(Path("a.match"), record)).check()
    assert parting is not None
    assert (parting.turn, parting.phase, parting.found) == (2, "orders", "")


def test_a_match_without_turns_has_nothing_to_compare(tmp_path: Path) -> None:
    match = begin(tmp_path)
    commit_all(match)
    replay = Replay(match)
    assert replay.turns == ()
    assert replay.check() is None
    match.close()


# --- to the letter


@pytest.mark.parametrize(
    ("recorded", "found", "told"),
    [
        ("a" * 16, "b" * 16, f"recorded {'a' * 16}, now {'b' * 16}"),
        ("a" * 16, "", f"recorded {'a' * 16}, now refused"),
        (
            "a" * 16,
            "a" * 16,
            "what happened on the way differs, the state after it does not",
        ),
    ],
)
def test_a_parting_says_what_differs(recorded: str, found: str, told: str) -> None:
    parting = Parting(2, "force", recorded, found)
    assert str(parting) == (
        f"The replay parts from the record in turn 2, at the phase force: {told}."
    )


def test_an_outcome_that_differs_at_no_phase_parts_at_the_end(match: Match) -> None:
    """What was changed in the file was changed after the last phase had written its digest."""
    record = read(match.path)
    row = next(event for event in record.events if isinstance(event, Adjudicated))
    parting = Replay(changed_record(record, outcome=row.outcome | {"detained": 5})).check()
    assert parting is not None
    assert parting.phase == "end"


def test_the_first_phase_that_differs_is_told(match: Match) -> None:
    record = read(match.path)
    row = next(event for event in record.events if isinstance(event, Adjudicated))
    names = list(row.phases)
    for first in (0, 3, len(names) - 1):
        phases = row.phases | dict.fromkeys(names[first:], "0" * 16)
        view = changed_record(
            read(match.path), phases=phases, outcome=row.outcome | {"detained": 5}
        )
        parting = Replay(view).check()
        assert parting is not None
        assert parting.phase == names[first]


@pytest.mark.parametrize(
    ("added", "dropped", "told"),
    [
        ((), (), ""),
        (
            ("a.b",),
            (),
            "The rules have got one parameter since this match began, with the values of today: "
            "a.b.",
        ),
        (
            ("a.a", "a.b", "a.c", "a.d"),
            (),
            "The rules have got four parameters since this match began, with the values of today: "
            "a.a, a.b, a.c and a.d.",
        ),
        (
            ("a.a", "a.b", "a.c", "a.d", "a.e"),
            ("b.a",),
            "The rules have got five parameters since this match began, with the values of today: "
            "a.a, a.b, a.c, a.d and 1 more. They no longer know one parameter of its rulebook: "
            "b.a.",
        ),
        (
            (),
            ("b.a", "b.b"),
            "The rules no longer know two parameters of its rulebook: b.a and b.b.",
        ),
    ],
)
def test_what_has_come_and_gone_is_told(
    added: tuple[str, ...], dropped: tuple[str, ...], told: str
) -> None:
    assert str(Changes(added, dropped)) == told


@pytest.mark.parametrize("sat", [True, False])
def test_another_version_s_match_names_who_played_it_last(match: Match, sat: bool) -> None:
    record = read(match.path)
    *_, last = record.events
    assert isinstance(last, Ordered | Adjudicated)
    events = [event for event in record.events if not isinstance(event, Opened)]
    opened = next(event for event in record.events if isinstance(event, Opened))
    played = {"program": "0.7", "referee": "f" * 16, "at": "2026-02-03T00:00:00.000Z"}
    if sat:
        events += [opened, opened.model_copy(update=played)]
    place = next(k for k, event in enumerate(events) if isinstance(event, Ordered))
    events[place] = events[place].model_copy(update={"deed": "dance"})
    then = f"version 0.7 (rules {'f' * 16})" if sat else "another version"
    day = "2026-02-03" if sat else record.game.created[:10]
    now = f"version {versions()['program']} (rules {versions()['referee']})"
    with pytest.raises(OtherVersionError) as error:
        MatchView.of_record(Path("a.match"), Record(record.game, record.texts, events))
    assert error.value.what == (
        f"it was last played on {day} with {then} of the game, and {now} cannot play it (it does "
        "not know 'dance')"
    )
