"""Plays games by machine code."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from functools import cached_property
from hashlib import sha256
from threading import Lock
from typing import Any

import numpy as np

from game.players.base import Choice, Player
from game.players.doctrine import DoctrinePlayer
from game.rules.digest import game_digests
from game.rules.orders import PARTS, holding
from game.rules.outcome import Outcome, nothing
from game.rules.seats import SEATS, Seat
from game.rules.setting import Setting
from game.rules.state import Codes, Floats, Keys, State

from . import driver, programs
from .assembly import CODE, FLOAT, WIDTH, Function
from .games import Given, Played
from .layout import Arena, Array, Group, rows
from .machine import call, machine

_lock = Lock()
_known: dict[int, tuple[Any, Any]] = {}
_MOST_KNOWN = 64


def _remembered(thing: Any, work: Any) -> Any:
    """What was worked out for one of the last things; they are told apart by identity, for those
    that hold arrays have no hash.
    """
    with _lock:
        entry = _known.get(id(thing))
    if entry is None or entry[0] is not thing:
        entry = thing, work(thing)
        with _lock:
            while len(_known) >= _MOST_KNOWN:
                del _known[next(iter(_known))]
            _known[id(thing)] = entry
    return entry[1]


class _Rules:
    """A setting as the code is given it."""

    def __init__(self, setting: Setting) -> None:
        book = setting.rulebook
        parts = (getattr(book, f.name) for f in fields(book) if f.name != "parameters")
        self.structure = " ".join(_remembered(part, _digest) for part in parts)
        turns = [programs.numbers(now) for now in setting.moments]
        self.numbers = np.stack([Arena(plain).floats for plain, _ in turns])
        self.keys = np.ascontiguousarray([keys for _, keys in turns])
        self.tables = Arena(setting.tables)
        self.opening = Arena(programs.opening_columns(setting))
        self.opened = Group(1)
        self.opened.put_state(setting.opening)
        self.opened.put_outcome(nothing(0, holding(1)))
        self.opened.put("forced", _NOBODY)
        self.turn = _address(f"turn {self.structure}", programs.turn(setting))
        self.telling = _address(f"telling {self.structure}", programs.telling(setting))

    def choice(self, setting: Setting, player: DoctrinePlayer) -> int:
        """The address of a doctrine's code."""
        key = f"choice {self.structure} {player.structure}"
        return _address(key, programs.choice(setting, player))


def _digest(thing: object) -> str:
    """Of what the code is written for."""
    return sha256(repr(thing).encode()).hexdigest()


def _address(key: str, write: programs.Write) -> int:
    def assembly(name: str) -> str:
        code = Function(name)
        write(code)
        return code.text()

    return machine().address(key, assembly)


def _data(array: Array) -> int:
    address: int = array.ctypes.data
    return address


