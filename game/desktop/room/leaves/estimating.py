"""What the staff works out in a process of its own, the quickest first. No pygame."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from game.content.scenario import Scenario
from game.futures.consequences import FUTURES as FINER
from game.futures.consequences import HEARD, consequences, voices
from game.futures.regard import WORLDS, Past, regard
from game.futures.theory_belief import Glance, staff_belief
from game.players.base import Dice, Options
from game.rules.luck import imagined_keys
from game.rules.observe import Observation
from game.rules.orders import Order
from game.views.consequences import Consequences, Voice
from game.views.regard import Seen as Regarded
from game.views.theory_belief import TheoryBelief

FUTURES = (64, FINER)
"""Imagined for each order: at first, for an answer at once, then for a finer one."""


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


class Answer(NamedTuple):
    """A part of what the staff has found; None for what is not in it."""

    futures: int = 0
    consequences: Sequence[Consequences] | None = None
    voices: dict[int, tuple[Voice, Voice]] | None = None
    regard: Regarded | None = None
    belief: TheoryBelief | None = None


def consider(question: Question) -> Iterator[Answer]:
    """Answers a question part by part."""
    q = question
    first, finer = FUTURES
    if q.orders:
        yield Answer(first, consequences(q.scenario, q.seen, q.legal, q.draft, q.dice, first))
    if q.regard:
        keys = imagined_keys(q.dice.keys, q.dice.turn, WORLDS)[:, 0]
        yield Answer(regard=regard(q.scenario.setting, q.past, q.seen, keys))
    if q.regard and q.scenario.setting.theory_odds is not None:
        yield Answer(belief=staff_belief(q.scenario, q.glances, q.dice))
    if q.orders:
        yield Answer(voices=voices(q.scenario, q.seen, q.legal, q.draft, q.dice, HEARD))
        yield Answer(finer, consequences(q.scenario, q.seen, q.legal, q.draft, q.dice, finer))
