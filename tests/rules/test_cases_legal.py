"""Adjudication cases of legality: what may be ordered, and how an order is refused."""

from itertools import pairwise

import numpy as np
import pytest

from game.rules.legal import (
    IllegalOrderError,
    Part,
    deed_mask,
    refusals,
    site_mask,
    whisper_mask,
    why_not_deed,
    why_not_whisper,
    why_not_word,
    word_mask,
)
from game.rules.rulebook import Requirement
from game.rules.seats import SEATS
from game.rules.state import COLUMNS, array_names
from tests.support import (
    IRAN,
    IRAQ,
    MILITIA,
    US,
    one_game,
    orders,
    still,
    turn,
    with_deed,
    with_word,
)


def test_0_1_hold_and_silence_are_always_legal() -> None:
    """Whatever has been lost, a seat may hold, keep silent, and send nobody anything."""
    for low in (True, False):
        extreme = {name: spec.low if low else spec.high for name, spec in COLUMNS.items()}
        before = still(**extreme)
        assert refusals(before.setting, before.state, orders(before)) == []


def test_0_2_an_illegal_order_changes_nothing() -> None:
    """An order that is not legal is refused before anything is changed; the refusal says why."""
    before = one_game(mil_rockets=39)
    kept = before.state.copy()
    with pytest.raises(IllegalOrderError, match="MILITIA's deed barrage: a barrage needs forty"):
        turn(before, US="strike_depots", MILITIA="barrage")
    for name in array_names():
        assert np.array_equal(getattr(before, name), getattr(kept, name)), name


def test_0_3_a_refusal_names_game_seat_part_and_reason() -> None:
    """Every order that cannot stand is refused by itself, with the game, the seat, the part, the
    reason."""
    before = one_game(games=3, mil_rockets=np.array([700, 3, 700]))
    given = orders(before, MILITIA="harass")
    given.word[US, 2] = before.book.word("claim")
    found = refusals(before.setting, before.state, given)
    assert [(r.game, r.seat, r.part, r.name) for r in found] == [
        (2, US, Part.WORD, "claim"),
        (1, MILITIA, Part.DEED, "harass"),
    ]
    assert found[0].reason == "not a thing for this seat to say"
    assert found[1].reason == "too few rockets are left"


def test_0_4_all_reasons_are_given() -> None:
    """Where several requirements fail, the refusal gives them all."""
    before = still(iraq_caretaker=1, iraq_momentum=0.1)
    found = refusals(before.setting, before.state, orders(before, IRAQ="order_out"))
    assert len(found) == 1
    assert "would not carry it" in found[0].reason
    assert "caretaker" in found[0].reason


def test_0_5_the_first_refusal_is_enough_for_the_referee() -> None:
    """Asked for the first refusal only, the first by seat is told."""
    before = still(games=4, mil_rockets=0, iran_missiles=0)
    given = orders(before, IRAN="missile_strike", MILITIA="barrage")
    every = refusals(before.setting, before.state, given)
    first = refusals(before.setting, before.state, given, first_only=True)
    assert len(every) == 8
    assert first == every[:1]
    assert (first[0].seat, first[0].game) == (IRAN, 0)


@pytest.mark.parametrize(
    ("seat", "deed", "site", "reason"),
    [
        ("US", "hold", "taji", "names no site"),
        ("US", "kill_commander", "jurf", "names no site"),
        ("US", "strike_depots", "taji", "needs a site of MILITIA"),
        ("US", "strike_iran", "jurf", "needs a site of IRAN"),
        ("IRAN", "shipping", "taji", "needs a site of GULF"),
        ("MILITIA", "barrage", "hormuz", "needs a site of US"),
        ("MILITIA", "barrage", "k1", "has been handed over"),
    ],
)
def test_0_6_a_deed_takes_place_where_it_can(seat: str, deed: str, site: str, reason: str) -> None:
    """A deed may name a site of its own kind, and no base that has been handed over."""
    before = still(us_exposure=0.6)
    (found,) = refusals(before.setting, before.state, orders(before, **{seat: f"{deed}@{site}"}))
    assert found.part is Part.SITE
    assert found.name == site
    assert reason in found.reason


