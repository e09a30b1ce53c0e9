"""Adjudication cases, phase 7: deals, which come before the minds.

Each case quotes the rule that it checks; the values that it turns on stand in the case.
"""

import numpy as np
import pytest

from game.rules.account import account
from game.rules.legal import refusals, whisper_mask, why_not_whisper
from game.rules.luck import Draw
from game.rules.outcome import Outcome, Source
from game.rules.rulebook import Deal
from game.rules.seats import Seat
from tests.support import (
    IRAN,
    IRAQ,
    MILITIA,
    US,
    Position,
    book_with,
    lucky,
    orders,
    still,
    turn,
    turns,
    whisper,
    with_book,
    with_deed,
    with_whisper,
)

OFFER_DAYS = {"deals.offer_days": 10}
NO_LEAKS = {"deals.leak_hazard": 0}
GUILTY, CLEARED = (1, 0, 0, 0), (0, 0, 0, 1)


def near(value: float) -> object:
    return pytest.approx(value, abs=1e-5)


def bargain(**terms: object) -> Deal:
    """A deal of four weeks between Washington and Tehran that asks for nothing but these terms."""
    return Deal(**({"days": 28} | terms))


def agreed(
    deal: Deal | None = None,
    message: str = "relief_for_quiet",
    pair: str = "US>IRAN",
    **kwargs: object,
) -> Position:
    """A still position in which the two have signed that message's deal the turn before."""
    first, second = pair.split(">")
    rules = NO_LEAKS | kwargs.pop("rules", {})
    before = still(rules=rules, **kwargs)
    if deal is not None:
        before = with_whisper(before, message, deal=deal)
    signed = {
        first: ("hold", f"{message}>{second}"),
        second: ("hold", f"{message}>{first}"),
    }
    return turn(before, **signed)[0]


def code(position: Position, message: str) -> int:
    return position.book.whisper(message)


def ours(position: Position, name: str, first: Seat = US, second: Seat = IRAN) -> tuple[float, ...]:
    """A column of a deal, both ways."""
    column = getattr(position, name)
    return float(column[first, second, 0]), float(column[second, first, 0])


# --------------------------------------------------------------------------- offers and signatures


def test_7_101_a_deal_is_offered() -> None:
    """A message that carries a deal offers it to whom it is sent, and binds nobody."""
    after, out = turn(still(rules=OFFER_DAYS), US=("hold", "relief_for_quiet>IRAN"))
    assert after.offer[US, IRAN, 0] == code(after, "relief_for_quiet")
    assert after.offer_days[US, IRAN, 0] == 10
    assert after.offer[IRAN, US, 0] == 0
    assert not after.deal.any()
    assert not out.deal_signed.any()


def test_7_102_an_offer_is_signed_by_the_same_message() -> None:
    """Whoever sends the same message to who offers it, while the offer stands, signs it: the deal
    is in force between the two for its days."""
    offered, _ = turn(still(rules=OFFER_DAYS), US=("hold", "relief_for_quiet>IRAN"))
    after, out = turn(offered, IRAN=("hold", "relief_for_quiet>US"))
    assert ours(after, "deal") == (code(after, "relief_for_quiet"),) * 2
    assert ours(after, "deal_days") == (28, 28)
    assert not after.offer.any()
    assert not after.offer_days.any()
    assert out.deal_signed[US, IRAN, 0]
    assert out.deal_signed[IRAN, US, 0]
    assert out.deal_signed.sum() == 2


def test_7_103_the_same_said_by_both_at_once_is_signed() -> None:
    """Two who propose the same to each other in the same turn have signed it."""
    after = agreed()
    assert ours(after, "deal") == (code(after, "relief_for_quiet"),) * 2


