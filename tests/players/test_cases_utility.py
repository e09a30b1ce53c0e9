"""Cases of what a doctrine makes of a position, each part of the utility to the number.

The parts are read from the reasons that a player gives for its orders: what explains it is what
moves it. Positions are those of `tests.support.still`: every pair's anger is 0.2, and every seat's
credibility a half.
"""

from dataclasses import replace
from math import exp

import numpy as np
import pytest

from game.content.doctrine import FEATURES, Doctrine
from game.players.base import Choice, Dice, decide, options
from game.players.doctrine import DoctrinePlayer
from game.players.reasons import Reason, Reasons, reasons
from game.rules.luck import PlayerDraw
from game.rules.observe import Observation, observe
from game.rules.outcome import Outcome
from game.rules.rulebook import Fire
from game.rules.seats import Seat
from tests.support import IRAN, IRAQ, MILITIA, US, Position, still, turn, with_agendas, with_deed

DIALS = {"minds.fear_weight": 0.5, "minds.anger_weight": 0.25, "minds.answer_slack": 2}


def near(value: object) -> object:
    return pytest.approx(value, abs=1e-5)


def doctrine(seat: Seat, **changes: object) -> Doctrine:
    """A doctrine that cares for nothing but what is given."""
    nothing: dict[str, object] = {
        "temper": 1.0,
        "line": 5,
        "anger": 0.0,
        "fear": 0.0,
        "duty": 0.0,
        "bond": 0.0,
        "values": {},
        "groups": {},
        "deeds": {},
        "words": {},
        "whispers": {},
    }
    text = dict.fromkeys(("name", "school", "behaviour", "weakness"), "Of a test.")
    return Doctrine(id="of_a_test", seat=seat, **text, **(nothing | changes))


def weighs(
    before: Position,
    seat: Seat,
    outcome: Outcome | None = None,
    own_deed: str = "hold",
    seen: Observation | None = None,
    **changes: object,
) -> Reasons:
    """What a player of that doctrine makes of the position's first game."""
    alone = before.take(slice(0, 1))
    player = DoctrinePlayer(doctrine(seat, **changes), before.book)
    seen = seen or observe(alone.setting, alone.state, outcome, seat)
    legal = options(alone.setting, alone.state, seat)
    return reasons(player, alone.setting, seen, legal, before.book.deed(seat, own_deed))


def worth(told: tuple[Reason, ...], option: str) -> dict[str, float]:
    """The parts of an option's utility that are not 0."""
    (reason,) = (reason for reason in told if reason.option == option)
    assert reason.utility == near(sum(reason.parts.values()))
    return reason.parts


# ------------------------------------------------------------------------------------- inclinations


def test_11_1_a_base_weight_is_added_as_it_is() -> None:
    """A doctrine's base weight is what a deed is worth to it anywhere; others are worth nothing."""
    told = weighs(still(), US, deeds={"harden": {"base": 1.5}, "aid": {"base": -0.25}})
    assert worth(told.deeds, "harden") == near({"inclination": 1.5})
    assert worth(told.deeds, "aid") == near({"inclination": -0.25})
    for reason in told.deeds:
        assert reason.option in ("harden", "aid") or reason.parts == {}


@pytest.mark.parametrize(
    ("feature", "columns", "value"),
    [
        ("us_support", {"us_support": 0.3}, 0.3),
        ("iraq_caretaker", {"iraq_caretaker": 1}, 1),
        ("angry", {"anger": {"US>IRAN": 0.7, "US>IRAQ": 0.4}}, 0.7),
        ("debt", {"debt": {"US>IRAQ": 3}}, 1),
        ("debt", {"debt": {"IRAQ>US": 3}}, 0),
        ("leaderless", {"mil_leaders": 0.3}, 0.7),
        ("quiet", {"quiet_days": 15}, 0.5),
        ("quiet", {"quiet_days": 60}, 1),
        ("truce", {"mil_truce": 1}, 1),
        ("truce", {"mil_truce": 0}, 0),
        ("deal", {"deal": {"US>IRAN": 8}}, 1),
        ("deal", {"deal": {"IRAN>IRAQ": 8}}, 0),
        ("order", {"iraq_order_days": 1}, 1),
        ("order", {"iraq_order_days": 0}, 0),
        ("short", {}, 0),
        ("base", {}, 1),
    ],
)
def test_11_2_a_feature_counts_by_its_weight(
    feature: str, columns: dict[str, object], value: float
) -> None:
    """A weight is multiplied with what its feature is; it is added to the base weight."""
    told = weighs(still(**columns), US, deeds={"harden": {"base": 0.5, feature: -2}})
    base = 0 if feature == "base" else 0.5
    assert worth(told.deeds, "harden").get("inclination", 0) == near(base - 2 * value)


