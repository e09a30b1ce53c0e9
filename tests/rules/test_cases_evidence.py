"""Adjudication cases, phase 5: who did it, as each seat sees it."""

from itertools import combinations

import numpy as np
import pytest

from game.content.lens import parameter_ranges
from game.rules.account import account
from game.rules.luck import game_keys
from game.rules.observe import observe
from game.rules.outcome import Source
from game.rules.seats import Cause
from game.rules.setting import Setting
from game.rules.state import ESTIMATED
from tests.support import (
    IRAN,
    IRAQ,
    MILITIA,
    QUIET,
    SEATS,
    US,
    Position,
    book_with,
    deed,
    one_game,
    orders,
    still,
    turn,
    turns,
    word,
)

GAMES = 2000
EVEN = (0.25, 0.25, 0.25, 0.25)
SPLINTER_FIRE = {"chance.splinter_hazard": 1e6}
THIRD_PARTY_FIRE = {"chance.third_party_hazard": 1, "chance.third_party_room": 0}


def near(value: object) -> object:
    return pytest.approx(value, abs=1e-5)


def belief(position: Position, seat: int, game: int = 0) -> np.ndarray:
    return position.suspicion[seat, :, game]


def odds(position: Position, seat: int, cause: Cause, than: Cause) -> float:
    return float(belief(position, seat)[cause] / belief(position, seat)[than])


def even(**columns: object) -> Position:
    """A still position, in the turn after an attack that every seat lays to all four causes
    alike."""
    return still(suspicion={seat.name: EVEN for seat in SEATS}, **{"quiet_days": 0} | columns)


# ------------------------------------------------------------------------------ the hidden culprit


def test_5_1_every_attack_has_a_true_author() -> None:
    """An unsigned attack has one hidden cause: Tehran's order, the militia, a splinter, a third
    party."""
    cases = (
        (Cause.MILITIA, {}, {"MILITIA": "barrage"}),
        (Cause.TEHRAN, {}, {"IRAN": "deniable_strike"}),
        (Cause.SPLINTER, SPLINTER_FIRE, {}),
        (Cause.THIRD_PARTY, THIRD_PARTY_FIRE, {}),
    )
    for cause, rules, given in cases:
        after, _ = turn(still(rules=rules, games=50), **given)
        assert (after.culprit == cause).all()
    after, _ = turn(still(), MILITIA="siege")
    assert after.culprit[0] == -1


def test_5_2_the_worst_attack_is_the_one_that_is_talked_of() -> None:
    """Of several unsigned attacks, the one with the most dead, then with the most hits, sets the
    question."""
    before = still(rules=THIRD_PARTY_FIRE, games=GAMES, us_protection=0)
    after, out = turn(before, MILITIA="harass")
    dead = out.fire_us_killed + out.fire_coalition_killed + out.fire_iraqi_killed
    gravity = 100 * dead + out.fire_hits
    ours, theirs = gravity[Source.MILITIA], gravity[Source.THIRD_PARTY]
    assert (after.culprit[ours > theirs] == Cause.MILITIA).all()
    assert (after.culprit[theirs > ours] == Cause.THIRD_PARTY).all()
    assert min((ours > theirs).sum(), (theirs > ours).sum()) > 50


def test_5_3_a_signed_attack_raises_no_question() -> None:
    """Missiles that Iran says it fired leave nothing to find out."""
    after, out = turn(even(games=50), IRAN="missile_strike")
    assert (after.culprit == -1).all()
    assert (out.signal == -1).all()
    assert after.suspicion == near(0.25)


def test_5_4_nobody_is_told_the_truth() -> None:
    """The culprit is hidden from all: changing it changes nothing that any seat sees."""
    militia, splinter = one_game(culprit=Cause.MILITIA), one_game(culprit=Cause.SPLINTER)
    for seat in SEATS:
        one, other = (observe(p.setting, p.state, None, seat) for p in (militia, splinter))
        for name in one.__slots__:
            mine, theirs = getattr(one, name), getattr(other, name)
            same = mine == theirs
            assert same.all() if isinstance(same, np.ndarray) else same or name == "columns"
        assert all((one.columns[c] == other.columns[c]).all() for c in one.columns)


