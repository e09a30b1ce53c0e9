"""The sheets of an export: every column explained, every row what the match says."""

import numpy as np
import pytest

from game.report.match_sheets import SHEETS, dictionary
from game.rules.seats import PAIRS, Cause, Seat
from game.rules.state import COLUMNS
from game.session.errors import MatchError
from game.session.match import Match
from tests.common import cast, scenario
from tests.session.common import US, begin, play


@pytest.fixture(scope="module")
def match(tmp_path_factory: pytest.TempPathFactory):
    made = begin(tmp_path_factory.mktemp("sheets"))
    made.inject_own("No effects", "words")
    made.inject(made.scenario.injects[0].id)
    made.override("us_support", 0.5, "=1+1")
    made.note("a note", US)
    play(made, 2)
    made.undo()
    play(made)
    yield made
    made.close()


def rows(match: Match, name: str) -> list[dict]:
    return list(next(sheet for sheet in SHEETS if sheet.name == name).rows(match))


@pytest.mark.parametrize("sheet", [*SHEETS, dictionary()], ids=lambda sheet: sheet.name)
def test_rows_have_the_columns_that_are_explained(match: Match, sheet) -> None:
    found = list(sheet.rows(match))
    assert found
    for row in found:
        assert set(row) <= set(sheet.columns)
        for name, value in row.items():
            assert value is None or isinstance(value, sheet.columns[name].kind), name
    for column in sheet.columns.values():
        assert column.text
        assert column.unit


def test_states_are_those_of_the_match(match: Match) -> None:
    states = rows(match, "states")
    assert [row["turn"] for row in states] == [0, 1, 2, 3]
    for row, state in zip(states[1:], match.match_state.after, strict=True):
        for name in COLUMNS:
            assert np.float32(row[name]) == getattr(state, name)[0]
    assert len(rows(match, "pairs")) == 4 * len(PAIRS)


def test_orders_have_a_row_for_each_seat_and_turn(match: Match) -> None:
    assert len(rows(match, "orders")) == 12
    assert {row["turn"] for row in rows(match, "orders")} == {1, 2, 3}
    for row in rows(match, "forecasts"):
        assert row["score"] == pytest.approx((row["odds"] - row["came"]) ** 2, abs=1e-6)


def test_figures_have_no_more_digits_than_they_are_worth(match: Match) -> None:
    figures = [value for row in rows(match, "states") for value in row.values()]
    assert all(str(value) == str(np.float32(value)) or value == int(value) for value in figures)


def test_every_id_and_number_is_told(match: Match) -> None:
    codes = rows(match, "codes")
    told = {(row["what"], row.get("seat"), row["id"]) for row in codes}
    for row in rows(match, "orders"):
        assert ("deed", row["seat"], row["deed"]) in told
        assert ("word", None, row["word"]) in told
        assert ("message", None, row["whisper"]) in told
    assert {("place", None, row["site"]) for row in rows(match, "fires")} <= told
    words = [row["number"] for row in codes if row["what"] == "word"]
    assert {row["us_claim"] for row in rows(match, "states")} <= set(words)
    assert [row["number"] for row in codes if row["what"] == "rung"] == list(range(11))
    assert not any("{" in (row["meaning"] or "") for row in codes)


def test_what_a_seat_was_pointed_to_is_told_with_the_truth(match: Match) -> None:
    beliefs = rows(match, "beliefs")
    assert len(beliefs) == 4 * 4
    for row in beliefs:
        outcome = match.played[row["turn"] - 1].outcome if row["turn"] else None
        signal = -1 if outcome is None else int(outcome.signal[Seat[row["seat"]], 0])
        assert row["signal"] == (Cause(signal).name.lower() if signal >= 0 else None)


def test_the_journal_has_the_undone_turn_too(match: Match) -> None:
    what = [row["what"] for row in rows(match, "journal")]
    assert what.count("turn") == 4
    assert what.count("undo") == 1


def test_interventions_say_what_changed(match: Match) -> None:
    told = rows(match, "interventions")
    assert told[0]["figure"] is None
    assert told[-1] == {
        "turn": 1, "what": "override", "title": None, "words": "=1+1", "figure": "us_support",
        "was": told[-1]["was"], "value": 0.5,
    }  # fmt: skip


def test_a_match_in_memory_has_no_sheets() -> None:
    match = Match(scenario("turn_zero"), cast("turn_zero", "default"), 1)
    with pytest.raises(MatchError, match="with a file"):
        rows(match, "match")
