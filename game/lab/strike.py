"""Did the strike deter? The record's strike on depots, with it and without it, luck the same."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from game.futures.statistics import Paired
from game.futures.whatif import Effect, Question, WhatIf
from game.futures.whatif import run as run_what_if
from game.futures.widths import OWN, Crossed, with_others
from game.rules.seats import Seat
from game.views.effects import Estimate

from .counting import Counted
from .record import SCENARIO
from .samples import Sample

MARCH_STRIKE = Question(turn=24, seat=Seat.US, deed="strike_depots", instead="hold", horizon=6)
"""The strike on depots of the record, and the month after it: six turns, 31 days."""
BLOCK = 200
"""Pairs in a block."""


@dataclass(frozen=True, slots=True)
class Strike:
    """Its effect on the attacks of the next month, block by block."""

    parts: tuple[Paired, ...]
    whole: int
    """How many of them, from the first, are whole blocks: only these are compared between runs."""
    others: Crossed
    """The effect by other numbers, in a few of the games."""

    @property
    def total(self) -> Paired:
        """All blocks together."""
        every = Effect().pairs["attacks"]
        for part in self.parts:
            every.merge(part)
        return every

    @property
    def difference(self) -> Estimate:
        """Attacks with it less attacks without it, with both widths."""
        return with_others(self.total.difference, self.others)

    @property
    def sets(self) -> int:
        """Of how many other sets of numbers the effect was asked."""
        return len(self.others.rows.keys() - {OWN})

    @property
    def sample(self) -> Sample:
        """The difference's sums."""
        return [
            [(part.sum_a - part.sum_b) * part.step for part in self.parts[: self.whole]],
            [float(part.games) for part in self.parts[: self.whole]],
        ]

    def share(self, which: Literal["more", "less"]) -> Counted:
        """Of the pairs, those in which it made attacks more, or fewer."""
        happened = np.array([getattr(part, which) for part in self.parts], np.int64)
        games = np.array([part.games for part in self.parts], np.int64)
        return Counted(
            happened, games, blocks=[happened.tolist()[: self.whole], games.tolist()[: self.whole]]
        )


def march_strike(lens: str, games: int, seed: int, *, workers: int = 1) -> Strike:
    """The effect under a lens, from pairs of games.

    Args:
        lens: a lens's id or file.
        games: how many pairs.
        seed: their luck.
        workers: processes; they change nothing but the time.
    """
    asked = WhatIf(SCENARIO, MARCH_STRIKE, games, seed, lens)
    parts, others = list[Paired](), Crossed()
    for effect in run_what_if(asked, chunk=BLOCK, workers=workers):
        paired = effect.pairs["attacks"]
        if paired.others.rows:
            others.merge(paired.others)
        else:
            parts.append(paired)
    return Strike(tuple(parts), games // BLOCK, others)
