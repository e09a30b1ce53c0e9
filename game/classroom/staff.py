"""The staff estimate in class: what a team's draft is likely to bring against holding, what a hawk
and a dove say of it, and what speaks for which theory. The host allows it; the staff does not know
which theory holds.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from game.content.scenario import Scenario
from game.futures.beliefs import Grounds
from game.futures.consequences import (
    FUTURES,
    HEARD,
    TURNS,
    consequences,
    said,
    voices,
    whole_orders,
)
from game.futures.pledges import pledges
from game.futures.regard import WORLDS, Past, live
from game.futures.seen import Seen
from game.futures.theory_belief import Glance, staff_belief
from game.players.base import Dice, Options
from game.rules.digest import game_digests
from game.rules.luck import imagined_keys
from game.rules.observe import Observation
from game.rules.orders import Order
from game.rules.seats import Seat
from game.session.match import Status
from game.session.texts import compiled
from game.views.consequences import sentences
from game.views.debate import Argument, arguments
from game.views.pledges import Pledge, made_by
from game.views.secrets import possible_theories
from game.views.theory_belief import believed, moved

from .apart import Apart
from .faults import ClassroomFault
from .table import Table


class Counsel(NamedTuple):
    """What the staff says of one whole order."""

    told: tuple[str, ...]
    """What it is likely to bring against holding, in sentences."""
    debate: tuple[Argument, Argument]
    """The hawk's word and the dove's."""


Advice = Mapping[int, Counsel]
"""By the number of each legal action, taken with the words of the draft."""
Judged = tuple[str, ...]
"""What a staff makes of the theories, in sentences."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What one seat's staff knows, and nothing else."""

    seat: Seat
    observation: Observation
    options: Options
    dice: Dice
    draft: Order
    glances: Sequence[Glance] = ()
    """The turns that it has seen, by which the theories are judged."""
    past: Sequence[Past] = ()
    """The same turns with what was learnt of them, through which the others' minds are carried."""
    judgement: "Judgement | None" = None
    """What the staff has made of those turns; None as long as it has not."""


class Judgement(NamedTuple):
    """What a staff has made of the turns that it has seen."""

    judged: Judged
    """Of the theories."""
    grounds: Grounds
    """From which it looks ahead."""
    pledges: Sequence[Pledge]
    """How long deals and a truce may last."""


def consider(
    texts: Mapping[str, str], desks: Sequence[Desk]
) -> tuple[dict[Seat, Advice], dict[Seat, Judgement]]:
    """What the staffs of some seats expect, and what they make of the game so far; see `advise` and
    `judge`.
    """
    judgements = judge(texts, desks)
    judged = [replace(desk, judgement=judgements[desk.seat]) for desk in desks]
    return advise(texts, judged), judgements


def judge(texts: Mapping[str, str], desks: Sequence[Desk]) -> dict[Seat, Judgement]:
    """What the staffs of some seats make of the game so far, and of the theories in sentences, with
    what moved them most; none where everybody knows which one holds. Arguments as for `advise`.
    """
    scenario = compiled(texts, lensed=False)
    return {desk.seat: desk.judgement or _judgement(scenario, desk) for desk in desks}


def _judgement(scenario: Scenario, desk: Desk) -> Judgement:
    keys = imagined_keys(desk.dice.keys, desk.dice.turn, WORLDS)[:, 0]
    grounds, told = Grounds(live(scenario.setting, desk.past, keys).minds), tuple[str, ...]()
    if len(possible_theories(scenario)) >= len(("one", "other")):
        belief = staff_belief(scenario, desk.glances, desk.dice)
        told = (believed(scenario, belief), *moved(scenario, belief, desk.seat))
        grounds = grounds._replace(odds=belief.shares)
    lasts = pledges(scenario, desk.observation, desk.options, desk.dice, grounds)
    return Judgement(told, grounds, lasts)


def advise(texts: Mapping[str, str], desks: Sequence[Desk]) -> dict[Seat, Advice]:
    """What the staffs of some seats expect.

    Args:
        texts: of the match. The lens among them, which a class is not told of, is left out.
        desks: of those seats.

    Raises:
        ContentError: this version of the game cannot play these texts.
    """
    scenario = compiled(texts, lensed=False)
    return {desk.seat: _advice(scenario, desk) for desk in desks}


