"""What was said, held against what was done."""

from typing import Any

import pytest

from game.rules.outcome import Source
from game.rules.seats import SEATS, Cause, Seat
from game.rules.state import NO_LINE
from game.views.happenings import OWN_FIRE
from game.views.played import PlayedGame, Turn
from game.views.signals import Signal, Verdict, signals, tallies
from tests.played import course, simulated
from tests.support import still
from tests.views.handmade import BOOK, game_of, position, turn_of

US, IRAN, MILITIA, IRAQ = SEATS


def of(game: PlayedGame, seat: Seat, kind: str) -> list[tuple[int, Verdict]]:
    return [(s.turn, s.verdict) for s in signals(game) if s.seat is seat and s.kind == kind]


THREAT = {"US": ("hold", "threaten>IRAN:5")}
MISSILES = {"IRAN": "missile_strike"}


def test_a_threat_that_is_answered_is_kept() -> None:
    played = course(THREAT, MISSILES, {"US": "strike_iran"})
    assert of(played, US, "threat") == [(1, Verdict.KEPT)]


def test_a_threat_that_is_let_pass_is_not() -> None:
    played = course(THREAT, MISSILES, {}, {}, position=still(days=7))
    assert of(played, US, "threat") == [(1, Verdict.BROKEN)]
    (signal,) = (s for s in signals(played) if s.kind == "threat")
    assert signal.did.startswith("crossed in turn 2, let pass by turn ")


def test_a_threat_that_nobody_crosses_is_never_tested() -> None:
    assert of(course(THREAT, {}, {}), US, "threat") == [(1, Verdict.UNTESTED)]


def test_a_threat_that_is_drawn_anew_gives_way_to_the_new_one() -> None:
    played = course(THREAT, THREAT, MISSILES, {"US": "strike_iran"})
    assert of(played, US, "threat") == [(1, Verdict.UNTESTED), (2, Verdict.KEPT)]


def test_a_crossing_of_the_last_turn_is_open() -> None:
    assert of(course(THREAT, MISSILES), US, "threat") == [(1, Verdict.OPEN)]


def test_a_line_from_before_the_game_counts_as_said() -> None:
    position = still(days=3, line={"US>IRAN": 5})
    played = course(MISSILES, {"US": "strike_iran"}, position=position)
    assert of(played, US, "line") == [(0, Verdict.KEPT)]


@pytest.mark.parametrize(
    ("deed", "verdict"), [("missile_strike", Verdict.KEPT), ("hold", Verdict.BROKEN)]
)
def test_notice_is_held_against_the_deed(deed: str, verdict: Verdict) -> None:
    played = course({"IRAN": (deed, "notice>IRAQ")})
    (signal,) = (s for s in signals(played) if s.kind == "notice")
    assert (signal.verdict, signal.private) == (verdict, True)


@pytest.mark.parametrize(
    ("then", "verdict"), [("strike_iran", Verdict.BROKEN), ("hold", Verdict.KEPT)]
)
def test_an_assurance_is_broken_by_force_soon_after(then: str, verdict: Verdict) -> None:
    played = course({"US": ("hold", "reassure>IRAN")}, {"US": then})
    assert of(played, US, "assurance") == [(1, verdict)]


def test_a_denial_of_one_s_own_attack_is_not_true() -> None:
    played = course({"MILITIA": ("barrage", "deny"), "IRAN": ("hold", "deny")})
    assert of(played, MILITIA, "denial") == [(1, Verdict.FALSE)]
    assert of(played, IRAN, "denial") == [(1, Verdict.TRUE)]


def test_claims_and_accusations_are_held_against_the_truth() -> None:
    played = course({"MILITIA": ("barrage", "claim"), "US": ("hold", "accuse>IRAN")})
    assert of(played, MILITIA, "claim") == [(1, Verdict.TRUE)]
    assert of(played, US, "accusation") == [(1, Verdict.FALSE)]


def test_a_justification_stands_until_it_is_found_out() -> None:
    doubted = still(days=60, rules={"words.proof_scale": 0})
    turns = ({"US": ("strike_depots", "justify_imminent")}, *[{}] * 3)
    played = course(*turns, position=doubted)
    out = [turn.number for turn in played.turns if turn.outcome.discredited[0]]
    expected = Verdict.FALSE if out else Verdict.UNTESTED
    assert of(played, US, "justification") == [(1, expected)]
    assert out, "sixty days a turn without any proof"


def test_signals_are_counted_by_seat_and_kind() -> None:
    found = signals(simulated("the_article", 3, 5))
    assert found == sorted(found, key=lambda s: (s.seat, s.turn))
    counted = tallies(found)
    assert sum(sum(t.counts.values()) for t in counted) == len(found)
    assert len({(t.seat, t.kind) for t in counted}) == len(counted)


