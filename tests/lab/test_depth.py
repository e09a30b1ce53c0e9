"""The decision measures: what they find where the answer is known, and that they find nothing where
there is nothing.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from game.engine import play as engine
from game.futures.ensemble import opened
from game.lab.depth import adopted, whole
from game.lab.depth.answers import Study
from game.lab.depth.judging import judge, picked
from game.lab.depth.knowing import information
from game.lab.depth.measure import Estimated, Goal, Measure, by_group
from game.lab.depth.plans import Constant, Saying, preferring, ruled
from game.lab.depth.readers import reader
from game.lab.depth.reading import liveness
from game.lab.depth.ridge import Ridge, Scale, predicted
from game.lab.depth.sides import Position, play_sides
from game.lab.depth.situations import Valued, sample_moments, value_deeds
from game.lab.depth.table import GROUPS
from game.lab.depth.telling import share_of_pairs
from game.lab.depth.world import Effort, World
from game.players.base import Dice, options
from game.players.library import default_players
from game.rules.luck import game_keys
from game.rules.observe import observe
from game.rules.rulebook import NO_SEAT
from game.rules.seats import SEATS, Seat

US, IRAN, MILITIA, IRAQ = SEATS
SMALL = Effort(games=128, seed=5)


@pytest.fixture(autouse=True)
def plain() -> Iterator[None]:
    """What plays in the other tests is not changed by these."""
    yield
    engine.use(engine.Way.WHAT_PAYS)


@pytest.fixture
def world() -> World:
    """The practice game: three turns."""
    return World.of("turn_zero", "balanced", SMALL)


# --- figures and goals


@pytest.mark.parametrize(
    ("goal", "value", "met"),
    [
        (Goal(low=1.0), 1.0, True),
        (Goal(low=1.0), 0.99, False),
        (Goal(high=-3.0), -2.9, False),
        (Goal(0.95, 1.05), 1.0, True),
        (Goal(0.95, 1.05), 1.2, False),
    ],
)
def test_a_goal_is_met_by_the_figure_itself(goal: Goal, value: float, met: bool) -> None:
    assert Measure("any", US, Estimated(value, -9, 9), goal).met is met


def test_without_goal_or_figure_nothing_is_met_or_missed() -> None:
    assert Measure("any", US, Estimated(1, 0, 2)).met is None
    assert Measure("any", US, None, Goal(low=1)).met is None


def test_situations_of_one_game_are_not_counted_as_independent() -> None:
    """Ten copies of each value tell no more than one."""
    values = np.random.default_rng(1).normal(size=50)
    alone = by_group(values, np.arange(50))
    copied = by_group(values.repeat(10), np.arange(50).repeat(10))
    assert copied.high - copied.low == pytest.approx(alone.high - alone.low)


# --- learning


def test_ridge_finds_a_line_and_no_line_in_noise() -> None:
    luck = np.random.default_rng(2)
    known, new = luck.normal(size=(400, 30)), luck.normal(size=(400, 30))
    line = luck.normal(size=30)
    noise = luck.normal(size=400)
    scale = Scale.of(known)
    weights = Ridge(scale.scaled(known)).fit(np.stack([known @ line, noise], axis=1))
    told = predicted(scale.scaled(new), weights)
    assert np.corrcoef(told[:, 0], new @ line)[0, 1] > 0.99
    assert told[:, 1].std() < 0.15, "noise is told as its mean"


def sample(marks: np.ndarray, seen: np.ndarray) -> Valued:
    """Situations of one turn, all options legal."""
    count, some = seen.shape[0], marks.shape[1]
    return Valued(
        seat=US,
        turn=np.zeros(count, np.intp),
        game=np.arange(count),
        seen=seen,
        learnt=np.concatenate([np.ones((count, 1)), seen], axis=1),
        hidden={},
        legal=np.ones((count, some), np.bool_),
        marks=marks,
        attacks=np.zeros_like(marks),
    )


def gained(valued: Valued) -> tuple[float, float]:
    """What judging finds, by sight and by half of the futures, over the best fixed option."""
    judged = judge(valued)
    fixed = picked(judged.means, judged.fixed)
    by_half = [
        (picked(worth, chosen) - picked(worth, judged.fixed)).mean()
        for chosen, worth in judged.by_half()
    ]
    return float((picked(judged.means, judged.by_sight()) - fixed).mean()), float(np.mean(by_half))


def test_where_all_options_are_alike_nothing_is_gained() -> None:
    """The best of twelve noisy figures looks good; what is found is what it is really worth."""
    luck = np.random.default_rng(3)
    marks = luck.normal(size=(600, 12, 8)) * 5
    naive = marks.mean(axis=2).max(axis=1).mean()
    assert naive > 2
    for found in gained(sample(marks, luck.normal(size=(600, 20)))):
        assert abs(found) < 0.25


def test_what_can_be_seen_is_found_by_sight_and_what_is_hidden_by_futures() -> None:
    """Option 1 is worth 3 more or 3 less than option 0, by a sign that is seen or hidden."""
    luck = np.random.default_rng(4)
    sign = luck.choice([-1.0, 1.0], 600)
    marks = luck.normal(size=(600, 2, 8))
    marks[:, 1] += 3 * sign[:, None]
    other = luck.normal(size=(600, 5))
    by_sight, _ = gained(sample(marks, np.concatenate([sign[:, None], other], axis=1)))
    assert by_sight == pytest.approx(1.5, abs=0.3)
    by_sight, by_half = gained(sample(marks, other))
    assert abs(by_sight) < 0.25
    assert by_half == pytest.approx(1.5, abs=0.3)


# --- plans and sides


def choices(world: World, player: object, seat: Seat) -> tuple[object, object]:
    """What a player orders in 64 opened games, and what is legal there."""
    setting = world.setting
    state = setting.open_games(game_keys(7, range(64)))
    legal = options(setting, state, seat)
    seen = observe(setting, state, None, seat)
    return player.decide(setting, seen, legal, Dice.of(state, seat)), legal  # type: ignore[attr-defined]


def test_a_plan_does_its_first_legal_deed(world: World) -> None:
    book, voice = world.setting.rulebook, world.schools[US][0]
    for deed in range(len(book.deeds[US])):
        choice, legal = choices(world, preferring(voice, book, [deed]), US)
        assert (choice.deed == np.where(legal.deed[deed], deed, 0)).all()


def test_a_rule_asks_its_condition(world: World) -> None:
    """Nobody was killed last turn before the first one, and "short" depends on the calendar."""
    book, voice = world.setting.rulebook, world.schools[US][0]
    aid, harden = book.deed(US, "aid"), book.deed(US, "harden")
    choice, _ = choices(world, ruled(voice, book, "killed", aid, harden), US)
    assert (choice.deed == harden).all()
    short = world.setting.days[0] <= 3
    choice, _ = choices(world, ruled(voice, book, "short", aid, harden), US)
    assert (choice.deed == (aid if short else harden)).all()


def test_a_constant_order_says_the_same_where_it_may(world: World) -> None:
    book, voice = world.setting.rulebook, world.schools[US][0]
    word = book.word("threaten")
    notice = book.whisper("notice")
    saying = Saying((word, int(MILITIA), 5), (notice, int(IRAQ)))
    choice, legal = choices(world, Constant(preferring(voice, book, [0]), saying), US)
    assert (choice.word == word).all()
    assert (choice.word_to == MILITIA).all()
    assert (choice.word_rung == 5).all()
    open_ = legal.whisper[notice, IRAQ]
    assert (choice.whisper == np.where(open_, notice, 0)).all()
    assert (choice.whisper_to == np.where(open_, int(IRAQ), NO_SEAT)).all()


def test_a_list_is_played_turn_by_turn_by_whatever_code(world: World) -> None:
    """A list of deeds, as doctrines in machine code and as anybody's orders decided in numpy."""
    setting, book = world.setting, world.setting.rulebook
    voice = world.schools[US][0]
    deeds = [book.deed(US, name) for name in ("aid", "harden", "hold")]
    fast = tuple(preferring(voice, book, [deed]) for deed in deeds)
    slow = tuple(Constant(hand, Saying()) for hand in fast)
    keys = game_keys(3, range(130))
    played = [
        play_sides(setting, {**world.defaults, US: side}, keys).digests for side in (fast, slow)
    ]
    assert (played[0] == played[1]).all()
    other = play_sides(setting, world.defaults, keys).digests
    assert (played[0] != other).any()


