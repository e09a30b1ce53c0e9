"""A seat's own picture: figures, ledger, suspicion, marks, and the numbers they come from."""

import re

import pytest

from game.rules.endings import marks
from game.rules.observe import observe
from game.rules.seats import SEATS, Cause, Seat
from game.rules.state import COLUMNS, NO_LINE
from game.views.situation import ledger, mark_sheet, situation, suspicion, total_mark
from tests.common import SCENARIOS, random_film, scenario, setting

GAMES = 64
MOMENTS = [(s, k) for s in SCENARIOS for k in range(0, setting(s).turns, 2)]


@pytest.mark.parametrize("seat", SEATS)
@pytest.mark.parametrize(("scenario_id", "turn"), MOMENTS)
def test_every_figure_is_the_seat_s_own(seat: Seat, scenario_id: str, turn: int) -> None:
    moment = random_film(scenario_id, GAMES)[turn]
    seen, opening = observe(setting(scenario_id), *moment, seat), setting(scenario_id).opening
    for game in (0, GAMES - 1):
        picture = situation(seen, opening, game)
        figures = [figure for rows in picture.values() for figure in rows]
        assert len({figure.column for figure in figures}) == len(figures)
        for figure in figures:
            about = figure.value.startswith("about ")
            assert figure.estimate == about == (figure.column not in seen.exact), figure
            assert about == (seat not in COLUMNS[figure.column].seen_by)
            assert re.fullmatch(r"(?:about )?\d[\d,]*(?: of 100)?", figure.value), figure
            assert figure.label == figure.label.strip()
            number = float(re.sub(r"[^\d]|of 100", "", figure.value.removesuffix(" of 100")))
            value = float(seen.columns[figure.column][game])
            if "since turn 1" in figure.label:
                value -= float(getattr(opening, figure.column)[0])
            if COLUMNS[figure.column].unit == "share":
                assert number == pytest.approx(value * 100, abs=0.51)
                assert number <= 100, figure
            else:
                assert number == pytest.approx(value, abs=50.1 if about else 0.51), figure


@pytest.mark.parametrize("seat", SEATS)
def test_a_seat_s_own_figures_come_first(seat: Seat) -> None:
    seen = observe(setting("the_article"), *random_film("the_article", GAMES)[1], seat)
    first = next(iter(situation(seen, setting("the_article").opening).values()))
    prefix = ("us_", "iran_", "mil_", "iraq_")[seat]
    assert first[0].column.startswith(prefix)
    assert sum(figure.column.startswith(prefix) for figure in first) > 5


@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_what_is_counted_since_turn_1_begins_at_nothing(scenario_id: str) -> None:
    """The prologue's attacks and dead are not the game's."""
    rules, moment = setting(scenario_id), random_film(scenario_id, GAMES)[0]
    seen = observe(rules, *moment, Seat.US)
    counts = [
        figure
        for rows in situation(seen, rules.opening).values()
        for figure in rows
        if "since turn 1" in figure.label
    ]
    assert {"attacks", "us_dead", "civilians_dead"} <= {figure.column for figure in counts}
    assert {figure.value for figure in counts} == {"0"}


@pytest.mark.parametrize("seat", SEATS)
def test_the_ledger_is_what_the_seat_observes(seat: Seat) -> None:
    for moment in random_film("the_article", GAMES)[:-1]:
        seen = observe(setting("the_article"), *moment, seat)
        for game in (0, 31):
            rows = ledger(seen, game)
            assert [row.rival for row in rows] == list(seat.rivals)
            for row in rows:
                rival = row.rival
                assert row.credible == seen.credibility[rival, game]
                assert row.feared == seen.fear[rival, game]
                assert row.anger == seen.anger[rival, game]
                assert row.debt == moment.state.debt[seat, rival, game]
                assert row.days_left == moment.state.debt_days[seat, rival, game]
                theirs = float(moment.state.line[rival, seat, game])
                ours = float(moment.state.line[seat, rival, game])
                assert row.its_line == (None if theirs == NO_LINE else theirs)
                assert row.own_line == (None if ours == NO_LINE else ours)
                kept = float(moment.state.kept[seat, rival, game])
                broken = float(moment.state.broken[seat, rival, game])
                assert row.credible == pytest.approx(kept / (kept + broken), rel=1e-4)
                assert 0 <= row.feared <= row.credible


@pytest.mark.parametrize("seat", SEATS)
def test_suspicion_is_told_likeliest_first(seat: Seat) -> None:
    moment = random_film("the_article", GAMES)[4]
    seen = observe(setting("the_article"), *moment, seat)
    for game in range(GAMES):
        line = suspicion(seen, game)
        found = re.findall(r"(\d+) of (100|1,000)\)", line)
        shares = [int(share) / int(whole.replace(",", "")) for share, whole in found]
        assert len(shares) == (seen.suspicion[:, game] >= 0.005).sum()
        assert 0 not in shares
        assert shares == sorted(shares, reverse=True)
        assert ("you" in line.removeprefix("Who did the last attack? As you judge it")) == (
            (seat is Seat.IRAN and seen.suspicion[Cause.TEHRAN, game] >= 0.005)
            or (seat is Seat.MILITIA and (seen.suspicion[:2, game] >= 0.005).any())
        )
        assert 97 <= 100 * sum(shares) <= 103
        assert line.startswith("Who did the last attack?")
        assert line.endswith(".")


@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_the_mark_sheet_adds_up_to_the_mark(scenario_id: str) -> None:
    read, last = scenario(scenario_id), random_film(scenario_id, GAMES)[-1].state
    whole = marks(read.setting, last)
    for seat in SEATS:
        for game in range(GAMES):
            lines = mark_sheet(read, last, seat, game)
            total = sum(line.points for line in lines)
            mark = total_mark(read, last, seat, game)
            assert mark == whole[seat, game]
            assert mark == pytest.approx(min(max(total, 0), 100), abs=1e-3)
            for line in lines:
                assert line.name
                assert line.of == 0 or 0 <= line.points <= line.of
        assert sum(line.of for line in mark_sheet(read, last, seat)) == pytest.approx(100)