# ----------------------------------------------------------------------------------------- signals


def test_5_5_evidence_is_noisy_and_each_seat_reads_its_own() -> None:
    """Each seat's evidence points the right way as often as its eyes allow, each for itself."""
    rules = SPLINTER_FIRE | {
        "evidence.sees_us": 0.6,
        "evidence.sees_iran": 0.8,
        "evidence.sees_militia": 0.7,
        "evidence.sees_iraq": 0.5,
    }
    after, out = turn(still(rules=rules, games=GAMES))
    right = out.signal == Cause.SPLINTER
    assert right.mean(axis=1) == pytest.approx([0.6, 0.8, 0.7, 0.5], abs=0.035)
    wrong = out.signal[US][~right[US]]
    for cause in (Cause.TEHRAN, Cause.MILITIA, Cause.THIRD_PARTY):
        assert (wrong == cause).mean() == pytest.approx(1 / 3, abs=0.06)
    together = (right[US] & right[IRAQ]).mean()
    assert together == pytest.approx(0.3, abs=0.035)  # independent: 0.6 x 0.5
    assert after.suspicion.sum(axis=1) == near(1)


def test_5_6_who_fires_knows_it() -> None:
    """Whoever fired needs no evidence, and whoever did not knows that as well; the others guess."""
    before = still(games=GAMES)
    militia, out = turn(before, MILITIA="barrage")
    assert (militia.suspicion[MILITIA, Cause.MILITIA] == 1).all()
    assert (out.signal[MILITIA] == -1).all()
    assert (militia.suspicion[IRAN, Cause.TEHRAN] == 0).all()
    assert (militia.suspicion[IRAN, Cause.MILITIA] < 1).all()
    assert (militia.suspicion[US, Cause.MILITIA] > 0.9).mean() < 0.5
    iran, out = turn(before, IRAN="deniable_strike")
    assert (iran.suspicion[IRAN, Cause.TEHRAN] == 1).all()
    assert (out.signal[IRAN] == -1).all()
    assert (iran.suspicion[MILITIA, Cause.MILITIA] == 0).all()
    assert (iran.suspicion[MILITIA, Cause.TEHRAN] < 1).all()
    splinter, _ = turn(still(rules=SPLINTER_FIRE, games=GAMES))
    assert (splinter.suspicion[MILITIA, Cause.MILITIA] == 0).all()
    assert (splinter.suspicion[IRAN, Cause.TEHRAN] == 0).all()
    for after in (militia, iran, splinter):
        assert (after.suspicion[[US, IRAQ]] > 0).all()


def test_5_6b_tehran_must_guess_whether_it_was_heeded() -> None:
    """Whether the militia did what Tehran asked of it is another matter: Tehran must guess like
    everybody else; the militia knows."""
    rules = {"evidence.sees_iran": 0.6}
    asked = still(rules=rules, games=GAMES, mil_guidance=1)
    heeded, out = turn(asked, MILITIA="barrage")
    assert (heeded.culprit == Cause.TEHRAN).all()
    assert (heeded.suspicion[MILITIA, Cause.TEHRAN] == 1).all()
    assert (out.signal[MILITIA] == -1).all()
    not_heeded, else_out = turn(still(rules=rules | SPLINTER_FIRE, games=GAMES, mil_guidance=1))
    assert (not_heeded.culprit == Cause.SPLINTER).all()
    assert (not_heeded.suspicion[MILITIA, Cause.MILITIA] == 0).all()
    for after in (heeded, not_heeded):
        assert (after.suspicion[IRAN] > 0).all()
        assert (after.suspicion[IRAN] < 1).all()
    for pointed_at in Cause:  # what it believes hangs on its evidence alone, whoever fired
        believed = [
            np.unique(after.suspicion[IRAN][:, told.signal[IRAN] == pointed_at], axis=1)
            for after, told in ((heeded, out), (not_heeded, else_out))
        ]
        assert believed[0].shape == believed[1].shape == (4, 1)
        assert believed[0] == near(believed[1])
    for told, truth in ((out, Cause.TEHRAN), (else_out, Cause.SPLINTER)):
        assert (told.signal[IRAN] == truth).mean() == pytest.approx(0.6, abs=0.035)


