"""Other models of how people choose, held against the game's by the fitted weeks alone.

    python tests/benchmarks/choice_models.py         some four minutes

Each model is fitted to the moves up to January without those of one month, and foretells these; so
do every seat's base rates. Then once more as somebody would who learns from turn to turn: model and
base rates know the turns before, and no other. No move from February on is read: what does better
here may be tried on those, once, and then has its row in `game/lab/data/variants.toml`. The
parameters of the rules are the game's, which were fitted to all of these months; this favours no
model over another. Who takes the best of so many flatters it.
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
from game.lab.scores import HALF, base_rates, difference, scored
from game.lab.told import told
from game.players.base import options
from game.players.features import Features
from game.players.utility import total
from game.rules.observe import observe
from game.rules.seats import SEATS, Seat

Values = NDArray[np.float64]
PARTICLES, SEED = 128, 1
CONDITIONS = ("attacked", "bereaved", "struck", "angry")
PASSIONS = frozenset({"anger", "fear", "duty"})
HIERARCHY = 0.5
"""How far apart the seats' own sharpnesses, and mixtures, are thought to be, on their scales."""
FIRST = 4
"""The first turn that is foretold from the turns before: the fifth."""
RAREST = 1e-4
"""The least share of a deed that was never done."""


class Move(NamedTuple):
    """One choice of the record in games that follow it; see `choices.Faced`."""

    turn: int
    month: int
    days: int
    seat: Seat
    done: Values
    legal: Values
    before: "tuple[Move, ...]"
    """What the seat was known to have done before, in order."""
    worth: Values
    passion: Values
    """(options, games) what of the worth is anger, fear and duty."""
    habit: Values
    conditions: dict[str, Values]


Column = Callable[[Move], Values]
"""(options, games) how far a constant bears on each option."""
Shares = Callable[[Sequence[Move], Move], Values]
"""(options,) how often the seat does each, by the moves learnt from, its own left out."""
Odds = Callable[[Move], Values]
Fit = Callable[[Sequence[Move]], Odds]


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
    custom: Shares | None = None
    """What the seat commonly does, which worth then tilts: the logarithm of it is added."""
    custom_sd: float = 0.5
    """Of the custom's weight, thought to be 1."""
    mixed: Shares | None = None
    """What is done instead in a share of the turns that is fitted: half, before that."""


def record() -> list[Move]:
    """Every known choice up to January."""
    scenario, known, days = covering(), told(covering()), opening_days(covering())
    setting, players = scenario.setting, roster.doctrines(scenario)
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
            worth = list(player.deed_worth(seen, features))
            faced = facing(DEEDS, player, features, names, worth, may.deed, done)
            felt = [part for part in worth if part.part in PASSIONS]
            felt_worth = np.float64(player.doctrine.temper * total(felt, len(names), may.deed[0]))
            blind = (may.deed / may.deed.sum(axis=0)).mean(axis=1)
            there = {name: np.float64(features[name]) for name in (*CONDITIONS, "debt")}
            length = (days[turn + 1] - days[turn]).days
            when = (turn, days[turn].month, length)
            before = tuple(move for move in moves if move.seat is seat)
            known_of = (seat, done, blind, before, faced.worth, felt_worth, faced.habit, there)
            moves.append(Move(*when, *known_of))
    return moves


# --- how often a seat does what


def custom(moves: Sequence[Move], move: Move) -> Values:
    """As base rates count, as if every deed were open."""
    return _counted(moves, move, np.ones(move.done.size))


def where_open(moves: Sequence[Move], move: Move) -> Values:
    """The seat's base rates, by what is open in the turn."""
    return _counted(moves, move, move.legal)


def each_alike(moves: Sequence[Move], move: Move) -> Values:
    """With half a case added to every deed, to holding no more."""
    counts: Values = HALF + np.sum([one.done for one in _others(moves, move)], axis=0)
    return counts / counts.sum()


def by_groups(moves: Sequence[Move], move: Move) -> Values:
    """Whether anything is done, then of what group of the rulebook, then what."""
    counts = np.sum([one.done for one in _others(moves, move)], axis=0)
    deeds = covering().setting.rulebook.deeds[move.seat]
    groups = sorted({deed.group for deed in deeds[1:]})
    member = np.array([[deed.group == group for deed in deeds] for group in groups])
    member[:, 0] = False
    of_group = (member * counts).sum(axis=1) + HALF
    within = member * (counts + HALF)
    within = within / within.sum(axis=1, keepdims=True)
    shares: Values = (of_group / of_group.sum()) @ within * (1 - custom(moves, move)[0])
    shares[0] = custom(moves, move)[0]
    return shares


