"""Who adjudicates and decides in futures: the rules and the players themselves or, in large runs,
their compiled twins (`game.compiled`, extra `fast`). The choice changes nothing but the time.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from game.compiled import place
from game.players import base
from game.players.base import Choice, Player
from game.rules import resolve as reference
from game.rules.orders import Orders
from game.rules.outcome import Outcome
from game.rules.seats import Seat
from game.rules.setting import Setting
from game.rules.state import Codes, State

WORTH = 500_000
"""Game-turns from which on compiled code makes up for the second that it takes to load, …"""
WORTH_COMPILING = 6_000_000
"""… and for the minute or two that it takes to compile, the first time."""


class _Decide(Protocol):
    def __call__(
        self,
        player: Player,
        setting: Setting,
        state: State,
        outcome: Outcome | None,
        seat: Seat,
        deed: Codes | None = None,
    ) -> Choice:
        """See `players.base.decide`."""


@dataclass(slots=True)
class _Engine:
    resolve: Callable[[Setting, State, Orders], tuple[State, Outcome]]
    decide: _Decide
    decide_all: Callable[[Mapping[Seat, Player], Setting, State, Outcome | None], Orders]
    tried: bool = False
    """Whether the compiled code was looked for."""


_engine = _Engine(reference.resolve, base.decide, base.decide_all)


def expect(game_turns: int) -> None:
    """Tells how much there is to do, so that a large run is made by the compiled code."""
    if game_turns >= (WORTH if place.is_compiled() else WORTH_COMPILING):
        use_compiled()


def use_compiled() -> bool:
    """Goes on with the compiled code where it is installed; says whether it does."""
    if not _engine.tried:
        _engine.tried = True
        try:
            from game.compiled import decide, memory, resolve  # noqa: PLC0415 - numba loads slowly
        except ImportError:  # no extra, one that does not fit the numpy, or no place for its code
            return False
        memory.keep_freed_memory()
        _engine.resolve = resolve.resolve
        _engine.decide, _engine.decide_all = decide.decide, decide.decide_all
    return _engine.resolve is not reference.resolve


def resolve(setting: Setting, state: State, orders: Orders) -> tuple[State, Outcome]:
    """As `rules.resolve.resolve`."""
    return _engine.resolve(setting, state, orders)


def decide(
    player: Player,
    setting: Setting,
    state: State,
    outcome: Outcome | None,
    seat: Seat,
    deed: Codes | None = None,
) -> Choice:
    """As `players.base.decide`."""
    return _engine.decide(player, setting, state, outcome, seat, deed)


def decide_all(
    players: Mapping[Seat, Player], setting: Setting, state: State, outcome: Outcome | None
) -> Orders:
    """As `players.base.decide_all`."""
    return _engine.decide_all(players, setting, state, outcome)