def test_7_104_different_offers_are_not_signed() -> None:
    """Two who propose different things have each made an offer."""
    before = still(rules=OFFER_DAYS)
    after, _ = turn(
        before, US=("hold", "quiet_for_quiet>IRAN"), IRAN=("hold", "relief_for_quiet>US")
    )
    assert not after.deal.any()
    wanted = code(after, "quiet_for_quiet"), code(after, "relief_for_quiet")
    assert ours(after, "offer") == wanted
    accepted, _ = turn(after, US=("hold", "relief_for_quiet>IRAN"))
    assert ours(accepted, "deal") == (wanted[1], wanted[1])


def test_7_105_a_new_offer_takes_the_place_of_the_old() -> None:
    """A seat has one offer open to another: the last that it made."""
    first, _ = turn(still(rules=OFFER_DAYS), US=("hold", "quiet_for_quiet>IRAN"))
    after, _ = turn(first, US=("hold", "prisoner_exchange>IRAN"))
    assert after.offer[US, IRAN, 0] == code(after, "prisoner_exchange")
    assert after.offer_days[US, IRAN, 0] == 10


def test_7_106_an_offer_runs_out() -> None:
    """An offer stands for `offer_days` after the turn in which it was made, in any case to the end
    of the next turn; after that the same message is an offer of its own."""
    offered, _ = turn(still(rules={"deals.offer_days": 3}), US=("hold", "relief_for_quiet>IRAN"))
    in_time, _ = turn(offered, IRAN=("hold", "relief_for_quiet>US"))
    assert in_time.deal[US, IRAN, 0] > 0
    gone, _ = turn(offered)
    assert (gone.offer[US, IRAN, 0], gone.offer_days[US, IRAN, 0]) == (0, 0)
    late, _ = turn(gone, IRAN=("hold", "relief_for_quiet>US"))
    assert not late.deal.any()


def test_7_107_no_offer_runs_out_while_baghdad_mediates() -> None:
    """In a turn in which Baghdad mediates, offers lose no days."""
    offered, _ = turn(still(rules={"deals.offer_days": 3}), US=("hold", "relief_for_quiet>IRAN"))
    after, _ = turn(offered, IRAQ="mediate")
    assert after.offer[US, IRAN, 0] == offered.offer[US, IRAN, 0]
    assert after.offer_days[US, IRAN, 0] == 3


def test_7_108_nobody_offers_what_stands_or_is_in_force() -> None:
    """An offer that stands, and any offer to whom a deal in force is with, is refused with the
    reason; so is an offer where no channel is open."""
    offered, _ = turn(still(rules=OFFER_DAYS), US=("hold", "relief_for_quiet>IRAN"))
    message = code(offered, "relief_for_quiet")
    assert why_not_whisper(offered.setting, offered.state, US, message, IRAN) == (
        "that offer stands already",
    )
    assert why_not_whisper(offered.setting, offered.state, IRAN, message, US) == ()
    assert not whisper_mask(offered.setting, offered.state, US)[message, IRAN, 0]
    assert whisper_mask(offered.setting, offered.state, IRAN)[message, US, 0]
    signed = agreed()
    for other in ("quiet_for_quiet", "relief_for_quiet"):
        given = orders(signed, US=("hold", f"{other}>IRAN"))
        (refusal,) = refusals(signed.setting, signed.state, given)
        assert refusal.reason == "a deal between the two is in force"
        assert not whisper_mask(signed.setting, signed.state, US)[code(signed, other), IRAN, 0]
    assert whisper_mask(signed.setting, signed.state, US)[code(signed, "assure"), IRAN, 0]
    shut = signed.with_(channel={"US>IRAN": 0}, deal={"US>IRAN": 0, "IRAN>US": 0})
    assert why_not_whisper(shut.setting, shut.state, US, message, IRAN) == (
        "no channel between the two is open",
    )


# --------------------------------------------------------------------------- what is given and kept


