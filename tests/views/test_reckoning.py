"""What came of a seat's orders, and what is heard from each capital: turns made by hand, to the
letter.
"""

from collections.abc import Sequence
from typing import Any

import pytest

from game.rules.account import Account, account
from game.rules.endings import Ending
from game.rules.observe import observe
from game.rules.outcome import Source
from game.rules.seats import SEATS, Seat
from game.rules.state import NO_LINE
from game.views.effects import Range
from game.views.peaks import t
from game.views.played import Turn
from game.views.reckoning import Reckoned, lines, reckoning
from game.views.regard import Cause, Guess, Regard, Seen
from game.views.scoring import Moved, named
from game.views.voices import Voice, voices
from tests.support import Position
from tests.views.handmade import BOOK, SCENARIO, position, site, turn_of

US, IRAN, MILITIA, IRAQ = SEATS
NOTHING_YET = "What else it moved does not show yet."


def clear(**columns: Any) -> Position:
    """The opening without lines or debts."""
    start = position()
    start.state.line[:], start.state.debt[:] = NO_LINE, 0
    return start.with_(**columns)


def learnt(turn: Turn, seat: Seat | None) -> Account:
    return account(SCENARIO.setting, turn.outcome, seat)


def came(
    seat: Seat,
    turn: Turn,
    earlier: Sequence[Account] = (),
    seen: Seen | None = None,
    ending: Ending = Ending.NONE,
) -> dict[str, Reckoned]:
    """What came of a turn's orders, by part."""
    rules = SCENARIO.setting
    before = observe(rules, turn.before, None, seat)
    now = observe(rules, turn.after, turn.outcome, seat)
    told = reckoning(SCENARIO, [*earlier, learnt(turn, seat)], before, now, seen, ending)
    return {one.part: one for one in told}


def fire(seat: Seat = US, **counts: int) -> dict[str, Any]:
    """One salvo on Camp Taji, by the militias or, in Iran's name, by Iran."""
    by = Source.IRAN if seat is IRAN else Source.MILITIA
    told = {"rounds": 30, "attacks": 1, "site": site("taji"), "rung": 4} | counts
    return {f"fire_{name}": {by: number} for name, number in told.items()}


# ------------------------------------------------------------------ what was not ordered, and deals


def test_fire_of_one_s_own_men_is_told_to_whoever_had_not_ordered_it() -> None:
    """To the militias alone, and not where they had ordered fire."""
    drifted = turn_of({"MILITIA": "truce"}, before=clear(), **fire())
    (found,) = [one for part, one in came(MILITIA, drifted).items() if part == "men"]
    assert (found.name, found.chip) == ("Your men fired", "not ordered")
    assert found.chain == (
        "It fell on Camp Taji: 30 rounds, none hit.",
        "Nobody was killed, as far as is known.",
        "You had ordered none of it: their campaign goes on as anger drives it and fear restrains"
        " it.",
    )
    ordered = turn_of({"MILITIA": "harass"}, before=clear(), **fire())
    assert "men" not in came(MILITIA, ordered)
    assert all("men" not in came(seat, drifted) for seat in (US, IRAN, IRAQ))


@pytest.mark.parametrize(
    ("seat", "partner", "deal", "given", "fell", "why"),
    [
        (US, IRAN, "quiet_for_quiet", {"US": "strike_depots"}, {},
         "What you did broke it, in the eyes of Tehran."),
        (MILITIA, IRAQ, "pay_for_quiet", {"MILITIA": "harass"}, fire(),
         "The fire that you ordered broke it, in the eyes of Baghdad."),
        (MILITIA, IRAQ, "pay_for_quiet", {"MILITIA": "truce"}, fire(),
         "Fire of your men, which you had not ordered, broke it, in the eyes of Baghdad."),
        (IRAN, US, "quiet_for_quiet", {}, fire(),
         "Fire that nobody signed was laid at your door, in the eyes of Washington: that broke"
         " it."),
    ],
)  # fmt: skip
def test_what_broke_a_deal_is_named(
    seat: Seat, partner: Seat, deal: str, given: dict[str, str], fell: dict[str, Any], why: str
) -> None:
    code = BOOK.whisper(deal)
    both = {(seat, partner): code, (partner, seat): code}
    breach = {(seat, partner): True}
    turn = turn_of(given, before=clear(), deal_code=both, breach=breach, **fell)
    found = came(seat, turn)["deal"]
    assert found.name == f"The deal “{BOOK.whispers[code].name.removeprefix('Deal: ')}”"
    assert (found.chip, found.chain) == ("broken", (why,))
    assert "deal" not in came(partner, turn)


