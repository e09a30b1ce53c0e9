"""What computer players cost, compiled: the same bits as the numpy code, whoever plays."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.content.doctrine import FEATURES, SHARES, Doctrine, load_doctrine
from game.players import base
from game.players.base import Options, Player, only
from game.players.doctrine import DoctrinePlayer
from game.players.library import default_players, player
from game.players.quantal import WEIGHTS as TABLE
from game.players.scripted import Scripted
from game.players.uniform import Uniform
from game.rules.luck import game_keys
from game.rules.observe import observe
from game.rules.outcome import Outcome
from game.rules.rulebook import Requirement, Rulebook
from game.rules.seats import SEATS, Seat
from game.rules.setting import Setting
from game.rules.state import COLUMNS, ESTIMATED, State
from tests.common import (
    ARTICLE,
    DOCTRINES,
    SCENARIOS,
    Moment,
    cast,
    difference,
    film,
    lock,
    random_film,
    scenario,
    setting,
    unlocked,
)
from tests.properties.anything import any_state
from tests.support import book_with

pytest.importorskip("numba", reason="the extra `fast` is not installed")

from game.compiled import players as compiled
from game.compiled import quantal
from game.compiled.block import WIDTH
from game.compiled.decide import decide, decide_all
from game.compiled.observe import observe as compiled_observe
from game.compiled.options import options as compiled_options

GAMES = 150
OWN_DEED = ("with_force", "with_fire", "with_strike")


def assert_alike(
    rules: Setting, somebody: Player, seat: Seat, state: State, outcome: Outcome | None
) -> None:
    """What is seen, what is legal, the luck and the choice are those of the numpy code."""
    seen, legal = observe(rules, state, outcome, seat), base.options(rules, state, seat)
    luck = base.Dice.of(state, seat)
    found = compiled_observe(rules, state, outcome, seat)
    assert not (wrong := difference(found, seen)), wrong
    assert (found.seat, found.turn, found.days) == (seen.seat, seen.turn, seen.days)
    assert list(found.columns) == list(seen.columns)
    assert found.exact == seen.exact
    assert not (wrong := difference(compiled_options(rules, state, seat), legal)), wrong
    assert not (wrong := difference(compiled.dice(state, seat), luck)), wrong
    assert compiled.dice(state, seat).turn == luck.turn
    choice = somebody.decide(rules, seen, legal, luck)
    assert not (wrong := difference(decide(somebody, rules, state, outcome, seat), choice)), wrong
    assert not (wrong := difference(compiled.decide(somebody, rules, seen, legal, luck), choice)), (
        wrong
    )


def assert_same_orders(rules: Setting, players: dict[Seat, Player], moment: Moment) -> None:
    state, outcome = moment
    orders = base.assemble(
        {seat: base.decide(p, rules, state, outcome, seat) for seat, p in players.items()},
        state.games,
    )
    assert not (wrong := difference(decide_all(players, rules, state, outcome), orders)), wrong


@pytest.mark.parametrize("scenario_id", SCENARIOS)
@pytest.mark.parametrize(("name", "seat"), DOCTRINES.items())
def test_every_doctrine_chooses_alike(name: str, seat: Seat, scenario_id: str) -> None:
    """In games that were played at random, on all their turns, and in games of doctrines."""
    rules, somebody = setting(scenario_id), player(name, seat, scenario(scenario_id))
    for moment in (*random_film(scenario_id)[:-1], *doctrines_film(scenario_id)[:-1]):
        assert_alike(rules, somebody, seat, *moment)


@cache
def doctrines_film(scenario_id: str) -> list[Moment]:
    return film(scenario_id, "default", 5, range(GAMES))


@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_orders_of_a_whole_cast_are_alike(scenario_id: str) -> None:
    for moment in doctrines_film(scenario_id)[:-1]:
        assert_same_orders(setting(scenario_id), cast(scenario_id, "default"), moment)


def test_players_without_a_twin_play_as_they_are() -> None:
    read = scenario(ARTICLE)
    doctrines = default_players(read)
    players = {Seat.US: Uniform(), Seat.IRAN: Scripted(read.historical_orders)}
    for moment in random_film(ARTICLE)[:-1]:
        assert_same_orders(read.setting, {**players, Seat.IRAQ: doctrines[Seat.IRAQ]}, moment)


class Stubborn(DoctrinePlayer):
    """Has a doctrine and does not follow it."""

    def decide(self, *situation: object) -> base.Choice:
        return base.holding_choice(64)


def test_who_only_descends_from_a_doctrine_decides_for_itself() -> None:
    book = setting(ARTICLE).rulebook
    somebody = Stubborn(load_doctrine("vanguard"), book)
    assert_same_orders(setting(ARTICLE), {Seat.MILITIA: somebody}, random_film(ARTICLE)[3])


@pytest.mark.parametrize("games", [0, 1, 2, WIDTH - 1, WIDTH, WIDTH + 1, 2 * WIDTH + 77])
def test_any_number_of_games(games: int) -> None:
    rules, players = setting(ARTICLE), cast(ARTICLE, "default")
    for turn in (0, 4):
        state = any_state(rules, np.random.default_rng(games), games, turn)
        for seat in SEATS:
            assert_alike(rules, players[seat], seat, state, None)
        assert_same_orders(rules, players, Moment(state, None))


def test_a_game_alone_is_that_game_of_the_batch() -> None:
    rules, players = setting(ARTICLE), cast(ARTICLE, "default")
    state = any_state(rules, np.random.default_rng(1), WIDTH + 3, 2)
    whole = decide_all(players, rules, state, None)
    for game in (0, WIDTH - 1, WIDTH, WIDTH + 2):
        one = slice(game, game + 1)
        alone = decide_all(players, rules, state.take(one), None)
        assert not difference(whole, alone, one)


def test_one_legal_deed() -> None:
    """As the planner asks: what else would go with this deed?"""
    rules = setting(ARTICLE)
    state, outcome = random_film(ARTICLE)[5]
    for name, seat in DOCTRINES.items():
        seen, legal = observe(rules, state, outcome, seat), base.options(rules, state, seat)
        somebody, luck = player(name, seat, scenario(ARTICLE)), base.Dice.of(state, seat)
        for deed in range(len(legal.deed)):
            one = only(legal, np.full(state.games, deed))
            choice = compiled.decide(somebody, rules, seen, one, luck)
            assert (choice.deed == deed).all()
            given = np.full(state.games, deed)
            assert not difference(decide(somebody, rules, state, outcome, seat, given), choice)
            assert not difference(base.decide(somebody, rules, state, outcome, seat, given), choice)
            assert not difference(choice, somebody.decide(rules, seen, one, luck))


def test_arrays_of_any_make() -> None:
    """Locked, or not in one piece: the choice is the same, and nothing is written into them."""
    rules, players = setting(ARTICLE), cast(ARTICLE, "default")
    moment = random_film(ARTICLE)[6]  # locked
    loose = Moment(unlocked(moment.state), unlocked(moment.outcome))
    wanted = decide_all(players, rules, *moment)
    before = loose.state.copy()
    assert not difference(decide_all(players, rules, *loose), wanted)
    assert not difference(loose.state, before)
    for seat, somebody in players.items():
        seen, legal = observe(rules, *moment, seat), base.options(rules, moment.state, seat)
        luck = base.Dice.of(moment.state, seat)
        seen.anger, seen.fear, seen.struck = (
            np.repeat(array, 2, axis=-1)[..., ::2] for array in (seen.anger, seen.fear, seen.struck)
        )
        seen.debt = np.asfortranarray(seen.debt)
        cut = Options(np.asfortranarray(legal.deed), legal.word[:, ::1], legal.whisper)
        lock(cut)
        choice = compiled.decide(somebody, rules, seen, cut, luck)
        assert not difference(choice, somebody.decide(rules, seen, legal, luck))


def odd_book(book: Rulebook) -> Rulebook:
    """Words with requirements, bounds on both sides, other reaches and passions."""
    twice = Requirement("us_support", "it needs some support", at_least=0.2, at_most=0.7)
    barely = Requirement("brink", "not so near the brink", at_most=0.5)
    words = tuple(
        replace(w, requires=dict.fromkeys(w.seats, (twice, barely))) if k % 2 else w
        for k, w in enumerate(book.words)
    )
    deeds = tuple(
        tuple(replace(d, requires=(*d.requires, barely)) if d is not row[0] else d for d in row)
        for row in book.deeds
    )
    odd = replace(book, words=words, deeds=deeds, reaches=book.reaches[::-1] + book.reaches[:2])
    changes = {"minds.fear_weight": 1.7, "minds.anger_weight": 0.3, "minds.answer_slack": 2.5}
    return book_with(changes, odd)


def test_other_rulebooks() -> None:
    """More of them than are remembered, and the first once more."""
    rules = setting(ARTICLE)
    odd = rules.under(odd_book(rules.rulebook))
    state = any_state(rules, np.random.default_rng(3), 40, 1)
    others = [rules.under(book_with({"minds.anger_weight": k / 4})) for k in range(20)]
    for name, seat in DOCTRINES.items():
        for under in (odd, rules):
            somebody = DoctrinePlayer(load_doctrine(name), under.rulebook)
            assert_alike(under, somebody, seat, state, None)
    for under in (*others, odd):
        somebody = DoctrinePlayer(load_doctrine("pinprick"), under.rulebook)
        assert_alike(under, somebody, Seat.MILITIA, state, None)


WEIGHTS = st.floats(-20, 20, width=32)
DIALS = st.floats(0, 20, width=32)


@st.composite
def doctrines(draw: st.DrawFn) -> Doctrine:
    """A doctrine whose every number is drawn, and the features that they weigh as well."""
    doctrine = load_doctrine(draw(st.sampled_from(sorted(DOCTRINES))))
    known = sorted(
        name for name, spec in COLUMNS.items() if doctrine.seat in spec.seen_by or name in ESTIMATED
    )
    of_deeds = sorted({*FEATURES, *SHARES} - set(OWN_DEED))
    weights = st.dictionaries(st.sampled_from(of_deeds), WEIGHTS, max_size=5)
    spoken = st.dictionaries(st.sampled_from([*of_deeds, *OWN_DEED]), WEIGHTS, max_size=4)
    return replace(
        doctrine,
        temper=draw(DIALS),
        line=draw(st.integers(2, 9)),
        anger=draw(DIALS),
        fear=draw(DIALS),
        duty=draw(DIALS),
        values=draw(st.dictionaries(st.sampled_from(known), WEIGHTS, max_size=8)),
        deeds={deed: draw(weights) for deed in doctrine.deeds},
        words={word: draw(spoken) for word in doctrine.words},
        whispers={whisper: draw(spoken) for whisper in doctrine.whispers},
    )


@settings(max_examples=60)
@given(doctrine=doctrines(), seed=st.integers(0, 2**32 - 1), moment=st.integers(1, 9))
def test_doctrines_that_nobody_wrote(doctrine: Doctrine, seed: int, moment: int) -> None:
    """In games that play need never lead to, after turns that were played."""
    rules, outcome = setting(ARTICLE), random_film(ARTICLE)[moment].outcome
    state = any_state(rules, np.random.default_rng(seed), 64, moment % rules.turns)
    assert_alike(rules, DoctrinePlayer(doctrine, rules.rulebook), doctrine.seat, state, outcome)


def test_utilities_that_are_no_numbers() -> None:
    """They are worth nothing; no weight is looked up beyond the end of the table."""
    utility = np.full((5, 8), 1, np.float32)
    utility[[0, 2, 4], [1, 2, 3]] = np.nan
    utility[:, 5], utility[1:4, 6] = np.nan, np.inf
    legal, chosen = np.ones((5, 8), np.bool_), np.full(8, -1)
    draw = np.linspace(0, 0.99, 8, dtype=np.float32)
    quantal.choose(utility, (0, 5), legal, TABLE, np.float32(64), draw, chosen, 8)
    assert ((chosen >= 0) & (chosen < 5)).all()


def test_a_doctrine_of_a_larger_rulebook() -> None:
    rules = setting(ARTICLE)
    state = rules.open_games(game_keys(1, range(3)))
    seen, legal = observe(rules, state, None, Seat.US), base.options(rules, state, Seat.US)
    fewer = Options(legal.deed, legal.word[:3], legal.whisper)
    somebody = player("restraint", Seat.US, scenario(ARTICLE))
    for choose in (somebody.decide, lambda *given: compiled.decide(somebody, *given)):
        with pytest.raises(IndexError):
            choose(rules, seen, fewer, base.Dice.of(state, Seat.US))


def test_no_deed_is_weighed_by_itself() -> None:
    rules = setting(ARTICLE)
    doctrine = load_doctrine("restraint")
    deeds = doctrine.deeds | {"hold": {"with_force": 1.0}}
    somebody = DoctrinePlayer(replace(doctrine, deeds=deeds), rules.rulebook)
    state = rules.open_games(game_keys(1, range(3)))
    seen, legal = observe(rules, state, None, Seat.US), base.options(rules, state, Seat.US)
    for choose in (somebody.decide, lambda *given: compiled.decide(somebody, *given)):
        with pytest.raises(KeyError, match="with_force"):
            choose(rules, seen, legal, base.Dice.of(state, Seat.US))
