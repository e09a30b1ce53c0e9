"""Deals in sentences, to the letter: what stands, what a message would sign, what the news tell."""

from dataclasses import replace

import numpy as np
import pytest

from game.rules.account import account
from game.rules.observe import Observation, observe
from game.rules.seats import Seat
from game.views.deals import gone, in_force, on_the_table, restraint, standing, would_break
from game.views.happenings import happenings
from game.views.news import news
from game.views.offers import told_whisper
from game.views.peaks import Kind, peaks
from tests.support import IRAN, IRAQ, MILITIA, US
from tests.views.handmade import BOOK, SCENARIO, position, turn_of

RELIEF = BOOK.whisper("relief_for_quiet")
BOTH = {(US, IRAN): True, (IRAN, US): True}
CODE = {(US, IRAN): RELIEF, (IRAN, US): RELIEF}


def stands(seat: Seat, **columns: object) -> dict[Seat, list[str]]:
    place = position(**columns)
    return standing(BOOK, observe(place.setting, place.state, None, seat))


def read(seat: Seat | None, **happened: object) -> list[str]:
    turn = turn_of(**happened)
    learnt = account(SCENARIO.setting, turn.outcome, seat)
    return [line for line in news(SCENARIO, learnt) if "deal" in line]


def test_nothing_stands_at_the_opening() -> None:
    for seat in Seat:
        assert stands(seat) == {}


def test_a_deal_in_force() -> None:
    pairs = {"deal": RELIEF, "deal_days": 21, "deal_known": 0}
    columns = {name: {"US>IRAN": value, "IRAN>US": value} for name, value in pairs.items()}
    told = "Your deal with {}, “relief for quiet”, holds for 21 days more{}."
    assert stands(US, **columns) == {IRAN: [told.format("Tehran", "")]}
    assert stands(IRAN, **columns) == {US: [told.format("Washington", "")]}
    assert stands(IRAQ, **columns) == {}
    columns["deal_known"] = {"US>IRAN": 1, "IRAN>US": 1}
    known = ", and everybody knows of it"
    assert stands(US, **columns) == {IRAN: [told.format("Tehran", known)]}


def broken_by(seat: Seat, name: str, deal: str, other: Seat) -> list[str]:
    """What is said of a deed while a deal is in force."""
    pairs = {f"{seat.name}>{other.name}", f"{other.name}>{seat.name}"}
    number = BOOK.whisper(deal)
    place = position(deal=dict.fromkeys(pairs, number), deal_days=dict.fromkeys(pairs, 9))
    seen = observe(place.setting, place.state, None, seat)
    return would_break(BOOK, seen, BOOK.deed(seat, name))


def test_a_deed_that_would_break_a_deal() -> None:
    told = "t would break your deal with {}, “quiet for quiet”."
    washington = [f"I{told.format('Tehran')}"]
    assert broken_by(US, "strike_depots", "quiet_for_quiet", IRAN) == washington
    assert broken_by(US, "harden", "quiet_for_quiet", IRAN) == []
    hidden = [f"Laid at your door, i{told.format('Washington')}"]
    unsigned = next(one.id for one in BOOK.deeds[IRAN] if one.fire and not one.signed)
    assert broken_by(IRAN, unsigned, "quiet_for_quiet", US) == hidden
    assert broken_by(IRAN, "hold", "quiet_for_quiet", US) == []


def test_what_lies_on_the_table_is_told_with_its_terms() -> None:
    columns = {"offer": {"US>IRAN": RELIEF}, "offer_days": {"US>IRAN": 3}}
    place = position(**columns)
    seen = {seat: observe(place.setting, place.state, None, seat) for seat in Seat}
    (offer,) = on_the_table(BOOK, seen[IRAN])
    assert (offer.rival, offer.whisper) == (US, RELIEF)
    assert (offer.name, offer.left) == ("“relief for quiet”", "three days to sign")
    assert offer.terms.startswith("For four weeks Washington lets waivers through")
    for seat in (US, MILITIA, IRAQ):
        assert on_the_table(BOOK, seen[seat]) == []


def test_a_truce_is_told_to_all_with_what_ends_it() -> None:
    place = position(mil_truce=4)
    told = {seat: in_force(BOOK, observe(place.setting, place.state, None, seat)) for seat in Seat}
    ends = (
        "The game ends in mutual restraint in 24 days at the earliest, if nobody is killed by fire,"
        " no blow falls and no debt is open then (two are now)."
    )
    assert told[MILITIA] == ["Your truce holds, day 4; a death or a blow ends it.", ends]
    assert told[US] == ["The militias' truce holds, day 4; a death or a blow ends it.", ends]
    none = np.zeros((4, 4, 1), np.float32)
    for day, force, debt, when in (
        (4, 20, none, "in 24 days at the earliest, if nobody is killed by fire, no blow falls and"
         " no debt is open then."),
        (27, 20, none, "in eight days at the earliest, if nobody is killed by fire, no blow falls"
         " and no debt is open then."),
        (30, 40, none + (np.arange(16).reshape(4, 4, 1) == 1),
         "as soon as no debt is open (one is now)."),
    ):  # fmt: skip
        seen = observe(place.setting, place.state, None, US)
        seen = replace(
            seen, debt=debt, columns={**seen.columns, "us_force_days": np.array([force])}
        )
        assert restraint(BOOK, seen, day) == f"The game ends in mutual restraint {when}"


def test_an_offer_on_both_sides() -> None:
    columns = {"offer": {"US>IRAN": RELIEF}, "offer_days": {"US>IRAN": 1}}
    assert stands(US, **columns) == {
        IRAN: ["Offered by you to Tehran: the deal “relief for quiet”; it stands one day."]
    }
    assert stands(IRAN, **columns) == {
        US: [
            "Offered to you by Washington: the deal “relief for quiet”; the same message to "
            "Washington signs it, this turn or while the offer stands, one day."
        ]
    }
    assert stands(MILITIA, **columns) == {}


