"""Other models of how people choose, held against the game's by the fitted weeks alone.

    python tests/benchmarks/choice_models.py         under a minute

Each model is fitted to the moves up to January without those of one month, and foretells these; so
do every seat's base rates. No move from February on is read: what does better here may be tried on
those, once, and then has its row in `game/lab/data/variants.toml`. The parameters of the rules are
the game's, which were fitted to all of these months; this favours no model over another.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

sys.path.insert(0, str(Path(__file__).parents[2]))

from game.futures.follow import follow
from game.lab import roster
from game.lab.choices import DEEDS, TINY, facing, priors_of
from game.lab.moves import agreement
from game.lab.priors import earlier
from game.lab.record import covering, in_sample_turns, opening_days, recorded
from game.lab.scores import base_rates, difference, scored
from game.lab.told import told
from game.players.base import options
from game.players.features import Features
from game.rules.observe import observe
from game.rules.seats import SEATS, Seat

Values = NDArray[np.float64]
PARTICLES, SEED = 128, 1
CONDITIONS = ("attacked", "bereaved", "struck", "angry")
HIERARCHY = 0.5
"""How far apart the seats' own sharpnesses are thought to be, on the logarithm."""


class Move(NamedTuple):
    """One choice of the record in games that follow it; see `choices.Faced`."""

    turn: int
    month: int
    days: int
    seat: Seat
    done: Values
    legal: Values
    last: Values
    """What the seat was last known to have done."""
    worth: Values
    habit: Values
    conditions: dict[str, Values]


Column = Callable[[Move], Values]
"""(options, games) how far a constant bears on each option."""


class Constant(NamedTuple):
    """One of a model's constants, with its prior."""

    column: Column
    mean: float
    sd: float


@dataclass(frozen=True)
class Model:
    """A multinomial logit by worth and constants."""

    constants: tuple[Constant, ...]
    by_seat: bool = False
    """Each seat has its own sharpness."""
    sharpness: float | None = None
    """A fixed one; fitted if None."""
    weeks_before: float = 8.0
    """As how many weeks those of 2018 and 2019 count."""


def record() -> list[Move]:
    """Every known choice up to January."""
    scenario, known, days = covering(), told(covering()), opening_days(covering())
    setting, players = scenario.setting, roster.doctrines(scenario)
    last = {seat: np.zeros(known[seat].deeds.shape[1]) for seat in SEATS}
    moves: list[Move] = []
    agrees = agreement(recorded(scenario))
    path = follow(setting, roster.history(scenario), agrees, games=PARTICLES, seed=SEED)
    for moment in path:
        turn = moment.state.turn
        if turn == in_sample_turns(scenario):
            break
        for seat, player in players.items():
            done = known[seat].deeds[turn]
            if not done.any():
                continue
            seen = observe(setting, moment.state, moment.outcome, seat)
            features, may = Features(setting, seen), options(setting, moment.state, seat)
            names = [deed.id for deed in setting.rulebook.deeds[seat]]
            worth = player.deed_worth(seen, features)
            faced = facing(DEEDS, player, features, names, worth, may.deed, done)
            blind = (may.deed / may.deed.sum(axis=0)).mean(axis=1)
            there = {name: np.float64(features[name]) for name in CONDITIONS}
            length = (days[turn + 1] - days[turn]).days
            when = (turn, days[turn].month, length)
            moves.append(
                Move(*when, seat, done, blind, last[seat], faced.worth, faced.habit, there)
            )
            last[seat] = done
    return moves


# --- models


def habits() -> tuple[Constant, ...]:
    """The game's own."""
    return tuple(
        Constant(lambda move, k=k: move.habit[k], prior.mean, prior.sd)
        for k, prior in enumerate(priors_of(DEEDS)[1:])
    )


def on(option: int, seat: Seat | None, when: Column | None = None) -> Column:
    """Bears on one option, of one seat or of all, as far as something holds."""

    def column(move: Move) -> Values:
        found = np.zeros(move.worth.shape)
        if seat in (None, move.seat):
            found[option] = 1 if when is None else when(move)
        return found

    return column


def again(move: Move) -> Values:
    """Bears on what the seat did last."""
    return np.repeat((move.last > 0)[:, None].astype(float), PARTICLES, axis=1)


def ridge(sd: float) -> tuple[Constant, ...]:
    """A constant for every deed but holding, pulled to nothing."""
    book = covering().setting.rulebook
    return tuple(
        Constant(on(deed, seat), 0, sd)
        for seat in SEATS
        for deed in range(1, len(book.deeds[seat]))
    )


def models() -> Iterator[tuple[str, Model]]:
    """All that were tried, the game's own first."""
    own = Model(habits())
    yield "the game's", own
    for weeks in (0, 4, 16):
        yield f"weeks before count as {weeks}", replace(own, weeks_before=weeks)
    for factor in (0.5, 2.0):
        wide = tuple(one._replace(sd=one.sd * factor) for one in habits())
        yield f"habits' priors {factor:g} times as wide", Model(wide)
    yield "sharpness by seat", replace(own, by_seat=True)
    yield "habits alone", replace(own, sharpness=1e-3)
    yield "does again what it did", Model((*habits(), Constant(again, 0, 1)))
    length = Constant(on(0, None, lambda move: np.log(move.days / 7)), 0, 1)
    yield "holds by the length of the turn", Model((*habits(), length))
    for name in CONDITIONS:
        less = Constant(on(0, None, lambda move, name=name: move.conditions[name]), -0.5, 1)
        yield f"holds less where {name}", Model((*habits(), less))
    for sd, weeks in ((0.5, 8), (1.0, 8), (2.0, 8), (1.0, 4), (1.0, 0)):
        name = f"a constant for each deed, sd {sd:g}, weeks before {weeks}"
        yield name, Model((*habits(), *ridge(sd)), weeks_before=weeks)


