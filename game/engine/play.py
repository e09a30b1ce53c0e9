"""Plays many games through many turns: by machine code where it is installed and worth it, else by
the rules' own code. The choice changes nothing but the time.
"""

from collections.abc import Mapping, Sequence
from importlib.util import find_spec

from game.players.base import Choice, Player
from game.players.doctrine import DoctrinePlayer
from game.rules.outcome import Outcome
from game.rules.seats import Seat
from game.rules.setting import Setting
from game.rules.state import Codes, Keys, State

from .games import Given, Played
from .plain import Arrays

WORTH = 100_000
"""Game-turns from which on the second that it may take to compile is made up for."""
FEWEST = 64
"""Games below which a batch is played as soon without machine code."""


class _Engine:
    """What this process plays with."""

    compiled = False


def expect(game_turns: int) -> None:
    """Tells how much there is to do, so that a large run is played by machine code."""
    if game_turns >= WORTH:
        use_compiled()


def use_compiled() -> bool:
    """Goes on with machine code where it is installed; says whether it does."""
    _Engine.compiled = find_spec("llvmlite") is not None
    return _Engine.compiled


def use_plain() -> None:
    """Goes on by the rules' own code."""
    _Engine.compiled = False


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
    if _is_for_machines(players, given, keys.size):
        from .compiled import Memory  # noqa: PLC0415 - an extra

        memory = Memory(setting, keys.size)
        memory.open(keys)
        memory.play(players, until, given or {}, keep)
        return memory
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
    """
    until = max(min(until, setting.turns), state.turn)
    if _is_for_machines(players, given, state.games):
        from .compiled import Memory  # noqa: PLC0415 - an extra

        memory = Memory(setting, state.games)
        memory.take_up(state, outcome)
        memory.force(forced or {})
        memory.play(players, until, given or {}, keep)
        return memory
    arrays = Arrays(setting, state, outcome)
    arrays.force(forced or {})
    arrays.play(players, until, given or {}, keep)
    return arrays


def _is_for_machines(players: Mapping[Seat, Player], given: Given | None, games: int) -> bool:
    return games >= FEWEST and is_compiled(players, given)


def is_compiled(players: Mapping[Seat, Player], given: Given | None = None) -> bool:
    """Whether machine code plays batches for these players: all follow doctrines."""
    hands = [hand for orders in (given or {}).values() for hand in orders.values()]
    deciding = [*players.values(), *(hand for hand in hands if not isinstance(hand, Choice))]
    return _Engine.compiled and all(type(who) is DoctrinePlayer for who in deciding)
