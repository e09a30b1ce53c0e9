"""Decision situations, and what every option in them is worth by many futures.

The situations are those of whole games: half of them by the scenario's own players, half by mixed
ones, doctrines of other schools and hands that do anything. Every option gets the same luck.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.players.base import Choice, decide
from game.rules.legal import deed_mask
from game.rules.luck import game_keys
from game.rules.observe import observe
from game.rules.seats import SEATS, Seat
from game.rules.state import Bools, Codes

from .plans import at_random
from .seen import learnt, seen_by
from .sides import Position, Side, Sides, alive, all_along, play_sides_on
from .world import World

Values = NDArray[np.float64]
MIXTURES = 4
"""Different casts among the mixed players."""
AT_ONCE = 16_384
"""Futures played together."""
SITUATION_LUCK, FUTURE_LUCK = 20_000, 30_000
"""What is added to the seed, so that no two samples share their luck."""


class Moment(NamedTuple):
    """One turn of the sampled games that are still on."""

    turn: int
    games: Codes
    """(n,) their numbers."""
    position: Position


def sample_moments(world: World, sides: Sides) -> list[Moment]:
    """Every turn of as many games as the effort says.

    Args:
        world: what is measured.
        sides: who plays the half that is not mixed.
    """
    half = world.effort.situations // 2
    luck = np.random.default_rng([world.effort.seed, SITUATION_LUCK])
    groups = [(dict(sides), half)]
    groups += [(_mixture(world, luck), half // MIXTURES) for _ in range(MIXTURES)]
    moments: list[list[Moment]] = [[] for _ in range(world.setting.turns)]
    first = 0
    for cast, games in groups:
        keys = game_keys(world.effort.seed + SITUATION_LUCK, range(first, first + games))
        for moment in _through(world, cast, Position(world.setting.open_games(keys), None)):
            moments[moment.turn].append(Moment(moment.turn, moment.games + first, moment.position))
        first += games
    return [moment for parts in moments for moment in parts]


def _mixture(world: World, luck: np.random.Generator) -> dict[Seat, Side]:
    """A school for each seat, or a hand that does anything."""
    chosen: dict[Seat, Side] = {}
    for seat in SEATS:
        schools = world.schools[seat]
        number = int(luck.integers(len(schools) + 1))
        random_hand = at_random(schools[0], world.setting.rulebook)
        player = schools[number] if number < len(schools) else random_hand
        chosen[seat] = all_along(world.setting, player)
    return chosen


def _through(world: World, sides: Sides, position: Position) -> list[Moment]:
    found = []
    for turn in range(world.setting.turns):
        playing = alive(position)
        if not playing.size:
            break
        found.append(Moment(turn, playing, position.take(playing)))
        played = play_sides_on(world.setting, sides, position, until=turn + 1)
        position = Position(played.state, played.outcome)
    return found


@dataclass(slots=True)
class Valued:
    """N situations of one seat, with K options and R futures of each."""

    seat: Seat
    turn: Codes
    """(N,)."""
    game: Codes
    """(N,)."""
    seen: Values
    """(N, figures) all that the seat sees."""
    learnt: Values
    """(N, features) of that, what a doctrine can weigh."""
    hidden: dict[str, Codes]
    """What the seat does not see, by name, (N,)."""
    legal: Bools
    """(N, K)."""
    marks: Values
    """(N, K, R) the seat's own mark at the end; that of option 0 where one is not legal."""
    attacks: Values
    """(N, K, R) attacks until the end, likewise."""

    def only(self, rows: Codes) -> "Valued":
        """Some of the situations."""
        return _mapped([self], lambda arrays: arrays[0][rows])


def _mapped(parts: list[Valued], change: Callable[[list[NDArray[Any]]], NDArray[Any]]) -> Valued:
    """What becomes of several samples of a seat, array by array."""
    arrays: dict[str, Any] = {
        entry.name: change([getattr(part, entry.name) for part in parts])
        for entry in fields(Valued)
        if entry.name not in ("seat", "hidden")
    }
    hidden = {name: change([part.hidden[name] for part in parts]) for name in parts[0].hidden}
    return Valued(seat=parts[0].seat, hidden=hidden, **arrays)