def test_nothing_said_is_nothing_told() -> None:
    nothing: list[Signal] = []
    assert signals(course({}, {"MILITIA": "barrage"})) == nothing
    assert tallies(nothing) == []


# --- to the letter, from turns made by hand


def heard(*turns: Turn, kind: str) -> list[tuple[Any, ...]]:
    """Turn, seat, what was said, what was done, and the verdict of the signals of a kind."""
    found = [s for s in signals(game_of(*turns)) if s.kind == kind]
    assert all(s.private == (kind == "notice") for s in found if kind != "assurance")
    return [(s.turn, s.seat, s.said, s.did, s.verdict) for s in found]


def threat(by: Seat, to: Seat, rung: int) -> dict[str, Any]:
    return {by.name: ("hold", f"threaten>{to.name}:{rung}")}


def marked(name: str, by: Seat, to: Seat, given: dict[str, Any] | None = None) -> Turn:
    """A turn in which one seat's line toward another was crossed, answered or let pass."""
    return turn_of(given, **{name: {(by, to): True}})


@pytest.mark.parametrize(("by", "to"), [(US, IRAN), (IRAN, US), (MILITIA, IRAQ), (IRAQ, US)])
def test_what_became_of_a_threat(by: Seat, to: Seat) -> None:
    names = {US: "the United States", IRAN: "Iran", IRAQ: "the Iraqi government"}
    said = f"would answer {names[to]} at rung 5 (attack that kills) or higher"
    drawn, idle = turn_of(threat(by, to, 5)), turn_of()
    crossed, answered = marked("crossed", by, to), marked("answered", by, to)
    lapsed = marked("lapsed", by, to)
    for later, did, verdict in (
        ((), "not crossed as far as it saw", Verdict.UNTESTED),
        ((idle, crossed, idle), "crossed in turn 3, no answer yet", Verdict.OPEN),
        (
            (crossed, idle, answered, lapsed),
            "crossed in turn 2, answered in turn 4",
            Verdict.KEPT,
        ),
        ((crossed, lapsed, answered), "crossed in turn 2, let pass by turn 3", Verdict.BROKEN),
        # Only what comes after a crossing is an answer to it.
        ((answered, lapsed, crossed), "crossed in turn 4, no answer yet", Verdict.OPEN),
        # The first crossing counts.
        ((crossed, crossed, answered), "crossed in turn 2, answered in turn 4", Verdict.KEPT),
    ):
        assert heard(drawn, *later, kind="threat") == [(1, by, said, did, verdict)]


def test_a_threat_counts_for_its_own_turn() -> None:
    own = marked("crossed", US, IRAN, threat(US, IRAN, 5))
    (found,) = heard(own, marked("answered", US, IRAN), kind="threat")
    assert found[3:] == ("crossed in turn 1, answered in turn 2", Verdict.KEPT)
    # What crossed an older line before it did not cross this one.
    late = turn_of(threat(US, IRAN, 5))
    (found,) = heard(marked("crossed", US, IRAN), late, kind="threat")
    assert found[3:] == ("not crossed as far as it saw", Verdict.UNTESTED)


def test_a_threat_stands_until_it_is_drawn_anew_for_the_same_seat() -> None:
    drawn = turn_of(threat(US, IRAN, 5))
    for between in (threat(US, MILITIA, 4), threat(IRAN, US, 4), {"US": ("hold", "condemn>IRAN")}):
        first, *_ = heard(drawn, turn_of(between), marked("crossed", US, IRAN), kind="threat")
        assert first[3:] == ("crossed in turn 3, no answer yet", Verdict.OPEN)
    anew = heard(drawn, turn_of(threat(US, IRAN, 7)), marked("crossed", US, IRAN), kind="threat")
    assert [found[3:] for found in anew] == [
        ("not crossed until it was drawn anew", Verdict.UNTESTED),
        ("crossed in turn 3, no answer yet", Verdict.OPEN),
    ]
    # Once it was crossed, a new one does not undo that.
    first, _ = heard(
        drawn,
        marked("crossed", US, IRAN),
        turn_of(threat(US, IRAN, 7)),
        marked("answered", US, IRAN),
        kind="threat",
    )
    assert first[3:] == ("crossed in turn 2, answered in turn 4", Verdict.KEPT)


