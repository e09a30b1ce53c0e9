"""The peaks of turns made by hand, to the letter: headline, place, toll, what is told with it."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from game.rules.account import Account, account
from game.rules.endings import Ending
from game.rules.observe import observe
from game.rules.outcome import Source
from game.rules.seats import SEATS, Rung, Seat
from game.rules.state import NO_LINE
from game.views.peaks import MOST, Kind, Peak, peaks, the_killed
from game.views.played import Turn
from tests.support import Position
from tests.views.handmade import BOOK, SCENARIO, position, site, turn_of

US, IRAN, MILITIA, IRAQ = SEATS
OPENING = SCENARIO.setting.opening
FEAR = "Fear and anger both go out from here. Nobody in this room knows yet which will win."
NOBODY = "Nobody has signed for it."


def dead(**more: int) -> dict[str, float]:
    """So many more dead than when the game opened."""
    return {column: float(getattr(OPENING, column)[0]) + number for column, number in more.items()}


def clear(**columns: Any) -> Position:
    """The opening without lines or debts."""
    start = position()
    start.state.line[:], start.state.debt[:] = NO_LINE, 0
    return start.with_(**columns)


def found(
    seat: Seat, turn: Turn, ending: Ending = Ending.NONE, earlier: Sequence[Account] = ()
) -> list[Peak]:
    rules = SCENARIO.setting
    before = observe(rules, turn.before, None, seat)
    now = observe(rules, turn.after, turn.outcome, seat)
    return peaks(SCENARIO, account(rules, turn.outcome, seat), before, now, ending, earlier)


def missiles(before: Position | None = None, after: Mapping[str, Any] | None = None) -> Turn:
    """Missiles that Tehran signs fall on Ain al-Asad."""
    return turn_of(
        {"IRAN": "missile_strike"},
        before=before or clear(),
        after=after or {},
        deed_site={IRAN: site("al_asad")},
    )


def attack(killed: int = 1, rung: int = 5, *, before: Position | None = None) -> Turn:
    """Fire on Camp Taji that nobody signs."""
    start = before or clear()
    already = float(start.state.us_dead[0])
    return turn_of(
        before=start,
        after={"us_dead": already + killed},
        fire_attacks={Source.MILITIA: 1},
        fire_rounds={Source.MILITIA: 31},
        fire_site={Source.MILITIA: site("taji")},
        fire_us_killed={Source.MILITIA: killed},
        fire_rung={Source.MILITIA: rung},
        us_killed=killed,
        us_wounded_reported=4,
        attacks=1,
        rung=rung,
    )


@pytest.mark.parametrize(
    ("dead", "told"),
    [
        ([], "Nobody was killed, as far as is known."),
        ([("us_dead", 1)], "One American is dead."),
        ([("us_dead", 2)], "Two Americans are dead."),
        ([("us_dead", 1), ("civilians_dead", 1)], "One American and one civilian are dead."),
    ],
)
def test_the_dead_in_a_sentence(dead: list[tuple[str, int]], told: str) -> None:
    assert the_killed(dead) == told


def test_a_blow_that_was_signed() -> None:
    """From rung 7 up, with its place and the turn's dead by whose mark they are shown; what is
    below is no peak."""
    (peak,) = found(US, missiles(after=dead(us_dead=2, coalition_dead=1, iraqi_dead=3)))
    index = BOOK.deed(IRAN, "missile_strike")
    report = BOOK.deeds[IRAN][index].report.format(site="Ain al-Asad")
    assert peak == Peak(
        Kind.BLOW,
        "Iran has fired missiles at Americans.",
        site("al_asad"),
        BOOK.deeds[IRAN][index].rung,
        ((US, 3), (IRAQ, 3)),
        (
            f"{report[0].upper()}{report[1:].rstrip('.')}.",
            "Two Americans, one partner's soldier and three Iraqi soldiers and police are dead.",
        ),
        (FEAR,),
    )
    assert BOOK.deeds[US][BOOK.deed(US, "strike_depots")].rung < Rung.LEADERS_STRUCK
    assert found(US, turn_of({"US": "strike_depots"}, before=clear())) == []


def test_a_blow_that_nobody_signed() -> None:
    """Who fired it needs no peak of his own hand."""
    turn = attack(12, int(Rung.MASS_CASUALTIES))
    (peak,) = found(US, turn)
    assert (peak.kind, peak.headline) == (Kind.BLOW, "12 Americans are dead.")
    assert (peak.site, peak.rung, peak.toll) == (site("taji"), 9, ((US, 12),))
    assert peak.told == (
        "31 rockets or bombs hit Camp Taji; four Americans wounded, as reported.",
        NOBODY,
    )
    assert peak.aside == (FEAR,)
    assert [peak.kind for peak in found(MILITIA, turn)] == [Kind.FIRST_DEATHS]


def test_who_owes_an_answer_since_the_blow() -> None:
    """The reader for each line that was crossed anew or worse than before; then the others, those
    with as many days together. A debt without a line that is known, or that was so before, is not
    told."""
    before = clear(
        line={"US>IRAN": 5, "US>MILITIA": 6, "IRAN>US": 7, "MILITIA>US": 4, "IRAQ>US": 2},
        debt={"US>MILITIA": 6, "IRAQ>US": 1},
    )
    after = {
        "debt": {"US>IRAN": 8, "US>MILITIA": 6, "IRAN>US": 8, "MILITIA>US": 8, "IRAQ>US": 2,
                 "US>IRAQ": 3},
        "debt_days": {"US>IRAN": 14, "US>MILITIA": 3, "IRAN>US": 14, "MILITIA>US": 14, "IRAQ>US": 1,
                      "US>IRAQ": 5},
    }  # fmt: skip
    (peak,) = found(US, missiles(before, after))
    assert peak.aside == (
        "Your line stands at rung 5, and it was crossed. You owe an answer within 14 days, or all"
        " will have seen that none came.",
        "It crossed what had been drawn by Tehran (rung 7) and the militias (rung 4): 14 days to"
        " answer, or to be seen not to.",
        "It crossed what had been drawn by Baghdad (rung 2): one day to answer, or to be seen not"
        " to.",
        FEAR,
    )


def test_the_first_to_die() -> None:
    """… of all, and of the reader's own; nobody is first twice, nor where a blow tells of them."""
    (peak,) = found(US, attack())
    assert peak == Peak(
        Kind.FIRST_DEATHS,
        "One American is dead.",
        site("taji"),
        5,
        ((US, 1),),
        ("31 rockets or bombs hit Camp Taji; four Americans wounded, as reported.", NOBODY),
        ("These are the first deaths since the game began.",),
    )
    owing = attack(before=clear(line={"US>MILITIA": 5}))
    owing.after.debt[US, MILITIA], owing.after.debt_days[US, MILITIA] = 5, 14
    (peak,) = found(US, owing)
    assert len(peak.aside) == 2
    assert peak.aside[1].startswith("Your line stands at rung 5, and it was crossed.")
    others = clear(**dead(militia_dead=1))
    (peak,) = found(US, attack(before=others))
    assert peak.aside == ("Nobody of your own had died before in this game.",)
    assert found(IRAN, attack(before=others)) == []
    assert found(US, attack(before=clear(**dead(us_dead=1)))) == []
    assert [p.kind for p in found(US, missiles(after=dead(us_dead=1)))] == [Kind.BLOW]