def test_0_7_bases_are_handed_over_one_by_one() -> None:
    """A base may be named as long as it is held: as exposure falls, the outlying ones go first."""
    barrage = still().book.deed(MILITIA, "barrage")
    held = []
    for exposure in (1.0, 0.9, 0.75, 0.5, 0.45, 0.0):
        before = still(us_exposure=exposure)
        may = site_mask(before.setting, before.state, MILITIA, barrage)[:, 0]
        held.append({site.id for site, there in zip(before.book.sites, may, strict=True) if there})
    assert all(fewer <= more for more, fewer in pairwise(held))
    assert "al_qaim_base" in held[0] - held[1]
    assert "k1" in held[2] - held[3]
    assert "balad" in held[3] - held[4]


@pytest.mark.parametrize(
    ("field", "value", "part", "reason"),
    [
        ("word_to", int(US), Part.WORD_TO, "name one of the other three seats"),
        ("word_to", -1, Part.WORD_TO, "name one of the other three seats"),
        ("word_to", 4, Part.WORD_TO, "name one of the other three seats"),
        ("word_rung", 1, Part.WORD_RUNG, "name a rung from 2 to 9"),
        ("word_rung", 10, Part.WORD_RUNG, "name a rung from 2 to 9"),
        ("word_rung", 0, Part.WORD_RUNG, "name a rung from 2 to 9"),
    ],
)
def test_0_8_a_threat_names_a_rival_and_a_rung(
    field: str, value: int, part: Part, reason: str
) -> None:
    """A threat names one of the other seats, and a rung between pressure and mass casualties."""
    before = still()
    given = orders(before, US=("hold", "threaten>IRAN:5"))
    assert refusals(before.setting, before.state, given) == []
    getattr(given, field)[US, 0] = value
    (found,) = refusals(before.setting, before.state, given)
    assert (found.part, found.name, found.reason) == (part, "threaten", reason)


def test_0_9_words_without_target_name_none() -> None:
    """A word that is said to nobody in particular names no seat and no rung."""
    before = still()
    given = orders(before, US=("hold", "appeal"))
    given.word_to[US], given.word_rung[US] = IRAN, 5
    found = refusals(before.setting, before.state, given)
    assert [(r.part, r.reason) for r in found] == [
        (Part.WORD_TO, "that word names no seat"),
        (Part.WORD_RUNG, "that word names no rung"),
    ]


@pytest.mark.parametrize(
    ("whisper", "to", "reason"),
    [
        ("strike", MILITIA, "not a message that this seat can send there"),
        ("notice", IRAN, "not a message that this seat can send there"),
        ("assure", MILITIA, "not a message that this seat can send there"),
        ("notice", US, "not a message that this seat can send there"),
        ("none", IRAQ, "no whisper goes to nobody"),
    ],
)
def test_0_10_a_whisper_goes_where_it_can(whisper: str, to: int, reason: str) -> None:
    """Each message has its own senders and receivers."""
    before = still()
    given = orders(before)
    given.whisper[US], given.whisper_to[US] = before.book.whisper(whisper), to
    (found,) = refusals(before.setting, before.state, given)
    assert (found.part, found.name, found.reason) == (Part.WHISPER_TO, whisper, reason)


def test_0_11_a_whisper_needs_a_channel() -> None:
    """A private message needs an open channel between the two."""
    before = still(channel={"US>IRAN": 0})
    (found,) = refusals(before.setting, before.state, orders(before, US=("hold", "assure>IRAN")))
    assert found.reason == "no channel between the two is open"
    back = orders(before, IRAN=("hold", "assure>US"))
    assert refusals(before.setting, before.state, back) == []


