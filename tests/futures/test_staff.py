"""What a staff tells of orders, and of how the others see its seat: counted whole, against holding,
with the same luck, from what the seat can know, and honest about noise.
"""

from functools import cache

import numpy as np
import pytest

from game.content.dealt import Dealt, with_dealt
from game.futures.beliefs import known_orders
from game.futures.cast import cast
from game.futures.consequences import consequences, rival_of, voices, whole_orders
from game.futures.regard import Past, live, regard
from game.players.base import Dice, Options, only, options
from game.rules.account import account
from game.rules.luck import imagined_keys
from game.rules.observe import Observation, observe
from game.rules.orders import HOLD, Order
from game.rules.seats import SEATS, Seat
from game.session.match import Match
from game.views import regard as told_regard
from game.views.consequences import MEASURES, NOTHING, SURE, sentences, told
from tests.common import scenario, setting
from tests.properties.anything import told_otherwise, without_looking

FUTURES = 64


@cache
def played(seat: Seat, turns: int = 2, seed: int = 7, name: str = "the_article") -> Match:
    """A game in which a seat has held and said nothing; nobody goes on with it."""
    chosen = scenario(name)
    match = Match(chosen, cast(chosen, {}, [other for other in SEATS if other is not seat]), seed)
    for _ in range(turns):
        match.commit(seat, HOLD)
        match.advance()
    return match


def asked(match: Match, seat: Seat) -> tuple[Observation, Options, Dice]:
    return match.observation(seat), match.options(seat), Dice.of(match.state, seat)


def found(match: Match, seat: Seat, draft: Order = HOLD, futures: int = FUTURES):
    seen, legal, dice = asked(match, seat)
    return consequences(match.scenario, seen, legal, draft, dice, futures)


# --- consequences


@pytest.mark.parametrize("seat", SEATS)
def test_holding_in_silence_differs_from_itself_in_nothing(seat: Seat) -> None:
    """The same luck on both sides: not nearly nothing, but nothing."""
    hold = next(one for one in found(played(seat), seat) if one.deed == 0)
    assert all(
        change.change.mean == change.band.low == change.band.high == 0 for change in hold.changes
    )
    assert not hold.seen
    if not hold.pays:
        assert sentences(hold, seat) == [NOTHING]


@pytest.mark.parametrize("seat", SEATS)
def test_every_legal_deed_is_told_of_once_with_every_measure(seat: Seat) -> None:
    match = played(seat)
    legal = match.options(seat).deed[:, 0].nonzero()[0].tolist()
    consequence = found(match, seat)
    assert [one.deed for one in consequence] == legal
    assert all(tuple(c.measure for c in one.changes) == MEASURES for one in consequence)
    assert all(one.about in seat.rivals for one in consequence)


def test_what_may_end_the_game_is_told() -> None:
    """Whoever draws down the last troops goes home with them, and is told so before."""
    match = played(Seat.US)
    seen, legal, dice = asked(match, Seat.US)
    book = match.scenario.setting.rulebook
    least = book.parameters.endings.withdrawal_troops
    seen.columns["us_troops"][:] = least + 1
    alone = only(legal, np.array([book.deed(Seat.US, "draw_down")]))
    (down,) = consequences(match.scenario, seen, alone, HOLD, dice, FUTURES)
    assert down.ends.now > 0.5
    lines = sentences(down, Seat.US)
    assert any(
        line.startswith("The game may be over with this turn in ")
        and line.endswith("most often: American withdrawal.")
        for line in lines
    )
    (held,) = (one for one in found(match, Seat.US) if not one.deed)
    assert held.ends.soon == held.ends.held < 0.5


def test_a_strike_on_who_crossed_the_line_pays_and_angers() -> None:
    """The US owes an answer for K-1; its blow at the militias is felt there and read in words."""
    match = played(Seat.US, 0)
    book = match.scenario.setting.rulebook
    seen, legal, dice = asked(match, Seat.US)
    at_once = consequences(match.scenario, seen, legal, HOLD, dice, FUTURES, turns=1)
    strike = next(one for one in at_once if one.deed == book.deed(Seat.US, "strike_depots"))
    assert strike.about is Seat.MILITIA
    assert strike.pays == 1
    assert strike.of("anger").is_seen
    assert strike.of("anger").change.mean > 0
    assert "It pays what you owe the militias." in sentences(strike, Seat.US)