def test_7_111_a_deal_binds_from_the_next_turn_on() -> None:
    """What is done in the turn of the signature is no breach, and nothing is given for it."""
    before = with_whisper(
        still(rules=NO_LEAKS),
        "relief_for_quiet",
        deal=bargain(forbears={US: {IRAN: 2}}, weekly={"iran_pressure": -0.1}),
    )
    bare, _ = turn(before, US="sanction")
    after, out = turn(
        before,
        US=("sanction", "relief_for_quiet>IRAN"),
        IRAN=("hold", "relief_for_quiet>US"),
    )
    assert not out.breach.any()
    assert after.deal[US, IRAN, 0] > 0
    assert after.iran_pressure[0] == bare.iran_pressure[0]


@pytest.mark.parametrize("days", [7, 14])
def test_7_112_what_is_given_is_given_by_the_week(days: int) -> None:
    """While a deal holds, its columns move by so much a week of the turn."""
    before = agreed(bargain(weekly={"iran_pressure": -0.02, "us_troops": -70}), days=days)
    after, _ = turn(before)
    plain, _ = turn(with_whisper(before, "relief_for_quiet", deal=bargain()))
    assert after.iran_pressure[0] - plain.iran_pressure[0] == near(-0.02 * days / 7)
    assert after.us_troops[0] - plain.us_troops[0] == near(-10 * days)


def test_7_113_a_deal_gives_for_its_own_days_alone() -> None:
    """In the turn in which a deal runs out, it gives for the days that it had left."""
    before = agreed(bargain(days=3, weekly={"us_troops": -70}))
    after, out = turn(before)
    assert after.us_troops[0] - before.us_troops[0] == near(-30)
    assert out.deal_kept[US, IRAN, 0]


def test_7_114_a_deal_kept_to_its_end_is_remembered() -> None:
    """A deal that runs to its end adds `kept_weight` to what each holds of the other, and is
    over."""
    ends = {}
    for weight in (0.0, 0.5):
        before = agreed(bargain(days=7), rules={"deals.kept_weight": weight})
        ends[weight], out = turn(before)
        assert out.deal_kept[US, IRAN, 0]
        assert out.deal_kept[IRAN, US, 0]
        assert out.deal_kept.sum() == 2
        assert not out.breach.any()
    assert ours(ends[0.5], "deal") == ours(ends[0.5], "deal_days") == (0, 0)
    kept = ends[0.5].kept[..., 0] - ends[0.0].kept[..., 0]
    faded = kept[US, IRAN]
    assert 0.49 < faded <= 0.5
    assert kept[IRAN, US] == faded
    assert np.count_nonzero(kept) == 2


def test_7_115_the_days_run_down() -> None:
    """Each turn takes its days off a deal in force."""
    after = turns(agreed(bargain()), 3)
    assert ours(after, "deal_days") == (7, 7)
    assert ours(after, "deal")[0] == code(after, "relief_for_quiet")


# --------------------------------------------------------------------------- breaches


def test_7_121_a_signed_deed_breaks_a_deal() -> None:
    """A party that touches whom it was to spare, at the rung named or above it and in its own name,
    breaks the deal, which is over."""
    before = agreed(bargain(forbears={US: {IRAN: 2}}))
    after, out = turn(before, US="sanction")
    assert out.breach[US, IRAN, 0]
    assert out.breach.sum() == 1
    assert not out.deal_kept.any()
    assert out.deal_code[US, IRAN, 0] == code(before, "relief_for_quiet")
    assert ours(after, "deal") == ours(after, "deal_days") == (0, 0)


def test_7_122_below_the_rung_nothing_is_broken() -> None:
    """What touches the spared seat below the rung named, or another seat, breaks nothing."""
    before = agreed(bargain(forbears={US: {IRAN: 3}}))
    after, out = turn(before, US="sanction")
    assert not out.breach.any()
    assert after.deal[US, IRAN, 0] > 0
    before = agreed(bargain(forbears={US: {IRAQ: 2}}))
    _, out = turn(before, US="sanction")
    assert not out.breach.any()


