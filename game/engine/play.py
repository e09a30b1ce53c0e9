"""Plays many games through many turns: by machine code where it is installed and worth it, else by
tapes of numpy's calls, and few games by the rules' own code. The choice changes nothing but the
time.
"""

from collections.abc import Mapping, Sequence
from enum import Enum, auto
from importlib.util import find_spec
from types import MappingProxyType
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from game.players.base import Choice, Player, decide
from game.players.doctrine import DoctrinePlayer
from game.rules.outcome import Outcome
from game.rules.seats import Seat
from game.rules.setting import Setting
from game.rules.state import Codes, Keys, State

from .games import Given, Played
from .held import Held
from .plain import Arrays

WORTH = 100_000
"""Game-turns from which on the second that it may take to compile is made up for."""
WORTH_A_TAPE = 50_000
"""… and the half of one that it takes to write tapes and to lay them out, or less."""
FEWEST = 64
"""Games below which a batch is played as soon by the rules' own code as by tapes."""


class Way(Enum):
    """How batches are played in this process."""

    RULES = auto()
    """By the rules' own code."""
    WHAT_PAYS = auto()
    """… until many have been played, then by tapes."""
    TAPES = auto()
    MACHINE = auto()
    """By machine code."""


class _Engine:
    way = Way.WHAT_PAYS
    played = 0
    """Game-turns of batches so far."""


def expect(game_turns: int) -> None:
    """Tells how much there is to do, so that a large run is played by machine code, or by tapes."""
    if game_turns >= WORTH and use_compiled():
        return
    if game_turns >= WORTH_A_TAPE and _Engine.way is Way.WHAT_PAYS:
        _Engine.way = Way.TAPES


def use_compiled() -> bool:
    """Goes on with machine code where it is installed; says whether it does."""
    if find_spec("llvmlite") is not None:
        _Engine.way = Way.MACHINE
    elif _Engine.way is Way.MACHINE:
        _Engine.way = Way.WHAT_PAYS
    return _Engine.way is Way.MACHINE


def use(way: Way) -> None:
    """Goes on in another way, and counts from nothing; machine code only where it is installed."""
    _Engine.way, _Engine.played = way, 0


def play(
    setting: Setting,
    players: Mapping[Seat, Player],
    keys: Keys,
    *,
    until: int | None = None,
    given: Given | None = None,
    keep: Sequence[str] = (),
) -> Played:
    """Plays one game from the opening for each key.

    Args:
        setting: the scenario's rules and calendar.
        players: who plays; seats without a player hold.
        keys: (B,) from `luck.game_keys`.
        until: how many turns are played, all of them where nothing is said; games that end early
            stay as they are.
        given: orders for some seats and turns in the place of a player's, which are not checked, or
            who gives them.
        keep: arrays to keep of every turn, by their names in `rules.games.Games`.
    """
    until = setting.turns if until is None else min(until, setting.turns)
    if held := _held(setting, players, given, keys.size, until):
        held.open(keys)
        _play_held(held, setting, players, None, until, given or {}, keep)
        return held
    arrays = Arrays(setting, setting.open_games(keys), None)
    arrays.play(players, until, given or {}, keep)
    return arrays


def play_on(
    setting: Setting,
    players: Mapping[Seat, Player],
    state: State,
    outcome: Outcome | None,
    *,
    until: int,
    given: Given | None = None,
    forced: Mapping[Seat, Codes] | None = None,
    keep: Sequence[str] = (),
    at_once: bool = False,
) -> Played:
    """Plays games on from where they stand.

    Args:
        setting: the scenario's rules and calendar.
        players: who plays; seats without a player hold.
        state: B games.
        outcome: of the turn before; None where nobody remembers one.
        until: how many turns will have been played in all; no further than the calendar goes.
        given: as for `play`.
        forced: the deed, (B,), that a seat is left with in the coming turn; it must be legal. What
            its player says, it says as it does with that deed.
        keep: as for `play`.
        at_once: whether somebody waits for these few games: then no tape is laid out for them,
            which would take longer than they do.
    """
    until = max(min(until, setting.turns), state.turn)
    may_hold = not at_once or _Engine.way is Way.MACHINE
    if may_hold and (held := _held(setting, players, given, state.games, until - state.turn)):
        held.take_up(state, outcome)
        held.force(forced or {})
        _play_held(held, setting, players, outcome, until, given or {}, keep, forced or {})
        return held
    arrays = Arrays(setting, state, outcome)
    arrays.force(forced or {})
    arrays.play(players, until, given or {}, keep)
    return arrays