class Memory(Played):
    """Games in the memory of the machine code."""

    def __init__(self, setting: Setting, games: int) -> None:
        self._setting = setting
        self._rules: _Rules = _remembered(setting, _Rules)
        self._group = Group(games)
        self._turn = 0
        self.kept = {}

    def open(self, keys: Keys) -> None:
        """The opening state once for each key."""
        self._group.memory[:] = self._rules.opened.memory
        for name, array in self._setting.drawn(keys).items():
            self._group.put(name, array)

    def take_up(self, state: State, outcome: Outcome | None) -> None:
        """Games as they stand, and what happened in the turn before."""
        self._turn = state.turn
        self._group.put("forced", _NOBODY)
        self._group.put_state(state)
        self._group.put_outcome(nothing(state.turn, holding(1)) if outcome is None else outcome)

    def force(self, forced: Mapping[Seat, Codes]) -> None:
        """Leaves seats with one deed in the coming turn."""
        deeds = np.full((4, self._group.games), programs.NO_DEED, np.intp)
        for seat, deed in forced.items():
            deeds[seat] = deed
        self._group.put("forced", deeds)

    def play(
        self,
        players: Mapping[Seat, Player],
        until: int,
        given: Given,
        keep: Sequence[str],
    ) -> None:
        """Plays on until so many turns were played in all."""
        rules, first, turns = self._rules, self._turn, until - self._turn
        held: list[Any] = []
        plan = np.zeros((turns, len(SEATS), len(driver.PLAN)), np.int64)
        for seat in SEATS:
            plan[:, seat] = self._entry(players.get(seat), held)
        for turn, orders in given.items():
            for seat, hand in orders.items():
                plan[turn - first, seat] = (
                    self._given(hand, held) if isinstance(hand, Choice) else self._entry(hand, held)
                )
        places = np.concatenate([np.zeros(0, np.int64), *(_places(name) for name in keep)])
        film = np.empty((turns, places.size, self._group.groups, WIDTH), np.float32)
        values = {
            "memory": _data(self._group.memory),
            "groups": self._group.groups,
            "turns": turns,
            "plan": _data(plan),
            "numbers": _data(rules.numbers[first:]),
            "numbers_step": rules.numbers.strides[0],
            "keys": _data(rules.keys[first:]),
            "keys_step": rules.keys.strides[0],
            "float_tables": _data(rules.tables.floats),
            "code_tables": _data(rules.tables.codes),
            "turn": rules.turn,
            "hearing": _address("hearing", programs.hearing()),
            "kept": places.size,
            "places": _data(places),
            "film": _data(film),
        }
        arguments = np.array([values[name] for name in driver.ARGUMENTS], np.int64)
        if turns > 0:
            call(machine().address("play", driver.text), arguments)
        self._turn = until
        self.kept = _cut(film, keep, self._group.games)

    def _entry(self, player: Player | None, held: list[Any]) -> tuple[int, ...]:
        if player is None:
            hold = holding(1)
            choice = Choice(*(getattr(hold, name)[0] for name in PARTS))
            return self._given(choice, held)
        assert isinstance(player, DoctrinePlayer)
        own: Arena = _remembered(player, lambda doctrine: Arena(doctrine.lookups))
        held.append(own)
        code = self._rules.choice(self._setting, player)
        return code, _data(own.floats), _data(own.codes), 0, 0

    def _given(self, choice: Choice, held: list[Any]) -> tuple[int, ...]:
        parts = [np.asarray(getattr(choice, name)) for name in PARTS]
        alike = all(part.size == 1 for part in parts)
        count = WIDTH if alike else self._group.groups * WIDTH
        spread = np.empty((len(parts), count), np.int32)
        for row, part in zip(spread, parts, strict=True):
            row[: part.size] = part
            row[part.size :] = part[-1]
        orders = np.ascontiguousarray(spread.reshape(len(parts), -1, WIDTH).transpose(1, 0, 2))
        held.append(orders)
        return 0, 0, 0, _data(orders), 0 if alike else orders.strides[0]

    @cached_property
    def _told(self) -> bool:
        rules, last = self._rules, max(self._turn - 1, 0)
        values = {
            "memory": _data(self._group.memory),
            "groups": self._group.groups,
            "code": rules.telling,
            "numbers": _data(rules.numbers[last:]),
            "keys": _data(rules.keys[last:]),
            "float_tables": _data(rules.tables.floats),
            "code_tables": _data(rules.tables.codes),
            "own_floats": _data(rules.opening.floats),
            "own_codes": _data(rules.opening.codes),
        }
        arguments = np.array([values[name] for name in driver.EACH_ARGUMENTS], np.int64)
        call(machine().address("each", driver.each_text), arguments)
        return True

    @property
    def scores(self) -> Floats:
        """(4, B)."""
        assert self._told
        scores: Floats = self._group.get("scores")
        return scores

    @property
    def digests(self) -> Keys:
        """(B,)."""
        if not self._turn:
            return game_digests(self.state)
        assert self._told
        digests: Keys = self._group.get("digest")
        return digests

    def array(self, name: str) -> Array:
        """As it stands."""
        return self._group.get(name)

    @cached_property
    def state(self) -> State:
        """As it stands."""
        return self._group.state(self._turn)

    @cached_property
    def outcome(self) -> Outcome:
        """What happened in the last turn."""
        return self._group.outcome(self._turn)


_NOBODY = np.full((4, 1), programs.NO_DEED, np.intp)


def _places(name: str) -> Array:
    at = rows()[name]
    if at.kind not in (FLOAT, CODE):
        raise ValueError(f"{name} cannot be kept turn by turn: it is wider than the film's rows")
    return at.first + np.arange(at.height, dtype=np.int64) * at.kind.size * WIDTH


def _cut(film: Array, keep: Sequence[str], games: int) -> dict[str, Array]:
    """The rows that were kept, by name, (turns, …, games)."""
    kept, first = {}, 0
    for name in keep:
        at = rows()[name]
        part = film[:, first : first + at.height]
        first += at.height
        if at.kind is not FLOAT:
            part = part.view(np.int32)
        turns, height, groups, width = part.shape
        flat = part.reshape(turns, height, groups * width)[:, :, :games]
        kept[name] = flat.reshape(turns, *at.shape, games)
    return kept