@pytest.mark.parametrize(("days", "short"), [(1, 1), (3, 1), (4, 0)])
def test_11_3_a_short_turn(days: int, short: int) -> None:
    """A turn is short up to three days."""
    told = weighs(still(days=days), US, deeds={"harden": {"short": 1}})
    assert worth(told.deeds, "harden").get("inclination", 0) == short


def test_11_4_what_happened_last_turn() -> None:
    """Attacks of last turn, the dead up to three, and the highest rung at which it was struck are
    features; a tenth of the rung, a third of each death."""
    salvo = Fire(rounds_low=5, rounds_high=5, accuracy=1e9, lethality=1e9, toll=2, rung=4)
    before = with_deed(still(rules={"force.toll_cap": 1}), MILITIA, "barrage", fire=salvo)
    after, out = turn(before, MILITIA="barrage@embassy")
    weights = {"attacked": {"attacked": 1}, "killed": {"killed": 1}, "struck": {"struck": 1}}
    assert out.us_killed[0] in (1, 2)
    acts = dict(zip(("harden", "aid", "sanction"), weights.values(), strict=True))
    told = weighs(after, US, out, deeds=acts)
    assert worth(told.deeds, "harden") == near({"inclination": 1})
    assert worth(told.deeds, "aid") == near({"inclination": out.us_killed[0] / 3})
    assert worth(told.deeds, "sanction") == near({"inclination": 0.5})  # rung 5: somebody died
    theirs = weighs(after, IRAN, out, deeds={"rally": {"struck": 1}})
    assert worth(theirs.deeds, "rally") == {}


@pytest.mark.parametrize(("guidance", "feature"), [(1, "told_to_strike"), (-1, "told_to_hold")])
def test_11_5_guidance_is_a_part_of_its_own(guidance: int, feature: str) -> None:
    """What Tehran asked for counts by the doctrine's weight on it, apart from its inclinations."""
    weights = {"harass": {"base": 0.5, "told_to_strike": 2, "told_to_hold": -3}}
    told = weighs(still(mil_guidance=guidance), MILITIA, deeds=weights)
    size = {"told_to_strike": 2, "told_to_hold": -3}[feature]
    assert worth(told.deeds, "harass") == near({"guidance": size, "inclination": 0.5})
    free = weighs(still(mil_guidance=0), MILITIA, deeds=weights)
    assert worth(free.deeds, "harass") == near({"inclination": 0.5})


# ----------------------------------------------------------------------------------- anger and fear


def test_11_6_anger_at_everybody_whom_a_deed_touches() -> None:
    """Anger: the dial 2 x 0.25 x a tenth of the rung x the anger, at each seat that the deed
    touches: 0.5 x (0.6 x 0.3 + 0.2 x 0.4 + 0.4 x 0.1)."""
    before = still(rules=DIALS, anger={"US>MILITIA": 0.3, "US>IRAN": 0.4, "US>IRAQ": 0.1})
    told = weighs(before, US, anger=2.0)
    assert worth(told.deeds, "strike_depots") == near({"anger": 0.5 * 0.3})
    assert worth(told.deeds, "sanction") == near({"anger": 0.5 * 0.2 * 0.4})
    assert worth(told.deeds, "harden") == {}


def test_11_7_unsigned_fire_is_aimed_at_washington() -> None:
    """Fire at American sites is aimed at Washington at its own rung, whether the data says so or
    not; where it does, by what the data says and once."""
    before = still(rules=DIALS, anger={"MILITIA>US": 0.4, "IRAN>US": 0.4, "IRAN>IRAQ": 0})
    told = weighs(before, MILITIA, anger=2.0)
    assert worth(told.deeds, "harass") == near({"anger": 0.5 * 0.3 * 0.4})
    assert worth(told.deeds, "barrage") == near({"anger": 0.5 * 0.4 * 0.4})
    theirs = weighs(before, IRAN, anger=2.0)
    assert worth(theirs.deeds, "deniable_strike") == near({"anger": 0.5 * 0.4 * 0.4})
    assert worth(theirs.deeds, "missile_strike") == near({"anger": 0.5 * 0.8 * 0.4})


