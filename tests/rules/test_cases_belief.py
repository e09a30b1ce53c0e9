"""Adjudication cases, phase 5 in numbers: expectations, evidence, words, findings, estimates."""

import numpy as np
import pytest

from game.rules.luck import ESTIMATE_STREAM, Draw, estimate_draws, slot_constants
from game.rules.observe import observe
from game.rules.outcome import Source
from game.rules.rulebook import Fire
from game.rules.seats import Cause
from game.rules.state import COLUMNS, ESTIMATED
from tests.support import (
    IRAN,
    IRAQ,
    MILITIA,
    SEATS,
    US,
    Position,
    lucky,
    still,
    turn,
    with_deed,
    with_site,
    with_word,
)

RULES = {
    "evidence.prior_tehran": 0.4,
    "evidence.prior_militia": 0.3,
    "evidence.prior_splinter": 0.2,
    "evidence.prior_third_party": 0.1,
    "evidence.lean_us_to_tehran": 1.5,
    "evidence.lean_iraq_to_others": 1,
    "evidence.sees_us": 0.7,
    "evidence.sees_iran": 0.7,
    "evidence.sees_militia": 0.7,
    "evidence.sees_iraq": 0.5,
    "evidence.facade_blurs": 0.5,
}
EVEN = {seat.name: (0.25,) * 4 for seat in SEATS}
CLEAR = {Draw.SIGNAL + seat: (0, 0.3) for seat in SEATS}
"""Draws at which every seat's evidence points the right way."""


def near(value: object) -> object:
    return pytest.approx(value, abs=1e-5)


def shares(*weights: float) -> object:
    """Beliefs over Tehran, the militia, a splinter and a third party, by their weights."""
    return near(np.array(weights) / sum(weights))


# ----------------------------------------------------------------------------------------- evidence


def test_5_35_what_evidence_of_a_splinter_leaves() -> None:
    """By Bayes' rule each cause weighs what was expected times the odds of that evidence under it.
    A facade, known by 0.4, blurs by 0.2 what Washington and Baghdad see, third parties apart."""
    rules = RULES | {"chance.splinter_hazard": 1e6}
    before = lucky(still(rules=rules, mil_facade=0.4, iraq_lean=0.5), CLEAR)
    after, out = turn(before)
    assert out.signal[:, 0].tolist() == [Cause.SPLINTER] * 4
    belief = after.suspicion[..., 0]
    # Washington sees 0.56 of 1, readier to see Tehran: 0.4 x 1.5
    assert belief[US] == shares(0.6 * 0.44 / 3, 0.3 * 0.44 / 3, 0.2 * 0.56, 0.1 * 0.3 / 3)
    # Tehran knows that it gave no order, and the militia that it did not fire
    assert belief[IRAN] == shares(0, 0.3 * 0.1, 0.2 * 0.7, 0.1 * 0.1)
    assert belief[MILITIA] == shares(0.4 * 0.1, 0, 0.2 * 0.7, 0.1 * 0.1)
    # Baghdad sees 0.4 of 1, and leaning by a half to Tehran sees others 1.5 times as readily
    assert belief[IRAQ] == shares(0.4 * 0.2, 0.3 * 0.2, 0.3 * 0.4, 0.15 * 0.5 / 3)


def test_5_36_what_evidence_of_a_third_party_leaves() -> None:
    """Of a third party a facade hides nothing."""
    rules = RULES | {"chance.third_party_hazard": 1e6}
    before = lucky(still(rules=rules, mil_facade=0.4, iraq_lean=0.5), CLEAR)
    after, out = turn(before)
    assert out.signal[:, 0].tolist() == [Cause.THIRD_PARTY] * 4
    belief = after.suspicion[..., 0]
    assert belief[US] == shares(0.6 * 0.44 / 3, 0.3 * 0.44 / 3, 0.2 * 0.44 / 3, 0.1 * 0.7)
    assert belief[IRAQ] == shares(0.4 * 0.2, 0.3 * 0.2, 0.3 * 0.2, 0.15 * 0.5)
    assert belief[IRAN] == shares(0, 0.3 * 0.1, 0.2 * 0.1, 0.1 * 0.7)


