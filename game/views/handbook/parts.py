"""What several pages have in common: rungs, shares, and rows under a heading."""

from collections.abc import Iterable, Mapping, Sequence

from game.rules.rulebook import Requirement
from game.rules.state import COLUMNS
from game.views.names import rung_name

from .amounts import change, label, level, plain
from .page import Page

Rows = list[tuple[str, str]]


def named_rung(rung: float) -> str:
    """A rung's number with its name."""
    return f"{plain(rung)}, {rung_name(rung)}"


def hundredths(share: float) -> str:
    """A share as so many of 100."""
    return f"{plain(share * 100)} of 100"


def unless_zero(rows: Sequence[tuple[str, float]]) -> Rows:
    """Labels with their shares in words, those that are 0 left out."""
    return [(name, hundredths(share)) for name, share in rows if share]


def rows_under(out: Page, heading: str, rows: Iterable[tuple[str, str]]) -> None:
    """Labels and values under a heading; nothing where there are none."""
    if found := list(rows):
        out.heading(heading)
        out.figures(found)


def changes(out: Page, heading: str, amounts: Mapping[str, float]) -> None:
    """What is added to columns or taken from them, under a heading."""
    rows_under(out, heading, ((c, f"{change(c, a)}: {label(c)}") for c, a in amounts.items()))


def requirements(out: Page, heading: str, requires: Sequence[Requirement]) -> None:
    """What has to be so, under a heading."""
    rows_under(out, heading, ((r.column, f"{bounds(r)}; else: {r.because}") for r in requires))


def bounds(requirement: Requirement) -> str:
    """Between what a requirement holds its figure."""
    spec = COLUMNS[requirement.column]
    ends = [
        f"{word} {level(spec, bound)}"
        for word, bound in (("at least", requirement.at_least), ("at most", requirement.at_most))
        if bound is not None
    ]
    return " and ".join(ends)
