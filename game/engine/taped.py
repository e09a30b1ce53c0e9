"""Plays games by tapes: numpy alone, block by block."""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from threading import Lock, local
from typing import NamedTuple

import numpy as np

from game.players.base import Choice, Player
from game.players.doctrine import DoctrinePlayer
from game.rules.games import NEW
from game.rules.orders import PARTS, holding
from game.rules.outcome import EMPTY
from game.rules.seats import SEATS, Seat
from game.rules.setting import Setting
from game.rules.state import Codes

from . import programs
from .bench import Bench
from .games import Given
from .held import Held
from .layout import HEARD, Arena, Array, rows
from .place import keep as keep_file
from .place import kept as kept_file
from .program import Program
from .store import Store
from .tape import Tape, Writer
from .terms import Terms, at_rest, own, remembered, used_last

LARGEST = 8192
"""Games of a block; the rows of longer ones leave the processor's nearest memory."""
_SIZES = (16, 64, 256, 512, 1024, 1536, 2048, 2560, 3072, 4096, 5120, 6144, 7168, LARGEST)
_MOST_BENCHES = 4
_MOST_PROGRAMS = 24

_lock = Lock()
_tapes: dict[str, Tape] = {}


def _tape(key: str, write: programs.Write) -> Tape:
    """A function's tape, from this process, an earlier one, or made anew."""
    with _lock:
        if key not in _tapes:
            name = "t" + sha256(key.encode()).hexdigest()[:24]
            text = kept_file(name)
            if text is None:
                writer = Writer()
                write(writer)
                text = writer.tape().to_bytes()
                keep_file(name, text)
            _tapes[key] = Tape.from_bytes(text)
        return _tapes[key]


def size_for(games: int) -> int:
    """How long the rows are for so many games, or for none."""
    return next(size for size in _SIZES if size >= games) if games else 0


class _Workplace(NamedTuple):
    """A bench, and what is played there, used last at the end."""

    bench: Bench
    programs: dict[str, Program]


class _Workshop(local):
    """The workplaces of a thread, the ones used last at the end."""

    def __init__(self) -> None:
        self.places: dict[tuple[str, int], _Workplace] = {}

    def place(self, terms: Terms, games: int) -> _Workplace:
        """One for so many games."""
        size = size_for(games)
        key = terms.structure, size
        return used_last(self.places, key, _MOST_BENCHES, lambda: _Workplace(Bench(size), {}))


_workshop = _Workshop()


class _Block:
    """Some of the games on a bench; none of them is over at first."""

    def __init__(self, setting: Setting, store: Store, some: Codes) -> None:
        self._setting, self._store = setting, store
        self._terms: Terms = remembered(setting, Terms)
        self._set_up(some, store, some)

    def _set_up(self, games: Codes, source: Store, places: Codes) -> None:
        """Brings games to a bench."""
        self._bench, self._programs = _workshop.place(self._terms, games.size)
        self._bench.store.copy(np.arange(games.size), source, places)
        self._bench.store.fill_up(games.size)
        self._games = games
        """Which they are in the store, in the order in which they stand on the bench."""
        self._on = np.arange(games.size)
        """The places of those that are not over."""
        self._over: list[tuple[Codes, Array]] = []
        """The others, as they stood when they ended."""

    def play(self, turn: int, hands: Mapping[Seat, Choice | Player]) -> None:
        """One turn."""
        if not self._on.size:
            return
        terms, bench = self._terms, self._bench
        bench.set_turn(terms, turn)
        for name in PARTS:
            bench.games[HEARD + name][:] = bench.games[name]
        for seat in SEATS:
            hand = hands.get(seat, at_rest())
            if isinstance(hand, Choice):
                self._order(seat, hand)
            else:
                assert isinstance(hand, DoctrinePlayer)
                key = f"choice {terms.structure} {hand.structure}"
                numbers = own(hand)
                program = self._program(key, programs.choice(self._setting, hand), numbers)
                program.give(numbers)
                program.play()
        self._program(f"turn {terms.structure}", programs.turn_of_all(self._setting)).play()

    def _order(self, seat: Seat, choice: Choice) -> None:
        """Orders that are given."""
        for name in PARTS:
            part, row = getattr(choice, name), self._bench.games[name][seat]
            if part.size == 1:
                row[:] = part
            else:
                row[: self._games.size] = part.take(self._games)

    def _program(self, key: str, write: programs.Write, numbers: Arena | None = None) -> Program:
        return used_last(
            self._programs,
            key,
            _MOST_PROGRAMS,
            lambda: Program(self._bench, _tape(key, write), numbers),
        )

    def show(self, name: str, picture: Array) -> None:
        """Copies an array as it stands to all games' own, (rows, games)."""
        on = self._on
        if on.size:
            picture[:, self._games[on]] = self._bench.games[name].take(on, axis=1)

    def set_aside(self, *, at_last: bool) -> Codes:
        """Keeps games that are over as they are, unless this was the last turn; which they are."""
        on, bench = self._on, self._bench
        over = bench.games["ending"][0, on] > 0
        if not over.any():
            return on[:0]
        gone, self._on = on[over], on[~over]
        ended = self._games[gone]
        if at_last:
            return ended
        self._over.append((ended, bench.store.states(gone)))
        if 0 < 4 * size_for(self._on.size) <= 3 * bench.size:
            games, places = self._games[self._on], self._on
            self.put_back()
            self._set_up(games, bench.store, places)
        return ended

    def put_back(self) -> None:
        """Writes all games into the store."""
        self._store.copy(self._games, self._bench.store, np.arange(self._games.size))
        if self._over:
            games = np.concatenate([games for games, _ in self._over])
            states = np.concatenate([states for _, states in self._over], axis=1)
            self._store.put_states(games, states)


