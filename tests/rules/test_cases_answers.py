"""Adjudication cases, phase 7: what an answer does, and what a blow out of the blue.

In most of them Washington strikes the militias' depots, at rung 6; where it owes them an answer to
an attack that killed, at rung 5, that is one. A turn is a week.
"""

from dataclasses import replace

import numpy as np
import pytest

from game.rules.observe import observe
from game.rules.rulebook import Reach, Strike
from game.rules.seats import SEATS, Cause
from tests.common import difference
from tests.support import (
    IRAN,
    IRAQ,
    MILITIA,
    US,
    Position,
    still,
    turn,
    with_book,
    with_deed,
)

BLOW = {"contingency.blow_rung": 5, "minds.answer_slack": 0, "minds.answer_window": 10}
OWED = {"debt": {"US>MILITIA": 5}, "debt_days": {"US>MILITIA": 17}, "debt_cause": Cause.MILITIA}
"""With ten days of the window left when the week is over."""


def near(value: object, within: float = 1e-5) -> object:
    return pytest.approx(value, abs=within)


def owing(rules: dict[str, float] | None = None, **given: object) -> Position:
    """A still position in which Washington owes the militias an answer."""
    return spared(still(rules=BLOW | (rules or {}), **(OWED | given)))


def idle(rules: dict[str, float] | None = None, **given: object) -> Position:
    """A still position in which nobody owes anybody anything."""
    return spared(still(rules=BLOW | (rules or {}), **given))


def spared(before: Position) -> Position:
    """The position under rules in which a strike on depots only angers, and by 0.1."""
    return with_deed(
        before, US, "strike_depots", strike=Strike(rockets=0.1), effects={}, harm={MILITIA: 0.1},
        against={MILITIA: 6},
    )  # fmt: skip


# ---------------------------------------------------------------------------------------- assurance


def test_7_150_whoever_is_spared_is_assured() -> None:
    """Half of the assurance that is missing is won in its half-life by whoever is spared: by all
    that nobody strikes, and who are owed no answer."""
    rules = {"contingency.assurance_half_life": 7}
    after, _ = turn(owing(rules, debt={"US>MILITIA": 5}))
    for i in SEATS:
        for j in i.rivals:
            kept = 0.5 if (i, j) == (MILITIA, US) else 0.75  # Washington still owes it an answer
            assert after.assurance[i, j, 0] == near(kept)


def test_7_151_an_answer_assures_too() -> None:
    """An answer shows what a blow is for: it wins 0.4 of the assurance that is missing."""
    rules = {"contingency.assurance_half_life": 7, "contingency.assurance_by_answer": 0.4}
    after, out = turn(owing(rules), US="strike_depots")
    assert out.answered[US, MILITIA, 0]
    assert after.assurance[MILITIA, US, 0] == near(0.5 + 0.4 * 0.5)


@pytest.mark.parametrize(("rung", "left"), [(5, 0.35), (4, 0.5)])
def test_7_152_a_blow_out_of_the_blue_takes_assurance_away(rung: int, left: float) -> None:
    """A blow that answers nothing takes 0.3 of the victim's assurance, from the rung on from which
    it is a blow; and nobody else's."""
    before = idle({"contingency.trust_broken": 0.3})
    before = with_deed(before, US, "strike_depots", against={MILITIA: rung})
    after, _ = turn(before, US="strike_depots")
    assert after.assurance[MILITIA, US, 0] == near(left)
    after.state.assurance[MILITIA, US] = before.assurance[MILITIA, US]
    assert (after.assurance == before.assurance).all()


@pytest.mark.parametrize(
    ("cause", "answers"),
    [
        (Cause.TEHRAN, True), (Cause.MILITIA, True),
        (Cause.SPLINTER, False), (Cause.THIRD_PARTY, False),
    ],
)  # fmt: skip
def test_7_153_to_strike_the_wrong_one_is_no_answer(cause: Cause, answers: bool) -> None:
    """Where others had fired, a strike on the militias counts as a blow out of the blue to them,
    though the world takes it for an answer."""
    rules = {"contingency.trust_broken": 0.3, "contingency.assurance_by_answer": 0.4}
    after, out = turn(owing(rules, debt_cause=cause), US="strike_depots")
    assert out.answered[US, MILITIA, 0]
    assert after.assurance[MILITIA, US, 0] == near(0.7 if answers else 0.35)