def test_5_6c_evidence_that_a_seat_knows_to_be_untrue_tells_it_nothing() -> None:
    """There is no signal where a seat knows better: none to the militia of its own hand, none to
    Tehran of an order that it never gave."""
    before = still(rules=THIRD_PARTY_FIRE, games=GAMES)
    after, out = turn(before)
    own = {IRAN: Cause.TEHRAN, MILITIA: Cause.MILITIA}
    for seat in SEATS:
        pointed_at = set(np.unique(out.signal[seat]).tolist())
        known = {-1, *Cause} - {own[seat]} if seat in own else set(Cause)
        assert pointed_at == {int(cause) for cause in known}
    misled = out.signal[IRAN] == -1
    assert misled.mean() == pytest.approx(
        (1 - after.book.parameters.evidence.sees_iran) / 3, abs=0.03
    )
    assert (after.suspicion[IRAN, Cause.TEHRAN, misled] == 0).all()


def test_5_7_belief_follows_evidence_by_bayes() -> None:
    """Given equal expectations, a signal that is right six times in ten leaves a belief of 0.6."""
    rules = SPLINTER_FIRE | {
        "evidence.prior_tehran": 0.25,
        "evidence.prior_militia": 0.25,
        "evidence.prior_splinter": 0.25,
        "evidence.prior_third_party": 0.25,
        "evidence.lean_us_to_tehran": 1,
        "evidence.sees_us": 0.6,
    }
    after, out = turn(still(rules=rules, games=50))
    for game in range(50):
        pointed_at = out.signal[US, game]
        assert belief(after, US, game)[pointed_at] == near(0.6)
        assert np.delete(belief(after, US, game), pointed_at) == near(0.4 / 3)


def test_5_8_each_seat_expects_what_it_is_used_to() -> None:
    """Washington is readier to see Tehran's hand; a Baghdad that leans to Tehran sees others."""
    before = still(rules=SPLINTER_FIRE, games=GAMES)
    after, _ = turn(before)
    us, iraq = after.suspicion[US].mean(axis=1), after.suspicion[IRAQ].mean(axis=1)
    assert us[Cause.TEHRAN] > iraq[Cause.TEHRAN]
    leaning, _ = turn(before.with_(iraq_lean=1))
    straight, _ = turn(before.with_(iraq_lean=0))
    others = [Cause.SPLINTER, Cause.THIRD_PARTY]
    more, less = (p.suspicion[IRAQ][others].sum(axis=0) for p in (leaning, straight))
    assert (more > less).all()


# ------------------------------------------------------------------------------------------- words


def test_5_9_a_claim_raises_the_odds_of_the_claimant() -> None:
    """A claim multiplies the odds that others give the militia, as its data says."""
    before = even()
    claim = word("claim").odds[MILITIA]
    after, _ = turn(before, MILITIA=("hold", "claim"))
    for seat in (US, IRAN, IRAQ):
        ratio = odds(after, seat, Cause.MILITIA, Cause.THIRD_PARTY)
        assert ratio == pytest.approx(claim[1] / claim[3], rel=1e-4)
        assert belief(after, seat)[Cause.MILITIA] > 0.5


def test_5_10_a_denial_lowers_them() -> None:
    """A denial is worth little, but something."""
    after, _ = turn(even(), MILITIA=("hold", "deny"))
    for seat in (US, IRAN, IRAQ):
        assert 0.15 < belief(after, seat)[Cause.MILITIA] < 0.25
        assert belief(after, seat)[Cause.SPLINTER] > 0.25


def test_5_11_nobody_is_persuaded_by_his_own_words() -> None:
    """The speaker knows what it knows."""
    for said in ("claim", "praise", "claim_facade", "deny"):
        after, _ = turn(even(), MILITIA=("hold", said))
        assert belief(after, MILITIA) == near(0.25)


