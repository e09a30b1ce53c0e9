"""Adjudication cases: what the moment bears, of deeds and of words; and what else remembers it.

The deed of these cases is an American aid whose moment is the case's own, and which moves nothing
but Baghdad's authority, by 0.1 where the moment bears it just so.
"""

import numpy as np
import pytest

from game.rules.luck import Draw
from game.rules.occasions import FEATURES, SHARES
from game.rules.seats import SEATS, Cause, Seat
from tests.support import (
    IRAN,
    IRAQ,
    MILITIA,
    US,
    Position,
    either_side,
    exactly,
    lucky,
    still,
    turn,
    with_deed,
    with_word,
)

SEES = {"occasions.backlash": 1, "occasions.most": 2, "occasions.at_once": 1}
PLAIN: dict[str, object] = {
    "effects": {},
    "weekly": {},
    "costs": {},
    "harm": {},
    "resolve": {},
    "requires": (),
}


def near(value: object, within: float = 1e-5) -> object:
    return pytest.approx(value, abs=within)


def waiting(
    occasion: dict[str, float], rules: dict[str, float] | None = None, **given: object
) -> Position:
    """A still position in which aid waits for this moment."""
    before = still(rules=SEES | (rules or {}), **given)
    return with_deed(before, US, "aid", timely={"iraq_authority": 0.1}, occasion=occasion, **PLAIN)


def borne(before: Position) -> float:
    """How much of aid the moment bears."""
    after, _ = turn(before, US="aid")
    return float(after.iraq_authority[0] - before.iraq_authority[0]) / 0.1


# -------------------------------------------------------------------------------------- the moment

OF_THE_MOMENT = {"occasions.calm_days": 20, "occasions.quiet_days": 10}
OWES = {"debt": {"US>IRAN": 3}}
OTHERS_OWE = {"debt": {"IRAQ>IRAN": 3}}


@pytest.mark.parametrize(
    ("feature", "columns", "value"),
    [
        ("base", {}, 1),
        ("calm", {"us_force_days": 5}, 0.25),
        ("calm", {"us_force_days": 50}, 1),
        ("quiet", {"quiet_days": 4}, 0.4),
        ("quiet", {"quiet_days": 40}, 1),
        ("owes", OWES, 1), ("owes", OTHERS_OWE, 0), ("owes", {}, 0),
        ("debts", OWES, 1), ("debts", OTHERS_OWE, 1), ("debts", {}, 0),
        ("us_firm", {"last_deed": {"US": "sanction"}}, 1),
        ("us_firm", {"last_deed": {"US": "strike_depots"}}, 1),
        ("us_firm", {"last_deed": {"US": "ease"}}, 0),
        ("us_soft", {"last_deed": {"US": "ease"}}, 1),
        ("us_soft", {"last_deed": {"US": "cyber"}}, 0),
        ("iran_firm", {"last_deed": {"IRAN": "missile_strike"}}, 1),
        ("iran_firm", {"last_deed": {"IRAN": "deniable_strike"}}, 0),
        ("iran_soft", {"last_deed": {"IRAN": "seek_talks"}}, 1),
        ("mil_firm", {"last_deed": {"MILITIA": "barrage"}}, 0),
        ("mil_firm", {"last_deed": {"MILITIA": "intimidate"}}, 1),
        ("mil_soft", {"last_deed": {"MILITIA": "truce"}}, 1),
        ("iraq_firm", {"last_deed": {"IRAQ": "hold"}}, 0),
        ("iraq_firm", {"last_deed": {"IRAQ": "guard"}}, 1),
        ("iraq_firm", {"last_deed": {"IRAQ": "appease"}}, 0),
        ("iraq_soft", {"last_deed": {"IRAQ": "hold"}}, 0),
        ("iraq_soft", {"last_deed": {"IRAQ": "appease"}}, 1),
        ("iraq_momentum", {"iraq_momentum": 0.3}, 0.3),
        ("iraq_caretaker", {"iraq_caretaker": 1}, 1),
    ],
)  # fmt: skip
def test_4_90_what_a_moment_is_made_of(feature: str, columns: dict, value: float) -> None:
    """A moment may depend on the days since American force and since an attack, each up to its
    number; on who owes an answer; on what each seat did before, in the open and alone so; and on
    any column that is a share."""
    # Half of it, so that no bound is near.
    before = waiting({"base": 0.25, feature: 0.5}, OF_THE_MOMENT, **columns)
    if feature == "base":
        before = waiting({"base": 0.75}, OF_THE_MOMENT)
    before = with_deed(before, MILITIA, "intimidate", resolve={IRAQ: 0.1})
    before = with_deed(before, IRAQ, "guard", resolve={MILITIA: 0.1, US: -0.05})
    before = with_deed(before, IRAQ, "appease", resolve={MILITIA: -0.1})
    assert borne(before) == near(0.25 + 0.5 * value, 1e-4)


