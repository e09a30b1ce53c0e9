"""The other numbers that are kept: draws of the fit, judgements anywhere in their ranges."""

import numpy as np
import pytest

from game.content.lens import parameter_ranges
from game.futures.other_numbers import DIALS, judgements, read
from game.lab import adopt
from game.lab.adopt import load_adopted
from game.lab.calibrate import CHUNK, Budget, Judged, calibrate
from game.lab.choices import DEEDS, WORDS, Fit, before, from_data
from game.lab.importance import equally_weighed
from game.lab.left_open import SETS, dials, left_open
from game.lab.priors import further, priors
from game.rules.seats import SEATS


def kept() -> dict:
    return load_adopted(adopt.OTHER_NUMBERS)


def choosing() -> list[Fit]:
    """How people choose, as the game has it."""
    kinds = load_adopted(adopt.CALIBRATION)["choices"]
    return [from_data(kind, kinds[kind.sharpness]) for kind in (DEEDS, WORDS)]


def points(count: int) -> np.ndarray:
    """(count, parameters) anywhere between the priors' bounds."""
    luck = np.random.default_rng(3)
    return np.stack([prior.value(luck.random(count)) for prior in priors()], axis=1)


def test_every_number_that_is_open_is_varied_and_no_other() -> None:
    data = kept()
    fitted = {prior.name for prior in priors()} | set(before(DEEDS)) | set(before(WORDS))
    assert set(data["parameters"]) == fitted | {prior.name for prior in further()}
    assert data["judged"] == [prior.name for prior in further()]
    assert judgements() == len(further()), "as many as a what-if says"
    assert set(data["players"]) == {seat.name for seat in SEATS}
    for factors in data["players"].values():
        assert set(factors) == set(DIALS) == {dial.name for dial in dials()}
    assert len(read(data)) == SETS


def test_none_leaves_its_range() -> None:
    data, ranges = kept(), parameter_ranges()
    for prior in (*priors(), *further()):
        low, high = ranges[prior.name]
        for value in data["parameters"][prior.name]:
            assert prior.low <= value <= prior.high
            assert low <= value <= high
    for factors in data["players"].values():
        for dial in dials():
            assert all(dial.low <= factor <= dial.high for factor in factors[dial.name])
    assert all(0 <= theory <= 1 for theory in data["theory"])


@pytest.mark.parametrize("prior", priors(), ids=lambda prior: prior.name)
def test_the_fitted_ones_are_the_calibration_s(prior) -> None:
    """As many of the sets lie in the fit's middle 90 of 100, and on each side of its median, as the
    luck of so few draws lets expect.
    """
    row = load_adopted(adopt.CALIBRATION)["parameters"][prior.name]
    values = np.array(kept()["parameters"][prior.name])
    inside = ((values >= row["low_5"] * 0.999) & (values <= row["high_95"] * 1.001)).sum()
    assert inside >= SETS - 6
    assert 5 <= (values <= row["median"] * 1.001).sum() <= SETS - 4


def test_they_were_kept_by_the_same_calibration() -> None:
    ours, fit = kept()["provenance"], load_adopted(adopt.CALIBRATION)["provenance"]
    assert all(ours[key] == fit[key] for key in ("command", "model", "record"))


def test_all_that_is_kept_is_what_the_command_makes() -> None:
    """The calibration keeps how well each set of parameters agreed with the record. Given that, it
    finds without its autumns, which take minutes, whatever it wrote: no number is another's.
    """
    fit = load_adopted(adopt.CALIBRATION)
    budget = Budget(**fit["budget"])
    free, path = (np.array(fit["judged"][name]) for name in ("free", "path"))
    known = {}
    for number in range(budget.rounds):
        for first in range(0, budget.draws, CHUNK):
            start = number * budget.draws + first
            part = slice(start, start + min(CHUNK, budget.draws - first))
            known[number, first] = Judged(free[part], path[part])
    found = calibrate(budget, known, lambda *_: pytest.fail("all of it is known"))
    assert near(found.as_data(), {key: fit[key] for key in found.as_data()})
    others = left_open(found.points, found.weight, found.choices, budget.seed)
    assert near(others, {key: kept()[key] for key in others})


def near(one, other) -> bool:
    """Alike but for the last digit, which another processor may round otherwise."""
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(near(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(near, one, other))
    return one == (pytest.approx(other, rel=2e-3, abs=2e-3) if isinstance(one, float) else other)


def test_draws_that_are_worth_more_are_kept_more_often() -> None:
    weight = np.array([0.5, 0.25, 0.125, 0.125])
    for seed in range(20):
        found = equally_weighed(weight, 8, np.random.default_rng(seed))
        assert np.bincount(found, minlength=4).tolist() == [4, 2, 1, 1]


def test_what_hangs_together_in_the_fit_stays_together() -> None:
    """Each set holds one whole draw, not numbers of several."""
    drawn = points(200)
    data = left_open(drawn, np.full(200, 1 / 200), choosing(), 1)
    rows = {tuple(float(f"{value:.4g}") for value in row) for row in drawn}
    for k in range(SETS):
        assert tuple(data["parameters"][prior.name][k] for prior in priors()) in rows


def test_few_sets_reach_all_of_every_range() -> None:
    data = left_open(points(50), np.full(50, 1 / 50), choosing(), 2)
    for prior in further():
        shares = [prior.share(value) for value in data["parameters"][prior.name]]
        assert in_slices(shares)
        assert in_slices(shares[: SETS // 2]), "the first half of the sets alone does so, too"


def in_slices(shares: list[float]) -> bool:
    """One in each of as many slices as there are, but for the rounding of what is kept."""
    places = np.array(sorted(shares)) * len(shares) - np.arange(len(shares))
    return bool((places > -0.02).all() and (places < 1.02).all())


def test_the_same_seed_keeps_the_same_sets() -> None:
    weight = np.full(50, 1 / 50)
    assert left_open(points(50), weight, choosing(), 2) == left_open(
        points(50), weight, choosing(), 2
    )
    assert left_open(points(50), weight, choosing(), 2) != left_open(
        points(50), weight, choosing(), 3
    )
