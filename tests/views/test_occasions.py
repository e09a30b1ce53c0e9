"""What the moment bears, readiness and contradictions, in the words that every face shows."""

from dataclasses import replace

import numpy as np
import pytest

from game.rules.account import account
from game.rules.luck import game_keys
from game.rules.observe import Observation, observe
from game.rules.orders import Order
from game.rules.phases.doing import heavy_share
from game.rules.rulebook import ANY_SITE, NO_SEAT
from game.rules.seats import SEATS, Seat
from game.rules.state import READY
from game.views.contradictions import all_contradictions, contradicted, contradictions
from game.views.occasions import bears, best_and_worst, manner, moment, readiness
from game.views.offers import sense
from tests.common import random_film, setting
from tests.support import still
from tests.views.handmade import BOOK, SCENARIO, position, turn_of

US, IRAN, MILITIA, IRAQ = SEATS
RULES = SCENARIO.setting


def seen(seat: Seat, **columns: object) -> Observation:
    return observe(RULES, position(**columns).state, None, seat)


def test_the_occasion_is_the_referee_s_own() -> None:
    """Work Baghdad is borne better after American force than in a long calm."""
    deed = BOOK.deed(IRAN, "work_baghdad")
    recent, calm = (bears(RULES, seen(IRAN, us_force_days=days), deed) for days in (0, 999))
    assert recent is not None
    assert calm is not None
    verdicts = ["works very well now", "works well now", "works a little now", "does little now",
                "works against you now"]  # fmt: skip
    assert verdicts.index(recent.verdict) < verdicts.index(calm.verdict)


def test_no_reason_is_a_turn_that_was_not_played() -> None:
    """Before the first turn nobody has stood firm or given way."""
    opened = RULES.open_games(game_keys(1, range(1)))
    reasons = [
        borne.reasons
        for seat in SEATS
        for deed in range(len(BOOK.deeds[seat]))
        if (borne := bears(RULES, observe(RULES, opened, None, seat), deed)) is not None
    ]
    assert reasons
    assert not any("last turn" in reason for one in reasons for reason in one)


def test_a_deed_that_needs_no_occasion_has_none() -> None:
    assert bears(RULES, seen(US), BOOK.deed(US, "hold")) is None
    assert bears(RULES, seen(US), BOOK.deed(US, "prepare")) is None


def test_after_the_last_turn_no_moment_bears_anything() -> None:
    """A finished game is looked at, too; its last deeds are not about to be done again."""
    last = replace(seen(US), turn=len(RULES.moments))
    for deed in range(len(BOOK.deeds[US])):
        last.deed[US] = deed
        assert bears(RULES, last, deed) is None


def test_the_same_again_is_told_with_what_is_left_of_it() -> None:
    """The turn before is of two days, of the three weeks that renew a deed; nobody repeats what he
    did not do."""
    deed = BOOK.deed(US, "ease")
    for before, said in ((deed, True), (deed + 1, False)):
        observation = replace(seen(US), turn=1)
        observation.deed[US] = before
        borne = bears(RULES, observation, deed)
        assert borne is not None
        assert (
            borne.told.endswith("; but so soon after the last time only 10 of 100 of it counts")
            == said
        )


@pytest.mark.parametrize("ready", [0.0, 0.8])
def test_a_heavy_deed_says_how_ready_its_seat_is(ready: float) -> None:
    deed = BOOK.deed(US, "strike_depots")
    share = heavy_share(BOOK.parameters.force, ready)
    told = readiness(RULES, seen(US, us_ready=ready), deed)
    assert f"{ready * 100:.0f} of 100 ready" in told
    if share < 1:
        assert f"so about {share * 100:.0f} of 100 of it gets done" in told
    else:
        assert f"in full, and {share * 100 - 100:.0f} of 100 more than that" in told
    assert readiness(RULES, seen(US), BOOK.deed(US, "ease")) == ""


def test_how_a_deed_is_read() -> None:
    assert manner(BOOK.deeds[US][BOOK.deed(US, "draw_down")]) == "counts as giving way"
    assert manner(BOOK.deeds[US][BOOK.deed(US, "strike_depots")]) == "counts as standing firm"
    assert manner(BOOK.deeds[US][0]) == ""


@pytest.mark.parametrize("seat", SEATS)
def test_every_deed_of_random_games_is_told_from_what_the_seat_sees(seat: Seat) -> None:
    """Whatever is hidden from the seat changes no word of it."""
    state, outcome = random_film("the_article", 64)[5]
    rules = setting("the_article")
    other = state.copy()
    for name in READY.values():
        if name not in observe(rules, state, outcome, seat).exact:
            getattr(other, name)[:] = 1 - getattr(other, name)
    other.theory = 1 - np.minimum(other.theory, 1)
    for deed in range(len(BOOK.deeds[seat])):
        told = moment(rules, observe(rules, state, outcome, seat), deed, 7)
        assert told == moment(rules, observe(rules, other, outcome, seat), deed, 7)
        assert all(line == line.strip() and "{" not in line for line in told)
        assert any(best_and_worst(BOOK.deeds[seat][deed])) == bool(
            set(BOOK.deeds[seat][deed].occasion) - {"base"}
        )