def undrawn(moves: Sequence[Move], move: Move) -> Values:
    """Without the deeds that a moment of their own draws: the habit tells of them."""
    drawn = {deed for habit in DEEDS.habits if habit.feature != "base" for deed in habit.options}
    deeds = covering().setting.rulebook.deeds[move.seat]
    keep = np.array([deed.id not in drawn for deed in deeds])
    return custom([one._replace(done=one.done * keep) for one in _others(moves, move)], move)


def lately(half_life: float, *, alone: bool) -> Shares:
    """The turns before count the more the later they are; alone, or beside those learnt from."""

    def shares(moves: Sequence[Move], move: Move) -> Values:
        recent = [
            one._replace(done=one.done * 0.5 ** ((move.turn - one.turn) / half_life))
            for one in move.before
        ]
        return custom(recent if alone else [*_others(moves, move), *recent], move)

    return shares


def _others(moves: Sequence[Move], move: Move) -> list[Move]:
    return [one for one in moves if one.seat is move.seat and one is not move]


def _counted(moves: Sequence[Move], move: Move, is_open: Values) -> Values:
    done = np.stack([*(one.done for one in _others(moves, move)), move.done])
    legal = np.broadcast_to(is_open, done.shape)
    return base_rates(done, legal, np.arange(len(done)) < len(done) - 1)[-1]


# --- models


def habits(*which: str) -> tuple[Constant, ...]:
    """The game's own; all of them if none is named."""
    return tuple(
        Constant(lambda move, k=k: move.habit[k], prior.mean, prior.sd)
        for k, prior in enumerate(priors_of(DEEDS)[1:])
        if not which or DEEDS.habits[k].parameter in which
    )


def on(option: int, seat: Seat | None, when: Column | None = None) -> Column:
    """Bears on one option, of one seat or of all, as far as something holds."""

    def column(move: Move) -> Values:
        found = np.zeros(move.worth.shape)
        if seat in (None, move.seat):
            found[option] = 1 if when is None else when(move)
        return found

    return column


def force_when(condition: str, *deeds: str) -> Constant:
    """Draws American blows as far as something holds, as a death draws strikes in the game."""
    book = covering().setting.rulebook
    each = [
        on(book.deed(Seat.US, deed), Seat.US, lambda move: move.conditions[condition])
        for deed in ("strike_depots", "strike_fighters", *deeds)
    ]
    return Constant(lambda move: np.sum([one(move) for one in each], axis=0), 1, 1)


def again(move: Move) -> Values:
    """Bears on what the seat did last."""
    last = move.before[-1].done if move.before else np.zeros(move.done.size)
    return np.repeat((last > 0)[:, None].astype(float), PARTICLES, axis=1)


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
    yield from with_customs(own)


def with_customs(own: Model) -> Iterator[tuple[str, Model]]:
    """Those that count what each seat commonly does, in place of fitting most habits."""
    yield "now and then as base rates have it", replace(own, mixed=where_open)
    by_seat = replace(own, mixed=where_open, by_seat=True)
    yield "the same, sharpness and how often by seat", by_seat
    for turns in (4, 8):
        of_late = replace(own, mixed=lately(turns, alone=True))
        yield f"now and then as of late, half-life {turns} turns", of_late
        of_late = replace(own, custom=lately(turns, alone=True))
        yield f"what was done of late counts, half-life {turns} turns", of_late
    tilted = Model(habits("strike_on_death", "missile_on_debt"), custom=custom)
    yield "worth tilts custom", tilted
    yield "the same, custom's weight held at 1", replace(tilted, custom_sd=1e-3)
    yield "the same, and no habit beside it", Model((), custom=custom, custom_sd=1e-3)
    yield "worth tilts custom, and all habits", replace(own, custom=custom)
    yield "worth tilts custom, no weeks before", replace(tilted, weeks_before=0)
    yield "worth tilts custom, sharpness by seat", replace(tilted, by_seat=True)
    yield "worth tilts custom, and now and then it alone", replace(tilted, mixed=where_open)
    yield "custom alone", replace(tilted, sharpness=1e-6)
    for name, shares in (
        ("by what is open", where_open),
        ("half a case to each deed", each_alike),
        ("by groups of deeds", by_groups),
        ("of late more", lately(4, alone=False)),
        ("without deeds that a moment draws", undrawn),
    ):
        yield f"worth tilts custom, {name}", replace(tilted, custom=shares)
    missiles = habits("missile_on_debt")
    passions = Constant(lambda move: move.passion, 0, 0.1)
    vague = tuple(one._replace(sd=2) for one in tilted.constants)
    for name, constants in (
        ("an open debt draws strikes", (force_when("debt"), *missiles)),
        ("a death draws the killing, too", (force_when("bereaved", "kill_commander"), *missiles)),
        ("passions with a sharpness of their own", (*tilted.constants, passions)),
        ("what the moments draw twice as open", vague),
    ):
        yield f"worth tilts custom, {name}", replace(tilted, constants=constants)