def test_7_123_a_deal_may_spare_a_third() -> None:
    """A deal may spare a seat that is no party to it: as Washington spares the militias for
    Tehran's sake."""
    before = agreed(message="quiet_for_quiet")
    _, out = turn(before, US="strike_depots")
    assert out.breach[US, IRAN, 0]


def test_7_124_a_breach_embitters_the_partner_and_is_remembered() -> None:
    """A breach does `breach_harm` to the partner and adds `breach_weight` to the partner's record
    of lines let pass, and to nobody else's."""
    after = {}
    for harm, weight in ((0.0, 0.0), (0.3, 0.7)):
        rules = {"deals.breach_harm": harm, "deals.breach_weight": weight}
        before = agreed(bargain(forbears={US: {IRAN: 2}}), rules=rules)
        before = with_deed(before, US, "sanction", harm={IRAN: 0.04})
        after[harm], out = turn(before, US="sanction")
    assert out.harm[IRAN, US, 0] == near(0.04 + 0.3)
    broken = after[0.3].broken[..., 0] - after[0.0].broken[..., 0]
    assert broken[IRAN, US] == pytest.approx(0.7, abs=0.01)
    assert np.count_nonzero(broken) == 1
    anger = after[0.3].anger[..., 0] - after[0.0].anger[..., 0]
    assert anger[IRAN, US] > 0
    assert np.count_nonzero(anger) == 1


def test_7_125_nothing_is_given_for_a_deal_that_is_broken() -> None:
    """In the turn of a breach nothing is given any more."""
    terms = {"forbears": {US: {IRAN: 2}}, "weekly": {"us_troops": -70}}
    before = agreed(bargain(**terms))
    after, _ = turn(before, US="sanction")
    assert after.us_troops[0] == before.us_troops[0]


def suspected(position: Position, share: float) -> tuple[Position, Outcome]:
    """A turn of unsigned fire that Washington lays at Tehran's door with that belief."""
    rules = {
        "evidence.prior_tehran": share,
        "evidence.prior_militia": 0,
        "evidence.prior_splinter": (1 - share) / 2,
        "evidence.prior_third_party": (1 - share) / 2,
        "evidence.lean_us_to_tehran": 1,
        "evidence.sees_us": 0.25,
    }
    return turn(with_book(position, book_with(rules, position.book)), MILITIA="harass@embassy")


@pytest.mark.parametrize(("share", "broken"), [(0.55, False), (0.65, True)])
def test_7_126_unsigned_fire_breaks_a_deal_where_the_partner_is_sure(
    share: float, broken: bool
) -> None:
    """Fire that nobody signed breaks a deal where the partner lays it at the party's door with
    `breach_belief` or more; whoever fired."""
    terms = bargain(forbears={IRAN: {US: 3}})
    after, out = suspected(agreed(terms, rules={"deals.breach_belief": 0.6}), share)
    assert out.fire_attacks[Source.MILITIA, 0] > 0
    assert out.breach[IRAN, US, 0] == broken
    assert out.breach.sum() == broken
    assert (after.deal[US, IRAN, 0] == 0) == broken


def test_7_127_unsigned_fire_below_the_rung_breaks_nothing() -> None:
    """Unsigned fire below the rung named breaks nothing, however sure the partner is."""
    before = agreed(bargain(forbears={IRAN: {US: 5}}))
    _, out = suspected(before, 0.98)
    assert out.fire_rung.max() == 3
    assert not out.breach.any()


def test_7_128_a_hidden_hand_that_nobody_suspects_breaks_nothing() -> None:
    """A party whose own unsigned fire is laid at another's door has, for all that its partner
    knows, kept the deal."""
    before = agreed(bargain(forbears={IRAN: {US: 3}}), iran_missiles=300)
    rules = {
        "evidence.prior_tehran": 0,
        "evidence.prior_militia": 0,
        "evidence.prior_splinter": 0.5,
        "evidence.prior_third_party": 0.5,
    }
    before = with_book(before, book_with(rules, before.book))
    _, out = turn(before, IRAN="deniable_strike")
    assert out.fire_attacks[Source.IRAN, 0] > 0
    assert not out.breach.any()