def test_what_moved_the_score_is_named() -> None:
    """Those causes that moved the figure most, what is left to smaller ones, and what the staff
    cannot trace; nothing that does not show in print.
    """
    before = clear(iraq_momentum=0.88)
    turn = turn_of({"US": "aid"}, before=before, after={"iraq_momentum": 0.2})
    moved = "iraq_momentum"
    causes = (
        Cause(US, "Aid Baghdad", moved, -0.4),
        Cause(None, "", moved, -0.25, "days"),
        Cause(MILITIA, "Parliament politics", moved, 0.12),
        Cause(IRAQ, "Mediate", moved, -0.2, "earlier"),
        Cause(None, "", moved, 0.03, "unsigned"),
        Cause(IRAQ, "Investigate", moved, 0.004),
        Cause(IRAN, "Hold", "iran_cohesion", 0.3),
    )
    whole = came(US, turn, seen=Seen((), (), (), causes))
    assert (
        whole["action"]
        .chain[-1]
        .endswith(
            "88 of 100 to 20 of 100; by what you did and said −40, as your staff reckons; most of"
            " the rest: by itself, with the days, −25."
        )
    )
    (told,) = came(MILITIA, turn, seen=Seen((), (), (), causes))["score"].chain
    assert told.endswith(
        "88 of 100 to 20 of 100; of it Washington's “Aid Baghdad” −40, by itself, with the days,"
        " −25, Baghdad's “Mediate” of the turn before −20, your “Parliament politics” +12, smaller"
        " causes together +3, something done unseen, your staff supposes, +2)."
    )


def test_from_where_on_an_objective_earns_is_told_at_its_ends() -> None:
    """Where it earns nothing, or all of its points: no threshold is left to be guessed."""
    for start, end, bound in (
        (0.6, 0.46, "It earns nothing at 46 of 100 or less."),
        (0.6, 0.9, "It earns all of its points at 86 of 100 or more."),
        (0.5, 0.6, ""),
    ):
        before = clear(iran_cohesion=start)
        turn = turn_of(before=before, after={"iran_cohesion": end})
        told = " ".join(came(IRAN, turn)["score"].chain)
        assert told.startswith("Standing at home: ")
        assert told.endswith(bound or "60 of 100).")
    dead = turn_of(before=clear(us_dead=0), after={"us_dead": 7})
    assert any(
        line.endswith("It earns nothing at 6 or more.") for line in came(US, dead)["score"].chain
    )


@pytest.mark.parametrize(
    ("cause", "told"),
    [
        (("act", US), "your “X”"),
        (("act", MILITIA), "the militias' “X”"),
        (("earlier_unsigned", None), "an act of the turn before that nobody signed for"),
        (("fire", None), "the attacks that nobody signed"),
        (("protest", None), "the wave of protest"),
        (("lapsed", US), "a crossing that you left unanswered"),
        (("lapsed", IRAN), "a crossing that Tehran left unanswered"),
        (("deal", IRAN), "your deal with Tehran"),
    ],
)
def test_what_a_cause_is_called(cause: tuple[str, Seat | None], told: str) -> None:
    kind, seat = cause
    assert named(Cause(seat, "X", "us_support", 0.1, kind), US) == told


def test_what_an_ending_adds_to_the_score_is_told_with_the_last_turn() -> None:
    """What the report calls the score is what the last scene calls it."""
    turn = turn_of(before=clear())
    on, over = came(US, turn)["score"], came(US, turn, ending=Ending.RESTRAINT)["score"]
    assert on.chain == ("None of your objectives moved it by a point.",)
    assert over.chain == ("How the game has ended, “Mutual restraint”: +4 points.",)
    assert on.chip.startswith("as before, ")
    was = int(on.chip.removeprefix("as before, "))
    assert over.chip == f"{was} to {was + 4} (+4)"


# -------------------------------------------------------------------------------------- the action


def test_who_held_is_told_what_that_left_open() -> None:
    found = came(US, turn_of(before=clear()))["action"]
    assert (found.chip, found.chain, found.turn) == ("held", ("You held.",), 1)
    owing = clear(debt={"US>IRAN": 6})
    after = {"debt_days": {"US>IRAN": 9, "US>MILITIA": 1}, "debt": {"US>MILITIA": 5}}
    chain = came(US, turn_of(before=owing, after=after))["action"].chain
    assert chain[1] == "You owe Tehran and the militias an answer now: one day left."
    chain = came(US, turn_of(before=owing, after={"debt_days": {"US>IRAN": 9}}))["action"].chain
    assert chain == ("You held.", "You still owe Tehran an answer: nine days left.")


