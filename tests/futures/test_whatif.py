"""The same luck, another choice: paired what-ifs do not depend on chunks or workers."""

from collections import Counter
from dataclasses import fields
from functools import cache

import numpy as np
import pytest

from game.content.dealt import undrawn
from game.futures.cast import cast
from game.futures.statistics import Estimate, Paired
from game.futures.whatif import MEASURES, Effect, Question, WhatIf, obstacles, run
from game.players.base import decide_all, holding_choice
from game.rules.endings import Ending, marks
from game.rules.legal import deed_mask, why_not_deed
from game.rules.luck import game_keys
from game.rules.outcome import Outcome
from game.rules.resolve import resolve
from game.rules.seats import SEATS, Seat
from game.rules.setting import Setting
from game.rules.state import Floats, State
from game.views.effects import Way
from tests.common import scenario
from tests.futures.by_hand import go_on

US, IRAN, MILITIA, IRAQ = SEATS

ASKED = Question(turn=2, seat=Seat.US, deed="strike_fighters", instead="hold", horizon=2)


def answer(chunk: int, workers: int = 1, question: Question = ASKED) -> Effect:
    total = Effect()
    what_if = WhatIf("turn_zero", question, games=40, seed=3)
    for part in run(what_if, chunk=chunk, workers=workers):
        total.merge(part)
    return total


def test_chunks_and_workers_do_not_matter() -> None:
    whole = answer(4096)
    assert whole.asked == 40
    assert 0 < whole.games <= 40
    assert answer(1) == whole
    assert answer(17) == whole
    assert answer(20, 2) == whole


def test_the_same_deed_twice_makes_no_difference() -> None:
    same = Question(turn=2, seat=Seat.US, deed="hold", instead="hold", horizon=2)
    for name, paired in answer(4096, question=same).pairs.items():
        assert paired.squares_of_difference == 0, name
        assert paired.more == paired.less == 0


def test_the_other_way_round_is_the_opposite() -> None:
    there = answer(4096)
    back = answer(4096, question=Question(2, Seat.US, "hold", "strike_fighters", 2))
    for name, paired in there.pairs.items():
        other = back.pairs[name]
        assert (paired.sum_a, paired.sum_b) == (other.sum_b, other.sum_a), name
        assert (paired.more, paired.less) == (other.less, other.more), name
    assert any(paired.squares_of_difference for paired in there.pairs.values())


@pytest.mark.parametrize("step", [1.0, 0.01])
def test_a_paired_difference_is_numpy_s(step: float) -> None:
    luck = np.random.default_rng(8)
    a = np.round(luck.normal(40, 9, 500) / step).astype(np.float32) * np.float32(step)
    b = np.round((a + luck.normal(1, 3, 500)) / step).astype(np.float32) * np.float32(step)
    paired = Paired(step)
    for cut in (slice(0, 7), slice(7, 400), slice(400, 500)):
        part = Paired(step)
        part.add(a[cut], b[cut])
        paired.merge(part)
    difference = a.astype(float) - b
    estimate = paired.difference
    assert estimate.mean == pytest.approx(difference.mean(), rel=1e-4)
    assert estimate.error == pytest.approx(difference.std(ddof=1) / 500**0.5, rel=1e-4)
    assert estimate.low < estimate.mean < estimate.high
    assert paired.mean_a == pytest.approx(a.mean(dtype=float), rel=1e-5)
    assert paired.more == int((difference > step / 2).sum())
    apart = (a.var(ddof=1, dtype=float) + b.var(ddof=1, dtype=float)) / difference.var(ddof=1)
    assert paired.unpaired_ratio == pytest.approx(apart, rel=1e-3)


# --- no effect where there is none, and the true one where there is


@pytest.mark.parametrize("seat", SEATS)
@pytest.mark.parametrize("turn", [1, 3])
def test_holding_in_place_of_holding_does_nothing_at_all(seat: Seat, turn: int) -> None:
    same = Question(turn, seat, "hold", "hold", 3)
    for name, paired in answer(4096, question=same).pairs.items():
        assert paired.difference[:4] == (0, 0, 0, 0), name
        assert paired.difference.way is Way.SAME
        assert not paired.difference.is_clear