def test_7_129_baghdad_judges_the_militias_by_its_own_suspicion() -> None:
    """Each partner judges by its own suspicion: Baghdad's deal with the militias ends where Baghdad
    is sure, whatever Washington believes."""
    rules = {
        "evidence.prior_tehran": 0,
        "evidence.prior_militia": 1,
        "evidence.prior_splinter": 0,
        "evidence.prior_third_party": 0,
    }
    before = agreed(message="pay_for_quiet", pair="IRAQ>MILITIA")
    before = with_book(before, book_with(rules, before.book))
    _, out = turn(before, MILITIA="harass@embassy")
    assert out.breach[MILITIA, IRAQ, 0]
    assert out.breach.sum() == 1


def test_7_130_each_may_break_it_in_the_same_turn() -> None:
    """Both parties of a deal can break it in the same turn."""
    before = agreed(bargain(forbears={US: {IRAN: 2}, IRAN: {US: 2}}))
    _, out = turn(before, US="sanction", IRAN="nuclear_step")
    assert out.breach[US, IRAN, 0]
    assert out.breach[IRAN, US, 0]


# --------------------------------------------------------------------------- leaks and warnings


def test_7_131_a_capital_lets_its_deals_out() -> None:
    """A deal in force leaks with `leak_hazard` a week in each of the two capitals, as x / (1 + x):
    everybody learns of it, and it does what it does at home; once."""
    deal = bargain(exposed={"us_support": -0.1})
    before = agreed(deal, rules={"deals.leak_hazard": 0.25})  # in a week's turn: one in five
    assert before.deal_known[US, IRAN, 0] == 0
    quiet = {Draw.DEAL_LEAKED + seat: (0.5, 1.0) for seat in (US, IRAN)}
    at_us, at_iran = ({**quiet, Draw.DEAL_LEAKED + seat: (0.19, 0.2)} for seat in (US, IRAN))
    just_not = {**quiet, Draw.DEAL_LEAKED + US: (0.2, 0.21)}
    low = (0.0, 0.1)
    elsewhere = {**quiet, Draw.DEAL_LEAKED + MILITIA: low, Draw.DEAL_LEAKED + IRAQ: low}
    after, out = turn(lucky(before, at_us, at_iran, just_not, elsewhere))
    assert out.deal_leaked[US, IRAN].tolist() == [True, True, False, False]
    assert out.deal_leaked[IRAN, US].tolist() == [True, True, False, False]
    assert after.deal_known[US, IRAN].tolist() == [1, 1, 0, 0]
    assert after.us_support[2] - after.us_support[:2] == near(0.1)
    again, out = turn(
        after.take(np.array([0] * 50)),
    )
    assert not out.deal_leaked.any()
    assert again.deal_known[US, IRAN].all()


def test_7_132_what_is_over_is_not_known_any_more() -> None:
    """A known deal that ends leaves nothing: the next one between the two is secret again."""
    before = agreed(bargain(days=7)).with_(deal_known={"US>IRAN": 1, "IRAN>US": 1})
    after, _ = turn(before)
    assert not after.deal_known.any()


def test_7_133_a_deal_to_warn_stands_for_notice() -> None:
    """While a deal to warn each other holds, the Americans are warned of what Iran signs for, and
    Tehran of American strikes, as by notice; not of what nobody signs."""
    before = agreed(message="fair_warning", iran_missiles=300)
    _, out = turn(before, IRAN="missile_strike")
    assert out.warned[Source.IRAN, 0]
    _, out = turn(before, IRAN="deniable_strike")
    assert not out.warned[Source.IRAN, 0]
    _, out = turn(before, US="strike_depots")
    assert out.leaked[0]
    _, out = turn(still(iran_missiles=300), IRAN="missile_strike", US="strike_depots")
    assert not out.warned.any()
    assert not out.leaked.any()


