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
from .trajectories import Film

LOST = 0.1
"""The share of the leadership whose loss counts as the loss of leaders."""


def findings(scenario: Scenario, film: Film, strike: Strike) -> list[Finding]:
    """What the games show for every claim.

    Args:
        scenario: the calendar.
        film: free games of it.
        strike: the strike of March, along the record.
    """
    return [
        found(
            claim,
            OF_STRIKES[claim.measure](strike)
            if claim.measure in OF_STRIKES
            else OF_GAMES[claim.measure](scenario, film),
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


def _resumed(scenario: Scenario, film: Film) -> Counted:
    return followed(film.strike > 0, film.attacks > 0, opening_days(scenario), 6, 1)


def _not_stopped(scenario: Scenario, film: Film) -> Counted:
    return followed(film.strike > 0, film.attacks > 0, opening_days(scenario), 31, 1)


def _answered(scenario: Scenario, film: Film) -> Counted:
    dead, days = film.deadly_to_americans > 0, opening_days(scenario)
    return followed(dead, force(film) > 0, days, 10, 1)


def _unanswered(scenario: Scenario, film: Film) -> Counted:
    days, dead = opening_days(scenario), film.us_killed > 0
    used = force(film) > 0
    happened, cases = np.zeros((2, film.games), np.int64)
    for turn in range(film.on.shape[0] - 1):
        near = [e for e in range(turn) if (days[turn] - days[e + 1]).days <= 10]
        calm = (film.attacks[turn] > 0) & ~dead[turn] & ~dead[near].any(axis=0)
        calm &= film.on[turn + 1] > 0
        cases += calm
        happened += calm & ~used[turn + 1]
    return Counted(happened, cases)


def _by_barrage(_: Scenario, film: Film) -> Counted:
    return Counted(film.killed_by_barrage.sum(axis=0), film.killed.sum(axis=0))


def _revenged(scenario: Scenario, film: Film) -> Counted:
    return followed(film.kill > 0, film.missile > 0, opening_days(scenario), 10, 1)


def _wounded(_: Scenario, film: Film) -> Counted:
    struck = film.missile > 0
    return Counted(
        (film.missile_wounded * struck).sum(axis=0),
        struck.sum(axis=0),
        is_share=False,
        values=film.missile_wounded[struck].astype(np.float64),
    )


def _before(film: Film) -> Flags:
    """(turns, B) the leadership was whole when the turn began."""
    lost = np.zeros_like(film.leaderless)
    lost[1:] = film.leaderless[:-1]
    whole: Flags = lost < LOST
    return whole


def _facades_after(_: Scenario, film: Film) -> Counted:
    after = ~_before(film) & (film.on > 0)
    return share(film.facade > 0, ((film.facade + film.claims) > 0) & after)


def _facades_rise(_: Scenario, film: Film) -> Counted:
    claimed, before = (film.facade + film.claims) > 0, _before(film)
    after = share(film.facade > 0, claimed & ~before)
    whole = share(film.facade > 0, claimed & before)
    return difference(after, whole)


def _condemned(_: Scenario, film: Film) -> Counted:
    deadly = (force(film) > 0) & (film.strike_dead > 0)
    protested = film.condemned > 0
    protested[:-1] |= film.condemned[1:] > 0
    return share(protested, deadly)


def _condemned_rise(_: Scenario, film: Film) -> Counted:
    """Beside strikes that killed no Iraqi."""
    used, protested = force(film) > 0, film.condemned > 0
    protested[:-1] |= film.condemned[1:] > 0
    return difference(
        share(protested, used & (film.strike_dead > 0)),
        share(protested, used & (film.strike_dead == 0)),
    )


def _momentum(_: Scenario, film: Film) -> Counted:
    gained = np.diff(film.momentum, axis=0, prepend=film.momentum[:1])
    struck = film.strike > 0
    struck[0] = False
    return difference(
        *(
            Counted((gained * which).sum(axis=0, dtype=np.float64), which.sum(axis=0))
            for which in (struck & (film.strike_dead > 0), struck & (film.strike_dead == 0))
        )
    )


def _left_bases(_: Scenario, film: Film) -> Counted:
    held = np.where(film.on > 0, film.exposure, 1.0).min(axis=0)
    return of_games(held <= 0.75)


def _released(_: Scenario, film: Film) -> Counted:
    arrests = film.detained > 0
    out = np.minimum(film.released, film.detained) * arrests
    return Counted(out.sum(axis=0), film.detained.sum(axis=0))


def _drifted(_: Scenario, film: Film) -> Counted:
    """A later turn raises the figure of a missile strike that hurt people."""
    hurt = (film.missile > 0) & (film.missile_wounded > 0)
    hurt[-1] = False
    raised = np.zeros_like(hurt)
    raised[:-1] = film.revised[1:] > 0
    return share(raised, hurt)


OF_GAMES: dict[str, Callable[[Scenario, Film], Counted]] = {
    "resumed": _resumed,
    "not_stopped": _not_stopped,
    "answered": _answered,
    "unanswered": _unanswered,
    "harmless": lambda _, film: share(film.deadly == 0, film.attacks > 0),
    "by_barrage": _by_barrage,
    "revenged": _revenged,
    "noticed": lambda _, film: share(film.notice > 0, film.missile > 0),
    "bloodless": lambda _, film: share(film.missile_killed == 0, film.missile > 0),
    "wounded": _wounded,
    "facades_after": _facades_after,
    "facades_rise": _facades_rise,
    "condemned": _condemned,
    "condemned_rise": _condemned_rise,
    "momentum": _momentum,
    "expelled": lambda _, film: of_games(film.expelled.max(axis=0) > 0),
    "left_bases": _left_bases,
    "shown": lambda _, film: share(film.shown > 0, film.arrest > 0),
    "released": _released,
    "drifted": _drifted,
}
"""What is counted over free games, by the name of the measure."""
OF_STRIKES: dict[str, Callable[[Strike], Counted]] = {
    "fewer": lambda strike: strike.share("less"),
    "more": lambda strike: strike.share("more"),
}
"""What is read off the strike of March, with it and without it."""