def test_7_154_it_is_judged_by_the_attack_that_it_answers() -> None:
    """A further attack of the same turn, whoever made it, is not what the strike answers; it opens
    a debt of its own."""
    rules = {
        "chance.third_party_hazard": 1,
        "chance.third_party_room": 0,
        "contingency.wrong_support": 0.1,
    }
    before = owing(rules, line={"US>MILITIA": 3})
    after, out = turn(before, US="strike_depots")
    assert out.crossed[US, MILITIA, 0]
    assert after.debt_cause[0] == Cause.THIRD_PARTY
    assert (
        after.us_support[0] == turn(before.with_(debt_cause=-1), US="strike_depots")[0].us_support
    )
    wrong, _ = turn(before.with_(debt_cause=Cause.SPLINTER), US="strike_depots")
    assert wrong.us_support[0] == near(after.us_support[0] - 0.1)


def test_7_155_a_debt_remembers_who_had_fired() -> None:
    """A crossing keeps the hidden cause of the attack that made it; what the militias do in the
    open is their own, whoever fired last; a further crossing of an open debt changes nothing."""
    rules = {"chance.third_party_hazard": 1, "chance.third_party_room": 0}
    others, out = turn(idle(rules, line={"US>MILITIA": 3}))
    assert out.crossed[US, MILITIA, 0]
    assert others.debt_cause[0] == others.culprit[0] == Cause.THIRD_PARTY
    again, _ = turn(others, MILITIA="siege")
    assert again.debt[US, MILITIA, 0] > 0
    assert again.debt_cause[0] == Cause.THIRD_PARTY
    siege, _ = turn(idle(line={"US>MILITIA": 3}, culprit=Cause.THIRD_PARTY), MILITIA="siege")
    assert siege.debt[US, MILITIA, 0] == 3
    assert siege.debt_cause[0] == Cause.MILITIA


@pytest.mark.parametrize("seat", SEATS, ids=lambda seat: seat.name)
def test_7_156_nobody_is_shown_who_had_fired(seat: int) -> None:
    """What the debt remembers is hidden from all."""
    before = owing()
    other = before.with_(debt_cause=Cause.THIRD_PARTY)
    seen = [observe(p.setting, p.state, None, SEATS[seat]) for p in (before, other)]
    assert difference(*seen) == ""


# --------------------------------------------------------------------------------------------- harm


@pytest.mark.parametrize(
    ("position", "factor"),
    [
        (owing, 0.2),
        (idle, 1.5),
        (lambda rules: owing(rules, debt_cause=Cause.SPLINTER), 1.5),
    ],
)
def test_7_157_an_answer_angers_otherwise_than_a_blow(position: object, factor: float) -> None:
    """The harm of a blow that answers is felt by 0.2, and that of a blow that answers nothing by
    1.5, as far as the world's theory has it; of what angers no seat of another."""
    rules = {"contingency.harm_of_answer": 0.2, "contingency.harm_unprovoked": 1.5}
    _, out = turn(position(rules), US="strike_depots")
    assert out.harm[MILITIA, US, 0] == near(0.1 * factor)
    assert np.count_nonzero(out.harm) == 1


def test_7_158_what_soothes_is_no_blow() -> None:
    """Harm below the rung of a blow is felt as it is, and what soothes as well."""
    rules = {"contingency.harm_of_answer": 0.2, "contingency.harm_unprovoked": 1.5}
    before = with_deed(idle(rules), US, "aid", harm={IRAQ: -0.05, IRAN: 0.05})
    _, out = turn(before, US="aid")
    assert out.harm[[IRAN, IRAQ], US, 0] == near([0.05, -0.05])


# ------------------------------------------------------------------------------------ who judges it

JUDGED = {
    "contingency.answer_support": 0.2,
    "contingency.blow_support": 0.03,
    "contingency.blow_coalition": 0.04,
    "contingency.blow_momentum": 0.1,
}


