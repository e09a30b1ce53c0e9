"""Whether the fit finds the parameters of records that the model itself made."""

import json
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from game.lab.checkpoint import OtherRunError, RecoveryCheckpoint
from game.lab.choices import DEEDS, Z95, priors_of
from game.lab.made_records import follow_records, make_records, with_errors
from game.lab.moments import misfit, moments
from game.lab.priors import priors
from game.lab.record import covering, in_sample_turns
from game.lab.recovery import (
    CHOICES,
    RULES,
    STUDIES,
    Effort,
    Judged,
    Parts,
    Records,
    describe_recovery,
    judge_all,
    measured,
    records_of,
    recovered_choices,
    recovered_rules,
)
from game.rules.seats import SEATS

FEW = Effort(seed=5, records=8, draws=8, games=8, particles=2)
SMALL = ["--records", "8", "--draws", "8", "--games", "8", "--particles", "2", "--seed", "5"]


def nothing(*_told) -> None:
    """Keeps nothing."""


@pytest.fixture(scope="module")
def parts() -> Parts:
    """What a whole run judged; filled by `whole`."""
    return {}


@pytest.fixture(scope="module")
def whole(parts):
    def keep(study, row, judged) -> None:
        parts[study, row] = judged

    return measured(FEW, {}, keep)


def said(text: str) -> str:
    return " ".join(text.split())


# --- the records


def test_games_that_follow_a_record_do_what_it_says() -> None:
    made = make_records([{}, {"choice.sharpness": 0.5}, {}], 3)
    assert (made.records, made.turns) == (3, in_sample_turns(covering()))
    setting, each = covering().setting, 5
    group = np.repeat(np.arange(3), each)
    keys, followed = set(), 0
    for turn, state, outcome in follow_records(setting, made, each=each, seed=2):
        assert not keys & set(state.key.tolist()), "luck is never used twice"
        keys |= set(state.key.tolist())
        if outcome is None:
            continue
        ordered = made.orders["deed"][turn - 1][:, group]
        followed += int((outcome.orders.deed == ordered).sum())
    assert followed >= 0.9 * (made.turns - 1) * len(SEATS) * group.size


def test_a_record_that_no_game_can_follow_is_followed_all_the_same() -> None:
    """Where all games of a record are over, they stay so, and those of others go on."""
    made = make_records([{}, {}], 3)
    impossible = made.fired.copy()
    impossible[:, 0] = ~impossible[:, 0]
    setting = covering().setting
    moments_ = follow_records(setting, replace(made, fired=impossible), each=2, seed=2)
    next(moments_)
    _, state, _ = next(moments_)
    state.ending[:2] = 1
    for _, state, _ in moments_:
        assert (state.ending[:2] > 0).all()
        assert state.games == 4
    assert (state.ending[2:] == 0).all()


def test_some_of_the_records_are_those_records() -> None:
    made = make_records([{}, {}, {}, {}], 3)
    part = made.some(1, 2)
    assert part.records == 2
    assert (part.orders["word"] == made.orders["word"][..., 1:3]).all()
    assert (part.fired == made.fired[:, 1:3]).all()
    assert (part.values == made.values[:, 1:3]).all()


def test_a_record_s_errors_are_those_that_the_fit_takes_it_to_have() -> None:
    """Half the mean square of an error is half a unit of misfit, for every figure that has one; a
    mere lower bound reaches what there was.
    """
    there = np.full((len(moments()), 20_000), 5.0)
    written = with_errors(there, np.random.default_rng(4))
    bounds = [place for place, moment in enumerate(moments()) if np.isinf(moment.above)]
    assert (written[bounds] == there[bounds]).all()
    free = len(moments()) - len(bounds)
    assert misfit(there - written).mean() == pytest.approx(free, rel=0.03)


# --- what came of it


@cache
def exact_choices(width: float) -> dict:
    """What is found by fits whose intervals are so many times as wide as they should be."""
    luck = np.random.default_rng(8)
    rows = priors_of(DEEDS)
    truth = np.stack([luck.normal(row.mean, row.sd, 400) for row in rows], axis=1)
    error = 0.4 * np.array([row.sd for row in rows])
    centre = truth + luck.standard_normal(truth.shape) * error
    made = make_records([{}], 3)
    return recovered_choices(Records(truth, made), Judged(centre, np.tile(error * width, (400, 1))))


def test_honest_intervals_hold_the_truth_as_they_promise() -> None:
    found = exact_choices(1.0)
    assert found["covered"] == pytest.approx(0.9, abs=0.015)
    for row in found["parameters"]:
        assert row["low"] <= row["covered"] <= row["high"]
        assert row["narrowed"] == pytest.approx(0.6, abs=1e-3)
        assert row["correlation"] > 0.85