@pytest.mark.parametrize(("line", "factor"), [(11, 1.0), (3, 1.0), (2, 1.6), (1, 1.6)])
def test_11_8_fear_of_whom_a_deed_touches(line: int, factor: float) -> None:
    """Fear: the dial 4 x 0.5 x a tenth of the rung x the fear, 1.6 times as much where the deed
    crosses a line that was drawn for it. Tehran fears Washington by its credibility, 0.75, x its
    reach: 0.45 + 0.00003 x 5,000 + 0.2 x 0.6 + 0.1 x 0.7 = 0.79."""
    before = still(
        rules=DIALS, kept={"IRAN>US": 3}, line={"US>IRAN": line}, iran_pressure=0.6,
        us_coalition=0.7,
    )  # fmt: skip
    told = weighs(before, IRAN, fear=4.0)
    fear = -2 * 0.2 * 0.75 * 0.79 * factor
    assert worth(told.deeds, "nuclear_step") == near({"fear": fear})
    mirrored = weighs(before.with_(line={"US>IRAN": 11, "IRAN>US": 1}), IRAN, fear=4.0)
    assert worth(mirrored.deeds, "nuclear_step") == near({"fear": -2 * 0.2 * 0.75 * 0.79})


@pytest.mark.parametrize(("line", "factor"), [(4, 1.0), (3, 1.6)])
def test_11_9_who_does_not_sign_fears_half(line: int, factor: float) -> None:
    """Half of its fear is left to a seat that does not sign; its anger is as it was."""
    before = still(rules=DIALS, line={"US>MILITIA": line})
    seen = observe(before.setting, before.state, None, MILITIA)
    told = weighs(before, MILITIA, anger=2.0, fear=4.0)
    assert seen.fear[US, 0] > 0.1
    fear = -2 * 0.3 * 0.5 * float(seen.fear[US, 0]) * factor
    assert worth(told.deeds, "harass") == near({"anger": 0.5 * 0.3 * 0.2, "fear": fear})
    signed = weighs(with_deed(before, MILITIA, "harass", visibility="public"), MILITIA, fear=4.0)
    assert worth(signed.deeds, "harass") == near({"fear": 2 * fear})


# --------------------------------------------------------------------------------------------- duty


def test_11_10_the_duty_to_answer() -> None:
    """A debt weighs with the duty 2 x (0.5 + what was staked on the line), for a deed that may
    answer it: up to two rungs short."""
    owed = still(rules=DIALS, debt={"US>MILITIA": 8}, stake={"US>MILITIA": 0.4})
    told = weighs(owed, US, duty=2.0)
    assert worth(told.deeds, "strike_depots") == near({"duty": 1.8})
    assert worth(told.deeds, "kill_commander") == near({"duty": 1.8})
    assert worth(told.deeds, "sanction") == {}
    too_much = weighs(owed.with_(debt={"US>MILITIA": 9}), US, duty=2.0)
    assert worth(too_much.deeds, "strike_depots") == {}
    assert worth(too_much.deeds, "kill_commander") == near({"duty": 1.8})


def test_11_11_it_is_the_debtor_who_owes() -> None:
    """What the other owes, and what the other staked, binds nobody here; what was staked in private
    does: 0.4 and half of the rest."""
    mirrored = still(rules=DIALS, debt={"MILITIA>US": 6}, stake={"MILITIA>US": 0.4})
    assert worth(weighs(mirrored, US, duty=2.0).deeds, "strike_depots") == {}
    owed = still(
        rules=DIALS,
        debt={"US>MILITIA": 6},
        stake={"US>MILITIA": 0.4, "MILITIA>US": 0.9},
        private_stake={"US>MILITIA": 0.5},
    )
    told = weighs(owed, US, duty=2.0)
    assert worth(told.deeds, "strike_depots") == near({"duty": 2 * (0.5 + 0.4 + 0.3)})


def test_11_12_two_debts_are_two_duties_and_only_an_open_deed_answers() -> None:
    """A deed that answers two seats has both duties; one that is not signed has none."""
    owed = still(rules=DIALS, debt={"US>MILITIA": 6, "US>IRAN": 4}, stake={"US>IRAN": 0.2})
    assert worth(weighs(owed, US, duty=2.0).deeds, "strike_depots") == near({"duty": 1.0 + 1.4})
    militia = still(rules=DIALS, debt={"MILITIA>US": 3})
    told = weighs(militia, MILITIA, duty=2.0)
    assert worth(told.deeds, "siege") == near({"duty": 1.0})
    assert worth(told.deeds, "harass") == {}


