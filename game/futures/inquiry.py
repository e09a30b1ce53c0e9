"""Everything about a played game that only many futures can tell: what each use of force did under
each lens, and which turn decided most.
"""

from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from game.content.lens import Lens, seen_through
from game.players.base import Player
from game.rules.legal import refusals
from game.rules.seats import Seat
from game.views.played import PlayedGame
from game.views.uses import Use, users_of_force, uses_of_force

from .cast import heirs
from .errors import FuturesError
from .force import (
    HORIZON,
    Asked,
    Effect,
    Effects,
    Moment,
    Theory,
    futures_for,
    games_by_others,
    gather,
    in_doubt,
    run_others,
)
from .force import run as run_force
from .turning import FUTURES, Swing, swings


class UseFound(NamedTuple):
    """One use of force and what it did under each lens, in the order of `Findings.lenses`."""

    use: Use
    effects: tuple[Effect, ...]
    turns_after: int
    """Turns after its own over which it was compared."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What the futures told."""

    lenses: tuple[Lens, ...]
    uses: tuple[UseFound, ...]
    futures: int
    """Played of each turn with force under each lens, in each line."""
    horizon: int
    swings: tuple[Swing, ...]
    """One for each turn."""
    swing_futures: int
    """Played from each moment for the swings."""


class Progress(NamedTuple):
    """How far the inquiry has come, in futures."""

    done: int
    of: int


def inquire(
    game: PlayedGame,
    lenses: Sequence[Lens],
    computers: Mapping[Seat, Player],
    *,
    horizon: int = HORIZON,
    futures: int | None = None,
    workers: int = 1,
) -> Generator[Progress, None, Findings]:
    """Asks all of it; gives progress as it goes, and the findings as the generator's value.

    Closing the generator ends the work.

    Args:
        game: the game.
        lenses: the theories under which the uses of force are looked at.
        computers: the computer's players that played it; see `heirs` for who plays its futures.
        horizon: turns after each use that are compared.
        futures: for each moment and lens; as many as take a few seconds where nothing is said.
        workers: processes; they change no result.

    Raises:
        FuturesError: orders from which a use of force is played again are none that its rules take.
    """
    book = game.scenario.setting.rulebook
    moments = tuple(
        Moment(turn.before, turn.orders, tuple(users))
        for turn in game.turns
        if (users := users_of_force(book, turn.orders))
    )
    _refuse_illegal(game, moments)
    theories = tuple(_theory(game, lens, computers) for lens in lenses)
    count = futures or futures_for(len(theories), moments)
    asked = Asked(theories, moments, count, horizon)
    others = games_by_others(asked)
    whole = asked.games + others + FUTURES * len(game.turns)
    done, effects = 0, Effects()
    for part in run_force(asked, workers=workers):
        gather(effects, part)
        done += part.games
        yield Progress(done, whole)
    for part in run_others(asked, in_doubt(effects), workers=workers):
        gather(effects, part)
        done += part.games
        others -= part.games
        yield Progress(done, whole)
    done += others  # of what was not in doubt
    moved = []
    setting, players = game.scenario.setting, heirs(game.scenario, computers)
    for swing in swings(setting, players, game.remembered):
        moved.append(swing)
        done += FUTURES
        yield Progress(done, whole)
    uses = tuple(_found(game, asked, effects, use) for use in uses_of_force(game))
    return Findings(tuple(lenses), uses, count, horizon, tuple(moved), FUTURES)


def _refuse_illegal(game: PlayedGame, moments: Iterable[Moment]) -> None:
    """A record is anybody's: what it says was ordered may be what nobody could order."""
    for moment in moments:
        setting, number = game.scenario.setting, moment.before.turn + 1
        if refused := refusals(setting, moment.before, moment.orders, first_only=True):
            raise FuturesError(
                f"the replay parts from the record in turn {number}, at the phase orders: now "
                f"refused ({refused[0]}), so nothing can be played on from there; look at it with "
                "replay"
            )


def _theory(game: PlayedGame, lens: Lens, computers: Mapping[Seat, Player]) -> Theory:
    scenario = seen_through(game.plain, lens)
    return Theory(scenario.setting, heirs(scenario, computers), frozenset(lens.parameters))


def _found(game: PlayedGame, asked: Asked, effects: Effects, use: Use) -> UseFound:
    moment = _moment_of(asked, use.turn, use.seat)
    told = tuple(effects[theory, moment, use.seat] for theory in range(len(asked.theories)))
    left = game.scenario.setting.turns - use.turn
    return UseFound(use, told, min(asked.horizon, left))


def _moment_of(asked: Asked, turn: int, seat: Seat) -> int:
    return next(
        i
        for i, moment in enumerate(asked.moments)
        if moment.before.turn == turn - 1 and seat in moment.users
    )