def test_5_12_a_facade_shifts_the_blame_to_a_splinter() -> None:
    """A claim under a new name points to a splinter, and makes the name known."""
    after, _ = turn(even(), MILITIA=("hold", "claim_facade"))
    for seat in (US, IRAN, IRAQ):
        assert belief(after, seat).argmax() == Cause.SPLINTER
    assert after.mil_facade[0] == near(word("claim_facade").facade)


def test_5_13_a_facade_that_is_known_blurs_outside_eyes() -> None:
    """Behind a known name the true author is harder to see, for outsiders and not for the
    militia."""
    before = still(rules={"evidence.facade_blurs": 0.5}, games=GAMES)
    _, clear = turn(before, MILITIA="barrage")
    _, blurred = turn(before.with_(mil_facade=1), MILITIA="barrage")
    right = [(out.signal == Cause.MILITIA) for out in (clear, blurred)]
    for seat in (US, IRAQ):
        assert right[1][seat].mean() == pytest.approx(right[0][seat].mean() / 2, abs=0.04)
    assert (right[1][MILITIA] == right[0][MILITIA]).all()


def test_5_14_praise_takes_credit_without_a_claim() -> None:
    """Praise moves the odds less than a claim does."""
    praised, _ = turn(even(), MILITIA=("hold", "praise"))
    claimed, _ = turn(even(), MILITIA=("hold", "claim"))
    assert 0.25 < belief(praised, US)[Cause.MILITIA] < belief(claimed, US)[Cause.MILITIA]


def test_5_15_words_come_after_the_evidence_of_the_same_turn() -> None:
    """A claim made with the attack is weighed with that attack's own evidence."""
    before = still(games=GAMES)
    silent, _ = turn(before, MILITIA="barrage")
    claimed, _ = turn(before, MILITIA=("barrage", "claim"))
    assert (claimed.suspicion[US, Cause.MILITIA] > silent.suspicion[US, Cause.MILITIA]).all()


@pytest.mark.parametrize(
    ("speaker", "said"), [(MILITIA, "claim"), (MILITIA, "deny"), (IRAN, "claim"), (IRAN, "deny")]
)
def test_5_29_only_the_first_words_are_news(speaker: int, said: str) -> None:
    """Claims and denials count in the turn of an attack and the next: to say the same again later
    is no news."""
    by, rules = SEATS[speaker].name, {"evidence.fresh_days": 90}
    others = list(SEATS[speaker].rivals)

    def moved(before: Position, **given: str) -> np.ndarray:
        silent, _ = turn(before, **given)
        spoken, _ = turn(before, **given | {by: (given.get(by, "hold"), said)})
        return (spoken.suspicion[others] != silent.suspicion[others]).any(axis=(1, 2))

    fires = {"MILITIA": "barrage", "IRAN": "deniable_strike"}[by]
    before = still(rules=rules, games=50, days=1)
    assert moved(before, **{by: fires}).all()
    struck, _ = turn(before, **{by: fires})
    assert moved(struck).all()
    later, _ = turn(struck)
    assert later.quiet_days[0] == 1
    assert not moved(later).any()


# ----------------------------------------------------------------------------------- investigation


def test_5_16_an_investigation_is_right_more_often_than_not() -> None:
    """Baghdad's investigators name the true cause as often as their odds; errors spread over the
    rest."""
    before = still(games=GAMES, culprit=Cause.THIRD_PARTY, quiet_days=1)
    right = deed(IRAQ, "investigate").investigates
    _, out = turn(before, IRAQ="investigate")
    assert (out.finding >= 0).all()
    named = [(out.finding == cause).mean() for cause in Cause]
    assert named == pytest.approx([*[(1 - right) / 3] * 3, right], abs=0.03)
    assert right > 0.5


def test_5_17_baghdad_believes_its_own_finding_most() -> None:
    """Everybody weighs the finding; Baghdad trusts it, the others half as far."""
    before = even(rules={"evidence.finding_weight": 1.5}, games=50, culprit=Cause.SPLINTER)
    after, out = turn(before, IRAQ="investigate")
    for game in range(50):
        named = out.finding[game]
        for seat, factor in ((IRAQ, 2.5), (US, 1.75), (IRAN, 1.75), (MILITIA, 1.75)):
            assert belief(after, seat, game)[named] == near(factor / (factor + 3))


