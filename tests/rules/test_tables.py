"""The rulebook compiled to arrays: powers and odds are worked out once, and rounded."""

import numpy as np
import pytest

from game.rules.moment import Decays, half_life, mean_left
from game.rules.outcome import Source
from game.rules.rulebook import ANY_SITE
from game.rules.seats import SEATS, Seat
from game.rules.state import COLUMNS
from game.rules.tables import HOSTS, SITE_STEPS, TOLL_STEPS
from tests.support import IRAN, IRAQ, MILITIA, US, one_game, still

SETTING = one_game().setting
TABLES, BOOK = SETTING.tables, SETTING.rulebook


@pytest.mark.parametrize(
    ("days", "half", "left"),
    [(0, 5, 1.0), (7, 7, 0.5), (14, 7, 0.25), (1, 30, 0.97716), (3, 9, 0.793701), (90, 1, 0.0)],
)
def test_half_lives(days: float, half: float, left: float) -> None:
    """Half is left after one half-life, a quarter after two; six decimals and no more."""
    assert half_life(days, half) == left


def test_every_turn_has_its_decays() -> None:
    """Decays follow the calendar: the longer the turn, the less is left."""
    decays = [now.decays for now in SETTING.moments]
    assert len(decays) == SETTING.turns == len(SETTING.days)
    by_length = sorted(
        zip(SETTING.days, [now.decays for now in SETTING.moments], strict=True),
        key=lambda pair: pair[0],
    )
    for name in Decays._fields:
        left = [getattr(decays, name) for _, decays in by_length]
        assert left == sorted(left, reverse=True), name
        assert 0 <= left[-1] <= left[0] < 1, name
    seven = still().setting.rulebook.parameters.minds.anger_half_life
    assert seven == 1e12  # a still position does not decay at all
    decays = still().setting.moments[0].decays._asdict()
    assert (decays.pop("effort"), decays.pop("effort_mean")) == (0, 0)  # it is as it is ordered
    assert set(decays.values()) == {1.0}


def test_decays_are_named_after_their_half_lives() -> None:
    """Each decay is that of the parameter of its name, for every half-life that there is."""
    parameters = BOOK.parameters
    halves = {
        name.removesuffix("_half_life"): getattr(group, name)
        for group in parameters
        for name in group._fields
        if name.endswith("_half_life")
    }
    assert {*halves, "effort_mean"} == set(Decays._fields)
    for days, decays in zip(SETTING.days, [now.decays for now in SETTING.moments], strict=True):
        for name, half in halves.items():
            assert getattr(decays, name) == half_life(days, half), name
        assert decays.effort_mean == np.float32(mean_left(days, halves["effort"]))


@pytest.mark.parametrize(("days", "half"), [(1, 10), (7, 10), (36, 14), (14, 14)])
def test_the_mean_of_a_half_life_is_that_of_its_hours(days: int, half: float) -> None:
    """What is left in the mean of a turn is the mean of what is left hour by hour."""
    hours = (np.arange(days * 24 * 60) + 0.5) / (24 * 60)
    assert mean_left(days, half) == pytest.approx((0.5 ** (hours / half)).mean(), abs=1e-6)


def test_the_mean_of_the_longest_and_the_shortest_half_life() -> None:
    """In which nothing is lost, or all."""
    assert (mean_left(7, 1e12), mean_left(7, 1e-6)) == (1, 0)


def test_the_toll_is_a_pareto_tail() -> None:
    """Of those that kill, the median attack kills one or two; each tail is thinner by the
    exponent."""
    toll, tail = TABLES.toll, BOOK.parameters.force.toll_tail
    assert toll.shape == (TOLL_STEPS,)
    assert (np.diff(toll) >= 0).all()
    assert toll[0] == pytest.approx(1, abs=0.01)
    assert toll[-1] <= BOOK.parameters.force.toll_cap
    for dead in (2, 4, 8, 16):
        assert (toll >= dead).mean() == pytest.approx(dead**-tail, abs=0.002)