# --- situations


def test_every_deed_is_valued_with_the_same_luck(world: World) -> None:
    """A deed that is not legal counts as holding, and the same moment gives the same figures."""
    moments = [m for m in sample_moments(world, world.defaults) if m.turn == 1][:2]
    for moment in moments:
        moment.position.state.us_exposure[::2] = 0  # no base is left to hand over
    valued = value_deeds(world, world.defaults, moments, US)
    again = value_deeds(world, world.defaults, moments, US)
    assert (valued.marks == again.marks).all()
    closed = ~valued.legal
    assert closed.any()
    holding = np.broadcast_to(valued.marks[:, :1], valued.marks.shape)
    assert (valued.marks[closed] == holding[closed]).all()
    assert not np.isnan(valued.marks).any()


def test_changing_what_is_hidden_changes_nothing_that_is_judged_by_sight(world: World) -> None:
    """What stands for the seat's eyes holds nothing of the culprit."""
    moments = [m for m in sample_moments(world, world.defaults) if m.turn == 2][:1]
    before = value_deeds(world, world.defaults, moments, US)
    state = moments[0].position.state.copy()
    state.culprit[:] = 3
    state.mil_rockets[:] = 17
    position = Position(state, moments[0].position.last)
    after = value_deeds(world, world.defaults, [moments[0]._replace(position=position)], US)
    assert (before.seen == after.seen).all()
    assert (before.learnt == after.learnt).all()
    assert (after.hidden["culprit"] == 4).all()


