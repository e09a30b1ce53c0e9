"""The coded record: what its reader refuses, and what it makes of a seat's turns."""

import itertools
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from game.content.load import load_rulebook
from game.content.problems import ContentError
from game.lab.coded import (
    COVERAGE,
    MOVES,
    Coverage,
    Kind,
    coded_moves,
    coverage,
    read_coverage,
    read_moves,
)
from game.lab.record import SCENARIO, opening_days
from game.lab.told import HOLD, Attestation, told
from game.lab.variants import variants
from game.rules.seats import SEATS, Seat
from tests.common import scenario

US, IRAN, MILITIA, IRAQ = SEATS
HEAD = MOVES.read_text(encoding="utf-8").splitlines()[0]
ROW = (
    "2020-01-03,,US,action,deploy,reinforce,,IRAN,Kuwait,,,,,,2019-12-31,,,high,https://a.org,note"
)
WEEKS = COVERAGE.read_text(encoding="utf-8").splitlines()[0]


def test_every_row_is_read_and_says_where_it_is_from() -> None:
    rows = coded_moves()
    assert Counter(row.kind for row in rows) == {
        Kind.STATEMENT: 161,
        Kind.ACTION: 82,
        Kind.MESSAGE: 32,
        Kind.HELD: 15,
    }
    assert all("://" in row.source for row in rows)
    assert rows[0].day >= date(2018, 5, 1)
    assert rows[-1].day <= date(2020, 6, 30), "nothing later is known to this record"
    answered = [(row.day - row.answers).days for row in rows if row.answers]
    assert min(answered) == 0
    assert max(answered) < 100


def test_every_week_of_every_seat_is_told_silent_or_unknown() -> None:
    weeks = {monday for monday, _ in coverage()}
    assert set(coverage()) == set(itertools.product(weeks, SEATS))
    assert {b - a for a, b in itertools.pairwise(sorted(weeks))} == {timedelta(days=7)}
    dealt = Counter(coverage().values())
    assert dealt[Coverage.UNKNOWN] > dealt[Coverage.SILENT], "much is not known, and says so"


def test_a_week_with_a_firm_row_is_told() -> None:
    for row in coded_moves():
        if row.is_firm:
            monday = row.day - timedelta(days=row.day.weekday())
            assert coverage()[monday, row.seat] is Coverage.TOLD, row


@pytest.mark.parametrize(
    ("cell", "put", "told_of"),
    [
        ("2020-01-03,", "3 January,", "date: '3 January' cannot be read; write a day such as"),
        (",US,", ",FRANCE,", "seat: 'FRANCE' is not known here; write one of: US, IRAN"),
        ("action", "rumour", "kind: 'rumour' is not known here"),
        ("reinforce", "invade", "deed: 'invade' is not known here"),
        ("2019-12-31", "2020-02-01", "answers: '2020-02-01' is later than the answer"),
        ("Kuwait,,", "Kuwait,some,", "rounds: 'some' cannot be read; write a whole number"),
        ("high", "sure", "confidence: 'sure' is not known here; write one of: high, med, low"),
        ("https://a.org", "a book", "source: 'a book' is no address"),
        ("a.org,note", "a.org,no,te", "21 cells where the head has 20"),
        (HEAD, "date,seat", "the columns are others; write date, day, seat"),
    ],
)
def test_a_row_that_is_wrong_is_told_with_its_line(
    tmp_path: Path, cell: str, put: str, told_of: str
) -> None:
    file = tmp_path / "moves.csv"
    text = f"{HEAD}\n{ROW}\n"
    assert cell in text
    file.write_text(text.replace(cell, put, 1), encoding="utf-8")
    with pytest.raises(ContentError) as found:
        read_moves(file, load_rulebook())
    line = 1 if cell == HEAD else 2
    assert f"moves.csv:{line}: " in str(found.value)
    assert told_of in str(found.value)