def test_5_18_the_finding_tells_on_the_american_case() -> None:
    """A finding that clears the militia disputes the American case; one that blames it supports
    it."""
    rules = {"evidence.finding_case": 0.06}
    before = still(rules=rules, games=200, culprit=Cause.SPLINTER, quiet_days=1)
    after, out = turn(before, IRAQ="investigate")
    clears = out.finding >= Cause.SPLINTER
    assert 0 < clears.sum() < 200
    assert after.us_case[clears] == near(0.44)
    assert after.us_case[~clears] == near(0.56)


def test_5_19_without_an_attack_there_is_nothing_to_find() -> None:
    """Where nobody has fired yet, an investigation finds nothing."""
    after, out = turn(even(), IRAQ="investigate")
    assert out.finding[0] == -1
    assert belief(after, US) == near(0.25)


def test_5_19b_a_cold_trail_leads_nowhere() -> None:
    """Findings count while the attack is at most so many days old, and not a day longer."""
    before = still(rules={"evidence.fresh_days": 7}, games=50, culprit=Cause.SPLINTER)
    warm, out = turn(before.with_(quiet_days=7), IRAQ="investigate")
    assert (out.finding >= 0).all()
    assert (warm.us_case != 0.5).all()
    cold, out = turn(before.with_(quiet_days=8), IRAQ="investigate")
    held, _ = turn(before.with_(quiet_days=8))
    assert (out.finding == -1).all()
    assert (cold.suspicion == held.suspicion).all()
    assert (cold.us_case == held.us_case).all()
    _, out = turn(before.with_(quiet_days=8), IRAQ="investigate", MILITIA="barrage")
    assert (out.finding >= 0).all()  # of the attack of this very turn


def test_5_20_the_prologues_attack_can_be_investigated() -> None:
    """The attack on K-1 has a hidden culprit, drawn in each game, whom Baghdad can look for in turn
    1."""
    before = one_game(games=GAMES, rules=QUIET)
    drawn = np.bincount(before.culprit, minlength=4)
    assert drawn.size == 4
    assert drawn.min() > 20
    again = one_game(games=GAMES)
    assert (again.culprit == before.culprit).all()
    assert (one_game(games=10).culprit == before.culprit[:10]).all()
    _, out = turn(before, IRAQ="investigate")
    assert (out.finding >= 0).all()
    right = deed(IRAQ, "investigate").investigates
    assert (out.finding == before.culprit).mean() == pytest.approx(right, abs=0.03)


def test_5_21_findings_are_published() -> None:
    """The finding is in every seat's news; of the evidence, each seat is told its own alone."""
    before = still(games=60)
    after, _ = turn(before, MILITIA="barrage")
    _, out = turn(after, IRAQ="investigate", MILITIA="barrage")
    for game in range(60):
        told = [account(before.setting, out, seat, game) for seat in SEATS]
        assert {seen.finding for seen in told} == {Cause(int(out.finding[game]))}
        for seat, signal in zip(SEATS, out.signal[:, game], strict=True):
            assert told[seat].evidence == (None if signal == -1 else Cause(int(signal)))
        assert told[MILITIA].evidence is None  # its own men fired
    assert {int(named) for named in out.finding} == set(Cause)
    assert {int(signal) for signal in out.signal[US]} == set(Cause)
    _, quiet = turn(before)
    nothing = account(before.setting, quiet, US)
    assert nothing.finding is None
    assert nothing.evidence is None


# --------------------------------------------------------------------------------------- estimates


def test_5_22_estimates_follow_the_truth_late() -> None:
    """What a seat cannot see it estimates; half of a change is seen after the half-life."""
    rules = {"evidence.estimate_half_life": 7} | {
        f"evidence.estimate_width_{seat.name.lower()}": 0 for seat in SEATS
    }
    before = still(rules=rules)
    hidden = before.with_(mil_rockets=200)
    after, out = turn(hidden)
    seen = observe(after.setting, after.state, out, US)
    assert "mil_rockets" not in seen.exact
    assert seen.columns["mil_rockets"][0] == near(400)
    own = observe(after.setting, after.state, out, MILITIA)
    assert own.columns["mil_rockets"][0] == 200


