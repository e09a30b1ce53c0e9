"""Forks, copies, and the list of what there is."""

import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from game.futures.cast import cast
from game.session import record
from game.session.errors import FileError, MatchError, NotAMatchError
from game.session.events import Kind
from game.session.forking import copy, fork
from game.session.home import HOME, matches_folder
from game.session.locks import checked_passcode, checked_pin, locked, opens
from game.session.match import Match, Seating, Status
from game.session.places import last_unfinished, matches, new_path, summary
from game.session.reading import read
from game.session.view import MatchView
from tests.common import difference
from tests.session.common import IRAN, US, again, begin, commit_all, play, standing


@pytest.fixture
def match(tmp_path: Path):
    made = begin(tmp_path)
    yield made
    made.close()


def forked(match: Match, turn: int) -> Match:
    return Match.open(fork(match.path, turn, match.path.with_name(f"fork_{turn}.match")), cast)


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_a_fork_played_alike_is_the_same_game(match: Match, turn: int) -> None:
    play(match)
    other = forked(match, turn)
    assert other.turn == turn
    assert other.status is Status.WAITING
    assert len(other.played) == turn - 1
    game = other.record.game
    assert (game.parent, game.parent_file, game.parent_turn) == (
        match.record.game.id,
        "a.match",
        turn,
    )
    assert game.id != match.record.game.id
    play(other)
    assert [t.hash for t in other.match_state.turns] == [t.hash for t in match.match_state.turns]
    assert not difference(other.state, match.state)
    other.close()


def test_another_choice_leaves_the_parent_alone(match: Match) -> None:
    play(match)
    before = standing(match)
    raw = match.path.read_bytes()
    other = forked(match, 2)
    other.give(US, Seating.computer("maximum_pressure"))
    other.override("us_support", 0.9, "another world")
    play(other)
    other.close()
    assert match.path.read_bytes() == raw
    assert standing(match) == before
    assert other.match_state.turns[0].hash == match.match_state.turns[0].hash
    assert other.match_state.turns[1].hash != match.match_state.turns[1].hash


def test_what_was_put_in_before_the_turn_is_in_the_fork(match: Match) -> None:
    play(match, 1)
    match.inject_own("News", "on the morning of turn 2", {"iraq_unrest": 0.1})
    match.note("of turn 2", US)
    commit_all(match)
    match.give(IRAN, Seating.person("Zoe"))
    match.advance()
    match.inject_own("Later", "on the morning of turn 3")
    match.limit(60)
    match.pause()
    other = forked(match, 2)
    assert [news.title for news in other.news] == ["News"]
    assert other.match_state.notes == []
    assert other.seating(IRAN) == Seating.person("Zoe")
    assert other.status is Status.WAITING
    assert not difference(other.state, match.played[1].before)
    assert other.match_state.limit is None
    other.close()


def test_orders_that_are_in_are_not_in_the_fork(match: Match) -> None:
    commit_all(match)
    other = forked(match, 1)
    assert other.waiting_for == (US, IRAN)
    other.close()
    assert match.status is Status.READY


def test_undone_turns_are_not_in_the_fork(match: Match) -> None:
    play(match, 2)
    match.undo()
    commit_all(match)
    match.take_back(US)
    other = forked(match, 2)
    assert len(other.played) == 1
    assert {event.table for event in other.record.events} == {"seat", "orders", "turn", "sitting"}
    other.close()


@pytest.mark.parametrize("turn", [0, -1, 4, 99])
def test_a_match_forks_only_where_it_was(match: Match, turn: int) -> None:
    play(match)
    with pytest.raises(MatchError, match="name one from 1 to 3"):
        fork(match.path, turn, match.path.with_name("b.match"))
    assert not match.path.with_name("b.match").exists()


def test_a_fork_of_a_fork_names_its_own_parent(match: Match) -> None:
    play(match)
    child = forked(match, 3)
    grandchild = read(fork(child.path, 2, match.path.with_name("g.match"))).game
    assert grandchild.parent == child.record.game.id
    assert grandchild.parent_file == "fork_3.match"
    child.close()


def test_a_copy_is_the_whole_match(match: Match) -> None:
    play(match, 2)
    match.undo()
    other = match.path.with_name("b.match")
    assert copy(match.path, other) == []
    assert read(other) == read(match.path)
    assert standing(MatchView.read(other)) == standing(match)


def test_what_a_deleted_match_left_is_set_aside_and_told(match: Match) -> None:
    """SQLite would have worked its log into the new one."""
    other = match.path.with_name("b.match")
    aside = []
    for count in (1, 2):
        for ending in ("-wal", "-shm"):
            other.with_name(f"b.match{ending}").write_bytes(b"what was left")
        aside = copy(match.path, other)
        names = [f"b.match{ending}.old-{count}" for ending in ("-wal", "-shm")]
        assert [path.name for path in aside] == names
        assert read(other) == read(match.path)
        other.unlink()
    assert all(path.read_bytes() == b"what was left" for path in aside)