@pytest.mark.parametrize(
    ("stake", "days", "support"),
    [
        (0.0, 17, 0.2 * 0.5 * 1.4),  # the whole window is left
        (0.6, 17, 0.2 * 1.1 * 1.4),
        (0.6, 12, 0.2 * 1.1 * 0.9),  # half of it
        (0.6, 6, 0.2 * 1.1 * 0.4),  # it has run out
    ],
)
def test_7_159_an_answer_is_applauded_at_home(stake: float, days: int, support: float) -> None:
    """An answer is worth 0.2 of support x (0.5 + the stake on the line) x (0.4 + the share of the
    window that is left)."""
    before = owing(JUDGED, stake={"US>MILITIA": stake}, debt_days={"US>MILITIA": days})
    silent, _ = turn(still(us_case=0.5), US="hold")
    after, out = turn(before, US="strike_depots")
    assert out.promptness[US, MILITIA, 0] == near(max(days - 7, 0) / 10)
    assert after.us_support[0] == near(silent.us_support[0] + support)
    assert after.us_coalition[0] == near(turn(owing(), US="strike_depots")[0].us_coalition[0])


def test_7_160_a_blow_out_of_the_blue_is_paid_for() -> None:
    """It costs 0.03 at home, 0.04 among partners, and gives the drive to expel 0.1 of its room."""
    plain, _ = turn(idle(), US="strike_depots")
    after, _ = turn(idle(JUDGED), US="strike_depots")
    assert after.us_support[0] == near(plain.us_support[0] - 0.03)
    assert after.us_coalition[0] == near(plain.us_coalition[0] - 0.04)
    assert after.iraq_momentum[0] == near(
        plain.iraq_momentum[0] + 0.1 * (1 - plain.iraq_momentum[0])
    )


def test_7_161_missiles_that_answer_are_applauded_in_iran() -> None:
    """Missiles that answer are worth 0.1 of cohesion; out of the blue they rally Washington's
    friends and press Tehran, each by 0.05."""
    rules = {"contingency.answer_cohesion": 0.1, "contingency.blow_by_iran": 0.05}
    calm = {"iran_cohesion": 0.4}
    for given in (calm, calm | {"debt": {"IRAN>US": 7}, "debt_days": {"IRAN>US": 17}}):
        plain, _ = turn(idle(**given), IRAN="missile_strike")
        after, _ = turn(idle(rules, **given), IRAN="missile_strike")
        friends = 0 if "debt" in given else 0.05
        for column, moved in (
            ("iran_cohesion", 0.1 if "debt" in given else 0),
            ("us_support", friends),
            ("us_coalition", friends),
            ("iran_pressure", friends),
            ("iraq_momentum", -friends),
            ("iraq_lean", -friends),
        ):
            assert getattr(after, column)[0] == near(getattr(plain, column)[0] + moved), column


def test_7_162_fire_that_answers_is_cheered_on_the_street() -> None:
    """Force of the militias' own that answers is worth 0.03 of standing; heavy fire out of the blue
    costs 0.06; a few rockets out of the blue neither."""
    rules = {"contingency.answer_standing": 0.03, "contingency.blow_standing": 0.06}
    owed = {"debt": {"MILITIA>US": 3}, "debt_days": {"MILITIA>US": 17}}
    for act, given, moved in (
        ("barrage", owed, 0.03), ("harass", owed, 0.03), ("siege", owed, 0),
        ("barrage", {}, -0.06), ("harass", {}, 0), ("siege", {}, 0), ("hold", owed, 0),
    ):  # fmt: skip
        plain, _ = turn(idle(**given), MILITIA=act)
        after, _ = turn(idle(rules, **given), MILITIA=act)
        assert after.mil_standing[0] == near(plain.mil_standing[0] + moved), act


# ------------------------------------------------------------------------------------ the right one

PROVED = {
    "contingency.right_case": 0.2,
    "contingency.right_support": 0.05,
    "contingency.wrong_case": 0.3,
    "contingency.wrong_support": 0.12,
    "contingency.wrong_coalition": 0.15,
    "contingency.wrong_momentum": 0.25,
    "theory.answer_ends": 0.7,
}


def test_7_163_to_answer_the_right_one() -> None:
    """It makes 0.2 of the case that is missing, 0.05 of support, and ends 0.7 of the campaign."""
    lasting = {"campaign.effort_half_life": 1e12, "campaign.attacks_per_week": 0}
    plain, _ = turn(owing(lasting, mil_effort=0.5), US="strike_depots")
    after, _ = turn(owing(lasting | PROVED, mil_effort=0.5), US="strike_depots")
    assert after.us_case[0] == near(plain.us_case[0] + 0.2 * (1 - plain.us_case[0]))
    assert after.us_support[0] == near(plain.us_support[0] + 0.05)
    assert after.us_coalition[0] == near(plain.us_coalition[0])
    assert (plain.mil_effort[0], after.mil_effort[0]) == near((0.5, 0.15))


