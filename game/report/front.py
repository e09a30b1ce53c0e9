"""The report's first page: the world that it was, who fired, what each use of force did under each
theory, and questions that fit this game.
"""

from collections.abc import Sequence
from typing import NamedTuple

from game.rules.seats import SEATS, Cause, Seat
from game.views.beliefs import AttackJudged, attacks_judged
from game.views.effects import Way
from game.views.names import CAUSE_NAMES, counted, listed, number, sentence
from game.views.played import PlayedGame
from game.views.secrets import revealed_theory
from game.views.summary import DEAD
from game.views.theory_belief import leans

from .sections import LensDescription, UseDescription
from .telling import THIS_WORLD

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
    world: str
    """How the name of the world goes with what the uses of force did in it; empty where no theory
    was drawn or chosen, or none takes a side.
    """
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
        world=world_and_force(game, uses),
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
    if len(uses) == 1:
        (did,) = (did for did, count in told_ways(told).items() if count)
        harm = " It clearly cost lives." if harmed(told) else ""
        return f"Force was used once, and it {did}.{harm}"
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


_SAYS = {
    "fear": ("deterred", "deter", "deters"),
    "anger": ("backfired", "backfire", "provokes"),
}
"""By what a theory says drives people more: what a use of force did that went as it says, or did
not, and what it says.
"""


def world_and_force(game: PlayedGame, uses: Sequence[UseDescription]) -> str:
    """How the name of the game's world goes with what its uses of force were measured to do."""
    if game.scenario.setting.theory_odds is None:
        return ""
    theory = revealed_theory(game.scenario, game.final)
    told = [use for use in uses if use.found.turns_after > 0]
    if not (driven := leans(theory)) or not told:
        return ""
    did, fails, says = _SAYS[driven]
    column = f"The column “{THIS_WORLD}” is the world “{theory.name}”"
    one, count = len(told) == 1, told_ways(told)[did]
    if count:
        which = "the one use" if one else f"{number(count)} of the {number(len(told))} uses"
        return f"{column}: {which} of force measured there {did}."
    none = "the one measured here" if one else f"none of the {number(len(told))} measured here"
    verb = f"did not clearly {fails}" if one else f"clearly {did}"
    return (
        f"{column}: on the whole force {says} there. But {none} {verb}: whom a blow hits, what it "
        "answers and when it comes count, too, and so does luck."
    )


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
    """Who did the gravest unsigned attack of each turn, and how many of those who could not know
    suspected that most; turns of which the same is told stand together.
    """
    turns: dict[str, list[str]] = {}
    besides: dict[str, list[str]] = {}
    for judged in attacks_judged(game):
        others = [seat for seat in SEATS if not _knew(judged, seat)]
        right = sum(judged.suspected[seat].first is judged.truth for seat in others)
        guessed = f"{number(right) if right else 'none'} of the {number(len(others))} who could not"
        told = f"{CAUSE_NAMES[Cause(judged.truth)]}; {guessed} know suspected that most"
        turns.setdefault(told, []).append(str(judged.turn))
        for other in judged.fired[1:]:
            besides.setdefault(CAUSE_NAMES[other.cause], []).append(str(judged.turn))
    lines = [*turns.items(), *((f"also {who}", those) for who, those in besides.items())]
    fired = [
        sentence(f"turn{'s' * (len(those) > 1)} {listed(those)}: {told}") for told, those in lines
    ]
    wrong = [str(turn.number) for turn in game.turns if turn.outcome.wrong_answer[0]]
    if wrong:
        whose = f"turn{'s' * (len(wrong) > 1)} {listed(wrong)}"
        fired.insert(0, f"Washington's answer hit those who had not fired: {whose}.")
    return fired


def _knew(judged: AttackJudged, seat: Seat) -> bool:
    """Whether a seat knew, for it was its own hand."""
    return judged.on_truth(seat) == 1


def _act(use: UseDescription) -> Act:
    if use.found.turns_after <= 0:
        return Act(use.heading, tuple(Change("–", "", "") for _ in use.lenses))
    return Act(use.heading, tuple(_change(use, lens) for lens in use.lenses))


def _change(use: UseDescription, lens: LensDescription) -> Change:
    change = lens.pairs[use.aim.measure].difference
    if change.way not in ARROWS or (change.way is Way.OPEN and change.stays_slight):
        return Change(EQUAL, lens.direction, "")
    return Change(ARROWS[change.way], lens.direction, change.way.value)
