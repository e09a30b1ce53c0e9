"""The ledger of deterrence over a game: standings computed by hand, and why they moved."""

from typing import Any

import pytest

from game.rules.dread import dread
from game.rules.observe import known_stake
from game.rules.seats import PAIRS, SEATS, Seat
from game.rules.state import NO_LINE
from game.views.deterrence import LineDrawn, Move, PairHistory, ledger_over_time, lines_standing
from game.views.played import Turn
from tests.views.handmade import SCENARIO, game_of, position, turn_of

US, IRAN, MILITIA, IRAQ = SEATS
START: dict[str, Any] = {
    "kept": {"IRAN>US": 3},
    "broken": {"IRAN>US": 1},
    "anger": {"IRAN>US": 0.5},
}


def pair(*turns: Turn, of: Seat = IRAN, at: Seat = US) -> PairHistory:
    return next(p for p in ledger_over_time(game_of(*turns)) if (p.of, p.at) == (of, at))


def moved(
    given: dict[str, Any] | None = None, after: dict[str, Any] | None = None, **happened: Any
) -> tuple[Move, ...]:
    """How Iran's view of Washington moved in one turn."""
    made = turn_of(given, before=position(**START), after=after or {}, **happened)
    return pair(made).moves


def reasons(*args: Any, **kwargs: Any) -> tuple[str, ...]:
    (move,) = moved(*args, **kwargs)
    assert move.turn == 1
    return move.reasons


def test_standings_by_hand() -> None:
    """Belief is kept / (kept + broken); fear is `dread` times what the other can do."""
    after = {
        "kept": {"IRAN>US": 1},
        "broken": {"IRAN>US": 3},
        "anger": {"IRAN>US": 0.75},
        "us_troops": 5000,
        "us_support": 0.5,
        "us_case": 0.4,
    }
    found = pair(turn_of(before=position(**START), after=after))
    reach = 0.0
    for row in SCENARIO.setting.tables.reach:
        if (row.of, row.on) == (US, IRAN):
            reach += row.base
            for name, weight in row.columns.items():
                reach += weight * float(getattr(position(**after).state, name)[0])
    first, last = found.standings
    assert first.credible == pytest.approx(0.75, abs=1e-5)
    assert first.anger == 0.5
    state = position(**after).state
    spared, stake = state.assurance[IRAN, US, 0], known_stake(state, (US, IRAN))[0]
    p = SCENARIO.setting.rulebook.parameters.dread
    feared = dread(p, 0.25, spared, state.us_ready[0], stake) * min(max(reach, 0), 1)
    assert last == pytest.approx((0.25, spared, feared, 0.75), abs=1e-5)
    assert 0 < last.feared < first.feared
    assert found.movement == pytest.approx(0.5 + abs(last.feared - first.feared) + 0.25, abs=1e-5)


def test_what_is_spared_moves_it_too() -> None:
    """A blow out of the blue takes the belief in being spared, and is named as what did."""
    (reason,) = reasons(after={"assurance": {"IRAN>US": 0.1}})
    assert reason == "Washington struck Iran without a crossed line to answer"


def test_a_blow_that_answers_is_not_out_of_the_blue_too() -> None:
    """It may answer what others had done; belief in being spared falls, too."""
    answer, wrong = (
        {"answered": {(US, IRAN): True}},
        "what Washington struck Iran for, others had done",
    )
    assert reasons(after={"assurance": {"IRAN>US": 0.1}}, **answer) == (wrong,)
    both = {"assurance": {"IRAN>US": 0.1}, "kept": {"IRAN>US": 9}}
    assert reasons(after=both, **answer) == ("Washington answered Iran", wrong)
    risen = {"assurance": {"IRAN>US": 0.9}}
    only = "Washington struck Iran only for a line that it had crossed"
    assert reasons(after=risen, **answer) == (only,)


def test_movement_adds_up_what_goes_and_what_comes_back() -> None:
    up, down = {"anger": {"IRAN>US": 0.7}}, {"anger": {"IRAN>US": 0.5}}
    start = position(**START)
    there = turn_of(before=start, after=up)
    back = turn_of(before=start.with_(**up), after=down)
    assert pair(there, back).movement == pytest.approx(0.4, abs=1e-5)
    first, *_ = ledger_over_time(game_of(there, back))
    assert (first.of, first.at) == (IRAN, US)


@pytest.mark.parametrize("name", ["answered", "lapsed"])
def test_belief_moves_by_lines_that_were_kept_or_not(name: str) -> None:
    """Everybody watches; the others whom it did not answer are not named."""
    told = {
        "answered": "Washington answered {}",
        "lapsed": "Washington let pass what {} had done",
    }[name]
    after = {"kept": {"IRAN>US": 9}}
    for whom, text in (
        ({(US, IRAN): True}, "Iran"),
        ({(US, MILITIA): True}, "the militias"),
        ({(US, IRAN): True, (US, IRAQ): True}, "Iran and the Iraqi government"),
    ):
        assert reasons(after=after, **{name: whom}) == (told.format(text),)
    assert moved(after=after, **{name: {(MILITIA, US): True}}) == ()