# --- fits


class _Faced(NamedTuple):
    """A move as a model sees it."""

    move: Move
    bears: Values
    """(constants, options, games)."""
    instead: Values
    """(options,) what is done where it is not worth that counts."""


class _Likelihood:
    """The penalised likelihood of a model's constants, given moves to learn from."""

    def __init__(self, model: Model, moves: Sequence[Move]) -> None:
        self.model, self._moves = model, moves
        each = len(SEATS) if model.by_seat else 1
        self.constants = list(model.constants)
        if model.custom is not None:
            self.constants.append(Constant(self._usual, 1, model.custom_sd))
        sharpness = priors_of(DEEDS)[0]
        rows = [(sharpness.mean, sharpness.sd)] * (0 if model.sharpness else each)
        self.sharp = slice(0, len(rows))
        rows += [(one.mean, one.sd) for one in self.constants]
        self.bearing = slice(self.sharp.stop, len(rows))
        rows += [(0, 1)] * (each if model.mixed else 0)
        self.mixing = slice(self.bearing.stop, len(rows))
        self.middle, self.sd = np.array(rows).T
        self.faced = [self.face(move) for move in moves]

    def _usual(self, move: Move) -> Values:
        assert self.model.custom is not None
        shares = np.log(np.maximum(self.model.custom(self._moves, move), RAREST))
        return np.repeat(shares[:, None], PARTICLES, axis=1)

    def face(self, move: Move) -> _Faced:
        """How the constants bear on a move."""
        bears = np.zeros((len(self.constants), *move.worth.shape))
        for row, one in enumerate(self.constants):
            bears[row] = one.column(move)
        mixed = self.model.mixed
        instead = np.zeros(move.done.size) if mixed is None else mixed(self._moves, move)
        return _Faced(move, bears, instead)

    def _own(self, values: Values, seat: Seat) -> float:
        return float(values[int(seat) if self.model.by_seat else 0])

    def sharpness(self, point: Values, seat: Seat) -> float:
        """How sharply it chooses."""
        return self.model.sharpness or float(np.exp(self._own(point[self.sharp], seat)))

    def by_worth(self, point: Values, seat: Seat) -> float:
        """In what share of the turns its worth and habits count."""
        if self.model.mixed is None:
            return 1.0
        return 1 / (1 + float(np.exp(-self._own(point[self.mixing], seat))))

    def share(self, point: Values, faced: _Faced) -> Values:
        """(options, games) the odds by worth and habits."""
        score = self.sharpness(point, faced.move.seat) * faced.move.worth
        score = score + np.tensordot(point[self.bearing], faced.bears, axes=1)
        found = np.exp(score - score.max(axis=0))
        return found / found.sum(axis=0)

    def odds(self, point: Values, faced: _Faced, share: Values) -> Values:
        """(options,) the odds of each option."""
        part = self.by_worth(point, faced.move.seat)
        return part * share.mean(axis=1) + (1 - part) * faced.instead

    def __call__(self, point: Values) -> tuple[float, Values]:
        """What is to be made small, and its slope."""
        value, slope = self._penalty(point)
        shares = [self.share(point, one) for one in self.faced]
        odds = [self.odds(point, one, it) for one, it in zip(self.faced, shares, strict=True)]
        weights = []
        for one, its in zip(self.faced, odds, strict=True):
            value += float((one.move.done * np.log(its + TINY)).sum())
            weights.append(one.move.done / (its + TINY))
        value += self._of_the_weeks_before(odds, weights)
        for one, share, weight in zip(self.faced, shares, weights, strict=True):
            self._climb(slope, point, one, share, weight)
        return -value, -slope

    def _penalty(self, point: Values) -> tuple[float, Values]:
        off = (point - self.middle) / self.sd
        value, slope = -0.5 * float((off**2).sum()), -off / self.sd
        for its in (self.sharp, self.mixing) if self.model.by_seat else ():
            if point[its].size:
                apart = point[its] - point[its].mean()
                value -= 0.5 * float((apart**2).sum()) / HIERARCHY**2
                slope[its] -= apart / HIERARCHY**2
        return value, slope

    def _of_the_weeks_before(self, odds: list[Values], weights: list[Values]) -> float:
        """See `choices`: adds to the weights of holding."""
        value, weeks = 0.0, self.model.weeks_before
        for seat in SEATS if weeks else ():
            mine = [k for k, one in enumerate(self.faced) if one.move.seat is seat]
            mean, held = float(np.mean([odds[k][0] for k in mine])), earlier().held(seat)
            value += weeks * (held * np.log(mean) + (1 - held) * np.log(1 - mean))
            steep = weeks * (held / mean - (1 - held) / (1 - mean)) / len(mine)
            for k in mine:
                weights[k] = weights[k] + steep * (np.arange(weights[k].size) == 0)
        return value

    def _climb(
        self, slope: Values, point: Values, faced: _Faced, share: Values, weight: Values
    ) -> None:
        """Adds one move's slope."""
        move, part = faced.move, self.by_worth(point, faced.move.seat)
        place = int(move.seat) if self.model.by_seat else 0
        if self.model.mixed is not None:
            apart = float((weight * (share.mean(axis=1) - faced.instead)).sum())
            slope[self.mixing.start + place] += part * (1 - part) * apart
        pulled = part * weight[:, None] * share
        tilt = (pulled - pulled.sum(axis=0) * share) / PARTICLES
        if not self.model.sharpness:
            worth = np.where(np.isfinite(move.worth), move.worth, 0)
            slope[place] += self.sharpness(point, move.seat) * float((worth * tilt).sum())
        slope[self.bearing] += np.einsum("hob,ob->h", faced.bears, tilt)


