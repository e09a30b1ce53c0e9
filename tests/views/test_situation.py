"""A seat's own picture: figures, ledger, suspicion, marks, and the numbers they come from."""

import re
from dataclasses import replace
from typing import Any

import pytest

from game.rules.account import Account, account
from game.rules.endings import Ending, marks
from game.rules.observe import Observation, Sighting, observe
from game.rules.outcome import Source
from game.rules.seats import SEATS, Cause, Rung, Seat
from game.rules.state import COLUMNS, ESTIMATED, NO_LINE
from game.views.situation import (
    Figure,
    attack_in_question,
    campaign_rate,
    ledger,
    mark_sheet,
    own_doing,
    since_turn_1,
    situation,
    suspicion,
    total_mark,
)
from tests.common import SCENARIOS, random_film, scenario, setting
from tests.views.handmade import position, turn_of

GAMES = 64
MOMENTS = [(s, k) for s in SCENARIOS for k in range(0, setting(s).turns, 2)]


@pytest.mark.parametrize("seat", SEATS)
@pytest.mark.parametrize(("scenario_id", "turn"), MOMENTS)
def test_every_figure_is_the_seat_s_own(seat: Seat, scenario_id: str, turn: int) -> None:
    moment = random_film(scenario_id, GAMES)[turn]
    rules = setting(scenario_id)
    seen, opening = observe(rules, *moment, seat), rules.opening
    for game in (0, GAMES - 1):
        picture = situation(seen, rules, game)
        figures = [figure for rows in picture.values() for figure in rows]
        assert len({figure.column for figure in figures}) == len(figures)
        for figure in figures:
            about = figure.value.startswith("about ")
            assert figure.estimate == about == (figure.column not in seen.exact), figure
            assert about == (seat not in COLUMNS[figure.column].seen_by)
            assert re.fullmatch(r"(?:about )?\d[\d,.]*(?: of 100)?", figure.value), figure
            assert figure.label == figure.label.strip()
            number = float(re.sub(r"[^\d.]|of 100", "", figure.value.removesuffix(" of 100")))
            value = float(seen.columns[figure.column][game])
            if "since turn 1" in figure.label:
                value -= float(getattr(opening, figure.column)[0])
            if figure.column == "mil_effort":
                assert number == pytest.approx(campaign_rate(seen, rules, game), abs=0.051)
            elif COLUMNS[figure.column].unit == "share":
                assert number == pytest.approx(value * 100, abs=0.51)
                assert number <= 100, figure
            else:
                assert number == pytest.approx(value, abs=50.1 if about else 0.51), figure


