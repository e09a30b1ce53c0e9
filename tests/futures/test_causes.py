"""What moved the figures that a seat sees: the parts add up to the move, and name nobody unseen."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from game.futures.regard import Past, live
from game.futures.seen import Seen
from game.players.base import decide
from game.rules.luck import game_keys
from game.rules.observe import Observation
from game.rules.orders import Order
from game.rules.seats import SEATS, Seat
from game.rules.state import COLUMNS
from game.session.match import Match
from game.views.regard import Cause
from tests.common import cast, scenario

US, IRAN, MILITIA, IRAQ = SEATS
ARTICLE = scenario("the_article")
BOOK = ARTICLE.setting.rulebook
KEYS = game_keys(3, range(60))


def played(*turns: dict[Seat, Order]) -> Match:
    """A match in which just this was ordered."""
    match = Match(ARTICLE, {}, 7)
    for given in turns:
        for seat in SEATS:
            assert not match.commit(seat, given.get(seat, Order()))
        match.advance()
    return match


def causes_of(match: Match, seat: Seat) -> Sequence[Cause]:
    seen = Seen(match, seat)
    return live(ARTICLE.setting, seen.past, KEYS, seen.now).causes


def deed(seat: Seat, name: str) -> Order:
    return Order(deed=BOOK.deed(seat, name))


def of(causes: Sequence[Cause], column: str) -> dict[tuple[Seat | None, str, str], float]:
    return {(one.seat, one.kind, one.what): one.by for one in causes if one.column == column}


def left(before: Observation, now: Observation, causes: Sequence[Cause]) -> dict[str, float]:
    """What of each share's move has no cause, and the move, in points."""
    known: dict[str, float] = defaultdict(float)
    for one in causes:
        known[one.column] += 100 * one.by
    moved = {
        name: 100 * float((now.columns[name] - before.columns[name])[0])
        for name in now.exact
        if COLUMNS[name].unit == "share"
    }
    return {name: change - known[name] for name, change in moved.items()}


@pytest.mark.parametrize("seat", SEATS, ids=lambda seat: seat.name)
def test_the_parts_of_a_move_add_up_to_it(seat: Seat) -> None:
    """Where nothing was done unseen, the causes leave next to nothing of any figure's move: however
    large it is, and whether acts, fire, the turn before or the days made it.
    """
    strike = deed(US, "strike_depots")
    turns = (
        {US: strike, MILITIA: deed(MILITIA, "parliament"), IRAQ: deed(IRAQ, "mediate")},
        {MILITIA: deed(MILITIA, "parliament"), IRAN: deed(IRAN, "work_baghdad")},
        {},
    )  # fmt: skip
    large = 0.0
    for count in range(1, len(turns) + 1):
        seen = Seen(match := played(*turns[:count]), seat)
        assert seen.before is not None
        rest = left(seen.before, seen.now, causes_of(match, seat))
        for name in ("iraq_momentum", "us_support", "iran_cohesion", "mil_standing", "iraq_lean"):
            change = 100 * float((seen.now.columns[name] - seen.before.columns[name])[0])
            large = max(large, abs(change))
            assert abs(rest[name]) < max(2, abs(change) / 10), (name, count, change)
    assert large > 20


def test_the_turn_before_and_the_days_are_causes() -> None:
    """What has been done works on in the turn after; where nothing works, figures go back to their
    rest by themselves."""
    politics = {MILITIA: deed(MILITIA, "parliament")}
    after = of(causes_of(played(politics, {}), US), "iraq_momentum")
    assert after[MILITIA, "earlier", "Parliament politics"] > 0.01
    match = played(politics, {}, {})
    before, now = Seen(match, US).observations[-2:]
    change = float((now.columns["iraq_momentum"] - before.columns["iraq_momentum"])[0])
    later = of(causes_of(match, US), "iraq_momentum")
    assert later == pytest.approx({(None, "days", ""): change}, abs=0.002)


def test_who_did_not_sign_is_not_named() -> None:
    """What was seen done without a signature has its part, under nobody's name; for its doer it is
    an act like any other. Fire that nobody signed has its part, too, dead and all."""
    turns: list[dict[Seat, Order]] = [
        {IRAN: deed(IRAN, "work_baghdad"), MILITIA: deed(MILITIA, "barrage")},
        {},
    ]
    first, second = played(*turns[:1]), played(*turns)
    for seat in (US, MILITIA, IRAQ):
        for match, kind in ((first, "unsigned"), (second, "earlier_unsigned")):
            causes = causes_of(match, seat)
            assert abs(of(causes, "iraq_momentum")[None, kind, ""]) > 0.02
            assert not [one for one in causes if one.seat is IRAN]
        fire = "own_fire" if seat is MILITIA else "fire"
        causes = causes_of(first, seat)
        if seat is MILITIA:
            assert of(causes, "attacks")[MILITIA, "act", "Barrage"] > 0
        else:
            assert of(causes, "attacks")[None, fire, ""] == pytest.approx(
                float(first.played[0].outcome.attacks[0])
            )
            assert not [one for one in causes if one.seat is MILITIA]
    own = of(causes_of(first, IRAN), "iraq_momentum")
    assert abs(own[IRAN, "act", "Work Baghdad"]) > 0.02


def test_the_toll_of_a_strike_is_as_it_was_seen() -> None:
    match = played({US: deed(US, "strike_depots")})
    for seat in SEATS:
        killed = of(causes_of(match, seat), "militia_dead")
        seen = float(match.played[0].outcome.strike_militia_killed[0])
        assert killed == pytest.approx({(US, "act", "Strike depots"): seen})


def test_what_is_not_seen_changes_no_part() -> None:
    """Only what the seat saw goes into it: a match that differs in secrets alone has the same."""
    one = played({IRAN: deed(IRAN, "arm")}, {})
    other = played({}, {})
    seen = Seen(one, US), Seen(other, US)
    same = [replace(turn.seen) for turn in seen[0].past]
    past = tuple(map(Past, same, [turn.learnt for turn in seen[1].past]))
    assert [a.learnt for a in seen[0].past] == [a.learnt for a in seen[1].past]
    by = [live(ARTICLE.setting, turns, KEYS, seen[0].now).causes for turns in (seen[0].past, past)]
    assert by[0] == by[1]
    assert np.isfinite([cause.by for cause in by[0]]).all()


@pytest.mark.parametrize("seat", SEATS, ids=lambda seat: seat.name)
def test_in_a_game_of_the_usual_players(seat: Seat) -> None:
    """Every cause is of a figure that the seat sees, and nearly every move is told."""
    usual = cast("the_article", "default")
    match = Match(ARTICLE, {s: usual[s] for s in SEATS if s is not seat}, 2)
    told = []
    for _ in range(3):
        made = decide(usual[seat], ARTICLE.setting, match.state, match.last_outcome, seat)
        assert not match.commit(seat, made.order())
        match.advance()
        seen = Seen(match, seat)
        assert seen.before is not None
        causes = causes_of(match, seat)
        assert {one.column for one in causes} <= seen.now.exact
        told += [abs(rest) < 5 for rest in left(seen.before, seen.now, causes).values()]
    assert sum(told) > 0.9 * len(told)