def test_lines_from_before_the_game_are_told() -> None:
    opening = position()
    opening.state.line[:] = NO_LINE
    opening.state.line[IRAN, US] = 7
    turn = marked("crossed", IRAN, US)
    first = Turn(opening.state, turn.orders, turn.outcome, opening.state)
    assert heard(first, marked("lapsed", IRAN, US), kind="line") == [
        (
            0,
            IRAN,
            "had warned the United States of an answer at rung 7 (strike on leaders) or higher",
            "crossed in turn 1, let pass by turn 2",
            Verdict.BROKEN,
        )
    ]


@pytest.mark.parametrize(
    ("by", "to", "deed", "broken"),
    [
        ("US", "IRAN", "strike_iran", True),
        ("US", "IRAN", "sanction", False),
        ("US", "IRAQ", "strike_depots", True),
        ("US", "IRAN", "cyber", False),
        ("IRAN", "US", "missile_strike", True),
        ("IRAN", "US", "deniable_strike", True),
        ("IRAN", "IRAQ", "deniable_strike", True),
        ("IRAN", "MILITIA", "deniable_strike", False),
        ("IRAN", "US", "nuclear_step", False),
        ("MILITIA", "US", "harass", True),
        ("MILITIA", "IRAQ", "barrage", True),
        ("MILITIA", "IRAN", "harass", False),
        ("MILITIA", "IRAQ", "intimidate", False),
        ("IRAQ", "MILITIA", "arrest", True),
        ("IRAQ", "US", "arrest", False),
    ],
)
def test_what_breaks_an_assurance(by: str, to: str, deed: str, broken: bool) -> None:
    """Force that hits whom it was given to in the open, or fire at whoever is at the bases: fire
    that was fired, whatever had been ordered."""
    names = {"US": "the United States", "IRAN": "Iran", "MILITIA": "the militias",
             "IRAQ": "the Iraqi government"}  # fmt: skip
    source = OWN_FIRE.get(Seat[by])
    whole = BOOK.deeds[Seat[by]][BOOK.deed(Seat[by], deed)]
    fired = {} if source is None or whole.fire is None else {"fire_attacks": {source: 1}}
    said, used = f"meant {names[to]} no further harm", turn_of({by: deed}, **fired)
    given = turn_of({by: ("hold", f"reassure>{to}")})
    for turns in (
        (given, used),
        (given, used, used),
        (turn_of({by: (deed, f"reassure>{to}")}, **fired),),
    ):
        number = len(turns[:2])
        did = f"used force in turn {number}" if broken else "held back in that turn and the next"
        verdict = Verdict.BROKEN if broken else Verdict.KEPT
        assert heard(*turns, kind="assurance") == [(1, Seat[by], said, did, verdict)]
    late = heard(given, turn_of(), used, kind="assurance")
    assert late == [(1, Seat[by], said, "held back in that turn and the next", Verdict.KEPT)]


def test_assurances_in_public_and_in_private_are_told_apart() -> None:
    for given, private in (
        ({"IRAN": ("hold", "reassure>US")}, [False]),
        ({"IRAN": ("hold", "assure>US")}, [True]),
        ({"IRAN": ("hold", "reassure>US", "assure>US")}, [False, True]),
        ({"IRAN": ("hold", "demand>US")}, []),
        ({"IRAN": ("hold", "condemn>US")}, []),
    ):
        found = [s for s in signals(game_of(turn_of(given))) if s.kind == "assurance"]
        assert [s.private for s in found] == private
        assert all(s.said == "meant the United States no further harm" for s in found)


@pytest.mark.parametrize(
    ("to", "name"), [("US", "the United States"), ("IRAQ", "the Iraqi government")]
)
def test_notice_to_the_letter(to: str, name: str) -> None:
    said = f"told {name} beforehand what was coming"
    struck = turn_of({"IRAN": ("missile_strike", f"notice>{to}")})
    talked = turn_of(
        {"IRAN": ("seek_talks", f"notice>{to}"), "US": ("strike_depots", "notice>IRAQ")}
    )
    others = turn_of({"IRAN": ("missile_strike", f"demand>{to}")})
    assert heard(struck, talked, others, kind="notice") == [
        (2, US, "told the Iraqi government beforehand what was coming", "did it: strike depots",
         Verdict.KEPT),
        (1, IRAN, said, "did it: missile strike", Verdict.KEPT),
        (2, IRAN, said, "used no force, but: seek talks", Verdict.BROKEN),
    ]  # fmt: skip


BY = {
    Cause.TEHRAN: "the militias on Tehran's order, or Tehran itself",
    Cause.MILITIA: "the militias on their own",
    Cause.SPLINTER: "a splinter cell",
    Cause.THIRD_PARTY: "somebody else, such as ISIS",
}
GUILTY = {
    IRAN: {Cause.TEHRAN},
    MILITIA: {Cause.TEHRAN, Cause.MILITIA},
    US: set[Cause](),
    IRAQ: set[Cause](),
}
"""Whose deed an attack was: the militias' on Tehran's order, too."""