def test_5_23_estimates_err_within_their_width() -> None:
    """An estimate is blurred, by no more than the seat's width, to both sides."""
    rules = {"evidence.estimate_half_life": 1e-3, "evidence.estimate_width_us": 0.3}
    after, out = turn(still(rules=rules, games=GAMES))
    guess = observe(after.setting, after.state, out, US).columns["mil_rockets"]
    assert 420 <= guess.min() < 430
    assert 770 < guess.max() <= 780
    assert guess.mean() == pytest.approx(600, abs=10)


def test_5_24_beliefs_are_probabilities() -> None:
    """However the words and findings fall, every seat's suspicion sums to one."""
    before = one_game(games=500)
    after = turns(
        before,
        4,
        US=("strike_depots", "accuse>IRAN"),
        IRAN=("hold", "deny"),
        MILITIA=("barrage", "claim_facade"),
        IRAQ="investigate",
    )
    assert after.suspicion.sum(axis=1) == near(1)
    assert (after.suspicion >= 0).all()


def test_5_25_the_prologues_culprit_is_drawn_by_its_odds() -> None:
    """Where the prologue tells of an attack, each game draws who did it by the scenario's odds."""
    still_game = still()
    keys = game_keys(3, range(4000))

    def drawn(*odds: float) -> list[float]:
        setting = Setting.of(still_game.book, (7,), (0.0,), still_game.state, odds or None)
        culprit = setting.open_games(keys).culprit
        return [(culprit == cause).mean() for cause in (*Cause, -1)]

    assert drawn(0.1, 0.2, 0.3, 0.4) == pytest.approx([0.1, 0.2, 0.3, 0.4, 0], abs=0.02)
    assert drawn(0, 0, 0, 1) == [0, 0, 0, 1, 0]
    assert drawn(1, 0, 0, 0) == [1, 0, 0, 0, 0]
    assert drawn() == [0, 0, 0, 0, 1]


def test_5_26_the_militias_know_their_own_hand_at_the_opening() -> None:
    """The militias know whether the prologue's attack was theirs. Whether anybody in Tehran had
    ordered it, Tehran's government must guess like everybody else."""
    before = one_game(games=GAMES)
    by = {cause: before.suspicion[MILITIA][:, before.culprit == cause] for cause in Cause}
    for cause in (Cause.TEHRAN, Cause.MILITIA):
        assert (by[cause][cause] == 1).all()
    scenario = before.setting.opening.suspicion
    innocent = [Cause.SPLINTER, Cause.THIRD_PARTY]
    shares = scenario[MILITIA, innocent] / scenario[MILITIA, innocent].sum()
    for cause in innocent:
        assert by[cause].shape[1] > 20
        assert (by[cause][[Cause.TEHRAN, Cause.MILITIA]] == 0).all()
        assert by[cause][innocent] == near(shares + np.zeros(by[cause].shape[1]))
    assert before.suspicion.sum(axis=1) == near(1)
    told_nothing = [US, IRAN, IRAQ]
    assert (before.suspicion[told_nothing] == scenario[told_nothing]).all()
    assert 0 < scenario[IRAN, Cause.TEHRAN, 0] < 1


def test_5_27_who_knows_only_what_it_did_not_do_takes_the_rest_as_even() -> None:
    """Militias whose opening suspicion was all of their own hand, and that did not do it, are left
    with even odds on the others; Tehran's suspicion stands."""
    certain = {"IRAN": (1, 0, 0, 0), "MILITIA": (0.5, 0.5, 0, 0)}
    opening = still(suspicion=certain)
    setting = Setting.of(opening.book, (7,), (0.0,), opening.state, (0, 0, 0, 1))
    state = setting.open_games(game_keys(3, range(5)))
    assert state.suspicion[MILITIA] == near(np.array([[0], [0], [0.5], [0.5]]) + np.zeros(5))
    assert (state.suspicion[IRAN] == np.array([[1], [0], [0], [0]])).all()