@pytest.mark.parametrize("name", ["\udcff\udcfe", "a\x1b[2Jb", "a\nb", "\u202egnp"])
def test_a_match_of_any_name_can_be_forked(tmp_path: Path, name: str) -> None:
    """What its fork keeps of the name is what can be shown."""
    match = begin(tmp_path, name=f"{name}.match")
    match.close()
    made = MatchView.read(fork(match.path, 1, tmp_path / "fork.match"))
    assert made.record.game.parent_file.endswith(".match")
    assert made.record.game.parent_file.isprintable()


@pytest.mark.parametrize("network", [False, True])
def test_a_mac_is_asked_for_more_than_to_hand_it_to_the_disk(
    match: Match, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, network: bool
) -> None:
    """And where a folder on the network cannot, what it can do is enough."""
    asked: list[str] = []

    def fully(_file: int, _what: int) -> None:
        asked.append("fully")
        if network:
            raise OSError(45, "Operation not supported")

    monkeypatch.setattr(record, "sys", SimpleNamespace(platform="darwin"))
    monkeypatch.setitem(sys.modules, "fcntl", SimpleNamespace(fcntl=fully, F_FULLFSYNC=51))
    monkeypatch.setattr(record.os, "fsync", lambda _: asked.append("as usual"))
    copy(match.path, tmp_path / "b.match")
    of_the_folder = ["as usual"]
    assert asked == ["fully", *(["as usual"] if network else []), *of_the_folder]


# --- the list


def test_the_list_tells_what_there_is(match: Match, tmp_path: Path) -> None:
    play(match, 1)
    over = play(begin(tmp_path, {}, name="over.match"))
    over.close()
    early = begin(tmp_path, name="EARLY.MATCH")
    early.end("the bell")
    early.close()
    fork(over.path, 2, tmp_path / "forked.match")
    (tmp_path / "broken.match").write_bytes(over.path.read_bytes()[:-1])
    (tmp_path / "other.match").write_text("hello")
    (tmp_path / "readme.txt").write_text("hello")
    (tmp_path / "._a.match").write_text("what a Mac leaves beside a file")
    found, wrong = matches(tmp_path)
    told = {s.path.name: (s.played, s.ending, s.over) for s in found}
    assert told == {
        "a.match": (1, "none", False),
        "over.match": (3, over.ending.name.lower(), True),
        "EARLY.MATCH": (0, "early", True),
        "forked.match": (1, "none", False),
    }
    assert sorted(error.path.name for error in wrong) == ["broken.match", "other.match"]
    assert summary(match.path).seats[US] == (Kind.PERSON, "Ana")
    assert [s.last for s in found] == sorted((s.last for s in found), reverse=True)
    assert last_unfinished(tmp_path).path.name == "forked.match"


def test_the_usual_folder_need_not_be_there_and_a_named_one_must(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RESTORING_DETERRENCE_HOME", str(tmp_path))
    assert matches(matches_folder()) == ([], [])
    assert last_unfinished(matches_folder()) is None
    with pytest.raises(FileError, match="there is no such folder"):
        matches(tmp_path / "none")
    (tmp_path / "file").touch()
    with pytest.raises(NotAMatchError, match="the folder cannot be read"):
        matches(tmp_path / "file")


def test_the_folder_can_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME, str(tmp_path))
    assert matches_folder() == tmp_path / "matches"
    monkeypatch.delenv(HOME)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert matches_folder().name == "matches"


def test_names_of_files_can_be_read(tmp_path: Path) -> None:
    day = date(2026, 3, 1)
    path = new_path(tmp_path, "turn_zero", 7, today=day)
    assert path == tmp_path / "2026-03-01_turn_zero_seed-7.match"
    path.touch()
    assert new_path(tmp_path, "turn_zero", 7, today=day).stem.endswith("seed-7_2")
    assert len(new_path(tmp_path, "turn_zero", 10**900, today=day).name) < 80


def test_what_is_looked_for_is_missing(tmp_path: Path) -> None:
    with pytest.raises(NotAMatchError, match="there is no such file"):
        fork(tmp_path / "none.match", 1, tmp_path / "b.match")


# --- what files and lists say, to the letter