def test_the_first_to_die_of_a_strike() -> None:
    """Told by the strike itself, where it fell; by everybody's open force, if nobody fired."""
    turn = turn_of(
        {"US": "strike_depots"},
        before=clear(),
        after=dead(militia_dead=5),
        deed_site={US: site("jurf")},
        strike_militia_killed=5,
        rung=6,
    )
    (peak,) = found(IRAQ, turn)
    assert (peak.kind, peak.site, peak.rung) == (Kind.FIRST_DEATHS, site("jurf"), 6)
    assert peak.headline == "Five militiamen are dead."
    assert len(peak.told) == 1
    assert BOOK.sites[site("jurf")].name in peak.told[0]
    (peak,) = found(IRAQ, turn_of(before=clear(), after=dead(civilians_dead=1), rung=3))
    assert (peak.site, peak.rung, peak.told) == (-1, 3, ())


def test_votes() -> None:
    """An order with its days; a resolution; neither while it only stands."""
    order = turn_of(before=clear(iraq_order_days=0), after={"iraq_order_days": 28})
    (peak,) = found(US, order)
    assert (peak.kind, peak.headline) == (Kind.VOTE, "Baghdad orders the foreign forces out.")
    assert peak.told == (
        "The order falls due in 28 days. Parliament has to hold to it until then.",
    )
    resolution = turn_of(before=clear(iraq_resolution=0), after={"iraq_resolution": 1})
    (peak,) = found(US, resolution)
    assert peak.headline == "Parliament asks the foreign forces to leave."
    both = {"iraq_order_days": 7, "iraq_resolution": 1}
    (peak,) = found(US, turn_of(before=clear(iraq_order_days=0, iraq_resolution=0), after=both))
    assert peak.headline == "Baghdad orders the foreign forces out."
    assert found(US, turn_of(before=clear(**both), after={"iraq_order_days": 1})) == []


