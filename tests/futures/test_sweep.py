"""Sweeps: what is in a cell, and that neither chunks, processes nor interruptions change a row."""

import math
import sqlite3
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from game.content.lens import load_lens, parameter_ranges
from game.futures.design import Axis, Design
from game.futures.ensemble import Ensemble, run_chunk
from game.futures.sweep import MEASURES, Row, Sweep, columns, run
from game.futures.sweep_store import CellStore, StoreError
from game.rules.seats import SEATS, Seat
from tests.common import scenario, setting

ROLES = tuple((seat, scenario("turn_zero").roles[seat].doctrine) for seat in SEATS)
GRID = Design((Axis("us", ("restraint", "maximum_pressure")), Axis("minds.anger_gain", (0.5, 4.0))))


def swept(design: Design = GRID, *, games: int = 30, chunk: int = 4096, **how: int) -> list[Row]:
    sweep = Sweep("turn_zero", design, games, 3, ROLES)
    steps = list(run(sweep, chunk=chunk, workers=how.get("workers", 1), first=how.get("first", 0)))
    assert sum(step.games for step in steps) == games * (design.size - how.get("first", 0))
    return [step.row for step in steps if step.row is not None]


# --- designs


def test_a_grid_has_every_combination_once() -> None:
    design = Design((Axis("a", (1.0, 2.0, 3.0)), Axis("b", ("x", "y"))))
    cells = [tuple(design.cell(k).values()) for k in range(design.size)]
    assert cells == [(a, b) for a in (1.0, 2.0, 3.0) for b in ("x", "y")]


@pytest.mark.parametrize("samples", [2, 7, 100])
def test_a_hypercube_uses_every_strip_once(samples: int) -> None:
    axes = (Axis("a", low=0, high=1), Axis("b", low=-3, high=5), Axis("c", ("x", "y")))
    design = Design(axes, samples, seed=4)
    cells = [design.cell(k) for k in range(samples)]
    for name, low, high in (("a", 0, 1), ("b", -3, 5)):
        values = np.array([cell[name] for cell in cells], float)
        strips = np.floor((values - low) / (high - low) * samples + 1e-3)
        assert sorted(strips.clip(0, samples - 1)) == list(range(samples))
    counts = [sum(cell["c"] == kind for cell in cells) for kind in "xy"]
    assert abs(counts[0] - counts[1]) <= 1


def test_axes_of_a_hypercube_have_nothing_to_do_with_one_another() -> None:
    axes = tuple(Axis(name, low=0, high=1) for name in "abc")
    design = Design(axes, 400, seed=1)
    values = np.array([list(design.cell(k).values()) for k in range(400)], float)
    apart = np.corrcoef(values.T)[np.triu_indices(3, 1)]
    assert np.abs(apart).max() < 4 / math.sqrt(400)
    assert design.cell(5) != Design(axes, 400, seed=2).cell(5)


def test_whole_figures_stay_whole_and_within() -> None:
    design = Design((Axis("us_troops", low=1, high=3, whole=True),), 300, seed=1)
    values = [design.cell(k)["us_troops"] for k in range(300)]
    assert {values.count(whole) for whole in (1.0, 2.0, 3.0)} == {100}


# --- cells


def test_a_row_has_the_columns_that_are_promised() -> None:
    for row in swept(games=5):
        assert list(row) == list(columns(Sweep("turn_zero", GRID, 5, 3, ROLES)))


def test_a_cell_is_the_ensemble_of_its_players() -> None:
    """The grid's first parameter is left as it is, so only the doctrine differs."""
    plain = Design((Axis("us", ("restraint", "maximum_pressure")),))
    for row in swept(plain):
        players = tuple((seat, str(row[seat.name.lower()])) for seat in SEATS)
        ensemble = Ensemble("turn_zero", 30, 3, players, rows=True)
        chunk = run_chunk(ensemble, 0, 30)
        assert chunk.rows is not None
        found = [chunk.rows.attacks, chunk.rows.us_dead, chunk.rows.us_wounded]
        found += [chunk.rows.highest_rung, *chunk.rows.marks]
        for name, values in zip(MEASURES, found, strict=True):
            exact = np.round(values.astype(float), 2)
            assert row[f"{name}_mean"] == pytest.approx(exact.mean())
            assert row[f"{name}_se"] == pytest.approx(exact.std(ddof=1) / 30**0.5, abs=1e-9)
            assert row[f"{name}_p50"] == pytest.approx(np.median(exact))
        assert sum(float(row[name] or 0) for name in row if name.startswith("ended_")) == 1


