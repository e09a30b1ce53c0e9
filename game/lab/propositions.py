"""The ten propositions, each measured over many games and held against history."""

from collections.abc import Callable, Mapping

import numpy as np

from game.content.scenario import Scenario

from .claims import Finding, claims, found
from .counting import Counted, Flags, difference, of_games, share
from .moments import force
from .placebos import Placebo
from .sequences import SEQUENCES
from .strike import Strike
from .trajectories import Trajectories

LOST = 0.1
"""The share of the leadership whose loss counts as the loss of leaders."""


def findings(
    scenario: Scenario, trajectories: Trajectories, strike: Strike | None
) -> list[Finding]:
    """What the games show for every claim.

    Args:
        scenario: the calendar.
        trajectories: free games of it.
        strike: the strike of March, along the record; claims about it are left out if None.
    """
    shown = []
    for claim in claims():
        if claim.measure in OF_GAMES:
            shown.append(found(claim, OF_GAMES[claim.measure](scenario, trajectories)))
        elif strike is not None:
            shown.append(found(claim, OF_STRIKES[claim.measure](strike)))
    return shown


def placebo_findings(
    scenario: Scenario, shown: Mapping[Placebo, Trajectories]
) -> dict[str, dict[Placebo, Finding]]:
    """What placebos show for every claim that free games can show, by its measure.

    Args:
        scenario: the calendar.
        shown: free games of each placebo.
    """
    return {
        claim.measure: {
            placebo: found(claim, OF_GAMES[claim.measure](scenario, games))
            for placebo, games in shown.items()
        }
        for claim in claims()
        if claim.measure in OF_GAMES
    }


# --- counted over free games; arrays are (turns, B)


def _by_barrage(_: Scenario, trajectories: Trajectories) -> Counted:
    return Counted(trajectories.killed_by_barrage.sum(axis=0), trajectories.killed.sum(axis=0))


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


OF_GAMES: dict[str, Callable[[Scenario, Trajectories], Counted]] = SEQUENCES | {
    "harmless": lambda _, trajectories: share(trajectories.deadly == 0, trajectories.attacks > 0),
    "by_barrage": _by_barrage,
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