def test_0_12_a_whisper_needs_a_receiver() -> None:
    """A message to nobody is none."""
    before = still()
    given = orders(before, US=("hold", "assure>IRAN"))
    given.whisper_to[US] = -1
    (found,) = refusals(before.setting, before.state, given)
    assert found.part is Part.WHISPER_TO


@pytest.mark.parametrize(
    ("field", "part", "reason"),
    [
        ("deed", Part.DEED, "no such deed"),
        ("word", Part.WORD, "no such word"),
        ("whisper", Part.WHISPER, "no such whisper"),
    ],
)
@pytest.mark.parametrize("number", [-1, 99])
def test_0_13_numbers_that_mean_nothing_are_refused(
    field: str, part: Part, reason: str, number: int
) -> None:
    """A number that stands for no deed, word or whisper is refused, not guessed at."""
    for seat in SEATS:
        before = still()
        given = orders(before)
        getattr(given, field)[seat] = number
        (found,) = refusals(before.setting, before.state, given)
        assert (found.seat, found.part, found.name) == (seat, part, str(number))
        assert found.reason == reason


@pytest.mark.parametrize("number", [-2, 99])
def test_0_14_so_are_places_and_receivers(number: int) -> None:
    """A number that stands for no place and no seat is refused."""
    before = still()
    given = orders(before, MILITIA="barrage", US=("hold", "assure>IRAN"))
    given.site[MILITIA], given.whisper_to[US] = number, number
    found = refusals(before.setting, before.state, given)
    assert [(r.seat, r.part, r.name) for r in found] == [
        (US, Part.WHISPER_TO, "assure"),
        (MILITIA, Part.SITE, str(number)),
    ]


def test_0_15_in_ended_games_nothing_is_refused() -> None:
    """Nothing is refused in a game that is over: whatever is ordered there is not done."""
    before = still(games=2, mil_rockets=0)
    before.state.ending[1] = 1
    given = orders(before, MILITIA="barrage")
    found = refusals(before.setting, before.state, given)
    assert [refusal.game for refusal in found] == [0]


def test_0_16_requirements_rest_on_what_the_seat_sees() -> None:
    """A refusal tells a seat nothing that it could not know."""
    book = still().book
    for seat in SEATS:
        for deed in book.deeds[seat]:
            for requirement in deed.requires:
                assert seat in COLUMNS[requirement.column].seen_by, (seat, deed.id)
        for word in book.words:
            for requirement in word.requires.get(seat, ()):
                assert seat in COLUMNS[requirement.column].seen_by, (seat, word.id)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("deed", {"site": 3}),
        ("word", {"word_to": int(IRAN)}),
        ("word", {"word_rung": 5}),
        ("whisper", {"whisper_to": int(IRAN)}),
    ],
)
def test_0_17_what_hangs_on_an_unknown_number_is_not_judged(
    field: str, values: dict[str, int]
) -> None:
    """Of an order that means nothing, its number is refused, and not what would go with it."""
    before = still()
    for number in (-1, 99):
        given = orders(before)
        for name, value in ({field: number} | values).items():
            getattr(given, name)[US] = value
        (found,) = refusals(before.setting, before.state, given)
        assert (found.part.value, found.name) == (field, str(number))