def fitted(model: Model, moves: Sequence[Move]) -> Odds:
    """The odds of each option by the likeliest constants."""
    likelihood = _Likelihood(model, moves)
    point = minimize(likelihood, likelihood.middle, jac=True, method="L-BFGS-B").x

    def odds(move: Move) -> Values:
        faced = likelihood.face(move)
        return likelihood.odds(point, faced, likelihood.share(point, faced))

    return odds


def rates(moves: Sequence[Move]) -> Odds:
    """The seat's base rates."""
    return lambda move: where_open(moves, move)


def foretold(fit: Fit, moves: Sequence[Move]) -> Values:
    """(turns, seats) the log score of every move by the other months; November counts with the few
    days before it.
    """
    found = np.full((moves[-1].turn + 1, len(SEATS)), np.nan)
    for months in ((10, 11), (12,), (1,)):
        odds = fit([move for move in moves if move.month not in months])
        for move in moves:
            if move.month in months:
                found[move.turn, move.seat] = _score(move, odds)
    return found


def foretold_in_turn(fit: Fit, moves: Sequence[Move]) -> Values:
    """The same by the turns before, each turn's moves then being learnt from."""
    found = np.full((moves[-1].turn + 1, len(SEATS)), np.nan)
    for turn in range(FIRST, len(found)):
        odds = fit([move for move in moves if move.turn < turn])
        for move in moves:
            if move.turn == turn:
                found[move.turn, move.seat] = _score(move, odds)
    return found


def _score(move: Move, odds: Odds) -> float:
    return float(scored(move.done[None], odds(move)[None]).log[0])


def _gain(gain: Values) -> str:
    found = difference(gain)
    return f"{found.mean:+.3f} [{found.low:+.2f}, {found.high:+.2f}]"


def main() -> None:
    """The command."""
    moves, number = record(), 0
    base, base_in_turn = foretold(rates, moves), foretold_in_turn(rates, moves)
    own: Values | None = None
    print(f"{len(moves)} moves; gain of a move, and its 95 % interval")
    print(f"{'':<52}{'over base rates':>23}{'US IRAN MILITIA IRAQ':>25}", end="")
    print(f"{'over the game':>23}{'learning in turn':>23}")
    for name, model in models():
        number += 1
        log = foretold(lambda some, model=model: fitted(model, some), moves)
        in_turn = foretold_in_turn(lambda some, model=model: fitted(model, some), moves)
        own = log if own is None else own
        seats = " ".join(f"{mean:+.2f}" for mean in np.nanmean(log - base, axis=0))
        print(f"{name:<52}{_gain(log - base):>23}{seats:>25}", end="")
        print(f"{_gain(log - own):>23}{_gain(in_turn - base_in_turn):>23}", flush=True)
    print(f"{number} models, the game's among them")


if __name__ == "__main__":
    main()