def test_fire_rows_are_those_of_the_deeds() -> None:
    """Every deed with fire has a row, no other deed has, and nobody shares one."""
    rows = [TABLES.splinter_row, TABLES.third_party_row]
    for seat in SEATS:
        for index, deed in enumerate(BOOK.deeds[seat]):
            row = int(TABLES.fire_row[seat][index])
            assert (row > 0) == (deed.fire is not None)
            if deed.fire is not None:
                rows.append(row)
                assert TABLES.fire.rounds_low[row] == deed.fire.rounds_low
                assert TABLES.fire.rung[row] == deed.fire.rung
    assert sorted(rows) == list(range(1, len(TABLES.fire.rung)))
    none = TABLES.fire._replace(arsenal=TABLES.fire.rung)
    assert all(column[0] == 0 for column in none)


def test_only_iran_and_the_militia_fire() -> None:
    """The sources of fire that seats order are the two that the force phase asks."""
    firing = {seat for seat in SEATS if TABLES.fire_row[seat].any()}
    assert firing == {IRAN, MILITIA}
    assert len(Source) == 4


def test_only_washington_strikes_and_only_baghdad_arrests() -> None:
    """Strikes on the militia, investigations and arrests are read from one seat's deeds each."""
    assert {seat for seat in SEATS if TABLES.strikes[seat].any()} == {US}
    assert {d.seat for deeds in BOOK.deeds for d in deeds if d.detains or d.investigates} == {IRAQ}


def test_site_draws_follow_habit() -> None:
    """Each row of the site table gives a site as many of its steps as habit says, to within one."""
    rows = TABLES.site_draw.reshape(-1, SITE_STEPS)
    for row in rows:
        sites = {int(site) for site in row}
        assert len({BOOK.sites[site].host for site in sites}) == 1
        total = sum(BOOK.sites[site].habit for site in sites)
        for site in sites:
            share = BOOK.sites[site].habit / total * SITE_STEPS
            assert abs((row == site).sum() - share) <= 1
    assert {BOOK.sites[int(row[0])].host for row in rows} == set(HOSTS)


@pytest.mark.parametrize("hundredth", [0, 1, 30, 45, 46, 55, 56, 72, 73, 80, 90, 91, 100])
def test_site_draws_know_the_bases_held(hundredth: int) -> None:
    """At every exposure, the sites drawn are the bases held, core bases always among them."""
    rows = TABLES.site_draw.reshape(-1, SITE_STEPS)
    drawn = {int(site) for site in rows[TABLES.site_level[hundredth]]}
    american = [k for k, site in enumerate(BOOK.sites) if site.host == "US"]
    core = {k for k in american if BOOK.sites[k].held_above == 0}
    held = {k for k in american if BOOK.sites[k].held_above < hundredth / 100}
    assert drawn == held | core


def test_deeds_are_where_they_may_be() -> None:
    """A deed with a place draws it from the sites of its host; one without has none."""
    rows = TABLES.site_draw.reshape(-1, SITE_STEPS)
    for seat in SEATS:
        for index, deed in enumerate(BOOK.deeds[seat]):
            row = int(TABLES.deed_row[seat][index])
            if deed.at is None:
                assert row == ANY_SITE
            else:
                assert {BOOK.sites[int(site)].host for site in rows[row]} == {deed.at}


def test_effects_are_those_of_the_data() -> None:
    """What a deed adds at once is its effects less its costs; columns exist; nothing else is
    added."""
    for seat in SEATS:
        once = dict(TABLES.once[seat])
        assert set(once) <= set(COLUMNS)
        for index, deed in enumerate(BOOK.deeds[seat]):
            for name, amounts in once.items():
                expected = deed.effects.get(name, 0) - deed.costs.get(name, 0)
                assert amounts[index] == pytest.approx(expected, rel=1e-6)


def test_links_and_speakers() -> None:
    """Who may say and whisper what is as the data has it, and nobody whispers to itself."""
    for k, whisper in enumerate(BOOK.whispers):
        links = {(Seat(i), Seat(j)) for i, j in np.argwhere(TABLES.links[:, :, k])}
        assert links == set(whisper.links)
        assert all(i is not j for i, j in links)
    for k, word in enumerate(BOOK.words):
        assert {seat for seat in SEATS if TABLES.speaks[seat, k]} == set(word.seats)
    assert TABLES.speaks[:, 0].all()


def test_tables_are_exact_on_every_machine() -> None:
    """Nothing that the referee looks up has digits beyond the sixth: it is the same number
    everywhere."""
    assert (np.round(TABLES.toll.astype(np.float64), 6).astype(np.float32) == TABLES.toll).all()
    for decays in [now.decays for now in SETTING.moments]:
        assert all(value == round(value, 6) for value in decays)