def test_7_164_to_answer_the_wrong_one() -> None:
    """It costs 0.3 of the case, 0.12 at home and 0.15 among partners, gives the drive to expel 0.25
    of its room, and leaves the campaign as it was."""
    lasting = {"campaign.effort_half_life": 1e12, "campaign.attacks_per_week": 0}
    given = {"mil_effort": 0.5, "debt_cause": Cause.THIRD_PARTY}
    plain, _ = turn(owing(lasting, **given), US="strike_depots")
    after, _ = turn(owing(lasting | PROVED, **given), US="strike_depots")
    assert after.us_case[0] == near(plain.us_case[0] - 0.3)
    assert after.us_support[0] == near(plain.us_support[0] - 0.12)
    assert after.us_coalition[0] == near(plain.us_coalition[0] - 0.15)
    room = 1 - plain.iraq_momentum[0]
    assert after.iraq_momentum[0] == near(plain.iraq_momentum[0] + 0.25 * room)
    assert after.mil_effort[0] == near(0.5)


def test_7_165_only_a_strike_is_such_an_answer() -> None:
    """What answers below the rung of a strike on the militia proves and ends nothing."""
    lasting = {"campaign.effort_half_life": 1e12, "campaign.attacks_per_week": 0}
    before = owing(lasting | PROVED, mil_effort=0.5)
    before = with_deed(before, US, "strike_depots", against={MILITIA: 5})
    after, out = turn(before, US="strike_depots")
    assert out.answered[US, MILITIA, 0]
    assert after.mil_effort[0] == near(0.5)
    assert after.us_case[0] == near(0.5)


def test_6_42_baghdad_is_less_outraged_by_an_answer() -> None:
    """A strike that answers those who had fired leaves 0.3 of the outrage that another strike
    makes; one that answers the wrong ones, all of it."""
    rules = {
        "contingency.just_momentum": 0.3,
        "politics.breach_momentum": 0.2,
        "politics.dead_momentum": 0,
    }
    for given, share in (
        ({"debt": {"US>MILITIA": 5}, "debt_cause": Cause.MILITIA}, 0.3),
        ({"debt": {"US>MILITIA": 5}, "debt_cause": Cause.THIRD_PARTY}, 1),
        ({"debt_cause": Cause.MILITIA}, 1),
    ):
        before = idle(rules, debt_days={"US>MILITIA": 17}, iraq_lean=0.5, **given)
        after, _ = turn(before, US="strike_depots")
        assert after.iraq_momentum[0] == near(0.5 + 0.2 * share * 1.0 * 0.5)


# ------------------------------------------------------------------------------------------ a lapse


@pytest.mark.parametrize(
    ("pair", "parameter", "column", "moved"),
    [
        ("IRAN>US", "contingency.lapse_cohesion", "iran_cohesion", -0.1 * 0.6),
        ("MILITIA>US", "contingency.lapse_standing", "mil_standing", -0.1 * 0.6),
        # 0.1 x restrained by 0.5 x the stake, of the room that a campaign of 0.2 leaves
        ("US>MILITIA", "campaign.weakness_invites", "mil_effort", 0.1 * 0.5 * 0.6 * 0.8),
    ],
)
def test_7_166_a_line_let_pass_is_paid_for(
    pair: str, parameter: str, column: str, moved: float
) -> None:
    """A line that is let pass costs Tehran and the militias at home, by what was staked on it; an
    American one invites more of the campaign, where fear of an answer restrains it."""
    rules = {
        parameter: 0.1,
        "theory.fear_restrains": 0.5,
        "campaign.effort_half_life": 1e12,
        "campaign.attacks_per_week": 0,
    }
    before = idle(rules, debt={pair: 6}, debt_days={pair: 7}, stake={pair: 0.6}, mil_effort=0.2)
    after, out = turn(before)
    assert out.lapsed.sum() == 1
    assert getattr(after, column)[0] == near(getattr(before, column)[0] + moved)
    in_time, out = turn(before.with_(debt_days={pair: 8}))
    assert not out.lapsed.any()
    assert getattr(in_time, column)[0] == near(getattr(before, column)[0])


# ------------------------------------------------------------------------------------------ resolve


