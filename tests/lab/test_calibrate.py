"""The calibration: the same whoever works on it, however interrupted, and blind to spring."""

import dataclasses
import json

import numpy as np
import pytest

from game.lab import choices
from game.lab.adopt import PARAMETERS, rulebook_text, save_adopted
from game.lab.calibrate import Budget, calibrate, judge
from game.lab.calibrate import _Round as Round
from game.lab.checkpoint import Checkpoint, OtherRunError
from game.lab.moves import moves
from game.lab.priors import priors
from game.lab.record import covering as asked
from game.lab.record import in_sample_turns, under
from game.rules.seats import SEATS

FEW = Budget(seed=5, rounds=2, draws=3, games=8, particles=4)


def nothing(*_told) -> None:
    """Keeps nothing."""


@pytest.fixture(autouse=True, scope="module")
def small_chunks():
    """Two to a round, of which the last is short."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("game.lab.calibrate.CHUNK", 2)
        yield


@pytest.fixture(scope="module")
def whole(small_chunks):
    return calibrate(FEW, {}, nothing)


def same(one, other) -> bool:
    return bool(
        (one.points == other.points).all()
        and (one.weight == other.weight).all()
        and (one.judged.free == other.judged.free).all()
        and (one.judged.path == other.judged.path).all()
    )


def test_two_workers_find_what_one_finds(whole) -> None:
    assert same(calibrate(FEW, {}, nothing, workers=2), whole)


def test_two_runs_in_a_row_make_the_same_bytes(whole, monkeypatch, tmp_path) -> None:
    """… though the first one's numbers were adopted, here with every one at its end."""
    ends = {prior.name: prior.high for prior in priors()}
    for kind in (choices.DEEDS, choices.WORDS):
        ends |= {name: high for name, (_, high) in choices.before(kind).items()}
    adopted = under(asked(), ends)
    monkeypatch.setattr("game.lab.calibrate.covering", lambda: adopted)
    again = calibrate(FEW, {}, nothing)
    assert same(again, whole)
    for found, name in ((whole, "first"), (again, "second")):
        save_adopted(tmp_path / name, found.as_data())
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()


def test_an_interrupted_run_goes_on_from_its_side_file(whole, tmp_path) -> None:
    path, kept = tmp_path / "side", 0
    first = Checkpoint(path, FEW)

    def until_stopped(number, chunk, judged):
        nonlocal kept
        first.keep(number, chunk, judged)
        kept += 1
        if kept == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        calibrate(FEW, first.known, until_stopped)
    first.close()
    with path.open("ab") as file:
        file.write(b'{"round": 1, "fir')  # the plug was pulled in the middle of a write
    second = Checkpoint(path, FEW)
    assert len(second.known) == 3
    again = []
    posterior = calibrate(FEW, second.known, lambda *told: again.append(told[:2]))
    second.drop()
    assert same(posterior, whole)
    assert len(again) == 1, "only what was missing"
    assert not path.exists()


def test_a_side_file_of_another_run_is_left_alone(tmp_path) -> None:
    path = tmp_path / "side"
    Checkpoint(path, FEW).close()
    with pytest.raises(OtherRunError):
        Checkpoint(path, dataclasses.replace(FEW, seed=6))
    path.write_text("letters to a friend\n", encoding="utf-8")
    with pytest.raises(OtherRunError):
        Checkpoint(path, FEW)
    assert path.read_text(encoding="utf-8") == "letters to a friend\n"


def test_the_posterior_s_data_is_whole(whole) -> None:
    data = json.loads(json.dumps(whole.as_data(), allow_nan=False))
    assert list(data["parameters"]) == [prior.name for prior in priors()]
    for prior in priors():
        row = data["parameters"][prior.name]
        assert prior.low <= row["low_5"] <= row["median"] <= row["high_95"] <= prior.high
    assert whole.weight.sum() == pytest.approx(1)
    assert 1 <= data["effective_draws"] <= data["draws"] == 6
    text = rulebook_text(PARAMETERS.read_text(encoding="utf-8"), data)
    name = priors()[0].name
    assert f"[{name}]\nvalue = {data['parameters'][name]['median']}\n" in text


def test_nothing_after_january_is_looked_at(monkeypatch) -> None:
    """History's orders of spring can be anything: the fit does not change."""
    covering = asked()
    split = in_sample_turns(covering)
    work = Round(FEW, np.array([[p.value(0.5) for p in priors()]]), {})
    before, chose = judge(work, 0, 1), centres(covering)
    orders = covering.historical_orders
    blind = dataclasses.replace(
        covering, historical_orders=orders[:split] + (orders[8],) * (len(orders) - split)
    )
    monkeypatch.setattr("game.lab.calibrate.covering", lambda: blind)
    without_spring = _record_without_spring(covering, split)
    monkeypatch.setattr("game.lab.moves.recorded", without_spring)
    monkeypatch.setattr("game.lab.choices.recorded", without_spring)
    after = judge(work, 0, 1)
    assert before.free.tolist() == after.free.tolist()
    assert before.path.tolist() == after.path.tolist()
    assert centres(blind) == chose, "nor does the fit of how people choose"
    assert len(moves(covering, seed=1, particles=4, turns=split)) == split * len(SEATS)


def centres(scenario) -> list[list[float]]:
    """Where the fits of how people choose lie."""
    found = choices.faced(scenario, seed=1, particles=4)
    return [choices.fit(kind, made).centre.tolist() for kind, made in found.items()]


def _record_without_spring(covering, split):
    from game.lab.record import Recorded, recorded  # noqa: PLC0415

    known = recorded(covering)[:split]
    return lambda _: known + (Recorded(9, 9, 9),) * (len(covering.turns) - split)
