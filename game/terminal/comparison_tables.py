"""What moved since the figures that are kept with the game, on the screen."""

from collections.abc import Mapping
from typing import Any

from game.lab.changes import Changed
from game.lab.run_comparison import Comparison
from game.lab.samples import BLOCK
from game.lab.wording import shown
from game.views.effects import Range
from game.views.names import counted
from game.views.phrasebook import span

from .console import Console
from .tables import table

SAME = ("lens", "games", "pairs", "particles", "seed")
"""What two runs should have in common."""
UNSURE = 6
"""So many figures are shown that may differ by luck: the ones that differ most."""


def tell(
    out: Console,
    found: Comparison,
    since: Changed,
    before: Mapping[str, Any],
    now: Mapping[str, Any],
) -> None:
    """Tells what differs.

    Args:
        out: shows it.
        found: what differs.
        since: what was changed in the model.
        before: the kept run.
        now: this run.
    """
    out.heading("What moved, against the figures that are kept with the game")
    for sentence in since.describe("they were kept") or ["The model is the one that they are of."]:
        out.say(sentence)
    if any(before[key] != now[key] for key in SAME):
        out.aside(f"Kept: {_run(before)}. Now: {_run(now)}.")
    out.aside(_luck(found, before, now))
    if not (found.figures or found.verdicts or found.orders):
        out.say("Nothing moved: every figure prints as it did.")
    if found.verdicts:
        out.heading("Words that changed")
        out.bullets(f"{of}: {was}, now {word}" for of, was, word in found.verdicts)
        out.aside("Where a figure lies near its edge, a word changes by luck.")
    if found.orders:
        out.heading("Rankings that changed")
        for of, was, order in found.orders:
            out.bullets([f"{of}: {', '.join(was)}; now {', '.join(order)}"])
        out.aside("Neighbours whose scores hardly differ change places by luck.")
    if found.figures:
        _figures(out, found)
    if found.untold:
        out.aside(f"Too few games or cases to say: {'; '.join(found.untold)}.")


def _run(result: Mapping[str, Any]) -> str:
    return (
        f"lens {result['lens']}, {result['games']:,} games, {result['pairs']:,} pairs, "
        f"{result['particles']:,} along the record, seed {result['seed']}"
    )


def _luck(found: Comparison, before: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    if not found.is_paired:
        return "The seeds differ: each figure's luck in both runs is in the interval."
    shared = min(before["games"], now["games"]) // BLOCK * BLOCK
    return (
        "The seed is the same, so both runs have the same luck, and the interval is of what is "
        f"left when it is taken out. The kept figures are here of the same {shared:,} games."
    )


def _figures(out: Console, found: Comparison) -> None:
    clear = [row for row in found.figures if row.is_clear]
    rest = [row for row in found.figures if not row.is_clear]
    out.heading("Figures that moved, the surest first, then by size")
    out.table(
        table(
            "Figure|>kept|>now|>difference, 95 %|",
            [
                (
                    row.name,
                    shown(row.before),
                    shown(row.now),
                    span(Range(row.low, row.high)),
                    "moved" if row.is_clear else "luck?",
                )
                for row in (*clear, *rest[:UNSURE])
            ],
        )
    )
    out.aside(
        f"Moved by more than luck: {counted(len(clear), 'figure')}. Of the {found.compared} that "
        f"were held against each other, luck alone would mark about {found.by_chance:.0f}. Size: "
        "of shares and scores in points, of attacks and wounded as a share of what they were."
    )
    if len(rest) > UNSURE:
        more = counted(len(rest) - UNSURE, "more figure")
        out.aside(f"By no more than luck can do: {more}; --json has them.")
