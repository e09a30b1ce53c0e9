"""What a match knows of itself: whether anybody touched it, and what was ordered last."""

from pathlib import Path

import pytest

from game.futures.cast import cast
from game.session.forking import fork
from game.session.match import Match, Seating
from game.session.reading import read
from tests.session.common import IRAN, MILITIA, PEOPLE, US, again, begin, commit_all, some_orders


@pytest.fixture
def match(tmp_path: Path):
    made = begin(tmp_path)
    yield made
    made.close()


def test_a_match_is_untouched_until_somebody_does_something(tmp_path: Path) -> None:
    """To open it, to give a seat or to set a code is no part of the game."""
    match = begin(tmp_path)
    assert match.is_untouched
    match = again(match)
    match.give(IRAN, Seating.team("Green"))
    match.lead("2468")
    match.choose_passcode(US, "red")
    assert match.is_untouched
    match.note("a note")
    assert not match.is_untouched
    match.close()
    other = begin(tmp_path, name="b.match")
    assert other.commit(US, some_orders(other, US)) == []
    assert not other.is_untouched
    other.close()


def test_what_people_ordered_last_is_remembered(match: Match) -> None:
    """For the turn that is being played, also where it was taken back, with the turn or without;
    what the clock ordered is not theirs."""
    assert match.last_ordered(US) is None
    order = some_orders(match, US)
    assert match.commit(US, order, {IRAN: 0.25}) == []
    given = match.last_ordered(US)
    assert given is not None
    assert (given.order, given.forecast) == (order, {IRAN: 0.25})
    assert match.last_ordered(IRAN) is None
    match.take_back(US)
    assert match.last_ordered(US) == given
    assert match.call_time() == (US, IRAN)
    assert match.last_ordered(US) == given
    assert match.last_ordered(IRAN) is None
    match.advance()
    assert match.last_ordered(US) is None
    assert match.last_ordered(MILITIA) is None
    match.undo()
    assert match.last_ordered(US) == given


def test_what_is_written_down_has_its_turn(match: Match) -> None:
    match.note("of the first")
    commit_all(match)
    match.advance()
    match.note("of the second")
    assert [note.turn for note in match.match_state.notes] == [1, 2]
    assert [order.turn for order in match.match_state.ordered] == [1] * 4


def test_a_fork_keeps_as_much_of_a_long_name_as_there_is_room_for(tmp_path: Path) -> None:
    """Its last hundred letters."""
    name = "".join(str(number % 10) for number in range(120)) + ".match"
    match = Match.begin(tmp_path / name, "turn_zero", PEOPLE, cast, seed=7)
    match.close()
    made = read(fork(match.path, 1, tmp_path / "fork.match"))
    assert made.game.parent_file == name[-100:]
