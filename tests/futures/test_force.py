"""What each use of force did: nothing where nothing was done, and the truth where it is known."""

from dataclasses import replace

import numpy as np
import pytest

from game.content.lens import load_lens, seen_through
from game.futures.cast import cast, heirs
from game.futures.force import (
    MEASURES,
    Asked,
    Effects,
    Moment,
    Theory,
    futures_for,
    gather,
    run,
    run_part,
)
from game.futures.inquiry import Findings, Progress, inquire
from game.futures.statistics import Paired
from game.futures.turning import Swing, decisive, swings
from game.players.base import Choice, Dice, Options, holding_choice
from game.players.library import default_players
from game.rules.endings import marks
from game.rules.luck import imagined_keys
from game.rules.observe import Observation
from game.rules.outcome import Outcome
from game.rules.resolve import resolve
from game.rules.rulebook import ANY_SITE
from game.rules.seats import SEATS, Seat
from game.rules.setting import Setting
from game.rules.state import State
from game.views.played import PlayedGame
from game.views.uses import users_of_force, uses_of_force
from tests.common import bits, scenario, setting
from tests.futures.by_hand import copies, go_on
from tests.played import course, simulated
from tests.support import still, with_deed

US, IRAN, MILITIA, IRAQ = SEATS


def moments(game: PlayedGame) -> tuple[Moment, ...]:
    book = game.scenario.setting.rulebook
    return tuple(
        Moment(turn.before, turn.orders, tuple(users))
        for turn in game.turns
        if (users := users_of_force(book, turn.orders))
    )


def asked(game: PlayedGame, futures: int = 40, lenses: tuple[str, ...] = ("balanced",)) -> Asked:
    theories = []
    for lens in lenses:
        scenario = seen_through(game.plain, load_lens(lens))
        theories.append(Theory(scenario.setting, default_players(scenario)))
    return Asked(tuple(theories), moments(game), futures, 3)


def effects(question: Asked, chunk: int = 0, workers: int = 1) -> Effects:
    total = Effects()
    for part in run(question, chunk=chunk, workers=workers):
        gather(total, part)
    return total


@pytest.fixture(scope="module")
def game() -> PlayedGame:
    found = simulated("ten_days_in_january", 4)
    assert len(uses_of_force(found)) >= 3
    return found


def test_chunks_and_workers_do_not_matter(game: PlayedGame) -> None:
    question = asked(game, futures=6, lenses=("balanced", "spiral"))
    whole = effects(question, chunk=question.games)
    assert len(whole) == 2 * len(uses_of_force(game))
    assert {e.pairs["attacks"].games for e in whole.values()} == {6}
    for chunk in (1, 5, 6, 7):
        assert effects(question, chunk=chunk) == whole
    assert effects(question, workers=2) == whole


def test_a_deed_in_place_of_itself_does_nothing_at_all() -> None:
    harass = {"MILITIA": "harass"}
    played = course(harass, harass, position=still(days=3, mil_rockets=600))
    (deed,) = {int(t.orders.deed[Seat.MILITIA, 0]) for t in played.turns}
    question = replace(asked(played), instead=deed)
    for effect in effects(question).values():
        for name, paired in effect.pairs.items():
            assert paired.difference[:4] == (0, 0, 0, 0), name
            assert paired.more == paired.less == 0


def test_the_dead_of_the_deed_itself_are_counted_as_they_were() -> None:
    """Nobody plays on and no cell has a rocket, so that the whole difference is what the strike
    did in the game.
    """
    played = course({"US": "strike_fighters"}, position=still(days=3, mil_rockets=0))
    (turn,) = played.turns
    killed = turn.after.militia_dead[0] + turn.after.iraqi_dead[0] + turn.after.civilians_dead[0]
    assert killed > 0
    question = asked(played)
    nobody = tuple(replace(theory, players={}) for theory in question.theories)
    (effect,) = effects(replace(question, theories=nobody)).values()
    paired = effect.pairs["all_dead"]
    assert paired.difference.mean == killed
    assert paired.difference.error == 0
    assert effect.pairs["attacks"].difference[:4] == (0, 0, 0, 0)