def test_an_order_whose_effect_comes_too_late_changes_no_attack() -> None:
    """What Baghdad does in the last turn is not seen before the calendar ends."""
    late = Question(3, Seat.IRAQ, "dialogue", "hold", 1)
    effect = answer(4096, question=late)
    assert effect.games
    assert effect.pairs["attacks"].difference[:4] == (0, 0, 0, 0)
    assert effect.pairs["us_dead"].difference[:4] == (0, 0, 0, 0)


TRUTH = 0.7


@pytest.mark.parametrize("games", [50, 300])
def test_intervals_cover_the_truth_as_often_as_they_say(games: int) -> None:
    luck = np.random.default_rng(20)
    covered = 0
    for _ in range(400):
        shared = luck.poisson(4, games)
        paired = Paired()
        gained = (luck.random(games) < TRUTH).astype(np.float32)
        noise = luck.integers(-2, 3, (2, games))
        paired.add(shared + gained + noise[0] + 10, (shared + noise[1] + 10).astype(np.float32))
        covered += paired.difference.low <= TRUTH <= paired.difference.high
    assert 0.92 <= covered / 400 <= 0.98


def test_intervals_of_games_cover_what_many_games_find() -> None:
    """Forty samples of a hundred games each; all together stand for the truth."""
    samples = list(
        run(WhatIf("turn_zero", ASKED, 4000, seed=9), chunk=100, workers=1, others=False)
    )
    whole = Effect()
    for sample in samples:
        whole.merge(sample)
    for name in ("attacks", "highest_rung", "mark_US", "mark_IRAN", "mark_MILITIA"):
        truth = whole.pairs[name].difference.mean
        found = [sample.pairs[name].difference for sample in samples]
        assert truth != 0, name
        assert sum(each.low <= truth <= each.high for each in found) >= 34, name


def test_parts_may_be_added_up_in_any_order() -> None:
    luck = np.random.default_rng(21)
    a, b = (luck.integers(0, 9, (6, 50)).astype(np.float32) for _ in range(2))
    parts = [Paired() for _ in range(6)]
    for k, part in enumerate(parts):
        part.add(a[k], b[k])
    totals = []
    for order in (range(6), reversed(range(6)), luck.permutation(6)):
        total = Paired()
        for k in order:
            total.merge(parts[k])
        totals.append(total)
    whole = Paired()
    whole.add(a.reshape(-1), b.reshape(-1))
    assert totals == [whole] * 3


def test_every_measure_is_compared_over_the_same_games() -> None:
    effect = answer(4096)
    assert list(effect.pairs) == list(MEASURES)
    assert {paired.games for paired in effect.pairs.values()} == {effect.games}


def test_what_stands_in_the_way_is_told() -> None:
    impossible = Question(1, Seat.IRAQ, "order_out", "hold", 1)
    assert answer(4096, question=impossible).games == 0
    told = obstacles(WhatIf("turn_zero", impossible, games=5, seed=3))
    assert "order_out: parliament would not carry it" in told
    assert obstacles(WhatIf("turn_zero", ASKED, games=5, seed=3, before="")) == []


# --- the article's question, under each theory


MARCH = Question(turn=10, seat=Seat.US, deed="strike_depots", instead="hold", horizon=3)
LENSES = ("balanced", "deterrence", "proxy", "resolve", "spiral")


@cache
def march(lens: str) -> Effect:
    """The strike of 13 March against holding, over 18 days."""
    total = Effect()
    for part in run(WhatIf("the_article", MARCH, 4096, 1, lens), chunk=4096, workers=1):
        total.merge(part)
    return total


def test_the_lenses_disagree_about_the_strike_of_march() -> None:
    balanced, deterrence, spiral = (
        march(lens).pairs["attacks"].difference for lens in ("balanced", "deterrence", "spiral")
    )
    # By deterrence the strike makes attacks fewer; by the spiral, under rules in which an answer
    # to a crossed line is borne, it makes none fewer: the two intervals lie apart.
    assert deterrence.high < 0
    assert deterrence.high < spiral.low
    assert deterrence.mean < balanced.mean < spiral.mean


@pytest.mark.parametrize("lens", LENSES)
def test_pairing_needs_fewer_games(lens: str) -> None:
    """An interval of the same width would take at least a fifth more games of luck of their own."""
    assert march(lens).pairs["attacks"].unpaired_ratio >= 1.2


@pytest.mark.parametrize("lens", LENSES)
def test_most_games_can_be_asked(lens: str) -> None:
    assert march(lens).asked == 4096
    assert march(lens).games > 0.9 * 4096