def test_a_strike_is_told_with_its_own_dead_and_what_it_paid() -> None:
    strike = {"US": "strike_depots"}
    place = {"deed_site": {US: site("jurf")}}
    report = BOOK.deeds[US][BOOK.deed(US, "strike_depots")].report
    where = BOOK.sites[site("jurf")].name
    turn = turn_of(
        strike,
        before=clear(debt={"US>MILITIA": 5}),
        after={"debt": {"US>MILITIA": 0}, "iran_dead": 0},
        strike_militia_killed=3,
        strike_civilians_killed=1,
        answered={(US, MILITIA): True},
        **place,
    )
    found = came(US, turn)["action"]
    assert found.chip == "line kept"
    told = report.format(site=where)
    assert found.chain == (
        f"{told[0].upper()}{told[1:].rstrip('.')}.",
        "Three militiamen and one civilian are dead.",
        "All have seen that you paid what you owed the militias.",
    )
    short = turn_of(strike, before=clear(debt={"US>MILITIA": 9}), blow={(US, MILITIA): 6}, **place)
    found = came(US, short)["action"]
    assert found.chip == "done"
    least = 9 - int(BOOK.parameters.minds.answer_slack)
    assert found.chain[1:] == (
        "Nobody was killed, as far as is known.",
        "It was no answer to the militias: it stood at rung 6, and what you owe asks for rung"
        f" {least} or more.",
    )
    elsewhere = turn_of(strike, before=clear(debt={"US>IRAN": 8}), **place)
    assert came(US, elsewhere)["action"].chain[2] == (
        "It was no answer to Tehran: it was not aimed there, and what you owe asks for an act of"
        f" rung {8 - int(BOOK.parameters.minds.answer_slack)} or more."
    )
    opened = turn_of(
        strike, before=clear(), after={"debt": {"IRAN>US": 6, "MILITIA>US": 6}}, **place
    )
    assert came(US, opened)["action"].chain[2] == (
        "It crossed a line drawn by Tehran and the militias: an answer to you is due."
    )
    assert came(US, turn_of(strike, before=clear(), **place))["action"].chain[2] == NOTHING_YET


def test_own_fire_is_told_where_it_fell() -> None:
    turn = turn_of(
        {"MILITIA": "harass"}, before=clear(), **fire(hits=2, us_killed=1, iraqi_killed=2)
    )
    found = came(MILITIA, turn)["action"]
    assert found.chip == "done"
    assert found.chain == (
        "Your fire fell on Camp Taji: 30 rounds, two hits.",
        "One American and two Iraqi soldiers and police are dead.",
        NOTHING_YET,
    )
    chain = came(MILITIA, turn_of({"MILITIA": "harass"}, before=clear(), **fire()))["action"].chain
    assert chain[0] == "Your fire fell on Camp Taji: 30 rounds, none hit."
    for seat, act in ((MILITIA, "harass"), (IRAN, "deniable_strike")):
        nothing = came(seat, turn_of({seat.name: act}, before=clear()))["action"]
        assert nothing.chain == ("Nothing was fired in this turn.", NOTHING_YET)
    fallen = turn_of({"IRAN": "missile_strike"}, before=clear(), deed_site={IRAN: site("embassy")})
    assert "the American embassy" in came(IRAN, fallen)["action"].chain[0]
    unseen = came(US, turn_of({"US": "cyber"}, before=clear()))["action"]
    assert unseen.chain == ("Nobody saw it.", NOTHING_YET)


def test_a_deed_tells_the_figure_that_it_moved_most() -> None:
    """The way that the deed moves it, as far as the seat sees it exactly; two words of one figure
    are not told."""
    deed = BOOK.deeds[US][BOOK.deed(US, "harden")]
    assert deed.effects["us_protection"] > 0
    start = clear(us_protection=0.3)
    told = came(US, turn_of({"US": "harden"}, before=start, after={"us_protection": 0.42}))
    assert told["action"].chain[1:] == (
        "Protection of the bases: 30 of 100 to 42 of 100, by this and by all else that happened.",
    )
    other_way = turn_of({"US": "harden"}, before=start, after={"us_protection": 0.2})
    assert came(US, other_way)["action"].chain[1:] == (NOTHING_YET,)
    same = turn_of({"US": "harden"}, before=start, after={"us_protection": 0.301})
    assert came(US, same)["action"].chain[1:] == (NOTHING_YET,)