# ------------------------------------------------------------------------------------ gain and cost


def changing(**data: dict[str, float]) -> Position:
    """A position in which to harden the bases does what is given, and nothing else."""
    plain: dict[str, dict[str, float]] = {"effects": {}, "costs": {}, "weekly": {}}
    return with_deed(still(days=14), US, "harden", **(plain | data))


@pytest.mark.parametrize(
    ("data", "held", "value", "parts"),
    [
        # worth 2 for each unit, of what the deed adds at once and for each of two weeks
        ({"effects": {"us_case": 0.1}}, 0.5, 2, {"gain": 0.2}),
        ({"weekly": {"us_case": 0.05}}, 0.5, 2, {"gain": 0.2}),
        ({"effects": {"us_case": 0.1}, "weekly": {"us_case": 0.05}}, 0.5, 2, {"gain": 0.4}),
        ({"costs": {"us_case": 0.1}}, 0.5, 2, {"cost": -0.2}),
        ({"effects": {"us_case": 0.1}, "costs": {"us_case": 0.03}}, 0.5, 2, {"gain": 0.14}),
        ({"effects": {"us_case": -0.1}}, 0.5, 2, {"cost": -0.2}),
        ({"effects": {"us_case": 0.1}}, 0.5, -2, {"cost": -0.2}),
        ({"effects": {"us_case": -0.1}}, 0.5, -2, {"gain": 0.2}),
        # no more than there is room for
        ({"effects": {"us_case": 0.1}}, 0.96, 2, {"gain": 0.08}),
        ({"effects": {"us_case": -0.1}}, 0.03, 2, {"cost": -0.06}),
        ({"effects": {"us_case": 0.1}}, 1.0, 2, {}),
        # what cancels out is nothing
        ({"effects": {"us_case": 0.1}, "weekly": {"us_case": -0.05}}, 0.5, 2, {}),
    ],
)
def test_11_13_gains_and_costs(
    data: dict[str, dict[str, float]], held: float, value: float, parts: dict[str, float]
) -> None:
    """What a deed adds to a column counts by the column's worth, as far as there is room for it:
    as a gain where it is good, as a cost where it is bad."""
    told = weighs(changing(**data).with_(us_case=held), US, values={"us_case": value})
    assert worth(told.deeds, "harden") == near(parts)


@pytest.mark.parametrize(
    ("base", "parts"), [(0.25, {"gain": 0.2}), (-0.25, {}), (-0.75, {"cost": -0.2})]
)
def test_11_13b_what_waits_for_its_moment_gains_what_the_moment_bears(
    base: float, parts: dict[str, float]
) -> None:
    """A timely effect counts as far as the moment bears the deed, as the seat sees it: base + 0.5 x
    0.5 of 0.2, worth 2 for each unit; other effects of the deed wait for nothing."""
    rules = {"occasions.backlash": 1, "occasions.most": 1}
    moment = {"timely": {"us_case": 0.2}, "occasion": {"base": base, "us_support": 0.5}}
    plain: dict[str, dict[str, float]] = {"effects": {}, "costs": {}, "weekly": {}}
    before = with_deed(still(rules=rules), US, "harden", **(plain | moment))
    assert worth(weighs(before, US, values={"us_case": 2}).deeds, "harden") == near(parts)
    before = with_deed(before, US, "harden", effects={"us_coalition": 0.1})
    told = weighs(before, US, values={"us_coalition": 2})
    assert worth(told.deeds, "harden") == near({"gain": 0.2})


def test_11_14_gains_rest_on_what_the_seat_takes_a_column_to_be() -> None:
    """Room is judged by the seat's own estimate; a column of which it knows nothing is worth
    nothing."""
    before = changing(effects={"mil_rockets": 100.0}).with_(mil_rockets=0)
    before.state.estimates[:] = 4950
    told = weighs(before, US, values={"mil_rockets": 0.01})
    assert worth(told.deeds, "harden") == near({"gain": 0.5})
    hidden = changing(effects={"mil_favour": 0.1})
    assert worth(weighs(hidden, US, values={"mil_favour": 1}).deeds, "harden") == {}


