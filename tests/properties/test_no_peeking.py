"""Changing what a seat may not know changes no bit of what it is shown and may order. (Nor of what
a player orders: `players/contract.py`.)
"""

import re
from itertools import product

import numpy as np
import pytest

from game.players.base import options
from game.rules.account import account
from game.rules.observe import observe
from game.rules.outcome import Outcome, Source
from game.rules.seats import SEATS, Seat
from game.rules.state import COLUMNS, PAIR_COLUMNS, array_names
from game.views.names import CAPITALS, SEAT_NAMES
from game.views.news import news
from tests.common import (
    SCENARIOS,
    Moment,
    bits,
    difference,
    lock,
    random_film,
    scenario,
    setting,
    unlocked,
)
from tests.properties.anything import (
    OTHER_ARRAYS,
    any_state,
    hidden_arrays,
    told_otherwise,
    unseen,
    without_looking,
)

OWN_FIRE = re.compile(r"\b(by|bombs? of) your men\b")


def disguised(scenario_id: str, moment: Moment, seat: Seat) -> Moment:
    """The moment with everything else behind what the seat knows."""
    luck = np.random.default_rng([int(seat), moment.state.turn])
    state = without_looking(moment.state, seat, luck)
    outcome = moment.outcome
    if outcome is not None:
        outcome = told_otherwise(setting(scenario_id), outcome, seat, luck)
    other = Moment(state, outcome)
    lock(other)
    return other


def played_turns(scenario_id: str, games: int = 64) -> list[Moment]:
    """The moments at which orders are given."""
    return random_film(scenario_id, games)[:-1]


@pytest.mark.parametrize("scenario_id", SCENARIOS)
@pytest.mark.parametrize("seat", SEATS)
def test_nothing_hidden_is_shown(scenario_id: str, seat: Seat) -> None:
    rules = setting(scenario_id)
    for moment in played_turns(scenario_id):
        other = disguised(scenario_id, moment, seat)
        seen = observe(rules, *moment, seat)
        assert not (found := difference(seen, observe(rules, *other, seat))), found
        assert seen.exact == observe(rules, *other, seat).exact
        may = options(rules, moment.state, seat)
        assert not (found := difference(may, options(rules, other.state, seat))), found


@pytest.mark.parametrize("seat", SEATS)
def test_nothing_hidden_is_shown_from_any_state(seat: Seat) -> None:
    rules = setting("the_article")
    for seed in range(20):
        state = any_state(rules, np.random.default_rng(seed), 64, seed % rules.turns)
        other = without_looking(state, seat, np.random.default_rng(seed + 100))
        seen, again = observe(rules, state, None, seat), observe(rules, other, None, seat)
        assert not (found := difference(seen, again)), found
        may, still = options(rules, state, seat), options(rules, other, seat)
        assert not (found := difference(may, still)), found


@pytest.mark.parametrize("scenario_id", SCENARIOS)
@pytest.mark.parametrize("seat", SEATS)
def test_nothing_hidden_is_told(scenario_id: str, seat: Seat) -> None:
    """Accounts and news of turns that differ only in what the seat cannot know are equal."""
    rules = setting(scenario_id)
    for moment in random_film(scenario_id)[1:]:
        other = disguised(scenario_id, moment, seat)
        for game in range(moment.state.games):
            told = account(rules, moment.outcome, seat, game)
            assert account(rules, other.outcome, seat, game) == told
            lines = news(scenario(scenario_id), told)
            again = account(rules, other.outcome, seat, game)
            assert news(scenario(scenario_id), again) == lines


# --- the disguise itself is thorough, and what is no secret does show


@pytest.mark.parametrize("seat", SEATS)
def test_the_disguise_changes_everything_hidden(seat: Seat) -> None:
    moment = random_film("the_article")[4]
    other = disguised("the_article", moment, seat)
    changed = difference(moment.state, other.state).split(", ")
    for name in hidden_arrays(seat):
        assert f".{name}" in changed, name
    for name, spec in COLUMNS.items():
        if seat in spec.seen_by:
            assert f".{name}" not in changed, name
    ours, theirs = bits(moment.outcome), bits(other.outcome)
    for name in (
        "fire_attacks", "fire_us_wounded", "warned", "harm", "signal", "orders.deed",
        "orders.whisper", "orders.site", "deed_site", "strike_leaders", "shirked",
    ):  # fmt: skip
        assert ours[f".{name}"] != theirs[f".{name}"], name


def test_every_array_of_the_state_has_its_readers() -> None:
    assert set(array_names()) == {*COLUMNS, *PAIR_COLUMNS, *OTHER_ARRAYS}


@pytest.mark.parametrize("seat", SEATS)
@pytest.mark.parametrize("column", COLUMNS)
def test_what_a_seat_sees_it_is_shown(column: str, seat: Seat) -> None:
    rules, moment = setting("the_article"), random_film("the_article")[3]
    state = moment.state.copy()
    array = getattr(state, column)
    array += 1
    changed = bits(observe(rules, state, moment.outcome, seat)) != bits(
        observe(rules, *moment, seat)
    )
    assert changed == (seat in COLUMNS[column].seen_by)