class Taped(Held):
    """Games that are played by tapes."""

    def __init__(self, setting: Setting, games: int) -> None:
        self._setting = setting
        self._terms: Terms = remembered(setting, Terms)
        self._store = Store(games)
        self._turn = 0
        self.kept = {}

    @property
    def _memory(self) -> Store:
        return self._store

    def play(
        self, players: Mapping[Seat, Player], until: int, given: Given, keep: Sequence[str]
    ) -> None:
        """Plays on until so many turns were played in all."""
        turns, games = range(self._turn, until), self._store.games
        films = {
            name: np.empty(
                (len(turns), *self._store.rows[name].shape), self._store.rows[name].dtype
            )
            for name in keep
        }
        ended = np.where(self._store.rows["ending"][0] > 0, self._turn - 1, until)
        """The turn with which a game ended."""
        with np.errstate(all="ignore"):
            for some in _blocks((ended == until).nonzero()[0]):
                block = _Block(self._setting, self._store, some)
                for turn in turns:
                    block.play(turn, {**players, **given.get(turn, {})})
                    for name, film in films.items():
                        block.show(name, film[turn - self._turn])
                    ended[block.set_aside(at_last=turn == turns[-1])] = turn
                block.put_back()
        self._leave_over(turns, films, ended)
        self.kept = {
            name: film.reshape(len(turns), *rows()[name].shape, games)
            for name, film in films.items()
        }
        self._turn = until

    def _leave_over(self, turns: range, films: Mapping[str, Array], ended: Codes) -> None:
        """In games that are over nothing happens any more."""
        empty = _nothing()
        for name, film in films.items():
            still = empty.get(name, self._store.rows[name])
            for turn in turns:
                over = (ended < turn).nonzero()[0]
                film[turn - turns.start][:, over] = still if name in empty else still[:, over]
        if turns:
            over = (ended < turns[-1]).nonzero()[0]
            for name, still in empty.items():
                self._store.rows[name][:, over] = still


def _blocks(games: Codes) -> Iterator[Codes]:
    """Cuts games into blocks of about one size."""
    yield from np.array_split(games, -(-games.size // LARGEST)) if games.size else ()


def _nothing() -> dict[str, Array]:
    """What is true of a turn in which a game was over, (rows, 1)."""
    hold = holding(1)
    empty = {NEW.get(name, name): one.of(1) for name, one in EMPTY.items()}
    empty |= {name: getattr(hold, name) for name in PARTS}
    return {name: array.reshape(-1, 1) for name, array in empty.items()}