def test_5_37_where_tehran_had_asked_for_it() -> None:
    """Tehran, which had asked the militia to strike, must guess whether it did; the militia, which
    struck as it was asked, knows that the order was Tehran's."""
    before = lucky(still(rules=RULES, mil_guidance=1), CLEAR)
    after, out = turn(before, MILITIA="barrage")
    assert after.culprit[0] == Cause.TEHRAN
    assert out.signal[:, 0].tolist() == [Cause.TEHRAN, Cause.TEHRAN, -1, Cause.TEHRAN]
    belief = after.suspicion[..., 0]
    assert belief[IRAN] == shares(0.4 * 0.7, 0.3 * 0.1, 0.2 * 0.1, 0.1 * 0.1)
    assert belief[MILITIA] == shares(1, 0, 0, 0)
    unasked, out = turn(lucky(still(rules=RULES), CLEAR), MILITIA="barrage")
    assert out.signal[:, 0].tolist() == [Cause.MILITIA, Cause.MILITIA, -1, Cause.MILITIA]
    assert unasked.suspicion[MILITIA, :, 0] == shares(0, 1, 0, 0)
    assert unasked.suspicion[IRAN, :, 0] == shares(0, 0.3 * 0.7, 0.2 * 0.1, 0.1 * 0.1)


def test_5_38_irans_own_unsigned_strike() -> None:
    """Of its own drones Tehran needs no evidence; the militia, asked for nothing, may suspect
    Tehran."""
    after, out = turn(lucky(still(rules=RULES), CLEAR), IRAN="deniable_strike")
    assert out.signal[:, 0].tolist() == [Cause.TEHRAN, -1, Cause.TEHRAN, Cause.TEHRAN]
    belief = after.suspicion[..., 0]
    assert belief[IRAN] == shares(1, 0, 0, 0)
    assert belief[MILITIA] == shares(0.4 * 0.7, 0, 0.2 * 0.1, 0.1 * 0.1)


SALVO = Fire(rounds_low=5, rounds_high=5, accuracy=1e9, rung=4)
KILLING = SALVO._replace(lethality=1e9, toll=0.1)


@pytest.mark.parametrize(
    ("militia", "iran", "culprit"),
    [
        # one dead outweighs any hits; then hits decide; then the first of the list
        (KILLING, SALVO._replace(rounds_low=90, rounds_high=90), Cause.MILITIA),
        (SALVO, KILLING._replace(rounds_low=1, rounds_high=1), Cause.TEHRAN),
        (SALVO, SALVO._replace(rounds_low=6, rounds_high=6), Cause.TEHRAN),
        (SALVO._replace(rounds_low=6, rounds_high=6), SALVO, Cause.MILITIA),
        (SALVO, SALVO, Cause.MILITIA),
        (SALVO._replace(accuracy=0), SALVO._replace(accuracy=0), Cause.MILITIA),
    ],
)
@pytest.mark.parametrize("who_dies", [(1.0, 0.0), (0.0, 1.0), (0.0, 0.0)])
def test_5_39_which_attack_is_talked_of(
    militia: Fire, iran: Fire, culprit: Cause, who_dies: tuple[float, float]
) -> None:
    """The attack with the most dead, whoever they are, sets the question; then the one with the
    most hits."""
    before = with_deed(still(), MILITIA, "barrage", fire=militia)
    before = with_deed(before, IRAN, "deniable_strike", fire=iran)
    iraqis, partners = who_dies
    before = with_site(before, "taji", iraqis=iraqis, partners=partners)
    after, _ = turn(before, MILITIA="barrage@taji", IRAN="deniable_strike@taji")
    assert after.culprit[0] == culprit


# ------------------------------------------------------------------------------- words and findings


@pytest.mark.parametrize("speaker", [IRAN, MILITIA])
def test_5_40_what_a_word_does_to_the_odds(speaker: int) -> None:
    """A word multiplies the odds that each of the others holds: 2, 4, 0.5 and 0.25."""
    by = SEATS[speaker]
    before = with_word(
        still(suspicion={s.name: (0.4, 0.3, 0.2, 0.1) for s in SEATS}, quiet_days=0),
        "claim",
        odds={by: (2.0, 4.0, 0.5, 0.25)},
    )
    after, _ = turn(before, **{by.name: ("hold", "claim")})
    for seat in SEATS:
        told = (0.4, 0.3, 0.2, 0.1) if seat is by else (0.8, 1.2, 0.1, 0.025)
        assert after.suspicion[seat, :, 0] == shares(*told)