def test_the_message_that_signs_says_so() -> None:
    place = position(offer={"US>IRAN": RELIEF}, offer_days={"US>IRAN": 14})
    told = told_whisper(place.setting, place.state, IRAN, RELIEF, "a seat")
    assert told.startswith("Propose to the United States, or sign: for four weeks Washington lets ")
    assert told.endswith("Offered to you by Washington: to send it is to sign it.")
    assert "Offered" not in told_whisper(place.setting, place.state, US, RELIEF, "a seat")
    other = BOOK.whisper("quiet_for_quiet")
    assert "Offered" not in told_whisper(place.setting, place.state, IRAN, other, "a seat")


def test_a_signature_is_told_to_the_two() -> None:
    happened = {"deal_code": CODE, "deal_signed": BOTH}
    told = "Your deal with {}, “relief for quiet”, is signed: it holds from now on, for 28 days."
    assert read(US, **happened) == [told.format("Tehran")]
    assert read(IRAN, **happened) == [told.format("Washington")]
    for other in (MILITIA, IRAQ, None):
        assert read(other, **happened) == []


def test_an_end_is_told_to_the_two() -> None:
    happened = {"deal_code": CODE, "deal_kept": BOTH}
    told = "Your deal with {}, “relief for quiet”, ran to its end: neither of you saw it broken."
    assert read(US, **happened) == [told.format("Tehran")]
    assert read(IRAQ, **happened) == []


@pytest.mark.parametrize(
    ("breach", "headlines"),
    [
        (
            {(IRAN, US): True},
            {
                US: ["In your eyes, Tehran broke your deal."],
                IRAN: ["In the eyes of Washington, you broke your deal."],
            },
        ),
        (
            BOTH,
            {
                US: ["You and Tehran each hold that the other broke your deal."],
                IRAN: ["You and Washington each hold that the other broke your deal."],
            },
        ),
        ({}, {}),
    ],
)
def test_a_breach_is_a_peak_to_the_two_alone(breach, headlines) -> None:
    """A leak in the same turn tells everybody of the deal, and nobody of the breach."""
    turn = turn_of(deal_code=CODE, deal_leaked=BOTH, breach=breach)
    both = {"US>IRAN", "IRAN>US"}
    place = position(deal=dict.fromkeys(both, RELIEF), deal_days=dict.fromkeys(both, 21))
    for seat in Seat:
        learnt = account(SCENARIO.setting, turn.outcome, seat)
        seen = observe(place.setting, place.state, None, seat)
        found = peaks(SCENARIO, learnt, seen, seen)
        staged = [peak.headline for peak in found if peak.kind is Kind.BROKEN]
        assert staged == headlines.get(seat, [])


def test_a_breach_is_told_as_the_partner_sees_it() -> None:
    happened = {"deal_code": CODE, "breach": {(IRAN, US): True}}
    assert read(US, **happened) == [
        "In your eyes, Tehran broke your deal, “relief for quiet”: it is over."
    ]
    assert read(IRAN, **happened) == [
        "In the eyes of Washington, you broke your deal, “relief for quiet”: it is over."
    ]
    assert read(MILITIA, **happened) == []


def test_a_leak_is_told_to_everybody() -> None:
    happened = {"deal_code": CODE, "deal_leaked": BOTH}
    told = ["It came out that Washington and Tehran have a deal, “relief for quiet”."]
    for seat in (*Seat, None):
        assert read(seat, **happened) == told


def test_the_debrief_tells_all_of_it_and_what_was_hidden() -> None:
    turn = turn_of(deal_code=CODE, deal_signed=BOTH, deal_leaked=BOTH, breach={(US, IRAN): True})
    told = {h.text: h.veil for h in happenings(SCENARIO, turn) if "deal" in h.text}
    assert told == {
        "Washington and Tehran signed a deal, “relief for quiet”.": "hidden",
        "The deal of Washington and Tehran, “relief for quiet”, leaked.": "",
        "Washington broke the deal “relief for quiet”, as it was seen from the side of Tehran.": (
            "hidden"
        ),
    }


def test_an_offer_that_is_gone_is_told_of_with_why() -> None:
    def seen(seat: Seat, **columns: object) -> Observation:
        place = position(**columns)
        return observe(place.setting, place.state, None, seat)

    def lost(seat: Seat, **now: object) -> dict[Seat, list[str]]:
        return gone(BOOK, seen(seat, offer={"US>IRAN": RELIEF}), seen(seat, **now))

    quiet = BOOK.whisper("quiet_for_quiet")
    both = {"US>IRAN": RELIEF, "IRAN>US": RELIEF}
    head = "Your offer to Tehran, “relief for quiet”,"
    assert lost(US, offer={"US>IRAN": RELIEF}) == lost(US, deal=both) == {}
    assert lost(MILITIA) == lost(IRAQ) == {}
    assert lost(US) == {IRAN: [f"{head} has lapsed: Tehran did not sign it."]}
    assert lost(IRAN) == {
        US: ["Washington's offer to you, “relief for quiet”, has lapsed: you did not sign it."]
    }
    instead = f"{head} is gone: “quiet for quiet” has taken its place."
    assert lost(US, offer={"US>IRAN": quiet}) == {IRAN: [instead]}
    other = dict.fromkeys(both, quiet)
    fell = f"{head} fell away: you both signed “quiet for quiet”."
    assert lost(US, deal=other) == {IRAN: [fell]}