@pytest.mark.parametrize("seat", SEATS)
def test_a_seat_s_own_figures_come_first(seat: Seat) -> None:
    seen = observe(setting("the_article"), *random_film("the_article", GAMES)[1], seat)
    first = next(iter(situation(seen, setting("the_article")).values()))
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
        for rows in situation(seen, rules).values()
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
        if known := own_doing(seen, game):
            assert line == f"Who did the last attack? You know it: {known}."
            continue
        found = re.findall(r"(\d+) of (100|1,000)\)", line)
        shares = [int(share) / int(whole.replace(",", "")) for share, whole in found]
        assert len(shares) == (seen.suspicion[:, game] >= 0.005).sum()
        assert 0 not in shares
        assert shares == sorted(shares, reverse=True)
        assert ("you" in line.removeprefix("Who did the last attack? As you judge it")) == (
            seat is Seat.IRAN and seen.suspicion[Cause.TEHRAN, game] >= 0.005
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


# --- to the letter


def seen_by(seat: Seat, **columns: Any) -> Observation:
    """What a seat sees at the opening, some columns set; estimates too."""
    state = position(**columns).state
    for name, value in columns.items():
        if name in ESTIMATED:
            state.estimates[:, ESTIMATED.index(name)] = value
    return observe(setting("the_article"), state, None, seat)


def figure(seat: Seat, column: str, value: float) -> Figure:
    picture = situation(seen_by(seat, **{column: value}), setting("the_article"))
    (found,) = (f for rows in picture.values() for f in rows if f.column == column)
    return found


@pytest.mark.parametrize(
    ("seat", "column", "value", "shown"),
    [
        (Seat.US, "us_troops", 5200, "5,200"),
        (Seat.US, "us_support", 0.374, "37 of 100"),
        (Seat.US, "us_support", 1, "100 of 100"),
        (Seat.MILITIA, "mil_rockets", 649, "649"),
        (Seat.US, "mil_rockets", 649, "about 600"),
        (Seat.US, "mil_rockets", 1251, "about 1,300"),
        (Seat.US, "mil_rockets", 100, "about 100"),
        (Seat.US, "mil_rockets", 99, "about 99"),
        (Seat.US, "mil_rockets", 0, "about 0"),
        (Seat.US, "mil_concealment", 0.5, "about 50 of 100"),
        (Seat.MILITIA, "mil_concealment", 0.5, "50 of 100"),
    ],
)
def test_a_figure_to_the_letter(seat: Seat, column: str, value: float, shown: str) -> None:
    found = figure(seat, column, value)
    assert found.value == shown
    assert found.estimate == shown.startswith("about")


@pytest.mark.parametrize("column", ["attacks", "us_dead", "us_wounded", "civilians_dead"])
def test_what_happened_is_counted_since_turn_1(column: str) -> None:
    start = float(getattr(setting("the_article").opening, column)[0])
    for more, shown in ((0, "0"), (1, "1"), (2, "2"), (1200, "1,200")):
        assert figure(Seat.US, column, start + more).value == shown
    assert figure(Seat.US, column, max(start - 1, 0)).value == "0"


def test_how_counts_are_called() -> None:
    assert since_turn_1("Americans killed") == "Americans killed since turn 1"
    assert since_turn_1("Wounded, as reported") == "Wounded since turn 1, as reported"
    assert figure(Seat.US, "us_wounded", 0).label == ("Americans wounded since turn 1, as reported")
    assert figure(Seat.US, "quiet_days", 3).label == "Days since the last attack"


def test_the_headings_are_the_seats_and_the_crisis_ones_own_first() -> None:
    names = ["The United States", "Iran", "The militias", "Iraq"]
    for seat in SEATS:
        rest = [name for name in names if name != names[seat]]
        picture = situation(seen_by(seat), setting("the_article"))
        assert list(picture) == [names[seat], *rest, "The crisis"]


def test_what_a_seat_cannot_see_at_all_is_left_out() -> None:
    for seat in SEATS:
        seen = seen_by(seat)
        picture = situation(seen, setting("the_article"))
        shown = {f.column for rows in picture.values() for f in rows}
        assert shown <= set(seen.columns)
        assert ("mil_favour" in shown) == (seat in COLUMNS["mil_favour"].seen_by)


SHARES = {
    (0.25, 0.5, 0.25, 0): (
        "{militia} (50 of 100), {tehran} (25 of 100) and a splinter cell (25 of 100)"
    ),
    (0, 0.5, 0, 0.5): "{militia} (50 of 100) and somebody else, such as ISIS (50 of 100)",
    (0.0049, 0.9951, 0, 0): "{militia} (more than 99 of 100)",
    (0.0051, 0.9949, 0, 0): "{militia} (99 of 100) and {tehran} (5 of 1,000)",
}
CALLED = {
    Seat.US: (
        "the militias on Tehran's order, or Tehran itself",
        "the militias on their own",
    ),
    Seat.IRAN: ("the militias on your order", "the militias on their own"),
    Seat.MILITIA: ("Tehran itself", "the militias on their own"),
    Seat.IRAQ: (
        "the militias on Tehran's order, or Tehran itself",
        "the militias on their own",
    ),
}


@pytest.mark.parametrize("seat", SEATS)
@pytest.mark.parametrize("shares", SHARES)
def test_suspicion_to_the_letter(seat: Seat, shares: tuple[float, ...]) -> None:
    tehran, militia = CALLED[seat]
    told = SHARES[shares].format(tehran=tehran, militia=militia)
    seen = seen_by(seat, suspicion={seat.name: shares})
    assert suspicion(seen) == f"Who did the last attack? As you judge it: {told}."
    assert suspicion(seen, attack="that one").startswith("Who did that one? ")


@pytest.mark.parametrize(
    ("seat", "shares", "known"),
    [
        (Seat.IRAN, (1, 0, 0, 0), "you yourself"),
        (Seat.MILITIA, (1, 0, 0, 0), "your men, on Tehran's order"),
        (Seat.MILITIA, (0, 1, 0, 0), "your men, in your own campaign"),
        (Seat.IRAN, (0, 1, 0, 0), ""),
        (Seat.MILITIA, (0, 0, 1, 0), ""),
        (Seat.US, (1, 0, 0, 0), ""),
        (Seat.IRAQ, (0, 1, 0, 0), ""),
        (Seat.IRAN, (0.99, 0.01, 0, 0), ""),
    ],
)
def test_a_seat_does_not_judge_its_own_hand_by_evidence(
    seat: Seat, shares: tuple[float, ...], known: str
) -> None:
    seen = seen_by(seat, suspicion={seat.name: shares})
    assert own_doing(seen) == known
    assert ("You know it: " in suspicion(seen)) == bool(known)


@pytest.mark.parametrize("scenario_id", ["the_article", "after_taji"])
def test_whoever_fired_is_told_so_in_every_game(scenario_id: str) -> None:
    """Over random games: where the militias, or Iran, fired the last unsigned fire, they know."""
    told = 0
    for state, outcome in random_film(scenario_id, GAMES)[1:]:
        for seat, source in ((Seat.MILITIA, Source.MILITIA), (Seat.IRAN, Source.IRAN)):
            seen = observe(setting(scenario_id), state, outcome, seat)
            alone = (outcome.fire_attacks > 0).sum(axis=0) == 1
            fired = (outcome.fire_attacks[source] > 0) & alone & (state.quiet_days == 0)
            for game in fired.nonzero()[0]:
                if outcome.signal[Seat.US, game] >= 0:  # it was unsigned
                    assert own_doing(seen, game)
                    told += 1
    assert told


def test_the_attack_in_question() -> None:
    """The last one with evidence of its own; of its sightings, one that nobody signed."""
    read = scenario("the_article")
    sites = read.setting.rulebook.sites
    plain = account(read.setting, turn_of().outcome, Seat.US)
    signed = sighting(4, Source.IRAN)
    early = replace(plain, turn=1, evidence=Cause.MILITIA, sightings=(sighting(3, None),))
    late = replace(
        plain,
        turn=2,
        evidence=Cause.TEHRAN,
        sightings=(signed, sighting(0, None), sighting(5, None)),
    )
    without = replace(plain, turn=3, sightings=(sighting(7, None),))
    unseen = replace(plain, turn=4, evidence=Cause.MILITIA)

    def told(*accounts: Account) -> str:
        return attack_in_question(read, accounts)

    def expected(turn: int, where: int) -> str:
        opens = read.turns[turn - 1].date
        return f"the attack on {sites[where].name} in turn {turn}, of {opens.day} {opens:%B %Y}"

    assert told(early) == expected(1, 3)
    assert told(early, late) == told(early, late, without, unseen) == expected(2, 0)
    assert told(replace(late, sightings=(signed,))) == expected(2, 4)
    mine = replace(
        early, seat=Seat.MILITIA, turn=2, evidence=None, sightings=(sighting(6, Source.MILITIA),)
    )
    assert told(early, mine) == expected(2, 6), "whoever fired knows which attack it was"
    before = "the last attack before turn 1"
    assert told() == told(plain, without, unseen) == before


def test_where_there_was_no_attack_there_is_none_in_question() -> None:
    read = scenario("the_article")
    quiet = read.setting.opening.copy()
    quiet.attacks[:] = 0
    calm = replace(read, setting=replace(read.setting, opening=quiet))
    assert attack_in_question(calm, ()) == ""


def sighting(where: int, by: Source | None) -> Sighting:
    return Sighting(
        site=where, attacks=1, rounds=1, hits=0, us_killed=0, coalition_killed=0, iraqi_killed=0,
        rung=3, by=by,
    )  # fmt: skip


def test_an_ending_stands_last_on_the_sheet_where_it_counts() -> None:
    read = scenario("the_article")
    endings = read.setting.rulebook.endings
    for ending in Ending:
        state = position().state
        state.ending[:] = ending
        for seat in SEATS:
            wanted = int(state.agenda[seat, 0])
            usual = [part.name for part in read.setting.rulebook.objectives(seat, wanted)]
            lines = mark_sheet(read, state, seat)
            effect = read.setting.rulebook.ending_mark(seat, wanted, ending) if ending else 0
            if effect:
                assert lines.pop() == (f"Ending: {endings[ending - 1].name}", effect, 0.0)
            assert [line.name for line in lines] == usual


@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_a_sheet_after_a_general_war_gives_no_points_for_peace(scenario_id: str) -> None:
    """What it pays is called what was measured: a state at war is not told that it "stands"."""
    read = scenario(scenario_id)
    state = read.setting.opening.copy()
    state.ending[:], state.highest_rung[:] = Ending.GENERAL_WAR, Rung.GENERAL_WAR
    for seat in SEATS:
        for agenda in range(len(read.setting.rulebook.agendas[seat])):
            state.agenda[seat] = agenda
            paid = [line.name for line in mark_sheet(read, state, seat) if line.points > 0]
            assert paid
            untrue = [name for name in paid if re.search("stands|stopped|battlefield|No war", name)]
            assert not untrue