def test_7_134_liaison_stands_for_notice_and_tip_off() -> None:
    """While liaison officers share warnings, Baghdad has notice of American strikes, which softens
    its anger, and warns the Americans in time as by a tip-off."""
    rules = {
        "politics.notice_softens": 0.5,
        "force.tip_off_odds": 1,
        "minds.harm_per_iraqi": 0,
    }
    liaison = agreed(message="liaison", pair="US>IRAQ", rules=rules, iraq_forces=1)
    none = still(rules=rules, iraq_forces=1)
    harm = [turn(p, US="strike_depots")[1].harm[IRAQ, US, 0] for p in (liaison, none)]
    table = none.book.deeds[US][none.book.deed(US, "strike_depots")].harm[IRAQ]
    assert harm[1] - harm[0] == near(table / 2)
    warned = [turn(p, MILITIA="harass@embassy")[1].warned[:2, 0] for p in (liaison, none)]
    assert warned[0].all()
    assert not warned[1].any()


# --------------------------------------------------------------------------- who learns of it


def test_7_141_the_two_are_told_and_nobody_else() -> None:
    """What becomes of a deal is told to its parties; of others' deals a seat learns when they leak,
    and nothing but that they are."""
    offered, _ = turn(still(rules=OFFER_DAYS | NO_LEAKS), US=("hold", "relief_for_quiet>IRAN"))
    signed, out = turn(offered, IRAN=("hold", "relief_for_quiet>US"))
    for seat in (US, IRAN):
        (news,) = account(signed.setting, out, seat).deals
        assert news.parties == (US, IRAN)
        assert news.whisper == code(signed, "relief_for_quiet")
        assert (news.signed, news.kept, news.leaked, news.broken_by) == (True, False, False, ())
    for seat in (MILITIA, IRAQ, None):
        assert account(signed.setting, out, seat).deals == ()
    _, out = turn(signed, US="sanction")
    (news,) = account(signed.setting, out, IRAN).deals
    assert news.broken_by == (US,)
    assert account(signed.setting, out, IRAQ).deals == ()


def test_7_142_a_leak_is_told_to_all() -> None:
    """A leak tells everybody which deal the two have."""
    before = agreed(rules={"deals.leak_hazard": 1000})
    _, out = turn(before)
    for seat in (US, IRAN, MILITIA, IRAQ, None):
        (news,) = account(before.setting, out, seat).deals
        assert news.leaked
        assert news.whisper == code(before, "relief_for_quiet")


@pytest.mark.parametrize("truth", ["harass@embassy", "hold"])
def test_7_143_a_breach_tells_nothing_of_who_fired(truth: str) -> None:
    """Whether a deal is broken by unsigned fire hangs on what the partner believes, not on who
    fired: cells that fire break it as militiamen do."""
    rules = {
        "evidence.prior_tehran": 0.97,
        "evidence.prior_militia": 0.01,
        "evidence.prior_splinter": 0.01,
        "evidence.prior_third_party": 0.01,
        "chance.splinter_hazard": 0 if truth != "hold" else 1e6,
    }
    before = agreed(bargain(forbears={IRAN: {US: 3}}))
    before = with_book(before, book_with(rules, before.book))
    _, out = turn(before, MILITIA=truth)
    source = Source.SPLINTER if truth == "hold" else Source.MILITIA
    assert out.fire_attacks[source, 0] > 0
    assert out.breach[IRAN, US, 0]


def test_every_deal_names_both_parties_and_gives_each_something() -> None:
    """Every deal of the rulebook asks something of both parties and goes both ways."""
    book = still().book
    deals = [w for w in book.whispers if w.deal is not None]
    assert len(deals) >= 6
    for message in deals:
        assert whisper(message.id) == message
        assert {(to, by) for by, to in message.links} == set(message.links)
        parties = {seat for link in message.links for seat in link}
        assert set(message.deal.forbears) == parties