@pytest.mark.parametrize(("shown", "moved"), [(-0.6, 0.1 * 0.5 * 0.6 * 0.8), (0.6, 0), (-40, 0.8)])
def test_7_166b_giving_way_invites_as_much(shown: float, moved: float) -> None:
    """An American action that gives way to the militias invites as a line let pass does that was
    staked as far: 0.1 x restrained by 0.5 x 0.6, of the room of 0.8; all of it at the most."""
    rules = {
        "campaign.weakness_invites": 0.1,
        "theory.fear_restrains": 0.5,
        "campaign.effort_half_life": 1e12,
        "campaign.attacks_per_week": 0,
    }
    before = with_deed(idle(rules, mil_effort=0.2), US, "ease", resolve={MILITIA: shown})
    after, _ = turn(before, US="ease")
    assert after.mil_effort[0] == near(0.2 + moved)


def test_7_167_deeds_show_resolve() -> None:
    """A deed that stands firm by 0.5 adds that to the record of lines kept with whom it is meant
    for, and one that gives way by 0.3 to that of lines let pass; with nobody else."""
    before = with_deed(still(), US, "sanction", resolve={IRAN: 0.5, MILITIA: -0.3})
    after, _ = turn(before, US="sanction")
    kept, broken = after.kept[..., 0] - before.kept[..., 0], after.broken[..., 0] - 1
    assert kept[IRAN, US] == near(0.5)
    assert broken[MILITIA, US] == near(0.3)
    assert np.count_nonzero(kept) == 1
    off_diagonal = broken[~np.eye(4, dtype=bool)]
    assert np.count_nonzero(off_diagonal) == 1


# -------------------------------------------------------------------------------------------- dread


@pytest.mark.parametrize(
    ("rules", "columns", "fear"),
    [
        ({}, {}, 0.5),
        # credibility 3 / 4 x assurance 0.5 x 2
        ({}, {"kept": {"MILITIA>US": 3}}, 0.75),
        # assurance 0.2 of 0.5
        ({}, {"assurance": {"MILITIA>US": 0.2}}, 0.2),
        ({"dread.assurance_weight": 1}, {}, 0.25),
        # 0.5 x (0.7 + 0.6 x 0.5)
        ({"dread.unready": 0.7, "dread.ready_weight": 0.6}, {"us_ready": 0.5}, 0.5),
        ({"dread.unready": 0.7, "dread.ready_weight": 0.6}, {"us_ready": 0}, 0.35),
        # 0.5 x (1 + 1.5 x (0.55 - 0.35))
        (
            {"dread.stake_weight": 1.5, "dread.usual_stake": 0.35},
            {"stake": {"US>MILITIA": 0.55}}, 0.65,
        ),
        # staked in private: 0.5 of the half that is left
        (
            {"dread.stake_weight": 1, "dread.usual_stake": 0.5},
            {"stake": {"US>MILITIA": 0.5}, "private_stake": {"US>MILITIA": 0.5}}, 0.625,
        ),
        # a stake far below the usual never makes it negative
        ({"dread.stake_weight": 9, "dread.usual_stake": 0.35}, {}, 0),
        ({"dread.most": 1.2}, {"kept": {"MILITIA>US": 99}, "assurance": {"MILITIA>US": 1}}, 1.2),
    ],
)  # fmt: skip
def test_7_168_what_there_is_to_fear(rules: dict, columns: dict, fear: float) -> None:
    """Fear is credibility x assurance x its weight x readiness x what is staked on the line, held
    between 0 and its most; and then what the rival can do, here all."""
    before = still(rules=rules, **columns)
    reaches = (Reach(of=US, on=MILITIA, base=1.0),)
    before = with_book(before, replace(before.book, reaches=reaches))
    seen = observe(before.setting, before.state, None, MILITIA)
    assert seen.fear[US, 0] == near(fear, 1e-4)
    assert seen.fear[[IRAN, MILITIA, IRAQ], 0] == near(0)


def test_7_169_readiness_that_is_hidden_is_feared_as_it_is_guessed() -> None:
    """What a rival has made ready out of sight is feared by the estimate of it."""
    rules = {"dread.unready": 0.5, "dread.ready_weight": 1}
    before = still(rules=rules, iran_ready=0)
    guessed = before.with_(iran_ready=1)
    seen = [observe(p.setting, p.state, None, US) for p in (before, guessed)]
    assert difference(*seen) == ""
    guessed.state.estimates[:] = 0.5
    assert observe(guessed.setting, guessed.state, None, US).columns["iran_ready"][0] == 0.5