def test_5_41_how_far_a_finding_is_believed() -> None:
    """Baghdad's finding multiplies its own odds of what it names by 1 + 1.5, and those of the
    others by 1 + 1.5 x 0.4; it adds 0.06 to the American case where it names Tehran or the
    militia, and takes it where it does not."""
    rules = {
        "evidence.finding_weight": 1.5,
        "evidence.finding_weight_abroad": 0.4,
        "evidence.finding_case": 0.06,
    }
    for culprit, case in zip(Cause, (0.56, 0.56, 0.44, 0.44), strict=True):
        before = still(rules=rules, culprit=culprit, quiet_days=1, suspicion=EVEN)
        after, out = turn(lucky(before, {Draw.INVESTIGATION: 0.1}), IRAQ="investigate")
        assert out.finding[0] == culprit
        for seat in SEATS:
            weights = np.ones(4)
            weights[culprit] = 2.5 if seat is IRAQ else 1.6
            assert after.suspicion[seat, :, 0] == shares(*weights)
        assert after.us_case[0] == near(case)
    high, _ = turn(
        lucky(before.with_(culprit=Cause.MILITIA, us_case=0.98), {Draw.INVESTIGATION: 0.1}),
        IRAQ="investigate",
    )
    assert high.us_case[0] == 1


# ---------------------------------------------------------------------------------------- estimates

WIDTHS = {
    "evidence.estimate_width_us": 0.3,
    "evidence.estimate_width_iran": 0.2,
    "evidence.estimate_width_militia": 0.1,
    "evidence.estimate_width_iraq": 0.4,
}


UNMOVED = {"campaign.attacks_per_week": 0, "campaign.effort_half_life": 1e12}


def test_5_42_how_estimates_move() -> None:
    """Of an estimate, half is left after the half-life; the other half is the truth, wrong by up to
    the seat's width: at a draw u by -width + 2 x width x u."""
    rules = WIDTHS | UNMOVED | {"evidence.estimate_half_life": 7}
    before = still(rules=rules, games=50, iran_ready=0.4, mil_ready=0.6, mil_effort=0.8)
    before.state.estimates[:] = 0.25
    after, _ = turn(before)
    u = estimates_drawn(before)
    truth = np.array([[MIDDLE_OF[name]] for name in ESTIMATED])
    for seat, width in zip(SEATS, (0.3, 0.2, 0.1, 0.4), strict=True):
        expected = 0.125 + 0.5 * truth * (1 - width + 2 * width * u[seat, : len(ESTIMATED)])
        assert after.estimates[seat] == pytest.approx(expected, rel=1e-5)


MIDDLE_OF = {
    "us_protection": 0.5,
    "iran_network": 0.5,
    "iran_grip": 0.5,
    "mil_rockets": 600,
    "mil_fighters": 20000,
    "mil_concealment": 0.5,
    "iran_missiles": 1500,
    "iran_ready": 0.4,
    "mil_ready": 0.6,
    "mil_effort": 0,  # there was no attack
}


def test_5_43_an_estimate_stays_within_what_can_be() -> None:
    """No estimate is higher than the column can be."""
    full = {name: COLUMNS[name].high for name in ESTIMATED}
    rules = WIDTHS | UNMOVED | {"evidence.estimate_half_life": 1e-3}
    after, _ = turn(still(rules=rules, games=50, **full))
    for k, name in enumerate(ESTIMATED):
        if name == "mil_effort":
            continue  # there was no attack
        assert after.estimates[:, k].max() == COLUMNS[name].high
        assert after.estimates[:, k].min() < COLUMNS[name].high