def test_a_parameter_is_changed_as_a_lens_changes_it() -> None:
    lens = load_lens("spiral")
    axes = tuple(Axis(name, (value,)) for name, value in lens.parameters.items())
    (ours,) = swept(Design(axes))
    (theirs,) = swept(Design((Axis("lens", ("spiral",)),)))
    for name in ours:
        if name.rpartition("_")[0] in MEASURES:
            assert ours[name] == theirs[name], name
    (plain,) = swept(Design((Axis("lens", ("balanced",)),)))
    assert plain["mark_us_mean"] != ours["mark_us_mean"]


def test_an_opening_figure_is_the_opening() -> None:
    troops = float(setting("turn_zero").opening.us_troops[0])
    rows = swept(Design((Axis("us_troops", (troops, 500.0)),)))
    (plain,) = swept(Design((Axis("us", (ROLES[Seat.US][1],)),)))
    assert all(rows[0][name] == plain[name] for name in plain)
    assert rows[0]["mark_us_mean"] != rows[1]["mark_us_mean"]
    assert float(setting("turn_zero").opening.us_troops[0]) == troops


def test_every_parameter_can_be_varied_over_its_whole_range() -> None:
    axes = tuple(Axis(name, low=low, high=high) for name, (low, high) in parameter_ranges().items())
    results = swept(Design(axes, 12, seed=5), games=20)
    assert len({row["mark_us_mean"] for row in results}) == 12
    assert all(float(row["attacks_mean"] or 0) >= 0 for row in results)


@pytest.mark.parametrize("how", [{"chunk": 7}, {"chunk": 13, "workers": 2}])
def test_neither_chunks_nor_workers_change_a_row(how: dict[str, int]) -> None:
    assert swept(**how) == swept()


@pytest.mark.parametrize("first", [1, 3, 4])
def test_what_is_done_already_is_not_played_again(first: int) -> None:
    assert swept(first=first, chunk=11) == swept()[first:]


def test_one_game_has_no_standard_error() -> None:
    assert swept(games=1)[0]["attacks_se"] is None


# --- the store


def rows(store: CellStore) -> list[Row]:
    return list(store.rows())


SETTINGS = {"--games": 30, "--seed": 3}


def test_what_is_stored_comes_back_as_it_was(tmp_path: Path) -> None:
    path, kept = tmp_path / "x.sweep", swept()
    store = CellStore(path, SETTINGS, resume=False)
    for row in kept[:2]:
        store.add(row)
    store.close()
    again = CellStore(path, SETTINGS, resume=True)
    assert again.done == 2
    again.add(kept[2])
    assert rows(again) == kept[:3]
    again.remove()
    assert list(tmp_path.iterdir()) == []


def test_a_store_without_cells_leaves_nothing(tmp_path: Path) -> None:
    CellStore(tmp_path / "x.sweep", SETTINGS, resume=False).close()
    assert list(tmp_path.iterdir()) == []


def test_a_store_that_was_killed_before_its_first_cell_is_begun_anew(tmp_path: Path) -> None:
    """Whatever was asked then: nothing of it was played."""
    killed, path = CellStore(tmp_path / "x.sweep", SETTINGS, resume=False), tmp_path / "y.sweep"
    path.write_bytes((tmp_path / "x.sweep").read_bytes())
    killed.close()
    for games in (40, 50):
        store = CellStore(path, {"--games": games}, resume=False)
        assert store.done == 0
        store.save()
        path.with_name("copy").write_bytes(path.read_bytes())
        store.close()
        path = path.with_name("copy").rename(path)
    again = CellStore(path, {"--games": 50}, resume=True)
    again.add({"cell": 0})
    again.close()
    with pytest.raises(StoreError, match="--games: 50 then, 40 now"):
        CellStore(path, {"--games": 40}, resume=True)


