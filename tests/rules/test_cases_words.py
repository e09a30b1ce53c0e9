"""Adjudication cases, phase 1: words are posted, whispers delivered.

Each case quotes the rule that it checks; the values that it turns on stand in the case.
"""

import numpy as np
import pytest

from game.rules.account import account
from game.rules.seats import Seat
from game.rules.state import array_names
from tests.support import (
    IRAN,
    IRAQ,
    MILITIA,
    SEATS,
    US,
    one_game,
    still,
    turn,
    turns,
    whisper,
    with_whisper,
    with_word,
    word,
)


def near(value: float) -> object:
    return pytest.approx(value, abs=1e-5)


def test_1_1_threat_draws_a_line() -> None:
    """A threat draws a line at the rung that it names, toward the seat that it names."""
    after, _ = turn(still(), US=("hold", "threaten>IRAN:6"))
    assert after.line[US, IRAN, 0] == 6
    assert after.line[US, MILITIA, 0] == 11
    assert after.line[IRAN, US, 0] == 11


def test_1_2_threat_ties_hands() -> None:
    """A public threat stakes the speaker's name on it, and never less than was staked before."""
    after, _ = turn(still(), US=("hold", "threaten>IRAN:6"))
    assert after.stake[US, IRAN, 0] == near(word("threaten").stake)
    after, _ = turn(still(stake={"US>IRAN": 0.9}), US=("hold", "threaten>IRAN:6"))
    assert after.stake[US, IRAN, 0] == near(0.9)


def test_1_3_threat_offends() -> None:
    """A threat offends the seat that it names, and nobody else."""
    before = still()
    after, _ = turn(before, IRAQ=("hold", "threaten>MILITIA:4"))
    assert after.anger[MILITIA, IRAQ, 0] > before.anger[MILITIA, IRAQ, 0]
    unmoved = after.anger[..., 0] == before.anger[..., 0]
    assert unmoved.sum() == 15


def test_1_4_a_later_threat_moves_the_line() -> None:
    """A line stands where it was last drawn, higher or lower than before."""
    lower, _ = turn(still(line={"IRAN>US": 8}), IRAN=("hold", "threaten>US:5"))
    higher, _ = turn(still(line={"IRAN>US": 3}), IRAN=("hold", "threaten>US:5"))
    assert lower.line[IRAN, US, 0] == higher.line[IRAN, US, 0] == 5


def test_1_5_reassurance_soothes_and_loosens_the_bond() -> None:
    """To reassure takes away a share of the other's anger, and of one's own stake in the line, the
    public and the private one."""
    before = still(
        rules={"words.reassure_lowers_stake": 0.5},
        line={"US>IRAN": 5},
        stake={"US>IRAN": 0.8},
        private_stake={"US>IRAN": 0.4, "IRAN>US": 0.4},
        anger={"IRAN>US": 0.6},
    )
    after, _ = turn(before, US=("hold", "reassure>IRAN"))
    assert after.stake[US, IRAN, 0] == near(0.4)
    assert after.private_stake[US, IRAN, 0] == near(0.2)
    assert after.private_stake[IRAN, US, 0] == near(0.4)
    assert after.line[US, IRAN, 0] == 5
    assert after.anger[IRAN, US, 0] == near(0.6 * (1 - word("reassure").soothes))
    assert after.anger[US, IRAN, 0] == near(0.2)


def test_1_6_a_private_demand_binds_less_than_a_public_threat() -> None:
    """A private demand binds a little to the line that stands, in private; a second one adds its
    share of what is left to bind."""
    drawn = still(line={"US>IRAN": 5}, stake={"US>IRAN": 0.1})
    demanded, _ = turn(drawn, US=("hold", "demand>IRAN"))
    again, _ = turn(demanded, US=("hold", "demand>IRAN"))
    threatened, _ = turn(drawn, US=("hold", "threaten>IRAN:5"))
    binds = whisper("demand").stake
    assert 0 < binds < threatened.stake[US, IRAN, 0]
    assert demanded.private_stake[US, IRAN, 0] == near(binds)
    assert again.private_stake[US, IRAN, 0] == near(binds + binds * (1 - binds))
    assert demanded.stake[US, IRAN, 0] == again.stake[US, IRAN, 0] == near(0.1)


def test_1_7_a_demand_without_a_line_binds_nobody() -> None:
    """A demand binds to the line that stands; where none does, there is nothing to bind to."""
    after, _ = turn(still(), US=("hold", "demand>IRAN"))
    assert after.private_stake[US, IRAN, 0] == after.stake[US, IRAN, 0] == 0
    assert after.line[US, IRAN, 0] == 11