# --- fits


def fitted(model: Model, moves: Sequence[Move]) -> Callable[[Move], Values]:
    """The odds of each option by the likeliest constants."""
    sharp = 0 if model.sharpness else len(SEATS) if model.by_seat else 1
    prior = priors_of(DEEDS)[0]
    rows = [(prior.mean, prior.sd)] * sharp + [(one.mean, one.sd) for one in model.constants]
    middle, sd = np.array(rows).T

    def columns(move: Move) -> Values:
        return np.stack([one.column(move) for one in model.constants])

    def sharpness(point: Values, seat: Seat) -> float:
        place = int(seat) if model.by_seat else 0
        return model.sharpness or float(np.exp(point[place]))

    def share(point: Values, move: Move, bears: Values) -> Values:
        score = sharpness(point, move.seat) * move.worth
        score = score + np.tensordot(point[sharp:], bears, axes=1)
        found = np.exp(score - score.max(axis=0))
        return found / found.sum(axis=0)

    faced = [(move, columns(move)) for move in moves]

    def off(point: Values) -> tuple[float, Values]:
        value, slope = -0.5 * float((((point - middle) / sd) ** 2).sum()), (middle - point) / sd**2
        if model.by_seat:
            apart = point[:sharp] - point[:sharp].mean()
            value -= 0.5 * float((apart**2).sum()) / HIERARCHY**2
            slope[:sharp] -= apart / HIERARCHY**2
        shares = [share(point, *one) for one in faced]
        odds = [each.mean(axis=1) for each in shares]
        weights = [move.done / (its + TINY) for (move, _), its in zip(faced, odds, strict=True)]
        value += sum(
            float((move.done * np.log(its + TINY)).sum())
            for (move, _), its in zip(faced, odds, strict=True)
        )
        for seat in SEATS if model.weeks_before else ():
            mine = [k for k, (move, _) in enumerate(faced) if move.seat is seat]
            mean, held = float(np.mean([odds[k][0] for k in mine])), earlier().held(seat)
            value += model.weeks_before * (held * np.log(mean) + (1 - held) * np.log(1 - mean))
            steep = model.weeks_before * (held / mean - (1 - held) / (1 - mean)) / len(mine)
            for k in mine:
                weights[k] = weights[k] + steep * (np.arange(weights[k].size) == 0)
        for (move, bears), each, weight in zip(faced, shares, weights, strict=True):
            pulled = weight[:, None] * each
            tilt = (pulled - pulled.sum(axis=0) * each) / PARTICLES
            if sharp:
                worth = np.where(np.isfinite(move.worth), move.worth, 0)
                place = int(move.seat) if model.by_seat else 0
                slope[place] += sharpness(point, move.seat) * float((worth * tilt).sum())
            slope[sharp:] += np.einsum("hob,ob->h", bears, tilt)
        return -value, -slope

    point = minimize(off, middle, jac=True, method="L-BFGS-B").x
    return lambda move: share(point, move, columns(move)).mean(axis=1)


def rates(moves: Sequence[Move]) -> Callable[[Move], Values]:
    """The seat's base rates."""

    def odds(move: Move) -> Values:
        known = [one for one in moves if one.seat is move.seat] + [move]
        done, legal = (
            np.stack([getattr(one, name) for one in known]) for name in ("done", "legal")
        )
        return base_rates(done, legal, np.arange(len(known)) < len(known) - 1)[-1]

    return odds


def foretold(
    fit: Callable[[Sequence[Move]], Callable[[Move], Values]], moves: Sequence[Move]
) -> Values:
    """(turns, seats) the log score of every move by the other months; November counts with the few
    days before it.
    """
    found = np.full((moves[-1].turn + 1, len(SEATS)), np.nan)
    for months in ((10, 11), (12,), (1,)):
        odds = fit([move for move in moves if move.month not in months])
        for move in moves:
            if move.month in months:
                log = scored(move.done[None], odds(move)[None]).log
                found[move.turn, move.seat] = float(log[0])
    return found


def main() -> None:
    """The command."""
    moves = record()
    base = foretold(rates, moves)
    own: Values | None = None
    print(f"{len(moves)} moves; gain of a move, and its 95 % interval")
    print(f"{'':<52}{'over base rates':>24}{'over the game':>24}")
    for name, model in models():
        log = foretold(lambda some, model=model: fitted(model, some), moves)
        own = log if own is None else own
        cells = (difference(log - base), difference(log - own))
        shown = (f"{one.mean:+.3f} [{one.low:+.2f}, {one.high:+.2f}]" for one in cells)
        print(f"{name:<52}" + "".join(f"{cell:>24}" for cell in shown), flush=True)


if __name__ == "__main__":
    main()