def test_the_last_turn_has_nothing_after_it(game: PlayedGame) -> None:
    question = asked(game)
    last = [i for i, m in enumerate(question.moments) if m.before.turn == len(game.turns) - 1]
    for (_, moment, _), effect in effects(question).items():
        if moment in last:
            for name in ("attacks", "force_against", "own_force", "highest_rung"):
                assert effect.pairs[name].sum_a == effect.pairs[name].sum_b == 0


def test_the_mark_of_the_seat_itself_is_compared() -> None:
    """A strike on Iraqi soil costs Washington some of its own mark, and serves the militia, which
    wants it out; a few rockets that hurt nobody, and that nobody waited for, move no mark."""
    before = with_deed(still(days=3), Seat.MILITIA, "harass", timely={})
    played = course({"US": "strike_depots", "MILITIA": "harass"}, position=before)
    question = asked(played)
    nobody = tuple(replace(theory, players={}) for theory in question.theories)
    found = effects(replace(question, theories=nobody))
    assert found[0, 0, Seat.US].pairs["mark"].difference.mean < 0
    assert found[0, 0, Seat.MILITIA].pairs["mark"].difference[:2] == (0, 0)
    for user in (Seat.US, Seat.MILITIA):
        final = line_by_hand(
            replace(question, theories=nobody), question.moments[0], user, deed=0, keep=True
        )
        assert found[0, 0, user].pairs["mark"].mean_a == pytest.approx(final["mark"][0], abs=0.01)
    assert found[0, 0, Seat.US].pairs["own_force"].difference[:4] == (0, 0, 0, 0)


def test_the_game_itself_is_left_alone(game: PlayedGame) -> None:
    question = asked(game, futures=5)
    before = bits(question.moments)
    run_part(question, 0, question.games)
    assert bits(question.moments) == before


def test_more_lines_mean_fewer_futures() -> None:
    few = moments(simulated("turn_zero"))
    assert futures_for(1, few) == 1000
    assert futures_for(1000, few) == 100
    assert futures_for(5, few * 4) % 50 == 0


def finished(work: "object") -> tuple[list[Progress], Findings]:
    told = []
    try:
        while True:
            told.append(next(work))  # type: ignore[call-overload]
    except StopIteration as done:
        return told, done.value


def test_an_inquiry_tells_how_far_it_is_and_then_everything(game: PlayedGame) -> None:
    lenses = [load_lens("balanced"), load_lens("spiral")]
    told, found = finished(inquire(game, lenses, {}, futures=20))
    assert [p.done for p in told] == sorted({p.done for p in told})
    assert told[-1].done == told[-1].of
    assert [u.use for u in found.uses] == uses_of_force(game)
    assert all(len(u.effects) == 2 for u in found.uses)
    assert [s.turn for s in found.swings] == [t.number for t in game.turns]
    for use in found.uses:
        assert use.turns_after == min(3, len(game.scenario.turns) - use.use.turn)
        assert list(use.effects[0].pairs) == list(MEASURES)
        assert use.effects[0].pairs["attacks"].others.games == 20, "by other numbers, too"


def test_an_inquiry_can_be_left() -> None:
    work = inquire(simulated(), [load_lens("balanced")], {}, futures=10)
    next(work)
    work.close()
    assert list(work) == []


# --- who plays the futures


def test_a_game_goes_on_by_whoever_played_it() -> None:
    told = scenario("ten_days_in_january")
    book, people = cast(told, {}), cast(told, {}, people=True)
    named = {IRAN: "planner-novice", MILITIA: "uniform", IRAQ: "history"}
    played = cast(told, named | {US: "people:maximum_pressure"})
    found = {seat: who.name for seat, who in heirs(told, played).items()}
    assert found == {
        US: "people:maximum_pressure",
        IRAN: book[IRAN].name,
        MILITIA: "uniform",
        IRAQ: people[IRAQ].name,
    }
    assert heirs(told, book)[US].name == book[US].name
    persons = {seat: who.name for seat, who in heirs(told, {}).items()}
    assert persons == {seat: who.name for seat, who in people.items()}