def test_a_blow_that_pays_nothing_says_to_whom_and_what_would() -> None:
    """By the referee's own rule; and a blow that pays in some futures only is not told to pay."""
    chosen = scenario("the_article")
    match, book = Match(chosen, {}, 7), chosen.setting.rulebook
    for seat in SEATS:
        deed = book.deed(Seat.US, "kill_commander") if seat is Seat.US else 0
        assert not match.commit(seat, Order(deed=deed))
    match.advance()
    by_deed = {book.deeds[Seat.MILITIA][one.deed].id: one for one in found(match, Seat.MILITIA)}
    assert (Seat.US, 5) in by_deed["harass"].unpaid or 0 < by_deed["harass"].pays < 1
    for one in by_deed.values():
        told = " ".join(sentences(one, Seat.MILITIA))
        assert ("It pays what you owe" in told) == (one.pays >= SURE)
        assert ("of rung 5 or more" in told) == bool(one.unpaid)


def test_the_word_and_the_message_are_counted() -> None:
    """The same deed, with a reassurance in public and in private: the pressure is lower."""
    match = played(Seat.US)
    book = match.scenario.setting.rulebook
    kind = Order(
        word=book.word("reassure"),
        word_to=int(Seat.IRAN),
        whisper=book.whisper("assure"),
        whisper_to=int(Seat.IRAN),
    )
    legal = match.options(Seat.US)
    (whole, *_) = whole_orders(book, legal, kind)
    assert (whole.word, whole.word_to) == (kind.word, kind.word_to)
    hold = next(one for one in found(match, Seat.US, kind) if one.deed == 0)
    assert hold.about is Seat.IRAN
    assert hold.of("anger").change.mean < 0
    assert hold.of("anger").is_seen


def test_what_cannot_be_said_yet_is_left_out_of_an_order() -> None:
    match = played(Seat.US)
    book, legal = match.scenario.setting.rulebook, match.options(Seat.US)
    threat = Order(word=book.word("threaten"), word_to=int(Seat.IRAN))
    assert all(order.word == 0 for order in whole_orders(book, legal, threat))
    unsent = Order(whisper=book.whisper("demand"))
    assert all(order.whisper == 0 for order in whole_orders(book, legal, unsent))


@pytest.mark.parametrize("seat", SEATS)
def test_the_staff_does_not_peek(seat: Seat) -> None:
    """Another truth behind the same sight, and the same words to the digit."""
    match, rules = played(seat), setting("the_article")
    luck = np.random.default_rng(5)
    state = without_looking(match.state, seat, luck, same_luck=True)
    outcome = told_otherwise(rules, match.last_outcome, seat, luck)
    seen, legal, dice = asked(match, seat)
    other = observe(rules, state, outcome, seat)
    one = consequences(match.scenario, seen, legal, HOLD, dice, 32)
    two = consequences(
        match.scenario, other, options(rules, state, seat), HOLD, Dice.of(state, seat), 32
    )
    assert one == two
    past = past_of(match, seat)
    keys = imagined_keys(dice.keys, dice.turn, 32)[:, 0]
    lived = live(rules, past, keys)
    assert regard(rules, lived, seen, keys) == regard(rules, lived, other, keys)


def test_noise_is_told_as_no_difference() -> None:
    change = next(
        c for one in found(played(Seat.US), Seat.US) for c in one.changes if not c.is_seen
    )
    assert told(change) == "no difference seen"


def test_the_article_shows_differences_in_every_turn() -> None:
    """At least two orders that differ beyond their noise, in every turn of a game."""
    chosen = scenario("the_article")
    match = Match(chosen, cast(chosen, {}, [Seat.IRAN, Seat.MILITIA, Seat.IRAQ]), 11)
    while not match.ending:
        differ = [one for one in found(match, Seat.US) if one.seen]
        assert len(differ) >= 2, match.state.turn
        match.commit(Seat.US, HOLD)
        match.advance()


def test_hawk_and_dove_hold_other_theories_for_true() -> None:
    """Of some order they expect another number of attacks; both speak of every order."""
    match = played(Seat.US)
    seen, legal, dice = asked(match, Seat.US)
    heard = voices(match.scenario, seen, legal, HOLD, dice, FUTURES)
    assert set(heard) == set(legal.deed[:, 0].nonzero()[0].tolist())
    assert any(hawk.attacks.mean != dove.attacks.mean for hawk, dove in heard.values())
    hawk, dove = heard[0]
    assert hawk.attacks.mean == dove.attacks.mean == 0