def test_what_stays_within_three_of_a_hundred_needs_no_reason() -> None:
    flags = {"answered": {(US, IRAN): True}}
    assert moved(after={"anger": {"IRAN>US": 0.529}}, blow={(US, IRAN): 6}, **flags) == ()
    assert len(moved(after={"anger": {"IRAN>US": 0.531}}, blow={(US, IRAN): 6}, **flags)) == 1
    soothing = {"US": ("hold", "reassure>IRAN")}
    assert moved(soothing, after={"anger": {"IRAN>US": 0.471}}) == ()
    assert len(moved(soothing, after={"anger": {"IRAN>US": 0.469}})) == 1


def test_fear_moves_by_what_the_other_can_do() -> None:
    """Told only where belief stayed: it moves fear by itself."""
    rows = [row for row in SCENARIO.setting.tables.reach if (row.of, row.on) == (US, IRAN)]
    name = max(
        (name for row in rows for name in row.columns if row.columns[name] > 0),
        key=lambda name: max(row.columns.get(name, 0) for row in rows),
    )
    for before, then, text in ((0.0, 1.0, "more"), (1.0, 0.0, "less")):
        start = position(**START, **{name: before})
        (move,) = pair(turn_of(before=start, after={name: then})).moves
        assert move.reasons == (
            f"there was {text} to fear of the United States: its means, its readiness or its stake",
        )
        believed = turn_of(
            before=start,
            after={name: then, "kept": {"IRAN>US": 99}},
            answered={(US, IRAN): True},
        )
        (move,) = pair(believed).moves
        assert move.reasons == ("Washington answered Iran",)


def test_anger_rises_by_blows_and_harm_at_the_other_s_hands() -> None:
    after = {"anger": {"IRAN>US": 0.8}}
    blow = "Tehran held Washington responsible for an act of rung 7 (strike on leaders)"
    assert reasons(after=after, blow={(US, IRAN): 7}) == (blow,)
    assert reasons(after=after, blow={(US, IRAN): 7}, harm={(IRAN, US): 1}) == (blow,)
    assert reasons(after=after, harm={(IRAN, US): 0.1}) == (
        "Tehran took harm or offence from Washington",
    )
    for happened in (
        {},
        {"blow": {(IRAN, US): 7}},
        {"blow": {(MILITIA, IRAN): 7}},
        {"harm": {(US, IRAN): 1}},
        {"harm": {(IRAN, IRAQ): 1}},
    ):
        assert moved(after=after, **happened) == ()


@pytest.mark.parametrize(
    ("given", "soothed"),
    [
        ({"US": ("hold", "reassure>IRAN")}, True),
        ({"US": ("hold", "assure>IRAN")}, True),
        ({"US": ("hold", "reassure>MILITIA")}, False),
        ({"US": ("hold", "assure>IRAQ")}, False),
        ({"US": ("hold", "condemn>IRAN")}, False),
        ({"US": ("hold", "demand>IRAN")}, False),
        ({"MILITIA": ("hold", "reassure>IRAN")}, False),
        ({}, False),
    ],
)
def test_anger_falls_by_what_soothes(given: dict[str, Any], soothed: bool) -> None:
    told = moved(given, after={"anger": {"IRAN>US": 0.4}})
    assert [m.reasons for m in told] == [("Washington said that nothing more was meant",)] * soothed
    # What soothes is no reason for anger that rose.
    assert moved(given, after={"anger": {"IRAN>US": 0.6}}) == ()


def test_anger_at_the_first_seat_of_all_falls_too() -> None:
    start = position(anger={"US>IRAN": 0.5})
    turn = turn_of(
        {"IRAN": ("hold", "reassure>US")}, before=start, after={"anger": {"US>IRAN": 0.3}}
    )
    (move,) = pair(turn, of=US, at=IRAN).moves
    assert move.reasons == ("Tehran said that nothing more was meant",)
    assert move.change == pytest.approx((0, 0, 0, -0.2), abs=1e-5)


def test_every_pair_is_its_own() -> None:
    for of, at in PAIRS:
        name = f"{of.name}>{at.name}"
        start = position(anger={name: 0.2})
        made = turn_of(before=start, after={"anger": {name: 0.9}}, blow={(at, of): 5})
        moves = {(p.of, p.at): p.moves for p in ledger_over_time(game_of(made)) if p.moves}
        assert list(moves) == [(of, at)]


def test_lines_that_stand() -> None:
    state = position().state
    state.line[:], state.stake[:] = NO_LINE, 0.125
    assert lines_standing(state) == []
    state.line[IRAN, US], state.stake[IRAN, US] = 5, 0.75
    state.line[US, MILITIA] = 0
    assert lines_standing(state) == [
        LineDrawn(US, MILITIA, 0, 0.125),
        LineDrawn(IRAN, US, 5, 0.75),
    ]