@pytest.mark.parametrize(("before", "share"), [("hold", 1), ("harden", 0.5)])
def test_11_30_what_waits_for_its_moment_counts_as_the_moment_bears_it(
    before: str, share: float
) -> None:
    """It counts by its occasion, as the seat sees it; where the seat did the same in the turn
    before, as far as that turn's days have renewed it: a fortnight of four weeks."""
    waiting = with_deed(
        still(days=14, rules={"occasions.renewed_days": 28}, us_case=0.2),
        US,
        "harden",
        **{key: {} for key in ("effects", "costs", "weekly")},
        timely={"us_case": 0.1},
        occasion={"base": 0.3, "us_exposure": 1},
    ).with_(us_exposure=0.5)
    after, out = turn(waiting, US=before)
    held = after.with_(us_case=0.2, us_exposure=0.5)
    told = weighs(held, US, outcome=out, values={"us_case": 2})
    assert worth(told.deeds, "harden") == near({"gain": 2 * 0.1 * 0.8 * share})


def test_11_16_a_deal_in_force_speaks_against_what_breaks_it() -> None:
    """A deal in force takes the doctrine's bond from every deed that would break it, and nothing
    from the others; an offer takes nothing."""
    book = still().book
    deals = {name: book.whisper(name) for name in ("relief_for_quiet", "phased_reduction")}
    relief = {"US>IRAN": deals["relief_for_quiet"]}
    told = weighs(still(deal=relief), US, bond=1.5)
    assert worth(told.deeds, "sanction") == near({"bond": -1.5})
    assert worth(told.deeds, "aid") == {}
    both = relief | {"US>IRAQ": deals["phased_reduction"]}
    told = weighs(still(deal=both), US, bond=1.5)
    assert worth(told.deeds, "strike_depots") == near({"bond": -3.0})
    assert worth(weighs(still(offer=both), US, bond=1.5).deeds, "sanction") == {}


def test_11_17_what_nobody_signs_is_held_back_by_half() -> None:
    """A deed that its doer does not sign for is held back by half the bond: it may stay unseen."""
    deal = {"MILITIA>IRAQ": still().book.whisper("pay_for_quiet")}
    told = weighs(still(deal=deal), MILITIA, bond=1.5)
    assert worth(told.deeds, "harass") == near({"bond": -0.75})
    assert worth(told.deeds, "siege") == near({"bond": -1.5})


def test_11_18_an_offer_speaks_for_the_very_deal_that_is_offered() -> None:
    """A message is weighed by whether its receiver offers that very deal."""
    book = still().book
    weights = {("relief_for_quiet", IRAN): {"offered": 2.0}, ("liaison", IRAQ): {"offered": 2.0}}
    offer = {
        "IRAN>US": book.whisper("relief_for_quiet"),
        "IRAQ>US": book.whisper("phased_reduction"),
    }
    told = weighs(still(offer=offer), US, whispers=weights)
    assert worth(told.whispers, "relief_for_quiet>IRAN") == near({"inclination": 2.0})
    assert worth(told.whispers, "liaison>IRAQ") == {}


def test_11_15_all_parts_at_once() -> None:
    """All parts of a deed stand beside each other and add up to its utility."""
    before = with_deed(
        still(rules=DIALS, debt={"US>MILITIA": 6}, anger={"US>MILITIA": 0.4}, days=7),
        US, "strike_depots", against={MILITIA: 6}, effects={"us_support": 0.02, "us_case": -0.1},
    )  # fmt: skip
    seen = observe(before.setting, before.state, None, US)
    told = weighs(
        before, US, anger=2.0, fear=4.0, duty=2.0, values={"us_support": 3, "us_case": 1},
        deeds={"strike_depots": {"base": 0.3, "us_support": 1}},
    )  # fmt: skip
    assert worth(told.deeds, "strike_depots") == near(
        {
            "gain": 0.06,
            "cost": -0.1,
            "anger": 0.5 * 0.6 * 0.4,
            "fear": -2 * 0.6 * float(seen.fear[MILITIA, 0]),
            "duty": 1.0,
            "inclination": 0.8,
        }
    )


# ------------------------------------------------------------------------------- words and messages