def test_the_players_know_the_theory_s_numbers_and_no_others() -> None:
    """Whoever plays on plays by the rules of the lens, not by those of the game."""
    told = scenario("ten_days_in_january")
    seen = seen_through(told, load_lens("spiral"))
    own = cast(seen, {}, people=True)[US].lookups.numbers
    other = cast(told, {}, people=True)
    assert not np.array_equal(other[US].lookups.numbers, own)
    assert np.array_equal(heirs(seen, other)[US].lookups.numbers, own)


def test_force_is_measured_by_the_players_of_the_game(game: PlayedGame) -> None:
    lenses, told = [load_lens("balanced")], game.scenario
    by_hand = {}
    for manner in (False, True):
        players = cast(told, {}, people=manner)
        theory = Theory(told.setting, players)
        expected = effects(replace(asked(game, futures=8), theories=(theory,)))
        _, found = finished(inquire(game, lenses, players, futures=8))
        for use, effect in zip(found.uses, expected.values(), strict=True):
            for name, paired in use.effects[0].pairs.items():
                one = effect.pairs[name]
                assert (paired.sum_a, paired.sum_b) == (one.sum_a, one.sum_b)
        by_hand[manner] = expected
        (last,) = swings(told.setting, players, game.remembered[-2:])
        assert found.swings[-1].weight == last.weight
    assert by_hand[False] != by_hand[True]


# --- the decisive turn


def test_swings_add_up_from_the_opening_to_the_marks(game: PlayedGame) -> None:
    setting = game.scenario.setting
    found = list(swings(setting, default_players(game.scenario), game.remembered, 25))
    final = marks(setting, game.final)[:, 0]
    for seat in SEATS:
        total = sum(swing.pairs[seat].difference.mean for swing in found)
        assert total == pytest.approx(final[seat] - found[0].pairs[seat].mean_b, abs=0.01)
        assert found[-1].pairs[seat].mean_a == pytest.approx(final[seat], abs=0.01)


def test_the_decisive_turn_is_the_one_in_which_something_happened() -> None:
    played = course({}, {}, {"US": "kill_commander"}, {}, position=still(days=3))
    found = list(swings(played.scenario.setting, {}, played.remembered, 4))
    assert decisive(found).turn == 3
    for swing in found:
        assert (swing.weight > 0) == (swing.turn == 3)
        assert swing.error == 0, "nobody plays on, so luck decides nothing"


def test_the_first_of_equal_turns_is_decisive() -> None:
    played = course({}, {}, position=still(days=3))
    found = list(swings(played.scenario.setting, {}, played.remembered, 4))
    assert np.all([swing.weight == 0 for swing in found])
    assert decisive(found).turn == 1


# --- by hand: the game as it was and the game without the deed, by the rules and players alone


AGAINST: dict[tuple[Seat, str], set[Seat]] = {
    (US, "strike_depots"): {MILITIA, IRAQ},
    (US, "strike_fighters"): {MILITIA, IRAQ},
    (US, "kill_commander"): {IRAN, MILITIA, IRAQ},
    (US, "strike_iran"): {IRAN},
    (US, "cyber"): {IRAN},
    (IRAN, "shipping"): {US},
    (IRAN, "deniable_strike"): {US},
    (IRAN, "missile_strike"): {US, IRAQ},
    (IRAN, "cyber"): {US},
    (MILITIA, "harass"): {US},
    (MILITIA, "barrage"): {US},
    (MILITIA, "roadside_bombs"): {US},
    (IRAQ, "arrest"): {MILITIA},
}
"""Every deed of force and whom it is against: whom it hits at rung 3 or higher, and where it names
nobody, whoever is meant by it. What is only a provocation below that is not force against a seat.
"""
DEAD_IN_ALL = (
    "us_dead", "coalition_dead", "iran_dead", "militia_dead", "iraqi_dead", "civilians_dead",
)  # fmt: skip