def order(seat: Seat, deed: str, word: str = "silence", **more: int) -> Order:
    given = {"site": ANY_SITE, "word_to": NO_SEAT, "word_rung": 0, "whisper": 0}
    parts = {**given, "whisper_to": NO_SEAT, **more}
    return Order(deed=BOOK.deed(seat, deed), word=BOOK.word(word), **parts)


@pytest.mark.parametrize(
    ("seat", "given", "found"),
    [
        (US, order(US, "strike_iran", "reassure", word_to=IRAN), 1),
        (US, order(US, "strike_iran", "reassure", word_to=IRAQ), 0),
        (US, order(US, "draw_down", "threaten", word_to=MILITIA, word_rung=5), 1),
        (US, order(US, "reinforce", "threaten", word_to=MILITIA, word_rung=5), 0),
        (IRAN, order(IRAN, "missile_strike", "deny"), 1),
        (IRAN, order(IRAN, "deniable_strike", "deny"), 0),
        (MILITIA, order(MILITIA, "truce", "praise"), 1),
        (
            IRAN,
            order(
                IRAN, "seek_talks", whisper=BOOK.whisper("strike"), whisper_to=MILITIA
            ),
            1,
        ),
        (
            US,
            order(
                US, "hold", "threaten", word_to=IRAN, word_rung=5,
                whisper=BOOK.whisper("assure"), whisper_to=IRAN,
            ),
            1,
        ),
        (
            US,
            order(
                US, "hold", "threaten", word_to=IRAN, word_rung=5,
                whisper=BOOK.whisper("assure"), whisper_to=IRAQ,
            ),
            0,
        ),
    ],
)  # fmt: skip
def test_contradictions_are_found_and_nothing_else(seat: Seat, given: Order, found: int) -> None:
    told = contradictions(BOOK, seat, given, truce=False)
    assert len(told) == found, told


def test_a_truce_of_ones_own_is_broken_by_force_only() -> None:
    for deed, found in (("barrage", 1), ("recruit", 0)):
        assert len(contradictions(BOOK, MILITIA, order(MILITIA, deed), truce=True)) == found


@pytest.mark.parametrize("seat", SEATS)
def test_only_the_militias_have_a_truce_to_break(seat: Seat) -> None:
    """Whoever is about to commit is told of it while the truce holds."""
    force = next(deed for deed in BOOK.deeds[seat] if deed.group == "force")
    given = order(seat, force.id)
    for days, broken in ((0, False), (5, seat is MILITIA)):
        before = still(mil_truce=days)
        assert bool(sense(before.setting, before.state, seat, given)) == broken


def test_the_world_is_told_of_what_it_saw() -> None:
    """Words and deeds that do not agree, where both were in the open; the reader is called you."""
    open_ = turn_of({"IRAN": ("missile_strike", "deny")}).outcome
    hidden = turn_of({"IRAN": ("deniable_strike", "deny")}).outcome
    rules = SCENARIO.setting
    for reader, who in ((None, "Tehran"), (US, "Tehran"), (IRAN, "You")):
        assert list(contradicted(BOOK, account(rules, open_, reader))) == [
            (
                IRAN,
                f"{who} denied any part in attacks on the Americans, and signed for force in the"
                " same turn.",
            )
        ]
        assert list(contradicted(BOOK, account(rules, hidden, reader))) == []
    court = turn_of({"US": ("strike_iran", "reassure>IRAN")}).outcome
    ((seat, told),) = contradicted(BOOK, account(rules, court, IRAN))
    assert seat is US
    assert "Washington told you that nothing more was meant" in told


def test_the_list_names_what_there_is() -> None:
    words = {word.id for word in BOOK.words}
    whispers = {whisper.id for whisper in BOOK.whispers}
    deeds = {deed.id for own in BOOK.deeds for deed in own}
    for one in all_contradictions():
        assert set(one.words) <= words
        assert set(one.whispers) <= whispers
        assert set(one.deeds) <= deeds
        assert one.told


def test_what_works_well_says_on_what_it_works_and_a_figure_half_way_is_told_as_it_stands() -> None:
    """A verdict is of its own figures, not of the score; at half way nothing is weak or strong."""
    aid = BOOK.deed(US, "aid")
    lines = {}
    for momentum in (0.3, 0.5, 0.52, 0.7):
        place = position(iraq_momentum=momentum)
        borne = bears(place.setting, observe(place.setting, place.state, None, US), aid)
        assert borne is not None
        assert borne.on == ("momentum to expel the Americans", "the government's authority")
        assert f"{borne.verdict} on momentum to expel the Americans" in borne.told
        lines[momentum] = borne.told
    assert "at 50 of 100" in lines[0.5]
    assert "at 52 of 100" in lines[0.52]
    assert not any(word in lines[0.5] + lines[0.52] for word in ("is weak", "is strong"))
    assert "is weak" in lines[0.3] or "is strong" in lines[0.7]