@pytest.mark.parametrize(
    ("seed", "shown"),
    [
        (0, "0"),
        (-5, "-5"),
        (10**19, "1" + "0" * 19),
        (10**20 + 7, "10000000-00000007"),
        (123456789987654321123456, "12345678-21123456"),
    ],
)
def test_a_long_seed_is_shown_by_its_ends(tmp_path: Path, seed: int, shown: str) -> None:
    path = new_path(tmp_path, "turn_zero", seed, today=date(2026, 3, 1))
    assert path.name == f"2026-03-01_turn_zero_seed-{shown}.match"


def test_names_that_are_taken_are_counted_on(tmp_path: Path) -> None:
    """So is the name of a file that is being written at this moment."""
    named = []
    for _ in range(3):
        path = new_path(tmp_path, "turn_zero", 7, today=date(2026, 3, 1))
        named.append(path.stem.removeprefix("2026-03-01_turn_zero_"))
        path.touch()
    assert named == ["seed-7", "seed-7_2", "seed-7_3"]
    (tmp_path / ".2026-03-01_turn_zero_seed-8.match.part").touch()
    assert new_path(tmp_path, "turn_zero", 8, today=date(2026, 3, 1)).stem.endswith("seed-8_2")
    (tmp_path / "2026-03-01_turn_zero_seed-9.match-wal").touch()
    assert new_path(tmp_path, "turn_zero", 9, today=date(2026, 3, 1)).stem.endswith("seed-9_2")


def test_the_list_follows_the_course_of_a_match(match: Match) -> None:
    def told() -> tuple[int, str, bool]:
        found = summary(match.path)
        assert found.last == match.record.events[-1].at
        return found.played, found.ending, found.over

    assert told() == (0, "none", False)
    play(match, 2)
    match.pause()
    match.go_on()
    assert told() == (2, "none", False)
    match.end("the bell rang")
    assert told() == (2, "early", True)
    match.go_on()
    match.limit(60)
    assert told() == (2, "none", False)
    match.undo()
    assert told() == (1, "none", False)
    play(match)
    assert told() == (3, match.ending.name.lower(), True)
    match.undo()
    assert told() == (2, "none", False)
    match.give(IRAN, Seating.person("Zoe"))
    assert summary(match.path).seats[IRAN] == (Kind.PERSON, "Zoe")


def test_the_unfinished_match_is_the_one_played_last(tmp_path: Path) -> None:
    early, late = begin(tmp_path, name="z.match"), begin(tmp_path, name="a.match")
    late.note("a note")
    found = last_unfinished(tmp_path)
    assert found is not None
    assert found.path.name == "a.match"
    late.end("enough")
    late.close()
    early.close()
    found = last_unfinished(tmp_path)
    assert found is not None
    assert found.path.name == "z.match"


def test_a_fork_is_led_only_where_its_leader_makes_it(match: Match) -> None:
    match.lead("2468")
    match.choose_passcode(US, "red")
    match.allow_estimate(True)
    play(match, 2)
    theirs = MatchView.read(fork(match.path, 1, match.path.with_name("theirs.match"), led=True))
    assert theirs.is_pin("2468")
    assert theirs.lets_in(US, "red")
    assert theirs.may_estimate
    free = MatchView.read(fork(match.path, 1, match.path.with_name("free.match")))
    assert not free.is_led
    assert not free.has_passcode(US)


def test_a_seat_that_is_given_away_has_another_passcode(match: Match) -> None:
    match.lead("2468")
    match.choose_passcode(US, "red")
    match.give(US, Seating.person("somebody else"))
    assert not match.has_passcode(US)
    opened = again(match)
    assert not opened.lets_in(US, "red")
    assert opened.lets_in(US, "2468")
    opened.close()


def test_pin_and_passcodes_outlive_a_turn_that_is_taken_back(match: Match) -> None:
    play(match, 1)
    match.lead("2468")
    match.choose_passcode(US, "red")
    match.undo()
    opened = again(match)
    assert opened.is_pin("2468")
    assert opened.lets_in(US, "red")
    assert not opened.may_estimate, "who leads has not allowed it"
    opened.close()


@pytest.mark.parametrize("pin", ["", "123", " 123 ", "1" * 101])
def test_a_pin_is_neither_short_nor_endless(match: Match, pin: str) -> None:
    with pytest.raises(MatchError, match="from 4 to 100 signs"):
        match.lead(pin)
    assert not match.is_led


def test_codes_are_taken_up_to_their_very_ends() -> None:
    """Blanks around them do not count."""
    assert checked_pin(" 1234 ") == "1234"
    assert checked_pin("1" * 100) == "1" * 100
    assert checked_passcode(" x ") == "x"
    assert checked_passcode("x" * 100) == "x" * 100
    for bad in ("", "  ", "x" * 101):
        with pytest.raises(MatchError, match="a passcode has from 1 to 100 signs"):
            checked_passcode(bad)
    assert opens(locked(" red "), "red  ")
    assert not opens(locked("red"), "Red")
