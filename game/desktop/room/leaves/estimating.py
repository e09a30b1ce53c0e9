"""What the staff works out in a process of its own, the quickest first. No pygame."""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from game.content.scenario import Scenario
from game.futures.beliefs import Grounds
from game.futures.consequences import FUTURES as FINER
from game.futures.consequences import HEARD, NO_GROUNDS, TURNS, hear, may_be_said, said, weigh
from game.futures.pledges import pledges
from game.futures.regard import WORLDS, Past, live, regard
from game.futures.theory_belief import Glance, staff_beliefs
from game.players.base import Dice, Options
from game.rules.legal import HIGHEST_LINE, LOWEST_LINE
from game.rules.luck import imagined_keys
from game.rules.observe import Observation
from game.rules.orders import Order
from game.rules.rulebook import NO_SEAT
from game.views.consequences import Consequences, Voice
from game.views.pledges import Pledge
from game.views.regard import Seen as Regarded
from game.views.theory_belief import TheoryBelief

FUTURES = (64, FINER)
"""Imagined for each order: at first, for an answer at once, then for a finer one."""
Said = tuple[int, ...]
"""What an answer hangs on of a draft: see `futures.consequences.said`."""


class Question(NamedTuple):
    """What a seat's staff is asked."""

    scenario: Scenario
    seen: Observation
    legal: Options
    dice: Dice
    """The seat's own luck."""
    draft: Order
    past: Sequence[Past]
    orders: bool
    """Whether to tell what each order may bring."""
    regard: bool
    """Whether to tell how the others see the seat."""
    glances: Sequence[Glance]
    """By which the theories are judged; none where the world is known."""
    grounds: Grounds = NO_GROUNDS
    """What is made of the game so far, where that is known already."""
    futures: int = 0
    """Those of each order that are known already."""
    heard: bool = False
    """Whether the two voices are."""
    pledged: bool = False
    """Whether it is known how long deals and a truce may last."""
    next: Sequence[Order] = ()
    """What may be said instead, one press away, of which nothing is known yet."""


class Answer(NamedTuple):
    """A part of what the staff has found; None for what is not in it."""

    said: Said
    futures: int = 0
    consequences: Sequence[Consequences] | None = None
    voices: dict[int, tuple[Voice, Voice]] | None = None
    regard: Regarded | None = None
    belief: TheoryBelief | None = None
    grounds: Grounds | None = None
    pledges: Sequence[Pledge] | None = None


def consider(question: Question) -> Iterator[Answer | None]:
    """Answers a question part by part; None where it rests."""
    q, spoken = question, said(question.draft)
    first, finer = FUTURES
    if q.regard:
        q = q._replace(grounds=(yield from _look_back(q)))
    if q.orders and q.futures < first:
        yield from _weighed(q, q.draft, first)
    if q.orders and not q.heard:
        known = q.scenario, q.seen, q.legal, q.draft, q.dice
        heard = yield from hear(*known, HEARD, TURNS, q.grounds, at_once=True)
        yield Answer(spoken, voices=heard)
    if q.orders and not q.pledged:
        found = pledges(q.scenario, q.seen, q.legal, q.dice, q.grounds)
        yield Answer(spoken, pledges=found)
    for order in q.next:
        yield from _weighed(q, order, first)
    if q.orders and q.futures < finer:
        yield from _weighed(q, q.draft, finer)


def _look_back(q: Question) -> Generator[Answer | None, None, Grounds]:
    """What the staff makes of the game so far: it looks ahead from there."""
    spoken, setting = said(q.draft), q.scenario.setting
    keys = imagined_keys(q.dice.keys, q.dice.turn, WORLDS)[:, 0]
    lived = live(setting, q.past, keys, q.seen)
    yield Answer(spoken, regard=regard(setting, lived, q.seen, keys))
    found = Grounds(lived.minds)
    if setting.theory_odds is not None:
        for belief in staff_beliefs(q.scenario, q.glances, q.dice):
            is_last = belief.turn == q.seen.turn
            yield Answer(spoken, belief=belief) if is_last else None
            found = Grounds(lived.minds, belief.shares)
    yield Answer(spoken, grounds=found)
    return found


def _weighed(q: Question, draft: Order, futures: int) -> Generator[Answer | None, None, None]:
    known = q.scenario, q.seen, q.legal, draft, q.dice
    found = yield from weigh(*known, futures, TURNS, q.grounds, at_once=True)
    yield Answer(said(draft), futures, found)


def one_press_away(q: Question) -> Iterator[Order]:
    """What one press more may say instead of what the draft says: each statement and each message
    that is whole then, and whom else and which other rung the draft's own may name.
    """
    book = q.scenario.setting.rulebook
    whole = may_be_said(book, q.legal, q.draft)
    for other in (*_other_words(q), *_other_messages(q)):
        spoken = may_be_said(book, q.legal, other)
        if spoken != whole:
            yield spoken


def _other_words(q: Question) -> Iterator[Order]:
    book, draft = q.scenario.setting.rulebook, q.draft
    for word in np.flatnonzero(q.legal.word[:, 0]):
        yield replace(draft, word=int(word), word_to=NO_SEAT, word_rung=0)
    if book.words[draft.word].to_seat:
        yield from (replace(draft, word_to=int(to)) for to in q.seen.seat.rivals)
    if book.words[draft.word].to_rung:
        rungs = range(LOWEST_LINE, HIGHEST_LINE + 1)
        yield from (replace(draft, word_rung=rung) for rung in rungs)


def _other_messages(q: Question) -> Iterator[Order]:
    for message, receivers in enumerate(q.legal.whisper[:, :, 0]):
        open_to = np.flatnonzero(receivers)
        if not message:
            yield replace(q.draft, whisper=0, whisper_to=NO_SEAT)
        elif open_to.size == 1 or message == q.draft.whisper:
            for to in open_to:
                yield replace(q.draft, whisper=message, whisper_to=int(to))