def test_a_shield_is_told_of_when_fire_falls_within_three_turns() -> None:
    shield = learnt(turn_of({"US": "harden"}, number=1), US)
    quiet = learnt(turn_of(number=2), US)
    struck = turn_of(number=4, before=clear(), **fire(hits=1))
    found = came(US, struck, [shield, quiet, quiet])["earlier"]
    name = BOOK.deeds[US][BOOK.deed(US, "harden")].name
    assert found == Reckoned(
        "earlier",
        name,
        "in effect",
        ("It was in place when 30 rounds fell on Camp Taji: nobody was killed.",),
        1,
    )
    killed = turn_of(number=4, before=clear(), **fire(hits=1, iraqi_killed=1))
    found = came(US, killed, [shield, quiet, quiet])["earlier"]
    assert found.chain == (
        "It was in place when fire fell on Camp Taji, which killed all the same.",
    )
    assert "earlier" not in came(US, struck, [shield, quiet, quiet, quiet])
    assert "earlier" not in came(US, struck, [quiet])
    assert "earlier" not in came(US, turn_of(number=2, before=clear()), [shield])


# ---------------------------------------------------------------------------------- what was said


def test_a_threat_is_told_with_its_line_and_its_stake() -> None:
    threat = {"US": ("hold", "threaten>IRAN:6")}
    after = {"stake": {"US>IRAN": 0.456}}
    found = came(US, turn_of(threat, before=clear(), after=after))["statement"]
    assert (found.name, found.chip) == ("Threaten, to Iran", "said")
    assert found.chain == (
        "Your line toward Tehran stands at rung 6.",
        "What you have bound to it: 46 of 100.",
        "It has not been crossed since.",
    )
    turn = turn_of(threat, before=clear(), after=after, crossed={(US, IRAN): True})
    assert came(US, turn)["statement"].chain[2] == "It was crossed in the same turn."


def regarded(before: float, mean: float) -> Seen:
    guess = Guess(mean, Range(0, 100), before)
    return Seen(tuple(Regard(rival, guess, guess) for rival in US.rivals), (), ())


def test_other_words_are_told_by_what_they_moved() -> None:
    soothing = turn_of({"US": ("hold", "reassure>IRAN")}, before=clear())
    found = came(US, soothing)["statement"]
    assert found.chain == ("All have heard it.", "What it moved does not show.")
    chain = came(US, soothing, seen=regarded(60, 50))["statement"].chain
    assert chain[1] == "Pressure of Tehran to strike back, as your staff guesses: −10."
    case = {"US": ("hold", "justify_defence")}
    turn = turn_of(case, before=clear(us_case=0.3), after={"us_case": 0.5})
    assert came(US, turn)["statement"].chain[1] == (
        "Case for force: 30 of 100 to 50 of 100, by this and by all else that happened."
    )
    doubted = came(US, turn_of(case, before=clear(), discredited=True))["statement"]
    assert doubted.chip == "doubted"
    assert doubted.chain[-1] == ("Nobody could name the facts behind it: the reason did not hold.")
    silent = came(US, turn_of(before=clear()))["statement"]
    assert (silent.chip, silent.chain) == ("nothing said", ("You said nothing in public.",))
    other = turn_of({"US": ("hold", "appeal")}, before=clear(), discredited=True)
    assert came(US, other)["statement"].chip == "said"


@pytest.mark.parametrize(
    ("said", "happened", "chip", "told"),
    [
        ("strike", {"caught": True, **fire()}, "not obeyed",
         "Your officers report that the militias did not do as you had asked."),
        ("strike", fire(), "obeyed, it seems",
         "Fire fell on Camp Taji; nobody signed for it."),
        ("strike", {}, "heard", "No fire fell on Americans in this turn."),
        ("hold_back", fire(), "doubted",
         "Fire fell on Camp Taji all the same; nobody signed for it."),
        ("hold_back", {}, "obeyed, it seems", "No fire fell on Americans in this turn."),
    ],
)  # fmt: skip
def test_what_tehran_asked_of_the_militias(
    said: str, happened: dict[str, Any], chip: str, told: str
) -> None:
    """As far as Tehran can tell."""
    turn = turn_of({"IRAN": ("hold", f"{said}>MILITIA")}, before=clear(), **happened)
    found = came(IRAN, turn)["message"]
    assert (found.chip, found.chain) == (chip, ("Only the militias read it.", told))