# --- by hand: both lines, by the rules and players alone


def by_hand(what_if: WhatIf) -> Effect:
    """The effect, one line after the other, from the games' opening on."""
    read, question = undrawn(scenario(str(what_if.scenario))), what_if.question
    rules, book, seat = read.setting, read.setting.rulebook, question.seat
    after = cast(read, dict(what_if.players), people=True)
    before = cast(read, dict.fromkeys(SEATS, what_if.before)) if what_if.before else after
    opened = rules.open_games(game_keys(what_if.seed, range(what_if.games)))
    shots = [(opened, None), *go_on(rules, before, (opened, None), question.turn - 1)]
    state, outcome = shots[-1]
    codes = [book.deed(seat, name) for name in (question.deed, question.instead)]
    mask = deed_mask(rules, state, seat)
    able = np.flatnonzero(mask[codes[0]] & mask[codes[1]] & (state.ending == 0))
    total = Effect(asked=what_if.games)
    if not able.size:
        return total
    state, outcome = state.take(able), outcome and outcome.take(able)
    lines = []
    for code in codes:
        orders, silent = decide_all(after, rules, state, outcome), holding_choice(able.size)
        silent.deed[:] = code
        for part in fields(silent):
            getattr(orders, part.name)[seat] = getattr(silent, part.name)
        line = [resolve(rules, state, orders)]
        lines.append(line + go_on(rules, after, line[0], question.horizon - 1))
    for name, values in counted_by_hand(rules, state, lines).items():
        total.pairs[name].add(*values)
    return total


def counted_by_hand(
    rules: Setting, state: State, lines: list[list[tuple[State, Outcome]]]
) -> dict[str, list[Floats]]:
    """Every measure of both lines, turn by turn; a turn counts that both games still played."""
    both_on, before = np.ones(state.games, bool), [state, state]
    found = {name: [np.zeros(state.games, np.float32) for _ in lines] for name in MEASURES}
    for shots in zip(*lines, strict=True):
        for line, (now, news) in enumerate(shots):
            for name in COUNTED:
                found[name][line] += both_on * (getattr(now, name) - getattr(before[line], name))
            rung = found["highest_rung"]
            rung[line] = np.maximum(rung[line], both_on * news.rung)
        before = [now for now, _ in shots]
        both_on &= (before[0].ending == 0) & (before[1].ending == 0)
    for line, last in enumerate(before):
        found["over"][line] += last.ending > Ending.CALENDAR
        for by in SEATS:
            found[f"mark_{by.name}"][line] += marks(rules, last)[by]
    return found


