"""Why a computer player did what it did: its options, their odds, the parts of their worth."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from game.rules.observe import Observation
from game.rules.seats import Seat
from game.rules.setting import Setting
from game.rules.state import Bools, Floats

from .base import Options
from .doctrine import DoctrinePlayer
from .features import Features
from .quantal import probabilities
from .utility import PARTS, Worth, apart


@dataclass(frozen=True, slots=True)
class Reason:
    """One option that a player weighed in one game."""

    option: str
    """The id of a deed or word, or "whisper>SEAT"."""
    probability: float
    utility: float
    parts: dict[str, float]
    """The utility's parts that are not 0, by the names of `Parts`; they add up to it."""


@dataclass(frozen=True, slots=True)
class Reasons:
    """What a player weighed, likeliest first; words and whispers given the deed that was chosen."""

    deeds: tuple[Reason, ...]
    words: tuple[Reason, ...]
    whispers: tuple[Reason, ...]


def reasons(
    player: DoctrinePlayer, setting: Setting, observation: Observation, legal: Options, deed: int
) -> Reasons:
    """The reasons behind one game's orders (B = 1).

    Args:
        player: who chose.
        setting: the scenario's rules.
        observation: what it saw.
        legal: what it might have ordered.
        deed: the deed that it chose, on which its words and whispers depend.
    """
    book, seat = setting.rulebook, player.doctrine.seat
    features = Features(setting, observation)
    deeds = list(player.deed_worth(observation, features))
    features.set_own_deed(np.array([deed], np.intp))
    whispers = [
        f"{book.whispers[w].id}>{Seat(to).name}" if to >= 0 else "none"
        for w, to in zip(player.whispers, player.receivers, strict=True)
    ]
    return Reasons(
        deeds=_weighed([d.id for d in book.deeds[seat]], deeds, legal.deed, player.deed_temper),
        words=_weighed(
            [book.words[w].id for w in player.words],
            player.word_worth(features),
            player.may_say(legal),
            player.word_temper,
        ),
        whispers=_weighed(
            whispers,
            player.whisper_worth(features),
            player.may_whisper(legal),
            player.doctrine.temper,
        ),
    )


def _weighed(
    options: list[str], worth: Iterable[Worth], legal: Bools, temper: float
) -> tuple[Reason, ...]:
    parts = apart(worth, len(options), legal[0])
    utility: Floats = np.stack(list(parts.values())).sum(axis=0)
    odds = probabilities(utility, legal, temper)
    weighed = [
        Reason(
            option=option,
            probability=float(odds[row, 0]),
            utility=float(utility[row, 0]),
            parts={name: float(parts[name][row, 0]) for name in PARTS if parts[name][row, 0]},
        )
        for row, option in enumerate(options)
        if legal[row, 0]
    ]
    return tuple(sorted(weighed, key=lambda reason: -reason.probability))