@pytest.mark.parametrize(
    ("seat", "act", "features"),
    [
        (MILITIA, "hold", {}),
        (MILITIA, "harass", {"with_force", "with_fire"}),
        (MILITIA, "siege", {}),
        (IRAN, "missile_strike", {"with_force", "with_strike"}),
        (IRAN, "deniable_strike", {"with_force", "with_fire"}),
        (IRAN, "shipping", {"with_force"}),
        (US, "strike_depots", {"with_force", "with_strike"}),
        (US, "cyber", {"with_force"}),
        (IRAQ, "arrest", {"with_force", "with_strike"}),
    ],
)
def test_11_16_words_know_their_deed(seat: Seat, act: str, features: set[str]) -> None:
    """Words and messages go with the deed: with force, with unsigned fire, with an open blow."""
    word = {"US": "appeal", "IRAN": "deny", "MILITIA": "deny", "IRAQ": "appeal"}[seat.name]
    whisper = ("assure", IRAQ if seat is not IRAQ else US)
    for name in ("with_force", "with_fire", "with_strike"):
        assert name in FEATURES
        told = weighs(
            still(), seat, own_deed=act, words={word: {"base": 0.25, name: 2}},
            whispers={whisper: {"base": 0.5, name: -1}} if seat is not MILITIA else {},
        )  # fmt: skip
        there = name in features
        assert worth(told.words, word) == near({"inclination": 0.25 + 2 * there})
        assert worth(told.words, "silence") == {}
        if seat is not MILITIA:
            said = worth(told.whispers, f"assure>{whisper[1].name}")
            assert said.get("inclination", 0) == near(0.5 - there)
            assert worth(told.whispers, "none") == {}


def test_11_17_silence_may_have_a_weight_of_its_own() -> None:
    """Silence is among a doctrine's words whether it names it or not, once."""
    told = weighs(still(), US, words={"appeal": {"base": 1}, "silence": {"base": 2}})
    assert [reason.option for reason in told.words] == ["silence", "appeal"]
    assert worth(told.words, "silence") == near({"inclination": 2})


# ----------------------------------------------------------------------------------------- choosing


def test_11_18_odds_of_two_deeds() -> None:
    """The odds of two deeds stand to each other as e to the power of temper x the difference of
    their utilities: e to the 1.0, to the grid's 64th."""
    before = still()
    acts = {d.id: {"base": -18.0} for d in before.book.deeds[US] if d.id not in ("hold", "aid")}
    told = weighs(before, US, temper=2.0, deeds=acts | {"aid": {"base": 0.5}})
    odds = {reason.option: reason.probability for reason in told.deeds}
    assert odds["aid"] / odds["hold"] == pytest.approx(exp(1), rel=1e-3)
    assert odds["aid"] == pytest.approx(exp(1) / (1 + exp(1)), abs=1e-4)
    assert told.deeds[0].option == "aid"


def chosen(before: Position, seat: Seat, **changes: object) -> Choice:
    player = DoctrinePlayer(doctrine(seat, **changes), before.book)
    return decide(player, before.setting, before.state, None, seat)


def test_11_19_the_draws_choose() -> None:
    """The draw of the deed, of the word and of the whisper choose each for itself, in the order of
    the options: below a quarter the first of two that stand 1 to 3."""
    before = still(games=400)
    ratio = float(np.log(3))
    never = {d.id: {"base": -18.0} for d in before.book.deeds[IRAN]}
    choice = chosen(
        before, IRAN, temper=1.0,
        deeds=never | {"hold": {}, "rally": {"base": ratio}},
        words={"deny": {"base": ratio}},
        whispers={("assure", US): {"base": ratio}},
    )  # fmt: skip
    dice = Dice.of(before.state, IRAN)
    for given, option, what in (
        (choice.deed, before.book.deed(IRAN, "rally"), PlayerDraw.DEED),
        (choice.word, before.book.word("deny"), PlayerDraw.WORD),
        (choice.whisper, before.book.whisper("assure"), PlayerDraw.WHISPER),
    ):
        luck = dice.draw(what)
        clear = np.abs(luck - 0.25) > 0.01
        assert (given == np.where(luck < 0.25, 0, option))[clear].all(), what.name
    assert (choice.whisper_to == np.where(choice.whisper > 0, US, -1)).all()
    assert (choice.site == -1).all()
    assert (choice.word_to == -1).all()
    assert (choice.word_rung == 0).all()