def test_1_8_a_private_assurance_soothes_and_shows_nowhere() -> None:
    """An assurance takes some anger. Nothing that a third seat can see moves: only the two know."""
    before = still(brink=0.4)
    calmer = 0.2 * (1 - whisper("assure").soothes)
    silent, _ = turn(before)
    for to in (US, IRAQ):
        after, _ = turn(before, IRAN=("hold", f"assure>{to.name}"))
        assert after.anger[to, IRAN, 0] == near(calmer)
        after.anger[to, IRAN] = silent.anger[to, IRAN]
        for name in array_names():
            assert (getattr(after, name) == getattr(silent, name)).all(), name


def test_1_9_a_justification_needs_force_to_speak_of() -> None:
    """A justification builds the American case with force, or within some weeks of it."""
    rules = {"words.recent_days": 21}
    words = ("hold", "justify_defence")
    idle, _ = turn(still(rules=rules, us_force_days=22), US=words)
    recent, _ = turn(still(rules=rules, us_force_days=21), US=words)
    acting, _ = turn(still(rules=rules, us_force_days=300), US=("strike_depots", "justify_defence"))
    assert idle.us_case[0] == near(0.5)
    assert idle.us_claim[0] == 0
    assert recent.us_case[0] == acting.us_case[0] == near(0.5 + word("justify_defence").case * 0.5)
    assert recent.us_claim[0] == recent.book.word("justify_defence")


def test_1_10_shifting_the_justification_shows() -> None:
    """To change the justification costs the case, because it shows."""
    before = still(rules={"words.shift_cost": 0.05}, us_force_days=0)
    claimed = before.with_(us_claim=before.book.word("justify_imminent"))
    fresh, _ = turn(before, US=("hold", "justify_deterrence"))
    shifted, _ = turn(claimed, US=("hold", "justify_deterrence"))
    assert shifted.us_case[0] == near(fresh.us_case[0] - 0.05)
    assert shifted.us_claim[0] == before.book.word("justify_deterrence")


def test_1_11_saying_it_twice_adds_nothing() -> None:
    """A justification adds to the case when it is new, not each time that it is repeated."""
    once, _ = turn(still(us_force_days=0), US=("hold", "justify_defence"))
    twice, _ = turn(once, US=("hold", "justify_defence"))
    assert twice.us_case[0] == once.us_case[0]
    assert twice.us_evidence[0] == once.us_evidence[0]


def test_1_12_there_is_seldom_much_proof() -> None:
    """There is a limit to the proof behind a justification, and most have little."""
    before = still(rules={"words.proof_scale": 0.8}, us_force_days=0, games=2000)
    after, _ = turn(before, US=("hold", "justify_imminent"))
    assert after.us_evidence.max() < 0.8
    assert after.us_evidence.max() > 0.7
    assert 0.15 < np.median(after.us_evidence) < 0.25  # a quarter of the limit


def test_1_13_only_washington_builds_the_american_case() -> None:
    """Tehran's plea of self-defence is its own affair."""
    before = still(us_force_days=0)
    silent, _ = turn(before, IRAN="missile_strike")
    after, _ = turn(before, IRAN=("missile_strike", "justify_defence"))
    assert after.us_claim[0] == 0
    assert after.us_case[0] == near(0.5)
    assert after.iran_cohesion[0] > silent.iran_cohesion[0]


def test_1_14_whispers_are_private() -> None:
    """Only its sender and its receiver ever see a whisper."""
    before = one_game()
    _, out = turn(before, IRAN=("hold", "strike>MILITIA"), US=("hold", "demand>IRAN"))
    heard = {seat: account(before.setting, out, seat).whispers for seat in SEATS}
    assert [w.sender for w in heard[US]] == [US]
    assert [w.sender for w in heard[IRAN]] == [US, IRAN]
    assert [w.sender for w in heard[MILITIA]] == [IRAN]
    assert heard[IRAQ] == ()


def test_1_15_words_are_public() -> None:
    """Every seat hears every word, to whomever it is said."""
    before = one_game()
    _, out = turn(before, US=("hold", "threaten>IRAN:5"), MILITIA=("hold", "deny"))
    said = [account(before.setting, out, seat).words for seat in SEATS]
    assert said[0] == said[1] == said[2] == said[3]
    assert [(word.seat, word.to, word.rung) for word in said[0]] == [
        (US, IRAN, 5),
        (MILITIA, None, 0),
    ]


