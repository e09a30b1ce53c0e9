"""The record: rows as they were compiled, cut by turns, and nothing late used for fitting."""

import csv
import re
from datetime import date, timedelta

import pytest

from game.lab.claims import claims
from game.lab.coded import coded_moves
from game.lab.moments import moments
from game.lab.priors import further, priors
from game.lab.record import (
    DATA,
    LAST_KNOWN_DAY,
    SCENARIO,
    Used,
    counts,
    covering,
    in_sample_turns,
    last_fitted_day,
    opening_days,
    recorded,
    shares_of_turns,
    timeline,
    timeline_of,
)
from game.rules.seats import Seat
from tests.common import scenario


def test_every_attack_falls_into_one_turn() -> None:
    seen = scenario(SCENARIO)
    attacks = [row for row in timeline_of(seen) if row.is_attack]
    assert len(attacks) == 39
    assert sum(turn.attacks for turn in recorded(seen)) == len(attacks)
    assert [t for t, turn in enumerate(recorded(seen), 1) if turn.us_killed] == [9, 23]
    assert [t for t, turn in enumerate(recorded(seen), 1) if turn.missiles] == [14]


def test_the_dead_of_other_fights_are_not_counted() -> None:
    assert sum(turn.us_killed for turn in recorded(scenario(SCENARIO))) == 3, "one and two"


def test_a_great_salvo_is_a_barrage_and_no_small_one_is() -> None:
    """The scenario's orders and the timeline's salvos tell of the same attacks."""
    seen = scenario(SCENARIO)
    days, barrage = opening_days(seen), seen.setting.rulebook.deed(Seat.MILITIA, "barrage")
    ordered = {
        row.turn for row in seen.history if row.seat is Seat.MILITIA and row.order.deed == barrage
    }
    salvos = [row for row in timeline_of(seen) if row.is_attack and row.rounds]
    for row in salvos:
        low, high = row.rounds
        assert 1 <= low <= high
        turn = sum(day <= row.date for day in days)
        assert (high >= 15) == (turn in ordered), row
    assert {sum(day <= row.date for day in days) for row in salvos} >= ordered


def test_what_came_before_the_scenario_is_there_and_counted_nowhere() -> None:
    early = [row for row in timeline() if row.date < opening_days(scenario(SCENARIO))[0]]
    assert len(early) > 30
    assert any(row.is_attack for row in early)
    assert not set(early) & set(timeline_of(scenario(SCENARIO)))
    for row in coded_moves():
        if row.adds:
            near = [r for r in timeline() if abs((r.date - row.day).days) <= 2]
            assert near, f"{row.day}: it adds to a row that is not there"


def test_the_split_is_at_the_end_of_january() -> None:
    seen = scenario(SCENARIO)
    split = in_sample_turns(seen)
    days = opening_days(seen)
    assert days[split] <= date(2020, 2, 1) < days[split + 1]
    assert all(moment.end <= LAST_KNOWN_DAY for moment in moments())
    assert last_fitted_day(seen) == days[split] - timedelta(days=1)


def test_a_count_of_weeks_on_both_sides_is_no_test() -> None:
    used = {(count.start, count.end): count.used for count in counts()}
    assert used[date(2019, 10, 28), date(2019, 12, 9)] is Used.FITTED
    assert used[date(2019, 10, 28), date(2020, 2, 16)] is Used.PARTLY
    assert used[date(2020, 1, 3), date(2020, 4, 2)] is Used.PARTLY
    assert used[date(2020, 6, 8), date(2020, 6, 22)] is Used.TESTED
    last = last_fitted_day(covering())
    assert used[date(2020, 1, 1), date(2020, 1, 31)] is Used.PARTLY, "the fit ends before it"
    for count in counts():
        seen, unseen = count.start <= last, count.end > last
        assert (count.used is Used.PARTLY) == (seen and unseen)


def test_whatever_says_at_least_is_a_lower_bound() -> None:
    for count in counts():
        says = f"{count.unit} {count.notes}".lower()
        assert count.is_floor == ("at least" in says or "floor" in says), count
    assert [count.count for count in counts() if count.tolerance] == [35], "nearly three dozen"
    for count in counts():
        if count.compiler == "timeline.csv":
            assert count.count == count.named, "rockets and mortars, as the moments count them"
    assert sum(count.is_floor for count in counts() if count.compiler != "timeline.csv") == 3


def test_windows_cut_turns_by_their_days() -> None:
    seen = scenario(SCENARIO)
    shares = shares_of_turns(seen, date(2019, 10, 28), date(2019, 12, 9))
    assert shares[:6] == (1,) * 6
    assert shares[6] == pytest.approx(1 / 7), "the ninth of December is the first of seven days"
    assert not any(shares[7:])
    whole = shares_of_turns(seen, date(2019, 1, 1), date(2021, 1, 1))
    assert set(whole) == {1}


def test_priors_hold_their_bounds_and_name_a_reason() -> None:
    for prior in (*priors(), *further()):
        assert prior.reason
        for share in (0.0, 0.3, 1.0):
            value = float(prior.value(share))
            assert prior.low - 1e-9 <= value <= prior.high + 1e-9
            assert prior.share(value) == pytest.approx(share, abs=1e-9)


def test_every_figure_of_history_has_its_source() -> None:
    """A page, this record's own rows, or a judgement where the claim is of no number."""
    days = {f"{row.date:%Y-%m}" for row in timeline()} | {str(row.date) for row in timeline()}
    for name in ("timeline.csv", "counts.csv"):
        with (DATA / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                assert "://" in row["source"] or row["source"] == "timeline.csv", row
    for claim in claims():
        if claim.source == "judgement":
            assert claim.happened is None
            assert claim.value is None, claim.text
            continue
        assert claim.source.startswith(("timeline.csv", "https://")), claim.text
        for day in re.findall(r"\b20\d\d-\d\d(?:-\d\d)?\b(?!/)", claim.source.partition(";")[0]):
            if not claim.source.startswith("https://"):
                assert day in days, (claim.text, day)