@pytest.mark.parametrize("seat", [US, IRAN, MILITIA, IRAQ], ids=lambda seat: seat.name)
def test_11_20_whom_a_word_is_said_to(seat: Seat) -> None:
    """Who soothes speaks to whom it fears most; who threatens, to whom it is angriest at, and names
    the doctrine's own rung."""
    for rival in seat.rivals:
        hated = {f"{seat.name}>{r.name}": 0.9 if r is rival else 0.1 for r in seat.rivals}
        before = still(anger=hated | {f"{rival.name}>{seat.name}": 1.0})
        threat = chosen(before, seat, line=7, words={"threaten": {"base": 18}})
        assert (threat.word_to[0], threat.word_rung[0]) == (rival, 7)
        feared = {f"{seat.name}>{r.name}": 99.0 if r is rival else 0.0 for r in seat.rivals}
        doubted = {f"{seat.name}>{r.name}": 0.0 if r is rival else 99.0 for r in seat.rivals}
        before = still(kept=feared, broken=doubted, iraq_authority=0.9)
        calm = chosen(before, seat, line=7, words={"reassure": {"base": 18}})
        assert (calm.word_to[0], calm.word_rung[0]) == (rival, 0)


def test_11_21_a_deed_that_is_given_is_done() -> None:
    """Whoever is given its deed does that one, whatever it would rather do, and speaks as it does
    with it."""
    before = still(games=4)
    wishes = {"hold": {"base": 18.0}}
    player = DoctrinePlayer(
        doctrine(US, deeds=wishes, words={"appeal": {"with_strike": 18}}), before.book
    )
    assert not decide(player, before.setting, before.state, None, US).deed.any()
    acts = np.array([before.book.deed(US, act) for act in ("aid", "hold", "cyber", "strike_iran")])
    choice = decide(player, before.setting, before.state, None, US, acts)
    assert choice.deed.tolist() == acts.tolist()
    assert choice.word[3] == before.book.word("appeal")


def test_11_22_a_deed_that_is_not_named_is_weighed_as_its_group() -> None:
    """A doctrine's weights on a group are for the deeds of it that it has no own weights for, and
    for no others; a deed's own replace them all."""
    before = still(us_support=0.3)
    told = weighs(
        before,
        US,
        groups={"force": {"base": -2.0, "us_support": 1.0}, "economy": {"base": 0.5}},
        deeds={"cyber": {"base": 0.25}},
    )
    groups = {deed.id: deed.group for deed in before.book.deeds[US]}
    own = {"cyber": {"inclination": 0.25}}
    of_group = {"force": {"inclination": -1.7}, "economy": {"inclination": 0.5}}
    assert {"force", "posture", "politics", "economy"} == set(groups.values())
    for reason in told.deeds:
        expected = own.get(reason.option, of_group.get(groups[reason.option], {}))
        assert worth(told.deeds, reason.option) == near(expected), reason.option


# ------------------------------------------------------------------------------------- the agenda


def test_11_23_the_own_agenda_adds_its_inclination() -> None:
    """A seat's agenda adds to a deed, or to the other deeds of a group, what the rulebook says; in
    a game in which it follows another one it adds nothing."""
    usual, home, _ = still().book.agendas[US]
    home = replace(home, inclination={"draw_down": 2.0, "force": -0.5, "strike_iran": -1.0})
    before = with_agendas(still(), US, usual, home)
    told = weighs(before.with_(agenda={"US": 1}), US)
    assert worth(told.deeds, "draw_down") == near({"agenda": 2})
    assert worth(told.deeds, "strike_depots") == near({"agenda": -0.5})
    assert worth(told.deeds, "strike_iran") == near({"agenda": -1})
    assert worth(told.deeds, "aid") == {}
    assert worth(weighs(before, US).deeds, "draw_down") == {}


def test_11_24_a_doctrine_may_say_otherwise_of_an_agenda() -> None:
    """What a doctrine says of its own about an agenda replaces what the agenda itself adds; one
    that the scenario has not got weighs nothing."""
    own = {"draw_down": {"agenda:troops_home": 0.25, "base": 1.0}, "aid": {"agenda:pressure": 3.0}}
    words = {"silence": {"agenda:troops_home": 0.5, "agenda:pressure": 3.0}}
    usual, home, _ = still().book.agendas[US]
    before = with_agendas(still(), US, usual, home).with_(agenda={"US": 1})
    told = weighs(before, US, deeds=own, words=words)
    assert worth(told.deeds, "draw_down") == near({"agenda": 0.25, "inclination": 1})
    assert worth(told.deeds, "aid") == {}
    assert worth(told.words, "silence") == near({"agenda": 0.5})