def test_5_42b_the_campaigns_drive_is_judged_by_the_attacks() -> None:
    """Of 4 attacks a week at full effort, 600 of 800 rockets and what guard lets through, 0.8, make
    2.4 usual; so who sees 2 attacks takes the effort for 0.83, whatever it is. The militias count
    their own attacks and rockets, the others all attacks that nobody signed, and the rockets that
    they take the militias to have: 1,800 of 2,000 make 2.88 usual. Each has the error of his
    estimates."""
    given = {"games": 200, "iraq_guard": 0.5, "mil_rockets": 600}
    before = with_deed(still(rules=JUDGED, mil_effort=0.95, **given), MILITIA, "hold", effort=None)
    before.state.estimates[:, ESTIMATED.index("mil_rockets")] = 1800
    after, out = turn(before)
    own = out.fire_attacks[Source.MILITIA]
    assert {*own.tolist()} == {2, 3}
    u = estimates_drawn(before)
    for seat, width in zip(SEATS, (0.3, 0.2, 0.1, 0.4), strict=True):
        left = after.mil_rockets if seat == MILITIA else 1800
        told = own / (4 * left / (left + 200) * 0.8)
        expected = np.minimum(told * (1 - width + 2 * width * u[seat, EFFORT]), 1)
        assert after.estimates[seat, EFFORT] == pytest.approx(expected, rel=1e-5)


def test_5_42c_attacks_of_others_tell_the_militias_nothing() -> None:
    """A third party's attack is none of theirs: the others take it for the campaign's. Where nobody
    takes the militias to have a rocket left, no attack tells of a campaign."""
    rules = JUDGED | {"campaign.attacks_per_week": 4, "chance.third_party_hazard": 1e3}
    for rockets, others in ((600, True), (0, False)):
        before = still(rules=rules, mil_effort=0, iraq_guard=0.5, mil_rockets=rockets)
        before = with_deed(before, MILITIA, "hold", effort=0)
        before.state.estimates[:, ESTIMATED.index("mil_rockets")] = rockets
        after, out = turn(before)
        assert out.fire_attacks[Source.THIRD_PARTY] > 0
        assert (after.estimates[MILITIA, EFFORT] == 0).all()
        assert (after.estimates[[US, IRAN, IRAQ], EFFORT] > 0).all() == others


JUDGED = WIDTHS | {
    "evidence.estimate_half_life": 1e-3,
    "campaign.attacks_per_week": 4,
    "campaign.by_arsenal": 200,
    "campaign.restrained_by_guard": 0.4,
    "campaign.effort_half_life": 1e12,
}
EFFORT = ESTIMATED.index("mil_effort")


def estimates_drawn(before: Position) -> np.ndarray:
    """(4 seats, slots, games) what the errors of estimates are drawn by."""
    slots = slot_constants(ESTIMATE_STREAM, 0)
    return np.array([estimate_draws(before.state.key, slots, seat) for seat in SEATS])


def test_5_44_a_seat_sees_what_is_its_own() -> None:
    """What a seat sees exactly it sees as it is; of the others it has its estimate, or nothing."""
    own = {
        US: {"us_protection", "us_evidence"},
        IRAN: {"iran_missiles", "iran_network", "iran_ready", "mil_favour", "mil_guidance"},
        MILITIA: {
            "iran_grip", "mil_rockets", "mil_fighters", "mil_concealment", "mil_favour",
            "mil_guidance", "mil_ready",
        },
        IRAQ: set(),
    }  # fmt: skip
    hidden = {"us_wounded_unreported", "mil_effort"}.union(*own.values())
    before: Position = still()
    before.state.estimates[:] = 0.125
    for seat in SEATS:
        seen = observe(before.setting, before.state, None, seat)
        assert seen.exact == COLUMNS.keys() - (hidden - own[seat])
        assert set(seen.columns) == seen.exact | set(ESTIMATED)
        for name, value in seen.columns.items():
            truth = getattr(before, name)[0]
            assert value[0] == (truth if name in seen.exact else 0.125), name


def test_5_45_fire_by_source_and_its_author() -> None:
    """Whoever else fires, the culprit is who fired the worst of it: a splinter beside a third
    party."""
    rules = {"chance.splinter_hazard": 1e6, "chance.third_party_hazard": 1e6}
    after, out = turn(still(rules=rules, games=200, us_protection=0))
    dead = out.fire_us_killed + out.fire_coalition_killed + out.fire_iraqi_killed
    gravity = 100 * dead + out.fire_hits
    third = gravity[Source.THIRD_PARTY] > gravity[Source.SPLINTER]
    assert (after.culprit == np.where(third, Cause.THIRD_PARTY, Cause.SPLINTER)).all()
