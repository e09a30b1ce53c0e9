"""Who plays a seat, turn by turn, and games played by such sides."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from game.engine.games import Played
from game.engine.play import play, play_on
from game.players.base import Choice, Player, decide
from game.players.doctrine import DoctrinePlayer
from game.rules.outcome import Outcome
from game.rules.seats import Seat
from game.rules.setting import Setting
from game.rules.state import Codes, Keys, State

Side = tuple[Player, ...]
"""Who gives a seat's orders in each turn of the calendar."""
Sides = Mapping[Seat, Side]


class Position(NamedTuple):
    """Where B games stand before a turn."""

    state: State
    last: Outcome | None
    """What happened in the turn before; None before the first."""

    def take(self, games: Codes) -> "Position":
        """The chosen games."""
        return Position(self.state.take(games), self.last and self.last.take(games))


def all_along(setting: Setting, player: Player) -> Side:
    """One player for every turn."""
    return (player,) * setting.turns


def play_sides(setting: Setting, sides: Sides, keys: Keys) -> Played:
    """Plays one game from the opening to its end for each key, (B,)."""
    if _are_doctrines(sides):
        return play(setting, _first(sides, 0), keys, given=_others(sides, 0, setting.turns))
    return _by_turns(setting, sides, Position(setting.open_games(keys), None), setting.turns, {})


def play_sides_on(
    setting: Setting,
    sides: Sides,
    position: Position,
    *,
    until: int | None = None,
    given: Mapping[Seat, Choice] | None = None,
    forced: Mapping[Seat, Codes] | None = None,
) -> Played:
    """Plays games on from where they stand.

    Args:
        setting: the scenario's rules.
        sides: who plays.
        position: B games.
        until: how many turns will have been played in all; the whole calendar if None.
        given: orders for the coming turn, (B,) each, in the place of a side's.
        forced: the deed, (B,), that a seat is left with in the coming turn; what its side says, it
            says as it does with that deed.
    """
    turn = position.state.turn
    until = setting.turns if until is None else min(until, setting.turns)
    hands = {turn: dict(given)} if given else {}
    if not _are_doctrines(sides):
        return _by_turns(setting, sides, position, until, hands, forced)
    others = _others(sides, turn, until)
    if given:
        others[turn] = {**others.get(turn, {}), **given}
    return play_on(
        setting,
        _first(sides, turn),
        position.state,
        position.last,
        until=until,
        given=others,
        forced=forced,
    )


def _are_doctrines(sides: Sides) -> bool:
    return all(type(player) is DoctrinePlayer for side in sides.values() for player in side)


def _first(sides: Sides, turn: int) -> dict[Seat, Player]:
    return {seat: side[min(turn, len(side) - 1)] for seat, side in sides.items()}


def _others(sides: Sides, first: int, until: int) -> dict[int, dict[Seat, Choice | Player]]:
    """Who decides in a turn, where that is another player than in the first."""
    hands: dict[int, dict[Seat, Choice | Player]] = {}
    for seat, side in sides.items():
        for turn in range(first, until):
            if side[turn] is not side[min(first, len(side) - 1)]:
                hands.setdefault(turn, {})[seat] = side[turn]
    return hands


def _by_turns(
    setting: Setting,
    sides: Sides,
    position: Position,
    until: int,
    given: Mapping[int, Mapping[Seat, Choice]],
    forced: Mapping[Seat, Codes] | None = None,
) -> Played:
    """Players that are no doctrines decide in numpy; the rest goes on as fast as it can."""
    played: Played | None = None
    for turn in range(position.state.turn, until):
        hands: dict[Seat, Choice] = dict(given.get(turn, {}))
        doctrines: dict[Seat, Player] = {}
        for seat, side in sides.items():
            if type(side[turn]) is DoctrinePlayer:
                doctrines[seat] = side[turn]
            elif seat not in hands:
                deed = (forced or {}).get(seat)
                hands[seat] = decide(side[turn], setting, *position, seat, deed)
        kept = {seat: deed for seat, deed in (forced or {}).items() if seat in doctrines}
        played = play_on(
            setting, doctrines, *position, until=turn + 1, given={turn: hands}, forced=kept
        )
        forced = None
        position = Position(played.state, played.outcome)
        if (position.state.ending > 0).all():
            break
    if played is None:
        return play_on(setting, {}, *position, until=position.state.turn)
    return played


def alive(position: Position) -> Codes:
    """(n,) the games that are still on."""
    return np.flatnonzero(position.state.ending == 0)
