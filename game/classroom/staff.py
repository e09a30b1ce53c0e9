"""The staff estimate in class: a hawk and a dove, who argue from two theories, say what they expect
of each action against holding. The host allows it; neither knows which theory this world follows.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from game.content.lens import load_lens, seen_through
from game.content.scenario import Scenario
from game.futures.cast import cast
from game.futures.plan import Forecast, staff_estimate
from game.futures.statistics import Paired
from game.players.base import Dice, Options
from game.rules.digest import game_digests
from game.rules.observe import Observation
from game.rules.orders import HOLD
from game.rules.seats import Seat
from game.session.match import Status
from game.session.texts import compiled
from game.views.effects import Way

from .apart import Apart
from .faults import ClassroomFault
from .table import Table

VOICES = {"hawk": "deterrence", "dove": "spiral"}
"""The theory that each adviser argues from."""
MEASURES = {
    "attacks": (1.0, 0.1),
    "us_dead": (1.0, 0.1),
    "highest_rung": (1.0, 0.1),
    "mark": (0.01, 0.5),
}
"""What is told of each action: the step in which it is counted, and the least mean difference from
holding that is worth a word.
"""
FUTURES = 400
"""Imagined for each action and voice."""
TURNS = 3
"""As far as the staff looks ahead, this turn included."""


class Expected(NamedTuple):
    """What the two voices expect of one measure after an action, against holding."""

    measure: str
    ways: tuple[Way, ...]
    """One for each of `VOICES`; `Way.SAME` where the staff sees no difference."""


Advice = Mapping[int, Sequence[Expected]]
"""By the number of each legal action but holding."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What one seat's staff knows, and nothing else."""

    seat: Seat
    observation: Observation
    options: Options
    dice: Dice


def advise(texts: Mapping[str, str], desks: Sequence[Desk]) -> dict[Seat, Advice]:
    """What the staffs of some seats expect.

    Args:
        texts: of the match. The theory among them, that its world follows, is left out.
        desks: of those seats.

    Raises:
        ContentError: this version of the game cannot play these texts.
    """
    scenario = compiled(texts, lensed=False)
    worlds = [seen_through(scenario, load_lens(lens)) for lens in VOICES.values()]
    return {desk.seat: _advice(worlds, desk) for desk in desks}


def _advice(worlds: Sequence[Scenario], desk: Desk) -> Advice:
    told = [
        staff_estimate(
            world.setting,
            desk.observation,
            desk.options,
            cast(world, {}),
            desk.dice,
            futures=FUTURES,
            turns=TURNS,
        )
        for world in worlds
    ]
    holding = [next(one for one in voice if one.deed == HOLD.deed) for voice in told]
    return {
        forecasts[0].deed: tuple(
            Expected(
                measure,
                tuple(
                    _way(one, held, measure) for one, held in zip(forecasts, holding, strict=True)
                ),
            )
            for measure in MEASURES
        )
        for forecasts in zip(*told, strict=True)
        if forecasts[0].deed != HOLD.deed
    }


def _way(forecast: Forecast, holding: Forecast, measure: str) -> Way:
    """Where a measure goes against holding, with the same luck."""
    step, least = MEASURES[measure]
    paired = Paired(step=step)
    paired.add(getattr(forecast.outlook, measure), getattr(holding.outlook, measure))
    found = paired.difference
    return found.way if found.is_clear and abs(found.mean) >= least else Way.SAME


class Staffs:
    """One table's estimates, as far as they are worked out."""

    def __init__(self) -> None:
        self._found: dict[Seat, Advice] = {}
        self.fault = ""
        """Why there are none; empty where there are, or will be."""
        self._version = -1
        self._state = ""
        """The digest of the state that the estimates are of."""
        self._asked = frozenset[Seat]()
        """Seats whose estimates are being worked out, or cannot be."""
        self._apart = Apart()
        self._working: asyncio.Task[None] | None = None

    def of(self, seat: Seat) -> Advice | None:
        """What a seat's staff expects; None as long as it is not worked out."""
        return self._found.get(seat)

    def look(self, table: Table, tell: Callable[[], None]) -> None:
        """Has the estimates made that are allowed and that nobody has made of this moment.

        Args:
            table: whose.
            tell: called when they are there.
        """
        if table.version == self._version:
            return
        self._version, match = table.version, table.match
        state = f"{int(game_digests(match.state)[0]):x}"
        if state != self._state:
            self._state, self._found, self._asked, self.fault = state, {}, frozenset(), ""
        missing = frozenset(
            seat for seat in table.estimates if table.plays(seat) and seat not in self._found
        )
        if match.status is Status.ENDED or match.record is None or missing <= self._asked:
            return
        self._asked = missing
        desks = [
            Desk(seat, match.observation(seat), match.options(seat), Dice.of(match.state, seat))
            for seat in sorted(missing)
        ]
        texts = dict(match.record.texts)
        self._working = asyncio.create_task(self._work(texts, desks, missing, tell))

    async def _work(
        self,
        texts: Mapping[str, str],
        desks: Sequence[Desk],
        asked: frozenset[Seat],
        tell: Callable[[], None],
    ) -> None:
        found, why = dict[Seat, Advice](), ""
        try:
            found = await self._apart.do(advise, texts, desks)
        except ClassroomFault as fault:
            why = str(fault)
        if asked is self._asked:  # else the game has gone on, or more seats were allowed
            self._found |= found
            self.fault = why
            tell()

    def close(self) -> None:
        """Leaves the work."""
        self._apart.stop()