def _advice(scenario: Scenario, desk: Desk) -> Advice:
    book, seen = scenario.setting.rulebook, desk.observation
    known = scenario, seen, desk.options, desk.draft, desk.dice
    judgement = desk.judgement or _judgement(scenario, desk)
    found = consequences(*known, FUTURES, TURNS, judgement.grounds)
    heard = voices(*known, HEARD, TURNS, judgement.grounds)
    orders = whole_orders(book, desk.options, desk.draft)
    return {
        order.deed: Counsel(
            (*sentences(one, desk.seat), *made_by(book, desk.seat, order, judgement.pledges)),
            arguments(book, seen, order, one, heard[order.deed]),
        )
        for order, one in zip(orders, found, strict=True)
    }


class Staffs:
    """One table's estimates, as far as they are worked out."""

    def __init__(self) -> None:
        self.fault = ""
        """Why there are none; empty where there are, or will be."""
        self._version = -1
        self._state = ""
        """The digest of the state that the estimates are of."""
        self._asked: dict[Seat, tuple[int, ...]] = {}
        """What was `said` in the draft that each staff was last asked about."""
        self._found: dict[Seat, tuple[tuple[int, ...], Advice]] = {}
        """What was said in the draft, and what each staff found."""
        self._judged: dict[Seat, Judgement] = {}
        self._apart = Apart()
        self._working: asyncio.Task[None] | None = None

    def of(self, seat: Seat, draft: Order) -> Advice | None:
        """What a seat's staff expects of a draft; None as long as it is not worked out."""
        spoken, advice = self._found.get(seat, ((), None))
        return advice if spoken == said(draft) else None

    def judged(self, seat: Seat) -> Judged:
        """What a seat's staff makes of the theories; empty as long as it is not worked out."""
        found = self._judged.get(seat)
        return found.judged if found is not None else ()

    def look(self, table: Table, tell: Callable[[], None]) -> None:
        """Has the estimates made that are allowed and that nobody has made of these drafts. Work
        that has begun is let finish, unless the game has gone on: a team that keeps changing its
        words holds up no other.

        Args:
            table: whose.
            tell: called when they are there.
        """
        match = table.match
        if table.version != self._version:
            self._version = table.version
            self._begin_anew(f"{int(game_digests(match.state)[0]):x}")
        if match.status is Status.ENDED or match.record is None or self._is_working:
            return
        drafts = {seat: table.order(seat) for seat in sorted(table.estimates) if table.plays(seat)}
        eyes = {
            seat: Seen(match, seat)
            for seat, draft in drafts.items()
            if self._asked.get(seat) != said(draft)
        }
        desks = [
            Desk(
                seat,
                seen.now,
                seen.options,
                Dice.of(match.state, seat),
                drafts[seat],
                seen.glances,
                seen.past,
                self._judged.get(seat),
            )
            for seat, seen in eyes.items()
        ]
        if desks:
            self._asked |= {desk.seat: said(desk.draft) for desk in desks}
            texts = dict(match.record.texts)
            self._working = asyncio.create_task(self._work(texts, desks, self._state, tell))

    @property
    def _is_working(self) -> bool:
        return self._working is not None and not self._working.done()

    def _begin_anew(self, state: str) -> None:
        """Leaves all that was found, and the work, where the game has gone on."""
        if state != self._state:
            self._state, self._asked, self._found, self._judged = state, {}, {}, {}
            self.fault = ""
            self._apart.stop()

    async def _work(
        self,
        texts: Mapping[str, str],
        desks: Sequence[Desk],
        state: str,
        tell: Callable[[], None],
    ) -> None:
        found, judged, why = dict[Seat, Advice](), dict[Seat, Judgement](), ""
        try:
            found, judged = await self._apart.do(consider, texts, desks)
        except ClassroomFault as fault:
            why = str(fault)
        if state == self._state:  # else the game has gone on
            self._found |= {
                desk.seat: (said(desk.draft), found[desk.seat]) for desk in desks if found
            }
            self._judged |= judged
            self.fault = why
            tell()

    def close(self) -> None:
        """Leaves the work."""
        self._apart.stop()