LASTING = {"campaign.attacks_per_week": 0, "campaign.effort_half_life": 1e12}
ASTIR = {"iran_ready": 0.5, "mil_ready": 0.5}
SEEN = [row for row, name in enumerate(ESTIMATED) if name != "mil_effort"]
"""What is judged by itself; the campaign's effort is judged by the attacks."""


def test_5_28_every_column_is_misjudged_for_itself() -> None:
    """Every seat's estimate of every column has an error of its own: none tells of another."""
    rules = {"evidence.estimate_half_life": 1e-3} | {
        f"evidence.estimate_width_{seat.name.lower()}": 0.3 for seat in SEATS
    }
    games = 10 * GAMES
    after, _ = turn(still(rules=rules | LASTING, games=games, **ASTIR))
    truth = np.array([getattr(after, ESTIMATED[row]) for row in SEEN])
    error = (after.estimates[:, SEEN] / truth - 1).reshape(-1, games)
    assert error.mean(axis=1) == pytest.approx(0, abs=0.02)
    assert error.min(axis=1) == pytest.approx(-0.3, abs=0.01)
    assert error.max(axis=1) == pytest.approx(0.3, abs=0.01)
    alike = np.corrcoef(error) - np.eye(error.shape[0])
    assert np.abs(alike).max() < 4.5 / np.sqrt(games)


def test_5_28b_two_known_columns_tell_nothing_of_a_third() -> None:
    """Who finds out the truth of two columns, and so the errors of two estimates, can work out
    nothing of any other."""
    rules = {"evidence.estimate_half_life": 1e-3, "evidence.estimate_width_us": 0.3}
    games = 10 * GAMES
    after, _ = turn(still(rules=rules | LASTING, games=games, **ASTIR))
    truth = np.array([getattr(after, ESTIMATED[row]) for row in SEEN])
    error = (after.estimates[US, SEEN] / truth - 1 + 0.3) / 0.6
    cell = np.clip((error * 12).astype(np.intp), 0, 11)
    for one, other, third in combinations(range(len(SEEN)), 3):
        counts = np.bincount((cell[one] * 12 + cell[other]) * 12 + cell[third], minlength=12**3)
        expected = games / 12**3
        assert ((counts - expected) ** 2 / expected).sum() < 2009  # 1727 degrees: 99.9999%


def test_5_30_no_rule_of_evidence_leads_out_of_arithmetic() -> None:
    """At the ends of all ranges that the rules of evidence may have, one by one and all at once,
    any two of them in every pairing, beliefs stay probabilities and estimates numbers."""
    ends = {name: span for name, span in parameter_ranges().items() if name.startswith("evidence.")}
    books = [dict(zip(ends, at, strict=True)) for at in zip(*ends.values(), strict=True)]
    books += [{one: end} for one, span in ends.items() for end in span]
    # Every pairing of two ends is among so many that are mixed at random.
    sides = np.random.default_rng(5).integers(0, 2, (64, len(ends)))
    books += [{one: ends[one][side] for one, side in zip(ends, row, strict=True)} for row in sides]
    pairings = (np.eye(2)[sides].reshape(64, -1).T @ np.eye(2)[sides].reshape(64, -1)).astype(int)
    blocks = pairings.reshape(len(ends), 2, len(ends), 2)
    assert min(blocks[a, :, b].min() for a, b in combinations(range(len(ends)), 2)) > 0
    before = one_game(games=24, rules=SPLINTER_FIRE | THIRD_PARTY_FIRE, mil_facade=1, iraq_lean=1)
    given = orders(before, MILITIA=("barrage", "claim"), IRAN=("hold", "deny"), IRAQ="investigate")
    given.deed[MILITIA, ::2] = 0
    given.deed[IRAN, ::3] = before.book.deed(IRAN, "deniable_strike")
    for rules in books:
        position = Position(before.setting.under(book_with(rules, before.book)), before.state)
        with np.errstate(invalid="raise", divide="raise"):
            after, _ = turn(position, given)
        assert np.isfinite(after.suspicion).all(), rules
        assert after.suspicion.min() >= 0, rules
        assert after.suspicion.sum(axis=1) == near(1), rules
        assert np.isfinite(after.estimates).all(), rules