# --- who fired


def exchanged(outcome: Outcome, one: Source, other: Source) -> Outcome:
    """The same turn with the fire of two sources exchanged."""
    swapped = unlocked(outcome)
    for name in vars(type(outcome)):
        array = getattr(swapped, name) if name.startswith("fire_") else None
        if isinstance(array, np.ndarray):
            array[[one, other]] = array[[other, one]]
    return swapped


@pytest.mark.parametrize("seat", [Seat.US, Seat.IRAN, Seat.IRAQ])
def test_an_attack_by_a_splinter_looks_like_one_by_the_militia(seat: Seat) -> None:
    outcome = random_film("the_article", 256)[2].outcome
    other = exchanged(outcome, Source.MILITIA, Source.SPLINTER)
    fired = np.flatnonzero((outcome.fire_attacks != other.fire_attacks).any(axis=0))
    assert fired.size > 50
    for game in fired.tolist():
        told = account(setting("the_article"), outcome, seat, game)
        assert account(setting("the_article"), other, seat, game) == told
        assert any("attack" in line.lower() for line in news(scenario("the_article"), told))


@pytest.mark.parametrize("seat", [Seat.US, Seat.IRAN, Seat.IRAQ])
def test_the_order_of_two_attacks_does_not_tell_who_fired(seat: Seat) -> None:
    """Two attacks alike in rung, dead, rounds and place, but not in hits."""
    outcome = unlocked(random_film("the_article", 256)[2].outcome.take(slice(0, 1)))
    for name, first, second in (
        ("attacks", 1, 2), ("rounds", 4, 4), ("hits", 0, 2), ("site", 3, 3), ("rung", 3, 3),
        ("us_killed", 0, 0), ("coalition_killed", 0, 0), ("iraqi_killed", 0, 1),
    ):  # fmt: skip
        array = getattr(outcome, f"fire_{name}")
        array[:] = -1 if name == "site" else 0
        array[[Source.MILITIA, Source.SPLINTER], 0] = (first, second)
    other = exchanged(outcome, Source.MILITIA, Source.SPLINTER)
    told = [account(setting("the_article"), out, seat) for out in (outcome, other)]
    assert told[0] == told[1]
    assert len(told[0].sightings) == 2


def test_the_militia_knows_its_own_fire() -> None:
    """Its rockets and its bombs beside the road alike; of a splinter's it is not told so."""
    outcome = random_film("the_article", 256)[2].outcome
    other = exchanged(outcome, Source.MILITIA, Source.SPLINTER)
    attacks = outcome.fire_attacks
    own = np.flatnonzero((attacks[Source.MILITIA] > 0) & (attacks[Source.SPLINTER] == 0))
    assert own.size > 20
    for game in own.tolist():
        told, else_told = (
            news(scenario("the_article"), account(setting("the_article"), out, Seat.MILITIA, game))
            for out in (outcome, other)
        )
        assert any(OWN_FIRE.search(line) for line in told), told
        assert not any(OWN_FIRE.search(line) for line in else_told), else_told


# --- whispers and covert deeds


@pytest.mark.parametrize("seat", SEATS)
def test_news_tells_no_whisper_between_others(seat: Seat) -> None:
    book, heard, kept = setting("the_article").rulebook, 0, 0
    for moment, game in product(random_film("the_article", 128)[1:5], range(128)):
        orders = moment.outcome.orders
        lines = news(
            scenario("the_article"), account(setting("the_article"), moment.outcome, seat, game)
        )
        for sender in SEATS:
            to = int(orders.whisper_to[sender, game])
            whisper = book.whispers[orders.whisper[sender, game]]
            if to < 0:
                continue
            names = {"speaker": CAPITALS[sender], "to": SEAT_NAMES[Seat(to)]}
            if seat in (sender, to):
                names["speaker" if seat is sender else "to"] = "you"
            told = whisper.report.format(**names)
            found = any(told.lower() in line.lower() for line in lines)
            assert found == (seat in (sender, to)), lines
            heard, kept = heard + found, kept + (not found)
    assert heard > 20
    assert kept > 20


@pytest.mark.parametrize("seat", SEATS)
def test_news_names_no_unseen_deed_of_another(seat: Seat) -> None:
    rules, looked_at = setting("the_article"), 0
    for moment, game in product(random_film("the_article", 128)[1:5], range(128)):
        deeds = moment.outcome.orders.deed[:, game]
        told = account(rules, moment.outcome, seat, game)
        text = "\n".join(news(scenario("the_article"), told))
        own = rules.rulebook.deeds[seat][deeds[seat]]
        for rival in seat.rivals:
            if deeds[rival] in unseen(rules, rival):
                deed = rules.rulebook.deeds[rival][deeds[rival]]
                looked_at += 1
                if deed.id != "hold":  # a word that news have uses for
                    assert deed.id not in text.split()
                assert deed.sentence not in text
                assert deed.name == own.name or f"“{deed.name}”" not in text
                assert deed.report == own.report or deed.report.split("{")[0] not in text
    assert looked_at > 100
