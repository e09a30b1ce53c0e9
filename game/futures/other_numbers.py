"""Other numbers that may be as right as the game's own.

The record leaves some parameters open, and nobody measured those that were set by hand. A small set
of other numbers is kept with the game, each as likely as the next: parameters as the fit found them
together, how people choose, some judgements anywhere in their ranges, how strongly each seat's
players feel, and which theory the world follows. `main.py calibrate --adopt` writes it. An effect
that is measured by each of them tells how much of it hangs on numbers that nobody knows.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from game.content.lens import through
from game.players.base import Player
from game.players.doctrine import DoctrinePlayer
from game.rules.seats import Seat
from game.rules.setting import Setting, picked

from .plan import Planner
from .widths import OWN

KEPT = Path(__file__).parent / "data" / "other_numbers.json"
DIALS = ("anger", "fear", "duty")
"""What of a doctrine is varied: how strongly it feels."""
FEWEST = 8
"""Sets that an effect is measured by at the least."""
MOST_GAMES = 256
"""Games of an effect that are played by other numbers, too, at the most: so many that their luck
is small beside what the numbers do to most effects.
"""
_GAMES_A_SET = 320
"""Games by the game's own numbers for which one more set is worth its time."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """One set."""

    parameters: Mapping[str, float]
    """By "group.name"."""
    players: Mapping[Seat, Mapping[str, float]]
    """By seat and dial: what the dial of whoever plays the seat is multiplied by."""
    theory: float
    """0 to 1: the theory that this luck picks by a scenario's odds, where it is not known."""

    def setting(self, setting: Setting, fixed: Collection[str] = ()) -> Setting:
        """The rules by these numbers.

        Args:
            setting: the rules by the game's own.
            fixed: parameters that stay as they are, such as those that a lens names.
        """
        own = {name: value for name, value in self.parameters.items() if name not in fixed}
        return setting.under(through(setting.rulebook, own))

    def cast(self, setting: Setting, players: Mapping[Seat, Player]) -> dict[Seat, Player]:
        """The players by these numbers. Only who follows a doctrine has dials.

        Args:
            setting: the rules by these numbers.
            players: as they are by the game's own.
        """
        return {seat: self._turned(setting, seat, who) for seat, who in players.items()}

    def _turned(self, setting: Setting, seat: Seat, who: Player) -> Player:
        if not isinstance(who, DoctrinePlayer):
            return who
        dials = {
            dial: getattr(who.doctrine, dial) * factor
            for dial, factor in self.players[seat].items()
        }
        return who.under(setting.rulebook, replace(who.doctrine, **dials))

    def world(self, setting: Setting) -> int | None:
        """The theory that holds, as an index; None where a scenario draws none."""
        odds = setting.theory_odds
        if odds is None:
            return None
        return int(picked(np.array([self.theory], np.float32), odds)[0])


def other_numbers(games: int) -> tuple[Numbers, ...]:
    """As many of the kept sets as keep their time small beside that of the games, from the first.

    Args:
        games: played by the game's own numbers for one effect.
    """
    return _kept()[: max(FEWEST, games // _GAMES_A_SET)]


def games_by_others(players: Iterable[Player], games: int) -> int:
    """How many of an effect's games are played by other numbers, too: few where somebody looks
    ahead, for such games are dear.
    """
    if any(isinstance(who, Planner) for who in players):
        return min(games, MOST_GAMES, max(2, games // (2 * len(rows_of(games)))))
    return min(games, MOST_GAMES)


def rows_of(games: int) -> dict[int, Numbers | None]:
    """The rows of a `Crossed` table: None for the game's own numbers, then those of
    `other_numbers`.
    """
    return {OWN: None} | dict(enumerate(other_numbers(games), OWN + 1))


def judgements() -> int:
    """How many judgements, which nobody has fitted to anything, differ in them."""
    return len(_file()["judged"])


@cache
def _kept() -> tuple[Numbers, ...]:
    return read(_file())


@cache
def _file() -> Mapping[str, Any]:
    kept: Mapping[str, Any] = json.loads(KEPT.read_text(encoding="utf-8"))
    return kept


def read(kept: Mapping[str, Any]) -> tuple[Numbers, ...]:
    """The sets of a file, which holds a list of values, one a set, for each number."""
    return tuple(
        Numbers(
            {name: values[k] for name, values in kept["parameters"].items()},
            {
                Seat[seat]: {dial: values[k] for dial, values in dials.items()}
                for seat, dials in kept["players"].items()
            },
            theory,
        )
        for k, theory in enumerate(kept["theory"])
    )