COUNTED = ("attacks", "us_dead", "iraqi_dead")
QUESTIONS = {
    "the strike of turn 2": WhatIf("turn_zero", ASKED, 30, 3),
    "over one turn": WhatIf("turn_zero", Question(1, US, "strike_depots", "hold", 1), 30, 3),
    "other players before": WhatIf("turn_zero", ASKED, 30, 4, before=""),
    "other players after": WhatIf("turn_zero", ASKED, 30, 3, players=((MILITIA, "uniform"),)),
    "players of chance all along": WhatIf(
        "the_article",
        Question(4, IRAN, "shipping", "arm", 3),
        30,
        5,
        players=tuple((seat, "uniform") for seat in SEATS),
        before="uniform",
    ),
    "where it is not always legal": WhatIf(
        "the_article",
        Question(6, US, "kill_commander", "strike_iran", 2),
        60,
        1,
        players=tuple((seat, "uniform") for seat in SEATS),
        before="uniform",
    ),
    "not always legal, among those who remember the turn before": WhatIf(
        "the_article", Question(4, US, "kill_commander", "hold", 2), 60, 3, before=""
    ),
    # What history ordered in turn 10 named a site; holding names none.
    "a place that a script had named": WhatIf(
        "the_article", Question(10, US, "hold", "harden", 2), 30, 1, players=((US, "history"),)
    ),
    "in the last turn, whatever the horizon": WhatIf(
        "turn_zero", Question(3, MILITIA, "barrage", "hold", 9), 30, 3
    ),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_an_answer_is_one_line_less_the_other(name: str) -> None:
    what_if, total = QUESTIONS[name], Effect()
    for part in run(what_if, chunk=4096, workers=1, others=False):
        total.merge(part)
    assert total == by_hand(what_if)
    assert total.asked == what_if.games
    assert any(paired.more or paired.less for paired in total.pairs.values())
    assert 0 < total.games <= total.asked
    assert total.games < total.asked or "not always" not in name


def test_a_question_that_can_never_be_asked_has_no_answer() -> None:
    never = WhatIf("turn_zero", Question(1, IRAQ, "order_out", "hold", 1), 40, 3)
    effect, by_others = run(never, chunk=40, workers=1)
    assert (effect.asked, effect.games) == (40, 0)
    assert by_others == Effect()
    assert all(np.isnan(paired.difference.mean) for paired in effect.pairs.values())


def test_obstacles_come_commonest_first() -> None:
    """Each game that cannot be asked tells why, by deed; what was over says only that."""
    players = tuple((seat, "uniform") for seat in SEATS)
    question = Question(12, IRAQ, "order_out", "investigate", 1)
    what_if = WhatIf("the_article", question, 200, 1, players=players, before="uniform")
    read, told = scenario("the_article"), Counter[str]()
    rules, book = read.setting, read.setting.rulebook
    cast_before = cast(read, dict.fromkeys(SEATS, "uniform"))
    opened = rules.open_games(game_keys(1, range(64)))
    state, _ = go_on(rules, cast_before, (opened, None), 11)[-1]
    for game in range(64):
        alone = state.take(slice(game, game + 1))
        if alone.ending[0]:
            told["the game is over by then"] += 1
            continue
        for name in ("order_out", "investigate"):
            for reason in why_not_deed(rules, alone, IRAQ, book.deed(IRAQ, name)):
                told[f"{name}: {reason}"] += 1
    assert len(set(told.values())) == len(told) > 2, "counts that cannot be told apart"
    assert obstacles(what_if) == [reason for reason, _ in told.most_common()]


# --- known numbers


def paired_of(a: list[float], b: list[float], step: float = 1.0) -> Paired:
    made = Paired(step)
    made.add(np.array(a, np.float32), np.array(b, np.float32))
    return made


def test_a_paired_difference_by_hand() -> None:
    """3, 1, 2, 6 against 1, 1, 4, 2, ten times: differences 2, 0, -2, 4; mean 1, variance 200 / 39.
    Student's quantile of 39 degrees of freedom is 2.0226909."""
    made = paired_of(10 * [3, 1, 2, 6], 10 * [1, 1, 4, 2])
    error = (200 / 39 / 40) ** 0.5
    assert made.difference[:4] == pytest.approx(
        (1, error, 1 - 2.0226909 * error, 1 + 2.0226909 * error)
    )
    assert (made.mean_a, made.mean_b) == (3, 2)
    assert (made.games, made.more, made.less) == (40, 20, 10)
    # Squares of 140 and 60 apart from each other, 200 by pairs.
    assert made.unpaired_ratio == pytest.approx(20 / 20)
    half = paired_of(10 * [1.5, 0.5, 1, 3], 10 * [0.5, 0.5, 2, 1], step=0.5)
    assert half.difference[:4] == pytest.approx(tuple(x / 2 for x in made.difference[:4]))
    assert (half.mean_a, half.mean_b) == (1.5, 1)
    assert half.unpaired_ratio == made.unpaired_ratio


def test_a_difference_is_clear_where_its_interval_leaves_zero_out() -> None:
    for low, high, clear in (
        (0.1, 2, True),
        (-2, -0.1, True),
        (-0.1, 2, False),
        (0, 2, False),
        (-2, 0, False),
        (0, 0, False),
    ):
        assert Estimate(1, 1, low, high).is_clear == clear


def test_too_few_games_have_no_interval() -> None:
    for games in ([], [1.0]):
        made = paired_of(games, games)
        assert all(np.isnan(x) for x in made.difference[:4])
        assert not made.difference.is_clear
    assert np.isnan(Paired().mean_a)
    assert np.isnan(Paired().mean_b)
    assert paired_of([3], [1]).mean_a == 3
    few, enough = (paired_of([3.0, 5.0] * pairs, [1.0, 1.0] * pairs) for pairs in (14, 15))
    assert few.difference.mean == enough.difference.mean == 3
    assert np.isnan(few.difference.low)
    assert not few.difference.is_clear
    assert enough.difference.is_clear


def test_pairs_that_do_not_vary_are_worth_any_number_of_games() -> None:
    assert paired_of([3, 4, 9], [1, 2, 7]).unpaired_ratio == np.inf
