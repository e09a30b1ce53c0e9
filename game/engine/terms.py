"""What code is written for in a setting, and the numbers that it is given when it runs."""

from collections.abc import Callable
from dataclasses import fields
from hashlib import sha256
from threading import Lock
from typing import Any, TypeVar

import numpy as np

from game.players.base import Choice
from game.players.doctrine import DoctrinePlayer
from game.rules.orders import PARTS, holding
from game.rules.setting import Setting

from . import programs
from .layout import BEYOND, Arena

Key = TypeVar("Key")
Thing = TypeVar("Thing")

_lock = Lock()
_known: dict[tuple[int, object], tuple[Any, Any]] = {}
_MOST_KNOWN = 64
_NUMBERS = ("parameters", "theories")
"""The parts of a rulebook that code is given when it runs."""
_SCORED = ("marks",)
"""… and those that only scores ask for: every scenario has its own."""
NOBODY = np.full((4, 1), programs.NO_DEED, np.intp)
"""No seat is left with one deed."""


def remembered(thing: Any, work: Callable[[Any], Any]) -> Any:
    """What was worked out for one of the last things; they are told apart by identity, for those
    that hold arrays have no hash.
    """
    key = id(thing), work
    with _lock:
        entry = _known.get(key)
    if entry is None or entry[0] is not thing:
        entry = thing, work(thing)
        with _lock:
            while len(_known) >= _MOST_KNOWN:
                del _known[next(iter(_known))]
            _known[key] = entry
    return entry[1]


def used_last(known: dict[Key, Thing], key: Key, most: int, make: Callable[[], Thing]) -> Thing:
    """One of so many things that were used last, made where it is none of them."""
    thing = known.pop(key, None)
    if thing is None:
        while len(known) >= most:
            del known[next(iter(known))]
        thing = make()
    known[key] = thing
    return thing


def _digest(thing: object) -> str:
    """Of what the code is written for."""
    return sha256(repr(thing).encode()).hexdigest()


class Terms:
    """A setting as code is given it."""

    def __init__(self, setting: Setting) -> None:
        book = setting.rulebook
        parts = {
            f.name: remembered(getattr(book, f.name), _digest)
            for f in fields(book)
            if f.name not in _NUMBERS
        }
        played = [parts[name] for name in parts if name not in _SCORED]
        self.structure = " ".join([f"{len(book.theories)} theories", *played])
        """Settings alike in it are played by the same code."""
        self.scoring = " ".join([self.structure, *(parts[name] for name in _SCORED)])
        """… and in this one scored by the same."""
        alike = Arena(setting.moments[0].p).floats[:-BEYOND]  # no turn changes the parameters
        turns = [programs.numbers(now._replace(p=alike)) for now in setting.moments]
        self.numbers = np.stack([Arena(plain).floats for plain, _ in turns])
        self.keys = np.ascontiguousarray([keys for _, keys in turns])
        self.tables = Arena(setting.tables)


def own(player: DoctrinePlayer) -> Arena:
    """The numbers that a doctrine decides by."""
    arena: Arena = remembered(player, _own)
    return arena


def _own(player: DoctrinePlayer) -> Arena:
    return Arena(player.lookups)


def at_rest() -> Choice:
    """The orders of a seat without a player, for all games alike."""
    hold = holding(1)
    return Choice(*(getattr(hold, name)[0] for name in PARTS))
