"""What everybody may see of a game, and what the debrief reveals: from games made by hand."""

from dataclasses import replace

import numpy as np

from game.rules.observe import observe
from game.rules.orders import Order
from game.rules.seats import SEATS, Rung
from game.rules.state import NO_LINE
from game.views.offers import Crossing, crossings, told_order
from game.views.public import Line, ladder_steps, public_picture
from game.views.secrets import (
    has_secret,
    possible_agendas,
    possible_theories,
    revealed_agendas,
    revealed_world,
)
from tests.views.handmade import BOOK, SCENARIO, position, turn_of

US, IRAN, MILITIA, IRAQ = SEATS


def test_the_ladder_with_its_lines() -> None:
    """Every rung, the highest first; who has drawn a line at it, each seat once."""
    state = position().state
    state.line[:] = NO_LINE
    state.line[US, IRAN] = state.line[US, MILITIA] = state.line[IRAN, US] = 5
    state.line[IRAQ, US] = 0
    steps = {step.rung: step for step in ladder_steps(state, 4)}
    assert list(steps) == [int(rung) for rung in reversed(Rung)]
    assert [rung for rung, step in steps.items() if step.now] == [4]
    assert steps[5].lines == (Line(US, IRAN), Line(US, MILITIA), Line(IRAN, US))
    assert steps[5].seats == (US, IRAN)
    assert steps[0].lines == (Line(IRAQ, US),)
    assert {rung for rung, step in steps.items() if step.lines} == {0, 5}
    assert steps[5].name == "attack that kills"


def test_the_public_picture() -> None:
    opening = SCENARIO.setting.opening
    before = position(us_dead=opening.us_dead[0] + 1, civilians_dead=opening.civilians_dead[0] + 2)
    state = before.with_(rung=6).state
    empty = public_picture(SCENARIO, state, [])
    assert (empty.rung, empty.told) == (6, ())
    assert [step.rung for step in empty.ladder if step.now] == [6]
    assert empty.dead == ("one American", "two civilians")
    outcomes = [turn_of({"US": "harden"}).outcome, turn_of(protest=True, number=2).outcome]
    told = " ".join(item.text for item in public_picture(SCENARIO, state, outcomes).told)
    assert "protest" in told.lower()
    assert "harden" not in told.lower(), "that was the turn before"


# ------------------------------------------------------------------------------------ the secrets


def test_who_has_a_secret_and_what_it_may_be() -> None:
    """Agendas and theories with no odds cannot be; where none is drawn, the first theory holds."""
    for seat in SEATS:
        agendas = SCENARIO.setting.rulebook.agendas[seat]
        assert has_secret(SCENARIO, seat) == (len(agendas) > 1)
        never = agendas[0]
        odds = np.array([0.0] + [1.0] * (len(agendas) - 1), np.float32)
        all_odds = list(SCENARIO.setting.agenda_odds)
        all_odds[seat] = odds
        setting = replace(SCENARIO.setting, agenda_odds=tuple(all_odds))
        may = possible_agendas(replace(SCENARIO, setting=setting), seat)
        assert never not in may
        assert may == agendas[1:2]
    theories = SCENARIO.setting.rulebook.theories
    fixed = replace(SCENARIO, setting=replace(SCENARIO.setting, theory_odds=None))
    assert possible_theories(fixed) == theories[:1]
    drawn = np.array([0.0, 0.5, *[1.0] * (len(theories) - 2)], np.float32)
    some = replace(SCENARIO, setting=replace(SCENARIO.setting, theory_odds=drawn))
    assert possible_theories(some) == theories[1:3]


def test_what_the_debrief_reveals() -> None:
    state = position(theory=1).state
    theories = SCENARIO.setting.rulebook.theories
    assert revealed_world(SCENARIO, state, "balanced") == theories[1].name
    fixed = replace(SCENARIO, setting=replace(SCENARIO.setting, theory_odds=None))
    assert revealed_world(fixed, state, "balanced") != theories[1].name
    state = position(agenda={"US": 1}).state
    found = revealed_agendas(SCENARIO, state)
    assert set(found) == {seat for seat in SEATS if has_secret(SCENARIO, seat)}
    for seat, agenda in found.items():
        assert agenda is SCENARIO.setting.rulebook.agendas[seat][1 if seat is US else 0]


# -------------------------------------------------------------------------------- what is offered


def test_an_order_in_sentences() -> None:
    """Also where a target is still missing."""
    strike, guard = BOOK.deed(US, "strike_depots"), BOOK.deed(IRAQ, "guard")
    told = told_order(BOOK, US, Order(deed=strike))
    sentence = BOOK.deeds[US][strike].sentence
    assert told.deed == f"Strike depots, where the staff sees fit: {sentence}"
    told = told_order(BOOK, US, Order(deed=strike, site=BOOK.site("jurf")))
    assert told.deed == f"Strike depots, at {BOOK.sites[BOOK.site('jurf')].name}: {sentence}"
    told = told_order(BOOK, IRAQ, Order(deed=guard))
    assert told.deed.startswith(f"{BOOK.deeds[IRAQ][guard].name}: ")
    threat = BOOK.word("threaten")
    for to, rung, names in ((1, 5, ("Iran", "rung 5 (attack that kills)")), (-1, 0, ("…", "…"))):
        told = told_order(BOOK, US, Order(word=threat, word_to=to, word_rung=rung))
        assert all(name in told.word for name in names)
    notice = BOOK.whisper("notice")
    assert (
        "the Iraqi government" in told_order(BOOK, US, Order(whisper=notice, whisper_to=3)).whisper
    )


def test_the_lines_that_a_deed_would_cross() -> None:
    """Those drawn toward its doer, at its rung against that rival or below."""
    strike = BOOK.deed(US, "strike_depots")
    (rung,) = {BOOK.deeds[US][strike].against[MILITIA]}
    for line, crossed in ((rung, True), (rung - 1, True), (rung + 1, False), (NO_LINE, False)):
        start = position()
        start.state.line[:] = NO_LINE
        start.state.line[MILITIA, US], start.state.line[US, MILITIA] = line, 0
        start.state.line[MILITIA, IRAN] = 0
        seen = observe(SCENARIO.setting, start.state, None, US)
        assert crossings(BOOK, seen, strike) == ([Crossing(MILITIA, line)] if crossed else [])
