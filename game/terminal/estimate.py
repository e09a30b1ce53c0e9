"""What a seat's staff expects of its orders, in words: each against holding, over imagined futures
with the same luck. In the order of the rules: it is no sorted answer sheet.
"""

from weakref import WeakKeyDictionary

import numpy as np

from game.futures.beliefs import Grounds
from game.futures.consequences import FUTURES, HEARD, TURNS, consequences, voices
from game.futures.pledges import pledges
from game.futures.regard import WORLDS, live
from game.futures.seen import Seen
from game.futures.theory_belief import Following, glances
from game.players.base import Dice, only
from game.rules.luck import imagined_keys
from game.rules.orders import Order
from game.rules.seats import Seat
from game.session.match import Match
from game.views.consequences import Consequences, sentences
from game.views.debate import arguments
from game.views.handbook.orders import GROUPS
from game.views.names import counted, listed
from game.views.phrasebook import LUCK_ALONE
from game.views.pledges import made_by
from game.views.theory_belief import TheoryBelief, believed, moved

from .console import Console

_STAFFS: WeakKeyDictionary[Match, dict[Seat, Following]] = WeakKeyDictionary()
"""Those that follow a match; they weigh each turn once, however often they are asked."""


def belief_about_theories(match: Match, seat: Seat) -> TheoryBelief:
    """What a seat's staff believes about the theories now."""
    setting, staffs = match.scenario.setting, _STAFFS.setdefault(match, {})
    if seat not in staffs:
        staffs[seat] = Following(match.scenario, Dice.of(match.state, seat))
    played = match.played if setting.theory_odds is not None else []
    return staffs[seat].after(glances(setting, seat, played, match.state))


def _grounds(match: Match, seat: Seat) -> Grounds:
    """What a seat's staff makes of the game so far: it looks ahead from there."""
    dice = Dice.of(match.state, seat)
    keys = imagined_keys(dice.keys, dice.turn, WORLDS)[:, 0]
    lived = live(match.scenario.setting, Seen(match, seat).past, keys)
    return Grounds(lived.minds, belief_about_theories(match, seat).shares)


def expected(match: Match, seat: Seat, draft: Order) -> list[Consequences]:
    """What the staff expects of every legal deed of a seat, with what the draft says."""
    dice = Dice.of(match.state, seat)
    seen, legal = match.observation(seat), match.options(seat)
    grounds = _grounds(match, seat)
    return consequences(match.scenario, seen, legal, draft, dice, FUTURES, TURNS, grounds)


def estimate_page(console: Console, match: Match, seat: Seat, draft: Order) -> None:
    """Shows what every deed may bring."""
    deeds = match.scenario.setting.rulebook.deeds[seat]
    ahead = min(TURNS, match.scenario.setting.turns - match.state.turn)
    console.title("The staff estimate")
    console.say(
        f"Your staff imagined {FUTURES} futures of {counted(ahead, 'turn')} for each action that "
        "you may order now, with what you say so far, against holding in silence. It knows what "
        "you know and guesses the rest; it takes the others for what their seats usually are. It "
        f"may be wrong. In brackets: where 90 of 100 futures lie. {LUCK_ALONE}"
    )
    found = expected(match, seat, draft)
    for group in GROUPS:
        told = [one for one in found if deeds[one.deed].group == group and _is_told(one)]
        for one in told:
            name = f"{deeds[one.deed].name} (rung {deeds[one.deed].rung})"
            console.bullets([f"{name}: {' '.join(sentences(one, seat))}"])
    if same := [deeds[one.deed].name for one in found if not _is_told(one)]:
        console.say(f"No difference that the staff can see: {listed(same)}.")
    belief = belief_about_theories(match, seat)
    if held := believed(match.scenario, belief):
        console.say(held)
        console.bullets(moved(match.scenario, belief, seat))
    console.gap()


def _is_told(one: Consequences) -> bool:
    """Whether there is anything to be told of it."""
    return bool(one.seen or one.pays or one.ends.told)


def counsel(console: Console, match: Match, seat: Seat, order: Order) -> None:
    """What the staff says of one whole order before it is committed, and its two voices."""
    seen, dice = match.observation(seat), Dice.of(match.state, seat)
    legal = only(match.options(seat), np.array([order.deed]))
    grounds = _grounds(match, seat)
    known = match.scenario, seen, legal, order, dice, HEARD, TURNS, grounds
    (found,) = consequences(*known)
    lasts = pledges(match.scenario, seen, match.options(seat), dice, grounds)
    console.heading("Against holding, as your staff sees it")
    book = match.scenario.setting.rulebook
    console.bullets([*sentences(found, seat), *made_by(book, seat, order, lasts)])
    console.aside(LUCK_ALONE)
    heard = voices(*known)[order.deed]
    for said in arguments(book, seen, order, found, heard):
        console.say(f"{said.name} ({said.theory}): “{said.text}” {said.expects}")
