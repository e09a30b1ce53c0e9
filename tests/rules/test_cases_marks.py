"""Adjudication cases, phase 9: each seat's mark, and its parts."""

import numpy as np
import pytest

from game.rules.endings import Ending, mark_parts, marks
from game.rules.seats import SEATS
from tests.support import IRAN, IRAQ, US, one_game, still, turn

PARTS = [pytest.param(part, id=f"{part.seat.name}-{part.id}") for part in still().book.marks]


def near(value: object) -> object:
    return pytest.approx(value, abs=1e-3)


def test_10_1_every_seats_points_add_up_to_a_hundred() -> None:
    """A seat's objectives carry a hundred points between them."""
    for seat in SEATS:
        assert sum(part.points for part in still().book.marks if part.seat is seat) == 100


@pytest.mark.parametrize("part", PARTS)
def test_10_2_full_points_at_the_best_none_at_the_worst(part) -> None:
    """An objective has its points where the column is at its best, none at its worst, half
    between."""
    base = getattr(still().setting.opening, part.column)[0] if part.since_opening else 0
    values = base + np.array([part.worst, part.best, (part.worst + part.best) / 2])
    before = still(games=3, **{part.column: values})
    points = mark_parts(before.setting, before.state, part.seat)[part.id]
    assert points == near([0, part.points, part.points / 2])


@pytest.mark.parametrize("part", PARTS)
def test_10_3_there_is_nothing_beyond_the_best(part) -> None:
    """Beyond its best and worst, an objective gains and loses nothing more."""
    base = getattr(still().setting.opening, part.column)[0] if part.since_opening else 0
    span = part.best - part.worst
    before = still(games=2, **{part.column: base + np.array([part.worst - span, part.best + span])})
    points = mark_parts(before.setting, before.state, part.seat)[part.id]
    assert points == near([0, part.points])


def test_10_4_some_objectives_count_from_the_opening() -> None:
    """What happened before the game is nobody's doing: the dead are counted since the opening."""
    opening = one_game()
    assert opening.us_dead[0] == 1
    parts = mark_parts(opening.setting, opening.state, US)
    full = {part.id: part.points for part in opening.book.marks if part.seat is US}
    for counted in ("lives", "deterrence", "nuclear"):
        assert parts[counted][0] == near(full[counted])


def test_10_5_a_mark_is_the_sum_of_its_parts() -> None:
    """While a game is on, a mark is the sum of the parts that are shown."""
    before = one_game(games=50)
    after, _ = turn(before, US="strike_depots", MILITIA="barrage", IRAN="missile_strike")
    after.state.ending[:] = 0
    given = marks(after.setting, after.state)
    for seat in SEATS:
        shown = sum(mark_parts(after.setting, after.state, seat).values())
        assert given[seat] == near(shown)


def test_10_6_an_ending_adds_its_own() -> None:
    """An ending adds to each seat's mark what its data says, and nothing is below 0 or above
    100."""
    on = still()
    assert [text.id for text in on.book.endings] == [e.name.lower() for e in list(Ending)[1:]]
    plain = marks(on.setting, on.state)[:, 0]
    for ending in list(Ending)[1:]:
        over = on.with_()
        over.state.ending[:] = ending
        bonus = [on.book.ending_mark(seat, 0, ending) for seat in SEATS]
        assert bonus == [on.book.endings[ending - 1].marks.get(seat, 0) for seat in SEATS]
        expected = np.clip(plain + bonus, 0, 100)
        assert marks(over.setting, over.state)[:, 0] == near(expected)


def test_10_6b_an_agenda_may_judge_an_ending_otherwise() -> None:
    """Who wants the foreign troops gone counts an expulsion as his own doing: +12 for Baghdad's
    sovereignty, where it is worth nothing to a government that wants to survive."""
    on = still()
    wanted = [agenda.id for agenda in on.book.agendas[IRAQ]].index("sovereignty")
    gained = []
    for agenda in (0, wanted):
        state = on.with_().state
        state.agenda[IRAQ] = agenda
        before = marks(on.setting, state)[IRAQ, 0]
        state.ending[:] = Ending.EXPULSION
        gained.append(marks(on.setting, state)[IRAQ, 0] - before)
    assert gained == near([0, 12])


def test_10_7_war_is_nobodys_victory() -> None:
    """General war costs every seat; mutual restraint serves every seat."""
    texts = {text.id: text.marks for text in still().book.endings}
    assert all(texts["general_war"].get(seat, 0) < 0 for seat in SEATS)
    assert all(texts["restraint"].get(seat, 0) > 0 for seat in SEATS)
    assert not texts["calendar"]


def test_10_8_marks_are_not_zero_sum() -> None:
    """One seat's gain need not be another's loss: a quiet, obeyed Iraq raises some and lowers
    none."""
    before = still()
    better = before.with_(iraq_authority=0.6, iraq_unrest=0.1)
    gain = (marks(better.setting, better.state) - marks(before.setting, before.state))[:, 0]
    assert gain[IRAQ] > 0
    assert (gain >= 0).all()
    calm, pressed = before.with_(iraq_momentum=0.1), before.with_(iraq_momentum=0.3)
    gain = (marks(pressed.setting, pressed.state) - marks(calm.setting, calm.state))[:, 0]
    assert gain[US] < 0 < gain[IRAN]