@pytest.mark.parametrize("culprit", [*Cause, -1])
def test_claims_denials_and_accusations_against_the_truth(culprit: int) -> None:
    def said(given: dict[str, Any], kind: str) -> list[tuple[Any, ...]]:
        turn = turn_of(given, after={"culprit": culprit})
        return [found[1:] for found in heard(turn, kind=kind)]

    def verdict(true: bool) -> Verdict:
        return Verdict.TRUE if true else Verdict.FALSE

    for seat in (IRAN, MILITIA):
        own = culprit in GUILTY[seat]
        did = f"the last attack was by {BY[Cause(culprit)]}" if culprit >= 0 else ""
        for word, kind, text, true in (
            ("deny", "denial", "said: it was not us", not own),
            ("claim", "claim", "claimed the attack openly", own),
        ):
            expected = [(seat, text, did, verdict(true))] if did else []
            assert said({seat.name: ("hold", word)}, kind) == expected
    guilty, did = culprit in GUILTY[MILITIA], f"the last attack was by {BY.get(culprit)}"  # type: ignore[call-overload]
    assert said({"MILITIA": ("hold", "claim_facade")}, "claim") == (
        [(MILITIA, "claimed the attack under a new name", did, verdict(guilty))]
        if culprit >= 0
        else []
    )
    for to, capital in ((IRAN, "Tehran"), (MILITIA, "the militias"), (IRAQ, "Baghdad")):
        right = verdict(culprit in GUILTY[to])
        assert said({"US": ("hold", f"accuse>{to.name}")}, "accusation") == (
            [(US, f"said that {capital} did it", did, right)] if culprit >= 0 else []
        )


def test_a_justification_to_the_letter() -> None:
    given = {"US": ("strike_depots", "justify_imminent")}
    said = "justified its force: imminent threat"
    stands = (1, US, said, "nobody showed it to be wrong", Verdict.UNTESTED)
    out = turn_of(discredited=True)
    assert heard(turn_of(given), turn_of(), kind="justification") == [stands]
    assert heard(turn_of(given), turn_of(), out, out, kind="justification") == [
        (1, US, said, "the reason did not hold, it came out in turn 3", Verdict.FALSE)
    ]
    # What comes out in its own turn was of the reason before; a new reason stands for itself.
    assert heard(turn_of(given, discredited=True), turn_of(), kind="justification") == [stands]
    anew = turn_of({"US": ("hold", "justify_defence")})
    first, second = heard(turn_of(given), anew, out, kind="justification")
    assert first == stands
    assert second[2:] == (
        "justified its force: self-defence",
        "the reason did not hold, it came out in turn 3",
        Verdict.FALSE,
    )
    # Reasons of others are no case for force, and a word that gives none ends none.
    tehran = turn_of({"IRAN": ("missile_strike", "justify_defence")})
    assert heard(tehran, out, kind="justification") == []
    speaks = turn_of({"US": ("hold", "condemn>IRAN")})
    assert heard(turn_of(given), speaks, out, kind="justification")[0][4] is Verdict.FALSE


def test_signals_come_by_seat_then_by_turn_and_are_counted() -> None:
    found = [
        s
        for s in signals(
            game_of(
                turn_of({"IRAN": ("hold", "reassure>US"), "US": ("hold", "reassure>IRAN")}),
                turn_of({"US": ("strike_iran", "reassure>IRAN")}),
            )
        )
        if s.kind == "assurance"
    ]
    assert [(s.seat, s.turn, s.verdict) for s in found] == [
        (US, 1, Verdict.BROKEN),
        (US, 2, Verdict.BROKEN),
        (IRAN, 1, Verdict.KEPT),
    ]
    none = dict.fromkeys(Verdict, 0)
    assert tallies(found) == [
        (US, "assurance", none | {Verdict.BROKEN: 2}),
        (IRAN, "assurance", none | {Verdict.KEPT: 1}),
    ]


def test_the_campaign_breaks_an_assurance_that_its_orders_kept() -> None:
    """An order of harassing fire that brings no attack breaks nothing; attacks without one do."""
    given = turn_of({"MILITIA": ("hold", "reassure>US")})
    ordered = heard(given, turn_of({"MILITIA": "harass"}), kind="assurance")
    fired = heard(given, turn_of(fire_attacks={Source.MILITIA: 2}), kind="assurance")
    assert [found[-1] for found in (*ordered, *fired)] == [Verdict.KEPT, Verdict.BROKEN]