def test_4_91_every_feature_is_known() -> None:
    """Each feature that a moment may depend on stands in a case, each column that is a share among
    them."""
    tried = {entry[0] for entry in test_4_90_what_a_moment_is_made_of.pytestmark[0].args[1]}
    assert set(FEATURES) <= tried
    assert {"iraq_momentum", "iraq_caretaker"} <= set(SHARES)


@pytest.mark.parametrize(
    ("base", "value"), [(3.0, 1.5), (1.5, 1.5), (0.7, 0.7), (-0.3, -0.3), (-0.8, -0.6)]
)
def test_4_92_too_early_or_too_late_it_works_against_its_doer(base: float, value: float) -> None:
    """The moment bears at most 1.5 of a deed, and at worst turns 0.6 of it against its doer."""
    rules = {"occasions.backlash": 0.6, "occasions.most": 1.5}
    assert borne(waiting({"base": base}, rules)) == near(value, 1e-4)


def test_4_93_half_works_at_once_and_half_in_the_next_turn() -> None:
    """A share of 0.3 works at once; the rest in the next turn, by what the moment then bears, and
    whatever is then done."""
    before = waiting({"base": 0.2, "debts": 1.0}, {"occasions.at_once": 0.3})
    first, _ = turn(before, US="aid")
    assert first.iraq_authority[0] == near(0.5 + 0.1 * 0.2 * 0.3)
    owed = first.with_(debt={"IRAN>US": 3}, debt_days={"IRAN>US": 99})
    second, _ = turn(owed)
    assert second.iraq_authority[0] == near(first.iraq_authority[0] + 0.1 * 1.2 * 0.7)
    third, _ = turn(second)
    assert third.iraq_authority[0] == near(second.iraq_authority[0])


@pytest.mark.parametrize(("renewed_days", "share"), [(28, 0.25), (7, 1), (3, 1)])
def test_4_94_what_is_done_again_works_as_the_days_renew_it(
    renewed_days: int, share: float
) -> None:
    """What was done in the turn before works again as far as that turn's days, here seven, make up
    those that renew it; after another deed all of it does."""
    before = waiting({"base": 1}, {"occasions.renewed_days": renewed_days})
    after, _ = turn(before, US="aid")
    again, _ = turn(after, US="aid")
    assert again.iraq_authority[0] - after.iraq_authority[0] == near(0.1 * share)
    fresh, _ = turn(turn(after)[0], US="aid")
    assert fresh.iraq_authority[0] - after.iraq_authority[0] == near(0.1)


def test_4_98_what_works_later_is_no_fresher_than_what_was_done() -> None:
    """Half of a deed works in the next turn: of one that was done again, half of what was renewed,
    whatever is then done."""
    before = waiting({"base": 1}, {"occasions.at_once": 0.5, "occasions.renewed_days": 28})
    first, _ = turn(before, US="aid")
    again, _ = turn(first, US="aid")
    assert again.iraq_authority[0] - first.iraq_authority[0] == near(0.05 + 0.05 * 0.25)
    assert again.last_fresh[US] == near(0.25)
    after, _ = turn(again)
    assert after.iraq_authority[0] - again.iraq_authority[0] == near(0.05 * 0.25)