def go_on(setting: Setting, played: Played, players: Mapping[Seat, Player], *, until: int) -> None:
    """Plays games further in the memory that they are held in; what was asked of them before holds
    no more.

    Args:
        setting: the scenario's rules, the same as before.
        played: what `play` or `play_on` gave.
        players: who plays; seats without a player hold.
        until: how many turns will have been played in all; no further than the calendar goes.
    """
    until = min(until, setting.turns)
    if isinstance(played, Arrays):
        played.play(players, until, {}, ())
    else:
        held = cast(Held, played)
        held.forget()
        _play_held(held, setting, players, held.outcome_now(), max(until, held.turn), {}, ())


def _held(
    setting: Setting, players: Mapping[Seat, Player], given: Given | None, games: int, turns: int
) -> Held | None:
    """Memory for games that are not played by the rules' own code."""
    if not games:
        return None
    if _Engine.way is Way.MACHINE:
        from .compiled import Compiled  # noqa: PLC0415 - an extra

        return Compiled(setting, games)
    if games < FEWEST or _Engine.way is Way.RULES or not _all_follow(players, given):
        return None  # tapes lay the games out anew for whoever decides by itself: no time is won
    if _Engine.way is Way.WHAT_PAYS:
        _Engine.played += games * turns
        if _Engine.played < WORTH_A_TAPE:
            return None
        _Engine.way = Way.TAPES
    from .taped import Taped  # noqa: PLC0415 - few commands need it

    return Taped(setting, games)


def _play_held(
    held: Held,
    setting: Setting,
    players: Mapping[Seat, Player],
    outcome: Outcome | None,
    until: int,
    given: Given,
    keep: Sequence[str],
    forced: Mapping[Seat, Codes] = MappingProxyType({}),
) -> None:
    """Plays on in that memory. Who follows no doctrine decides by itself before each turn."""
    follow = {seat: who for seat, who in players.items() if type(who) is DoctrinePlayer}
    if _all_follow(players, given) or held.turn >= until:
        held.play(follow, until, given, keep)
        return
    films: list[Mapping[str, NDArray[Any]]] = []
    while (turn := held.turn) < until:
        hands = {**players, **given.get(turn, {})}
        others = {
            seat: who
            for seat, who in hands.items()
            if not (isinstance(who, Choice) or type(who) is DoctrinePlayer)
        }
        if others:
            state = held.state_now()
            outcome = held.outcome_now() if films else outcome
            for seat, who in others.items():
                hands[seat] = decide(who, setting, state, outcome, seat, forced.get(seat))
        held.play(follow, turn + 1, {turn: hands}, keep)
        films.append(held.kept)
        forced = {}
    held.kept = {name: np.concatenate([film[name] for film in films]) for name in keep}


def is_compiled(players: Mapping[Seat, Player], given: Given | None = None) -> bool:
    """Whether machine code plays batches for these players: all follow doctrines."""
    return _Engine.way is Way.MACHINE and _all_follow(players, given)


def _all_follow(players: Mapping[Seat, Player], given: Given | None) -> bool:
    """Whether all who decide follow doctrines."""
    hands = [hand for orders in (given or {}).values() for hand in orders.values()]
    deciding = [*players.values(), *(hand for hand in hands if not isinstance(hand, Choice))]
    return all(type(who) is DoctrinePlayer for who in deciding)