def test_a_line_of_ones_own_that_was_let_pass() -> None:
    before = clear(debt={"US>MILITIA": 6})
    turn = turn_of(before=before, after={"debt": {"US>MILITIA": 0}}, lapsed={(US, MILITIA): True})
    (peak,) = found(US, turn)
    assert (peak.kind, peak.headline) == (Kind.LAPSED, "You did not answer the militias.")
    least = 6 - int(BOOK.parameters.minds.answer_slack)
    assert peak.told == (
        "The days ran out. Everybody who watched counts your line for less from now on.",
        "What you let pass stood at rung 6, strike on the militia. An act against the militias of"
        f" rung {least} or more would have been an answer.",
    )
    assert (peak.rung, peak.site) == (6, -1)
    assert found(IRAN, turn) == []
    (unknown,) = found(US, turn_of(before=clear(), lapsed={(US, IRAN): True}))
    assert len(unknown.told) == 1


@pytest.mark.parametrize(
    ("breach", "headline", "aside"),
    [
        ({(US, IRAN): True}, "In the eyes of Tehran, you broke your deal.",
         "Your word counts for less with Tehran from now on, and anger at you has grown there."),
        ({(IRAN, US): True}, "In your eyes, Tehran broke your deal.",
         "You believe Tehran less from now on, and your anger has grown."),
        ({(US, IRAN): True, (IRAN, US): True},
         "You and Tehran each hold that the other broke your deal.",
         "Each of you believes the other less from now on, and is angrier."),
    ],
)  # fmt: skip
def test_a_broken_deal(breach: Mapping[Any, bool], headline: str, aside: str) -> None:
    code = BOOK.whisper("quiet_for_quiet")
    pairs = ("US>IRAN", "IRAN>US")
    before = clear(deal=dict.fromkeys(pairs, code), deal_days=dict.fromkeys(pairs, 12))
    both = dict.fromkeys(((US, IRAN), (IRAN, US)), code)
    turn = turn_of(before=before, deal_code=both, breach=breach)
    (peak,) = found(US, turn)
    assert (peak.kind, peak.headline) == (Kind.BROKEN, headline)
    assert peak.told[0].endswith("is over; it had 12 days to run when the turn began.")
    assert peak.told[0].startswith("Your deal with Tehran, ")
    assert peak.aside == (aside, "Only the two of you are told of the breach.")
    assert found(MILITIA, turn) == []


def test_the_gravest_are_kept_and_told_as_they_came() -> None:
    """War first, then blows, deaths, votes, broken deals and lapses; of a kind, the higher rung."""
    before = clear(debt={"US>MILITIA": 6, "US>IRAN": 8, "US>IRAQ": 2}, iraq_order_days=0)
    lapsed = dict.fromkeys(((US, IRAN), (US, MILITIA), (US, IRAQ)), True)
    turn = turn_of(before=before, after={"iraq_order_days": 9}, lapsed=lapsed)
    kept = found(US, turn)
    assert [(peak.kind, peak.rung) for peak in kept] == [
        (Kind.VOTE, 0),
        (Kind.LAPSED, 8),
        (Kind.LAPSED, 6),
    ]
    assert len(kept) == MOST == 3
    kept = found(US, turn, Ending.GENERAL_WAR)
    assert [(peak.kind, peak.rung) for peak in kept] == [
        (Kind.VOTE, 0),
        (Kind.LAPSED, 8),
        (Kind.WAR, 10),
    ]
    assert kept[-1].told[1] == "Nobody was killed, as far as is known."
    assert [kind for kind in Kind if not kind.is_loud] == [
        Kind.FIRST_DEATHS,
        Kind.BROKEN,
        Kind.LAPSED,
    ]