def test_every_deed_of_force_is_against_somebody() -> None:
    book = setting("the_article").rulebook
    force = {(deed.seat, deed.id) for own in book.deeds for deed in own if deed.group == "force"}
    assert force == AGAINST.keys()


def futures_by_hand(
    question: Asked, moment: Moment, seat: Seat, *, deed: int, keep: bool
) -> list[tuple[State, Outcome]]:
    """The futures after one moment, as it was or with another deed: its own turn in all copies, and
    every turn after it.
    """
    (theory,) = question.theories
    given = moment.orders.take(np.zeros(1, np.intp))
    if not keep:
        given.deed[seat], given.site[seat] = deed, ANY_SITE
    at_once = resolve(theory.setting, moment.before, given)
    salt = 20_000 + moment.before.turn
    start = copies(at_once, imagined_keys(moment.before.key, salt, question.futures)[:, 0])
    return [start, *go_on(theory.setting, theory.players, start, question.horizon)]


def line_by_hand(
    question: Asked, moment: Moment, seat: Seat, *, deed: int, keep: bool
) -> dict[str, np.ndarray]:
    """Every measure of one line, of the turns that the games of both lines still played."""
    (theory,) = question.theories
    rules, before = theory.setting, moment.before
    shots, other = (
        futures_by_hand(question, moment, seat, deed=deed, keep=each) for each in (keep, not keep)
    )
    start, final = shots[0][0], shots[-1][0]
    found = dict.fromkeys(("attacks", "highest_rung", "force_against", "own_force"), 0)
    found |= {
        "us_dead": start.us_dead - before.us_dead,
        "all_dead": sum(getattr(start, d) - getattr(before, d) for d in DEAD_IN_ALL),
    }
    for (was, _), (now, news), (elsewhere, _) in zip(shots, shots[1:], other, strict=False):
        on = (was.ending == 0) & (elsewhere.ending == 0)
        found["attacks"] += on * (now.attacks - was.attacks)
        found["us_dead"] += on * (now.us_dead - was.us_dead)
        found["all_dead"] += on * sum(getattr(now, d) - getattr(was, d) for d in DEAD_IN_ALL)
        found["highest_rung"] = np.maximum(found["highest_rung"], on * news.rung)
        for by in SEATS:
            names = [rules.rulebook.deeds[by][d].id for d in news.orders.deed[by]]
            found["force_against"] += on * [seat in AGAINST.get((by, name), ()) for name in names]
            found["own_force"] += on * [by is seat and (by, name) in AGAINST for name in names]
    nothing = np.zeros(start.games)
    return {name: nothing + value for name, value in found.items()} | {
        "mark": marks(rules, final)[seat]
    }


def paired_by_hand(name: str, a: np.ndarray, b: np.ndarray) -> Paired:
    """Whole steps counted in plain numbers."""
    x, y = (np.rint(np.asarray(v, float) / MEASURES[name]).astype(int).tolist() for v in (a, b))
    apart = [i - j for i, j in zip(x, y, strict=True)]
    return Paired(
        MEASURES[name],
        len(x),
        sum(x),
        sum(y),
        sum(i * i for i in x),
        sum(j * j for j in y),
        sum(d * d for d in apart),
        sum(d > 0 for d in apart),
        sum(d < 0 for d in apart),
    )