def test_1_16_a_reputation_for_threats_is_not_made_by_threats() -> None:
    """A threat draws a line; only keeping it, or not, tells in the record."""
    before = still(days=1)
    after = turns(before, 3, US=("hold", "threaten>IRAN:5"))
    assert (after.kept == before.kept).all(where=before.channel > 0)
    assert (after.broken == before.broken).all(where=before.channel > 0)


@pytest.mark.parametrize("speaker", SEATS, ids=lambda seat: seat.name)
@pytest.mark.parametrize("listener", SEATS, ids=lambda seat: seat.name)
def test_1_18_what_is_said_between_two_touches_those_two(speaker: Seat, listener: Seat) -> None:
    """Whoever speaks to whom: a threat draws the speaker's line and binds it by 0.6; to reassure
    takes a quarter of the listener's anger and 0.4 of what the speaker staked; to condemn harms the
    listener by 0.1; a demand binds the speaker by 0.3 in private, an assurance soothes by 0.2."""
    if speaker is listener:
        return
    links = tuple((i, j) for i in SEATS for j in SEATS if i is not j)
    pair, to = f"{speaker.name}>{listener.name}", listener.name
    before = still(
        rules={"words.reassure_lowers_stake": 0.4, "minds.anger_gain": 0.5},
        line={pair: 5},
        stake={pair: 0.5},
        private_stake={pair: 0.2},
    )
    before = with_word(before, "threaten", stake=0.6, offends=0)
    before = with_word(before, "reassure", soothes=0.25, effects={})
    before = with_word(before, "condemn", offends=0.1, effects={})
    before = with_whisper(before, "demand", links=links, stake=0.3)
    before = with_whisper(before, "assure", links=links, soothes=0.2)
    for said, there, back in (
        (f"threaten>{to}:7", {"line": 7, "stake": 0.6}, {}),
        (f"reassure>{to}", {"stake": 0.3, "private_stake": 0.12}, {"anger": 0.15}),
        (f"condemn>{to}", {}, {"anger": 0.2 + 0.1 * 0.5 * 0.8}),
        (f"demand>{to}", {"private_stake": 0.2 + 0.3 * 0.8}, {}),
        (f"assure>{to}", {}, {"anger": 0.16}),
    ):
        after, out = turn(before, **{speaker.name: ("hold", said)})
        for name in ("line", "stake", "private_stake", "anger"):
            expected = getattr(before, name)[..., 0].copy()
            if name in there:
                expected[speaker, listener] = there[name]
            if name in back:
                expected[listener, speaker] = back[name]
            assert getattr(after, name)[..., 0] == near(expected), (said, name)
        harmed = np.zeros((4, 4))
        harmed[listener, speaker] = 0.1 if said.startswith("condemn") else 0
        assert out.harm[..., 0] == near(harmed)


def test_1_19_the_case_in_numbers() -> None:
    """A fresh justification adds its share of what is left, 0.2 of 0.4; one that replaces another
    costs 0.05, and neither leads out of the range."""
    rules = {"words.shift_cost": 0.05, "words.recent_days": 21}
    before = with_word(
        still(rules=rules, us_case=0.6, us_force_days=21), "justify_defence", case=0.2
    )
    fresh, _ = turn(before, US=("hold", "justify_defence"))
    assert fresh.us_case[0] == near(0.68)
    shifted = before.with_(us_claim=before.book.word("justify_imminent"))
    after, _ = turn(shifted, US=("hold", "justify_defence"))
    assert after.us_case[0] == near(0.63)
    poor, _ = turn(
        with_word(shifted, "justify_defence", case=0.01).with_(us_case=0),
        US=("hold", "justify_defence"),
    )
    assert poor.us_case[0] == 0
    late, _ = turn(before.with_(us_force_days=22), US=("hold", "justify_defence"))
    assert (late.us_case[0], late.us_claim[0]) == (near(0.6), 0)


def test_1_20_force_that_nobody_sees_is_no_force_to_speak_of() -> None:
    """A justification speaks of force that was used in the open, this turn or within some weeks."""
    before = still(us_force_days=99)
    covert, _ = turn(before, US=("cyber", "justify_defence"))
    assert covert.us_claim[0] == 0
    open_, _ = turn(before, US=("strike_iran", "justify_defence"))
    assert open_.us_claim[0] == before.book.word("justify_defence")
