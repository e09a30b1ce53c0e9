"""Plays games by machine code."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from game.players.base import Choice, Player
from game.players.doctrine import DoctrinePlayer
from game.rules.digest import game_digests
from game.rules.orders import PARTS, holding
from game.rules.outcome import nothing
from game.rules.seats import SEATS, Seat
from game.rules.setting import Setting
from game.rules.state import Floats, Keys

from . import driver, programs
from .assembly import Function, in_parts
from .code import WIDTH
from .games import Given
from .held import Held
from .layout import Arena, Array, Group, rows, unpacked
from .machine import call, machine
from .terms import NOBODY, Terms, at_rest, own, remembered


class _Rules(Terms):
    """A setting as machine code is given it."""

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self.opening = Arena(programs.opening_columns(setting))
        self.opened = Group(1)
        self.opened.put_state(setting.opening)
        self.opened.put_outcome(nothing(0, holding(1)))
        self.opened.put("forced", NOBODY)
        self.turn = _address(f"turn {self.structure}", *programs.turn(setting))
        self.telling = _address(f"telling {self.scoring}", programs.telling(setting))

    def choice(self, setting: Setting, player: DoctrinePlayer) -> int:
        """The address of a doctrine's code."""
        key = f"choice {self.structure} {player.structure}"
        return _address(key, programs.choice(setting, player))


def _address(key: str, *parts: programs.Write) -> int:
    def assembly(name: str) -> str:
        functions = []
        for number, write in enumerate(parts):
            functions.append(Function(f"part{number}", machine().picks))
            write(functions[-1])
        return in_parts(name, functions)

    return machine().address(key, assembly)


def _data(array: Array) -> int:
    address: int = array.ctypes.data
    return address


class Compiled(Held):
    """Games in the memory of the machine code."""

    def __init__(self, setting: Setting, games: int) -> None:
        self._setting = setting
        self._rules: _Rules = remembered(setting, _Rules)
        self._group = Group(games)
        self._drawn: dict[str, Array] = {}
        """What differs between games that are open but not laid out yet, as it stands in groups."""
        self._turn = 0
        self.kept = {}

    @property
    def _memory(self) -> Group:
        if self._drawn:
            self.play({}, self._turn, {}, ())
        return self._group

    def open(self, keys: Keys) -> None:
        """The opening state once for each key; each group is laid out where it is played first."""
        drawn = self._setting.drawn(keys)
        self._drawn = {name: self._group.packed(name, array) for name, array in drawn.items()}

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
        films = {
            name: np.empty((turns, self._group.groups, rows()[name].size), np.uint8)
            for name in keep
        }
        drawn, kept = _listed(self._drawn), _listed(films)
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
            "opened": _data(rules.opened.memory),
            "drawn": len(drawn),
            "drawings": _data(drawn),
            "kept": len(kept),
            "films": _data(kept),
        }
        arguments = np.array([values[name] for name in driver.ARGUMENTS], np.int64)
        if turns > 0 or self._drawn:
            call(machine().address("play", driver.text), _data(arguments))
        self._turn, self._drawn = until, {}
        self.kept = {
            name: _numbers(unpacked(rows()[name], film, self._group.games))
            for name, film in films.items()
        }

    def _entry(self, player: Player | None, held: list[Any]) -> tuple[int, ...]:
        if player is None:
            return self._given(at_rest(), held)
        assert isinstance(player, DoctrinePlayer)
        numbers = own(player)
        held.append(numbers)
        code = self._rules.choice(self._setting, player)
        return code, _data(numbers.floats), _data(numbers.codes), 0, 0

    def _given(self, choice: Choice, held: list[Any]) -> tuple[int, ...]:
        parts = [np.asarray(getattr(choice, name)) for name in PARTS]
        alike = all(part.size == 1 for part in parts)
        count = WIDTH if alike else self._group.groups * WIDTH
        spread = np.empty((len(parts), count), np.int16)
        for row, part in zip(spread, parts, strict=True):
            row[: part.size] = part
            row[part.size :] = part[-1]
        orders = np.ascontiguousarray(spread.reshape(len(parts), -1, WIDTH).transpose(1, 0, 2))
        held.append(orders)
        return 0, 0, 0, _data(orders), 0 if alike else orders.strides[0]

    @cached_property
    def _told(self) -> bool:
        rules, last = self._rules, max(self._turn - 1, 0)
        given = (
            self._group.memory,
            rules.numbers[last:],
            rules.keys[last:],
            rules.tables.floats,
            rules.tables.codes,
            rules.opening.floats,
            rules.opening.codes,
        )
        call(rules.telling, self._group.groups, *[_data(array) for array in given])
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


def _listed(arrays: Mapping[str, Array]) -> Array:
    """`driver.LISTED` of each."""
    listed = [(rows()[name].first, rows()[name].size, _data(arrays[name])) for name in arrays]
    return np.array(listed, np.int64)


def _numbers(array: Array) -> Array:
    """As reckoning may go on with them: codes and truth values in 32 bits."""
    return array if array.dtype.itemsize >= np.int32().itemsize else array.astype(np.int32)