SURE = 30.0
"""A reader that heeds little but what it has learnt."""


def test_a_reader_plays_what_it_has_learnt(world: World) -> None:
    """Marks are made up: harden is worth 5 where a feature is above its mean, aid where below."""
    setting, book = world.setting, world.setting.rulebook
    moments = sample_moments(world, world.defaults)
    valued = value_deeds(world, world.defaults, moments, US)
    aid, harden = book.deed(US, "aid"), book.deed(US, "harden")
    marks = np.zeros_like(valued.marks)
    marks[:, aid], marks[:, harden] = 1.0, 5.0
    hands = (world.schools[US][0],) * setting.turns
    side = reader(replace(valued, marks=marks), hands, book, SURE)
    played = play_sides(setting, {**world.defaults, US: side}, game_keys(8, range(128)))
    deed = played.array("deed")[US]
    assert (deed[played.array("ending") == 1] == harden).mean() > 0.9


def test_what_is_known_for_a_game_is_worth_something_where_it_decides(world: World) -> None:
    """What nothing on the board shows stands for a theory: where it is told, the reader uses it."""
    study = Study(world, world.defaults)
    valued = study.valued(US)
    fact = valued.game % 2
    book = world.setting.rulebook
    aid, harden = book.deed(US, "aid"), book.deed(US, "harden")
    marks = np.zeros_like(valued.marks)
    marks[:, aid] = np.where(fact, 4.0, -4.0)[:, None]
    marks[:, harden] = -marks[:, aid]
    made_up = replace(valued, marks=marks, hidden={"theory": fact})
    hands = (world.schools[US][0],) * world.setting.turns
    for known, deed in ((0, harden), (1, aid)):
        side = reader(made_up, hands, book, SURE, fact == known)
        played = play_sides(world.setting, {**world.defaults, US: side}, game_keys(9, range(64)))
        assert (played.array("deed")[US][played.array("ending") == 1] == deed).mean() > 0.9


def test_what_the_rules_do_not_have_is_said(world: World) -> None:
    """As if nothing but who fired were hidden in them."""
    study = Study(world, world.defaults)
    hidden = study.valued(US).hidden
    for fact in hidden.keys() - {"culprit"}:
        del hidden[fact]
    rows = {row.measure: row for row in information(study, US)}
    assert rows["information: theory"].found is None
    assert "not in these rules" in rows["information: theory"].note
    assert rows["information: who fired"].found is not None


def test_worlds_are_told_apart_by_what_differs_and_by_nothing_else() -> None:
    """Of two normal laws a width of 1.19 apart, 80 of 100 pairs are ranked rightly."""
    luck = np.random.default_rng(6)
    world = luck.random(2000) < 0.5
    seen = luck.normal(size=(2000, 20))
    assert share_of_pairs(seen, world).value == pytest.approx(0.5, abs=0.04)
    seen[:, 3] += 1.19 * world
    found = share_of_pairs(seen, world)
    assert found.value == pytest.approx(0.8, abs=0.03)
    assert found.low < 0.8 < found.high


# --- whole games


def test_halved_turns_have_the_same_days() -> None:
    setting = opened("the_article", "balanced").setting
    split = whole.halved(setting)
    assert sum(split.days) == sum(setting.days)
    assert split.turns == 2 * setting.turns - sum(days == 1 for days in setting.days)
    assert sum(split.anniversaries) == pytest.approx(sum(setting.anniversaries))
    assert len(split.moments) == split.turns


def test_a_doctrine_that_changes_nothing_has_no_share(world: World) -> None:
    """Where every school of a seat is the same one, its own share is nothing."""
    same = {**world.schools, IRAQ: (world.schools[IRAQ][0],) * 2}
    twins = World(world.scenario, SMALL)
    twins.__dict__["schools"] = same
    rows = {row.seat: row.found for row in whole.own_shares(twins)}
    assert rows[IRAQ].value == 0
    assert 0 < rows[US].value < 1


# --- the engine's part


