"""The last scene of a game, before its debrief: what all can see of how it ended, in words; the
world that it was stays sealed until then. After the practice game it says what has been practised,
and which game comes next.
"""

from collections.abc import Sequence
from typing import NamedTuple

from game.content.scenario import Scenario
from game.rules.endings import Ending
from game.rules.outcome import Outcome
from game.rules.state import State

from .names import counted, number
from .peaks import t
from .stakes import DEAD, Dead

PRACTICE, EARNEST = "turn_zero", "the_article"
"""The practice game, and the one that it leads to."""
QUARTER = range(80, 101)
"""Days of a game that is told as a quarter."""


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
    if kind == "restraint" and final.quiet_days[0] < final.mil_truce[0]:
        kind = "uneasy"  # fire that killed nobody ends no truce
    headline = kind
    if kind == "calendar" and (scenario.end - scenario.turns[0].date).days in QUARTER:
        headline = "quarter"
    troops, before = int(final.us_troops[0]), int(opening.us_troops[0])
    told = [t(f"endings.told.{kind}")]
    if troops and kind not in (
        "expulsion",
        "withdrawal",
    ):  # they are leaving: how many are still there says nothing
        kept = "same" if troops == before else "troops"
        told.append(t(f"endings.state.{kept}", troops=f"{troops:,}", before=f"{before:,}"))
        if final.iraq_order_days[0] > 0:
            days = counted(int(final.iraq_order_days[0]), "day")
            told.append(t("endings.state.ordered", days=days))
        elif final.iraq_resolution[0] > 0:
            told.append(t("endings.state.asked"))
    attacks = int(final.attacks[0] - opening.attacks[0])
    were = "was" if attacks == 1 else "were"
    told.append(t("endings.state.attacks", were=were, attacks=counted(attacks, "attack")))
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
    return Scene(t(f"endings.headline.{headline}"), tuple(told), dead)


def practised(outcomes: Sequence[Outcome]) -> tuple[str, str, str]:
    """What the practice game was for, once it is over: whether a line, a debt and an answer were
    seen, and what they are.

    Args:
        outcomes: of the turns that were played, one game each (B = 1).
    """
    crossed = any(bool(outcome.crossed.any()) for outcome in outcomes)
    answered = any(bool(outcome.answered.any()) for outcome in outcomes)
    saw = "uncrossed" if not crossed else "seen" if answered else "owed"
    return t(f"endings.practice.{saw}"), t("endings.practice.line"), t("endings.practice.force")


def in_earnest(scenario: Scenario) -> str:
    """What comes after the practice game, in a sentence.

    Args:
        scenario: the game that it leads to.
    """
    first, last = scenario.turns[0].date, scenario.end
    return t(
        "endings.practice.on",
        title=scenario.title,
        turns=number(len(scenario.turns)),
        begin=f"{first.day} {first:%B %Y}",
        end=f"{last.day} {last:%B %Y}",
    )


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