@pytest.mark.parametrize("horizon", [1, 3])
def test_what_force_did_is_the_game_with_it_less_the_game_without(horizon: int) -> None:
    """Every measure of every use, future by future; the deed's own line comes first."""
    question = asked(simulated("the_article", 0), futures=24)
    question = replace(question, moments=question.moments[:4], horizon=horizon)
    found, moved = effects(question), set()
    assert found.keys() == {
        (0, k, seat) for k, moment in enumerate(question.moments) for seat in moment.users
    }
    for (_, k, seat), effect in found.items():
        moment = question.moments[k]
        with_it = line_by_hand(question, moment, seat, deed=0, keep=True)
        without = line_by_hand(question, moment, seat, deed=0, keep=False)
        assert list(effect.pairs) == list(MEASURES)
        for name, paired in effect.pairs.items():
            by_hand = paired_by_hand(name, with_it[name], without[name])
            assert paired == by_hand, (seat, name)
            if by_hand.sum_a != by_hand.sum_b:
                moved.add(name)
    assert moved == set(MEASURES) or horizon == 1


class Avenger:
    """Answers a blow against its own country with missiles, and else holds."""

    name = "avenger"

    def decide(
        self, setting: Setting, observation: Observation, legal: Options, dice: Dice
    ) -> Choice:
        missiles = setting.rulebook.deed(IRAN, "missile_strike")
        choice = holding_choice(observation.anger.shape[1])
        choice.deed = missiles * (legal.deed[missiles] & (observation.struck[US, IRAN] > 0))
        return choice


def test_a_strike_that_is_answered_brings_force_against_whoever_struck() -> None:
    """The sign: what came after with the deed is counted for it, not against it."""
    played = course({"US": "strike_iran"}, position=still(days=3))
    question = asked(played, futures=60)
    (theory,) = question.theories
    question = replace(question, theories=(replace(theory, players={IRAN: Avenger()}),))
    (effect,) = effects(question).values()
    against = effect.pairs["force_against"].difference
    assert against.mean > 0
    assert effect.pairs["force_against"].mean_a > effect.pairs["force_against"].mean_b
    instead = replace(question, instead=int(question.moments[0].orders.deed[US, 0]))
    (same,) = effects(instead).values()
    assert same.pairs["force_against"].difference[:4] == (0, 0, 0, 0)
    assert same.pairs["force_against"].sum_a == effect.pairs["force_against"].sum_a


@pytest.mark.parametrize(("seat", "order"), [(US, "strike_depots@jurf"), (MILITIA, "harass@taji")])
def test_a_deed_with_a_site_is_replaced_by_one_without(seat: Seat, order: str) -> None:
    """Holding names no site: with the site left in, the order would be refused."""
    played = course({seat.name: order}, position=still(days=3))
    question = asked(played, futures=12)
    assert question.moments[0].orders.site[seat, 0] != ANY_SITE
    (effect,) = effects(question).values()
    with_it = line_by_hand(question, question.moments[0], seat, deed=0, keep=True)
    without = line_by_hand(question, question.moments[0], seat, deed=0, keep=False)
    for name, paired in effect.pairs.items():
        assert paired == paired_by_hand(name, with_it[name], without[name]), name
    assert question.moments[0].orders.site[seat, 0] != ANY_SITE, "the game itself is left alone"


def test_another_deed_may_stand_in_its_place() -> None:
    played = course({"US": "strike_depots@jurf"}, position=still(days=3))
    harden = played.scenario.setting.rulebook.deed(US, "harden")
    question = replace(asked(played, futures=12), instead=harden)
    (effect,) = effects(question).values()
    with_it = line_by_hand(question, question.moments[0], US, deed=harden, keep=True)
    without = line_by_hand(question, question.moments[0], US, deed=harden, keep=False)
    for name, paired in effect.pairs.items():
        assert paired == paired_by_hand(name, with_it[name], without[name]), name


def test_each_of_several_uses_in_one_turn_is_asked_about_alone() -> None:
    """The others' force of that turn stays, in every line."""
    played = course(
        {"US": "strike_depots@jurf", "MILITIA": "harass@taji", "IRAN": "shipping"},
        position=still(days=3),
    )
    question = asked(played, futures=12)
    found = effects(question)
    assert list(found) == [(0, 0, US), (0, 0, IRAN), (0, 0, MILITIA)]
    for (_, _, seat), effect in found.items():
        with_it = line_by_hand(question, question.moments[0], seat, deed=0, keep=True)
        without = line_by_hand(question, question.moments[0], seat, deed=0, keep=False)
        for name, paired in effect.pairs.items():
            assert paired == paired_by_hand(name, with_it[name], without[name]), (seat, name)


