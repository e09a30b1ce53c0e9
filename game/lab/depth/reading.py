"""Rows of the table that come out of sampled situations: what it is worth to read the board, what
hangs on a decision, which options are alive, and whether force is contingent.
"""

import math
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from game.rules.seats import Seat

from ..intervals import clustered
from .judging import Judged, foresee, picked
from .measure import Estimated, Goal, Measure, by_group
from .ridge import Values
from .world import World

ALIVE = 0.03
"""Of the situations in which an option is legal, the share in which it must be the best."""
CLEAR = 0.75
"""Attacks, more or fewer until the end, from which on a strike's effect is told as clear."""
BOARD = {Seat.US: Goal(low=1.5), Seat.IRAN: Goal(low=1.5)}


def board_value(judged: Judged) -> list[Measure]:
    """The gain of choosing the deed by the situation over the best fixed deed of the turn."""
    seat, game = judged.valued.seat, judged.valued.game
    fixed = picked(judged.means, judged.fixed)
    by_sight = picked(judged.means, judged.by_sight()) - fixed
    oracle = np.mean(
        [picked(worth, chosen) - picked(worth, judged.fixed) for chosen, worth in judged.by_half()],
        axis=0,
    )
    best = by_group(oracle, game)
    return [
        Measure(
            "board value",
            seat,
            by_group(by_sight, game),
            BOARD.get(seat, Goal(low=1.0)),
            "by what the seat sees",
        ),
        Measure("board value, everything known", seat, best, note="hidden state included"),
    ]


def stakes(judged: Judged) -> Measure:
    """Best less median legal deed, in standard deviations of luck."""
    valued = judged.valued
    luck = float(np.sqrt(valued.marks[:, 0].var(axis=1, ddof=1).mean()))
    gaps = []
    for chosen, worth in judged.by_half():
        median = np.nanmedian(np.where(valued.legal, worth, np.nan), axis=1)
        gaps.append(picked(worth, chosen) - median)
    found = by_group(np.mean(gaps, axis=0) / luck, valued.game)
    return Measure("stakes", valued.seat, found, Goal(low=0.5), f"luck: {luck:.1f} points")


def shares_best(judged: Judged) -> tuple[Values, Values]:
    """(K,) each: of the situations in which an option is legal, the share in which it is the best;
    and of how many.
    """
    options = judged.valued.legal.shape[1]
    counts = np.mean(
        [np.bincount(chosen, minlength=options) for chosen, _ in judged.by_half()], axis=0
    )
    legal: Values = judged.valued.legal.sum(axis=0).astype(np.float64)
    return counts / np.maximum(legal, 1), legal


def liveness(
    kind: str, seat: Seat, shares: Mapping[str, float], elsewhere: Sequence[Mapping[str, float]]
) -> Iterator[Measure]:
    """The share of a kind's options that are alive: in this scenario, and in one at least of this
    and others.

    Args:
        kind: deed, word or whisper.
        seat: whose.
        shares: by option, of the situations in which it is legal, those in which it is best.
        elsewhere: the same in other scenarios.
    """
    ranked = sorted(shares.items(), key=lambda row: -row[1])
    told = ", ".join(f"{name} {100 * share:.0f}" for name, share in ranked)
    yield Measure(f"liveness: {kind}s", seat, _alive(shares), note=told, shares=shares)
    best = {
        name: max(scenario.get(name, 0.0) for scenario in (shares, *elsewhere)) for name in shares
    }
    dead = ", ".join(name for name, share in best.items() if share < ALIVE) or "nothing"
    yield Measure(
        f"liveness: {kind}s, in some scenario",
        seat,
        _alive(best),
        Goal(low=1.0),
        f"scenarios measured: {1 + len(elsewhere)}; never worth choosing: {dead}",
    )


def _alive(shares: Mapping[str, float]) -> Estimated:
    alive = sum(share >= ALIVE for share in shares.values())
    return Estimated(alive / len(shares) if shares else math.nan, math.nan, math.nan)


def commonest(judged: Judged, names: list[str]) -> Measure:
    """The share of situations in which the commonest best deed is the best."""
    valued = judged.valued
    chosen = [chosen for chosen, _ in judged.by_half()]
    counts = np.mean([np.bincount(some, minlength=len(names)) for some in chosen], axis=0)
    top = int(counts.argmax())
    found = by_group(np.mean([some == top for some in chosen], axis=0), valued.game)
    return Measure("commonest best action", valued.seat, found, Goal(high=0.45), names[top])


def contingency(world: World, judged: Judged, played: str = "") -> list[Measure]:
    """How often a strike clearly lowers the attacks that follow, and how often it raises them, as
    far as the seat itself can know.

    Args:
        world: what is measured.
        judged: situations of a seat that may strike.
        played: how the games were, where not by the book.
    """
    valued, book = judged.valued, world.setting.rulebook
    deeds = book.deeds[valued.seat]
    strikes = [k for k, deed in enumerate(deeds) if deed.strike is not None]
    attacks = valued.attacks.mean(axis=2)
    change = attacks - attacks[:, :1]
    foreseen = foresee(valued.seen, valued.turn, valued.game, valued.legal, change)
    may = valued.legal[:, strikes]
    rows: list[Measure] = []
    for name, clear in (("fewer", foreseen <= -CLEAR), ("more", foreseen >= CLEAR)):
        told = clear[:, strikes] & may
        found = _share(told.sum(axis=1), may.sum(axis=1), valued.game)
        note = ", ".join(
            f"{deeds[k].id} {told[:, i].sum() / max(may[:, i].sum(), 1):.2f}"
            + (f" (there really {change[told[:, i], k].mean():+.2f})" if told[:, i].any() else "")
            for i, k in enumerate(strikes)
        )
        rows.append(
            Measure(f"contingency: {name} attacks{played}", valued.seat, found, Goal(low=0.1), note)
        )
    return rows


def _share(
    happened: NDArray[np.int64], cases: NDArray[np.int64], game: NDArray[np.intp]
) -> Estimated:
    of = np.bincount(game, weights=cases).astype(np.int64)
    so = np.bincount(game, weights=happened).astype(np.int64)
    found = clustered(so, of)
    return Estimated(float(so.sum()) / max(float(of.sum()), 1), found.low, found.high)
