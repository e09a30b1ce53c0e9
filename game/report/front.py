"""The report's first page: the world that it was, who fired, what each use of force did under each
theory, and questions that fit this game.
"""

from collections.abc import Sequence
from typing import NamedTuple

from game.rules.seats import Cause
from game.views.beliefs import attacks_judged
from game.views.effects import Way
from game.views.names import CAUSE_NAMES, counted, listed, number, sentence
from game.views.played import PlayedGame
from game.views.summary import DEAD

from .sections import LensDescription, UseDescription

ARROWS = {Way.FEWER: "↓", Way.MORE: "↑", Way.OPEN: "?", Way.FEW: "–"}
"""The sign of a way that a measure can go, beside its word; every other has `EQUAL`."""
EQUAL = "="
QUESTIONS = 3
_ALWAYS = ("backfired", "deterred")
"""What is told even where no use of force did it."""


class Change(NamedTuple):
    """Where what an act was to deter went, under one theory."""

    arrow: str
    words: str
    way: str
    """A `Way` that has an arrow; empty for little or no clear difference."""


class Act(NamedTuple):
    """One use of force across theories."""

    heading: str
    ways: tuple[Change, ...]


class Front(NamedTuple):
    """What the first page tells."""

    headline: str
    dead: str
    """How many were killed, by who they were, in a sentence."""
    fired: tuple[str, ...]
    acts: tuple[Act, ...]
    questions: tuple[str, ...]


def front_page(
    game: PlayedGame, uses: Sequence[UseDescription], own_questions: Sequence[str]
) -> Front:
    """The page of a game."""
    asked = [*own_questions, *game.scenario.questions]
    return Front(
        headline=headline(uses),
        dead=_dead(game),
        fired=tuple(_fired(game)),
        acts=tuple(_act(use) for use in uses),
        questions=tuple(asked[:QUESTIONS]),
    )


def headline(uses: Sequence[UseDescription]) -> str:
    """How many uses of force deterred and how many backfired, under the first theory: the world of
    the game. Clear harm is told here, even where nothing else changed.
    """
    told = [use for use in uses if use.found.turns_after > 0]
    if not uses:
        return "Nobody used force."
    if not told:
        return "Force was used in the last turn only: nothing came after it that could tell."
    parts = [
        f"{number(count) if count else 'none'} {did}"
        for did, count in told_ways(told).items()
        if count or did in _ALWAYS
    ]
    if late := len(uses) - len(told):
        parts.append(f"{number(late)} came too late to tell")
    cost = harmed(told)
    harm = f" {number(cost).capitalize()} clearly cost lives." if cost else ""
    return sentence(f"Of {counted(len(uses), 'use')} of force, {listed(parts)}") + harm


def told_ways(told: Sequence[UseDescription]) -> dict[str, int]:
    """How many uses of force did what, under the first theory."""
    ways = [_change(use, use.lenses[0]).way for use in told]
    return {
        did: ways.count(way)
        for way, did in (
            (Way.MORE, "backfired"),
            (Way.FEWER, "deterred"),
            (Way.OPEN, "may have done either"),
            (Way.FEW, "had too few futures to say"),
            ("", "made little difference"),
        )
    }


def harmed(told: Sequence[UseDescription]) -> int:
    """How many uses of force clearly cost lives under the first theory, whatever they deterred:
    neither luck nor other numbers leave open that there were more dead.
    """
    changes = [use.lenses[0].pairs["all_dead"].difference for use in told]
    return sum(change.way is Way.MORE for change in changes)


def _dead(game: PlayedGame) -> str:
    counts = {column: game.happened(column) for column, _, _ in DEAD}
    dead = [counted(counts[column], one, many) for column, one, many in DEAD if counts[column]]
    if not dead:
        return "Nobody was killed."
    return sentence(f"{listed(dead)} {'was' if sum(counts.values()) == 1 else 'were'} killed")


def _fired(game: PlayedGame) -> list[str]:
    """Of each unsigned attack, who did it and how many seats thought so most."""
    lines = []
    for judged in attacks_judged(game):
        right = sum(one.first is judged.truth for one in judged.suspected.values())
        told = f"turn {judged.turn}: {CAUSE_NAMES[Cause(judged.truth)]}"
        lines.append(sentence(f"{told}, as {number(right)} of the four held likeliest"))
    return lines


def _act(use: UseDescription) -> Act:
    if use.found.turns_after <= 0:
        return Act(use.heading, tuple(Change("–", "", "") for _ in use.lenses))
    return Act(use.heading, tuple(_change(use, lens) for lens in use.lenses))


def _change(use: UseDescription, lens: LensDescription) -> Change:
    change = lens.pairs[use.aim.measure].difference
    if change.way not in ARROWS or (change.way is Way.OPEN and change.stays_slight):
        return Change(EQUAL, lens.direction, "")
    return Change(ARROWS[change.way], lens.direction, change.way.value)