def test_futures_are_shared_out_by_lines() -> None:
    """A line for each moment as it was and for each deed without it, under every theory; in round
    fifties between 100 and 1,000."""
    (moment,) = asked(course({"US": "strike_depots"})).moments
    two = replace(moment, users=(US, MILITIA))
    assert futures_for(1, [moment]) == 1000
    assert futures_for(18, [moment]) == 1000
    assert futures_for(19, [moment]) == 900  # 38 lines: 947
    assert futures_for(12, [two]) == futures_for(18, [moment])
    assert futures_for(20, [two]) == 600
    assert futures_for(10, [two, two]) == 600
    assert futures_for(12, [moment, two]) == 600
    assert futures_for(1000, [moment]) == 100
    assert futures_for(1, []) == 1000


def test_a_question_counts_its_futures() -> None:
    played = course({"US": "strike_depots"}, {"MILITIA": "harass"})
    question = asked(played, futures=7, lenses=("balanced", "spiral"))
    assert question.games == 2 * 2 * 7
    parts = list(run(question))
    assert [part.games for part in parts] == [7, 7, 7, 7]
    assert [set(part.effects) for part in parts] == [
        {(0, 0, US)}, {(0, 1, MILITIA)}, {(1, 0, US)}, {(1, 1, MILITIA)},
    ]  # fmt: skip
    assert [part.games for part in run(question, chunk=10)] == [10, 10, 8]


# --- the swings, by hand


def expected_marks(game: PlayedGame, turn: int, futures: int) -> np.ndarray:
    """(4, futures) the marks at the end, played on from after some turn."""
    rules, players = game.scenario.setting, default_players(game.scenario)
    keys = imagined_keys(game.opening.key, 30_000, futures)[:, 0]
    start = copies(game.remembered[turn], keys)
    shots = go_on(rules, players, start, rules.turns)
    return marks(rules, shots[-1][0] if shots else start[0])


def test_a_swing_is_what_could_be_expected_after_a_turn_less_before(game: PlayedGame) -> None:
    futures = 20
    found = list(
        swings(game.scenario.setting, default_players(game.scenario), game.remembered, futures)
    )
    assert [swing.turn for swing in found] == [turn.number for turn in game.turns]
    for swing in found:
        before = expected_marks(game, swing.turn - 1, futures)
        after = expected_marks(game, swing.turn, futures)
        for seat in SEATS:
            by_hand = paired_by_hand("mark", after[seat], before[seat])
            assert swing.pairs[seat] == by_hand
        means = [after[seat].mean() - before[seat].mean() for seat in SEATS]
        assert swing.weight == pytest.approx(sum(abs(mean) for mean in means), abs=0.02)
        errors = [swing.pairs[seat].difference.error for seat in SEATS]
        assert swing.error == pytest.approx(sum(errors))
        assert swing.error > 0 or swing is found[-1]
    assert decisive(found) is max(found, key=lambda swing: swing.weight)


def weighing(turn: int, change: float) -> Swing:
    """A swing that moved one seat's mark by so much in both of two futures."""
    made = Swing(turn)
    for seat, paired in made.pairs.items():
        paired.add(np.full(2, change if seat is US else 0, np.float32), np.zeros(2, np.float32))
    return made


def test_the_decisive_turn_is_the_heaviest_and_of_equals_the_earliest() -> None:
    light, heavy, again = weighing(1, 2), weighing(2, -5), weighing(3, 5)
    assert [s.weight for s in (light, heavy, again)] == pytest.approx([2, 5, 5])
    for order in ((light, heavy, again), (again, heavy, light)):
        assert decisive(order) is heavy