def test_what_is_no_table_or_not_there_is_told(tmp_path: Path) -> None:
    file = tmp_path / "moves.csv"
    with pytest.raises(ContentError, match="look whether it is there"):
        read_moves(file, load_rulebook())
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ContentError, match="save it as CSV in UTF-8"):
        read_moves(file, load_rulebook())
    file.write_text(f"{HEAD}\n{ROW}\n{ROW}\n", encoding="utf-8")
    with pytest.raises(ContentError, match=":3: this row stands twice"):
        read_moves(file, load_rulebook())


def test_a_week_that_is_wrong_is_told(tmp_path: Path) -> None:
    file = tmp_path / "coverage.csv"
    rows = ["2020-01-07,US,told,https://a.org,", "2020-01-06,US,told,,", "2020-01-06,US,unknown,,"]
    file.write_text("\n".join([WEEKS, *rows]) + "\n", encoding="utf-8")
    with pytest.raises(ContentError) as found:
        read_coverage(file)
    first, second, third = str(found.value).splitlines()
    assert "coverage.csv:2: week: '2020-01-07' is no Monday" in first
    assert "coverage.csv:3: source: '' is no address" in second
    assert "coverage.csv:4: week: '2020-01-06' stands twice for US" in third


def standing(seat: Seat, day: date) -> Attestation:
    days = opening_days(scenario(SCENARIO))
    turn = sum(opened <= day for opened in days) - 1
    return told(scenario(SCENARIO))[seat].standing[turn]


@pytest.mark.parametrize(
    ("seat", "day", "how"),
    [
        (
            IRAN,
            date(2020, 4, 15),
            Attestation.ACTED,
        ),  # boats around American ships: no order has it
        (MILITIA, date(2020, 4, 20), Attestation.HELD),  # a digest tells of a month without rockets
        (US, date(2019, 12, 13), Attestation.SPOKE),  # a warning, and no deed
        (IRAN, date(2020, 2, 24), Attestation.SILENT),  # a digest that names no move of Tehran's
        (IRAN, date(2019, 11, 25), Attestation.UNKNOWN),
        (MILITIA, date(2020, 2, 3), Attestation.SILENT),  # a lull, by one doubtful page
    ],
)
def test_what_a_source_says_is_told_from_what_none_says(seat: Seat, day: date, how) -> None:
    assert standing(seat, day) is how


def test_a_turn_may_hold_several_moves() -> None:
    """3 January 2020: a commander killed, a brigade sent, a militia put on the list."""
    seen = scenario(SCENARIO)
    book, known = seen.setting.rulebook, told(seen)
    turn = opening_days(seen).index(date(2020, 1, 3))
    done = {book.deeds[US][d].id for d in np.flatnonzero(known[US].deeds[turn])}
    assert done == {"kill_commander", "reinforce", "sanction"}
    said = {book.words[w].id for w in np.flatnonzero(known[US].words[turn])}
    assert said == {"justify_imminent", "threaten"}
    for seat in SEATS:
        shares = [0.0 if how is Attestation.UNKNOWN else 1.0 for how in known[seat].standing]
        for table in (known[seat].deeds, known[seat].words):
            assert table.sum(axis=1) == pytest.approx(shares)


def test_what_is_doubtful_or_of_other_hands_stands_for_no_choice() -> None:
    for row in coded_moves():
        if row.confidence == "low" or row.is_by_others or not row.is_day_known:
            assert not row.is_firm
    others = [row for row in coded_moves() if row.is_by_others]
    assert others
    assert not any(row.deed or row.word for row in others)


def test_a_told_deed_is_never_beside_holding() -> None:
    for known in told(scenario(SCENARIO)).values():
        acted = np.array([how is Attestation.ACTED for how in known.standing])
        assert (known.deeds[acted, HOLD] == 0).all()


def test_every_variant_that_was_tried_is_counted() -> None:
    tried = variants()
    assert tried.number == len(tried.named) + tried.unkept
    assert sum(row.kept for row in tried.named) == 1
    for row in tried.named:
        assert row.low is None or row.low <= row.gain <= row.high
