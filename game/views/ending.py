"""The last scene of a game, before its debrief: what all can see of how it ended, in words; the
world that it was stays sealed until then.
"""

from typing import NamedTuple

from game.content.scenario import Scenario
from game.rules.endings import Ending
from game.rules.state import State

from .names import counted
from .peaks import t
from .stakes import DEAD, Dead


class Scene(NamedTuple):
    """How a game ended."""

    headline: str
    told: tuple[str, ...]
    """Sentences."""
    dead: tuple[Dead, ...]
    """By whose mark they are told."""


def scene(scenario: Scenario, final: State) -> Scene:
    """The last scene; it tells only what every seat knows.

    Args:
        scenario: what was played.
        final: one game (B = 1), as it stands at its end.
    """
    ending, opening = Ending(int(final.ending[0])), scenario.setting.opening
    named = scenario.setting.rulebook.endings
    kind = "early" if ending is Ending.NONE else named[ending - 1].id
    troops, before = int(final.us_troops[0]), int(opening.us_troops[0])
    told = [t(f"endings.told.{kind}")]
    if troops:
        told.append(t("endings.state.troops", troops=f"{troops:,}", before=f"{before:,}"))
        if final.iraq_order_days[0] > 0:
            days = counted(int(final.iraq_order_days[0]), "day")
            told.append(t("endings.state.ordered", days=days))
        elif final.iraq_resolution[0] > 0:
            told.append(t("endings.state.asked"))
    attacks = int(final.attacks[0] - opening.attacks[0])
    told.append(t("endings.state.attacks", attacks=counted(attacks, "attack")))
    dead = tuple(
        Dead(
            seat,
            name,
            sum(int(getattr(final, c)[0] - getattr(opening, c)[0]) for c in columns),
        )
        for seat, name, columns in DEAD
    )
    if not any(one.number for one in dead):
        told.append(t("endings.state.dead_none"))
    if ending is not Ending.GENERAL_WAR:
        told.append(t("endings.state.no_war"))
    return Scene(t(f"endings.headline.{kind}"), tuple(told), dead)


def compared(better_than: int) -> str:
    """A score beside those of others, in words.

    Args:
        better_than: of how many of ten it is better.
    """
    if better_than == 0:
        return t("endings.benchmark.worst")
    if better_than >= 10:
        return t("endings.benchmark.all")
    return t("endings.benchmark.better", n=better_than)