class Options(NamedTuple):
    """What is compared at a moment."""

    legal: Bools
    """(K, n); option 0 is always legal."""
    orders: Callable[[Codes, Codes], Choice] | None
    """The whole orders of options (m,) in games (m,); None where the options are deeds."""


def value_deeds(world: World, sides: Sides, moments: list[Moment], seat: Seat) -> Valued:
    """What every deed of a seat is worth at every moment; it says and whispers as its side does
    with that deed, and plays on as its side does.
    """

    def deeds(moment: Moment) -> Options:
        return Options(deed_mask(world.setting, moment.position.state, seat), None)

    return value(world, sides, moments, seat, deeds)


def value(
    world: World,
    sides: Sides,
    moments: list[Moment],
    seat: Seat,
    offered: Callable[[Moment], Options],
) -> Valued:
    """What every option of a seat is worth at every moment.

    Args:
        world: what is measured.
        sides: who plays on.
        moments: the situations.
        seat: whose.
        offered: the options of a moment.
    """

    def work(moments: list[Moment], first: int, count: int) -> list[Valued]:
        return [
            _value_moment(world, sides, moment, seat, offered(moment))
            for moment in moments[first : first + count]
        ]

    parts = [part for some in world.shared(work, moments, len(moments), 1) for part in some]
    return _mapped(parts, np.concatenate)


def _value_moment(
    world: World, sides: Sides, moment: Moment, seat: Seat, options: Options
) -> Valued:
    setting, futures, position = world.setting, world.effort.futures, moment.position
    option, game = np.nonzero(options.legal)
    count = moment.games.size
    seed = world.effort.seed + FUTURE_LUCK + moment.turn
    numbers = moment.games[:, None] * futures + np.arange(futures)
    keys = game_keys(seed, numbers.reshape(-1)).reshape(count, futures)
    marks = np.full((options.legal.shape[0], count, futures), np.nan)
    attacks = np.full_like(marks, np.nan)
    block = max(1, AT_ONCE // futures)
    for first in range(0, option.size, block):
        some = slice(first, first + block)
        which, where = option[some], game[some]
        each = np.repeat(where, futures)
        started = position.take(each)
        before = started.state.attacks.copy()
        started.state.key = keys[where].reshape(-1)
        ordered = np.repeat(which, futures)
        if options.orders is None:
            played = play_sides_on(setting, sides, started, forced={seat: ordered})
        else:
            given = {seat: options.orders(ordered, each)}
            played = play_sides_on(setting, sides, started, given=given)
        marks[which, where] = played.scores[seat].reshape(-1, futures)
        attacks[which, where] = (played.array("attacks") - before).reshape(-1, futures)
    closed = ~options.legal
    for values in (marks, attacks):
        values[closed] = np.broadcast_to(values[0], values.shape)[closed]
    seen = observe(setting, position.state, position.last, seat)
    return Valued(
        seat=seat,
        turn=np.full(count, moment.turn, np.intp),
        game=moment.games,
        seen=seen_by(setting, seen),
        learnt=learnt(setting, seen),
        hidden=hidden_facts(position, seat),
        legal=options.legal.T,
        marks=marks.transpose(1, 0, 2),
        attacks=attacks.transpose(1, 0, 2),
    )


FACTS = ("theory", "agenda", "culprit")
"""What may be hidden from a seat and worth knowing."""


def hidden_facts(position: Position, seat: Seat) -> dict[str, Codes]:
    """What a seat does not know, as codes from 0, (n,) each; of what these rules have.

    Rivals' agendas are one fact each; who did the last attack is known as 0 where nobody did one.
    """
    state = position.state
    facts: dict[str, Codes] = {}
    for name in FACTS:
        array = getattr(state, name, None)
        if array is None:
            continue
        if array.ndim == 1:
            facts[name] = array.astype(np.intp) + (name == "culprit")
        else:
            for rival in seat.rivals:
                facts[f"{name} of {rival.name}"] = array[rival].astype(np.intp)
    return facts


def ordinary(world: World, sides: Sides, moment: Moment, seat: Seat, deed: Codes | None) -> Choice:
    """What a seat's side orders at a moment, with a deed, (n,), that it is given or of its own."""
    side: Mapping[Seat, Side] = sides
    return decide(side[seat][moment.turn], world.setting, *moment.position, seat, deed)
