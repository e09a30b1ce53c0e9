"""Adjudication cases: what each seat wants most is drawn, and the others are not told."""

import numpy as np
import pytest

from game.content.load import load_record, load_rulebook, load_scenario
from game.rules.endings import mark_parts, marks
from game.rules.luck import game_keys
from game.rules.observe import observe
from game.rules.rulebook import Agenda
from game.rules.seats import SEATS, Seat
from tests.common import difference
from tests.support import IRAN, MILITIA, US, Position, still, turn, with_agendas

KEYS = game_keys(12, range(8000))


def near(value: object) -> object:
    return pytest.approx(value, abs=1e-3)


def test_14_1_each_seat_draws_its_agenda_by_its_odds() -> None:
    """Each role has some agendas; each game draws one for every seat, independently, by its
    luck."""
    setting = load_scenario("the_article").setting
    drawn = setting.open_games(KEYS).agenda
    for seat, agendas in zip(SEATS, setting.rulebook.agendas, strict=True):
        odds = np.array([agenda.odds for agenda in agendas])
        shares = np.bincount(drawn[seat], minlength=len(agendas)) / KEYS.size
        assert shares == near_share(odds / odds.sum())
    both = [(drawn[US] == 0) & (drawn[IRAN] == k) for k in (0, 1)]
    assert both[0].mean() == near_share(1 / 9)
    assert both[1].mean() == near_share(1 / 9)


def near_share(value: object) -> object:
    return pytest.approx(value, abs=0.02)


def test_14_2_a_seat_with_one_agenda_has_it() -> None:
    """Where a role has a single agenda, nothing is drawn."""
    only = with_agendas(still(), US, Agenda(US, "only", "Only", "You want it."))
    assert (only.setting.open_games(KEYS).agenda[US] == 0).all()


def test_14_3_the_mark_follows_the_agenda() -> None:
    """An agenda weighs the seat's objectives in any unit; they carry a hundred points between them,
    and one that it leaves out carries none."""
    before = with_agendas(
        still(),
        US,
        Agenda(US, "usual", "Usual", "You want all of it."),
        Agenda(US, "other", "Other", "You want two things.", points={"lives": 3, "home": 1}),
    )
    own = [part for part in before.book.marks if part.seat is US]
    assert sum(part.points for part in own) == near(100)
    best = {part.column: part.best for part in own}
    opening = before.setting.opening
    since = {part.column for part in own if part.since_opening}
    full = {c: v + (getattr(opening, c)[0] if c in since else 0) for c, v in best.items()}
    (presence,) = (part for part in own if part.id == "presence")
    full["us_troops"] = presence.best  # beyond the worst of "withdrawal"
    usual, other = (
        mark_parts(before.setting, before.with_(agenda={"US": k}, **full).state, US) for k in (0, 1)
    )
    assert {part.id: usual[part.id][0] for part in own} == near({p.id: p.points for p in own})
    assert usual["withdrawal"][0] == 0
    assert {name: points[0] for name, points in other.items() if points[0]} == near(
        {"lives": 75, "home": 25}
    )
    for agenda in (0, 1):
        assert sum(part.points for part in before.book.objectives(US, agenda)) == near(100)


def test_14_4_games_of_one_batch_are_marked_each_by_its_own() -> None:
    """The same position has another mark where the seat wants something else."""
    one = still(us_troops=2000, us_dead=0)
    many = Position(one.setting, one.state.take(np.zeros(3, np.intp))).with_(
        agenda={"US": np.arange(3)}
    )
    given = marks(many.setting, many.state)
    for game in range(3):
        alone = one.with_(agenda={"US": game})
        assert given[:, game] == near(marks(alone.setting, alone.state)[:, 0])
    assert given[US, 1] > given[US, 0] + 10, "the Americans came home"
    assert np.ptp(given[IRAN]) == 0


def test_14_5_some_agendas_pull_against_each_other() -> None:
    """American lives and troops count against each other by agenda, within a seat and across."""
    quiet, loud = (still(attacks=10 + n, us_dead=n / 3) for n in (0, 18))

    def gain(seat: Seat, agenda: int) -> float:
        before, after = (p.with_(agenda={seat.name: agenda}) for p in (quiet, loud))
        found = [marks(p.setting, p.state)[seat, 0] for p in (before, after)]
        return float(found[1] - found[0])

    by_id = {a.id: gain(MILITIA, k) for k, a in enumerate(quiet.book.agendas[MILITIA])}
    assert by_id["revenge"] > 20
    assert by_id["state"] < -20
    assert gain(US, 0) < -15


def test_14_6_each_seat_sees_its_own_and_no_other() -> None:
    """A seat knows what it wants; another seat's agenda changes nothing that it is shown."""
    before = still()
    for seat in SEATS:
        seen = observe(before.setting, before.state, None, seat)
        for other in SEATS:
            changed = before.with_(agenda={other.name: 1})
            told = observe(changed.setting, changed.state, None, seat)
            assert (difference(seen, told) == "") == (other is not seat)
            assert told.agenda[0] == (other is seat)


def test_14_7_a_turn_changes_no_agenda() -> None:
    """It holds from the first turn to the last, and a hidden one changes nothing in the turn."""
    before = still(games=3).with_(agenda={"IRAN": np.arange(3)})
    after, _ = turn(before, US="strike_depots", MILITIA="barrage")
    assert (after.agenda == before.agenda).all()
    same = still(games=3)
    assert difference(turn(same, US="strike_depots", MILITIA="barrage")[1], _) == ""


def test_14_8_the_games_own_agendas_can_be_told_apart() -> None:
    """Every seat has three, with a source each in the record; the first, which holds where nothing
    is drawn, weighs objectives as they are and inclines to nothing."""
    book, known = load_rulebook(), load_record().sources
    for agendas in book.agendas:
        assert len(agendas) == 3
        first, *others = agendas
        assert not first.points
        assert not first.inclination
        assert all(agenda.points and agenda.inclination for agenda in others)
        assert all(agenda.source and set(agenda.source) <= set(known) for agenda in agendas)