def test_4_99_the_same_days_in_shorter_turns_add_hardly_more() -> None:
    """The same deed for four weeks, in two turns or in eight: no more than the first time and the
    days after it."""
    for days in (14, 7):
        before = still(rules=SEES | {"occasions.renewed_days": 28}, days=days)
        before = with_deed(
            before, US, "aid", timely={"iraq_authority": 0.1}, occasion={"base": 1}, **PLAIN
        )
        after = before
        for _ in range(28 // days):
            after, _ = turn(after, US="aid")
        gained = float(after.iraq_authority[0] - before.iraq_authority[0])
        assert gained == near(0.1 * (1 + (28 - days) / 28))


def test_4_95_nobody_is_counted_first() -> None:
    """What the moment bears is as the turn finds it, whatever the others do in it."""
    before = waiting({"iraq_momentum": 2.0}, iraq_momentum=0.3)
    before = with_deed(before, MILITIA, "parliament", effects={"iraq_momentum": 0.4}, timely={})
    before = with_deed(before, MILITIA, "parliament", occasion={"iraq_authority": 1.0})
    alone, _ = turn(before, US="aid")
    both, _ = turn(before, US="aid", MILITIA="parliament")
    assert both.iraq_authority[0] == near(alone.iraq_authority[0]) == near(0.56)


def test_4_96_what_a_vote_refused_was_not_done() -> None:
    """A government whose vote failed has done nothing: it is nothing that the next turn
    remembers."""
    failed, _ = turn(still(rules={"politics.quorum": 9}), IRAQ="resolution")
    assert failed.last_deed[IRAQ, 0] == 0
    passed, _ = turn(still(rules={"politics.quorum": -9}), IRAQ="resolution")
    assert passed.last_deed[IRAQ, 0] == passed.book.deed(IRAQ, "resolution")


def test_8_31_what_was_done_and_said_is_remembered_for_a_turn() -> None:
    """Each seat's deed and word stand until it does and says another."""
    given = {"US": ("aid", "reassure>IRAQ"), "MILITIA": ("recruit", "praise")}
    after, _ = turn(still(), **given)
    book = after.book
    deeds = [book.deed(US, "aid"), 0, book.deed(MILITIA, "recruit"), 0]
    assert after.last_deed[:, 0].tolist() == deeds
    assert after.last_word[:, 0].tolist() == [book.word("reassure"), 0, book.word("praise"), 0]
    later, _ = turn(after)
    assert not later.last_deed.any()
    assert not later.last_word.any()


# ------------------------------------------------------------------------------------------- words


def heard(before: Position, speaker: str = "IRAQ", **given: object) -> float:
    """What an appeal that adds 0.1 to the speaker's side is worth."""
    effects = {seat: {"us_coalition": 0.1} for seat in SEATS}
    before = with_word(before, "appeal", effects=effects)
    quiet, _ = turn(before, **given)
    act = given.get(speaker, "hold")
    spoken, _ = turn(before, **(given | {speaker: (act, "appeal")}))
    return float(spoken.us_coalition[0] - quiet.us_coalition[0])


@pytest.mark.parametrize(
    ("occasion", "columns", "given", "worth"),
    [
        (None, {}, {}, 0.1),
        ("news", {}, {}, 0),
        ("news", {"quiet_days": 3}, {}, 0.1),
        ("news", {"quiet_days": 4}, {}, 0),
        ("news", {}, {"MILITIA": "barrage"}, 0.1),
        ("news", {}, {"IRAN": "missile_strike"}, 0),  # signed: there is no news in it
        ("news", {}, {"US": "strike_depots"}, 0),
        ("blow", {}, {}, 0),
        ("blow", {"us_force_days": 5}, {}, 0.1),
        ("blow", {"us_force_days": 6}, {}, 0),
        ("blow", {}, {"US": "strike_depots"}, 0.1),
        ("blow", {}, {"MILITIA": "barrage"}, 0),
        ("deed", {}, {}, 0),
        ("deed", {}, {"MILITIA": "barrage"}, 0.1),
        ("deed", {}, {"US": "strike_depots"}, 0.1),
        ("deed", {"quiet_days": 1}, {}, 0.1),
        ("deed", {"us_force_days": 1}, {}, 0.1),
        ("force", {"us_force_days": 1}, {"US": "strike_depots"}, 0),  # not the speaker's own
    ],
)
def test_6_43_a_word_needs_its_occasion(
    occasion: str | None, columns: dict, given: dict, worth: float
) -> None:
    """A word works on publics where there is occasion for it: unsigned fire of this turn or the
    three days before, American force of this turn or the five days before, one of the two, or the
    speaker's own force in the open."""
    rules = {"evidence.fresh_days": 3, "words.recent_days": 5, "contingency.blow_rung": 11}
    before = with_word(still(rules=rules, **({"quiet_days": 50} | columns)), "appeal")
    before = with_word(before, "appeal", occasion=occasion)
    assert heard(before, **given) == near(worth, 1e-4)


@pytest.mark.parametrize(
    ("speaker", "act", "columns", "worth"),
    [
        ("IRAN", "missile_strike", {}, 0.1),
        ("IRAN", "deniable_strike", {}, 0),
        ("IRAN", "hold", {"us_force_days": 1}, 0),
        ("US", "strike_depots", {}, 0.1),
        ("US", "hold", {"us_force_days": 5}, 0.1),
        ("US", "hold", {"us_force_days": 6}, 0),
    ],
)
def test_6_44_who_speaks_of_his_own_force(
    speaker: str, act: str, columns: dict, worth: float
) -> None:
    """What is said of one's own force counts where it was used in the open; Washington's is spoken
    of for five days more."""
    before = with_word(still(rules={"words.recent_days": 5}, **columns), "appeal", occasion="force")
    assert heard(before, speaker, **{speaker: act}) == near(worth, 1e-4)


def test_6_45_said_again_it_is_worth_less() -> None:
    """A word that was said in the turn before has again as much of its effect as that turn's days,
    here seven, make up of those that renew it."""
    opening = with_word(still(rules={"occasions.renewed_days": 17.5}), "appeal", occasion=None)
    assert heard(opening.with_(last_word={"IRAQ": "appeal"})) == near(0.1, 1e-4)
    before, _ = turn(opening)
    assert heard(before) == near(0.1, 1e-4)
    assert heard(before.with_(last_word={"IRAQ": "appeal"})) == near(0.04, 1e-4)
    assert heard(before.with_(last_word={"IRAN": "appeal"})) == near(0.1, 1e-4)
    assert heard(before.with_(last_word={"IRAQ": "condemn"})) == near(0.1, 1e-4)


@pytest.mark.parametrize("seat", SEATS, ids=lambda seat: seat.name)
def test_6_46_silence_has_its_worth(seat: Seat) -> None:
    """To say nothing may move columns, too; whoever says something does without that."""
    other = "condemn>IRAN" if seat is not IRAN else "condemn>US"
    before = with_word(still(), "condemn", effects={})
    before = with_word(before, "silence", effects={seat: {"us_coalition": 0.1}})
    spoke, _ = turn(before, **{seat.name: ("hold", other)})
    silent, _ = turn(before)
    assert silent.us_coalition[0] - spoke.us_coalition[0] == near(0.1, 1e-4)


@pytest.mark.parametrize("seat", SEATS, ids=lambda seat: seat.name)
def test_4_130_to_hold_may_calm_and_rest(seat: Seat) -> None:
    """To hold is a deed as any other: it may soothe others and add to columns."""
    other = US if seat is not US else IRAN
    plain, _ = turn(still())
    before = with_deed(still(), seat, "hold", harm={other: -0.1}, weekly={"mil_fighters": 35.0})
    after, _ = turn(before)
    assert after.mil_fighters[0] - plain.mil_fighters[0] == near(35, 1e-2)
    assert after.anger[other, seat, 0] < plain.anger[other, seat, 0]


def test_1_21_a_justification_needs_force() -> None:
    """Washington builds its case where it used force in the open, in this turn or in the five days
    before it."""
    rules = {"words.recent_days": 5, "contingency.blow_rung": 11}
    case = 0.5 + still().book.words[still().book.word("justify_defence")].case * 0.5
    for days, act, made in (
        (5, "hold", case), (6, "hold", 0.5), (6, "strike_depots", case), (6, "cyber", 0.5),
    ):  # fmt: skip
        after, _ = turn(still(rules=rules, us_force_days=days), US=(act, "justify_defence"))
        assert after.us_case[0] == near(made), (days, act)


def test_1_22_who_stands_down_means_it() -> None:
    """To reassure somebody stands down half of what was made ready, and wins as much of the
    assurance that is missing as 0.6 x what was ready: of a half, 0.24."""
    rules = {"words.stood_down": 0.6}
    ready = {"us_ready": 0.8, "iran_ready": 0.8, "mil_ready": 0.8}
    for speaker, column in ((US, "us_ready"), (IRAN, "iran_ready"), (MILITIA, "mil_ready")):
        listener = speaker.rivals[0]
        before = still(rules=rules, **ready)
        after, _ = turn(before, **{speaker.name: ("hold", f"reassure>{listener.name}")})
        assert after.assurance[listener, speaker, 0] == near(0.5 + 0.6 * 0.8 * 0.5)
        assert after.assurance.sum() == near(before.assurance.sum() + 0.24, 1e-4)
        for other in ready:
            assert getattr(after, other)[0] == near(0.4 if other == column else 0.8)
    after, _ = turn(still(rules=rules, **ready), IRAQ=("hold", "reassure>US"))
    assert (after.assurance == 0.5).all()  # Baghdad has nothing to stand down


# ------------------------------------------------------------------------------------- accusations

ACCUSES = {
    "words.accusation_case": 0.2,
    "words.accusation_momentum": 0.05,
    "words.aired_odds": 0.3,
    "evidence.fresh_days": 3,
}


@pytest.mark.parametrize(
    ("culprit", "accused", "right"),
    [
        (Cause.TEHRAN, "IRAN", True),
        (Cause.TEHRAN, "MILITIA", True),
        (Cause.MILITIA, "MILITIA", True),
        (Cause.MILITIA, "IRAN", False),
        (Cause.SPLINTER, "MILITIA", False),
        (Cause.THIRD_PARTY, "IRAN", False),
    ],
)
def test_5_50_an_accusation_is_right_or_wrong(culprit: Cause, accused: str, right: bool) -> None:
    """Washington's accusation counts once the truth comes out, with odds of 0.3: it makes 0.2 of
    case where it was right; where it was wrong it costs as much, and gives the drive to expel 0.05.
    Who sends the militias may be accused, and they as well."""
    before = still(rules=ACCUSES, culprit=culprit, quiet_days=0)
    luck = either_side(before, Draw.AIRED, 0.3)
    after, out = turn(luck, US=("hold", f"accuse>{accused}"))
    assert out.aired.tolist() == [not right, False]
    assert after.us_case == near([0.7, 0.5] if right else [0.3, 0.5])
    assert after.iraq_momentum == near([0.5, 0.5] if right else [0.55, 0.5])


def test_5_51_there_must_be_somebody_to_accuse() -> None:
    """Where there is no news of an attack, to accuse makes no case; nor does what others say, or
    what is said of Baghdad."""
    for columns, given in (
        ({"quiet_days": 1, "culprit": 1}, {"US": ("hold", "accuse>MILITIA")}),
        ({"quiet_days": 0, "culprit": 1}, {"IRAQ": ("hold", "accuse>MILITIA")}),
        ({"quiet_days": 0, "culprit": 1}, {"US": ("hold", "accuse>IRAQ")}),
    ):
        after, _ = turn(lucky(still(rules=ACCUSES, **columns), {Draw.AIRED: 0.0}), **given)
        assert (after.us_case[0], after.iraq_momentum[0]) == near((0.5, 0.5))


@pytest.mark.parametrize(("seat", "act"), [(US, "cyber"), (IRAN, "cyber")])
def test_5_52_who_breaks_in_may_learn_who_fired(seat: int, act: str) -> None:
    """Who breaks into others' systems learns with odds of 0.6 who made the last attack: that cause
    weighs nine times as much; nobody else learns anything."""
    even = {name.name: (0.25,) * 4 for name in SEATS}
    before = still(rules={"evidence.revealed_weight": 9}, culprit=2, suspicion=even)
    before = with_deed(before, SEATS[seat], act, reveals=0.6)
    after, _ = turn(either_side(before, Draw.REVEALED, 0.6), **{SEATS[seat].name: act})
    assert after.suspicion[seat, :, 0] == near([1 / 12, 1 / 12, 9 / 12, 1 / 12])
    assert after.suspicion[seat, :, 1] == near([0.25] * 4)
    for other in SEATS[seat].rivals:
        assert after.suspicion[other] == near(0.25)
    nobody, _ = turn(before.with_(culprit=-1), **{SEATS[seat].name: act})
    assert nobody.suspicion == near(0.25)


# --------------------------------------------------------------------------------------- sanctions


@pytest.mark.parametrize(
    ("minds", "rest"),
    [
        ({}, 0.6),
        # anger 0.7 of a usual 0.2, driven by 1.5: 0.6 + 0.4 x 0.75
        ({"anger": {"US>IRAN": 0.7}}, 0.9),
        # credibility 3 / 4, so that fear is 0.75 of a usual 0.5, restrained by 0.8
        ({"kept": {"US>IRAN": 3}}, 0.6 - 0.4 * 0.2),
        # what Tehran staked counts: fear of 0.5 x (1 + 1 x 0.65)
        ({"stake": {"IRAN>US": 1}}, 0.6 - 0.4 * 0.8 * 0.325),
    ],
)
def test_8_32_sanctions_follow_washingtons_mood(minds: dict, rest: float) -> None:
    """Where sanctions come to rest moves with Washington's anger at Tehran, and its fear of it,
    beyond the usual, as far as the world's theory has it."""
    rules = {
        "upkeep.pressure_half_life": 7,
        "upkeep.pressure_rest": 0.6,
        "upkeep.pressure_by_mood": 0.4,
        "upkeep.pressure_usual_anger": 0.2,
        "upkeep.pressure_usual_fear": 0.5,
        "theory.anger_drives": 1.5,
        "theory.fear_restrains": 0.8,
    }
    if "stake" in minds:
        rules |= {"dread.stake_weight": 1, "dread.usual_stake": 0.35}
    after, _ = turn(still(rules=rules, iran_pressure=0.5, **minds))
    assert after.iran_pressure[0] == near((0.5 + rest) / 2)


@pytest.mark.parametrize(
    ("draw", "rest"),
    [(0.0, 0.5), (0.5, 0.5), (0.25 / 4096, 0.55), (0.5 + 0.25 / 4096, 0.55), (0.875 / 4096, 0.675)],
)
def test_8_34_quarrels_among_washingtons_offices_move_them(draw: float, rest: float) -> None:
    """A turn's quarrels among Washington's offices move where sanctions come to rest by up to 0.1,
    down or up. They share a draw with the factions', but no bit of it: of 24 the last 12 count."""
    rules = {
        "upkeep.pressure_half_life": 7,
        "upkeep.pressure_rest": 0.6,
        "upkeep.pressure_quarrels": 0.1,
    }
    before = exactly(still(rules=rules, iran_pressure=0.5), Draw.QUARRELS, [draw])
    after, _ = turn(before)
    assert after.iran_pressure[0] == near((0.5 + rest) / 2)


# ----------------------------------------------------------------------------------------- cabinet


def test_8_33_a_government_takes_over_when_the_parties_agree() -> None:
    """Once the parties have agreed in full, the caretaker goes, and nothing is left to agree on;
    short of that, what they agreed on stays."""
    before = still(iraq_caretaker=1, iraq_cabinet=0.5)
    for added, caretaker, cabinet in ((0.5, 0, 0), (0.6, 0, 0), (0.49, 1, 0.99)):
        position = with_deed(before, IRAQ, "form", **PLAIN | {"effects": {"iraq_cabinet": added}})
        position = with_deed(position, IRAQ, "form", timely={})
        after, _ = turn(position, IRAQ="form")
        assert (after.iraq_caretaker[0], after.iraq_cabinet[0]) == near((caretaker, cabinet))
    idle, _ = turn(still(iraq_caretaker=0, iraq_cabinet=1))
    assert (idle.iraq_caretaker[0], idle.iraq_cabinet[0]) == (0, 1)
    assert np.isfinite(idle.iraq_authority).all()