def test_a_player_of_one_turn_decides_alike_in_machine_code() -> None:
    """A doctrine that stands in for one turn, by the rules' own code and by machine code."""
    pytest.importorskip("llvmlite")
    scenario = opened("the_article", "balanced")
    players = default_players(scenario)
    other = World(scenario, SMALL).schools[US][1]
    keys = game_keys(3, range(100))
    given = {2: {US: other}, 3: {US: other}}
    plain_ = engine.play(scenario.setting, players, keys, given=given)
    engine.use_compiled()
    fast = engine.play(scenario.setting, players, keys, given=given)
    assert type(fast) is not type(plain_)
    assert (fast.digests == plain_.digests).all()
    assert (fast.digests != engine.play(scenario.setting, players, keys).digests).any()


# --- the command


def test_the_command_prints_and_writes_the_table(run, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(adopted, "FOLDER", tmp_path)
    file = tmp_path / "depth.json"
    asked = ["depth", "turn_zero", "--games", "128", "--text", "--only", "opposition", "day", "own"]
    first = run(*asked, "--seat", "US", "--json", str(file), "--adopt")
    assert first.status == 0, first.err
    data = json.loads(file.read_text(encoding="utf-8"))
    rows = {(row["measure"], row["seat"]): row for row in data["measures"]}
    assert ("own share", "US") in rows
    assert ("own share", "IRAN") not in rows
    for row in rows.values():
        assert {"measure", "seat", "value", "low", "high", "goal", "met"} <= row.keys()
        assert row["low"] <= row["value"] <= row["high"]
        assert row["measure"] in first.out
    kept = json.loads((tmp_path / "depth_turn_zero.json").read_text(encoding="utf-8"))
    assert kept["measures"] == data["measures"]
    again = run(*asked[:-3], "opposition", "--games", "128", "--seed", "2", "--adopt")
    assert again.status == 0
    assert f"{rows['opposition', None]['value']:.2f}" in again.out, "what was kept stands beside"
    kept = json.loads((tmp_path / "depth_turn_zero.json").read_text(encoding="utf-8"))
    assert {row["measure"] for row in kept["measures"]} >= {"own share", "opposition"}


def test_a_whole_table_leaves_no_row_of_a_measure_that_is_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adopted, "FOLDER", tmp_path)
    for everything, left in ((False, ["stakes", "board value"]), (True, ["stakes"])):
        before = {"measures": [{"measure": "board value", "seat": "US", "value": 1.0}]}
        adopted.adopt("turn_zero", before, adopted.Adopted("turn_zero"), whole=True)
        data = {"measures": [{"measure": "stakes", "seat": "US", "value": 2.0}]}
        adopted.adopt("turn_zero", data, adopted.Adopted("turn_zero"), whole=everything)
        kept = adopted.Adopted("turn_zero").kept["measures"]
        assert [row["measure"] for row in kept] == left


def test_what_is_worth_choosing_elsewhere_is_alive_in_some_scenario(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adopted, "FOLDER", tmp_path)
    here = {"hold": 0.01, "aid": 0.6, "cyber": 0.02, "ease": 0.03}
    for scenario, shares in (("after_taji", {"hold": 0.05, "aid": 0.9}), ("the_article", here)):
        elsewhere = adopted.shares_elsewhere(scenario, "deed", US)
        own, anywhere = liveness("deed", US, shares, elsewhere)
        data = {"measures": [own.as_data(), anywhere.as_data()]}
        adopted.adopt(scenario, data, adopted.Adopted(scenario), whole=True)
    assert own.found is not None
    assert own.found.value == 0.5
    assert own.met is None, "the goal is that of all scenarios together"
    assert anywhere.found is not None
    assert anywhere.found.value == 0.75
    assert anywhere.met is False
    assert anywhere.note == "scenarios measured: 2; never worth choosing: cyber"


def test_workers_change_no_figure(run, tmp_path) -> None:
    found = []
    for workers in ("1", "2"):
        file = tmp_path / f"{workers}.json"
        asked = ["--games", "128", "--workers", workers, "--only", "stakes", "--seat", "IRAQ"]
        assert run("depth", "turn_zero", *asked, "--json", str(file), "--text").status == 0
        found.append(json.loads(file.read_text(encoding="utf-8"))["measures"])
    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["--only", "luck"], "--only: there is no measure luck"),
        (["--seat", "FRANCE"], "--seat: there is no seat FRANCE"),
        (["--games", "3"], "whole number"),
    ],
)
def test_mistakes_get_a_sentence(run, asked: list[str], told: str) -> None:
    result = run("depth", "turn_zero", *asked)
    assert result.status == 2
    assert told in result.err


def test_the_help_names_every_group(run) -> None:
    out = " ".join(run("depth", "--help").out.split())
    for name in GROUPS:
        assert name in out