def test_cells_are_written_some_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is waited for as often as work may be lost, and not after every cell."""
    monkeypatch.setattr("game.futures.sweep_store.EVERY", 1e9)
    path = tmp_path / "x.sweep"
    store = CellStore(path, SETTINGS, resume=False)
    for cell in range(4):
        before = path.read_bytes()
        store.add({"cell": cell})
        assert path.read_bytes() == before
        if cell % 2:
            store.save()
            assert path.read_bytes() != before
    store.close()


def half_done(path: Path) -> None:
    store = CellStore(path, SETTINGS, resume=False)
    store.add({"cell": 0, "x": 0.1})
    store.close()


@pytest.mark.parametrize(
    ("settings", "resume", "sentence"),
    [
        (SETTINGS, False, "holds one finished cell of a sweep that was not finished; add --resume"),
        ({**SETTINGS, "--games": 40}, True, r"--games: 30 then, 40 now"),
        ({**SETTINGS, "new": [1]}, True, r"new: null then, \[1\] now"),
    ],
)
def test_another_sweep_is_not_mixed_in(
    tmp_path: Path, settings: dict[str, object], resume: bool, sentence: str
) -> None:
    path = tmp_path / "x.sweep"
    half_done(path)
    before = path.read_bytes()
    with pytest.raises(StoreError, match=sentence):
        CellStore(path, settings, resume=resume)
    assert path.read_bytes() == before
    again = CellStore(path, SETTINGS, resume=True)
    assert rows(again) == [{"cell": 0, "x": 0.1}]
    again.close()


def test_a_sweep_that_was_not_begun_is_begun_by_resuming_it(tmp_path: Path) -> None:
    store = CellStore(tmp_path / "x.sweep", SETTINGS, resume=True)
    assert store.done == 0
    store.close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE cell SET row = substr(row, 1, 9) WHERE number = 1",
        "UPDATE cell SET row = '[]' WHERE number = 1",
        "UPDATE cell SET row = x'00ff' WHERE number = 1",
        "UPDATE cell SET row = '{\"cell\": 1}' WHERE number = 1",
        "UPDATE cell SET number = 7 WHERE number = 1",
        "DELETE FROM cell WHERE number = 0",
        "UPDATE settings SET value = '{'",
    ],
)
def test_a_torn_store_is_told_before_anything_is_played(tmp_path: Path, change: str) -> None:
    path = tmp_path / "x.sweep"
    store = CellStore(path, SETTINGS, resume=False)
    for cell in range(3):
        store.add({"cell": cell, "x": 0.5})
    store.close()
    database = sqlite3.connect(path)
    database.execute(change)
    database.commit()
    database.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="it is damaged, as a copy is"):
        CellStore(path, SETTINGS, resume=True)
    assert path.read_bytes() == before


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_store_that_was_cut_off_is_told(tmp_path: Path, share: float) -> None:
    path = tmp_path / "x.sweep"
    store = CellStore(path, SETTINGS, resume=False)
    for cell in range(300):
        store.add({"cell": cell, "x": "y" * 200})
    store.close()
    raw = path.read_bytes()
    path.write_bytes(raw[: int(len(raw) * share)])
    with pytest.raises(StoreError, match="damaged"):
        CellStore(path, SETTINGS, resume=True)


def test_a_store_of_other_columns_is_told(tmp_path: Path) -> None:
    half_done(tmp_path / "x.sweep")
    for other in ({"cell": int, "y": float}, {"cell": int, "x": str}, {"cell": str, "x": float}):
        with pytest.raises(StoreError, match="damaged"):
            CellStore(tmp_path / "x.sweep", SETTINGS, resume=True, columns=other)
    CellStore(
        tmp_path / "x.sweep", SETTINGS, resume=True, columns={"cell": int, "x": float}
    ).close()


def test_a_store_that_cannot_be_opened_is_refused_in_a_sentence(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "no" / "x.sweep"):
        with pytest.raises(StoreError, match=r"cannot be opened \(unable to open"):
            CellStore(path, SETTINGS, resume=False)


def test_two_sweeps_do_not_write_one_file(tmp_path: Path) -> None:
    first = CellStore(tmp_path / "x.sweep", SETTINGS, resume=False)
    first.add({"cell": 0})
    with pytest.raises(StoreError, match="another sweep is writing it"):
        CellStore(tmp_path / "x.sweep", SETTINGS, resume=True)
    first.add({"cell": 1})
    assert len(rows(first)) == 2
    first.close()


def somebody_s(path: Path) -> None:
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE letters (text TEXT)")
    database.commit()
    database.close()


@pytest.mark.parametrize(
    "write", [lambda path: path.write_text("my letters, not a sweep " * 100), somebody_s]
)
@pytest.mark.parametrize("resume", [True, False])
def test_something_else_is_left_alone(
    tmp_path: Path, write: Callable[[Path], object], resume: bool
) -> None:
    path = tmp_path / "x.sweep"
    write(path)
    before = path.read_bytes()
    with pytest.raises(StoreError, match="holds no cells of a sweep"):
        CellStore(path, SETTINGS, resume=resume)
    assert path.read_bytes() == before


def test_a_full_store_keeps_what_it_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite's own limit on its pages does what a full disk does."""
    monkeypatch.setattr("game.futures.sweep_store.EVERY", 0)
    path = tmp_path / "x.sweep"
    store = CellStore(path, SETTINGS, resume=False)
    store._connection.execute("COMMIT")
    store._connection.execute("PRAGMA max_page_count = 20")
    store._begin()

    def fill() -> None:
        for cell in range(1000):
            store.add({"cell": cell, "long": "x" * 900})

    with pytest.raises(StoreError, match=r"is full.+ make room and go on with --resume"):
        fill()
    store.close()
    again = CellStore(path, SETTINGS, resume=True)
    assert 10 < again.done == len(rows(again)) < 1000
    assert [row["cell"] for row in rows(again)] == list(range(again.done))
    again.close()
    assert sqlite3.connect(path).execute("PRAGMA integrity_check").fetchone() == ("ok",)