@pytest.mark.parametrize("theory", ["balanced", "deterrence", "spiral"])
def test_the_voices_argue_from_the_theories_of_the_rulebook(theory: str) -> None:
    """Whichever theory is known to hold: the hawk's is deterrence, the dove's the spiral."""
    match = played(Seat.US)
    seen, legal, dice = asked(match, Seat.US)
    known = with_dealt(match.scenario, Dealt(theory))
    heard = voices(known, seen, legal, HOLD, dice, 32)
    assert heard == voices(match.scenario, seen, legal, HOLD, dice, 32)
    assert {(hawk.theory, dove.theory) for hawk, dove in heard.values()} == {
        ("deterrence", "spiral")
    }


def test_an_order_is_judged_by_whom_it_touches_hardest() -> None:
    match = played(Seat.US, 0)
    book, seen = match.scenario.setting.rulebook, match.observation(Seat.US)
    strike = Order(deed=book.deed(Seat.US, "strike_iran"))
    assert rival_of(book, seen, strike) is Seat.IRAN
    word = Order(word=book.word("condemn"), word_to=int(Seat.IRAQ))
    assert rival_of(book, seen, word) is Seat.IRAQ


# --- how the others see a seat


def past_of(match: Match, seat: Seat) -> tuple[Past, ...]:
    rules, outcome, past = match.scenario.setting, None, []
    for turn in match.played:
        seen = observe(rules, turn.before, outcome, seat)
        outcome = turn.outcome
        past.append(Past(seen, account(rules, outcome, seat)))
    return tuple(past)


def regarded(match: Match, seat: Seat, worlds: int = 60):
    dice = Dice.of(match.state, seat)
    keys = imagined_keys(dice.keys, dice.turn, worlds)[:, 0]
    lived = live(match.scenario.setting, past_of(match, seat), keys)
    return regard(match.scenario.setting, lived, match.observation(seat), keys)


def after(seat: Seat, deed: str, turns: int = 3) -> Match:
    """A game in which the seat does one deed in its second turn, else holds."""
    chosen = scenario("the_article")
    match = Match(chosen, cast(chosen, {}, [other for other in SEATS if other is not seat]), 7)
    for turn in range(turns):
        number = chosen.setting.rulebook.deed(seat, deed) if turn == 1 else 0
        assert not match.commit(seat, Order(deed=number))
        match.advance()
    return match


def test_a_blow_raises_both_fear_and_anger_and_is_told() -> None:
    seen = regarded(after(Seat.US, "kill_commander"), Seat.US)
    assert {blow.rival for blow in seen.blows} == set(Seat.US.rivals)
    tehran = next(blow for blow in seen.blows if blow.rival is Seat.IRAN)
    assert (tehran.turn, tehran.deed) == (2, "Kill a commander")
    assert tehran.fear.mean > 0
    assert tehran.anger.mean > 0
    assert "Kill a commander" in told_regard.blow_sentence(tehran)


def test_who_never_struck_is_told_of_no_blow() -> None:
    assert regarded(played(Seat.US), Seat.US).blows == ()


@pytest.mark.parametrize("seat", SEATS)
def test_the_estimate_lies_near_the_truth_that_it_does_not_know(seat: Seat) -> None:
    """Over a game, belief within fifteen points of what the rivals really believe, on average."""
    match = played(seat, 6)
    off = []
    for one in regarded(match, seat).regards:
        kept, broken = match.state.kept[one.rival, seat, 0], match.state.broken[one.rival, seat, 0]
        off.append(abs(one.believes.mean - 100 * float(kept / (kept + broken))))
        assert one.believes.band.low <= one.believes.mean <= one.believes.band.high
    assert np.mean(off) < 15


def test_letting_a_debt_pass_costs_belief() -> None:
    match = played(Seat.US, 0)
    assert match.state.debt[Seat.US].max() > 0
    lapses = regarded(match, Seat.US).lapses
    assert {lapse.rival for lapse in lapses} == {
        rival for rival in Seat.US.rivals if match.state.debt[Seat.US, rival, 0] > 0
    }
    assert all(lapse.believes.mean < 0 for lapse in lapses)


def test_orders_that_nobody_signed_are_known_to_nobody() -> None:
    """What the militias ordered in secret is none of Washington's known orders."""
    match = after(Seat.MILITIA, "harass")
    learnt = account(match.scenario.setting, match.played[1].outcome, Seat.US)
    assert int(known_orders(learnt)[Seat.MILITIA].deed[0]) == 0
    own = account(match.scenario.setting, match.played[1].outcome, Seat.MILITIA)
    harass = match.scenario.setting.rulebook.deed(Seat.MILITIA, "harass")
    assert int(known_orders(own)[Seat.MILITIA].deed[0]) == harass