def test_intervals_that_are_too_short_are_found_out() -> None:
    short = exact_choices(0.4)
    assert short["covered"] < 0.6
    told = describe_recovery({"records": 400, RULES: exact_choices(1.0), CHOICES: short})
    assert "of the rules in 91 of 100, as they promise" in told
    assert f"of how people choose in {100 * short['covered']:.0f} of 100, not as they" in told
    assert "choice.sharpness" in told.partition("Further off than luck explains, taken singly: ")[2]


def test_a_record_that_tells_nothing_is_said_to() -> None:
    """Where every set of parameters is as likely as any other, the interval is the prior's."""
    luck = np.random.default_rng(8)
    share = luck.random((800, len(priors())))
    points = np.stack(
        [p.value(column) for p, column in zip(priors(), share.T, strict=True)], axis=1
    )
    alike = np.zeros((600, 200))
    records = Records(points[600:], make_records([{}], 3))
    found = recovered_rules(records, points[:600], Judged(alike, alike))
    assert found["effective_draws"] == 600
    assert found["covered"] == pytest.approx(0.9, abs=0.03)
    assert all(abs(row["narrowed"]) < 0.05 for row in found["parameters"])
    told = describe_recovery({"records": 200, RULES: found, CHOICES: exact_choices(1.0)})
    assert f"Of {len(priors())} of these" in told
    assert "because they are wide" in told


def test_how_sharply_people_choose_comes_back() -> None:
    effort = Effort(seed=5, records=12, particles=4)
    records = records_of(CHOICES, effort)
    _, judged = judge_all(CHOICES, effort, records.made, {}, nothing)
    rows = {row["name"]: row for row in recovered_choices(records, judged)["parameters"]}
    assert rows["choice.sharpness"]["correlation"] > 0.6
    assert rows["choice.sharpness"]["narrowed"] > 0.4
    assert np.mean([row["covered"] for row in rows.values()]) > 0.7


# --- the run


def test_an_interrupted_run_goes_on_with_more_workers_and_finds_the_same(
    whole, parts, tmp_path
) -> None:
    path = tmp_path / "side"
    first = RecoveryCheckpoint(path, FEW)
    for study, row in [(RULES, 0), (RULES, 4)]:
        first.keep(study, row, parts[study, row])
    first.close()
    first = RecoveryCheckpoint(path, FEW)

    def until_stopped(study, row, judged):
        first.keep(study, row, judged)
        if study == CHOICES:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        measured(FEW, first.known, until_stopped)
    first.close()
    second = RecoveryCheckpoint(path, FEW)
    assert {study for study, _ in second.known} == set(STUDIES)
    again = []
    assert measured(FEW, second.known, lambda *told: again.append(told[:2]), workers=2) == whole
    assert again == [(CHOICES, 4)], "only what was missing"
    second.drop()
    RecoveryCheckpoint(path, FEW).close()
    with pytest.raises(OtherRunError):
        RecoveryCheckpoint(path, replace(FEW, draws=12))


def test_the_command_keeps_what_it_found(run, whole, parts, tmp_path, monkeypatch) -> None:
    """… here by what another run had judged before it was interrupted at the very end."""
    monkeypatch.setattr("game.terminal.recovery.RECOVERY", tmp_path / "kept.json")
    side, target = tmp_path / "side", tmp_path / "found.json"
    command = ["recovery", *SMALL, "--side", str(side), "--json", str(target), "--text"]
    kept = RecoveryCheckpoint(side, FEW)
    for (study, row), judged in parts.items():
        kept.keep(study, row, judged)
    kept.close()
    result = run(*command, "--adopt")
    assert result.status == 0, result.err
    assert not side.exists()
    data = json.loads(target.read_text(encoding="utf-8"))
    assert {name: data[name] for name in whole} == whole
    assert data == json.loads((tmp_path / "kept.json").read_text(encoding="utf-8"))
    assert said(describe_recovery(data)) in said(result.out)
    for row in (*data[RULES]["parameters"], *data[CHOICES]["parameters"]):
        assert f"{row['name']}: holds it" in said(result.out)
    side.write_text("letters\n", encoding="utf-8")
    refused = run(*command)
    assert refused.status == 2
    assert "keeps another study" in refused.err
    assert side.read_text(encoding="utf-8") == "letters\n"


def test_centres_and_widths_are_on_the_prior_s_scale() -> None:
    """An interval of the prior's own width has narrowed nothing."""
    rows = priors_of(DEEDS)
    truth = np.array([[row.mean + off for row in rows] for off in (0.1, -0.1)])
    wide = np.array([[row.sd for row in rows]] * 2)
    found = recovered_choices(Records(truth, make_records([{}], 3)), Judged(truth, wide))
    assert all(row["narrowed"] == 0 and row["covered"] == 1 for row in found["parameters"])
    assert pytest.approx(1.645, abs=1e-3) == Z95