def test_other_messages_wait_for_their_reader() -> None:
    turn = turn_of({"US": ("hold", "assure>IRAN")}, before=clear())
    found = came(US, turn, seen=regarded(60, 50))["message"]
    assert (found.chip, found.chain) == (
        "heard",
        (
            "Only Tehran read it.",
            "It counts when Tehran next gives orders.",
            "Pressure of Tehran to strike back, as your staff guesses: −10.",
        ),
    )
    turn = turn_of({"US": ("hold", "demand>MILITIA")}, before=clear())
    assert came(US, turn, seen=regarded(60, 50))["message"].chain == (
        "Only the militias read it.",
        "It counts when the militias next give orders.",
    )
    none = came(US, turn_of(before=clear()))["message"]
    assert (none.chip, none.chain) == ("none sent", ("You sent nobody a message.",))


def test_the_score_and_what_moved_it() -> None:
    same = came(US, turn_of(before=clear()))["score"]
    assert same.chip.startswith("as before, ")
    assert same.chain == ("None of your objectives moved it by a point.",)
    found = came(US, turn_of(before=clear(us_support=0.7), after={"us_support": 0.2}))["score"]
    assert "−" in found.chip
    assert "Support at home: 70 of 100 to 20 of 100" in found.chain[0]
    assert lines([same]) == [f"{same.name} ({same.chip}). {same.chain[0]}"]
    for points, told in ((-1.2, "−1 point "), (2.4, "+2 points "), (0.5, "0 points ")):
        moved = Moved("Home", points, "Support at home", "52 of 100", "43 of 100")
        assert moved.sentence == f"Home: {told}(Support at home: 52 of 100 to 43 of 100)."


# ---------------------------------------------------------------------------------------- voices


def heard(turn: Turn, seat: Seat, ending: Ending = Ending.NONE) -> Voice:
    rules = SCENARIO.setting
    before = observe(rules, turn.before, None, US)
    now = observe(rules, turn.after, turn.outcome, US)
    return voices(rules.rulebook, learnt(turn, None), before, now, ending)[seat]


def did(kind: str) -> str:
    return t(f"voices.did.{kind}")


def killed(column: str) -> dict[str, float]:
    return {column: float(getattr(SCENARIO.setting.opening, column)[0]) + 1}


@pytest.mark.parametrize(
    ("seat", "given", "after", "ending", "kinds"),
    [
        (US, {}, {}, Ending.NONE, ("quiet",)),
        (US, {"US": "strike_iran"}, {}, Ending.NONE, ("struck", "acts")),
        (US, {"US": "harden"}, {}, Ending.NONE, ("acts",)),
        (US, {"US": ("hold", "justify_defence")}, {}, Ending.NONE, ("justifies",)),
        (US, {"US": ("hold", "threaten>IRAN:5")}, {}, Ending.NONE, ("threatens",)),
        (IRAQ, {"IRAQ": "mediate"}, {}, Ending.NONE, ("talks", "acts")),
        (IRAQ, {}, killed("civilians_dead"), Ending.NONE, ("mourns",)),
        (IRAQ, {}, killed("militia_dead"), Ending.NONE, ("quiet",)),
        (US, {"US": "strike_iran"}, killed("us_dead"), Ending.NONE, ("mourns", "struck")),
        (US, {"US": "strike_iran"}, {}, Ending.GENERAL_WAR, ("war", "struck")),
    ],
)  # fmt: skip
def test_what_a_capital_did_and_suffered(
    seat: Seat, given: dict[str, Any], after: dict[str, Any], ending: Ending, kinds: tuple[str, ...]
) -> None:
    """The gravest first, two at the most; quiet is told alone."""
    voice = heard(turn_of(given, before=clear(), after=after), seat, ending)
    assert voice.did == tuple(map(did, kinds))
    assert voice.line in {
        told[:1].upper() + told[1:]
        for told in (
            line.format(to="Tehran", act=t("voices.act.5"), dead="one man")
            for line in t.below(f"voices.{seat.name}.{kinds[0]}").values()
        )
    }


def test_mourning_changes_where_it_is_known_who_killed() -> None:
    """Another's open force, or a claim; one's own is no answer to who it was."""
    after = killed("us_dead")
    for given, known in (
        ({"IRAN": "missile_strike"}, True),
        ({"MILITIA": ("hold", "claim")}, True),
        ({"US": "strike_depots"}, False),
        ({"US": ("hold", "claim")}, False),
        ({"MILITIA": "harass"}, False),
        ({}, False),
    ):
        turn = turn_of(given, before=clear(), after=after)
        lines_known = t.below("voices.US.mourns_known").values()
        assert (heard(turn, US).line in lines_known) == known, given


def test_who_owes_is_told_whom() -> None:
    owing = {"debt": {"IRAN>US": 6, "IRAN>IRAQ": 3}}
    (told,) = heard(turn_of(before=clear(), after=owing), IRAN).did
    assert told == did("owes").format(whom="Washington and Baghdad")
