"""The ten propositions, each measured over many games and held against history."""

from collections.abc import Callable
from datetime import date

import numpy as np

from game.content.scenario import Scenario

from .claims import Finding, claims, found
from .counting import Counted, Flags, difference, of_games, share
from .moments import force
from .record import opening_days
from .strike import Strike
from .trajectories import Trajectories

LOST = 0.1
"""The share of the leadership whose loss counts as the loss of leaders."""


def findings(scenario: Scenario, trajectories: Trajectories, strike: Strike) -> list[Finding]:
    """What the games show for every claim.

    Args:
        scenario: the calendar.
        trajectories: free games of it.
        strike: the strike of March, along the record.
    """
    return [
        found(
            claim,
            OF_STRIKES[claim.measure](strike)
            if claim.measure in OF_STRIKES
            else OF_GAMES[claim.measure](scenario, trajectories),
        )
        for claim in claims()
    ]


# --- counted over free games; arrays are (turns, B)


def followed(
    cause: Flags, effect: Flags, days: tuple[date, ...], within: int, first: int
) -> Counted:
    """Of the turns with a cause, those followed by the effect in a turn that opens within so many
    days; `first` is 0 where the same turn counts, and 1 where only later ones do.

    Turns whose time the calendar cuts short are left out.
    """
    opened = np.array([(day - days[0]).days for day in days])
    happened, cases = np.zeros((2, cause.shape[1]), np.int64)
    for turn in range(cause.shape[0]):
        if opened[turn] + within > opened[-1]:
            continue
        reach = [
            later
            for later in range(turn + first, cause.shape[0])
            if opened[later] - opened[turn] <= within or later == turn + first
        ]
        if not reach:
            continue
        cases += cause[turn]
        happened += cause[turn] & effect[reach].any(axis=0)
    return Counted(happened, cases)


def _resumed(scenario: Scenario, trajectories: Trajectories) -> Counted:
    return followed(trajectories.strike > 0, trajectories.attacks > 0, opening_days(scenario), 6, 1)


def _not_stopped(scenario: Scenario, trajectories: Trajectories) -> Counted:
    return followed(
        trajectories.strike > 0, trajectories.attacks > 0, opening_days(scenario), 31, 1
    )


def _answered(scenario: Scenario, trajectories: Trajectories) -> Counted:
    dead, days = trajectories.deadly_to_americans > 0, opening_days(scenario)
    return followed(dead, force(trajectories) > 0, days, 10, 1)


def _unanswered(scenario: Scenario, trajectories: Trajectories) -> Counted:
    days, dead = opening_days(scenario), trajectories.us_killed > 0
    used = force(trajectories) > 0
    happened, cases = np.zeros((2, trajectories.games), np.int64)
    for turn in range(trajectories.on.shape[0] - 1):
        near = [e for e in range(turn) if (days[turn] - days[e + 1]).days <= 10]
        calm = (trajectories.attacks[turn] > 0) & ~dead[turn] & ~dead[near].any(axis=0)
        calm &= trajectories.on[turn + 1] > 0
        cases += calm
        happened += calm & ~used[turn + 1]
    return Counted(happened, cases)


def _by_barrage(_: Scenario, trajectories: Trajectories) -> Counted:
    return Counted(trajectories.killed_by_barrage.sum(axis=0), trajectories.killed.sum(axis=0))


def _revenged(scenario: Scenario, trajectories: Trajectories) -> Counted:
    return followed(trajectories.kill > 0, trajectories.missile > 0, opening_days(scenario), 10, 1)


def _wounded(_: Scenario, trajectories: Trajectories) -> Counted:
    struck = trajectories.missile > 0
    return Counted(
        (trajectories.missile_wounded * struck).sum(axis=0),
        struck.sum(axis=0),
        is_share=False,
        values=trajectories.missile_wounded[struck].astype(np.float64),
    )


def _before(trajectories: Trajectories) -> Flags:
    """(turns, B) the leadership was whole when the turn began."""
    lost = np.zeros_like(trajectories.leaderless)
    lost[1:] = trajectories.leaderless[:-1]
    whole: Flags = lost < LOST
    return whole