def test_0_18_a_word_may_have_requirements_too() -> None:
    """A word may ask for what a seat's columns show, as a deed may; each seat that says it has its
    own requirements, and the reason is given."""
    needs = {
        US: (
            Requirement("us_support", "the country is not behind it", at_least=0.4),
            Requirement("us_coalition", "the partners are not asked", at_most=0.8),
        ),
        IRAQ: (Requirement("iraq_authority", "nobody listens", at_least=0.6),),
    }
    before = with_word(
        still(games=3), "condemn", requires=needs, to_seat=False, seats=(US, IRAN, IRAQ)
    )
    before = before.with_(us_support=np.array([0.4, 0.39, 0.3]))
    before = before.with_(us_coalition=np.array([0.8, 0.8, 0.9]))
    condemn, deny = before.book.word("condemn"), before.book.word("appeal")
    alone = [before.take(slice(game, game + 1)).state for game in range(3)]
    setting = before.setting
    assert word_mask(setting, before.state, US)[condemn].tolist() == [True, False, False]
    assert word_mask(setting, before.state, US)[deny].all()
    assert word_mask(setting, before.state, IRAN)[condemn].all()
    assert not word_mask(setting, before.state, MILITIA)[condemn].any()
    assert not word_mask(setting, before.state, IRAQ)[condemn].any()
    assert why_not_word(setting, alone[0], US, condemn) == ()
    assert why_not_word(setting, alone[1], US, condemn) == ("the country is not behind it",)
    assert why_not_word(setting, alone[2], US, condemn) == (
        "the country is not behind it",
        "the partners are not asked",
    )
    assert why_not_word(setting, alone[0], IRAQ, condemn) == ("nobody listens",)
    assert why_not_word(setting, alone[2], US, deny) == ()
    given = orders(before, US=("hold", "condemn"))
    found = refusals(setting, before.state, given)
    assert [(r.game, r.seat, r.part, r.name) for r in found] == [
        (1, US, Part.WORD, "condemn"),
        (2, US, Part.WORD, "condemn"),
    ]
    assert found[1].reason == "the country is not behind it; the partners are not asked"
    assert refusals(setting, before.state, orders(before, IRAN=("hold", "condemn"))) == []


def test_0_19_a_requirement_may_have_two_ends() -> None:
    """A deed that asks for a column between two numbers may be done at both of them."""
    between = Requirement("us_troops", "not with so many or so few", at_least=2000, at_most=3000)
    troops = np.array([1999.0, 2000, 3000, 3001])
    before = with_deed(still(games=4, us_troops=troops), US, "harden", requires=(between,))
    harden = before.book.deed(US, "harden")
    assert deed_mask(before.setting, before.state, US)[harden].tolist() == [
        False, True, True, False,
    ]  # fmt: skip
    for game, may in enumerate((False, True, True, False)):
        alone = before.take(slice(game, game + 1))
        reasons = why_not_deed(alone.setting, alone.state, US, harden)
        assert reasons == (() if may else ("not with so many or so few",))


@pytest.mark.parametrize("seat", SEATS, ids=lambda seat: seat.name)
def test_0_20_the_mask_of_messages(seat: int) -> None:
    """A message may go where it has a link and a channel is open; that none is sent is no row of
    the mask."""
    before = still(channel={"US>IRAN": 0, "MILITIA>IRAQ": 0})
    mask = whisper_mask(before.setting, before.state, seat)[..., 0]
    for index, whisper in enumerate(before.book.whispers):
        for to in SEATS:
            open_ = (seat, to) not in ((US, IRAN), (MILITIA, IRAQ))
            assert mask[index, to] == ((seat, to) in whisper.links and open_)
            told = why_not_whisper(before.setting, before.state, seat, index, to)
            assert (told == ()) == mask[index, to]
    assert why_not_whisper(before.setting, before.state, seat, 0, -1) == ()


def test_0_21_the_mask_of_sites() -> None:
    """A deed may name its host's sites: its own side's all, American bases while they are held."""
    before = still(us_exposure=0.72)
    for seat, act in ((US, "strike_depots"), (IRAN, "shipping"), (MILITIA, "harass"), (US, "hold")):
        row = before.book.deed(seat, act)
        deed = before.book.deeds[seat][row]
        may = site_mask(before.setting, before.state, seat, row)[:, 0]
        for site, allowed in zip(before.book.sites, may, strict=True):
            held = site.host != "US" or site.held_above < 0.72
            assert allowed == (site.host == deed.at and held), (act, site.id)