def _facades_after(_: Scenario, trajectories: Trajectories) -> Counted:
    after = ~_before(trajectories) & (trajectories.on > 0)
    return share(trajectories.facade > 0, ((trajectories.facade + trajectories.claims) > 0) & after)


def _facades_rise(_: Scenario, trajectories: Trajectories) -> Counted:
    claimed, before = (trajectories.facade + trajectories.claims) > 0, _before(trajectories)
    after = share(trajectories.facade > 0, claimed & ~before)
    whole = share(trajectories.facade > 0, claimed & before)
    return difference(after, whole)


def _condemned(_: Scenario, trajectories: Trajectories) -> Counted:
    deadly = (force(trajectories) > 0) & (trajectories.strike_dead > 0)
    protested = trajectories.condemned > 0
    protested[:-1] |= trajectories.condemned[1:] > 0
    return share(protested, deadly)


def _condemned_rise(_: Scenario, trajectories: Trajectories) -> Counted:
    """Beside strikes that killed no soldier, policeman or civilian of Iraq."""
    used, protested = force(trajectories) > 0, trajectories.condemned > 0
    protested[:-1] |= trajectories.condemned[1:] > 0
    return difference(
        share(protested, used & (trajectories.strike_dead > 0)),
        share(protested, used & (trajectories.strike_dead == 0)),
    )


def _momentum(_: Scenario, trajectories: Trajectories) -> Counted:
    gained = np.diff(trajectories.momentum, axis=0, prepend=trajectories.momentum[:1])
    struck = trajectories.strike > 0
    struck[0] = False
    return difference(
        *(
            Counted((gained * which).sum(axis=0, dtype=np.float64), which.sum(axis=0))
            for which in (
                struck & (trajectories.strike_dead > 0),
                struck & (trajectories.strike_dead == 0),
            )
        )
    )


def _left_bases(_: Scenario, trajectories: Trajectories) -> Counted:
    held = np.where(trajectories.on > 0, trajectories.exposure, 1.0).min(axis=0)
    return of_games(held <= 0.75)


def _released(_: Scenario, trajectories: Trajectories) -> Counted:
    arrests = trajectories.detained > 0
    out = np.minimum(trajectories.released, trajectories.detained) * arrests
    return Counted(out.sum(axis=0), trajectories.detained.sum(axis=0))


def _drifted(_: Scenario, trajectories: Trajectories) -> Counted:
    """A later turn raises the figure of a missile strike that hurt people."""
    hurt = (trajectories.missile > 0) & (trajectories.missile_wounded > 0)
    hurt[-1] = False
    raised = np.zeros_like(hurt)
    raised[:-1] = trajectories.revised[1:] > 0
    return share(raised, hurt)


OF_GAMES: dict[str, Callable[[Scenario, Trajectories], Counted]] = {
    "resumed": _resumed,
    "not_stopped": _not_stopped,
    "answered": _answered,
    "unanswered": _unanswered,
    "harmless": lambda _, trajectories: share(trajectories.deadly == 0, trajectories.attacks > 0),
    "by_barrage": _by_barrage,
    "revenged": _revenged,
    "noticed": lambda _, trajectories: share(trajectories.notice > 0, trajectories.missile > 0),
    "bloodless": lambda _, trajectories: share(
        trajectories.missile_killed == 0, trajectories.missile > 0
    ),
    "wounded": _wounded,
    "facades_after": _facades_after,
    "facades_rise": _facades_rise,
    "condemned": _condemned,
    "condemned_rise": _condemned_rise,
    "momentum": _momentum,
    "expelled": lambda _, trajectories: of_games(trajectories.expelled.max(axis=0) > 0),
    "left_bases": _left_bases,
    "shown": lambda _, trajectories: share(trajectories.shown > 0, trajectories.arrest > 0),
    "released": _released,
    "drifted": _drifted,
}
"""What is counted over free games, by the name of the measure."""
OF_STRIKES: dict[str, Callable[[Strike], Counted]] = {
    "fewer": lambda strike: strike.share("less"),
    "more": lambda strike: strike.share("more"),
}
"""What is read off the strike of March, with it and without it."""
